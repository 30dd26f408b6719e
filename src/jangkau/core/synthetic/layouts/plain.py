"""One clean table from row 1, with real date cells."""

from numpy.random import Generator

from jangkau.core.synthetic.layouts.listing import VillageList, street
from jangkau.core.synthetic.mess import check
from jangkau.core.synthetic.page import Book


def write(book: Book, given: VillageList, rng: Generator) -> None:
    page = book.page("DATA")
    page.line(
        ["NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "Jenis Kelamin", "Alamat", "RT/RW", "Pekerjaan"], "header"
    )
    for entry in given.entries:
        sex = "Perempuan" if entry.sex == "P" else "Laki-laki"
        name = (entry.name + entry.mark).title()
        cells = [entry.nik, name, entry.birth_place.title(), entry.birth, sex, street(entry).title()]
        page.person([*cells, f"{entry.rt:02d}/{entry.rw:02d}", entry.occupation], check(entry, given.as_of))
