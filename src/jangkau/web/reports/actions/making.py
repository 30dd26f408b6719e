"""From the facts of a region to the files of a report: ask, present, set on paper. Writes no row; the command line
makes the same files by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string
from django.utils import translation

from jangkau.core.kernel import Refused
from jangkau.programmes.outreach.queries import meetings, visits
from jangkau.registry.access.permissions import Scope
from jangkau.registry.cases.presenters.letters import Letter, letter
from jangkau.registry.cases.queries import letterhead
from jangkau.registry.lists.actions.disclosing import tables_for_everybody
from jangkau.registry.lists.queries import days_measured, regions
from jangkau.registry.lists.queries.facts import Facts
from jangkau.registry.people.gateways.paper import Press, bound, picture
from jangkau.registry.people.presenters.figures import month
from jangkau.web.reports import queries
from jangkau.web.reports.models import Audience, Bundle, Kind
from jangkau.web.reports.presenters.halfyear import Lists, half_year, half_year_paper
from jangkau.web.reports.presenters.monthly import monthly_paper
from jangkau.web.reports.presenters.poster import WIDTH, Told, poster
from jangkau.web.reports.presenters.tables import half_year_tables, monthly_tables
from jangkau.web.reports.presenters.village import village_paper
from jangkau.web.reports.presenters.workbook import workbook

Progress = Callable[[int, int], None]  # sheets done, of all
REGENCY = 5  # letters of the code
ROOM = "jangkau.web.reports"


@dataclass(frozen=True)
class Wanted:
    """What a report is to be."""

    kind: str
    code: str
    on: date
    audience: str = Audience.INTERNAL
    bundle: str = Bundle.PDF
    number: str = ""
    dated_on: date | None = None


class File(NamedTuple):
    name: str
    content: bytes


def make_report(scope: Scope, wanted: Wanted, progress: Progress = lambda done, total: None) -> list[File]:
    """The files of a report, PDF first. Papers are Indonesian whoever asks. Raises Refused for a region outside the
    scope, a day without a measurement, or a region that this report does not know."""
    here = regions.place(wanted.code)
    if not scope.allows(here.code):
        raise Refused(
            f"{here.title} di luar wilayah Anda. Pilih wilayah lain.",
            f"{here.title} lies outside your areas. Choose another region.",
        )
    if wanted.on not in days_measured():
        raise Refused(
            f"Belum ada pengukuran untuk {wanted.on:%d-%m-%Y}. Pilih hari yang sudah diukur.",
            f"There is no measurement for {wanted.on}. Choose a day that was measured.",
        )
    if here.level == "village" and wanted.kind != Kind.VILLAGE:
        raise Refused(
            "Laporan ini untuk kabupaten atau kecamatan. Untuk satu desa pilih lembar desa.",
            "This report is for a regency or a district. For one village choose the village sheet.",
        )
    with translation.override("id"):
        if wanted.kind == Kind.VILLAGE:
            return _village_sheets(scope, wanted, progress)
        facts = regions.facts(scope, here.code, wanted.on)
        files = _monthly(scope, wanted, facts) if wanted.kind == Kind.MONTHLY else _half_year(scope, wanted, facts)
    progress(1, 1)
    return files


def _monthly(scope: Scope, wanted: Wanted, facts: Facts) -> list[File]:
    subject = f"Laporan cakupan jaminan sosial ketenagakerjaan, {month(wanted.on)}"
    firms = queries.unregistered(scope, facts.place)
    outlines = queries.outlines(scope, wanted.code)
    before, published = queries.since_before(scope, facts), queries.published()
    paper = monthly_paper(_letter(wanted, subject), facts, before, firms, outlines, published)
    shown = poster(facts, _told(scope, wanted.on), outlines, invented=queries.is_invented())
    name = f"laporan-bulanan-{wanted.code}-{wanted.on}"
    page = bound(
        [
            Press(ROOM, "reports/paper/poster.css").sheets(
                render_to_string("reports/paper/poster.html", {"paper": shown})
            )
        ]
    )
    tables = monthly_tables(paper, facts, firms)
    return [
        File(f"{name}.pdf", _pdf("monthly", paper)),
        File(f"{name}.xlsx", workbook(f"{subject}, {facts.place.title}", wanted.on, tables)),
        File(f"{name}.png", picture(page, WIDTH)),
    ]


def _half_year(scope: Scope, wanted: Wanted, facts: Facts) -> list[File]:
    first, last, period = half_year(wanted.on)
    subject = f"Laporan pelaksanaan Inpres Nomor 2 Tahun 2021, {period}"
    before = queries.since_before(scope, facts, date.fromordinal(first.toordinal() - 1))
    lists = Lists(
        tuple(queries.shares_of_lists(scope, wanted.code, before.earlier.on)) if before else (),
        tuple(queries.shares_of_lists(scope, wanted.code, wanted.on)),
    )
    outreach = meetings(scope, wanted.code, first, min(last, wanted.on))
    known = queries.employers_known(scope)
    paper = half_year_paper(_letter(wanted, subject), facts, before, lists, outreach, employers_known=known)
    name = f"laporan-inpres-{wanted.code}-{wanted.on}"
    return [
        File(f"{name}.pdf", _pdf("inpres", paper)),
        File(f"{name}.xlsx", workbook(f"{subject}, {facts.place.title}", wanted.on, half_year_tables(paper))),
    ]


def _village_sheets(scope: Scope, wanted: Wanted, progress: Progress) -> list[File]:
    villages = queries.villages_in(wanted.code)
    apart = wanted.bundle == Bundle.ZIP
    told = _told(scope, wanted.on) if wanted.audience == Audience.PUBLIC else None
    heading = _letter(wanted, "Lembar desa")
    press, documents, papers = Press(ROOM, "reports/paper/report.css"), [], {}
    district, outlines = "", {}
    for done, village in enumerate(villages, 1):
        if village.parent != district:
            district, outlines = village.parent, queries.outlines(scope, village.parent)
        facts = regions.facts(scope, village.code, wanted.on)
        facts = replace(facts, visits=visits(scope, village.code, wanted.on))
        paper = village_paper(heading, facts, facts.names.get(district, ""), outlines, told)
        document = press.sheets(render_to_string("reports/paper/village.html", {"paper": paper}))
        if apart:
            papers[village.code] = bound([document])
        else:
            documents.append(document)
        progress(done, len(villages))
    name = f"lembar-desa-{wanted.code}-{wanted.on}" + ("-umum" if told is not None else "")
    return [File(f"{name}.zip", _zip(wanted.on, papers)) if apart else File(f"{name}.pdf", bound(documents))]


def _zip(on: date, papers: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as bundle:
        for code, paper in papers.items():
            bundle.writestr(ZipInfo(f"lembar-desa-{code}-{on}.pdf", (2000, 1, 1, 0, 0, 0)), paper)
    return target.getvalue()


def _pdf(template: str, paper: object) -> bytes:
    return bound(
        [
            Press(ROOM, "reports/paper/report.css").sheets(
                render_to_string(f"reports/paper/{template}.html", {"paper": paper})
            )
        ]
    )


def _letter(wanted: Wanted, subject: str) -> Letter:
    return letter(
        letterhead(wanted.code),
        regions.place(wanted.code[:REGENCY]).name,
        subject=subject,
        number=wanted.number,
        dated_on=wanted.dated_on,
        invented=queries.is_invented(),
    )


def _told(scope: Scope, on: date) -> Told:
    table = tables_for_everybody(scope, on).coverage.select("region_code", "segment", "workers", "covered")
    return {(code, segment): (workers, covered) for code, segment, workers, covered in table.iter_rows()}
