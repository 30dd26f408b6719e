"""An answer of the branch opens memberships of those accepted; a report of deaths and moves marks people; both can be
taken back. All people are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jangkau.registry.lists.actions import run_paths, take_back_list
from jangkau.registry.lists.models import Kind, SentList
from jangkau.registry.lists.presenters.people import latest_memberships, person_view
from jangkau.registry.lists.presenters.remarks import remarks
from jangkau.registry.people.models import Membership, Person

AS_OF = date(2026, 10, 31)
UJANG = ("UJANG SUKMANA", "3202011203809001", "12-03-1980", "L")
ASEP = ("ASEP HIDAYAT", "3202010105909001", "01-05-1990", "L")


def sent(folder: Path, name: str, lines: list[str]) -> SentList:
    place = folder / "lists" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("\n".join(lines))
    run_paths([folder / "lists"], as_of=AS_OF, by=None)
    return SentList.objects.get(path=name)


@pytest.fixture
def answers(register, village_list) -> SentList:
    village_list([UJANG, ASEP])
    lines = [
        "NIK;NAMA;KPJ;STATUS;ALASAN;MULAI PERLINDUNGAN",
        f"{UJANG[1]};{UJANG[0]};18000000011;DITERIMA;;01-10-2026",
        f"{ASEP[1]};{ASEP[0]};;DITOLAK;NIK tidak padan;",
    ]
    return sent(register, "Konfirmasi cabang.csv", lines)


def test_who_was_accepted_is_covered_and_who_was_refused_is_not(answers):
    assert answers.kind == Kind.CONFIRMATION
    member = Membership.objects.get()
    assert (member.person.nik, member.kpj, member.segment, member.since) == (
        UJANG[1], "18000000011", "bpu", date(2026, 10, 1),
    )  # fmt: skip
    states = {person.nik: person_view(person, AS_OF).state for person in Person.objects.all()}
    assert states == {UJANG[1]: "paid_up", ASEP[1]: "never"}
    assert remarks(answers) == ["Jawaban cabang: 1 diterima, 1 ditolak, 0 tidak jelas."]


def test_an_export_that_follows_states_the_same_membership(answers, register, member_list):
    member_list([("18000000011", UJANG[1], UJANG[0], UJANG[2], "L", "BPU", "2026-11")])
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    person = Person.objects.get(nik=UJANG[1])
    assert person.memberships.count() == 2
    assert [member.paid_until for member in latest_memberships(person)] == [date(2026, 11, 1)]


def test_an_answer_is_taken_back(answers):
    take_back_list(answers, by=None)
    assert not Membership.objects.exists() and Person.objects.count() == 2


def test_deaths_and_moves_mark_people_until_they_are_taken_back(register, village_list):
    village_list([UJANG, ASEP])
    lines = [
        "NIK;NAMA;TGL MENINGGAL;PINDAH KE;TGL PINDAH",
        f"{UJANG[1]};{UJANG[0]};03-10-2026;;",
        f"{ASEP[1]};{ASEP[0]};;Bogor;01-09-2026",
    ]
    report = sent(register, "Laporan kematian dan pindah Desa Citepus.csv", lines)
    ujang, asep = Person.objects.get(nik=UJANG[1]), Person.objects.get(nik=ASEP[1])
    assert (ujang.deceased, ujang.deceased_on, ujang.moved_out) == (True, date(2026, 10, 3), False)
    assert (asep.deceased, asep.deceased_on, asep.moved_out) == (False, None, True)
    assert report.linked == 2
    take_back_list(report, by=None)
    assert set(Person.objects.values_list("deceased", "deceased_on", "moved_out")) == {(False, None, False)}
