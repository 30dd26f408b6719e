"""A workbook that a page gave out and somebody filled in: its rows, by the titles of the columns."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from jangkau.core.kernel import Corrupt


def rows_filled_in(content: bytes, titles: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of the first sheet below the line in which all `titles` stand (in whatever case), those that are empty
    left out. Raises Corrupt for a file that is no workbook or has other columns."""
    try:
        sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    except (CalamineError, OSError, ValueError) as broken:
        raise Corrupt(
            "Buku kerja ini tidak terbaca. Pakai buku kerja yang diunduh dari halaman ini.",
            "This workbook cannot be read. Use the one downloaded from this page.",
        ) from broken
    for at, row in enumerate(sheet):
        found = {text_of(cell).upper(): column for column, cell in enumerate(row)}
        if set(titles) <= found.keys():
            below = ({title: line[found[title]] for title in titles} for line in sheet[at + 1 :])
            return [told for told in below if any(text_of(cell) for cell in told.values())]
    raise Corrupt(
        f"Judul kolomnya bukan {', '.join(titles)}. Pakai buku kerja yang diunduh dari halaman ini.",
        f"The column titles are not {', '.join(titles)}. Use the workbook downloaded from this page.",
    )


def text_of(cell: Any) -> str:
    """A cell as text; a whole number without its decimals."""
    return "" if cell is None else str(cell).strip().removesuffix(".0")
