"""Is this file small and plain enough to be opened? Sizes are taken from the directory of the archive and the heads of
its parts, before any sheet is built; what grows out of proportion when unpacked, or defines entities, is refused."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from jangkau.core.kernel import Corrupt, Refused
from jangkau.core.reading import spans
from jangkau.core.reading.sheets import MAX_CELLS

MAX_BYTES = 300_000_000  # a file as sent
MAX_UNPACKED = 1_200_000_000  # all parts of a workbook together
MAX_PART = 900_000_000  # one part of it
MAX_RATIO = 200  # unpacked to packed, for parts large enough to matter
MAX_PARTS = 5_000
MAX_SHEETS = 200
_LARGE = 20_000_000  # a part under this size harms nobody, whatever its ratio
_HEAD = 4_096  # a document type stands before the first element
_BLOCK = 1 << 20
_MANY_CELLS, _EMPTY = 5_000_000, 50  # a larger sheet holds something in one of so many cells
_SHEET = re.compile(r"xl/worksheets/[^/]+\.(?:xml|bin)$")
_XML = (".xml", ".rels", ".vml")
# What the library raises for a damaged zip: a wrong directory or sum; packed bytes that are none; a method or password
# it does not know (RuntimeError); an early end; a place outside the file; a number or name that cannot be.
ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError)
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def refuse_large_file(content: bytes, shown: str) -> None:
    """Raises Refused when a file has more bytes than a list of people can have."""
    if len(content) > MAX_BYTES:
        raise too_large(shown)


def refuse_bombs(content: bytes, shown: str) -> frozenset[str]:
    """Looks at a workbook that is an archive; returns the names of its sheets in which something is hidden. Raises
    Refused when it unpacks to too much or declares entities, Corrupt when the archive is broken.

    >>> stream = io.BytesIO()
    >>> with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
    ...     archive.writestr("xl/worksheets/sheet1.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x/>')
    >>> refuse_bombs(stream.getvalue(), "a.xlsx")
    Traceback (most recent call last):
    jangkau.core.kernel.errors.Refused: ...
    """
    hiding = set()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise too_large(shown)
            for part in parts:
                refuse_part(part, shown)
                if part.filename.lower().endswith((*_XML, ".bin")):
                    _refuse_head(archive, part, shown)
                if _refuse_wide_open(archive, part, shown):
                    hiding.add(part.filename)
    except ZIP_FAULTS:
        raise damaged(shown) from None
    return frozenset(hiding)


def refuse_part(part: zipfile.ZipInfo, shown: str) -> None:
    """Raises Refused when one part is too large or shrank so much that it must be a trap."""
    grown = part.file_size / max(part.compress_size, 1)
    if part.file_size > MAX_PART or (part.file_size > _LARGE and grown > MAX_RATIO):
        raise too_large(shown)


def _refuse_head(archive: zipfile.ZipFile, part: zipfile.ZipInfo, shown: str) -> None:
    """Entities that a part defines could grow without end or fetch files; none is ever needed. A table of texts
    that promises more of them than it has bytes would take the memory before the first is read."""
    with archive.open(part) as stream:
        head = stream.read(_HEAD)
    if (promised := spans.texts_promised(head)) is not None and promised > part.file_size:
        raise damaged(shown)
    if _DECLARES.search(head.replace(b"\0", b"")):
        raise Refused(
            f"Berkas “{shown}” memuat perintah yang tidak aman. Salin daftarnya ke buku kerja baru lalu kirim.",
            f"The file “{shown}” holds unsafe declarations. Copy the list to a new workbook and send that.",
        )


def _refuse_wide_open(archive: zipfile.ZipFile, part: zipfile.ZipInfo, shown: str) -> bool:
    """A part whose directory lies about its size, or whose corners span more cells than any list has. Returns whether
    it is a sheet that hides rows or columns."""
    name = part.filename.lower()
    if name.endswith(".xml") and _SHEET.search(name):
        span = spans.span_of_xml(lambda: _blocks(archive, part, shown))
    elif _SHEET.search(name):
        span = spans.span_of_xlsb(b"".join(_blocks(archive, part, shown)))
    elif name == "content.xml":
        span = spans.span_of_ods(b"".join(_blocks(archive, part, shown)))
    else:
        return False
    refuse_span(span, shown)
    return span.hides


def _blocks(archive: zipfile.ZipFile, part: zipfile.ZipInfo, shown: str) -> Iterator[bytes]:
    size = 0
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            size += len(block)
            if size > MAX_PART:
                raise too_large(shown)
            yield block


def refuse_span(span: spans.Span, shown: str) -> None:
    """Raises Refused when a sheet reaches so far, or is so empty for its reach, that it must not be opened."""
    beyond = span.rows > spans.LAST_ROW or span.columns > spans.LAST_COLUMN or span.cells > MAX_CELLS
    if beyond or (span.cells > _MANY_CELLS and 0 < _EMPTY * span.filled < span.cells):
        raise too_large(shown)


def refuse_old_workbook(content: bytes, shown: str) -> None:
    """The same for an xls. Raises Corrupt when its parts cannot be found."""
    try:
        refuse_span(spans.span_of_xls(content), shown)
    except (OSError, ValueError, IndexError, struct.error):
        raise damaged(shown) from None


def too_large(shown: str) -> Refused:
    """The sentence for a file beyond the limits."""
    return Refused(
        f"Berkas “{shown}” terlalu besar. Hapus baris dan kolom kosongnya atau bagi menjadi beberapa berkas.",
        f"The file “{shown}” is too large. Delete its empty rows and columns or split it into several files.",
    )


def damaged(shown: str) -> Corrupt:
    """The sentence for a workbook that cannot be opened."""
    return Corrupt(
        f"Berkas “{shown}” rusak atau bukan buku kerja. Buka di komputer asal, simpan ulang sebagai .xlsx, lalu kirim.",
        f"The file “{shown}” is damaged or no workbook. Open it where it came from, save it as .xlsx, and send it.",
    )
