"""Which records of two tables are worth comparing, beyond the keys of `candidates`: the whole name with the village or
the birth date; in smaller tables any two traits in common, as long as few records share both. In larger ones a key that
more than a few share counts within a district only, or else pairs would grow with the square of the rows."""

from __future__ import annotations

import polars as pl

from jangkau.core.linkage.candidates import Keys, keyed, likely_keys
from jangkau.core.linkage.pairs.forms import Forms

_RAREST_WORDS = 4  # of an address
_MOST_RECORDS = 200_000  # tables with more are compared by the keys of `candidates` alone
_GROUP = 30  # records that may share two traits; more tell nothing
_FEW = 4  # records of large tables that may share a key wherever they live


def keys_of(forms: Forms) -> tuple[Keys, Keys]:
    """Keys of the left and of the right records."""
    nothing = pl.lit(None, dtype=pl.UInt32)
    tables = [t.with_columns(kpj=nothing, village="village_code") for t in (forms.left, forms.right)]
    keys = [likely_keys(table, forms.names) for table in tables]
    strong = [pl.concat([k.strong, *_whole_names(t, forms.names)]) for k, t in zip(keys, tables, strict=True)]
    if forms.left.height + forms.right.height <= _MOST_RECORDS:
        traits = _traits(forms)
        strong = [pl.concat([k, _two_traits(traits.filter(pl.col("side") == n))]) for n, k in enumerate(strong)]
    else:
        strong = _narrowed(strong, tables)
    return Keys(strong[0], keys[0].weak), Keys(strong[1], keys[1].weak)


def _whole_names(table: pl.DataFrame, names: pl.DataFrame) -> list[pl.DataFrame]:
    whole = table.join(names.select("name_id", "whole"), on="name_id", how="left", maintain_order="left")
    return [keyed(whole, kind, column, "whole").drop("dateless") for kind, column in ((12, "village"), (13, "day"))]


def _narrowed(keys: list[pl.DataFrame], tables: list[pl.DataFrame]) -> list[pl.DataFrame]:
    """The keys that occur on both sides; those that more than a few records share with the district in them."""
    left, right = keys
    few = _FEW if all(table["district"].count() for table in tables) else _GROUP
    left = left.join(right.select("key").unique(), on="key", how="semi")
    right = right.join(left.select("key").unique(), on="key", how="semi")
    shared = pl.concat([left, right]).group_by("key").len().filter(pl.col("len") > few).select("key", shared=True)
    area = pl.coalesce("district", "home").cast(pl.Int64)
    narrow = pl.when("shared").then(pl.col("key") * 1_000_003 + pl.col("area")).otherwise("key")
    return [
        side.join(shared, on="key", how="left")
        .with_columns(area=table.select(area).to_series().gather(side["at"]))
        .select(key=narrow, at="at")
        .drop_nulls("key")
        for side, table in zip((left, right), tables, strict=True)
    ]


def _traits(forms: Forms) -> pl.DataFrame:
    """side, at, trait (u32): tokens of the name, day, village, birth place, the rarest words of the address
    and its first letters."""
    both = pl.concat([
        t.with_row_index("at").with_columns(side=pl.lit(n, dtype=pl.Int8))
        for n, t in enumerate((forms.left, forms.right))
    ])  # fmt: skip
    at = ["side", "at"]
    tokens = both.join(forms.names.select("name_id", "keys"), on="name_id").explode("keys", empty_as_null=False)
    words = both.select(*at, trait=pl.col("address").str.split(" ")).drop_nulls().explode("trait", empty_as_null=False)
    words = (
        words.unique().with_columns(n=pl.len().over("trait"))
        .sort(*at, "n", "trait").filter(pl.int_range(pl.len()).over(at) < _RAREST_WORDS)
    )  # fmt: skip
    named = [
        words.select(*at, trait=pl.format("w{}", "trait")),
        both.select(*at, trait=pl.format("a{}", pl.col("address").str.replace_all("[^A-Z]", "").str.slice(0, 4))),
        tokens.select(*at, trait=pl.format("n{}", "keys")),
        *(both.select(*at, trait=pl.format(c + "{}", c)) for c in ("day", "village_code", "birth_place")),
    ]
    return (
        pl.concat(named)
        .drop_nulls()
        .unique()
        .with_columns(pl.col("trait").rank("dense").cast(pl.Int64))
        .sort(*at, "trait")
    )


def _two_traits(traits: pl.DataFrame) -> pl.DataFrame:
    pairs = traits.join(traits, on="at", suffix="_2").filter(pl.col("trait") < pl.col("trait_2"))
    keys = pairs.select(key=(pl.col("trait") * 4_000_000_007 + pl.col("trait_2")) * 16 + 15, at="at")
    return keys.filter(pl.len().over("key") <= _GROUP)
