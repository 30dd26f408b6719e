"""Which records are worth comparing: those that share a selective key. The number of pairs stays in proportion to the
number of records, because every key holds the birth date, the village with RT and RW, the family card or a number of
its own, and because groups that are too large (placeholders such as 1 January) are left out."""

from __future__ import annotations

import polars as pl

_LARGE = 400  # records under one key and one side; a key that more records share tells nothing
PAIR_SCHEMA = {"left": pl.UInt32, "right": pl.UInt32}


def number_pairs(left: pl.DataFrame, right: pl.DataFrame, column: str) -> pl.DataFrame:
    """Pairs (left, right: positions, u32) with the same value in `column` (nik or kpj)."""
    return _pairs([_keyed(left, 0, column)], [_keyed(right, 0, column)])


def likely_pairs(left: pl.DataFrame, right: pl.DataFrame, forms: pl.DataFrame) -> pl.DataFrame:
    """Pairs (left, right: positions, u32), each once, that agree on the birth date and a token, the head of the name
    or the village; on village, RT, RW and the whole name; on the family card and a token; when one of them has no
    birth date, also on village, RT, RW and a token or the head of the name, and on the district and the whole name."""
    return _pairs(_keys(left, forms), _keys(right, forms))


def _keys(records: pl.DataFrame, forms: pl.DataFrame) -> list[pl.DataFrame]:
    named = (
        records.with_row_index("at")
        .join(forms.select("name_id", "keys", "head", "whole", "run"), on="name_id", how="left", maintain_order="left")
        .with_columns(area=pl.coalesce("district", "home"))
    )
    tokens = named.explode("keys", empty_as_null=True)
    return [
        _keyed(tokens, 1, "day", "keys"),
        _keyed(named, 2, "day", "head"),
        _keyed(named, 3, "day", "village"),
        _keyed(tokens, 4, "village", "rt", "rw", "keys"),
        _keyed(named, 5, "village", "rt", "rw", "whole"),
        _keyed(tokens, 6, "kk", "keys"),
        _keyed(named, 7, "area", "whole"),
        _keyed(named, 8, "area", "run"),
        _keyed(named, 9, "village", "rt", "rw", "head"),
    ]


def _keyed(records: pl.DataFrame, kind: int, *columns: str) -> pl.DataFrame:
    """The positions of the records that have all of `columns`, with the columns as k0, k1, ..."""
    at = records if "at" in records.columns else records.with_row_index("at")
    return (
        at.select(
            "at",
            pl.col("day").is_null().alias("dateless"),
            *[pl.col(c).cast(pl.Int64).alias(f"k{i}") for i, c in enumerate(columns)],
        )
        .drop_nulls([f"k{i}" for i in range(len(columns))])
        .with_columns(kind=pl.lit(kind))
    )


_DATELESS_KINDS = (4, 7, 8, 9)  # keys without birth date and without the whole name: only where a date is missing


def _pairs(left: list[pl.DataFrame], right: list[pl.DataFrame]) -> pl.DataFrame:
    found = [_join(a, b) for a, b in zip(left, right, strict=True)]
    return pl.concat(found).unique().sort("left", "right")


def _join(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    keys = [c for c in left.columns if c.startswith("k") and c != "kind"]
    kind = int(left["kind"][0]) if left.height else 0
    small = [frame.filter(pl.len().over(keys) <= _LARGE) for frame in (left, right)]
    if kind in _DATELESS_KINDS:  # one of the two must lack the date
        bare = [frame.filter(pl.col("dateless")) for frame in small]
        return pl.concat([_match(bare[0], small[1], keys), _match(small[0], bare[1], keys)])
    return _match(small[0], small[1], keys)


def _match(left: pl.DataFrame, right: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    joined = left.select("at", *keys).join(right.select("at", *keys), on=keys)
    return joined.select(left=pl.col("at").cast(pl.UInt32), right=pl.col("at_right").cast(pl.UInt32))
