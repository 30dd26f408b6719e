"""A list handed back to its sender: the same workbook with what is wrong marked in it; blank forms for next time."""

from jangkau.core.reading.answers.corrected import corrected_name, corrected_workbook
from jangkau.core.reading.answers.forms import form_kinds, template_for
from jangkau.core.reading.answers.marks import ADVICE_HEADER, NOTES, STATUS_HEADER, Progress, Sentences

__all__ = [
    "ADVICE_HEADER",
    "NOTES",
    "STATUS_HEADER",
    "Progress",
    "Sentences",
    "corrected_name",
    "corrected_workbook",
    "form_kinds",
    "template_for",
]
