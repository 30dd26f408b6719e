"""A register with agents' lists made on the spot. All people are invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.test import Client
from tests.registry.conftest import member_list, regions, register, whole

from jangkau.registry.access.actions import create_user
from jangkau.registry.lists.actions import run_paths

__all__ = ["member_list", "regions", "register", "whole"]  # fixtures
AS_OF = date(2026, 10, 31)
HEADER = ["NO", "KANTOR PERISAI", "NAMA AGEN", "TGL DAFTAR", "KPJ", "NIK", "NAMA PESERTA", "TGL LAHIR", "DESA",
          "KECAMATAN", "PROGRAM", "NO HP", "NO REKENING"]  # fmt: skip
FIRST = ("UJANG", "ASEP", "DEDI", "ENGKOS", "YAYAN", "CECEP", "NENENG", "IMAS", "TATANG", "WAWAN")
LAST = ("SUKMANA", "HIDAYAT", "KUSNADI", "RUSTANDI", "MULYANA", "NUGRAHA", "LESTARI", "PERMANA")


def somebody(number: int) -> tuple[str, str, str, str]:
    """kpj, nik, name, birth date of an invented person."""
    day, month = number % 27 + 1, number // 27 % 12 + 1
    name = f"{FIRST[number % 10]} {LAST[number // 10 % 8]}"
    return f"26{number:09d}", f"320201{day:02}{month:02}80{3000 + number:04}", name, f"{day:02}-{month:02}-1980"


@pytest.fixture
def agents_list(tmp_path: Path) -> Callable[..., Path]:
    """Writes a list of agents; each recruit is (office, agent, day of registration, number of somebody); `phones` and
    `accounts` by that number, else everybody has a phone of the own and no account."""

    def write(
        recruits: list[tuple[str, str, date, int]],
        name: str = "lists/akuisisi.xlsx",
        phones: dict[int, str] | None = None,
        accounts: dict[int, str] | None = None,
    ) -> Path:
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(place) as book:
            sheet, day = book.add_worksheet("AKUISISI"), book.add_format({"num_format": "dd/mm/yyyy"})
            sheet.write_row(0, 0, ["LAPORAN AKUISISI AGEN PERISAI"])
            sheet.write_row(2, 0, HEADER)
            for line, (office, agent, on, number) in enumerate(recruits, 3):
                kpj, nik, who, born = somebody(number)
                village, district = ("CITEPUS", "PALABUHANRATU") if number % 3 else ("NYANGKOWEK", "CICURUG")
                cells = [line - 2, office, agent, None, kpj, nik, who, born, village, district, "JKK+JKM"]
                phone = (phones or {}).get(number, f"0812{number:08d}")
                sheet.write_row(line, 0, [*cells, phone, (accounts or {}).get(number, "")])
                sheet.write_datetime(line, 3, on, day)
        return place

    return write


@pytest.fixture
def members(member_list: Callable[..., Path]) -> Callable[..., Path]:
    """Writes the branch's export; each member is (number of somebody, last month paid)."""

    def write(paid: dict[int, str], name: str = "lists/peserta.csv") -> Path:
        rows = [(kpj, nik, who, born, "L", "BPU", until) for number, until in paid.items()
                for kpj, nik, who, born in [somebody(number)]]  # fmt: skip
        return member_list(rows, name)

    return write


@pytest.fixture
def run(register: Path) -> Callable[[], None]:
    """The loop on all lists written so far."""
    return lambda: run_paths([register / "lists"], as_of=AS_OF, by=None) and None


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    def sign_in(area: str | None, name: str = "orang", role: str = "officer") -> Client:
        client = Client(headers={"host": "localhost"})
        user = create_user(username=name, password="x", area_code=area, role=role)
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
