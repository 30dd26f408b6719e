"""Is this file small and plain enough to be opened? Sizes are taken from the directory of the archive and the heads of
its parts, before any sheet is built; what grows out of proportion when unpacked, or defines entities, is refused."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from jangkau.core.kernel import Corrupt, Refused
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
_SHEET = re.compile(r"(?i)xl/worksheets/[^/]+\.xml$")
_ROW_NUMBER = re.compile(rb'\br="(\d{1,7})"')
_FAR_CELL = re.compile(rb' r="([A-Z]{2,3})\d+"')
_XML = (".xml", ".rels", ".vml")
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
                if part.filename.lower().endswith(_XML):
                    _refuse_declarations(archive, part, shown)
                if _SHEET.search(part.filename) and _refuse_wide_open(archive, part, shown):
                    hiding.add(part.filename)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError, ValueError):
        raise Corrupt(
            f"Berkas “{shown}” rusak. Buka di komputer asal, simpan ulang sebagai .xlsx, lalu kirim.",
            f"The file “{shown}” is damaged. Open it where it came from, save it as .xlsx, and send it.",
        ) from None
    return frozenset(hiding)


def refuse_part(part: zipfile.ZipInfo, shown: str) -> None:
    """Raises Refused when one part is too large or shrank so much that it must be a trap."""
    grown = part.file_size / max(part.compress_size, 1)
    if part.file_size > MAX_PART or (part.file_size > _LARGE and grown > MAX_RATIO):
        raise too_large(shown)


def _refuse_declarations(archive: zipfile.ZipFile, part: zipfile.ZipInfo, shown: str) -> None:
    """Entities that a part defines could grow without end or fetch files; no office program writes any."""
    with archive.open(part) as stream:
        head = stream.read(_HEAD)
    if _DECLARES.search(head.replace(b"\0", b"")):
        raise Refused(
            f"Berkas “{shown}” memuat perintah yang tidak aman. Salin daftarnya ke buku kerja baru lalu kirim.",
            f"The file “{shown}” holds unsafe declarations. Copy the list to a new workbook and send that.",
        )


def _refuse_wide_open(archive: zipfile.ZipFile, part: zipfile.ZipInfo, shown: str) -> bool:
    """Unpacks a sheet once, block by block: a sheet whose directory lies about its size, or whose corners span more
    cells than any list has, would take all memory as soon as it is built. Returns whether it hides rows or columns."""
    size, rows, columns, before, hides = 0, 1, 26, b"", False
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            size += len(block)
            text = before + block
            hides = hides or b" hidden=" in text
            if size > MAX_PART:
                raise too_large(shown)
            at = text.rfind(b"<row ")
            if at >= 0 and (found := _ROW_NUMBER.search(text, at, at + 200)):
                rows = max(rows, int(found[1]))
            for cell in _FAR_CELL.finditer(text):
                columns = max(columns, _column_number(cell[1]))
            if columns > 26 and rows * columns > MAX_CELLS:
                raise too_large(shown)
            before = block[-64:]
    return hides


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def too_large(shown: str) -> Refused:
    """The sentence for a file beyond the limits."""
    return Refused(
        f"Berkas “{shown}” terlalu besar. Hapus baris dan kolom kosongnya atau bagi menjadi beberapa berkas.",
        f"The file “{shown}” is too large. Delete its empty rows and columns or split it into several files.",
    )
