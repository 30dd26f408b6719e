"""Lists of public offices: staff without civil-servant status, village officials with heads of RT and RW, fishers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from numpy.random import Generator

from jangkau.core.synthetic.layouts.listing import dashed, place_and, spelled, street
from jangkau.core.synthetic.mess import OFFICE, Entry, check, entries, in_slices, place_text
from jangkau.core.synthetic.page import Book, Cell, Page
from jangkau.core.synthetic.written import Written

NON_ASN = "05_dinas/non_asn_bkpsdm.xlsx"
POSTS = "05_dinas/perangkat_rtrw_dpmd.xlsx"
FISHERS = "05_dinas/nelayan_dinas_perikanan.xlsx"


def _generator(seed: int, stream: int) -> Generator:
    return np.random.Generator(np.random.PCG64([seed, stream]))


def write_non_asn(folder: Path, people: pl.DataFrame, regency: str, seed: int, as_of: date, mess: float) -> Written:
    """Everybody who works for a public office outside the village; `people` carry the employer's name as `company`."""
    rng = _generator(seed, 10)
    with Book(folder, NON_ASN, streaming=True) as book:
        page = book.page("NON ASN")
        page.titles(
            f"BADAN KEPEGAWAIAN DAN PENGEMBANGAN SDM {regency.upper()}",
            f"DATA PEGAWAI NON ASN PER {spelled(as_of).upper()}",
        )
        top = [
            "NO",
            "NOMOR REGISTRASI",
            "NAMA (TANPA GELAR)",
            "NIK",
            "TEMPAT, TANGGAL LAHIR",
            "L/P",
            "PENUGASAN",
            "",
            "",
        ]
        page.line([*top, "HONOR/BLN", "BPJS TK"], "header")
        page.line(["", "", "", "", "", "", "UNIT KERJA", "JABATAN", "TMT"], "header")
        picks = rng.integers(0, 1 << 30, people.height).tolist()
        made = in_slices(people, rng, OFFICE.times(mess))
        for number, (entry, pick) in enumerate(zip(made, picks, strict=True), 1):
            born = place_and(entry.birth_place.title(), dashed(entry.birth))
            began = date(as_of.year - 1 - pick % 14, 1 + pick % 12, 1)
            cells: list[Cell] = [number, f"3202{pick % 100_000_000:08d}", entry.name, entry.nik, born, entry.sex]
            cells += [entry.facts["company"], entry.occupation, began, entry.facts["income"]]
            page.person([*cells, ("Ya", "Tidak", "")[pick % 3]], check(entry, as_of), village=False)
        page.line(["JUMLAH", f"{people.height} orang"], "total")
    return Written(book.rows())


def write_posts(folder: Path, people: pl.DataFrame, seed: int, as_of: date, mess: float) -> Written:
    """One sheet for each district; after each village's people a line with their number."""
    rng = _generator(seed, 11)
    header = ["NO", "NIK", "NAMA", "JABATAN", "DESA", "L/P", "TGL LAHIR", "ALAMAT", "SILTAP/INSENTIF"]
    with Book(folder, POSTS, streaming=True) as book:
        used: set[str] = set()
        for part in people.partition_by("district_code", maintain_order=True):
            page = book.page(_sheet_name(part["district"][0], used))
            page.line([f"DATA PERANGKAT DESA DAN RT/RW KECAMATAN {part['district'][0].upper()}"], "title")
            page.titles("DINAS PEMBERDAYAAN MASYARAKAT DAN DESA")
            page.line(header, "header")
            number = 0
            for village in part.partition_by("village_code", maintain_order=True):
                for entry in entries(village, rng, OFFICE.times(mess)):
                    number += 1
                    _post(page, number, entry, int(rng.integers(1 << 20)), as_of)
                page.line(["", "", f"JUMLAH {village['village'][0].upper()}", village.height], "total")
    return Written(book.rows())


def _post(page: Page, number: int, entry: Entry, pick: int, as_of: date) -> None:
    post = entry.facts["post"]
    born: Cell = dashed(entry.birth) if pick % 2 else entry.birth
    address = f"{street(entry).title()} RT {entry.rt:02d}/{entry.rw:02d}"
    pay = 250_000 if post.startswith("Ketua") else 2_022_200
    cells: list[Cell] = [
        number,
        entry.nik,
        entry.name,
        post,
        entry.facts["village"].upper(),
        entry.sex,
        born,
        address,
        pay,
    ]
    page.person(cells, check(entry, as_of))


def _sheet_name(district: str, used: set[str]) -> str:
    """At most 31 signs, none that Excel refuses, never twice."""
    name = "".join(sign for sign in district if sign not in "[]:*?/\\'")[:28] or "Kecamatan"
    while name.lower() in used:
        name = f"{name[:25]} {len(used)}"
    used.add(name.lower())
    return name


def write_fishers(folder: Path, people: pl.DataFrame, regency: str, seed: int, as_of: date, mess: float) -> Written:
    """Fishers with their boats, as the fisheries office proposes them for help with contributions."""
    rng = _generator(seed, 12)
    header = [
        "No",
        "No. KUSUKA",
        "Nama Nelayan",
        "NIK",
        "Tempat Lahir",
        "Tgl Lahir",
        "Desa/Kel",
        "Kecamatan",
        "Nama Kapal",
        "GT",
    ]
    with Book(folder, FISHERS, streaming=True) as book:
        page = book.page(f"Nelayan {as_of.year}")
        page.line([f"DINAS PERIKANAN {regency.upper()}"], "title")
        page.titles("Daftar nelayan penerima fasilitasi jaminan sosial (usulan)")
        page.line([*header, "Pemilik/ABK"], "header")
        picks = rng.integers(0, 1 << 20, people.height).tolist()
        made = in_slices(people, rng, OFFICE.times(mess))
        for number, (entry, pick) in enumerate(zip(made, picks, strict=True), 1):
            born: Cell = (entry.birth, spelled(entry.birth))[pick % 3 == 0]
            village = place_text(entry.facts["village"], pick, mess)
            cells: list[Cell] = [
                number,
                f"327.{pick % 1_000_000:06d}",
                entry.name.title(),
                entry.nik,
                entry.birth_place,
            ]
            cells += [born, village, entry.facts["district"].upper(), f"KM. {entry.hamlet.title()} {pick % 40 + 1}"]
            page.person(
                [*cells, 3 + pick % 6, ("ABK", "Pemilik")[pick % 2]], check(entry, as_of, sex_stated=False), sex=False
            )
        page.line(["Jumlah", people.height], "total")
    return Written(book.rows())
