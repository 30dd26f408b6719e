"""Which field does a column hold? First by its header (Indonesian, Sundanese short forms, English), then by what stands
in it: a column of 16-digit values is a NIK whatever its header says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import polars as pl
from rapidfuzz import fuzz, process

from jangkau.core.reading.cells.amounts import sex
from jangkau.core.reading.cells.dates import parse_place_and_day
from jangkau.core.reading.headers import HEADER_RULES, SHORT_WORDS

_WORD, _SPACED_OUT = re.compile(r"[^\W_]+|#"), re.compile(r"(?:[A-Z] ){2,}[A-Z]")
_BY_HEADER = 0.7  # confidence from here on rests on a header
_COMPILED = tuple((name, re.compile("|".join(patterns))) for name, patterns in HEADER_RULES)
_PARTS: tuple[tuple[tuple[tuple[str, ...], ...], tuple[str, ...]], ...] = (
    (
        (("TGL", "TANGGAL", "TG", "HARI", "DD", "DAY"), ("BLN", "BULAN", "BL", "MM", "MONTH"),
         ("THN", "TAHUN", "TH", "YYYY", "YY", "YEAR")),
        ("birth_day", "birth_month", "birth_year"),
    ),
    ((("L", "LK", "M", "PRIA", "LAKI LAKI"), ("P", "PR", "W", "F", "WANITA", "PEREMPUAN")), ("male", "female")),
)  # fmt: skip
_INSTEAD = {"birth_day": ("birth_day", "birth_date", "birth"), "male": ("male", "sex")}
_VOCABULARY = sorted({w for _, patterns in HEADER_RULES for p in patterns for w in re.findall(r"[A-Z]{5,}", p)})
_WORDS_OF_HEADERS = re.compile(
    r"\b(NO|NIK|NAMA|KTP|KK|ALAMAT|LAHIR|TTL|TGL|TANGGAL|KELAMIN|JK|RT|RW|DESA|KECAMATAN|KEC|PEKERJAAN|KET|KETERANGAN|"
    r"TEMPAT|JUMLAH|JML|BLN|BULAN|THN|TAHUN|NPP|NIB|KPJ|PROGRAM|UPAH|STATUS|JABATAN|NAME|ADDRESS|DATE|BIRTH)\b"
)


@lru_cache(20_000)
def normal(header: str) -> str:
    """A header in capitals with single spaces, punctuation gone, spaced-out letters joined.

    >>> normal("N I K"), normal("Tempat/Tgl. Lahir"), normal("no_kk"), normal("UPAH/HARI (HOK)")
    ('NIK', 'TEMPAT TGL LAHIR', 'NO KK', 'UPAH HARI HOK')
    """
    text = " ".join(_WORD.findall(header.upper()))
    return text.replace(" ", "") if _SPACED_OUT.fullmatch(text) else text


@cache
def field_of(header: str) -> str | None:
    """The field that a header names, None when it names none; "ignored" for columns known to be of no use here.

    >>> [field_of(h) for h in ("NO. KTP", "Tempat/Tgl. Lahir", "JENIS KELAMIN L", "NIK LAMA", "TANGAL LHR", "Pdg")]
    ['nik', 'birth', 'male', 'ignored', 'birth_date', None]
    """
    bare = normal(re.sub(r"\([^)]*\)", " ", header))  # "(L/P)", "(dd-mm-yyyy)", "(NIK)" only explain
    whole = normal(header)
    if not whole or len(whole) > 60:
        return None
    long = " ".join(SHORT_WORDS.get(word, word) for word in (bare or whole).split())
    for text in dict.fromkeys((bare or whole, whole, long, _corrected(long))):
        for name, pattern in _COMPILED:
            if pattern.fullmatch(text):
                return name
    return None


def _corrected(text: str) -> str:
    """Misspelt words of headers put right: TANGAL LAHIR, PEKERJAN."""
    return " ".join(_corrected_word(word) if len(word) >= 5 else word for word in text.split())


@lru_cache(50_000)
def _corrected_word(word: str) -> str:
    near = process.extractOne(word, _VOCABULARY, scorer=fuzz.ratio, score_cutoff=85)
    return near[0] if near else word


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """What one column was taken for. `confidence` 0-1: 1 header and content agree, 0.5 content alone or a doubtful
    header."""

    letter: str
    header: str
    field: str | None
    confidence: float


def name_columns(headers: list[str], parents: list[str], body: pl.DataFrame) -> list[tuple[str | None, float]]:
    """Field and confidence for every column of a table. `headers` the lowest header cell of a column, `parents` what
    stands over it (empty when nothing), `body` the text cells under them."""
    samples = _samples(body) if body.width else []
    found = [
        _with_content(_by_header(header, parent), bool(header or parent), sample)
        for header, parent, sample in zip(headers, parents, samples, strict=True)
    ]
    _one_each(found)
    _weigh_cards(found, body)
    _place_beside_date(found)
    _parts_without_parent(found, headers, parents, body)
    named = {field for field, _ in found}
    if "birth_day" in named and "birth_year" not in named:  # "TTL | Tanggal" is the whole date
        found = [("birth_date" if field == "birth_day" else field, sure) for field, sure in found]
    return found


def _by_header(header: str, parent: str) -> str | None:
    both = f"{parent} {header}".strip()
    if parent and header:
        return field_of(both) or field_of(header) or field_of(parent)
    return field_of(both)


class _Sample(NamedTuple):
    """The first 200 cells of a column that hold something, and which share of them are numbers of 15 to 17 digits, and
    of 16."""

    cells: pl.Series
    identities: float
    niks: float


def _samples(body: pl.DataFrame) -> list[_Sample]:
    cells = body.select(pl.all().drop_nulls().head(200).implode())
    digits = pl.all().explode().str.replace_all(r"['`\u00b4\u2019\u2018\s\u00a0.\-]", "")
    shares = [cells.select(digits.str.contains(form).mean()).row(0) for form in (r"^\d{15,17}$", r"^\d{16}$")]
    return [_Sample(column[0], *of) for column, *of in zip(cells, *shares, strict=True)]


def _with_content(field: str | None, has_header: bool, sample: _Sample) -> tuple[str | None, float]:
    """Corrects or confirms a field by a sample of what stands in the column."""
    cells, identities, niks = sample
    if cells.len() < 3:
        return field, 0.8 if field else 0.0
    if field in ("kpj", "npp", "nib") and niks > 0.6:
        return "nik", 0.6  # member numbers are shorter
    if identities > 0.6 and field not in ("nik", "kk", "ignored", "kpj", "npp"):
        return "nik", 0.5 + 0.1 * cells.n_unique() / len(cells)  # family cards repeat, NIKs do not
    if field is not None:
        return field, 1.0 if field not in ("nik", "kk") or identities > 0.3 else 0.7
    return _by_content(cells) if not has_header else (None, 0.0)


def _by_content(sample: pl.Series) -> tuple[str | None, float]:
    """A column without a header: sex, birth date and name can be told by what stands in it."""
    texts = sample.to_list()
    if sum(sex(t) is not None for t in texts) > 0.8 * len(texts):
        return "sex", 0.5
    read = [parse_place_and_day(t, 11) for t in texts]
    if sum(r.state == "ok" for r in read) > 0.6 * len(texts):
        return ("birth" if sum(r.place is not None for r in read) > len(texts) / 2 else "birth_date"), 0.5
    words = _share(sample.str.contains(r"^[\p{L}'.,\u2019 ]{3,}$"))
    if words > 0.9 and sample.n_unique() > 0.8 * sample.len():
        return "name", 0.4
    return None, 0.0


def _weigh_cards(found: list[tuple[str | None, float]], body: pl.DataFrame) -> None:
    """Puts NIK and family card right where the headers are exchanged: the digits of birth inside a NIK are those of the
    birth column, and women have a day above 40, which no card has."""
    cards = [n for n, (field, _) in enumerate(found) if field == "kk"]
    if len(cards) != 1:
        return
    card = cards[0]
    niks = [n for n, (field, _) in enumerate(found) if field == "nik"]
    births = [n for n, (field, _) in enumerate(found) if field in ("birth", "birth_date")]
    sample = body.head(200)
    card_share = _person_share(sample[:, card], sample[:, births[0]] if births else None)
    nik_share = max((_person_share(sample[:, n], sample[:, births[0]] if births else None) for n in niks), default=0.0)
    if (card_share > 0.6 and nik_share < 0.2) or (not births and card_share > 0.2 and not niks):
        for n in niks:
            found[n] = ("kk", found[n][1])
        found[card] = ("nik", 0.7)


def _person_share(cells: pl.Series, births: pl.Series | None) -> float:
    """The share of numbers whose digits agree with the birth beside them; without births, of those of women."""
    fitting = seen = 0
    days = births.to_list() if births is not None else [None] * len(cells)
    for text, birth in zip(cells.to_list(), days, strict=True):
        digits = re.sub(r"\D", "", text or "")
        if len(digits) != 16 or (births is not None and not birth):
            continue
        seen += 1
        day = int(digits[6:8])
        if births is None:
            fitting += 40 < day <= 71
        elif read := parse_place_and_day(birth or "", 11).day:
            fitting += f"{day - 40 if day > 40 else day:02d}{digits[8:12]}" == f"{read:%d%m%y}"
    return fitting / seen if seen >= 3 else 0.0


def _place_beside_date(found: list[tuple[str | None, float]]) -> None:
    """ "Tempat" right before the date of birth is the place of birth, not where somebody is."""
    for n in range(len(found) - 1):
        if found[n][0] == "location" and found[n + 1][0] in ("birth_date", "birth_day"):
            found[n] = ("birth_place", found[n][1])


def _parts_without_parent(
    found: list[tuple[str | None, float]], headers: list[str], parents: list[str], body: pl.DataFrame
) -> None:
    """Day, month and year, or L and P, each under a header of its own with nothing above: what they are part of is told
    by their standing together; three columns under one "TGL LAHIR" by what stands in them."""
    for n in range(len(found) - 2):
        if (
            found[n][0] in ("birth_date", "birth")
            and not any(headers[n + 1 : n + 3])
            and _are_parts(body[:, n : n + 3])
        ):
            found[n : n + 3] = [("birth_day", 0.8), ("birth_month", 0.8), ("birth_year", 0.8)]
    fields = {field for field, _ in found}
    words = [normal(header) if not parent else "" for header, parent in zip(headers, parents, strict=True)]
    for parts, names in _PARTS:
        if fields & set(_INSTEAD[names[0]]):
            continue
        for n in range(len(words) - len(parts) + 1):
            if all(word in part for word, part in zip(words[n:], parts, strict=False)):
                found[n : n + len(parts)] = [(name, 0.8) for name in names]
                break


def _are_parts(body: pl.DataFrame) -> bool:
    """Do most lines hold a day, a month and a year in three cells?"""
    rows = body.head(200).drop_nulls()
    if rows.height < 3:
        return False
    forms = (r"^(0?[1-9]|[12]\d|3[01])$", r"^(0?[1-9]|1[0-2]|\p{L}{3,10})$", r"^('?\d\d|(19|20)\d\d)$")
    return all(_share(rows[:, n].str.contains(form)) >= 0.7 for n, form in enumerate(forms))


def _share(flags: pl.Series) -> float:
    return int(flags.sum()) / max(len(flags), 1)


def _one_each(found: list[tuple[str | None, float]]) -> None:
    """Every field once: the surest column keeps it, the first among equals."""
    best: dict[str, int] = {}
    for column, (field, confidence) in enumerate(found):
        if field is None or field in ("ignored", "note"):
            continue
        holder = best.get(field)
        if holder is None:
            best[field] = column
        elif confidence > found[holder][1]:
            found[holder] = (_second(field, found[holder][1]), 0.4)
            best[field] = column
        else:
            found[column] = (_second(field, confidence), 0.4)


def _second(field: str, confidence: float) -> str:
    """What the less sure of two columns is: beside the NIK, numbers told by their look alone are family cards."""
    if field == "nik" and confidence < _BY_HEADER:
        return "kk"
    return "note" if field in ("address", "activity") else "ignored"


def is_header_word(text: str) -> bool:
    """Could this cell be part of a header? Short, without many digits, and a word that headers are made of."""
    return len(text) <= 45 and not re.search(r"\d{3}", text) and (
        field_of(text) is not None
        or bool(_WORDS_OF_HEADERS.search(normal(text)))
        or normal(text) in ("L", "P", "LK", "PR")
    )  # fmt: skip
