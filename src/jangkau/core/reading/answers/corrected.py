"""One call from the bytes that were sent to the workbook that goes back: in the sender's own layout where the file
allows it, else the same lines in a plain workbook."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from types import MappingProxyType

import polars as pl

from jangkau.core.reading.answers.marks import Progress, Refusals, Sentences, SheetMarks, is_split_text, marks_of
from jangkau.core.reading.answers.own_layout import mark_own_workbook
from jangkau.core.reading.answers.plain import write_plain_workbook
from jangkau.core.reading.changes import edited, together
from jangkau.core.reading.formats import base_name, read_sheets
from jangkau.core.reading.read import TableReading

MOST_ROWS = 60_000  # beyond it the sender's own workbook would need minutes and gigabytes to be marked
MOST_BYTES = 100_000_000  # unpacked sheets; empty formatted cells weigh as much as full ones


def corrected_workbook(
    content: bytes,
    name: str,
    *,
    rows: pl.DataFrame,
    problems: pl.DataFrame,
    tables: Iterable[TableReading],
    sentences: Sentences,
    edits: pl.DataFrame | None = None,
    refused: Refusals = MappingProxyType({}),
    progress: Progress = lambda share: None,
) -> bytes:
    """The list as an xlsx workbook with two columns added, *STATUS JANGKAU* and *PERLU DIPERBAIKI*, and the cells that
    are wrong coloured and commented. `rows`, `problems` and `tables` are those of the ListReading of the same bytes;
    `sentences` gives for a problem code what is wrong and what to do; `edits` (EDIT_SCHEMA) are written into their
    cells; `refused` says which rows a person refused and why; `progress` is told the share that is done.

    An xlsx or xlsm keeps its sheets, styles, merged cells and widths; formulas become the values they had, macros and
    links to other files are dropped, protection of sheets is lifted. Other formats, workbooks of more than 60,000 lines
    and workbooks that the style-keeping library cannot open become a plain workbook with the same sheets and lines,
    without the sender's styles. Reading the answer again gives the same rows.

    Raises Refused when a sheet has more lines than a workbook can hold, or Refused and Corrupt as read_file does.

    >>> from datetime import date
    >>> from jangkau.core.kernel import Gazetteer, RegionCode
    >>> from jangkau.core.reading import read_file
    >>> sent = b"NO;NIK;NAMA\\n1;32020141079;SITI A\\n"
    >>> place = {"area": RegionCode("32.02"), "gazetteer": Gazetteer([])}
    >>> told = read_file(sent, "a.csv", as_of=date(2026, 10, 31), **place)
    >>> words = {"nik_length": ("NIK bukan 16 angka", "Ketik ulang dari KTP.")}
    >>> answer = corrected_workbook(
    ...     sent, "a.csv", rows=told.rows, problems=told.problems, tables=told.tables, sentences=words)
    >>> again = read_file(answer, "a.xlsx", as_of=date(2026, 10, 31), **place)
    >>> again.rows["cells"].to_list()[1]
    ['1', '32020141079', 'SITI A', 'perlu diperbaiki', 'B2: NIK bukan 16 angka. Ketik ulang dari KTP.']
    """
    tables = list(tables)
    marks = marks_of(rows, problems, tables, sentences, refused)
    keep = rows.height <= MOST_ROWS and not any(is_split_text(table) for table in tables)
    changed = edits if edits is not None else together([])
    own = _in_own_layout(content, marks, changed, progress) if keep else None
    if own is not None:
        return own
    return write_plain_workbook(edited(read_sheets(content, name), changed), marks, base_name(name), progress)


def _in_own_layout(
    content: bytes, marks: dict[str, SheetMarks], edits: pl.DataFrame, progress: Progress
) -> bytes | None:
    """The sender's workbook with the marks in it, None when it has to be written anew."""
    if content[:4] != b"PK\x03\x04" or not zipfile.is_zipfile(io.BytesIO(content)):
        return None
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [part.file_size for part in parts.infolist() if part.filename.endswith(".xml")]
        if "xl/workbook.xml" not in parts.namelist() or sum(sheets) > MOST_BYTES:
            return None
    return mark_own_workbook(content, marks, edits, progress)


def corrected_name(name: str) -> str:
    """What the answer to a file is called; the words of the sender's name stay, because they are evidence.

    >>> corrected_name("02_desa/Cisaat/Data Pekerja.xls")
    'Data Pekerja-diperbaiki.xlsx'
    """
    shown = base_name(name)
    stem = shown.rpartition(".")[0] or shown
    return f"{stem.removesuffix('-diperbaiki')}-diperbaiki.xlsx"
