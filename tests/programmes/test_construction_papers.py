"""What leaves the register: the branch's file, the proof for the village, builders who work project after project."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.programmes.test_construction_works import AS_OF, CITEPUS, CREW, signed_in, step

from jangkau.programmes.construction.actions import works as acts
from jangkau.programmes.construction.models import RosterLine, Work
from jangkau.programmes.construction.queries import builders
from jangkau.programmes.construction.states import State
from jangkau.registry.access.models import AuditEvent, Role
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.people.models import Membership, Person

WHY = {"because": "dikirim ke cabang"}


@pytest.fixture
def work(register, roster_list, village_list):
    born = [(name, nik, f"{nik[6:8]}-{nik[8:10]}-19{nik[10:12]}", "L") for nik, name, *_ in CREW[:2]]
    village_list(born)
    roster_list(CREW)
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    return Work.objects.get()


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_file_for_the_branch_has_text_niks_real_days_and_a_reason(work):
    client = signed_in(area="32.02")
    place = f"/proyek-desa/{work.pk}/berkas-cabang/"
    assert client.post(place, {"because": ""}).status_code == 302
    found = sheets(client.post(place, WHY).content)
    facts = dict(row[:2] for row in found["DATA PROYEK"])
    assert (facts["NAMA PROYEK"], facts["TANGGAL MULAI"], facts["IURAN JKK DAN JKM"]) == (
        work.activity, work.starts_on, work.due,
    )  # fmt: skip
    head, *rows = found["TENAGA KERJA"]
    told = {row[2]: dict(zip(head, row, strict=True)) for row in rows}
    assert told["UJANG SUKMANA"]["NIK"] == "3202011203803841"
    assert told["UJANG SUKMANA"]["TANGGAL LAHIR"] == date(1980, 3, 12)
    assert told["UJANG SUKMANA"]["DESA/KELURAHAN"] == "Citepus"
    assert (told["DEDI KUSNADI"]["NIK"], told["DEDI KUSNADI"]["MULAI BEKERJA"]) == ("", work.starts_on)
    event = AuditEvent.objects.get(action="branch_file_taken")
    assert (event.subject, event.detail["people"]) == (f"work {work.pk}", 3)
    assert signed_in(Role.READER, area="32.02").post(place, WHY).status_code == 302


def test_the_proof_is_one_page_without_whole_numbers_or_names(work, settings):
    client = signed_in(area="32.02")
    assert client.get(f"/proyek-desa/{work.pk}/bukti/").status_code == 302
    step(work, State.REGISTERED, on=date(2026, 10, 3), paper="SERT-77")
    step(work, State.PAID, on=date(2026, 10, 4), paper="KW-77", amount=work.due)
    pdf = pypdfium2.PdfDocument(client.get(f"/proyek-desa/{work.pk}/bukti/").content)
    assert len(pdf) == 1
    text = " ".join(pdf[0].get_textpage().get_text_bounded().split())
    assert "SERT-77" in text
    assert "4 Oktober 2026 sampai 30 November 2026" in text
    assert "UJANG S. 3202********3841" in text
    assert "SUKMANA" not in text
    assert "3202011203803841" not in text
    code = work.proof_code
    assert code in text.replace(" ", "")
    settings.SECRET_KEY = "another, after a restore"  # paper outlives it
    page = Client().get(f"/proyek-desa/bukti/{code}/").content.decode()  # whoever holds the paper needs no account
    assert "Bukti ini asli" in page and "SERT-77" in page and "SUKMANA" not in page
    assert Client().get("/proyek-desa/bukti/0000000000000000/").status_code == 404


def again(work, count):
    """The same crew on further works."""
    for number in range(count):
        other = acts.note_work(
            by=None, as_of=AS_OF, activity=f"Rabat beton {number}", village_id=CITEPUS, starts_on=date(2026, 8, 1),
            ends_on=date(2026, 8, 20),
        )  # fmt: skip
        for line in work.roster.exclude(person=None):
            RosterLine.objects.create(work=other, person_id=line.person_id, name=line.name, days=8)


def test_who_works_project_after_project_is_a_candidate_until_a_member(work, whole):
    assert not builders.candidates(whole, AS_OF).exists()
    again(work, 2)
    found = builders.candidates(whole, AS_OF, works=3, days=400)
    assert {row["person_id"]: (row["works"], row["worked"]) for row in found} == {
        line.person_id: (3, line.days + 16) for line in work.roster.all()
    }
    assert builders.candidates(whole, AS_OF, works=4, days=36).count() == 1  # twenty days and sixteen
    assert not builders.candidates(whole, date(2027, 10, 31), works=3, days=400).exists()
    assert not builders.candidates(Scope(("32.02.16",)), AS_OF).exists()
    Membership.objects.create(person_id=found[0]["person_id"], list_number=0, paid_until=date(2026, 8, 1))
    Person.objects.filter(pk=found[1]["person_id"]).update(birth_date=date(1955, 1, 1))
    assert builders.candidates(whole, AS_OF, works=3, days=400).count() == 1


def test_candidates_on_the_page_and_in_the_workbook(work, whole):
    again(work, 2)
    rows = list(builders.candidates(whole, AS_OF))
    first = builders.page_of(rows, "", 2)
    rest = builders.page_of(rows, first.after, 2)
    assert [len(first.builders), len(rest.builders), rest.after] == [2, 1, None]
    client = signed_in(area="32.02")
    page = client.get("/proyek-desa/calon-bpu/").content.decode()
    assert "3 pekerja bangunan layak menjadi peserta BPU" in page
    assert "3202011203803841" not in page
    assert (
        "Tidak ada calon menurut aturan ini" in client.get("/proyek-desa/calon-bpu/?works=9&days=300").content.decode()
    )
    rows = sheets(client.post("/proyek-desa/calon-bpu/buku-kerja/", WHY).content)["CALON BPU"]
    assert "3202011203803841" in {row[0] for row in rows}
    assert AuditEvent.objects.get(action="people_taken").detail["people"] == 3
