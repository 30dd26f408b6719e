"""What human beings say of who is who: it moves rows, holds in later runs, and is undone to the byte."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jangkau.core.kernel import JangkauError, Refused
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import AuditEvent, Role
from jangkau.registry.lists.actions import run_paths, take_back_list
from jangkau.registry.lists.actions.deciding import (
    confirm_ruling,
    decide_pairs,
    merge_people,
    refuse_ruling,
    split_person,
    undo_ruling,
)
from jangkau.registry.lists.actions.standing import stands_of
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Appearance, ReviewPair, Ruling, SentList
from jangkau.registry.people.models import Membership, MergedPerson, Person
from jangkau.registry.people.queries import survivor

AS_OF = date(2026, 10, 31)
MEMBERS = [
    ("22000000001", "3202015204857991", "ENTIN SUKAESIH", "12-04-1985", "P", "BPU", "2026-10"),
    ("22000000002", "3202011203807992", "UJANG SUKMANA", "12-03-1980", "L", "BPU", "2026-10"),
    ("22000000003", "3202010105907993", "ASEP HIDAYAT", "01-05-1990", "L", "BPU", "2026-10"),
    ("22000000004", "3202011707757994", "ASEP HIDAYAT", "17-07-1975", "L", "BPU", "2026-10"),
]
VILLAGE = [
    ("ENTIN SUKAESIH", "", "", "P"),  # perhaps the member: asked about, and given to her meanwhile
    ("ASEP HIDAYAT", "", "", "L"),  # two candidates as strong as each other: a person of his own meanwhile
    ("UJANG SUKMANA", "3202011203807992", "12-03-1980", "L"),
]


@pytest.fixture
def lists(register, village_list, member_list):
    """The register with both lists; calling it runs the loop once more."""
    member_list(MEMBERS)
    village_list(VILLAGE)

    def run() -> None:
        run_paths([register / "lists"], as_of=AS_OF, by=None)

    run()
    return run


def pair_of(name: str) -> ReviewPair:
    """The open pair whose row states this name."""
    return next(
        p for p in ReviewPair.objects.filter(ruling=None) if Person.objects.get(pk=survivor(p.asked_id)).name == name
    )


def owner(pair: ReviewPair) -> int:
    return Appearance.objects.get(sent_list=pair.sent_list_id, line=pair.line).person_id


def everything() -> dict[str, list[Any]]:
    """All that a ruling may change."""
    return {
        "people": list(Person.objects.order_by("pk").values_list()),
        "stands": list(Appearance.objects.order_by("sent_list", "line").values_list("sent_list", "line", "person")),
        "memberships": sorted(
            Membership.objects.values_list("person", "kpj", "list_number", "paid_until", "since"), key=str
        ),
        "merged": list(MergedPerson.objects.values_list("number", "into_id")),
        "open": list(ReviewPair.objects.filter(ruling=None).order_by("pk").values_list("pk", flat=True)),
    }


def test_one_person_said_to_be_the_same_takes_the_row_and_the_number_goes_on_pointing(lists):
    pair = pair_of("ASEP HIDAYAT")
    own = owner(pair)
    assert own != pair.asked_id
    decide_pairs([pair], same=True, by=None)
    assert owner(pair) == pair.asked_id == survivor(own)
    assert not Person.objects.filter(pk=own).exists()
    assert AuditEvent.objects.filter(action="ruling_in_force").count() == 1


def test_one_person_said_to_be_another_leaves_with_a_number_of_their_own(lists):
    pair = pair_of("ENTIN SUKAESIH")
    assert owner(pair) == pair.asked_id
    highest = max(Person.objects.values_list("pk", flat=True))
    decide_pairs([pair], same=False, by=None)
    assert owner(pair) == highest + 1
    assert Person.objects.get(pk=highest + 1).nik is None
    assert Membership.objects.filter(person=pair.asked_id).count() == 1


@pytest.mark.parametrize("same", [True, False])
def test_a_decision_holds_when_lists_are_taken_back_and_come_again_and_is_never_asked_twice(lists, same):
    for name in ("ENTIN SUKAESIH", "ASEP HIDAYAT"):
        decide_pairs([pair_of(name)], same=same, by=None)
    before = everything()
    lists()
    assert everything() == before
    for item in SentList.objects.order_by("-pk"):
        take_back_list(item, by=None)
    assert not Person.objects.exists()
    lists()
    assert everything() | {"memberships": 0} == before | {"memberships": 0}
    assert sorted(m[:2] for m in everything()["memberships"]) == sorted(m[:2] for m in before["memberships"])


def test_ids_stay_when_lists_are_taken_back_and_come_again_in_another_order(lists):
    before = everything()["people"]
    village, members = SentList.objects.order_by("kind")[1], SentList.objects.get(kind="membership")
    take_back_list(members, by=None)
    lists()
    assert everything()["people"] == before
    take_back_list(village, by=None)
    take_back_list(SentList.objects.get(pk=members.pk), by=None)
    lists()
    assert everything()["people"] == before


def test_a_changed_side_brings_the_pair_back_and_the_decision_holds_meanwhile(lists, village_list, member_list):
    pair = pair_of("ASEP HIDAYAT")
    asked = pair.asked_id
    decide_pairs([pair], same=True, by=None)
    assert not ReviewPair.objects.filter(ruling=None, line=pair.line, sent_list=pair.sent_list_id).exists()
    Person.objects.filter(pk=asked).update(mother_name="SITI IMAS")  # as if another list had told it
    take_back_list(pair.sent_list, by=None)
    Person.objects.filter(pk=asked).update(mother_name="SITI IMAS")
    lists()
    again = ReviewPair.objects.get(ruling=None, line=pair.line, sent_list=pair.sent_list_id)
    assert again.decision == "decided"
    assert owner(again) == asked == again.asked_id


def test_two_people_merged_stay_merged_and_come_apart_again(lists, village_list):
    one, other = Person.objects.filter(name="ASEP HIDAYAT", nik__isnull=False).order_by("pk")
    before = everything()
    ruling = merge_people(other, one, by=None)
    assert survivor(other.pk) == one.pk
    assert sorted(Membership.objects.filter(person=one.pk).values_list("kpj", flat=True)) == [
        "22000000003",
        "22000000004",
    ]
    merged = everything()
    take_back_list(SentList.objects.get(kind="membership"), by=None)
    lists()
    assert everything()["stands"] == merged["stands"]
    village_list(
        [("ASEP HIDAYAT", other.nik, "17-07-1975", "L")], name="lists/Palabuhanratu/Data Pekerja Desa Citepus 2.xlsx"
    )
    lists()
    assert Appearance.objects.latest("pk").person_id == one.pk  # known by the number of the person who was merged
    SentList.objects.latest("pk").appearances.all().delete()
    undo_ruling(ruling, by=None)
    assert everything()["stands"] == before["stands"]


def test_a_split_person_stays_split(lists):
    person = Person.objects.get(name="UJANG SUKMANA")
    rows = sorted(stands_of([person.pk]))
    split_person(person, [rows[1]], by=None)
    split = everything()["stands"]
    for item in SentList.objects.all():
        take_back_list(item, by=None)
    lists()
    assert everything()["stands"] == split
    with pytest.raises(Refused, match="sisakan"):
        split_person(person, [rows[0]], by=None)


def test_a_later_decision_about_the_same_rows_is_undone_first(lists):
    pair = pair_of("ASEP HIDAYAT")
    first = decide_pairs([pair], same=True, by=None)
    one, other = Person.objects.filter(name="ASEP HIDAYAT").order_by("pk")
    second = merge_people(one, other, by=None)
    with pytest.raises(Refused, match="terakhir"):
        undo_ruling(first, by=None)
    undo_ruling(second, by=None)
    undo_ruling(first, by=None)


def test_a_decision_is_made_once(lists):
    pair = pair_of("ASEP HIDAYAT")
    ruling = decide_pairs([pair], same=True, by=None)
    with pytest.raises(Refused, match="petugas lain"):
        decide_pairs([pair], same=False, by=None)
    undo_ruling(ruling, by=None)
    with pytest.raises(Refused, match="petugas lain"):
        undo_ruling(ruling, by=None)


def test_nothing_is_decided_while_lists_are_published(lists):
    with store.only_writer(), pytest.raises(Refused, match="dipublikasikan"):
        decide_pairs([pair_of("ASEP HIDAYAT")], same=True, by=None)
    assert not Ruling.objects.exists()


@pytest.fixture
def two_people(settings):
    settings.JANGKAU_TWO_PEOPLE = True
    return [create_user(username=n, password="x", area_code="32.02", role=Role.OFFICER) for n in ("imas", "dadang")]


def test_nobody_confirms_what_they_proposed(lists, two_people):
    maker, checker = two_people
    before = everything()
    ruling = decide_pairs([pair_of("ASEP HIDAYAT")], same=True, by=maker)
    assert everything() | {"open": 0} == before | {"open": 0}  # nothing moves before somebody else agrees
    for who in (maker, None):
        with pytest.raises(Refused, match="Orang lain"):
            confirm_ruling(ruling, by=who)
    confirm_ruling(ruling, by=checker)
    ruling.refresh_from_db()
    assert (ruling.state, ruling.said_by, ruling.confirmed_by) == (Ruling.State.IN_FORCE, maker, checker)
    assert everything()["merged"]
    undo_ruling(ruling, by=maker)
    assert everything() == before


def test_a_proposal_that_is_refused_opens_its_pair_again(lists, two_people):
    maker, checker = two_people
    before = everything()
    refuse_ruling(decide_pairs([pair_of("ASEP HIDAYAT")], same=True, by=maker), by=checker)
    assert everything() == before


ACTS = st.lists(st.tuples(st.sampled_from(["same", "different", "merge", "split"]), st.integers(0, 9)), max_size=5)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_undoing_backwards_restores_exactly(lists, acts):
    states, done = [], []
    for act, pick in acts:
        states.append(everything())
        try:
            done.append(_act(act, pick))
        except JangkauError:
            states.pop()
    for ruling, state in zip(reversed(done), reversed(states), strict=True):
        undo_ruling(ruling, by=None)
        assert everything() == state


def _act(act: str, pick: int) -> Ruling:
    people, pairs = list(Person.objects.order_by("pk")), list(ReviewPair.objects.filter(ruling=None).order_by("pk"))
    if act in ("same", "different"):
        return decide_pairs(pairs[pick % len(pairs) :][:1] if pairs else [], same=act == "same", by=None)
    if act == "merge":
        return merge_people(people[pick % len(people)], people[pick * 7 % len(people)], by=None)
    person = people[pick % len(people)]
    return split_person(person, sorted(stands_of([person.pk]))[:1], by=None)
