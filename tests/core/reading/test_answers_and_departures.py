"""Answers of the branch, reports of deaths and moves: known by their columns and words, whatever the file is called."""

from __future__ import annotations

from datetime import date

import pytest
from workbooks import data, workbook

from jangkau.core.reading.answers.forms import template_for

ANI, BUDI, CECEP = "3202014107905001", "3202010203859002", "3202011509819003"


def test_the_branch_answers(read):
    rows = [
        ["NO", "NIK", "NAMA", "NO PESERTA", "STATUS", "ALASAN", "MULAI PERLINDUNGAN", "BERAKHIR"],
        [1, ANI, "ANI SURYANI", "18000000011", "DITERIMA", "", "05-10-2026", ""],
        [2, BUDI, "BUDI HERMAWAN", "", "Ditolak", "NIK tidak padan", "", ""],
        [3, CECEP, "CECEP WIGUNA", "18000000012", "diterima", "", "", ""],
    ]
    found = read(workbook([["PENDAFTARAN BPU SEPTEMBER 2026"], *rows]), "cabang.xlsx")
    assert found.kind == "confirmation"
    assert data(found, "kpj", "segment", "since", "paid_until", "member_status") == [
        ("18000000011", "bpu", date(2026, 10, 5), date(2026, 10, 1), "DITERIMA"),
        (None, None, None, None, "DITOLAK: NIK TIDAK PADAN"),
        ("18000000012", "bpu", None, date(2026, 9, 1), "DITERIMA"),
    ]


def test_the_end_of_a_cover_is_the_last_month_paid(read):
    head = ["NIK", "NAMA", "KPJ", "HASIL", "TGL MULAI", "AKHIR PERLINDUNGAN"]
    found = read(
        workbook([head, [ANI, "ANI", "18000000011", "Berhasil", "01/10/2026", "31/12/2026"]]), "Konfirmasi.xlsx"
    )
    assert (found.kind, data(found, "paid_until")) == ("confirmation", [date(2026, 12, 1)])


def test_an_export_with_states_of_membership_is_no_answer(read):
    head = ["KPJ", "NIK", "NAMA", "SEGMEN", "STATUS"]
    assert read(workbook([head, ["18000000011", ANI, "ANI", "BPU", "AKTIF"]])).kind == "membership"


def test_a_village_reports_deaths_and_moves(read):
    rows = [
        ["NO", "NIK", "NAMA", "TGL MENINGGAL", "PINDAH KE", "TGL PINDAH"],
        [1, ANI, "ANI SURYANI", "01-10-2026", "", ""],
        [2, BUDI, "BUDI HERMAWAN", "", "Bogor", date(2026, 9, 2)],
    ]
    found = read(workbook([["DESA CITEPUS"], *rows]))
    assert (found.kind, found.village_code) == ("deaths_and_moves", "32.02.01.2003")
    assert data(found, "deceased", "moved_out", "until", "activity", "problems") == [
        (True, False, date(2026, 10, 1), None, ["deceased"]),
        (False, True, date(2026, 9, 2), "Bogor", ["moved_out_note"]),
    ]


def test_what_happened_stands_in_words_and_who_came_has_not_left(read):
    rows = [
        ["NO", "NAMA", "NIK", "TANGGAL", "PERISTIWA", "KET"],
        [1, "ANI SURYANI", ANI, "01-10-2026", "Meninggal", ""],
        [2, "BUDI HERMAWAN", BUDI, "5 Mei 2026", "Mutasi", "pindah ke Bogor"],
        [3, "CECEP WIGUNA", CECEP, "5 Mei 2026", "Pindah datang", ""],
    ]
    found = read(workbook([["MUTASI PENDUDUK DESA CITEPUS"], *rows]))
    assert data(found, "deceased", "moved_out", "until") == [
        (True, False, date(2026, 10, 1)), (False, True, date(2026, 5, 5)), (False, False, date(2026, 5, 5)),
    ]  # fmt: skip


@pytest.mark.parametrize(("title", "left"), [("DATA KEMATIAN", (True, False)), ("WARGA PINDAH KELUAR", (False, True))])
def test_the_title_says_it_for_all(read, title, left):
    found = read(workbook([[f"{title} DESA CITEPUS"], ["NO", "NAMA", "NIK", "TANGGAL"], [1, "ANI", ANI, "01-10-2026"]]))
    assert found.kind == "deaths_and_moves" and data(found, "deceased", "moved_out") == [left]


@pytest.mark.parametrize("kind", ["confirmation", "deaths_and_moves"])
def test_their_blank_forms_are_read_as_what_they_are(read, kind):
    assert read(template_for(kind)).kind == kind
