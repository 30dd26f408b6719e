"""As printed: every forty rows a carry-over line and the header again; NIK with dots, dates in many forms."""

from numpy.random import Generator

from jangkau.core.synthetic.layouts.listing import VillageList, dashed, full_address, short, slashed, spelled
from jangkau.core.synthetic.mess import Entry, check
from jangkau.core.synthetic.page import Book, Cell

_TOP = ["No", "NAMA LENGKAP", "N I K", "TTL", "", "L / P", "ALAMAT", "PEKERJAAN", "KET."]
_BELOW = ["", "", "", "Tempat", "Tanggal"]
_PAGE = 40


def write(book: Book, given: VillageList, rng: Generator) -> None:
    page = book.page("Lembar1")
    page.titles(*given.titles, f"TAHUN ANGGARAN {given.as_of.year}")
    page.line(_TOP, "header")
    page.line(_BELOW, "header")
    picks = rng.integers(0, 9999, len(given.entries)).tolist()
    for number, (entry, pick) in enumerate(zip(given.entries, picks, strict=True), 1):
        place = entry.place or given.village
        address = f"{full_address(entry, pick).partition(' Ds. ')[0]} Ds. {place} Kec. {given.district}"
        name = (entry.name + entry.mark).lower() if pick % 4 == 0 else entry.name + entry.mark
        sex = {"P": ("P", "Pr", "Perempuan"), "L": ("L", "Lk", "Laki-laki")}[entry.sex][pick % 3]
        cells: list[Cell] = [number, name, _dotted(entry), entry.birth_place.title(), _any_date(entry, pick), sex]
        page.person([*cells, address, entry.occupation, entry.note], check(entry, given.as_of))
        if number % _PAGE == 0 and number < len(given.entries):
            page.line(["Jumlah dipindahkan", number], "total")
            page.skip()
            page.line(_TOP, "header_repeat")
            page.line(_BELOW, "header_repeat")
    page.line(["JUMLAH", f"{len(given.entries)} orang"], "total")
    page.signatures(given.chief, given.clerk, 6, given.signed_at)


def _dotted(entry: Entry) -> str:
    nik = entry.nik
    return f"{nik[:2]}.{nik[2:4]}.{nik[4:6]}.{nik[6:12]}.{nik[12:]}" if len(nik) == 16 and entry.nik_true else nik


def _any_date(entry: Entry, pick: int) -> Cell:
    born = entry.birth
    if born is None or isinstance(born, str):
        return born
    forms: tuple[Cell, ...] = (
        f"{born:%Y-%m-%d}",
        slashed(born),
        spelled(born),
        short(born),
        dashed(born),
        f"{born.day}.{born.month}.{born.year}",
        born,
    )
    return forms[pick % 7]
