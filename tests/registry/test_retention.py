"""Lists are forgotten when the time they may be kept has passed, and nothing else goes with them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.registry.conftest import AS_OF

from jangkau.core.kernel import Unknown
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import AuditEvent
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists import queries
from jangkau.registry.lists.actions import receive_lists, run_paths
from jangkau.registry.lists.actions.retaining import forget_list, sweep
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Kind, SentList, State
from jangkau.registry.lists.queries.retention import overdue, purposes
from jangkau.registry.people.models import Membership, Person

UJANG = ("UJANG SUKMANA", "3202011203809001", "12-03-1980", "L")
EUIS = ("EUIS KARTINI", "3202015204859001", "12-04-1985", "P")
WHOLE = Scope(("32.02",))


@pytest.fixture
def filled(register, village_list, member_list):
    village_list([UJANG, EUIS])
    member_list([("26000000001", UJANG[1], UJANG[0], UJANG[2], "L", "BPU", "2026-10")])
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    return register


def test_every_kind_of_list_has_a_purpose_a_law_and_a_period():
    assert set(purposes()) == set(Kind)
    assert all(
        each.indonesian and each.english and each.basis and 0 < each.months <= 60 for each in purposes().values()
    )


def test_a_list_past_its_period_goes_with_its_rows_and_figures_stay(filled, whole, django_capture_on_commit_callbacks):
    today = timezone.localdate()
    assert list(overdue(whole, today)) == []
    members = SentList.objects.get(kind="membership")
    late = today + timedelta(days=31 * (purposes()[Kind.MEMBERSHIP].months + 1))
    (found,) = overdue(whole, late)
    assert (found.item, found.rows) == (members, True)
    figures = queries.coverage(whole, AS_OF)
    with django_capture_on_commit_callbacks(execute=True):
        forget_list(found.item, rows=found.rows, by=None)
        forget_list(found.item, rows=found.rows, by=None)
    members.refresh_from_db()
    assert (members.state, members.rows, members.tables) == (State.FORGOTTEN, 0, [])
    assert not store.folder_of(members.sha256).exists()
    assert not Membership.objects.exists() and Person.objects.count() == 2
    assert queries.coverage(whole, AS_OF).equals(figures)
    assert AuditEvent.objects.filter(action="list_forgotten", subject=f"list {members.pk}").count() == 1
    assert list(overdue(whole, late)) == []
    with pytest.raises(Unknown):
        queries.original(whole, members)


def test_where_other_rooms_work_with_the_rows_the_file_alone_goes(filled, whole, django_capture_on_commit_callbacks):
    item = SentList.objects.get(kind="workers")
    with django_capture_on_commit_callbacks(execute=True):
        forget_list(item, rows=False, by=None)
    folder = store.folder_of(item.sha256)
    assert not (folder / store.ORIGINAL).exists() and (folder / store.ROWS).exists()
    assert SentList.objects.get(pk=item.pk).state == State.PUBLISHED


def test_what_a_killed_process_left_is_swept_and_a_list_may_come_again(filled, village_list):
    item = SentList.objects.get(kind="workers")
    forget_list(item, rows=True, by=None)  # the process died before its files were gone
    assert (store.folder_of(item.sha256) / store.ORIGINAL).exists()
    sweep()
    assert not store.folder_of(item.sha256).exists()
    ((again, is_new),) = receive_lists(
        filled / "lists/Palabuhanratu/Data Pekerja Desa Citepus.xlsx", path=item.path, by=None
    )
    assert (again.pk, is_new, again.state, again.forgotten_at) == (item.pk, True, State.RECEIVED, None)
    assert queries.original(WHOLE, again)[:2] == b"PK"


def test_the_page_says_what_is_kept_and_what_is_past(filled, client: Client):
    SentList.objects.filter(kind="membership").update(published_at=timezone.now() - timedelta(days=1000))
    client.force_login(create_user(username="petugas", password="x", area_code="32.02"))
    page = client.get("/perlindungan-data/", headers={"host": "localhost"}).content.decode()
    assert "UU 24/2011" in page and "1 melewati masa simpan" in page
