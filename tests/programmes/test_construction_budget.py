"""The village budget beside the works: which began without proof, which are missing; and the gap by region."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from tests.programmes.test_construction_works import AS_OF, CITEPUS, CREW, signed_in

from jangkau.core.kernel import RegionCode
from jangkau.core.linkage.budgets import match_budget
from jangkau.core.synthetic.budgets import budget_lines
from jangkau.core.synthetic.regency import invent
from jangkau.programmes.construction.actions import works as acts
from jangkau.programmes.construction.models import BudgetLine, Work
from jangkau.programmes.construction.states import State
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.lists.actions.publishing import take_back_list
from jangkau.registry.lists.models import SentList
from jangkau.registry.people.gateways.gazetteer import gazetteer

LINES = [
    ("Pembangunan TPT Kp. Cibuntu", 240_000_000, date(2026, 10, 1)),
    ("Rehab Posyandu", 63_400_000, date(2026, 9, 1)),
    ("Pembangunan Sumur Bor", 80_000_000, date(2026, 12, 1)),
]


@pytest.fixture
def compared(register: Path, roster_list) -> Path:
    roster_list(CREW)
    place = register / "lists/08_anggaran/kegiatan.xlsx"
    place.parent.mkdir(parents=True)
    with xlsxwriter.Workbook(place) as book:
        sheet = book.add_worksheet("APBDES")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["DAFTAR KEGIATAN PEMBANGUNAN DESA APBDES 2026"])
        sheet.write_row(2, 0, ["NO", "KECAMATAN", "DESA", "NAMA KEGIATAN", "SUMBER DANA", "PAGU", "RENCANA MULAI"])
        for number, (activity, value, start) in enumerate(LINES, 1):
            sheet.write_row(2 + number, 0, [number, "Palabuhanratu", "Citepus", activity, "Bankeu", value])
            sheet.write_datetime(2 + number, 6, start, day)
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    return register


def findings() -> list[str]:
    return list(BudgetLine.objects.order_by("line").values_list("finding", flat=True))


def test_late_and_missing_works_come_to_light(compared):
    assert findings() == ["late", "missing", "upcoming"]
    work = Work.objects.get()
    assert BudgetLine.objects.get(finding="late").work == work
    for to, told in ((State.REGISTERED, {}), (State.PAID, {"amount": 500_000})):
        acts.advance(work, to, by=None, as_of=AS_OF, on=date(2026, 10, 20), paper="A-1", **told)
    assert findings() == ["registered", "missing", "upcoming"]
    told = {"activity": "Rehab Posyandu", "village_id": CITEPUS, "value": 63_400_000, "starts_on": date(2026, 11, 9)}
    acts.note_work(by=None, as_of=AS_OF, **told)
    assert findings() == ["registered", "waiting", "upcoming"]


def test_a_budget_list_taken_back_leaves_nothing(compared):
    take_back_list(SentList.objects.get(kind="village_budget"), by=None)
    assert not BudgetLine.objects.exists()
    assert Work.objects.count() == 1


def test_the_pages_of_budget_and_gap(compared):
    client = signed_in(area="32.02")
    page = client.get("/proyek-desa/anggaran/?finding=missing").content.decode()
    assert "1 kegiatan anggaran seharusnya sudah mulai dan belum ada proyeknya, senilai Rp63.400.000" in page
    number = BudgetLine.objects.get(finding="missing").pk
    form = client.get(f"/proyek-desa/baru/?budget={number}").content.decode()
    assert 'value="Rehab Posyandu"' in form
    assert "63400000" in form.replace(".", "")
    book = CalamineWorkbook.from_filelike(BytesIO(client.get("/proyek-desa/anggaran/buku-kerja/").content))
    assert [row[2] for row in book.get_sheet_by_index(0).to_python()[1:]] == [activity for activity, _, _ in LINES]
    assert "Palabuhanratu" in client.get("/proyek-desa/celah/").content.decode()
    assert "Citepus" in client.get("/proyek-desa/celah/?region=32.02.01").content.decode()
    book = CalamineWorkbook.from_filelike(BytesIO(client.get("/proyek-desa/celah/buku-kerja/").content))
    row = book.get_sheet_by_index(0).to_python()[-1]
    assert row[:3] == [CITEPUS, "Citepus", "Palabuhanratu"]
    assert row[5:7] == [3, 81]
    assert "Belum ada daftar" in signed_in(area="32.02.16").get("/proyek-desa/anggaran/").content.decode()


@pytest.mark.parametrize("seed", [3, 7])
def test_the_works_of_the_invented_budget_are_found(seed):
    regency = invent(gazetteer(), area=RegionCode("32.02"), workers=3_000, seed=seed, as_of=AS_OF)
    told = budget_lines(regency.projects, regency.places, seed, AS_OF).with_row_index("line").with_columns(
        pl.col("line").cast(pl.Int64), starts_on="start"
    )  # fmt: skip
    works = regency.projects.rename({"project_id": "work", "work": "activity", "start": "starts_on"})
    found = match_budget(told, works).join(told, on="line")
    right = found.filter(pl.col("work") == pl.col("project_id")).height
    assert right / found.height >= 0.9
    assert right / told["project_id"].count() >= 0.9
