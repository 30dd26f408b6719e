"""A hidden column with old, wrong NIKs and a hidden sheet that must not be imported; birth dates as serial numbers."""

from datetime import date

from numpy.random import Generator

from jangkau.core.synthetic.layouts.listing import VillageList, street
from jangkau.core.synthetic.mess import Entry, check
from jangkau.core.synthetic.page import Book, Cell

_HEADER = ["NO", "NAMA", "NIK LAMA", "NIK", "TGL. LAHIR", "L/P", "ALAMAT", "RT/RW", "PEKERJAAN", "KET"]
_EXCEL_DAY_0 = date(1899, 12, 30).toordinal()


def write(book: Book, given: VillageList, rng: Generator) -> None:
    page = book.page("DATA")
    page.titles(*given.titles)
    page.line(_HEADER, "header")
    page.sheet.set_column(2, 2, None, None, {"hidden": True})
    old = [
        _outdated(entry, pick)
        for entry, pick in zip(given.entries, rng.integers(6, 15, len(given.entries)).tolist(), strict=True)
    ]
    for number, (entry, before) in enumerate(zip(given.entries, old, strict=True), 1):
        born: Cell = entry.birth.toordinal() - _EXCEL_DAY_0 if isinstance(entry.birth, date) else entry.birth
        cells: list[Cell] = [number, entry.name + entry.mark, before, entry.nik, born, entry.sex, street(entry)]
        cells += [f"{entry.rt:02d}/{entry.rw:02d}", entry.occupation, entry.note]
        page.person(cells, check(entry, given.as_of))
    page.line(["JUMLAH", f"{len(given.entries)} orang"], "total")
    page.signatures(given.chief, given.clerk, 7, given.signed_at)
    hidden = book.page("lama", hidden=True)
    hidden.line([f"DATA TAHUN {given.as_of.year - 2} (JANGAN DIPAKAI)"], "hidden_sheet")
    hidden.line(["NO", "NAMA", "NIK"], "hidden_sheet")
    for number, (entry, before) in enumerate(list(zip(given.entries, old, strict=True))[:30], 1):
        hidden.line([number, entry.name, before], "hidden_sheet")


def _outdated(entry: Entry, at: int) -> str:
    """The NIK with two neighbouring digits exchanged, or one raised when they are the same."""
    nik = str(entry.facts["nik"])
    changed = nik[:at] + nik[at + 1] + nik[at] + nik[at + 2 :]
    return changed if changed != nik else nik[:at] + str((int(nik[at]) + 1) % 10) + nik[at + 1 :]
