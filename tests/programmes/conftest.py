"""The register of the registry's tests, and rosters of village works made on the spot. All people are invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from tests.registry.conftest import member_list, regions, register, village_list, whole

__all__ = ["member_list", "regions", "register", "village_list", "whole"]


@pytest.fixture
def roster_list(tmp_path: Path) -> Callable[..., Path]:
    """Writes the roster of a work in Citepus (32.02.01.2003); each worker is (nik, name, task, wage a day, days)."""

    def write(
        crew: list[tuple[str, str, str, int, int]],
        name: str = "lists/03_jakon/Daftar Pekerja Pembangunan TPT Ds Citepus.xlsx",
        *,
        first: str = "5 Oktober 2026",
        last: str = "30 November 2026",
        value: int = 246_900_000,
    ) -> Path:
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        head = (
            ("Nama Kegiatan", "Pembangunan TPT"),
            ("Lokasi", "Kp. Cibuntu Desa Citepus Kec. Palabuhanratu"),
            ("Nilai RAB", value),
            ("Sumber Dana", "Dana Desa (DDS) TA 2026"),
            ("Tanggal Mulai", first),
            ("Tanggal Selesai", last),
            ("Pelaksana", "TPK Desa Citepus"),
        )
        with xlsxwriter.Workbook(place) as book:
            sheet = book.add_worksheet("HOK")
            sheet.write_row(0, 0, ["DAFTAR TENAGA KERJA KEGIATAN PEMBANGUNAN DESA"])
            for line, (label, fact) in enumerate(head, 1):
                sheet.write_row(line, 0, [label, ":", fact])
            columns = ["NO", "NIK", "NAMA", "ALAMAT", "TUGAS", "UPAH/HARI (HOK)", "JML HARI", "JUMLAH UPAH", "TTD"]
            sheet.write_row(10, 0, columns)
            for number, (nik, who, task, wage, days) in enumerate(crew, 1):
                sheet.write_row(10 + number, 0, [number, nik, who, "Kp. Cibuntu RT 01/02", task, wage, days])
        return place

    return write
