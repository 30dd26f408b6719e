"""Which workbooks of a list can be fetched, whether the worker writes them because the list is long, what they hold."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import get_language, override

from jangkau.core.reading.answers import Progress, corrected_name
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import SentList
from jangkau.registry.lists.presenters.answers import answer_to
from jangkau.registry.lists.presenters.outcome_book import outcome_workbook
from jangkau.registry.lists.presenters.outcomes import OUTCOME_OF
from jangkau.registry.lists.queries.outcomes import version_of

ROWS_AT_ONCE = 5_000  # a longer list takes more than a few seconds, so the worker writes its workbooks
CORRECTED = "corrected"
BOOK_OF = {"perbaikan": CORRECTED, **OUTCOME_OF}  # name in addresses -> workbook


def is_large(item: SentList) -> bool:
    """Does the worker write the workbooks of this list?"""
    return item.rows > ROWS_AT_ONCE


def book_for(scope: Scope, item: SentList, what: str) -> str:
    """The name of a workbook as Job.book: what, in which language, with whose numbers, of which version of the list."""
    numbers = "whole" if scope.may_write else "masked"
    return f"{what}-{(get_language() or 'id')[:2]}-{numbers}-{version_of(item)}"


def place_of(item: SentList, book: str) -> Path:
    """Where the workbook lies once it is written."""
    return store.book_place(item.sha256, book)


def file_name(item: SentList, slug: str) -> str:
    """What a workbook is called where it is saved."""
    return corrected_name(item.path) if BOOK_OF[slug] == CORRECTED else f"jangkau-daftar-{item.pk}-{slug}.xlsx"


def content_of(book: str, scope: Scope, item: SentList, progress: Progress) -> bytes:
    """The workbook with the name that `book_for` gave."""
    what, language, numbers, _version = book.split("-")
    with override(language):
        if what == CORRECTED:
            return answer_to(scope, item, progress)
        return outcome_workbook(scope, item, what, whole=numbers == "whole")
