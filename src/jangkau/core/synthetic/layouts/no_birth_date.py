"""No birth date at all, names in lower case, notes between the rows."""

from numpy.random import Generator

from jangkau.core.synthetic.layouts.listing import VillageList, full_address
from jangkau.core.synthetic.mess import check, forget_birth
from jangkau.core.synthetic.page import Book, Cell


def write(book: Book, given: VillageList, rng: Generator) -> None:
    page = book.page("Sheet1")
    page.titles(*given.titles)
    page.line(["NO", "NAMA", "NIK", "L/P", "ALAMAT", "PEKERJAAN", "KETERANGAN"], "header")
    picks = rng.integers(0, 400, len(given.entries)).tolist()
    for number, (entry, pick) in enumerate(zip(given.entries, picks, strict=True), 1):
        forget_birth(entry)
        cells: list[Cell] = [number, (entry.name + entry.mark).lower(), entry.nik, entry.sex, full_address(entry, pick)]
        page.person([*cells, entry.occupation, entry.note], check(entry, given.as_of))
        if pick == 0:
            page.line(["", "catatan: yang belum punya KTP menyusul"], "note")
    page.signatures(given.chief, given.clerk, 5, given.signed_at)
