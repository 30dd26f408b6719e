"""What kind of document is a file that somebody wants kept? By its bytes, never by its name."""

from __future__ import annotations

import io
import zipfile

from jangkau.core.reading.limits import ZIP_FAULTS

_STARTS = {
    b"%PDF-": "pdf",
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
}
_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}


def document_kind(content: bytes) -> str | None:
    """pdf, png, jpeg, webp, docx, xlsx or pptx; None for everything else, programs and web pages among them.

    >>> document_kind(b"%PDF-1.7 ..."), document_kind(b"<html>"), document_kind(b"")
    ('pdf', None, None)
    """
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
    except ZIP_FAULTS:
        return None
    return next((kind for part, kind in _PARTS.items() if part in names), None)
