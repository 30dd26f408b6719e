"""Day, month and year of birth in three columns, sex as a tick in one of two, NIK behind a back-tick."""

from datetime import date

from numpy.random import Generator

from jangkau.core.synthetic.layouts.listing import VillageList, full_address
from jangkau.core.synthetic.mess import Entry, check
from jangkau.core.synthetic.page import Book, Cell
from jangkau.core.synthetic.words import MONTHS

_TOP = ["NO", "NAMA LENGKAP", "NIK", "KELAHIRAN", "", "", "", "JENIS KELAMIN", "", "ALAMAT", "PEKERJAAN"]
_BELOW = ["", "", "", "TEMPAT", "TGL", "BLN", "THN", "L", "P"]


def write(book: Book, given: VillageList, rng: Generator) -> None:
    page = book.page("Sheet1")
    page.titles(*given.titles)
    page.line(_TOP, "header")
    page.line(_BELOW, "header")
    page.sheet.merge_range(page.at - 2, 3, page.at - 2, 6, "KELAHIRAN")
    page.sheet.merge_range(page.at - 2, 7, page.at - 2, 8, "JENIS KELAMIN")
    page.line(list(range(1, 12)), "column_numbers")
    picks = rng.integers(0, 99, len(given.entries)).tolist()
    for number, (entry, pick) in enumerate(zip(given.entries, picks, strict=True), 1):
        tick = ("v", "V", "√", "x")[pick % 4]
        sex: list[Cell] = ["", tick] if entry.sex == "P" else [tick, ""]
        nik = f"`{entry.nik}" if entry.nik_true else entry.nik
        cells: list[Cell] = [number, entry.name + entry.mark, nik, entry.birth_place, *_three(entry, pick), *sex]
        page.person([*cells, full_address(entry, pick), entry.occupation], check(entry, given.as_of))
    page.line(["JUMLAH", f"{len(given.entries)} orang"], "total")
    page.signatures(given.chief, given.clerk, 8, given.signed_at)


def _three(entry: Entry, pick: int) -> list[Cell]:
    born = entry.birth
    if isinstance(born, date):
        return [born.day, MONTHS[born.month - 1] if pick % 5 == 0 else born.month, born.year]
    if born is None:
        return ["", "", ""]
    return [31, 2, int(born[-4:])]
