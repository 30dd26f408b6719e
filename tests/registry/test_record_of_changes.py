"""The record of changes cannot be rewritten unseen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from tests.watching_writes import watching

from jangkau.core.kernel.chain import START
from jangkau.registry.access.actions import create_user, record
from jangkau.registry.access.models import AuditEvent
from jangkau.registry.access.queries import proof_of_record
from jangkau.registry.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def five_events():
    user = create_user(username="petugas", password="x", area_code="32.02.01")  # the first event
    for number in range(2, 6):
        record(by=user, action="list_published", subject=f"list {number}", rows=number, codes={3: ["a"], 20: None})


def test_events_are_numbered_without_gaps_and_stand_on_each_other(five_events):
    first, second, *_ = AuditEvent.objects.order_by("pk")
    assert list(AuditEvent.objects.order_by("pk").values_list("pk", flat=True)) == [1, 2, 3, 4, 5]
    assert first.digest == first.digest_on(START)
    assert second.digest == second.digest_on(first.digest)
    proof = proof_of_record()
    assert (proof.events, proof.broken_at) == (5, None)
    assert proof.last_digest == AuditEvent.objects.get(pk=5).digest


@pytest.mark.parametrize(
    "alter",
    [
        lambda event: event.update(action="list_refused"),
        lambda event: event.update(subject="list 4"),
        lambda event: event.update(by=None),
        lambda event: event.update(detail={"rows": 4}),
        lambda event: event.update(at=event.get().at + timedelta(microseconds=1)),
        lambda event: event.update(digest=event.get().digest[:-1] + "x"),
        lambda event: event.delete(),
    ],
)
def test_whatever_is_altered_is_found_and_located(five_events, alter):
    alter(AuditEvent.objects.filter(pk=3))
    assert proof_of_record().broken_at == 3


def test_one_byte_flipped_in_the_database_is_found(five_events):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_auditevent SET subject = replace(subject, 'list 3', 'list 2') WHERE id = 3")
    assert proof_of_record().broken_at == 3


def test_an_event_slipped_in_is_found(five_events):
    AuditEvent.objects.filter(pk=5).update(id=6)
    assert proof_of_record().broken_at == 5


def test_what_is_rolled_back_leaves_no_event_and_no_gap(five_events):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(by=None, action="list_published", subject="list 9")
        1 / 0
    record(by=None, action="list_published", subject="list 10")
    assert proof_of_record() == (6, AuditEvent.objects.get(pk=6).digest, None)


def test_an_event_costs_the_look_at_the_last_one_and_a_row(django_assert_num_queries):
    record(by=None, action="signed_in", subject="user 1")
    with transaction.atomic(), django_assert_num_queries(2 + (connection.vendor == "postgresql")):  # there, a lock
        record(by=None, action="signed_in", subject="user 1")


def rename() -> None:
    with transaction.atomic():
        Person.objects.filter(pk=1).update(name="UJANG")


def test_the_suite_sees_work_that_changes_something_in_silence():
    with pytest.raises(AssertionError, match="people_person"), watching("work"):
        rename()
        with transaction.atomic():  # that something else was recorded excuses nothing
            record(by=None, action="measured", subject="measures")
    with watching("work"), transaction.atomic():
        rename()
        record(by=None, action="measured", subject="measures")
    with watching("work"), pytest.raises(ZeroDivisionError), transaction.atomic():
        rename()
        1 / 0
