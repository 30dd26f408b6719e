"""Which records of two tables are worth comparing, beyond the keys of `candidates`: the whole name in a village, and in
smaller tables any two traits in common, as long as few records share both."""

from __future__ import annotations

import polars as pl

from jangkau.core.linkage.candidates import Keys, keyed, likely_keys
from jangkau.core.linkage.pairs.forms import Forms

_RAREST_WORDS = 4  # of an address
_MOST_RECORDS = 200_000  # tables with more are compared by the keys of `candidates` alone
_GROUP = 30  # records that may share two traits; more tell nothing


def keys_of(forms: Forms) -> tuple[Keys, Keys]:
    """Keys of the left and of the right records."""
    sides = []
    traits = _traits(forms) if forms.left.height + forms.right.height <= _MOST_RECORDS else None
    for number, table in enumerate((forms.left, forms.right)):
        named = table.with_columns(kpj=pl.lit(None, dtype=pl.UInt32), village="village_code")
        keys = likely_keys(named, forms.names)
        whole = named.with_row_index("at").join(forms.names.select("name_id", "whole"), on="name_id")
        strong = [keys.strong, keyed(whole, 12, "village", "whole").drop("dateless")]
        if traits is not None:
            strong.append(_two_traits(traits.filter(pl.col("side") == number)))
        sides.append(Keys(pl.concat(strong), keys.weak))
    return sides[0], sides[1]


def _traits(forms: Forms) -> pl.DataFrame:
    """side, at, trait (u32): tokens of the name, day, village, birth place, and the rarest words of the address."""
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
