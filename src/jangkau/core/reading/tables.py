"""Where are the tables on a sheet, and what is every line that is no row of one? Headers of one or more rows, repeated
per page, at any height; totals, titles, notes, column numbers, signatures. Cheap tests run over whole columns; only the
few lines that look odd are looked at one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import polars as pl

from jangkau.core.reading.columns import ColumnReading, field_of, is_header_word, name_columns, normal
from jangkau.core.reading.pieces import joined, nik_pieces
from jangkau.core.reading.sheets import Sheet
from jangkau.core.reading.told import NOTHING_TOLD, Told, layout_of, told_columns

KEY_FIELDS = ("name", "nik", "kpj", "employer", "nib", "npp", "event_date", "location", "value")
_MOST_SUB_HEADERS = 3  # lines of a header under its first
_LOOK_AHEAD = 120  # lines among which a header is sought that only its sender uses
_WEAK_FIELDS = ("number", "note", "ignored")
_ANCHOR = (
    r"(?i)^[\W_]*(?:no|nomor|nr|nama|nm|name|nik|n\s+i\s+k|no[._ ]*ktp|ktp|nib|npp|kpj|kbli|id|tgl|tanggal|tempat|ttl|"
    r"date|alamat|address|rt|rw|r\s*t|desa|kec|kecamatan|jenis|l\s*/\s*p|jk|sex|pekerjaan|ket|jumlah|full)\b"
)
_TOTAL = r"(?i)^\W*(?:(?:sub|grand)\W*)?(?:jumlah|jml|total|subtotal)\b"
_NOTE = r"(?i)^\s*(?:\*|catatan\b|nb\b|n\.b|sumber\b|ket(?:erangan)?\s*[.:])"
_SIGNATURE = (
    r"(?i)mengetahui|menyetujui|mengesahkan|kepala desa|lurah\b|camat\b|kepala dinas|operator|\bnip\b|dibuat oleh|"
    r"\.{6,}|_{6,}|bendahara|\b\d{1,2} (?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|"
    r"november|desember) \d{4}$"
)
_PROJECT_LABELS = re.compile(
    r"(?i)^\W*(nama |nm )?(kegiatan|pekerjaan|proyek|lokasi|nilai|pagu|anggaran|biaya|kontrak|rab|sumber|tanggal|tgl|"
    r"mulai|selesai|waktu|jangka|pelaksana|penyedia|tpk|tahun|volume|no(mor)?\W*(kontrak|spk|sertifikat|pendaftaran|proyek))"
)


@dataclass(slots=True)
class Table:
    """One kind of table on a sheet (all stretches under the same header). `fields` by column, None where unknown."""

    sheet: Sheet
    header_row: int
    columns: list[ColumnReading]
    indexes: pl.Series
    pieces: dict[int, int] = field(default_factory=dict)  # columns that make up one NIK -> digits in each

    @property
    def fields(self) -> dict[str, int]:
        """Field -> column, columns of no use left out."""
        return {c.field: n for n, c in enumerate(self.columns) if c.field and c.field not in ("ignored", "note")}

    @property
    def notes(self) -> list[int]:
        """The columns of free remarks."""
        return [n for n, c in enumerate(self.columns) if c.field == "note"]

    @property
    def has_keys(self) -> bool:
        return any(key in self.fields for key in KEY_FIELDS)


@dataclass(slots=True)
class SheetReading:
    """What a sheet holds: tables with the indexes of their data rows, the kind of every other line by index."""

    sheet: Sheet
    tables: list[Table]
    line_kinds: dict[int, str]
    titles: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Header:
    first: int
    last: int  # index of the last line that belongs to it (sub-header, column numbers)
    headers: list[str]
    parents: list[str]
    kinds: list[str]

    @property
    def signature(self) -> tuple[str, ...]:
        return tuple(normal(text) for text in (*self.parents, *self.headers))


def read_structure(sheet: Sheet, told: Told = NOTHING_TOLD) -> SheetReading:
    """Finds the tables of a sheet and says of every line what it is. A hidden sheet has no tables. What was `told` of
    the columns wins."""
    if sheet.hidden:
        return SheetReading(sheet, [], dict.fromkeys(range(sheet.height), "hidden_sheet"))
    headers = _find_headers(sheet, told.layouts)
    if not headers and (start := _first_identity(sheet)) is not None:
        headers = [_without_header(sheet, start)]
    if not headers and layout_of([""] * sheet.width) in told.layouts:
        headers = [_without_header(sheet, 0)]
    found = _structure(sheet, headers, told)
    if found.tables or told.header_row is None or not sheet.height:
        return found
    if told.header_row == 0:
        return _structure(sheet, [_without_header(sheet, 0)], told, keep=True)
    at = (sheet.rows == told.header_row).arg_true()
    if not len(at):
        return found
    return _structure(sheet, [_header_block(sheet, int(at[0]), sheet.cells.row(int(at[0])))], told, keep=True)


def _without_header(sheet: Sheet, start: int) -> _Header:
    return _Header(start, start - 1, [""] * sheet.width, [""] * sheet.width, [])


def _structure(sheet: Sheet, headers: list[_Header], told: Told, *, keep: bool = False) -> SheetReading:
    """The tables under these headers; `keep`: also one without a column that names anybody, so that a person can say
    what its columns hold."""
    lines: dict[int, str] = {}
    tables = _tables(sheet, headers, told)
    data: list[pl.Series] = []
    for table in tables:
        table.indexes = table.indexes.filter(data_rows(sheet, table))
        if table.has_keys:
            data.append(table.indexes)
        else:
            table.indexes = table.indexes.head(0)
    held = pl.concat(data).sort() if data else pl.Series([], dtype=pl.Int32)
    _name_lines(sheet, headers, held, [t for t in tables if t.has_keys], lines)
    titles = [
        " ".join(text for text in sheet.cells.row(index) if text)
        for index, kind in lines.items()
        if kind in ("title", "project_header", "signature")
    ]
    return SheetReading(sheet, [t for t in tables if keep or t.has_keys], lines, titles)


def _find_headers(sheet: Sheet, known: frozenset[str]) -> list[_Header]:
    """Lines whose cells are words that headers are made of, or that somebody called a header before (`known` layouts),
    with the lines that belong to them."""
    if not sheet.width:
        return []
    anchors = sheet.cells.select(
        pl.sum_horizontal(pl.all().str.contains(_ANCHOR).fill_null(False).cast(pl.UInt16))
    ).to_series()
    found: list[_Header] = []
    likely = (anchors >= 2).arg_true().to_list()
    for index in sorted({*likely, *range(min(sheet.height, _LOOK_AHEAD))}) if known else likely:
        if found and index <= found[-1].last:
            continue
        row = sheet.cells.row(index)
        if _is_header(row) or (known and layout_of([text or "" for text in row]) in known and any(row)):
            found.append(_header_block(sheet, index, row))
    return found


def _is_header(row: tuple[str | None, ...]) -> bool:
    filled = [text for text in row if text]
    if len(filled) < 2 or any(re.search(r"\d{5}", text) for text in filled) or ":" in filled:
        return False
    words = sum(is_header_word(text) for text in filled)
    named = {field_of(text) for text in filled} - {None, "ignored"}
    if len(filled) == 2 and len(named) == 1:  # a summary: "RW | JUMLAH"
        return normal(filled[1]) in ("JUMLAH", "JML", "TOTAL")
    return len(named) >= 2 and words >= 0.6 * len(filled)


def _header_block(sheet: Sheet, index: int, row: tuple[str | None, ...]) -> _Header:
    """The header that begins at `index`: sub-headers under merged cells and the line of column numbers included."""
    headers = [text or "" for text in row]
    parents = [""] * len(headers)
    kinds, last = ["header"], index
    while last < index + _MOST_SUB_HEADERS and last + 1 < sheet.height:
        below = sheet.cells.row(last + 1)
        if not _is_sub_header(headers, below):
            break
        last += 1
        kinds.append("header")
        over, above = "", list(headers)
        for column, text in enumerate(below):
            over = above[column] or over
            if text:
                parents[column], headers[column] = over, text
    if last + 1 < sheet.height and is_column_numbers(sheet.cells.row(last + 1)):
        last += 1
        kinds.append("column_numbers")
    return _Header(index, last, headers, parents, kinds)


def _is_sub_header(headers: list[str], below: tuple[str | None, ...]) -> bool:
    """A line that only fills columns left free by the header (or the first under a merged cell) with words."""
    filled = [column for column, text in enumerate(below) if text]
    if not filled or below[0]:
        return False
    for column in filled:
        text = below[column] or ""
        if re.search(r"\d", text) or len(text) > 30:
            return False
        free = not headers[column] or (column + 1 < len(headers) and not headers[column + 1])
        if not free:
            return False
    return any(not headers[column] for column in filled)


def is_column_numbers(row: tuple[str | None, ...]) -> bool:
    """Do the cells count 1, 2, 3 ... from left to right?

    >>> [is_column_numbers(row) for row in (("1", "2", "3", None), ("(1)", "(2)", "(3)"), ("1", "A", "3"))]
    [True, True, False]
    """
    filled = [text.strip("() .") for text in row if text]
    return len(filled) >= 3 and all(text.isdigit() for text in filled) and [int(t) for t in filled] == list(
        range(int(filled[0]), int(filled[0]) + len(filled))
    ) and int(filled[0]) <= 1  # fmt: skip


def _first_identity(sheet: Sheet) -> int | None:
    """The first line with a 16-digit number, when at least half of the lines have one: a table without a header."""
    if sheet.height < 2:
        return None
    has = sheet.cells.select(
        pl.any_horizontal(pl.all().str.replace_all(r"['`\s.\-]", "").str.contains(r"^\d{16}$").fill_null(False))
    ).to_series()
    return int(has.arg_true()[0]) if 2 * int(has.sum()) >= len(has) else None


def _tables(sheet: Sheet, headers: list[_Header], told: Told) -> list[Table]:
    """One table for each distinct header, over all stretches under it."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, header in enumerate(headers):
        groups.setdefault(header.signature, []).append(number)
    tables = []
    for numbers in groups.values():
        stretches = [
            pl.int_range(
                headers[n].last + 1,
                headers[n + 1].first if n + 1 < len(headers) else sheet.height,
                dtype=pl.Int32,
                eager=True,
            )
            for n in numbers
        ]
        indexes = pl.concat(stretches)
        first = headers[numbers[0]]
        named = name_columns(first.headers, first.parents, sheet.take(indexes))
        pieces = nik_pieces([name for name, _ in named], first.headers, sheet.take(indexes))
        for place, column in enumerate(pieces):
            named[column] = ("nik" if place == 0 else "ignored", 0.8)
        columns = [
            ColumnReading(sheet.letter(n), f"{first.parents[n]} {first.headers[n]}".strip(), name, sure)
            for n, (name, sure) in enumerate(named)
        ]
        columns = told_columns(columns, told)
        if pieces and columns[next(iter(pieces))].field != "nik":  # somebody said that the pieces are no NIK
            pieces = {}
        top = int(sheet.rows[max(first.first, 0)]) if first.kinds else 0
        tables.append(Table(sheet, top, columns, indexes, pieces))
    return tables


def data_rows(sheet: Sheet, table: Table) -> pl.Series:
    """True for the lines under a header that are rows of the list. A row is sure when it has an identity number or a
    running number beside a key; an unsure one must stand among sure ones and not look like a signature or a total."""
    fields = table.fields
    body = sheet.take(table.indexes)

    def cell(name: str) -> pl.Expr:
        if name == "nik" and table.pieces:
            return joined(table.pieces)
        return pl.col(f"c{fields[name]}") if name in fields else pl.lit(None, dtype=pl.String)

    content = [pl.col(f"c{n}").is_not_null() for name, n in fields.items() if name not in _WEAK_FIELDS]
    if not content:
        return pl.repeat(False, body.height, eager=True)
    keys = [cell(name).str.contains(r"[\p{L}\d]").fill_null(False) for name in KEY_FIELDS if name in fields]
    flags = body.select(
        key=pl.any_horizontal(keys) if keys else pl.lit(False),
        identity=pl.any_horizontal(
            cell(name).str.contains(r"\d\D?\d\D?\d\D?\d\D?\d\D?\d").fill_null(False)
            for name in ("nik", "kpj", "npp", "nib")
        ),
        number=cell("number").str.contains(r"^\d{1,7}\.?\)?$").fill_null(False),
        content=pl.sum_horizontal(content),
        named=cell("number").str.contains(r"^\d{1,7}\.?\)?$").fill_null(False)  # "7 | ANI", all else left empty
        & cell("name").str.contains(r"\p{L}{2}").fill_null(False),
        total=pl.coalesce(pl.all()).str.contains(_TOTAL).fill_null(False),
        note=pl.coalesce(pl.all()).str.contains(_NOTE).fill_null(False),
    )
    enough = min(2, len(content))
    strong = ~flags["total"] & flags["key"] & (flags["content"] >= enough) & (flags["identity"] | flags["number"])
    strong |= flags["named"] & ~flags["total"] & ~flags["note"]
    weak = (strong | flags["total"] | flags["note"] | ~flags["key"] | (flags["content"] < enough)).not_()
    if weak.any():
        strong |= _accepted(body, flags, strong, weak, len(content))
    return strong


def _accepted(body: pl.DataFrame, flags: pl.DataFrame, strong: pl.Series, weak: pl.Series, fields: int) -> pl.Series:
    """The unsure rows that may stay."""
    line = body.select(pl.concat_str(pl.all(), separator=" ", ignore_nulls=True)).to_series()
    signed = line.str.contains(_SIGNATURE)
    places = strong.arg_true()
    last = int(places[-1]) if len(places) else -1
    among = pl.int_range(body.height, eager=True) < last
    if last < 0:  # nobody has a number of any kind: rows until something is signed
        first = signed.arg_true()
        among = pl.int_range(body.height, eager=True) < (int(first[0]) if len(first) else body.height)
    rich = flags["content"] >= min(4, fields)
    return weak & ~signed & (among | rich)


def _name_lines(
    sheet: Sheet, headers: list[_Header], held: pl.Series, tables: list[Table], lines: dict[int, str]
) -> None:
    """Names every line that is no data row."""
    seen: set[tuple[str, ...]] = set()
    of_header: dict[int, str] = {}
    for header in headers:
        for offset, kind in enumerate(header.kinds):
            of_header[header.first + offset] = kind
    data = pl.Series([False], dtype=pl.Boolean).extend_constant(False, sheet.height - 1) if sheet.height else None
    if data is None:
        return
    data = pl.int_range(sheet.height, dtype=pl.Int32, eager=True).is_in(held.implode()) if len(held) else data
    last_data = int(held[-1]) if len(held) else -1
    first_header = headers[0].first if headers and headers[0].kinds else -1
    odd = data.not_().arg_true().to_list()
    for index in odd:
        if index in of_header:
            lines[index] = of_header[index]
        else:
            lines[index] = _line_kind(sheet.cells.row(index), index, first_header, last_data, bool(tables))
    _titles_between(headers, odd, lines)
    for header in headers:
        if header.kinds and header.signature in seen and not _has_title_before(header.first, lines):
            for index in range(header.first, header.last + 1):
                lines[index] = "header_repeat"
        seen.add(header.signature)


def _line_kind(row: tuple[str | None, ...], index: int, first_header: int, last_data: int, has_tables: bool) -> str:
    filled = [text for text in row if text]
    if index < first_header:
        labelled = len(filled) >= 2 and (filled[1].startswith(":") or filled[0].endswith(":"))
        return "project_header" if labelled or _inline_label(filled) else "title"
    if re.search(_TOTAL, filled[0]):
        return "total"
    if re.search(_NOTE, filled[0]):
        return "note"
    if not has_tables:
        return "total" if first_header >= 0 and len(filled) > 1 else "title"
    return "signature" if index > last_data >= 0 else "note"


def _inline_label(filled: list[str]) -> bool:
    return bool(_PROJECT_LABELS.match(filled[0])) and (":" in filled[0] or len(filled) == 2)


def _titles_between(headers: list[_Header], odd: list[int], lines: dict[int, str]) -> None:
    """Notes that stand right above a later header are its titles."""
    for header in headers[1:]:
        index = header.first - 1
        while index in lines and lines[index] in ("note", "signature"):
            lines[index] = "title"
            index -= 1


def _has_title_before(first: int, lines: dict[int, str]) -> bool:
    return lines.get(first - 1) == "title"
