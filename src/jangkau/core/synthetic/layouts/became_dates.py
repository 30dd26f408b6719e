"""RT/RW such as 02/05 that Excel turned into 2 May; a column names the village, sometimes another one."""

from datetime import date

from numpy.random import Generator

from jangkau.core.synthetic.layouts.listing import VillageList, place_and, spelled, street
from jangkau.core.synthetic.mess import check
from jangkau.core.synthetic.page import Book, Cell

_HEADER = [
    "NO", "NIK", "NAMA LENGKAP", "TEMPAT TANGGAL LAHIR", "L/P", "ALAMAT", "RT/RW", "DESA", "PEKERJAAN", "KET",
]  # fmt: skip


def write(book: Book, given: VillageList, rng: Generator) -> None:
    page = book.page("Sheet1")
    page.titles(*given.titles)
    page.line(_HEADER, "header")
    picks = rng.integers(0, 99, len(given.entries)).tolist()
    for number, (entry, pick) in enumerate(zip(given.entries, picks, strict=True), 1):
        pair: Cell = f"{entry.rt:02d}/{entry.rw:02d}"
        if entry.rw <= 12 and pick < 70:
            pair = date(given.as_of.year, entry.rw, entry.rt)
        born = place_and(entry.birth_place, spelled(entry.birth)).upper()
        cells: list[Cell] = [number, entry.nik, entry.name + entry.mark, born, "PR" if entry.sex == "P" else "LK"]
        cells += [street(entry), pair, (entry.place or given.village).upper(), entry.occupation, entry.note]
        page.person(cells, check(entry, given.as_of))
    page.line(["JUMLAH", f"{len(given.entries)} orang"], "total")
    page.signatures(given.chief, given.clerk, 7, given.signed_at)
