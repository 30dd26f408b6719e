"""Many letters at once: asked for on a page, written by the worker, bound into one PDF for the printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO

from django.db import transaction

from jangkau.core.kernel import JangkauError, Refused
from jangkau.programmes.compliance.models import JOB_KIND, LetterRun
from jangkau.programmes.compliance.states import KIND, LETTERS
from jangkau.registry.access.actions import record
from jangkau.registry.access.permissions import Scope, require_write
from jangkau.registry.cases import queries as cases
from jangkau.registry.cases.actions import write_letter
from jangkau.registry.cases.actions.letters import STYLE
from jangkau.registry.cases.gateways import papers
from jangkau.registry.cases.models import Case, SentLetter
from jangkau.registry.lists.actions.jobs import tell
from jangkau.registry.lists.models import Job
from jangkau.registry.people.gateways.paper import Press

MANY = 20  # letters for which it pays to prepare the fonts first
Start = Callable[[int], None]  # hands a job number to the worker's queue


@transaction.atomic
def ask_for_letters(scope: Scope, numbers: Sequence[int], kind: str, *, dated_on: date, start: Start) -> LetterRun:
    """Writes down which letters are wanted and hands them to the worker. Raises Refused when there is no case."""
    require_write(scope)
    mine = cases.cases(scope).filter(kind=KIND, pk__in=list(numbers)).order_by("pk")
    chosen = list(mine.values_list("pk", flat=True))
    if not chosen or kind not in LETTERS:
        raise Refused("Tandai perkaranya dan pilih suratnya.", "Tick the cases and choose the letter.")
    job = Job.objects.create(kind=JOB_KIND, total=len(chosen), created_by=scope.user)
    newest = SentLetter.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    run = LetterRun.objects.create(
        kind=kind, cases=chosen, dated_on=dated_on, letters_before=newest, job=job, asked_by=scope.user
    )
    record(by=scope.user, action="letters_asked", subject=f"letter_run {run.pk}", kind=kind, cases=len(chosen))
    transaction.on_commit(lambda: start(job.pk))
    return run


def do_letters(job: Job) -> None:
    """Writes the letters of a run; after a crash those that are missing, which numbers tell and no clock."""
    run = LetterRun.objects.select_related("asked_by").get(job=job)
    own = SentLetter.objects.filter(case__in=run.cases, kind=run.kind, pk__gt=run.letters_before)
    written = {letter.case_id: letter for letter in own}
    refused: dict[str, dict[str, str]] = {}
    press = Press(*STYLE, many=len(run.cases) >= MANY)
    known = Case.objects.select_related("region").in_bulk(run.cases)
    for done, number in enumerate(run.cases, 1):
        if number not in written:
            try:
                written[number] = write_letter(
                    known[number], run.kind, dated_on=run.dated_on, by=run.asked_by, press=press
                )
            except JangkauError as error:
                refused[error.indonesian] = {"id": error.indonesian, "en": error.english}
        tell(job, done, len(run.cases))
    bundle = papers.keep(_bound([papers.fetch(letter.sha256) for letter in written.values()])) if written else ""
    run.written, run.refused, run.bundle = len(written), list(refused.values()), bundle
    with transaction.atomic():
        run.save(update_fields=["written", "refused", "bundle"])
        record(by=run.asked_by, action="letters_bound", subject=f"letter_run {run.pk}", letters=len(written))


def _bound(letters: Sequence[bytes]) -> bytes:
    """PDFs one after the other."""
    import pypdfium2  # native library: loaded when letters are bound

    whole = pypdfium2.PdfDocument.new()
    for letter in letters:
        with pypdfium2.PdfDocument(letter) as opened:
            whole.import_pages(opened)
    target = BytesIO()
    whole.save(target)
    whole.close()
    return target.getvalue()
