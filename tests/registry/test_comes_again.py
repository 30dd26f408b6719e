"""A list that comes again is published as a difference, and an empty register has its indexes once it is filled."""

from __future__ import annotations

import os
from datetime import date

import pytest
from django.db import connection

from jangkau.registry.lists.actions import run_paths
from jangkau.registry.lists.actions.filling import INDEXES_ASIDE, begin_filling
from jangkau.registry.lists.models import Appearance, SentList, State
from jangkau.registry.people.models import Membership, Person
from jangkau.registry.people.queries import register_fact

ENTIN = ("22000000001", "3202015204857991", "ENTIN SUKAESIH", "12-04-1985", "P", "BPU", "2026-10")
ASEP = ("22000000003", "3202010105907993", "ASEP HIDAYAT", "01-05-1990", "L", "BPU", "2026-10")
UJANG = ("22000000004", "3202011203807992", "UJANG SUKMANA", "12-03-1980", "L", "BPU", "2026-10")
DADAN = ("22000000005", "3202010303937994", "DADAN RAMDANI", "03-03-1993", "L", "BPU", "2026-11")
VILLAGE = [("ENTIN SUKAESIH", "3202015204857991", "12-04-1985", "P")]


@pytest.fixture
def run(register):
    return lambda: run_paths([register / "lists"], as_of=date(2026, 11, 30), by=None)


def memberships() -> dict[str, tuple[int, date | None]]:
    return {name: (pk, paid) for name, pk, paid in Membership.objects.values_list("person__name", "pk", "paid_until")}


def test_only_what_changed_is_written(run, village_list, member_list):
    village_list(VILLAGE)
    member_list([ENTIN, ASEP, UJANG])
    run()
    before, stood = memberships(), set(Appearance.objects.values_list("pk", flat=True))
    Person.objects.filter(name="ENTIN SUKAESIH").update(address="ditulis orang")  # nothing writes it over
    member_list([DADAN, ENTIN, (*ASEP[:-1], "2026-11")])  # Ujang is gone, and Entin stands one line further down
    run()
    after = memberships()
    assert set(after) == {"ENTIN SUKAESIH", "ASEP HIDAYAT", "DADAN RAMDANI"}
    assert after["ENTIN SUKAESIH"] == before["ENTIN SUKAESIH"]
    assert (before["ASEP HIDAYAT"][1], after["ASEP HIDAYAT"][1]) == (date(2026, 10, 1), date(2026, 11, 1))
    assert Person.objects.get(name="ENTIN SUKAESIH").address == "ditulis orang"
    assert not Person.objects.filter(name="UJANG SUKMANA").exists()
    [now] = SentList.objects.filter(kind="membership", state=State.PUBLISHED)
    assert set(Membership.objects.values_list("list_number", flat=True)) == {now.pk}
    lines = dict(Appearance.objects.filter(sent_list=now).values_list("person__name", "line"))
    assert sorted(lines, key=lambda name: lines[name]) == ["DADAN RAMDANI", "ENTIN SUKAESIH", "ASEP HIDAYAT"]
    assert len(stood & set(Appearance.objects.values_list("pk", flat=True))) == 3  # two members and the village's row


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        return {
            name
            for model in (Person, Membership, Appearance)
            for name in connection.introspection.get_constraints(cursor, model._meta.db_table)
        }


@pytest.mark.skipif("postgresql" in os.environ.get("DATABASE_URL", ""), reason="there the indexes stay")
def test_indexes_are_back_when_a_killed_run_goes_on(run, member_list):
    whole = indexes()
    begin_filling()
    assert len(indexes()) < len(whole)
    member_list([ENTIN])
    run()
    assert indexes() == whole
    assert register_fact(INDEXES_ASIDE) == []
