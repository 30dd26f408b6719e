"""Files and notes are added to a case; nothing of them is changed afterwards."""

from __future__ import annotations

from django.db import transaction

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.cases.gateways import papers
from jangkau.registry.cases.models import Case, Note, Paper

LARGEST = 20 * 2**20


@transaction.atomic
def add_paper(
    name: str, content: bytes, *, case: Case | None = None, region: str | None = None, by: User | None
) -> Paper:
    """Keeps a file, of a case or of a region. Raises Refused when it is empty or larger than 20 MB."""
    if not content or len(content) > LARGEST:
        raise Refused(
            "Berkas kosong atau lebih besar dari 20 MB. Kirim berkas lain.",
            "The file is empty or larger than 20 MB. Send another one.",
        )
    paper = Paper.objects.create(
        name=name[-200:],
        sha256=papers.keep(content),
        size=len(content),
        case=case,
        region_id=case.region_id if case else region,
        added_by=by,
    )
    record(by=by, action="paper_added", subject=f"paper {paper.pk}", sha256=paper.sha256)
    return paper


@transaction.atomic
def add_note(case: Case, text: str, *, by: User | None) -> Note:
    """Writes a note down."""
    if not text.strip():
        raise Refused("Catatan masih kosong.", "The note is empty.")
    note = Note.objects.create(case=case, text=text.strip()[:1000], written_by=by)
    record(by=by, action="note_added", subject=f"case {case.pk}")
    return note
