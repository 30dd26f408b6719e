"""A text file as a sheet: which encoding, which separator, which line? Lines keep their numbers, also when a quoted
cell runs over several lines; a quote that is never closed does not swallow the rest of the file."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter

import polars as pl

from jangkau.core.kernel import Corrupt
from jangkau.core.reading.aligned import header_line
from jangkau.core.reading.sheets import MOST_COLUMNS, Sheet, trimmed

SEPARATORS = (";", "\t", "|", ",")
_NO_SEPARATOR = "\x1f"  # stands in no text: the line stays whole
_SAMPLE_LINES = 60
_LONGEST_LINE = 100_000  # characters; the csv reader stops soon after
_WRAPPED = r'(?s)^="(.*)"$'
_LONGEST_RECORD = 20  # lines; a longer one means a quote was never closed


def decode(content: bytes) -> str:
    """The text of a file in UTF-8 (with or without mark), UTF-16 or Windows-1252.

    >>> decode("Café".encode("cp1252")), decode("Café".encode("utf-8-sig")), decode("Café".encode("utf-16"))
    ('Café', 'Café', 'Café')
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    if content[:2000].count(0) > len(content[:2000]) // 4:  # UTF-16 without a mark: every second byte is zero
        return content.decode("utf-16-le" if content[1:2] == b"\0" else "utf-16-be", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def separator_of(lines: list[str]) -> str:
    """The separator that cuts most lines into the same number of parts.

    >>> separator_of(["NIK;NAMA;ALAMAT", "1;A, B;x", "2;C, D, E;y"])
    ';'
    """
    best, best_score = ",", 0.0
    for separator in SEPARATORS:
        counts = Counter(line.count(separator) for line in lines if line.strip())
        counts.pop(0, None)
        if counts:
            parts, agreeing = counts.most_common(1)[0]
            score = agreeing * (1 + 0.1 * min(parts, 10))
            if score > best_score:
                best, best_score = separator, score
    return best


def sheet_from_text(content: bytes, shown: str) -> Sheet:
    """A text file as one sheet without a name; raises Corrupt when the bytes are no text."""
    text = decode(content)
    if text.count("\0", 0, 4000) or sum(not (c.isprintable() or c in "\r\n\t\f") for c in text[:4000]) > 40:
        raise Corrupt(
            f"Isi berkas “{shown}” bukan teks. Simpan ulang sebagai CSV atau .xlsx lalu kirim lagi.",
            f"The content of “{shown}” is no text. Save it again as CSV or .xlsx and send it.",
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head = text[:20_000].split("\n")
    if len(head[0]) == 5 and head[0].lower().startswith("sep="):  # Excel's own hint
        separator, text = head[0][4], text[5:]
    else:
        separator = _NO_SEPARATOR if _is_aligned(head) else separator_of(head[:_SAMPLE_LINES])
    return _quoted(text, separator) if '"' in text else _plain(text, separator)


def _is_aligned(lines: list[str]) -> bool:
    """Do blanks keep the fields apart? Then the commas in it are part of the text."""
    found = header_line(lines)
    return found is not None and not any(separator in lines[found] for separator in SEPARATORS)


def _plain(text: str, separator: str) -> Sheet:
    """Lines without quotes: cut by the separator, all at once."""
    lines = pl.Series("line", [text], dtype=pl.String).str.split("\n").explode()
    counts = lines.str.count_matches(separator, literal=True).to_frame("n").select(pl.col("n").max()).item()
    width = min((counts or 0) + 1, MOST_COLUMNS)
    names = [f"c{column}" for column in range(width)]
    parts = lines.str.splitn(separator, width).struct.rename_fields(names).struct.unnest()
    del lines
    rows = pl.int_range(1, parts.height + 1, dtype=pl.Int32, eager=True)
    return trimmed("", rows, parts, {})


def _quoted(text: str, separator: str) -> Sheet:
    """Lines with quotes: a record carries the number of its first line. Where a quote that was never closed joins whole
    lines, every line is cut by itself."""
    lines = text.split("\n")
    records: list[list[str]] = []
    numbers: list[int] = []
    least = Counter(line.count(separator) for line in lines if line.strip()).most_common(1)[0][0]
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    before = 0
    try:
        for record in reader:
            if reader.line_num > before + 1:
                joined = lines[before + 1 : reader.line_num]
                whole = any(line.count(separator) >= max(least, 1) for line in joined)
                if len(joined) > _LONGEST_RECORD or (whole and (least > 2 or len(record) != least + 1)):
                    return _line_by_line(lines, separator)
            if record:
                records.append(record[:MOST_COLUMNS])
                numbers.append(before + 1)
            before = reader.line_num
    except csv.Error:
        return _line_by_line(lines, separator)
    return _from_records(records, numbers)


def _line_by_line(lines: list[str], separator: str) -> Sheet:
    """Every line a record; in lines with an odd number of quotes the quotes mean nothing."""
    records, numbers = [], []
    for number, line in enumerate(lines, 1):
        if line.strip():
            bare = line if line.count('"') % 2 == 0 and len(line) < _LONGEST_LINE else line.replace('"', "")
            parts = next(csv.reader([bare], delimiter=separator)) if '"' in bare else bare.split(separator)
            records.append(parts[:MOST_COLUMNS])
            numbers.append(number)
    return _from_records(records, numbers)


def _from_records(records: list[list[str]], numbers: list[int]) -> Sheet:
    width = max(map(len, records), default=0)
    columns = {
        f"c{column}": pl.Series([r[column] if column < len(r) else "" for r in records], dtype=pl.String)
        for column in range(width)
    }
    # programs write ="..." to keep Excel from making a number of a text
    cells = pl.DataFrame(columns).with_columns(pl.all().str.replace(_WRAPPED, "$1"))
    return trimmed("", pl.Series(numbers, dtype=pl.Int32), cells, {})
