"""Attendance files are read in a process of their own, bounded in time and memory. Free of Django models."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from jangkau.core.kernel import JangkauError, Refused, RegionCode
from jangkau.core.reading.attendance import attendance_file
from jangkau.registry.lists.gateways.confined import Lost, call_confined
from jangkau.registry.people.gateways.gazetteer import gazetteer

LARGEST = 5 * 2**20
_SECONDS, _MEMORY = 60.0, 1_500_000_000


@dataclass(frozen=True)
class Sheet:
    """An attendance file, the area of the register, the village of the event and the day of reading."""

    content: bytes
    name: str
    area: str
    village: str | None
    as_of: date


def read_sheet(sheet: Sheet) -> pl.DataFrame:
    """Everybody on the file, in ATTENDANCE_SCHEMA. Raises Refused or Corrupt when it cannot be read."""
    if len(sheet.content) > LARGEST:
        raise Refused(
            "Berkas daftar hadir lebih besar dari 5 MB. Salin daftarnya ke buku kerja baru.",
            "The attendance file is larger than 5 MB. Copy the list to a new workbook.",
        )
    [answer] = call_confined(_read, [sheet], processes=1, seconds=_SECONDS, memory=_MEMORY)
    if isinstance(answer, Lost):
        raise Refused(
            "Berkas daftar hadir terlalu berat dibaca. Salin daftarnya ke buku kerja baru.",
            "The attendance file is too heavy to read. Copy the list to a new workbook.",
        )
    if isinstance(answer, tuple):
        raise Refused(*answer)
    return answer


def _read(sheet: Sheet) -> pl.DataFrame | tuple[str, str]:
    """The people of the file, or the two sentences that say why it cannot be read."""
    try:
        return attendance_file(
            sheet.content, sheet.name, gazetteer=gazetteer(), area=RegionCode(sheet.area), village=sheet.village,
            as_of=sheet.as_of,
        )  # fmt: skip
    except JangkauError as error:
        return error.indonesian, error.english
