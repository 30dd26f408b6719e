"""What does a figure mean? Every measure that pages, exports and reports show, as an object: its question, what is
divided by what, its unit, its source, where it is valid and how sure its reading is. Words in Indonesian and English.
Source: the public contract of this project and the handbook of coverage; figures themselves stand elsewhere."""

from __future__ import annotations

from typing import NamedTuple

from jangkau.core.kernel import Unknown


class Words(NamedTuple):
    """The same words in both languages of the pages."""

    id: str
    en: str


class Measure(NamedTuple):
    """`denominator` is None for counts of people; `status`: verified, secondary or assumed, of the reading itself."""

    code: str
    name: Words
    question: Words
    numerator: Words
    denominator: Words | None
    unit: Words
    source: Words
    level: Words
    status: str


_PERCENT = Words("persen", "per cent")
_PEOPLE = Words("orang", "people")
_LISTS = Words("daftar yang dipublikasikan dalam register ini", "the lists published in this register")
_EVERY_LEVEL = Words("kabupaten, kecamatan, desa", "regency, district, village")
_REGENCY = Words("kabupaten dan provinsi", "regency and province")
_ON_LISTS = Words(
    "orang hidup, 15 sampai 64 tahun, tinggal di wilayah itu, yang disebut dalam sedikitnya satu daftar",
    "people alive, 15 to 64 years old, living in the region, named on at least one list",
)

MEASURES = (
    Measure(
        "by_name_share",
        Words("Menurut nama, dari daftar", "By name, from the lists"),
        Words(
            "Berapa dari orang yang kita kenal namanya yang terlindungi?",
            "How many of those we know by name are protected?",
        ),
        Words(
            "dari mereka: yang iuran terakhirnya paling lama tiga bulan sebelum bulan itu",
            "of these: those whose last contribution lies at most three months before the month",
        ),
        _ON_LISTS,
        _PERCENT,
        _LISTS,
        _EVERY_LEVEL,
        "assumed",
    ),
    Measure(
        "official_ucj",
        Words("UCJ resmi", "Official UCJ"),
        Words("Berapa cakupan menurut BPJS Ketenagakerjaan?", "What coverage does BPJS Ketenagakerjaan state?"),
        Words("peserta aktif penerima dan bukan penerima upah", "active members, wage earners and self-employed"),
        Words(
            "pekerja layak lindung yang ditetapkan BPJS Ketenagakerjaan untuk wilayah dan tahun itu; "
            "dimuat dari suratnya, tidak pernah dihitung",
            "eligible workers that BPJS Ketenagakerjaan fixes for the region and year; "
            "loaded from its letter, never computed",
        ),
        _PERCENT,
        Words("surat atau pernyataan yang dikutip di sampingnya", "the letter or statement quoted beside it"),
        _REGENCY,
        "secondary",
    ),
    Measure(
        "share_of_employed",
        Words("Terhadap penduduk bekerja", "Of employed persons"),
        Words(
            "Berapa bagian penduduk bekerja yang menjadi peserta aktif?",
            "What part of employed persons are active members?",
        ),
        Words("peserta aktif menurut BPJS Ketenagakerjaan", "active members as BPJS Ketenagakerjaan counts them"),
        Words(
            "penduduk bekerja menurut Sakernas BPS pada tahun yang sama",
            "employed persons by the Sakernas survey of BPS in the same year",
        ),
        _PERCENT,
        Words("BPS, Sakernas", "BPS, Sakernas"),
        _REGENCY,
        "verified",
    ),
    Measure(
        "gap_to_target",
        Words("Celah ke target", "Gap to the target"),
        Words("Berapa orang lagi sampai target?", "How many people are missing to the target?"),
        Words(
            "target kali pekerja di daftar, dibulatkan ke atas, dikurangi yang sudah terlindungi menurut nama",
            "the target times the workers on lists, rounded up, less those protected by name",
        ),
        None,
        _PEOPLE,
        Words(
            "target yang dimuat, dengan sumbernya; orang dari daftar",
            "the loaded target with its source; people from the lists",
        ),
        Words("kabupaten", "regency"),
        "assumed",
    ),
    Measure(
        "standing",
        Words("Keadaan semua pekerja", "How all workers stand"),
        Words("Siapa lunas, menunggak, berhenti, belum pernah?", "Who is paid up, in arrears, lapsed, never covered?"),
        Words(
            "lunas: iuran bulan yang jatuh tempo sudah dibayar; menunggak: sampai tiga bulan; "
            "pernah: lebih dari itu; belum pernah: tanpa kepesertaan",
            "paid up: the month due has been paid; in arrears: up to three months; "
            "lapsed: longer; never: no membership known",
        ),
        None,
        _PEOPLE,
        _LISTS,
        _EVERY_LEVEL,
        "assumed",
    ),
    Measure(
        "changes",
        Words("Perubahan antara dua hari", "Changes between two days"),
        Words("Siapa datang, siapa pergi, dan sebabnya?", "Who came, who went, and why?"),
        Words(
            "terlindungi pada hari pertama, ditambah yang datang, dikurangi yang pergi; "
            "tiap orang satu kali dengan satu sebab",
            "protected on the first day, plus who came, less who went; everybody once, under one reason",
        ),
        None,
        _PEOPLE,
        _LISTS,
        _EVERY_LEVEL,
        "assumed",
    ),
    Measure(
        "outlook",
        Words("Prakiraan dengan laju ini", "Outlook at this pace"),
        Words("Ke mana laju ini membawa?", "Where does this pace lead?"),
        Words(
            "bulan terakhir ditambah rata-rata perubahan bulanan; rentang yang memuat 80 % dari kemungkinan",
            "the last month plus the mean monthly change; an interval meant to hold 80 % of what may come",
        ),
        _ON_LISTS,
        _PERCENT,
        _LISTS,
        Words("kabupaten", "regency"),
        "assumed",
    ),
    Measure(
        "project_workers",
        Words("Pekerja proyek desa", "Workers on village projects"),
        Words(
            "Apakah tukang di proyek desa yang berjalan terlindungi?",
            "Are builders on running village works protected?",
        ),
        Words(
            "dari mereka: yang proyeknya terdaftar; bila pendaftarannya tidak diketahui, yang peserta sendiri",
            "of these: those whose work is registered; where nobody knows, those with a membership of their own",
        ),
        Words(
            "orang pada daftar pekerja proyek yang berjalan pada hari itu",
            "people on rosters of works that run on the day",
        ),
        _PERCENT,
        _LISTS,
        _EVERY_LEVEL,
        "assumed",
    ),
)


def measure(code: str) -> Measure:
    """The measure of that code; raises Unknown for another.

    >>> measure("official_ucj").unit.en
    'per cent'
    """
    for found in MEASURES:
        if found.code == code:
            return found
    raise Unknown(
        f"Tidak ada ukuran “{code}”. Pilih: {', '.join(m.code for m in MEASURES)}.",
        f"There is no measure “{code}”. Choose: {', '.join(m.code for m in MEASURES)}.",
    )
