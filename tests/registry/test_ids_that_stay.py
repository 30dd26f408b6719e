"""People keep their numbers: when a list comes again with its rows in another order, with a row more or less, or after
it was taken back. The list holds what is hardest: names alone, namesakes, the same line twice, a waiting question."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date

import pytest

from jangkau.core.linkage import evidence
from jangkau.registry.lists.actions import run_paths, take_back_list
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Appearance, ReviewPair, SentList, State
from jangkau.registry.people.models import Person

MEMBERS = [
    ("22000000001", "3202015204857991", "ENTIN SUKAESIH", "12-04-1985", "P", "BPU", "2026-10"),
    ("22000000003", "3202010105907993", "ASEP HIDAYAT", "01-05-1990", "L", "BPU", "2026-10"),
    ("22000000004", "3202011707757994", "ASEP HIDAYAT", "17-07-1975", "L", "BPU", "2026-10"),
]
VILLAGE = [
    ("ENTIN SUKAESIH", "", "", "P"),
    ("ASEP HIDAYAT", "", "", "L"),
    ("UJANG SUKMANA", "3202011203807992", "12-03-1980", "L"),
    ("UJANG SUKMANA", "3202011203807992", "12-03-1980", "L"),
    ("SITI", "", "", "P"),
    ("SITI", "", "", "P"),
    ("SITI AMINAH", "", "02-02-1992", "P"),
]


def stands() -> Counter[tuple[object, ...]]:
    """Who stands in the rows of the village lists, by what the rows say."""
    found: Counter[tuple[object, ...]] = Counter()
    for item in SentList.objects.filter(kind="workers", state=State.PUBLISHED):
        rows = store.read_frame(store.folder_of(item.sha256) / store.ROWS).select("name", "nik", "birth_date").rows()
        for line, person in Appearance.objects.filter(sent_list=item).values_list("line", "person_id"):
            found[(*rows[line], person)] += 1
    return found


def asked() -> Counter[tuple[object, ...]]:
    return Counter(ReviewPair.objects.values_list("person_id", "candidate_id", "probability", "decision"))


@pytest.fixture
def run(register, village_list, member_list):
    """Sends the village list with the rows given, beside the members, and runs the loop."""
    member_list(MEMBERS)

    def send(rows):
        village_list(rows)
        run_paths([register / "lists"], as_of=date(2026, 10, 31), by=None)
        return stands()

    return send


def test_rows_in_another_order_are_the_same_people_and_the_same_questions(run):
    before = run(VILLAGE)
    people, questions = set(Person.objects.values_list("pk", flat=True)), asked()
    assert questions
    for seed in (1, 2):
        assert run(random.Random(seed).sample(VILLAGE, len(VILLAGE))) == before
        assert (set(Person.objects.values_list("pk", flat=True)), asked()) == (people, questions)
    assert SentList.objects.filter(kind="workers", state=State.TAKEN_BACK).count() == 2


def test_a_list_taken_back_that_comes_in_another_order_brings_the_same_people(run):
    before = run(VILLAGE)
    for item in SentList.objects.order_by("-pk"):
        take_back_list(item, by=None)
    assert not Person.objects.exists()
    assert run(VILLAGE[::-1]) == before


def test_other_weights_move_nobody_who_is_known(run, monkeypatch):
    before, questions = run(VILLAGE), asked()
    monkeypatch.setattr(evidence, "NIK_SAME", -30.0)
    assert (run(VILLAGE[::-1]), asked()) == (before, questions)
    grown = run([*VILLAGE, ("UJANG SUKMANA", "3202011203807992", "12-03-1980", "L")])
    assert len(grown - before) == 1  # the weights did change: the further line is somebody else by them


def test_a_row_more_and_a_row_less_move_nobody_else(run):
    before = run(VILLAGE)
    known = set(Person.objects.values_list("pk", flat=True))
    after = run([("DADAN RAMDANI", "", "03-03-1993", "L"), *VILLAGE[:-1]])
    gone, come = before - after, after - before
    assert [row[0] for row in gone] == ["SITI AMINAH"] and [row[0] for row in come] == ["DADAN RAMDANI"]
    assert next(iter(come))[-1] not in known


def test_the_order_of_rows_makes_no_difference_to_a_new_register_either(run):
    """Numbers are given by what the rows say; so the same list in another order begins the same register."""
    orders = [VILLAGE, VILLAGE[::-1]]
    registers = []
    for rows in orders:
        registers.append((run(rows), asked()))
        SentList.objects.all().delete()
        Person.objects.all().delete()
    offset = [min(key[-1] for key in told) for told, _ in registers]
    first, second = (Counter({(*k[:-1], k[-1] - low): n for k, n in told.items()})
                     for (told, _), low in zip(registers, offset, strict=True))  # fmt: skip
    assert first == second
