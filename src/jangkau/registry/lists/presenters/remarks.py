"""What the page of a list says of its reading beside its problems: what Excel hides, how the branch answered."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext

from jangkau.registry.lists.models import SentList

_ANSWERS = ("accepted", "refused", "unclear")
_LONGEST = 80


def remarks(item: SentList) -> list[str]:
    """One sentence for each thing that somebody should know who looks at the rows."""
    said = [_hidden(one, several=len(item.tables) > 1) for one in item.report.get("hidden", [])]
    if names := item.report.get("hidden_sheets"):
        said.append(
            gettext("Lembar tersembunyi, dicatat tetapi tidak dihitung: %(names)s.") % {"names": ", ".join(names)}
        )
    if answers := item.report.get("answers"):
        words = {name: number_format(answers.get(name, 0), force_grouping=True) for name in _ANSWERS}
        said.append(
            gettext("Jawaban cabang: %(accepted)s diterima, %(refused)s ditolak, %(unclear)s tidak jelas.") % words
        )
    return said


def _hidden(one: dict[str, str], *, several: bool) -> str:
    words = {name: text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …" for name, text in one.items()}
    if one["rows"] and one["columns"]:
        said = gettext("Baris %(rows)s dan kolom %(columns)s tersembunyi di Excel, tetap dibaca.") % words
    elif one["rows"]:
        said = gettext("Baris %(rows)s tersembunyi di Excel, tetap dibaca.") % words
    else:
        said = gettext("Kolom %(columns)s tersembunyi di Excel, tetap dibaca.") % words
    return f"{one['sheet']}: {said}" if several else said
