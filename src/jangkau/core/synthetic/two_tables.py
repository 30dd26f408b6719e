"""Two tables about the people of an invented regency, with the slips of village and office lists: what a linkage is
measured on. Rates are those of `mess`; lost digits and columns that a list does not have count as missing."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.random import Generator

from jangkau.core.synthetic import words
from jangkau.core.synthetic.mess import OFFICE, Habits

_LOST_DIGITS, _NO_BIRTH_DATES = 1 / 12, 1 / 12  # of the villages: number cells, lists without the column
_COLUMNS = ("id", "nik", "name", "sex", "birth_date")
_PLACE, _FAMILY = ("village_code", "address", "rt", "rw"), ("kk", "mother_name")
# What the right table states beside _COLUMNS: a register of families, a list of an office, the branch's export.
_STATES = {"register": (*_PLACE, *_FAMILY), "office": ("village_code",), "export": ()}


class TwoTables(NamedTuple):
    """`left` and `right` in canonical person columns as text, rows shuffled; `pairs` (left_id, right_id): the truth."""

    left: pl.DataFrame
    right: pl.DataFrame
    pairs: pl.DataFrame


def two_tables(people: pl.DataFrame, *, left: int, right: int, seed: int, like: str = "office") -> TwoTables:
    """`left` of the `people` of an invented regency as villages write them, and `right` of them in a table `like` a
    register of families, the list of an office, or the branch's export. The same arguments give the same tables."""
    rng = np.random.Generator(np.random.PCG64([seed, left, right]))
    some = people[rng.permutation(people.height)[:left]]
    others = people[rng.permutation(people.height)[:right]]
    village = some["village_code"].fill_null("").rank("dense").to_numpy()
    careless, silent = (rng.random(int(village.max()) + 1) < share for share in (_LOST_DIGITS, _NO_BIRTH_DATES))
    first = _written(some, rng, Habits()).with_columns(
        nik=pl.when(~pl.Series(careless[village])).then("nik"),
        birth_date=pl.when(~pl.Series(silent[village])).then("birth_date"),
    )
    if like != "register":
        first = first.drop(_FAMILY)
    second = _written(others, rng, OFFICE).select("person_id", *_COLUMNS, *_STATES[like])
    pairs = first.select("person_id", left_id="id").join(second.select("person_id", right_id="id"), on="person_id")
    return TwoTables(first.drop("person_id"), second.drop("person_id"), pairs.select("left_id", "right_id"))


def _written(people: pl.DataFrame, rng: Generator, habits: Habits) -> pl.DataFrame:
    count = people.height
    written = people.with_columns(
        id=pl.Series(rng.permutation(count)).cast(pl.String),
        nik=_niks(people["nik"], rng, habits),
        name=_names(people, rng, habits),
        birth_date=_days(people["birth_date"], rng, habits),
        address=pl.format("KP {}", "hamlet"),
        rt=pl.col("rt").cast(pl.String).str.zfill(3),
        rw=pl.col("rw").cast(pl.String).str.zfill(3),
    )
    return written.select("person_id", *_COLUMNS, *_PLACE, *_FAMILY)


def _niks(niks: pl.Series, rng: Generator, habits: Habits) -> pl.Series:
    number = niks.cast(pl.Int64).to_numpy()
    draw = rng.random(len(number))
    power = 10 ** rng.integers(0, 10, len(number))
    digit = number // power % 10
    typed = number + ((digit + rng.integers(1, 10, len(number))) % 10 - digit) * power
    lost = draw < habits.nik_missing + habits.nik_short
    wrong = ~lost & (draw < habits.nik_missing + habits.nik_short + habits.nik_mistyped)
    text = pl.Series(np.where(wrong, typed, number)).cast(pl.String)
    return text.zip_with(pl.Series(~lost), pl.Series([None], dtype=pl.String))


def _days(days: pl.Series, rng: Generator, habits: Habits) -> pl.Series:
    draw = pl.Series(rng.random(days.len()))
    gone = habits.date_missing + habits.date_unreadable
    day, month = pl.col("d").dt.day(), pl.col("d").dt.truncate("1mo")
    shifted = month.dt.offset_by(pl.format("{}d", day % 28)) if habits.date_shifted else pl.col("d")
    frame = pl.DataFrame({"d": days, "draw": draw}).with_columns(
        d=pl.when(pl.col("draw") < gone).then(None)
        .when(pl.col("draw") < gone + habits.date_shifted).then(shifted).otherwise("d")
    )  # fmt: skip
    return frame["d"].dt.to_string("%Y-%m-%d")


def _names(people: pl.DataFrame, rng: Generator, habits: Habits) -> pl.Series:
    """One slip a name, if any."""
    count = people.height
    name, parts = pl.col("name"), pl.col("name").str.split(" ")
    at, long = pl.col("at"), pl.col("name").str.len_chars() > 4
    letter, after = name.str.slice(at, 1), name.str.slice(at + 1, 1)
    head, tail = name.str.slice(0, at), name.str.slice(at + 2)
    swapped = head + after + letter + tail
    doubled = head + letter + letter + after + tail
    several = parts.list.len() > 1
    edges = np.cumsum([habits.name_shortened, habits.name_mistyped, habits.name_run_together, habits.patronym])
    patronym = pl.when(pl.col("sex") == "P").then(pl.lit(" BINTI ")).otherwise(pl.lit(" BIN ")) + pl.col("father")
    frame = people.select(
        "name", "title", "sex",
        draw=pl.Series(rng.random(count)), titled=pl.Series(rng.random(count) < 2 / 3),
        way=pl.Series(rng.random(count) < 0.5),
        father=pl.Series(words.MEN[:40]).str.to_uppercase().gather(rng.integers(0, 40, count)),
        at=1 + pl.Series(rng.integers(0, 1 << 20, count)) % (pl.col("name").str.len_chars().cast(pl.Int64) - 3).clip(1),
    )  # fmt: skip
    return frame.select(
        pl.when((pl.col("title") != "") & pl.col("titled")).then(pl.col("title") + " ").otherwise(pl.lit(""))
        + pl.when((pl.col("draw") < edges[0]) & several)
        .then(parts.list.head(parts.list.len() - 1).list.join(" ") + " " + parts.list.last().str.slice(0, 1))
        .when(pl.col("draw").is_between(edges[0], edges[1]) & long & pl.col("way") & (letter != " ") & (after != " "))
        .then(swapped)
        .when(pl.col("draw").is_between(edges[0], edges[1]) & long).then(doubled)
        .when(pl.col("draw").is_between(edges[1], edges[2]) & several).then(name.str.replace(" ", "", literal=True))
        .when(pl.col("draw").is_between(edges[2], edges[3])).then(name + patronym)
        .otherwise(name)
    ).to_series()  # fmt: skip
