"""One sheet for each RW and a recap; NIK with a typed apostrophe, dates in words."""

from numpy.random import Generator

from jangkau.core.synthetic.layouts.listing import VillageList, full_address, place_and, spelled
from jangkau.core.synthetic.mess import check
from jangkau.core.synthetic.page import Book, Cell

_HEADER = ["No.", "Nama", "No KTP", "Tempat/Tgl. Lahir", "JK", "Alamat", "Pekerjaan", "Keterangan"]


def write(book: Book, given: VillageList, rng: Generator) -> None:
    counts = []
    for rw in sorted({entry.rw for entry in given.entries}):
        name = f"rw{rw}" if rng.random() < 0.15 else f"RW {rw:02d}"
        page = book.page(name)
        page.titles(f"{given.titles[0]} RW {rw:02d}", given.titles[1])
        page.line(_HEADER, "header")
        members = [entry for entry in given.entries if entry.rw == rw]
        for number, (entry, pick) in enumerate(
            zip(members, rng.integers(0, 99, len(members)).tolist(), strict=True), 1
        ):
            born = place_and(entry.birth_place.title(), spelled(entry.birth))
            nik = f"'{entry.nik}" if len(entry.nik) == 16 and entry.nik_true else entry.nik
            shown = (entry.name + entry.mark).title() if pick % 3 else entry.name + entry.mark
            cells: list[Cell] = [
                number,
                shown,
                nik,
                born,
                "Pr" if entry.sex == "P" else "Lk",
                full_address(entry, pick),
            ]
            page.person([*cells, entry.occupation, entry.note], check(entry, given.as_of))
        counts.append((f"RW {rw:02d}", len(members)))
    recap = book.page("REKAP")
    recap.titles(f"REKAPITULASI {given.titles[0]}")
    recap.line(["NO", "RW", "JUMLAH"], "header")
    for number, (name, count) in enumerate(counts, 1):
        recap.line([number, name, count], "total")
    recap.line(["", "JUMLAH", sum(count for _, count in counts)], "total")
