"""Sorted by family card, with the mother's name; NIK with trailing blanks."""

from numpy.random import Generator

from jangkau.core.synthetic.layouts.listing import VillageList, dashed, street
from jangkau.core.synthetic.mess import check
from jangkau.core.synthetic.page import Book, Cell

_HEADER = [
    "NO", "NO KK", "NIK", "NAMA", "NAMA IBU KANDUNG", "TEMPAT LAHIR", "TGL LAHIR", "JK", "ALAMAT", "RT/RW", "PEKERJAAN",
]  # fmt: skip


def write(book: Book, given: VillageList, rng: Generator) -> None:
    page = book.page("KK")
    page.titles(*given.titles)
    page.line(_HEADER, "header")
    for number, entry in enumerate(sorted(given.entries, key=lambda entry: entry.kk), 1):
        nik = f"{entry.nik} " if entry.nik_true else entry.nik
        cells: list[Cell] = [number, entry.kk, nik, entry.name + entry.mark, entry.mother, entry.birth_place]
        cells += [dashed(entry.birth), entry.sex, street(entry), f"{entry.rt:02d}/{entry.rw:02d}", entry.occupation]
        page.person(cells, check(entry, given.as_of))
    page.line(["JUMLAH", f"{len(given.entries)} orang"], "total")
