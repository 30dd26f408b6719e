"""Lists harmed by chance, the same harm for the same seed: in bytes, cells, members of archives, elements and
attributes of their XML, encodings, names. And what reading one of them came to."""

import random
import re
import sys
import time
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # a process of its own finds the files beside this one

import polars as pl
from small_files import FORMATS, ROWS, every_format, parts_of, zipped

from jangkau.core.kernel import Gazetteer, JangkauError, RegionCode
from jangkau.core.reading import is_archive, read_file, unpack
from jangkau.core.reading.answers import corrected_name, corrected_workbook

AREA, TODAY = RegionCode("32.02"), date(2026, 10, 31)
GAZETTEER = Gazetteer.parse(
    "32|Jawa Barat||\n32.02|Kabupaten Sukabumi||\n32.02.01|Palabuhanratu||\n"
    "32.02.01.2002|Tonjong||\n32.02.01.2003|Citepus||"
)
ENDINGS = ("xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv", "txt", "html", "zip", "pdf", "")
CELLS = [
    "", "-", "=1+1", "=HYPERLINK(1)", "@x", "\0", "\u202e", "\ufeff", "\ud7ff", "😀" * 40, "x" * 40_000, '"', "'",
    "a\nb", "<b>", "&amp;", "1E400", "-1E-400", "nan", "inf", "9" * 400, "3,20201E+15", "3202014107905000",
    "00-00-0000", "31-12-9999", "29-02-1900", "1/1/1", "2958466", "-1", "Rp -1.000.000.000.000.000.000",
    "RT 99999999999/1", "NIK", "NO", "JUMLAH", "Desa", "Kec. Kec. Kec.", "%s%d{}", "../..", "١٢٣", "½", "TRUE",
    date.max, 10**17, -(2**53), 0, 3202014107905000,
]  # fmt: skip
PIECES = [b'"', b"<", b"\0", b"\r", b";", b"\t", b"99999999999", b"-1", b"\xff\xfe", b"1E400", b"&#0;", b"]]>", b"<!--"]
NUMBERS = [b"0", b"-1", b"1", b"255", b"1048576", b"1048577", b"16385", b"4294967296", b"1e400", b"NaN", b"", b"&"]
_ATTRIBUTE = re.compile(rb'(?<==")[^"<>]{0,60}(?=")')
_ELEMENT = re.compile(rb"<(\w[\w:]*)[^<>]*>[^<]*</\1>|<\w[^<>]*/>")
_ADDRESSES = [b"A1", b"XFD1", b"A1:XFD9", b"ZZZZ9", b"A0", b"B2:A1", b"A1:A1048576", b"$A", b"1", b"A99999999999"]


@dataclass(frozen=True)
class Told:
    """What reading a harmed file came to: seconds it took, lines of people, the sentences of a refusal; the highest
    memory of the process so far, in bytes."""

    seconds: float
    people: int
    refusals: tuple[tuple[str, str], ...]
    memory: int


def tell(seed: int) -> Told:
    """Reads the harmed file of this seed as the product would, a zip list by list, and writes its answer."""
    name, content = harmed(seed)
    begun = time.perf_counter()
    people, refusals = 0, []
    try:
        lists = unpack(content, name) if is_archive(content) else [(name, content)]
    except JangkauError as error:
        lists, refusals = [], [(error.indonesian, error.english)]
    for path, inside in lists:
        try:
            people += _read(inside, path)
        except JangkauError as error:
            refusals.append((error.indonesian, error.english))
    return Told(time.perf_counter() - begun, people, tuple(refusals), _most_memory())


def _most_memory() -> int:
    """Bytes this process ever held; getrusage would tell those of the process that started it, too."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return 1024 * int(re.search(r"VmHWM:\s+(\d+) kB", told)[1])


def _read(content: bytes, name: str) -> int:
    found = read_file(content, name, gazetteer=GAZETTEER, area=AREA, as_of=TODAY)
    people = found.rows.filter(pl.col("state") == "data").height
    if people:
        frames = {"rows": found.rows, "problems": found.problems, "tables": found.tables}
        answer = corrected_workbook(content, name, **frames, sentences={})
        again = read_file(answer, corrected_name(name), gazetteer=GAZETTEER, area=AREA, as_of=TODAY)
        assert again.rows.height, "the answer to a list cannot be read"
    return people


@cache
def _whole() -> list[tuple[str, bytes]]:
    return every_format(ROWS)


def harmed(seed: int) -> tuple[str, bytes]:
    """Name and bytes of the file of this seed."""
    chance = random.Random(seed)
    name, content = chance.choice(_whole())
    how = chance.random()
    if how < 0.25:
        rows, name = _rows(chance), chance.choice(list(FORMATS))
        content = FORMATS[name](rows)
    elif how < 0.75 and content.startswith(b"PK"):
        content = _members(chance, content)
    elif how < 0.8 and not content.startswith((b"PK", b"\xd0")):
        kind = chance.choice(["utf-8-sig", "utf-16-le", "utf-16-be", "utf-32", "cp500", "cp1252", "utf-7"])
        content = content.decode("utf-8", "replace").encode(kind, "replace")
    else:
        content = _bytes(chance, content)
    if chance.random() < 0.1:
        name = f"a.{chance.choice(ENDINGS)}"
    return name, content


def _rows(chance: random.Random) -> list[list]:
    """The list with cells, rows and columns of it changed, left out, repeated or exchanged."""
    rows = [list(row) for row in ROWS]
    for _ in range(chance.randint(1, 12)):
        row = chance.randrange(len(rows))
        column = chance.randrange(len(rows[row]))
        kind = chance.randrange(8)
        if kind < 4:
            rows[row][column] = chance.choice(CELLS)
        elif kind == 4:
            rows[row] = chance.sample(rows[row], len(rows[row]))
        elif kind == 5:
            rows[row:row] = [list(rows[row]) for _ in range(chance.randint(1, 30))]
        elif kind == 6 and len(rows) > 1:
            del rows[row]
        else:
            rows = [[*line[:column], "", *line[column:]][: len(rows[0])] for line in rows]
    return rows


def _members(chance: random.Random, content: bytes) -> bytes:
    """The archive with members changed, left out, renamed, exchanged."""
    parts = parts_of(content)
    for _ in range(chance.randint(1, 3)):
        name, other = chance.choice(list(parts)), chance.choice(list(parts))
        kind = chance.randrange(12)
        if kind == 0 and len(parts) > 1:
            del parts[name]
        elif kind == 1:
            parts[name], parts[other] = parts[other], parts[name]
        elif kind == 2:
            parts[chance.choice(["../x", "/etc/x", "xl/x.xml", name.upper(), "a" * 300])] = parts.pop(name)
        elif kind == 3:
            parts[name] = chance.choice([b"", b"\0" * 100, b"<a/>", b"<" * 5000, b"<a>" * 20_000, content])
        elif kind < 9 and parts[name].lstrip()[:1] == b"<":
            parts[name] = _elements(chance, parts[name])
        else:
            parts[name] = _bytes(chance, parts[name])
    return zipped(parts)


def _elements(chance: random.Random, xml: bytes) -> bytes:
    """XML whose elements and attributes are changed, so that it still opens but says what no program would write."""
    for _ in range(chance.randint(1, 6)):
        kind = chance.randrange(4)
        places = list((_ATTRIBUTE if kind < 2 else _ELEMENT).finditer(xml))
        if not places:
            return _bytes(chance, xml)
        at = chance.choice(places)
        if kind < 2:
            put = chance.choice(NUMBERS + _ADDRESSES + [chance.choice(places)[0]])
        else:
            put = at[0] * chance.choice([0, 2, 50]) if kind == 2 else chance.choice(places)[0]
        xml = xml[: at.start()] + put + xml[at.end() :]
    return xml


def _bytes(chance: random.Random, content: bytes) -> bytes:
    """Bytes changed, left out, repeated, put in or cut off."""
    harmed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(harmed) or 1)
        piece = harmed[at : at + chance.randint(1, 30)]
        kind = chance.randrange(9)
        if kind < 3:
            harmed[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 3:
            del harmed[at : at + len(piece)]
        elif kind == 4:
            harmed[at:at] = piece * chance.randint(1, 50)
        elif kind < 7:
            harmed[at:at] = chance.choice(PIECES)
        elif kind == 7:
            harmed[at : at + 4] = chance.choice([b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\0", b"\0\0\0\x80"])
        else:
            del harmed[at + chance.randrange(1 + len(harmed) - at) :]
    return bytes(harmed)
