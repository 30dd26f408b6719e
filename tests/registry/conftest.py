"""A register with the regions of the area, and lists made on the spot. All people are invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.conf import settings as django_settings
from pytest_django import DjangoDbBlocker

from jangkau.registry.access.permissions import Scope
from jangkau.registry.people.actions import load_regions, set_fact
from jangkau.registry.people.gateways.gazetteer import gazetteer

AS_OF = date(2026, 10, 31)
MEMBERS = "KPJ;NIK;NAMA;TGL LAHIR;JK;NPP;NAMA PERUSAHAAN;SEGMEN;PROGRAM;UPAH;BLTH;STATUS"


@pytest.fixture(scope="session")
def regions(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """All regions, written once and kept: a test takes back only what it writes itself."""
    with django_db_blocker.unblock():
        load_regions(gazetteer())


@pytest.fixture
def register(regions: None, db: None, tmp_path: Path, settings: object) -> Path:
    """An empty register with a data folder of its own."""
    django_settings.JANGKAU_DATA = tmp_path / "data"
    django_settings.JANGKAU_DATA.mkdir()
    set_fact("ready", True)
    return tmp_path


@pytest.fixture
def whole() -> Scope:
    return Scope((django_settings.JANGKAU_AREA,), may_write=True)


@pytest.fixture
def village_list(tmp_path: Path) -> Callable[..., Path]:
    """Writes a village list of Citepus (32.02.01.2003); each person is (name, nik, birth date as text, sex)."""

    def write(
        people: list[tuple[str, str, str, str]], name: str = "lists/Palabuhanratu/Data Pekerja Desa Citepus.xlsx"
    ) -> Path:
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(place) as book:
            sheet = book.add_worksheet("DATA")
            sheet.write_row(0, 0, ["DAFTAR PEKERJA DESA CITEPUS"])
            sheet.write_row(1, 0, ["KECAMATAN PALABUHANRATU KABUPATEN SUKABUMI"])
            sheet.write_row(3, 0, ["NO", "NAMA", "NIK", "TANGGAL LAHIR", "L/P", "ALAMAT", "RT", "RW", "PEKERJAAN"])
            for number, (who, nik, born, sex) in enumerate(people, 1):
                sheet.write_row(3 + number, 0, [number, who, nik, born, sex, "Kp. Cibuntu", "001", "002", "Petani"])
        return place

    return write


@pytest.fixture
def member_list(tmp_path: Path) -> Callable[..., Path]:
    """Writes a membership export; each member is (kpj, nik, name, birth date, sex, segment, last month paid)."""

    def write(members: list[tuple[str, str, str, str, str, str, str]], name: str = "lists/peserta.csv") -> Path:
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        lines = [
            f"{kpj};{nik};{who};{born};{sex};;;{segment};JKK,JKM;1500000;{paid};AKTIF"
            for kpj, nik, who, born, sex, segment, paid in members
        ]
        place.write_bytes("\r\n".join([MEMBERS, *lines, ""]).encode("cp1252"))
        return place

    return write
