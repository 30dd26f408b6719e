"""The shapes in which villages send their lists; one module each. A layout writes a village's entries into a book."""

from collections.abc import Callable
from typing import NamedTuple

from numpy.random import Generator

from jangkau.core.synthetic.layouts import (
    became_dates,
    family_cards,
    hidden_parts,
    many_tables,
    merged_header,
    no_birth_date,
    numeric_nik,
    per_rw,
    plain,
    printed_pages,
    three_columns,
)
from jangkau.core.synthetic.layouts.listing import VillageList
from jangkau.core.synthetic.page import Book


class Layout(NamedTuple):
    """A shape: its name, who writes it, whether a row can name another village, whether it has notes."""

    name: str
    write: Callable[[Book, VillageList, Generator], None]
    says_place: bool = False
    says_note: bool = True


LAYOUTS = (
    Layout("merged_header", merged_header.write),
    Layout("plain_row1", plain.write, says_note=False),
    Layout("sheet_per_rw", per_rw.write, True),
    Layout("tables_on_one_sheet", many_tables.write),
    Layout("printed_pages", printed_pages.write, True),
    Layout("nik_as_number", numeric_nik.write, says_note=False),
    Layout("rtrw_became_date", became_dates.write, True),
    Layout("day_month_year", three_columns.write, True, says_note=False),
    Layout("family_cards", family_cards.write, says_note=False),
    Layout("no_birth_date", no_birth_date.write),
    Layout("hidden_parts", hidden_parts.write),
)

__all__ = ["LAYOUTS", "Layout", "VillageList"]
