"""The files of a report as its page offers them."""

from __future__ import annotations

from pathlib import PurePath
from typing import NamedTuple

from django.utils.translation import gettext, gettext_lazy

from jangkau.web.reports.models import Report

WORDS = {".pdf": "PDF", ".xlsx": "Excel", ".png": gettext_lazy("Gambar untuk WhatsApp"), ".zip": "Zip"}


class MadeFile(NamedTuple):
    name: str
    words: str
    size: int


def made_files(report: Report) -> list[MadeFile]:
    """What can be downloaded; empty until the job is done."""
    found = ((name, WORDS.get(PurePath(name).suffix, gettext("Berkas")), size) for name, size in report.files)
    return [MadeFile(name, str(words), size) for name, words, size in found]
