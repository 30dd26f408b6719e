"""Who came? An attendance list as it is pasted from Excel or typed, or as a file: read like every list, and where a
pasted table has no headers its columns are told by what stands in them. No pasted line is lost."""

from __future__ import annotations

import re
from datetime import date

import polars as pl

from jangkau.core.kernel import Gazetteer, RegionCode
from jangkau.core.reading.cells.dates import parse_place_and_day
from jangkau.core.reading.cells.places import Places
from jangkau.core.reading.columns import field_of
from jangkau.core.reading.read import read_file
from jangkau.core.reading.told import Told

ATTENDANCE_SCHEMA: dict[str, pl.DataType] = {
    "written": pl.String(), "readable": pl.Boolean(), "nik": pl.String(), "name": pl.String(), "sex": pl.String(),
    "birth_date": pl.Date(), "village_code": pl.String(), "phone": pl.String(), "employer": pl.String(),
}  # fmt: skip
PASTED = "hadir.tsv"
_NOBODY = ("header", "header_repeat", "column_numbers", "blank")  # kinds of line that hold nobody
_PHONE = re.compile(r"(\+?62|0)8\d{7,11}")
_HOME = re.compile(r"(?i)\b(kp|kampung|jl|jalan|rt|rw|dusun|blok|lingkungan)\b")


def pasted_attendance(
    text: str, *, gazetteer: Gazetteer, area: RegionCode, village: str | None, as_of: date
) -> pl.DataFrame:
    """Everybody on a pasted text (cells between tabs or semicolons), in ATTENDANCE_SCHEMA and in its order. `village`
    is the code of the village the event was in: who names none is of it. Lines that tell neither name nor NIK stay, as
    they were written and not `readable`.

    >>> said = "1\\tUjang Sukmana\\t3202011203803841\\n2\\tIta\\t\\n?"
    >>> told = {"gazetteer": Gazetteer([]), "area": RegionCode("32.02"), "village": None, "as_of": date(2026, 1, 1)}
    >>> pasted_attendance(said, **told).select("name", "nik", "readable").rows()
    [('UJANG SUKMANA', '3202011203803841', True), ('ITA', None, True), (None, None, False)]
    """
    lines = [[cell.strip() for cell in re.split(r"\t|;", line)] for line in text.splitlines() if line.strip()]
    if not lines:
        return pl.DataFrame(schema=ATTENDANCE_SCHEMA)
    if not {"name", "nik"} & {field_of(cell) for cell in lines[0]}:
        lines.insert(0, _headers(lines, Places(gazetteer, area), village))
    written = pl.Series([" | ".join(cell for cell in line if cell) for line in lines])
    if "number" not in {field_of(cell) for cell in lines[0]}:  # a line of a single cell would be taken for a title
        lines = [[str(number) if number else "NO", *line] for number, line in enumerate(lines)]
    width = max(len(line) for line in lines)
    table = "\n".join("\t".join(line + [""] * (width - len(line))) for line in lines)
    rows = _read(table.encode(), PASTED, gazetteer, area, village, as_of)
    rows = rows.filter((pl.col("state") == "data") | ~pl.col("problems").list.first().is_in(_NOBODY))
    return _people(rows).with_columns(written=written.gather(rows["row"] - 1))


def attendance_file(
    content: bytes, name: str, *, gazetteer: Gazetteer, area: RegionCode, village: str | None, as_of: date
) -> pl.DataFrame:
    """Everybody on an attendance file, in ATTENDANCE_SCHEMA and in its order; titles, sums and signatures are nobody.
    Raises Refused or Corrupt as `read_file` does."""
    return _people(_read(content, name, gazetteer, area, village, as_of).filter(pl.col("state") == "data"))


def _read(
    content: bytes, name: str, gazetteer: Gazetteer, area: RegionCode, village: str | None, as_of: date
) -> pl.DataFrame:
    told = Told(kind="workers", village_code=village or "")
    return read_file(content, name, gazetteer=gazetteer, area=area, as_of=as_of, told=told).rows


def _people(rows: pl.DataFrame) -> pl.DataFrame:
    known = pl.col("name").is_not_null() | pl.col("nik").is_not_null()
    written = pl.col("cells").list.eval(pl.element().filter(pl.element() != "")).list.join(" | ")
    said = rows.with_columns(written=written, readable=(pl.col("state") == "data") & known)
    return said.select(pl.col(name).cast(kind) for name, kind in ATTENDANCE_SCHEMA.items())


def _headers(lines: list[list[str]], places: Places, village: str | None) -> list[str]:
    """A line of headers for a table without one, by what most cells of each column are."""
    width = max(len(line) for line in lines)
    named: list[str] = []
    for column in range(width):
        cells = [line[column] for line in lines if column < len(line) and line[column]]
        title = _header_of(cells, places, village, "NAMA" in named)
        named.append("" if title in named else title)
    return named


def _header_of(cells: list[str], places: Places, village: str | None, has_name: bool) -> str:
    """What a column holds, as its header would say; a name stands before the village it may be spelt like."""
    digits = [re.sub(r"\D", "", cell) for cell in cells]
    looks = (
        ("NIK", [15 <= len(d) <= 17 for d in digits]),
        ("NO HP", [bool(_PHONE.fullmatch(re.sub(r"[\s.\-]", "", cell))) for cell in cells]),
        ("NO", [bool(re.fullmatch(r"\d{1,4}[.)]?", cell)) for cell in cells]),
        ("L/P", [cell.upper() in ("L", "P", "LK", "PR", "LAKI-LAKI", "PEREMPUAN") for cell in cells]),
        ("TGL LAHIR", [parse_place_and_day(cell, 11).state == "ok" for cell in cells]),
    )
    for title, fits in looks:
        if fits and sum(fits) > len(fits) / 2:
            return title
    if not has_name:
        return "NAMA"
    near = village[:8] if village else None
    if cells and sum(bool(places.find(cell, None, near=near).village) for cell in cells) > len(cells) / 2:
        return "DESA"
    return "ALAMAT" if any(_HOME.search(cell) for cell in cells) else "INSTANSI"
