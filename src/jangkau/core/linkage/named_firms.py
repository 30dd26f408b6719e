"""Which employer does a name in an outreach log or on a form mean? The same name within the district, else the one of
nearly that name; where two could be meant, none. The likeness is that of `employers`."""

from __future__ import annotations

import polars as pl
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from jangkau.core.linkage.employers import ALIKE, APART, FEWEST_LETTERS, employer_key


def match_named_firms(named: pl.DataFrame, employers: pl.DataFrame) -> pl.Series:
    """The `employer_id` (Int64, null where none or several could be meant) for every line of `named`: `employer,
    district_code`. `employers`: `employer_id, name, district_code`.

    >>> firms = pl.DataFrame({"employer_id": [1], "name": ["PT Maju Jaya"], "district_code": ["32.02.16"]})
    >>> said = pl.DataFrame({"employer": ["Maju Jaya PT.", "CV Lain"], "district_code": ["32.02.16", "32.02.16"]})
    >>> match_named_firms(said, firms).to_list()
    [1, None]
    """
    firms = employers.select("employer_id", "district_code", key=employer_key(pl.col("name"))).filter(
        pl.col("key").str.len_chars() >= FEWEST_LETTERS
    )
    one = firms.group_by("key", "district_code").agg(pl.col("employer_id").first(), n=pl.len()).filter(pl.col("n") == 1)
    asked = named.select("district_code", key=employer_key(pl.col("employer")))
    exact = asked.join(one, on=["key", "district_code"], how="left", maintain_order="left")["employer_id"]
    near = _nearly(asked.filter(exact.is_null()).unique().drop_nulls(), firms)
    if near.is_empty():
        return exact
    by_likeness = asked.join(near, on=["key", "district_code"], how="left", maintain_order="left")["employer_id"]
    return exact.fill_null(by_likeness)


def _nearly(asked: pl.DataFrame, firms: pl.DataFrame) -> pl.DataFrame:
    """`key, district_code, employer_id` where one firm of the district is nearly of that name and no other as much."""
    found = []
    for (district,), names in asked.filter(pl.col("key").str.len_chars() >= FEWEST_LETTERS).group_by("district_code"):
        there = firms.filter(pl.col("district_code") == district)
        if there.is_empty():
            continue
        alike = cdist(names["key"].to_list(), there["key"].to_list(), scorer=JaroWinkler.normalized_similarity) * 100
        for key, row in zip(names["key"], alike, strict=True):
            best = int(row.argmax())
            rest = max((value for place, value in enumerate(row) if place != best), default=0)
            if row[best] >= ALIKE and rest + APART <= row[best]:
                found.append((key, district, there["employer_id"][best]))
    schema = {"key": pl.String, "district_code": pl.String, "employer_id": pl.Int64}
    return pl.DataFrame(found, schema=schema, orient="row")
