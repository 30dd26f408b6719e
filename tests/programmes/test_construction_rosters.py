"""Workers are pasted, recognised, leave; the branch is told in time or too late."""

from __future__ import annotations

from datetime import date

import pytest
from tests.programmes.test_construction_works import AS_OF, CITEPUS, signed_in

from jangkau.core.kernel import Refused
from jangkau.core.reading.pasted import workers_in
from jangkau.core.rules import evaluate
from jangkau.programmes.construction.actions import rosters
from jangkau.programmes.construction.actions import works as acts
from jangkau.programmes.construction.actions.assessing import assess, report_by
from jangkau.programmes.construction.models import Work
from jangkau.programmes.construction.states import State
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.people.actions import set_fact
from jangkau.registry.people.models import Person

FIRST = date(2026, 9, 1)
PEOPLE = [
    ("UJANG SUKMANA", "3202011203803841", "12-03-1980", "L"),
    ("ASEP HIDAYAT", "3202012204853842", "22-04-1985", "L"),
]
PASTED = (
    "NIK\tNama\tTugas\tUpah/hari\tJml hari\n'3202011203803841\tUjang Sukmana\tTukang\t140.000\t20\n"
    "\tDedi Kusnadi\tPekerja"
)


@pytest.fixture
def work(register):
    set_fact("as_of", AS_OF.isoformat())
    return acts.note_work(
        by=None, as_of=AS_OF, activity="Rabat beton", village_id=CITEPUS, value=90_000_000, starts_on=FIRST,
        ends_on=date(2026, 11, 30),
    )  # fmt: skip


def add(work, text, *, first_on=None, named_on=FIRST):
    told = rosters.add_workers(
        work, workers_in(text, AS_OF), by=None, as_of=AS_OF, first_on=first_on, named_on=named_on
    )
    work.refresh_from_db()
    return told


def covered(work, on=FIRST):
    acts.advance(work, State.REGISTERED, by=None, as_of=AS_OF, on=on, paper="SERT-1")
    acts.advance(work, State.PAID, by=None, as_of=AS_OF, on=on, paper="KW-1", amount=216_000)
    work.refresh_from_db()


def as_of(work, day):
    assess([work.pk], day)
    work.refresh_from_db()
    return work


@pytest.mark.parametrize(
    ("pasted", "told"),
    [
        (PASTED, [("3202011203803841", "UJANG SUKMANA", 140_000, 20), (None, "DEDI KUSNADI", None, None)]),
        ("Asep Hidayat;3202012204853842;Kp. Cibuntu RT 01", [("3202012204853842", "ASEP HIDAYAT", None, None)]),
        ("1\tYayan\t3,20201E+15\t110000", [(None, "YAYAN", 110_000, None)]),
        ("\n \n", []),
    ],
)
def test_a_pasted_line_is_understood(pasted, told):
    assert workers_in(pasted, AS_OF).select("nik", "name", "daily_wage", "days").rows() == told


def test_who_is_typed_is_recognised_and_nobody_stands_twice(work, register, village_list):
    village_list(PEOPLE)
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    assert add(work, PASTED) == (2, 1, 0, 1)
    assert work.state == State.ROSTER_IN
    assert work.roster.get(name="UJANG SUKMANA").person == Person.objects.get(name="UJANG SUKMANA")
    assert add(work, PASTED + "\n3202012204853842\tAsep Hidayat") == (1, 1, 2, 0)
    assert work.workers == 3


def test_another_name_under_a_known_nik_is_not_taken_for_that_person(work, register, village_list):
    village_list(PEOPLE)
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    add(work, "3202011203803841\tSiti Rohaeni")
    assert work.roster.get().person_id is None


def test_added_in_time_is_covered_from_the_first_day(work):
    add(work, "Dedi Kusnadi")
    covered(work)
    add(work, "Cecep Nugraha", first_on=date(2026, 9, 14), named_on=date(2026, 9, 20))
    deadline = evaluate("jakon_change_deadline", {"changed_on": "2026-09-14"}).values["report_by"]
    assert (work.changes_waiting, work.tell_by, work.workers_late) == (1, deadline, 1)
    assert deadline == date(2026, 10, 26)  # thirty working days: no national holiday between
    assert as_of(work, deadline).workers_open == 0
    assert as_of(work, AS_OF).workers_open == 1
    assert work.worker_days_lost == (AS_OF - deadline).days
    assert rosters.tell_branch(work, by=None, as_of=AS_OF, on=date(2026, 10, 29)) == 1
    work.refresh_from_db()
    assert (work.workers_open, work.worker_days_lost, work.changes_waiting) == (0, 2, 0)


def test_told_in_time_nothing_is_lost(work):
    add(work, "Dedi Kusnadi")
    covered(work)
    add(work, "Cecep Nugraha", first_on=date(2026, 9, 14), named_on=date(2026, 9, 14))
    rosters.tell_branch(work, by=None, as_of=AS_OF, on=date(2026, 10, 26))
    work.refresh_from_db()
    assert (work.worker_days_lost, work.workers_late, work.has_gap) == (0, 0, False)
    with pytest.raises(Refused):
        rosters.tell_branch(work, by=None, as_of=AS_OF, on=date(2026, 10, 27))


def test_who_leaves_has_to_be_told_too(work):
    add(work, "Dedi Kusnadi\nCecep Nugraha")
    covered(work)
    line = work.roster.get(name="DEDI KUSNADI")
    with pytest.raises(Refused):
        rosters.remove_worker(line, by=None, as_of=AS_OF, on=date(2026, 8, 1), because="pindah")
    rosters.remove_worker(line, by=None, as_of=AS_OF, on=date(2026, 10, 1), because="pindah kerja")
    work.refresh_from_db()
    assert (work.workers, work.changes_waiting, work.tell_by) == (1, 1, report_by(date(2026, 10, 1)))
    line.refresh_from_db()
    with pytest.raises(Refused):
        rosters.remove_worker(line, by=None, as_of=AS_OF, on=date(2026, 10, 2), because="lagi")
    rosters.tell_branch(work, by=None, as_of=AS_OF, on=date(2026, 10, 5))
    line.refresh_from_db()
    assert line.end_reported_on == date(2026, 10, 5)


def test_on_the_page(work):
    client = signed_in()
    place = f"/proyek-desa/{work.pk}"
    told = {"pasted": PASTED, "first_on": "2026-09-01", "named_on": "2026-08-31"}
    page = client.post(f"{place}/pekerja/", told, follow=True).content.decode()
    assert "2 pekerja ditambahkan, 0 dikenal dalam register." in page
    assert "1 pekerja tanpa NIK yang terbaca" in page
    client.post(f"{place}/langkah/", {"to": "registered", "on": "2026-08-31", "paper": "SERT-9"})
    client.post(f"{place}/langkah/", {"to": "paid", "on": "2026-08-31", "paper": "KW-9", "amount": "216.000"})
    line = work.roster.get(name="DEDI KUSNADI")
    client.post(f"{place}/berhenti/", {"line": line.pk, "on": "2026-10-20", "because": "sakit"})
    page = client.get(f"{place}/").content.decode()
    assert "berhenti 20 Oktober 2026, belum dilaporkan" in page
    assert f'href="{place}/"' in client.get("/proyek-desa/?gap=changes").content.decode()
    page = client.post(f"{place}/lapor/", {"on": "2026-10-28"}, follow=True).content.decode()
    assert "belum dilaporkan" not in page
    other = Work.objects.exclude(pk=work.pk)
    assert not other.exists()
    assert client.post(f"{place}/berhenti/", {"line": 0, "on": "2026-10-20", "because": "x"}).status_code == 404
