"""Titles, a header over two rows with merged cells, a line of column numbers, a total, a signature block."""

from numpy.random import Generator

from jangkau.core.synthetic.layouts.listing import VillageList, dashed, place_and, street, whole
from jangkau.core.synthetic.mess import check
from jangkau.core.synthetic.page import Book, Cell


def write(book: Book, given: VillageList, rng: Generator) -> None:
    page = book.page("Sheet1")
    for text in (*given.titles, f"TAHUN ANGGARAN {given.as_of.year}"):
        page.line([text], "title")
    page.skip()
    top = ["NO", "NAMA LENGKAP", "NIK", "L/P", "TEMPAT, TGL LAHIR", "ALAMAT", "", "", "PEKERJAAN", "KET"]
    page.line(top, "header")
    page.line(["", "", "", "", "", "KAMPUNG", "RT", "RW"], "header")
    first = page.at - 2
    for column in (0, 1, 2, 3, 4, 8, 9):
        page.sheet.merge_range(first, column, first + 1, column, top[column])
    page.sheet.merge_range(first, 5, first, 7, "ALAMAT")
    page.line(list(range(1, 11)), "column_numbers")
    picks = rng.integers(0, 9, len(given.entries)).tolist()
    for number, (entry, pick) in enumerate(zip(given.entries, picks, strict=True), 1):
        born = place_and(entry.birth_place, dashed(entry.birth))
        cells: list[Cell] = [number, entry.name + entry.mark, entry.nik, entry.sex, born, street(entry)]
        cells += [whole(entry.rt, pick), whole(entry.rw, pick), entry.occupation, entry.note]
        page.person(cells, check(entry, given.as_of))
    page.line(["JUMLAH", f"{len(given.entries)} orang"], "total")
    page.signatures(given.chief, given.clerk, 7, given.signed_at)
