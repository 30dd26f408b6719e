"""Which rows of one list are the same person twice, and which share a NIK with somebody else? Only rows that could be
are compared: the same NIK, the same name and birth date, or the same birth date where a NIK is missing. Of rows
that repeat the first is never flagged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import polars as pl
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

_NOT_A_STREET = r"^(?:KP|KAMPUNG|DSN|DUSUN|JL|JALAN)\b|\bR[TW]\b|[^A-Z]"
_TITLES = re.compile(r"\b(?:H|HJ|KH|DRS|DRA|UST|USTAD|USTADZ|USTADZAH|BU|IBU|PAK|BPK|BAPAK)\b\.?")
_MOST = 400  # a group larger than this (1 January births) is compared by equal names alone


class _Row(NamedTuple):
    place: int
    nik: str | None
    digits: str | None
    name: str | None
    squashed: str | None
    birth_date: date | None
    home: str | None


def find_duplicates(rows: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Two masks over `rows` (in the order of the file): the row repeats an earlier person; the row carries the NIK of
    an different person. Uses nik, nik_digits, name, birth_date, rt, rw, address."""
    frame = rows.select(
        pl.int_range(pl.len(), dtype=pl.Int64).alias("place"),
        "nik",
        pl.col("nik_digits").alias("digits"),
        "name",
        pl.col("name").str.replace_all(r"[^A-Z]", "").alias("squashed"),
        "birth_date",
        pl.concat_str(
            ["rt", "rw", pl.col("address").str.to_uppercase().str.replace_all(_NOT_A_STREET, "")],
            separator="/",
        ).alias("home"),
    )
    repeated: set[int] = set()
    shared: set[int] = set()
    for group in _groups(frame, ["nik"], pl.col("nik").is_not_null()):
        _same_nik(group, repeated, shared)
    named = pl.col("squashed").str.len_chars() >= 3
    for group in _groups(frame, ["squashed", "birth_date"], named & pl.col("birth_date").is_not_null()):
        _same_name(group, repeated)
    slipped = frame.with_columns(serial=pl.col("nik").str.slice(12)).filter(pl.col("nik").is_not_null())
    for group in _groups(slipped, ["birth_date", "serial"], pl.col("birth_date").is_not_null()):
        _near_nik(group, repeated)
    lacking = pl.col("nik").is_null()
    dated = frame.filter(pl.col("birth_date").is_not_null() & named)
    near = dated.filter(pl.col("birth_date").is_in(dated.filter(lacking)["birth_date"].unique().implode()))
    for group in _groups(near, ["birth_date"], pl.lit(True)):
        _same_day(group, repeated)
    undated = frame.filter(named & pl.col("home").is_not_null())
    for group in _groups(undated, ["squashed", "home"], pl.lit(True)):
        _same_home(group, repeated)
    places = pl.int_range(rows.height, dtype=pl.Int64, eager=True)
    return places.is_in(pl.Series(list(repeated), dtype=pl.Int64).implode()), places.is_in(
        pl.Series(list(shared), dtype=pl.Int64).implode()
    )


def _groups(frame: pl.DataFrame, by: list[str], where: pl.Expr) -> Iterable[list[_Row]]:
    """Rows that agree on `by`, at least two, in the order of the file."""
    found = frame.filter(where).filter(pl.len().over(by) > 1)
    groups: dict[tuple[object, ...], list[_Row]] = defaultdict(list)
    keys = found.select(by).iter_rows()
    for key, row in zip(keys, found.select(_Row._fields).iter_rows(), strict=True):
        groups[key].append(_Row(*row))
    return groups.values()


def _same_nik(group: list[_Row], repeated: set[int], shared: set[int]) -> None:
    """People under one NIK: it belongs to the first whose birth date is the one in it, else to the first."""
    people: list[list[_Row]] = []
    for row in group:
        own = next((p for p in people[:_MOST] if any(_one_person(row, other) for other in p[:_MOST])), None)
        if own is None:
            people.append([row])
        else:
            own.append(row)
            repeated.add(row.place)
    owner = next((p for p in people if any(_born_as_numbered(row) for row in p)), people[0])
    shared.update(row.place for person in people if person is not owner for row in person)


def _born_as_numbered(row: _Row) -> bool:
    if row.nik is None or row.birth_date is None:
        return False
    day = int(row.nik[6:8])
    return f"{day - 40 if day > 40 else day:02d}{row.nik[8:12]}" == f"{row.birth_date:%d%m%y}"


def _one_person(row: _Row, other: _Row) -> bool:
    """Two rows with one NIK: the same person unless the names differ, or differ a little and the birth dates too."""
    if not row.name or not other.name:
        return row.birth_date is None or other.birth_date is None or row.birth_date == other.birth_date
    near = likeness(row.name, other.name)
    if row.birth_date is not None and other.birth_date is not None and row.birth_date != other.birth_date:
        return near >= 92
    return near >= 70


def _same_name(group: list[_Row], repeated: set[int]) -> None:
    """Same name and birth date; two different NIKs are two people unless they differ by a slip of the hand."""
    for count, row in enumerate(group):
        for other in group[:count]:
            if row.nik and other.nik and row.nik != other.nik and not _one_slip(row.nik, other.nik):
                continue
            if _one_number(row, other) and _one_house(row, other):
                repeated.add(row.place)


def _same_day(group: list[_Row], repeated: set[int]) -> None:
    """Same birth date, and at least one NIK is missing or damaged: the same person when the names differ only by a slip
    of the hand, or when one leaves words out at the same address. Neighbouring lines are more likely siblings."""
    if len(group) > _MOST:
        return
    for count, row in enumerate(group):
        for other in group[:count]:
            if (row.nik and other.nik) or row.place in repeated or not _one_number(row, other):
                continue
            shortened = bool(row.home) and row.place - other.place > 1 and _initials(row.name or "", other.name or "")
            if (slip_of_hand(row.name or "", other.name or "") or shortened) and _one_house(row, other):
                repeated.add(row.place)


def _near_nik(group: list[_Row], repeated: set[int]) -> None:
    """Same birth date, serial digits and name, and NIKs that differ by one slip."""
    for count, row in enumerate(group):
        for other in group[:count]:
            if _one_slip(row.nik or "", other.nik or "") and slip_of_hand(row.name or "", other.name or ""):
                repeated.add(row.place)


def _one_slip(nik: str, other: str) -> bool:
    """Could one number be the other mistyped? Not when only the district differs: namesakes next door."""
    return OSA.distance(nik, other) <= 2 and (nik[:4], nik[6:]) != (other[:4], other[6:])


def _same_home(group: list[_Row], repeated: set[int]) -> None:
    """Same name at the same address, a birth date missing on one side and no NIK that contradicts."""
    for count, row in enumerate(group):
        for other in group[:count]:
            dated = row.birth_date is not None and other.birth_date is not None
            if not dated and not (row.nik and other.nik) and _one_number(row, other):
                repeated.add(row.place)


def _one_number(row: _Row, other: _Row) -> bool:
    """Do the digits that are left not contradict each other? The last digit of a damaged number says nothing."""
    if not row.digits or not other.digits or (row.nik and other.nik):
        return True
    if len(row.digits) != 16 or len(other.digits) != 16:
        return OSA.distance(row.digits, other.digits) <= 2
    return row.digits[:15] == other.digits[:15]


def _one_house(row: _Row, other: _Row) -> bool:
    """RT and RW agree where both say them."""
    return not row.home or not other.home or row.home.split("/")[:2] == other.home.split("/")[:2]


def slip_of_hand(one: str, other: str) -> bool:
    """Do two names differ by order, blanks, titles, or letters doubled, dropped or swapped? One letter in place of
    another makes another name: twins are called so.

    >>> slip_of_hand("IORH SOLIHAT", "BU IROH SOLIHAT"), slip_of_hand("GUNAWANN", "GUNAWAN")
    (True, True)
    >>> slip_of_hand("AMELIA", "AMELII")
    False
    """
    first, second = (" ".join(_TITLES.sub(" ", name).replace(".", " ").split()) for name in (one, other))
    if sorted(first.split()) == sorted(second.split()):
        return True
    short, long = sorted((first.replace(" ", ""), second.replace(" ", "")), key=len)
    if len(short) < 4 or len(long) - len(short) > 2:
        return False
    if len(short) == len(long):
        return OSA.distance(short, long) <= 1 and sorted(short) == sorted(long)
    letters = iter(long)
    return all(letter in letters for letter in short)


def likeness(one: str, other: str) -> float:
    """0-100 how alike two names are: order, joined words, "binti ..." and initials do not count against it.

    >>> likeness("DADAN SAMSUDIN", "SAMSUDIN DADAN"), likeness("DADAN S.", "DADAN SAMSUDIN")
    (100.0, 95.0)
    """
    if one.replace(" ", "") == other.replace(" ", ""):
        return 100.0
    best = max(fuzz.token_sort_ratio(one, other), fuzz.ratio(one.replace(" ", ""), other.replace(" ", "")))
    if best < 95 and _initials(one, other):
        return 95.0
    return best


def _initials(one: str, other: str) -> bool:
    """Is the shorter name the longer with words left out or cut to a letter?"""
    short, long = sorted((one.replace(".", " ").split(), other.replace(".", " ").split()), key=len)
    if not short or (len(short) == 1 and len(long) > 1 and len(short[0]) < 3):
        return False
    rest = list(long)
    for word in short:
        hit = next((w for w in rest if w == word or (len(word) <= 2 and w.startswith(word))), None) or next(
            (w for w in rest if len(w) <= 2 and word.startswith(w)), None
        )
        if hit is None:
            return False
        rest.remove(hit)
    return True
