"""A report is asked for on a page, made by the worker, told in a Job row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction
from django.db.models import Max

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import record
from jangkau.registry.access.permissions import Scope, require_write, scope_of
from jangkau.registry.cases.actions import lock_letterhead
from jangkau.registry.cases.presenters.letters import written_number
from jangkau.registry.lists.actions.jobs import tell
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Job
from jangkau.registry.lists.queries import regions
from jangkau.web.reports import queries
from jangkau.web.reports.actions.making import Wanted, make_report
from jangkau.web.reports.models import JOB_KIND, Kind, Report

Start = Callable[[int], None]  # hands a job number to the worker's queue


@transaction.atomic
def ask_for_report(scope: Scope, wanted: Wanted, *, take_number: bool, start: Start) -> Report:
    """Writes down what was asked for and hands it to the worker. With `take_number` a letter gets the next number of
    its year, for ever; that needs the right to write and the day of the letter."""
    if not scope.allows(regions.place(wanted.code).code):
        raise Refused("Wilayah ini di luar wilayah Anda.", "This region lies outside your areas.")
    book, sequence = "", None
    if take_number and wanted.kind != Kind.VILLAGE:
        require_write(scope.at(wanted.code))
        book, sequence, number = _next_number(wanted)
        wanted = replace(wanted, number=number)
    sheets = len(queries.villages_in(wanted.code)) if wanted.kind == Kind.VILLAGE else 1
    job = Job.objects.create(kind=JOB_KIND, total=sheets, created_by=scope.user)
    report = Report.objects.create(
        kind=wanted.kind,
        region_id=wanted.code,
        on=wanted.on,
        audience=wanted.audience,
        bundle=wanted.bundle,
        dated_on=wanted.dated_on,
        letter_book=book,
        sequence=sequence,
        number=wanted.number,
        job=job,
        asked_by=scope.user,
    )
    record(
        by=scope.user, action="report_asked", subject=f"report {report.pk}",
        kind=wanted.kind, region=wanted.code, on=str(wanted.on), audience=wanted.audience, number=wanted.number,
    )  # fmt: skip
    transaction.on_commit(lambda: start(job.pk))
    return report


def _next_number(wanted: Wanted) -> tuple[str, int, str]:
    if wanted.dated_on is None:
        raise Refused(
            "Surat bernomor perlu tanggal. Isi tanggal suratnya.", "A letter with a number needs a date. Fill it in."
        )
    head = lock_letterhead(wanted.code)
    written = Report.objects.filter(dated_on__year=wanted.dated_on.year, letter_book=head.area_code)
    last = written.aggregate(last=Max("sequence"))["last"]
    sequence = head.first_number if last is None else last + 1
    return head.area_code, sequence, written_number(head.number_form, sequence, wanted.dated_on)


def do_report(job: Job) -> None:
    """Makes the files of the report of a job and keeps them; a second time it makes the same files again."""
    report = Report.objects.select_related("asked_by").get(job=job)
    scope = scope_of(report.asked_by) if report.asked_by else Scope(())
    wanted = Wanted(
        kind=report.kind,
        code=report.region_id,
        on=report.on,
        audience=report.audience,
        bundle=report.bundle,
        number=report.number,
        dated_on=report.dated_on,
    )
    files = make_report(scope, wanted, progress=lambda done, total: tell(job, done, total))
    folder = store.report_folder(report.pk)
    for name, content in files:
        store.write_bytes(content, folder / name)
    with transaction.atomic():
        Report.objects.filter(pk=report.pk).update(files=[[name, len(content)] for name, content in files])
        record(by=report.asked_by, action="report_made", subject=f"report {report.pk}", files=len(files))
