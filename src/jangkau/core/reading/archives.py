"""A zip of several lists: which files are in it? Each is then read as a list of its own. Counts, sizes and ratios are
bounded before anything is unpacked; an archive inside an archive is refused."""

from __future__ import annotations

import io
import zipfile

from jangkau.core.kernel import Corrupt, Refused
from jangkau.core.reading.formats import base_name
from jangkau.core.reading.limits import ZIP_FAULTS, refuse_part, too_large

MOST_LISTS = 500
MAX_UNPACKED = 1_000_000_000
_OWN_PARTS = ("[Content_Types].xml", "mimetype", "META-INF/manifest.xml")  # by these a zip is a document, no archive
_NOT_LISTS = ("thumbs.db", "desktop.ini", ".ds_store")
_UTF8_NAME = 0x800


def is_archive(content: bytes) -> bool:
    """Are the bytes a zip of files, and not a workbook (which is a zip inside)?

    >>> is_archive(b"NIK;NAMA")
    False
    """
    if content[:4] != b"PK\x03\x04":
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except ZIP_FAULTS:
        return False
    return bool(names) and not names & set(_OWN_PARTS) and not any(name.startswith("xl/") for name in names)


def unpack(content: bytes, name: str) -> list[tuple[str, bytes]]:
    """The lists in a zip as (path inside the zip, bytes), in the order of their paths; folders, hidden files and lock
    files are left out. The path never leads out of the archive.

    Raises Refused for too many or too large files, a password, an archive inside it or nothing in it; Corrupt when the
    bytes are no zip or are damaged.

    >>> stream = io.BytesIO()
    >>> with zipfile.ZipFile(stream, "w") as archive:
    ...     archive.writestr("b/x.csv", "NIK"); archive.writestr("a.csv", "NAMA")
    >>> unpack(stream.getvalue(), "kiriman.zip")
    [('a.csv', b'NAMA'), ('b/x.csv', b'NIK')]
    """
    shown = base_name(name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [(_path(part), part) for part in archive.infolist() if _may_be_list(part)]
            _refuse(parts, shown)
            found = [(path, _bytes(archive, part)) for path, part in sorted(parts, key=lambda pair: pair[0])]
    except ZIP_FAULTS:
        raise Corrupt(
            f"Berkas “{shown}” rusak. Buat ulang berkas zip-nya lalu kirim lagi.",
            f"The file “{shown}” is damaged. Make the zip file anew and send it again.",
        ) from None
    if nested := next((path for path, inside in found if is_archive(inside)), None):
        raise Refused(
            f"Di dalam “{shown}” ada zip lain, “{base_name(nested)}”. Keluarkan isinya lalu kirim lagi.",
            f"Inside “{shown}” there is another zip, “{base_name(nested)}”. Unpack it and send it again.",
        )
    return found


def _refuse(parts: list[tuple[str, zipfile.ZipInfo]], shown: str) -> None:
    if not parts:
        raise Refused(
            f"Berkas “{shown}” tidak berisi daftar. Kirim zip yang berisi berkas Excel atau CSV.",
            f"The file “{shown}” holds no list. Send a zip with Excel or CSV files.",
        )
    if len(parts) > MOST_LISTS:
        raise Refused(
            f"Berkas “{shown}” berisi lebih dari {MOST_LISTS} berkas. Bagi menjadi beberapa zip lalu kirim.",
            f"The file “{shown}” holds more than {MOST_LISTS} files. Split it into several zips and send them.",
        )
    if sum(part.file_size for _, part in parts) > MAX_UNPACKED:
        raise too_large(shown)
    for path, part in parts:
        refuse_part(part, shown)
        if part.flag_bits & 1:
            raise Refused(
                f"Berkas “{shown}” dikunci dengan kata sandi. Hapus kata sandinya lalu kirim lagi.",
                f"The file “{shown}” is locked with a password. Remove the password and send it again.",
            )
        if path.lower().endswith((".zip", ".rar", ".7z", ".gz", ".tar")):
            raise Refused(
                f"Di dalam “{shown}” ada arsip lain, “{base_name(path)}”. Keluarkan isinya lalu kirim lagi.",
                f"Inside “{shown}” there is another archive, “{base_name(path)}”. Unpack it and send it again.",
            )


def _bytes(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """The bytes of a part, never more than its directory entry promises."""
    with archive.open(part) as stream:
        found = stream.read(part.file_size + 1)
    if len(found) != part.file_size:
        raise zipfile.BadZipFile
    return found


def _path(part: zipfile.ZipInfo) -> str:
    """The path inside the archive without steps upwards; old Windows programs wrote names that are not UTF-8."""
    name = part.filename
    if not part.flag_bits & _UTF8_NAME:
        name = name.encode("cp437", errors="replace").decode("cp1252", errors="replace")
    steps = [step for step in name.replace("\\", "/").split("/") if step not in ("", ".", "..")]
    return "/".join(steps)[-300:]


def _may_be_list(part: zipfile.ZipInfo) -> bool:
    base = base_name(part.filename).lower()
    hidden = base.startswith((".", "~$")) or base in _NOT_LISTS or part.filename.startswith("__MACOSX/")
    return not part.is_dir() and not hidden and not base.endswith(".md") and bool(_path(part))
