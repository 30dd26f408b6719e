"""The answer to a list as a workbook, in the words of the reader's language; blank forms."""

from __future__ import annotations

from typing import Any

from jangkau.core.kernel import Refused
from jangkau.core.reading import ColumnReading, TableReading
from jangkau.core.reading.answers import Progress, Sentences, corrected_workbook, form_kinds
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists import queries
from jangkau.registry.lists.models import Kind, SentList
from jangkau.registry.lists.presenters.words import PROBLEM_WORDS
from jangkau.registry.lists.queries.columns import require_all_columns
from jangkau.registry.lists.queries.outcomes import rows_refused


def problem_sentences() -> Sentences:
    """Code -> (what is wrong, what to do) in the language that is active."""
    return {code: (str(what), str(todo)) for code, (what, todo) in PROBLEM_WORDS.items()}


def answer_to(scope: Scope, item: SentList, progress: Progress = lambda share: None) -> bytes:
    """The corrected workbook of a list; raises Refused when nothing was read from it, and where it holds a column that
    is not to be seen."""
    require_all_columns(scope, item)
    if not item.rows:
        raise Refused(
            f"Belum ada yang terbaca dari “{item.file_name}”. Tunggu sampai selesai dibaca.",
            f"Nothing has been read from “{item.file_name}” yet. Wait until the reading has ended.",
        )
    rows, problems = queries.rows_and_problems(scope, item)
    return corrected_workbook(
        queries.original(scope, item),
        item.path,
        rows=rows,
        problems=problems,
        tables=[_table(stored) for stored in item.tables],
        sentences=problem_sentences(),
        edits=queries.edits_applied(scope, item),
        refused=rows_refused(item),
        progress=progress,
    )


def blank_forms() -> list[tuple[str, str]]:
    """The kinds of lists that have a blank form, with their names on screen."""
    return [(kind, str(Kind(kind).label)) for kind in form_kinds()]


def _table(stored: dict[str, Any]) -> TableReading:
    columns = tuple(ColumnReading(**column) for column in stored["columns"])
    return TableReading(stored["sheet"], stored["header_row"], stored["rows"], columns)
