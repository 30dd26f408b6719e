"""Which bytes are these, and which sheets of cells do they hold? Workbooks through calamine (values only: no formula,
macro or link is ever run), text files by encoding and separator. A file is never trusted by its name."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from types import TracebackType

import python_calamine as calamine

from jangkau.core.kernel import Corrupt, Refused
from jangkau.core.reading.aligned import spread
from jangkau.core.reading.beside import apart
from jangkau.core.reading.combined import uncombined
from jangkau.core.reading.limits import (
    MAX_SHEETS,
    damaged,
    refuse_bombs,
    refuse_large_file,
    refuse_old_workbook,
    too_large,
)
from jangkau.core.reading.looks import with_looks
from jangkau.core.reading.markup import is_markup, sheets_from_markup
from jangkau.core.reading.sheets import MAX_CELLS, Sheet, from_grid
from jangkau.core.reading.text import sheet_from_text

TEXT_ENDINGS = ("csv", "tsv", "txt", "tab")
WORKBOOK_ENDINGS = ("xlsx", "xlsm", "xls", "xlsb", "ods")
_LONGEST_NAME = 80  # characters of a file's name that a sentence can carry
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF", b"%PDF")


def base_name(name: str) -> str:
    """The last part of a path written with either slash.

    >>> base_name("02_desa/Cisaat/data.xlsx")
    'data.xlsx'
    """
    return name.replace("\\", "/").rstrip("/").rpartition("/")[2]


def read_sheets(content: bytes, name: str) -> list[Sheet]:
    """Every sheet of a file, hidden ones too, in workbook order; a text file is one sheet without a name; tables side
    by side are sheets of the same name, from left to right.

    Raises Refused for an empty file, a format that is not read here, a password; Corrupt when the bytes are not what
    the name promises.
    """
    shown = base_name(name)
    shown = shown if len(shown) <= _LONGEST_NAME else f"…{shown[-_LONGEST_NAME:]}"
    refuse_large_file(content, shown)
    return [uncombined(part) for sheet in _sheets(content, shown) for part in apart(spread(sheet))]


def _sheets(content: bytes, shown: str) -> list[Sheet]:
    ending = shown.rpartition(".")[2].lower() if "." in shown else ""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Refused(
            f"Berkas “{shown}” kosong. Kirim ulang berkas yang berisi daftarnya.",
            f"The file “{shown}” is empty. Send the file that holds the list.",
        )
    if content[:4] == b"PK\x03\x04" or content[:8] == _OLE:
        return _workbook(content, shown)
    if content.startswith(_PICTURES):
        raise Corrupt(
            f"Berkas “{shown}” adalah gambar atau PDF, bukan daftar. Kirim berkas Excel atau CSV aslinya.",
            f"The file “{shown}” is a picture or a PDF, not a list. Send the original Excel or CSV file.",
        )
    if is_markup(content) and (found := sheets_from_markup(content)):
        return found
    if ending in WORKBOOK_ENDINGS:
        raise damaged(shown)
    if ending not in TEXT_ENDINGS:
        raise Refused(
            f"Berkas “{shown}” tidak berjenis yang dapat dibaca. Simpan sebagai .xlsx atau .csv lalu kirim lagi.",
            f"The file “{shown}” is of a kind that cannot be read. Save it as .xlsx or .csv and send it again.",
        )
    return [sheet_from_text(content, shown)]


_open = calamine.CalamineWorkbook.from_filelike


def _workbook(content: bytes, shown: str) -> list[Sheet]:
    """Opens a workbook whatever its ending says."""
    if content[:4] == b"PK\x03\x04" and not zipfile.is_zipfile(io.BytesIO(content)):
        raise damaged(shown)
    if content[:8] == _OLE and "EncryptedPackage".encode("utf-16-le") in content:
        raise _locked(shown)
    hiding = frozenset[str]()
    if content[:4] == b"PK\x03\x04":
        hiding = refuse_bombs(content, shown)
    else:
        refuse_old_workbook(content, shown)
    try:
        with _Panics(shown), _open(io.BytesIO(content)) as book:
            if len(book.sheets_metadata) > MAX_SHEETS:
                raise too_large(shown)
            sheets = [
                _sheet(book, number, meta, shown)
                for number, meta in enumerate(book.sheets_metadata)
                if meta.typ == calamine.SheetTypeEnum.WorkSheet
            ]
        return with_looks(sheets, content, hiding) if content[:4] == b"PK\x03\x04" else sheets
    except calamine.PasswordError:
        raise _locked(shown) from None
    except (calamine.CalamineError, OSError):  # the file ends too soon
        raise damaged(shown) from None


def _sheet(book: calamine.CalamineWorkbook, number: int, meta: calamine.SheetMetadata, shown: str) -> Sheet:
    found = book.get_sheet_by_index(number)
    if found.height * found.width > MAX_CELLS:
        raise Refused(
            f"Lembar “{meta.name}” di “{shown}” terlalu besar. Hapus baris dan kolom kosongnya, lalu kirim lagi.",
            f"The sheet “{meta.name}” of “{shown}” is too large. Delete its empty rows and columns and send it again.",
        )
    top, left = found.start or (0, 0)
    hidden = meta.visible != calamine.SheetVisibleEnum.Visible
    sheet = from_grid(meta.name, found.to_python(), top=top, left=left, hidden=hidden)
    if sheet.positions:
        return sheet
    down = tuple(
        (first + 1, last + 1, column - left)
        for (first, column), (last, other) in found.merged_cell_ranges or ()
        if last > first and column == other
    )
    return replace(sheet, merged=down)


class _Panics:
    """Turns a panic of the workbook reader into the sentence for a damaged file. Its type has no importable name and is
    no Exception."""

    def __init__(self, shown: str) -> None:
        self.shown = shown

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None and kind.__module__ == "pyo3_runtime":
            raise damaged(self.shown) from None


def _locked(shown: str) -> Refused:
    return Refused(
        f"Berkas “{shown}” dikunci dengan kata sandi. Hapus kata sandinya lalu kirim lagi.",
        f"The file “{shown}” is locked with a password. Remove the password and send it again.",
    )
