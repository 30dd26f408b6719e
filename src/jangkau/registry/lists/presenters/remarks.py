"""What the page of a list says of its reading beside columns and problems: how the branch answered."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext

from jangkau.registry.lists.models import SentList


def remarks(item: SentList) -> list[str]:
    """One sentence for each thing that somebody should know who looks at the rows."""
    said = []
    answers = item.report.get("answers")
    if answers:
        words = {name: number_format(answers.get(name, 0), force_grouping=True) for name in _ANSWERS}
        said.append(
            gettext("Jawaban cabang: %(accepted)s diterima, %(refused)s ditolak, %(unclear)s tidak jelas.") % words
        )
    return said


_ANSWERS = ("accepted", "refused", "unclear")
