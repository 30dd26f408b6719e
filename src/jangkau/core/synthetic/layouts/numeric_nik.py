"""The whole NIK column is numeric, so that the last digit is gone; some blank rows."""

from numpy.random import Generator

from jangkau.core.synthetic.layouts.listing import VillageList, slashed, street, whole
from jangkau.core.synthetic.mess import Entry, check, lose_digits
from jangkau.core.synthetic.page import Book, Cell

_HEADER = ["NO", "NAMA", "NIK", "TANGGAL LAHIR", "JENIS KELAMIN", "ALAMAT", "RT", "RW", "PEKERJAAN"]


def write(book: Book, given: VillageList, rng: Generator) -> None:
    page = book.page("DATA")
    page.titles(*given.titles)
    page.line(_HEADER, "header")
    picks = rng.integers(0, 99, len(given.entries)).tolist()
    for number, (entry, pick) in enumerate(zip(given.entries, picks, strict=True), 1):
        nik = _as_number(entry)
        sex = "Perempuan" if entry.sex == "P" else "Laki-laki"
        cells: list[Cell] = [number, entry.name + entry.mark, nik, slashed(entry.birth), sex, street(entry)]
        cells += [whole(entry.rt, pick), whole(entry.rw, pick), entry.occupation]
        page.person(cells, check(entry, given.as_of))
        if pick == 0:
            page.skip()


def _as_number(entry: Entry) -> Cell:
    """What Excel makes of sixteen digits in a number cell: fifteen and a zero."""
    if not entry.nik_true:
        return entry.nik
    number = int(entry.nik) // 10 * 10
    lose_digits(entry)
    return number
