"""The annex of a decree as a workbook and on paper: whole for the branch, with masked NIK for the public. Its words are
those of a decree: Indonesian."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.template.loader import render_to_string
from django.utils import translation

from jangkau.programmes.subsidy.models import Decree
from jangkau.programmes.subsidy.queries.annex import AnnexLine, annex
from jangkau.programmes.subsidy.queries.ending import protection
from jangkau.registry.people.gateways.paper import Press, bound
from jangkau.registry.people.presenters.figures import day, masked, month, people, rupiah
from jangkau.registry.people.presenters.sheets import Sheet, workbook
from jangkau.registry.people.queries import register_fact

_COLUMNS = (
    ("NO", 6), ("NIK", 20), ("NAMA", 32), ("TANGGAL LAHIR", 14), ("L/P", 6), ("ALAMAT", 40), ("DESA/KELURAHAN", 24),
    ("KECAMATAN", 22), ("PEKERJAAN", 24), ("KETERANGAN", 14),
)  # fmt: skip
_PUBLIC = frozenset({"NO", "NIK", "NAMA", "ALAMAT", "DESA/KELURAHAN", "KECAMATAN", "KETERANGAN"})


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
        above = (f"LAMPIRAN KEPUTUSAN NOMOR {decree.number}", f"Tanggal {day(decree.dated_on)}", _about(decree))
    return workbook(above[0], [Sheet("Lampiran", above, [_COLUMNS[at] for at in kept], rows)])


def annex_paper(decree: Decree, *, whole: bool) -> bytes:
    """The annex as PDF, village by village."""
    lines = annex(decree)
    numbered: Sequence[tuple[int, AnnexLine, str]] = [
        (number, line, line.nik if whole else masked(line.nik)) for number, line in enumerate(lines, 1)
    ]
    groups = [
        (place, list(group))
        for place, group in groupby(numbered, key=lambda row: (row[1].district_name, row[1].village_name))
    ]
    with translation.override("id"):
        shown = {
            "decree": decree,
            "government": decree.scheme.area.name,
            "about": _about(decree),
            "protection": protection(decree.scheme, decree.first_month, decree.last_month, decree.people),
            "groups": groups,
            "whole": whole,
            "invented": bool(register_fact("invented")),
        }
        html = render_to_string("subsidy/paper/annex.html", shown)
    press = Press("jangkau.programmes.subsidy", "subsidy/paper/annex.css")
    return bound([press.sheets(html)])


def _about(decree: Decree) -> str:
    return (
        f"{decree.scheme.name}: {people(decree.people)} orang, {month(decree.first_month)} sampai "
        f"{month(decree.last_month)}, {rupiah(decree.amount)}"
    )
