"""Which row of one table is which row of another: equal NIKs that the name confirms first, then whatever two records
may have in common, weighed by a model; one row, one partner, and a reason for each pair."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from jangkau.core.linkage.candidates import pairs_in_parts
from jangkau.core.linkage.decisions import HALF
from jangkau.core.linkage.pairs.choosing import choose_pairs
from jangkau.core.linkage.pairs.estimating import WORTH, estimate, prior
from jangkau.core.linkage.pairs.forms import Forms, as_forms, canonical, nik_number, with_text
from jangkau.core.linkage.pairs.keys import keys_of
from jangkau.core.linkage.pairs.model import Model, levels_of, weigh
from jangkau.core.linkage.pairs.reasons import reasons

PAIR_SCHEMA: dict[str, pl.DataType] = {
    "left_id": pl.String(),
    "right_id": pl.String(),
    "probability": pl.Float64(),
    "decision": pl.String(),
    "evidence": pl.String(),
}
Engine = Callable[[Forms, Model, float], pl.DataFrame]
_ENOUGH = 100  # rows in each table from which on a model can be estimated
_SAMPLE = 40_000  # right rows that are enough to estimate from


class PairOutcome(NamedTuple):
    """`pairs` in PAIR_SCHEMA (decision link or review, by the order of the left table); `model`: the one used."""

    pairs: pl.DataFrame
    model: Model


def weighed_pairs(forms: Forms, model: Model, odds: float) -> pl.DataFrame:
    """Every candidate pair (left, right: positions) with its weight in `bits`, the prior `odds` included."""
    weighed = [pl.DataFrame(schema={"left": pl.UInt32, "right": pl.UInt32, "bits": pl.Float64})]
    for pairs in pairs_in_parts(*keys_of(forms), forms.left.height):
        part = pairs.with_columns(bits=weigh(forms, pairs, levels_of(forms, pairs), model, odds))
        weighed.append(part.filter(pl.col("bits") > WORTH))
    return pl.concat(weighed)


def link_tables(
    left: pl.DataFrame, right: pl.DataFrame, *, model: Model | None = None, engine: Engine = weighed_pairs
) -> PairOutcome:
    """Links two tables in canonical person columns (`id` and whatever of CANONICAL there is; all as text).

    Without `model` the shipped one is used where both tables mostly state a NIK, else one estimated from the tables.
    `engine` brings candidate pairs together and weighs them: this one, or `splink_pairs`.

    >>> left = pl.DataFrame({"id": ["a"], "nik": ["3202016009769004"], "name": ["ITA SUMARNI"]})
    >>> right = pl.DataFrame({"id": ["x"], "nik": ["3202016009769004"], "name": ["Ita Sumarni"]})
    >>> link_tables(left, right).pairs.rows()
    [('a', 'x', 1.0, 'link', 'NIK sama; nama sama')]
    """
    sides = canonical(left), canonical(right)
    certain = _same_nik_same_name(*sides)
    rest = _without(sides, certain)
    forms = as_forms(*(side.drop("at") for side in rest))
    model = model or _fitting(forms, sides)
    chosen = _chosen(forms, model, engine)
    placed = chosen.with_columns(left=rest[0]["at"].gather(chosen["left"]), right=rest[1]["at"].gather(chosen["right"]))
    both = pl.concat([certain, placed.select(certain.columns)]).sort("left", "right")
    return PairOutcome(_with_ids(sides, both), model)


def link_by_regency(
    left: pl.DataFrame, right: pl.DataFrame, *, model: Model | None = None, engine: Engine = weighed_pairs
) -> PairOutcome:
    """As `link_tables`, one regency after the other (by the village code), so that few rows are compared at a time;
    then whoever found nobody among the rest of all regencies: people who moved. Without `model` the shipped one.

    >>> ita = {"id": "a", "name": "ITA SUMARNI", "birth_date": "1976-09-20", "nik": "3202016009769004"}
    >>> left = pl.DataFrame([ita | {"village_code": "32.02.01.2001"}])
    >>> right = pl.DataFrame([ita | {"village_code": "32.04.05.2003", "name": "ITA SUMARNO"}])
    >>> link_by_regency(left, right).pairs["decision"].to_list()
    ['link']
    """
    chosen = model or Model.shipped()
    sides = canonical(left), canonical(right)
    certain = _same_nik_same_name(*sides)
    found = [_with_ids(sides, certain)]
    open_rows = [side.drop("at") for side in _without(sides, certain)]
    areas = [set(_regency(side).drop_nulls()) for side in open_rows]
    for area in sorted(areas[0] & areas[1]):
        here = [side.filter(_regency(side) == area) for side in open_rows]
        pairs = link_tables(*here, model=chosen, engine=engine).pairs
        found.append(pairs.filter(pl.col("decision") == "link"))
    linked = pl.concat(found)
    rest = [
        side.filter(~pl.col("id").is_in(linked[name].implode()))
        for name, side in zip(("left_id", "right_id"), open_rows, strict=True)
    ]
    pairs = pl.concat([linked, link_tables(*rest, model=chosen, engine=engine).pairs])
    order = sides[0].select(left_id="id").with_row_index("at")
    return PairOutcome(pairs.join(order, on="left_id").sort("at", "right_id").drop("at"), chosen)


def _regency(side: pl.DataFrame) -> pl.Series:
    place = pl.col("village_code").str.slice(0, 5) if "village_code" in side.columns else pl.lit(None, dtype=pl.String)
    return side.select(place.alias("regency")).to_series()


def _with_ids(sides: tuple[pl.DataFrame, pl.DataFrame], found: pl.DataFrame) -> pl.DataFrame:
    ids = [side["id"].gather(found[at]).alias(f"{at}_id") for at, side in zip(("left", "right"), sides, strict=True)]
    return found.select(*ids, "probability", "decision", "evidence")


def train(left: pl.DataFrame, right: pl.DataFrame, *, trained: dict[str, Any]) -> Model:
    """A model of what equal NIKs leave open in two tables, for later tables like them; `trained` says what they are."""
    sides = canonical(left), canonical(right)
    forms = as_forms(*(side.drop("at") for side in _without(sides, _same_nik_same_name(*sides))))
    return _estimated(forms, Model.shipped())._replace(trained=trained)


def _without(sides: tuple[pl.DataFrame, pl.DataFrame], certain: pl.DataFrame) -> list[pl.DataFrame]:
    return [
        side.with_row_index("at").filter(~pl.col("at").is_in(certain[name].implode()))
        for name, side in zip(("left", "right"), sides, strict=True)
    ]


def _same_nik_same_name(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Rows with the same NIK, which nobody else in their table has, and the same name to the letter."""
    sides = []
    for side in (left, right):
        at = pl.int_range(pl.len(), dtype=pl.UInt32).alias("at")
        known = with_text(side, ("nik", "name")).select(at, "name", nik=nik_number(pl.col("nik"))).drop_nulls("nik")
        alone = known.filter(known["nik"].is_unique()).drop_nulls("name")
        sides.append(alone.with_columns(pl.col("name").str.to_uppercase()))
    both = sides[0].join(sides[1], on=["nik", "name"]).sort("at")
    told = {"probability": pl.lit(1.0), "decision": pl.lit("link"), "evidence": pl.lit("NIK sama; nama sama")}
    return both.select(left="at", right="at_right", **told)


def _fitting(forms: Forms, sides: tuple[pl.DataFrame, pl.DataFrame]) -> Model:
    shipped = Model.shipped()
    numbered = all("nik" in side.columns and side["nik"].null_count() <= side.height / 2 for side in sides)
    if numbered or min(forms.left.height, forms.right.height) < _ENOUGH:
        return shipped
    return _estimated(forms, shipped._replace(names_must_agree=False, link_from=HALF))


def _estimated(forms: Forms, start: Model) -> Model:
    """From all rows, or in large tables from as many right rows as are enough."""
    if forms.right.height > _SAMPLE:
        draw = np.random.Generator(np.random.PCG64(forms.right.height))
        some = np.sort(draw.choice(forms.right.height, _SAMPLE, replace=False))
        forms = forms._replace(right=forms.right[some])
    pairs = pl.concat(list(pairs_in_parts(*keys_of(forms), forms.left.height)))
    return estimate(forms, pairs, levels_of(forms, pairs), start)


def _chosen(forms: Forms, model: Model, engine: Engine) -> pl.DataFrame:
    size = forms.left.height, forms.right.height
    odds = prior(min(size), *size)
    together = engine(forms, model, odds).filter(pl.col("bits") > WORTH)
    links = choose_pairs(together, model.link_from).filter(pl.col("decision") == "link").height
    fewer = prior(links, *size) - odds  # what the first look tells about how many rows have a partner at all
    chosen = choose_pairs(together.with_columns(pl.col("bits") + fewer), model.link_from)
    pairs = chosen.select("left", "right")
    return chosen.with_columns(evidence=reasons(levels_of(forms, pairs), model, chosen))
