"""Which records are worth comparing: those that share a selective key. The number of pairs stays in proportion to the
number of records, because every key holds the birth date, the village with RT and RW, the family card or a number of
its own, and because groups that are too large (placeholders such as 1 January) are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import polars as pl

from jangkau.core.linkage.resemblance import Bools

_LARGE = 300  # records under one key; a key that more records share tells nothing
_PART = 150_000  # records whose pairs are in memory at once


class Keys(NamedTuple):
    """Keys of records (key i64, at u32: position of the record): `strong` ones, and `weak` ones without a birth date
    (with `dateless`), which count only where one of the two records lacks the date."""

    strong: pl.DataFrame
    weak: pl.DataFrame


def number_keys(records: pl.DataFrame) -> Keys:
    """NIK and KPJ alone."""
    strong = pl.concat([keyed(records, 1, "nik"), keyed(records, 2, "kpj")])
    return Keys(strong.drop("dateless"), strong.clear())


def likely_keys(records: pl.DataFrame, forms: pl.DataFrame) -> Keys:
    """NIK; KPJ; birth date with a token, the head of the name, or the village; village, RT, RW and the whole name;
    family card and a token. Weak: village, RT, RW with a token or the head of the name; district and whole name."""
    places = ("village", "rt", "rw")
    named = records.select(
        "day", "kk", *places, area=pl.coalesce("district", "home"), at=pl.int_range(pl.len(), dtype=pl.UInt32)
    ).hstack(forms.select(pl.col("keys", "head", "whole", "run").gather(records["name_id"])))
    tokens = named.select("at", "day", "kk", *places, "keys").explode("keys", empty_as_null=True)
    strong = pl.concat([
        number_keys(records).strong,
        *(
            frame.drop("dateless")
            for frame in (
                keyed(tokens, 3, "day", "keys"),
                keyed(named, 4, "day", "head"),
                keyed(named, 5, "day", "village"),
                keyed(named, 6, "village", "rt", "rw", "whole"),
                keyed(tokens, 7, "kk", "keys"),
            )
        ),
    ])  # fmt: skip
    weak = pl.concat([
        keyed(tokens, 8, "village", "rt", "rw", "keys"),
        keyed(named, 9, "village", "rt", "rw", "head"),
        keyed(named, 10, "area", "whole"),
        keyed(named, 11, "area", "run"),
    ])  # fmt: skip
    return Keys(strong, weak)


def pairs_in_parts(
    left: Keys, right: Keys, height: int, worth: Callable[[pl.DataFrame], Bools] | None = None
) -> Iterator[pl.DataFrame]:
    """Pairs (left, right: positions, u32), each once and in order, for one stretch of the `height` left records after
    the other, so that memory does not grow with the lists. Those that are not `worth` it are left out."""
    strong, weak = _shared(left.strong, right.strong), _shared(left.weak, right.weak)
    bare = weak.filter(pl.col("dateless")) if weak.height else weak
    for start in range(0, height, _PART):
        here = pl.col("at").is_between(start, start + _PART, closed="left")
        some = left.weak.filter(here)
        found = [_match(left.strong.filter(here), strong), _match(some, bare)]
        if some.height:
            found.append(_match(some.filter(pl.col("dateless")), weak))
        pairs = pl.concat(found)
        yield (pairs if worth is None else pairs.filter(worth(pairs))).unique().sort("left", "right")


def keyed(records: pl.DataFrame, kind: int, *columns: str) -> pl.DataFrame:
    """key, at, dateless: one number for the values of `columns`, for the records that have them all. Two sets of
    values may fall on one number; that costs a comparison and no more, since every pair is weighed by the values."""
    at = records if "at" in records.columns else records.with_row_index("at")
    key = pl.lit(kind, dtype=pl.Int64)
    for column in columns:
        key = key * 1_000_003 + pl.col(column).cast(pl.Int64)
    return at.select(key=key, at="at", dateless=pl.col("day").is_null()).drop_nulls("key")


def _shared(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """The keys of `right` that stand in `left`, too (in one frame: those of several records), without those that more
    than 300 records share."""
    if left is right:
        counted = right.group_by("key").len()
        return right.join(counted.filter(pl.col("len").is_between(2, _LARGE)), on="key", how="semi")
    return without_large(right.join(left, on="key", how="semi"))


def without_large(keys: pl.DataFrame) -> pl.DataFrame:
    """`keys` without those that more than 300 records share."""
    large = keys.group_by("key").len().filter(pl.col("len") > _LARGE)
    return keys.join(large, on="key", how="anti") if large.height else keys


def _match(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    joined = left.select("key", left="at").join(right.select("key", right="at"), on="key")
    return joined.select("left", "right")
