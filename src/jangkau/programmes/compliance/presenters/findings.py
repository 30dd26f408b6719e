"""Each finding of an employer in words, with its evidence, its grade and the lists that say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangkau.core.linkage.employers import CLEARLY_LESS
from jangkau.core.measures.evidence import FAIR, STRONG, WEAK, Known, grade
from jangkau.core.measures.findings import MISSING_SHARE, SCALES
from jangkau.core.rules.employers import least_wages, programmes_by_scale
from jangkau.programmes.compliance.states import TOPICS
from jangkau.registry.access.models import Column
from jangkau.registry.access.permissions import Withheld, withheld
from jangkau.registry.cases.models import Case
from jangkau.registry.lists.models import Kind, SentList
from jangkau.registry.lists.queries.columns import column_of
from jangkau.registry.people.models import Employer
from jangkau.registry.people.presenters import figures

LEVELS = {STRONG: _("kuat"), FAIR: _("sedang"), WEAK: _("lemah")}
SMALL = ("micro", "small")
TONES = {STRONG: "bad", FAIR: "warn", WEAK: ""}
REASONS = {
    "two_lists": _("izin usaha dan wajib lapor sama-sama menyebut perusahaan ini"),
    "one_list": _("hanya satu daftar yang menyebutnya"),
    "name_only": _("tanpa NIB dan NPP: disatukan menurut nama saja"),
    "few_workers": _("pekerjanya sedikit; hitungan izin usaha kasar"),
    "owner_alone": _("izin usaha menyebut satu pekerja: bisa jadi pemiliknya sendiri"),
    "most_missing": _("lebih dari separuh pekerjanya tidak ada di daftar peserta"),
    "many_missing": _("sepertiga atau lebih pekerjanya tidak ada di daftar peserta"),
    "some_missing": _("selisihnya kecil; hitungan pekerja di kedua daftar bisa berbeda tanggal"),
    "below_own_report": _("rata-rata di cabang di bawah upah terendah yang dilaporkannya sendiri"),
    "members_below_own_report": _(
        "seperempat pekerjanya atau lebih dicatat jauh di bawah upah terendah yang dilaporkannya sendiri"
    ),
    "below_minimum": _("rata-rata di cabang di bawah upah minimum; sebagian bisa bekerja paruh waktu"),
    "below_floor": _("rata-rata di cabang di bawah batas usaha mikro dan kecil; sebagian bisa bekerja paruh waktu"),
    "branch_says_so": _("tertulis di daftar perusahaan peserta dari cabang"),
}
EVIDENCE = {
    "pwbd": _(
        "%(found)s pekerja menurut daftar; tidak ada di daftar perusahaan peserta, dan tidak seorang pun menjadi "
        "peserta lewat perusahaan ini."
    ),
    "pds_tk": _("%(found)s pekerja menurut daftar, %(registered)s terdaftar; selisihnya lebih dari %(share)s."),
    "below_minimum": _("Upah rata-rata menurut cabang %(wage)s, di bawah upah minimum %(minimum)s."),
    "below_floor": _(
        "Upah rata-rata menurut cabang %(wage)s, di bawah %(floor)s, upah paling sedikit di usaha mikro dan kecil (PP "
        "36/2021 pasal 36)."
    ),
    "below_own_report": _(
        "Upah rata-rata menurut cabang %(wage)s, padahal perusahaan melaporkan upah terendah %(lowest)s."
    ),
    "members_below_own_report": _(
        "%(below)s dari %(registered)s pekerja dicatat cabang lebih dari %(clearly)s di bawah %(lowest)s, upah "
        "terendah yang dilaporkan perusahaan sendiri."
    ),
    "pds_program": _("Skala %(scale)s wajib mengikuti %(must)s; cabang mencatat %(had)s."),
    "arrears": _("%(months)s bulan, %(amount)s menurut cabang."),
}


@dataclass(frozen=True)
class FindingView:
    """A finding: what it is, what shows it, how far that carries."""

    code: str
    title: str
    evidence: str
    level: str
    tone: str
    because: list[str]
    case: Case | None


@dataclass(frozen=True)
class SourceView:
    """A row of a list that names the employer."""

    kind: str
    title: str
    number: int | None
    row: str
    workers: int | None
    wage: int | Withheld | None


def findings(employer: Employer, on: date, cases: Mapping[str, Case], *, wages: bool) -> list[FindingView]:
    """The findings of an employer, in the order of the contract; without `wages` the branch's figures are withheld."""
    kinds = {source["kind"] for source in employer.sources}
    known = Known(
        kinds, bool(employer.nib or employer.npp), employer.workers_found, employer.workers_registered,
        employer.monthly_income, employer.lowest_wage, employer.paid_below, scale_of(employer) in SMALL,
    )  # fmt: skip
    told = []
    for code in employer.finding.split("|"):
        if code not in TOPICS:
            continue
        level, because = grade(code, known)
        words = [str(REASONS[reason]) for reason in because]
        shown = because[0] if code == "pds_upah" else code
        evidence, case = _evidence(shown, employer, on, wages), cases.get(code)
        told.append(FindingView(code, str(TOPICS[code]), evidence, str(LEVELS[level]), TONES[level], words, case))
    return told


def sources(employer: Employer, seen: Mapping[int, SentList], *, wages: bool) -> list[SourceView]:
    """The rows of lists that name the employer; a list outside one's areas has no title."""
    found = []
    for source in employer.sources:
        item = seen.get(source["list"])
        row = " ".join(str(part) for part in (source["sheet"], source["row"]) if part)
        kind = str(Kind(source["kind"]).label)
        title = item.title or item.file_name if item else ""
        known = wages or column_of(source["kind"], "monthly_income") is None
        wage = source["wage"] if known else withheld(Column.WAGE)
        found.append(SourceView(kind, title, item.pk if item else None, row, source["workers"], wage))
    return found


def wage_warning(employer: Employer, on: date, *, wages: bool) -> str:
    """Micro and small firms may pay less than the minimum wage: told as a warning, no finding."""
    minimum, _floor = _least_wages(employer, on)
    if scale_of(employer) not in SMALL or not minimum or not employer.monthly_income:
        return ""
    if employer.monthly_income >= minimum:
        return ""
    return gettext(
        "Upah rata-rata %(wage)s di bawah upah minimum %(minimum)s. Usaha mikro dan kecil boleh membayar kurang, "
        "jadi ini peringatan saja."
    ) % {"wage": _wage(employer, wages), "minimum": figures.rupiah(minimum)}


def scale_of(employer: Employer) -> str:
    """micro, small, medium or large; empty where no list says."""
    written = (employer.scale or "").upper()
    return next((scale for word, scale in SCALES.items() if word in written), "")


def _least_wages(employer: Employer, on: date) -> tuple[int | None, int | None]:
    place = employer.district_id or employer.village_id or ""
    return least_wages(place[:5], on)


def _wage(employer: Employer, wages: bool) -> str:
    """The mean wage that the branch has."""
    return figures.rupiah(employer.monthly_income) if wages else withheld(Column.WAGE)


def _evidence(code: str, employer: Employer, on: date, wages: bool) -> str:
    minimum, floor = _least_wages(employer, on)
    told = {
        "found": figures.people(employer.workers_found),
        "registered": figures.people(employer.workers_registered),
        "share": figures.percent(100 * MISSING_SHARE, 0),
        "months": figures.people(employer.arrears_months),
        "amount": figures.rupiah(employer.arrears),
        "scale": employer.scale,
        "must": ", ".join(name.upper() for name in programmes_by_scale(on).get(scale_of(employer), ())),
        "had": (employer.programmes or "").upper().replace(",", ", "),
        "wage": _wage(employer, wages),
        "clearly": figures.percent(100 * (1 - CLEARLY_LESS), 0),
        "below": figures.people(employer.paid_below),
        "lowest": figures.rupiah(employer.lowest_wage),
        "minimum": figures.rupiah(minimum),
        "floor": figures.rupiah(floor),
    }
    return str(EVIDENCE[code]) % told
