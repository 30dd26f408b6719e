"""Which number did this employer have last time? Employers are composed anew from the lists that stand; a case that
was opened on one must find it again. An employer is known by its NIB, then its NPP, then its cleaned name within the
district; every key it was ever seen with leads to its number. Without NIB and NPP a new name is a new employer."""

from __future__ import annotations

import polars as pl

from jangkau.core.linkage.employers import FEWEST_LETTERS, employer_key

KEY_SCHEMA: dict[str, pl.DataType] = {"key": pl.String(), "number": pl.Int64()}


def number_employers(employers: pl.DataFrame, known: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`employers` (EMPLOYER_SCHEMA) with the `employer_id` they had before, new ones numbered on from the highest; and
    the keys that are new, in KEY_SCHEMA like `known`. No two employers get one number: of two that claim it the one
    with the stronger key keeps it, then the one that stands first.

    >>> firm = pl.DataFrame({"employer_id": [1], "nib": ["0123456789012"], "npp": [None], "name": ["PT MAJU"],
    ...                      "district_code": ["32.02.01"]}, schema_overrides={"npp": pl.String})
    >>> numbered, keys = number_employers(firm, pl.DataFrame({"key": ["nib:0123456789012"], "number": [7]}))
    >>> numbered["employer_id"].item(), keys.rows()
    (7, [('name:MAJU|32.02.01', 7)])
    """
    keys = _keys(employers)
    claims = keys.join(known, on="key").sort("strength", "place")
    number_of: dict[int, int] = {}
    taken: set[int] = set()
    for place, number in claims.select("place", "number").iter_rows():
        if place not in number_of and number not in taken:
            number_of[place] = number
            taken.add(number)
    following = int(known["number"].max() or 0) + 1  # type: ignore[arg-type]  # a whole number, or None when empty
    for place in range(employers.height):
        if place not in number_of:
            number_of[place] = following
            following += 1
    numbers = pl.Series("employer_id", [number_of[place] for place in range(employers.height)], dtype=pl.Int64)
    fresh = keys.join(known, on="key", how="anti").unique("key", keep="first", maintain_order=True)
    return employers.with_columns(numbers), fresh.select("key", number=numbers.gather(fresh["place"]))


def _keys(employers: pl.DataFrame) -> pl.DataFrame:
    """`key, place (row of employers), strength (0 the strongest)`."""
    name = employer_key(pl.col("name"))
    told = employers.with_row_index("place").select(
        pl.col("place").cast(pl.Int64),
        pl.format("nib:{}", "nib").alias("0"),
        pl.format("npp:{}", "npp").alias("1"),
        pl.when(name.str.len_chars() >= FEWEST_LETTERS)
        .then(pl.format("name:{}|{}", name, pl.col("district_code").fill_null("?")))
        .alias("2"),
    )
    long = told.unpivot(index="place", variable_name="strength", value_name="key").drop_nulls("key")
    return long.sort("strength", "place")
