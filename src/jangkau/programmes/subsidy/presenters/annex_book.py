"""The annex of a decree as a workbook and on paper: whole for the branch, with masked NIK for the public. Its words are
those of a decree: Indonesian."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe

from jangkau.core.kernel import RegionCode
from jangkau.programmes.subsidy.models import Decree
from jangkau.programmes.subsidy.queries.annex import AnnexLine, annex
from jangkau.programmes.subsidy.queries.ending import protection
from jangkau.programmes.subsidy.states import SchemeKind
from jangkau.registry.cases.presenters.letters import Letter, letter
from jangkau.registry.cases.queries import letterhead
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.gateways.paper import Press, bound, joined
from jangkau.registry.people.presenters.figures import day, masked, month, people, rupiah
from jangkau.registry.people.presenters.sheets import Sheet, workbook
from jangkau.registry.people.queries import register_fact

_COLUMNS = (
    ("NO", 6), ("NIK", 20), ("NAMA", 32), ("TANGGAL LAHIR", 14), ("L/P", 6), ("ALAMAT", 40), ("DESA/KELURAHAN", 24),
    ("KECAMATAN", 22), ("PEKERJAAN", 24), ("KETERANGAN", 14),
)  # fmt: skip
# what the decision names as its legal ground, by the source of the money; the legal office completes it
_BASIS = (
    "Undang-Undang Nomor 24 Tahun 2011 tentang Badan Penyelenggara Jaminan Sosial",
    "Peraturan Pemerintah Nomor 44 Tahun 2015 sebagaimana diubah dengan Peraturan Pemerintah Nomor 82 Tahun 2019",
    "Instruksi Presiden Nomor 2 Tahun 2021 tentang Optimalisasi Jaminan Sosial Ketenagakerjaan",
)
_BASIS_OF = {
    SchemeKind.DBHCHT: "Peraturan Menteri Keuangan Nomor 72 Tahun 2024",
    SchemeKind.APBD: "Peraturan Menteri Dalam Negeri Nomor 15 Tahun 2023",
    SchemeKind.NON_ASN: "Peraturan Menteri Ketenagakerjaan Nomor 1 Tahun 2025",
    SchemeKind.APBDES: "Peraturan Menteri Dalam Negeri Nomor 20 Tahun 2018",
    SchemeKind.VILLAGE_HUNDRED: "Peraturan Menteri Dalam Negeri Nomor 20 Tahun 2018",
    SchemeKind.VILLAGE_OFFICIALS: "Peraturan Menteri Dalam Negeri Nomor 20 Tahun 2018",
}
PEOPLE_IN_A_PART = 400
_PUBLIC = frozenset({"NO", "NIK", "NAMA", "ALAMAT", "DESA/KELURAHAN", "KECAMATAN", "KETERANGAN"})


class _Village(NamedTuple):
    """A village of an annex: its people with their number and birth date as written."""

    name: str
    district: str
    people: list[tuple[int, AnnexLine, str]]


def annex_workbook(decree: Decree, *, whole: bool) -> bytes:
    """The annex, one line a person."""
    kept = [at for at, (name, _) in enumerate(_COLUMNS) if whole or name in _PUBLIC]
    rows = []
    for number, line in enumerate(annex(decree), 1):
        born = date.fromisoformat(line.born) if line.born else None
        cells = (
            number, line.nik if whole else masked(line.nik), line.name, born, line.sex, line.address,
            line.village_name, line.district_name, line.occupation, "PENGGANTI" if line.replaces else "",
        )  # fmt: skip
        rows.append([cells[at] for at in kept])
    with translation.override("id"):
        above = (f"LAMPIRAN KEPUTUSAN NOMOR {decree}", f"Tanggal {day(decree.dated_on)}", _about(decree))
    return workbook(above[0], [Sheet("Lampiran", above, [_COLUMNS[at] for at in kept], rows)])


def annex_paper(decree: Decree, *, whole: bool, tell: Callable[[int, int], None] | None = None) -> bytes:
    """The decree with its annex as PDF, village by village; laid out in parts, so that memory does not grow with the
    people. `tell` hears of the parts done and of all of them."""
    parts = _parts(annex(decree))
    press = Press("jangkau.programmes.subsidy", "subsidy/paper/annex.css")
    with translation.override("id"):
        shown = _decision(decree)
        pages = len(press.sheets(render_to_string("subsidy/paper/decision.html", shown)).pages)
        written = []
        for done, groups in enumerate(parts, 1):
            told = {"decree": decree, "whole": whole, "groups": groups, "first_page": pages + 1}
            told |= {"about": _about(decree) if done == 1 else ""}
            document = press.sheets(render_to_string("subsidy/paper/annex.html", told))
            pages += len(document.pages)
            written.append(bound([document]))
            if tell:
                tell(done, len(parts))
        first = press.sheets(render_to_string("subsidy/paper/decision.html", shown | {"pages": pages}))
    return joined([bound([first]), *written])


def _parts(lines: Sequence[AnnexLine]) -> list[list[_Village]]:
    """Villages with their numbered people, some hundred people a part."""
    parts: list[list[_Village]] = []
    room = 0
    numbered = enumerate(lines, 1)
    for (district, village), group in groupby(numbered, key=lambda row: (row[1].district_name, row[1].village_name)):
        there = [(number, line, "-".join(reversed(line.born.split("-")))) for number, line in group]
        if room <= 0:
            parts.append([])
            room = PEOPLE_IN_A_PART
        parts[-1].append(_Village(village, district, there))
        room -= len(there)
    return parts


def _decision(decree: Decree) -> dict[str, object]:
    kind = SchemeKind(decree.scheme.kind)
    address = f"{settings.JANGKAU_ADDRESS}{reverse('decree_verify', args=[decree.code])}" if decree.code else ""
    return {
        "decree": decree,
        "paper": {"letter": _letter(decree)},
        "basis": [*_BASIS, *([_BASIS_OF[kind]] if kind in _BASIS_OF else [])],
        "address": address,
        "qr": mark_safe(segno.make(address, error="m").svg_inline(scale=2.2, border=0)) if address else "",
        "protection": protection(decree.scheme, decree.first_month, decree.last_month, decree.people),
    }


def _letter(decree: Decree) -> Letter:
    """Head and foot, from the letterhead of the area."""
    regency = gazetteer()[RegionCode(settings.JANGKAU_AREA[:5])].name
    return letter(
        letterhead(decree.scheme.area_id),
        regency,
        subject=decree.scheme.name,
        number=decree.number,
        dated_on=decree.dated_on,
        invented=bool(register_fact("invented")),
    )


def _about(decree: Decree) -> str:
    return (
        f"{decree.scheme.name}: {people(decree.people)} orang, {month(decree.first_month)} sampai "
        f"{month(decree.last_month)}, {rupiah(decree.amount)}"
    )
