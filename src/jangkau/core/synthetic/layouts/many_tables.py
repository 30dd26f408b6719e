"""Three tables below each other on one sheet, one for each dusun; NIK in groups of four, two-digit years."""

from numpy.random import Generator

from jangkau.core.synthetic.layouts.listing import VillageList, short
from jangkau.core.synthetic.mess import check
from jangkau.core.synthetic.page import Book, Cell

_HEADER = ["NO", "NO. KTP", "NAMA", "TGL LAHIR", "L/P", "RT/RW", "PEKERJAAN", "KET"]


def write(book: Book, given: VillageList, rng: Generator) -> None:
    page = book.page("Sheet1")
    page.titles(*given.titles)
    for part in range(3):
        members = [entry for entry in given.entries if entry.rw % 3 == (part + 1) % 3]
        areas = ", ".join(f"{rw:02d}" for rw in sorted({entry.rw for entry in members}))
        page.line([f"DUSUN {part + 1} (RW {areas})"], "title")
        page.line(_HEADER, "header")
        for number, entry in enumerate(members, 1):
            nik = entry.nik
            if len(nik) == 16 and entry.nik_true:
                nik = " ".join(nik[at : at + 4] for at in range(0, 16, 4))
            cells: list[Cell] = [number, nik, entry.name + entry.mark, short(entry.birth), entry.sex]
            cells += [f"{entry.rt:02d}/{entry.rw:02d}", entry.occupation, entry.note]
            page.person(cells, check(entry, given.as_of))
        page.line(["JUMLAH", f"{len(members)} orang"], "total")
        page.skip(2)
    page.signatures(given.chief, given.clerk, 5, given.signed_at)
