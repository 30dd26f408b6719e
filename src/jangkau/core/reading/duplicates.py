"""Which rows of one list are the same person twice, and which share a NIK with somebody else? Only rows that could be
are compared: the same NIK, the same name and birth date, or the same birth date where a NIK is missing. Of rows
that repeat the first is never flagged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

import numpy as np
import polars as pl
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from jangkau.core.reading.pairs import (
    Bits,
    Bools,
    Places,
    few_letters_apart,
    initials_of,
    letters_of,
    pairs_in,
    within,
)

_NOT_A_STREET = r"^(?:KP|KAMPUNG|DSN|DUSUN|JL|JALAN)\b|\bR[TW]\b|[^A-Z]"
_TITLES = re.compile(r"\b(?:H|HJ|KH|DRS|DRA|UST|USTAD|USTADZ|USTADZAH|BU|IBU|PAK|BPK|BAPAK)\b\.?")
_MOST = 400  # rows before a row that it is compared with; days with more births are compared by equal names alone
_Maybe = Callable[[Places, Places], Bools]


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
    an different person. Uses nik, nik_digits, name, birth_date, rt, rw, address. In groups that are larger than any
    family or namesakes (all born on 1 January) a row is compared with the 400 before it."""
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
    search = _Search(frame, np.zeros(frame.height, dtype=np.bool_), np.zeros(frame.height, dtype=np.bool_))
    dated, named = pl.col("birth_date").is_not_null(), pl.col("squashed").str.len_chars() >= 3
    search.same_nik()
    search.compare(search.groups(["squashed", "birth_date"], named & dated), _same_name)
    letters = letters_of(frame.select(pl.col("name").str.replace_all(_TITLES.pattern, " ")).to_series())
    slipped = search.groups(["birth_date", pl.col("nik").str.slice(12)], dated & pl.col("nik").is_not_null())
    search.compare(slipped, _near_nik, lambda row, other: few_letters_apart(letters[row], letters[other]))
    open_days = frame.filter(dated & named & pl.col("nik").is_null())["birth_date"].unique()
    near = search.groups(["birth_date"], named & pl.col("birth_date").is_in(open_days.implode()))
    search.compare(near.filter(near.list.len() <= _MOST), _same_day, _maybe_same_day(frame, rows, letters))
    search.compare(search.groups(["squashed", "home"], named & pl.col("home").is_not_null()), _same_home)
    return pl.Series(search.repeated), pl.Series(search.shared)


class _Search(NamedTuple):
    """The rows of a list, and what is known of each so far."""

    frame: pl.DataFrame
    repeated: Bools
    shared: Bools

    def groups(self, by: list[str | pl.Expr], where: pl.Expr) -> pl.Series:
        """The places of rows that agree on `by`, at least two, in the order of the file."""
        groups = self.frame.lazy().filter(where).group_by(by).agg("place").select("place")
        return groups.filter(pl.col("place").list.len() > 1).collect()["place"]

    def rows(self, places: Places) -> Iterator[_Row]:
        return map(_Row._make, self.frame[places].select(_Row._fields).iter_rows())

    def same_nik(self) -> None:
        groups = self.groups(["nik"], pl.col("nik").is_not_null())
        if not len(groups):
            return
        rows = self.rows(groups.explode().to_numpy())
        for size in groups.list.len().to_list():
            _same_nik(list(islice(rows, size)), self.repeated, self.shared)

    def compare(self, groups: pl.Series, same: Callable[[_Row, _Row], bool], maybe: _Maybe | None = None) -> None:
        """Marks every row that is the `same` as an earlier one of its group; only pairs that `maybe` lets through are
        looked at closely."""
        for later, earlier in pairs_in(groups, self.repeated, _MOST):
            if maybe is not None:
                kept = maybe(later, earlier)
                later, earlier = later[kept], earlier[kept]
            if len(later):
                for row, other in zip(self.rows(later), self.rows(earlier), strict=True):
                    if same(row, other):
                        self.repeated[row.place] = True


def _maybe_same_day(frame: pl.DataFrame, rows: pl.DataFrame, letters: Bits) -> _Maybe:
    """Could two rows be one person by `_same_day`? What can be told from arrays."""
    lacking = frame["nik"].is_null().to_numpy()
    homed = frame["home"].is_not_null().to_numpy()
    house = rows.select(pl.concat_str("rt", "rw", separator="/").hash()).to_series().to_numpy()
    initials = initials_of(frame["name"])

    def maybe(row: Places, other: Places) -> Bools:
        elsewhere = homed[row] & homed[other] & (house[row] != house[other])
        shortened = homed[row] & (row - other > 1) & within(initials[row], initials[other])
        alike = few_letters_apart(letters[row], letters[other]) | shortened
        kept: Bools = (lacking[row] | lacking[other]) & ~elsewhere & alike
        return kept

    return maybe


def _same_nik(group: list[_Row], repeated: Bools, shared: Bools) -> None:
    """People under one NIK: it belongs to the first whose birth date is the one in it, else to the first."""
    people: list[list[_Row]] = []
    for row in group:
        own = next((p for p in people[:_MOST] if any(_one_person(row, other) for other in p[:_MOST])), None)
        if own is None:
            people.append([row])
        else:
            own.append(row)
            repeated[row.place] = True
    owner = next((p for p in people if any(_born_as_numbered(row) for row in p)), people[0])
    shared[[row.place for person in people if person is not owner for row in person]] = True


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


def _same_name(row: _Row, other: _Row) -> bool:
    """Same name and birth date; two different NIKs are two people unless they differ by a slip of the hand."""
    if row.nik and other.nik and row.nik != other.nik and not _one_slip(row.nik, other.nik):
        return False
    return _one_number(row, other) and _one_house(row, other)


def _same_day(row: _Row, other: _Row) -> bool:
    """Same birth date, and at least one NIK is missing or damaged: the same person when the names differ only by a slip
    of the hand, or when one leaves words out at the same address. Neighbouring lines are more likely siblings."""
    if (row.nik and other.nik) or not _one_number(row, other):
        return False
    shortened = bool(row.home) and row.place - other.place > 1 and _initials(row.name or "", other.name or "")
    return (slip_of_hand(row.name or "", other.name or "") or shortened) and _one_house(row, other)


def _near_nik(row: _Row, other: _Row) -> bool:
    """Same birth date, serial digits and name, and NIKs that differ by one slip."""
    return _one_slip(row.nik or "", other.nik or "") and slip_of_hand(row.name or "", other.name or "")


def _one_slip(nik: str, other: str) -> bool:
    """Could one number be the other mistyped? Not when only the district differs: namesakes next door."""
    return OSA.distance(nik, other) <= 2 and (nik[:4], nik[6:]) != (other[:4], other[6:])


def _same_home(row: _Row, other: _Row) -> bool:
    """Same name at the same address, a birth date missing on one side and no NIK that contradicts."""
    dated = row.birth_date is not None and other.birth_date is not None
    return not dated and not (row.nik and other.nik) and _one_number(row, other)


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
