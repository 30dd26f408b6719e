"""The tables that cross the border of this room, and the order in which kinds of lists speak.
Source: docs/adr/0001-the-loop.md."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

PEOPLE_SCHEMA: dict[str, pl.DataType] = {
    "person_id": pl.Int64(),
    "nik": pl.String(),
    "kk": pl.String(),
    "name": pl.String(),
    "sex": pl.String(),
    "birth_date": pl.Date(),
    "birth_place": pl.String(),
    "mother_name": pl.String(),
    "village_code": pl.String(),
    "district_code": pl.String(),
    "address": pl.String(),
    "rt": pl.String(),
    "rw": pl.String(),
    "phone": pl.String(),
    "occupation": pl.String(),
    "employer": pl.String(),
    "segment": pl.String(),
    "monthly_income": pl.Int64(),
    "decile": pl.Int8(),
    "deceased": pl.Boolean(),
    "deceased_on": pl.Date(),
    "moved_out": pl.Boolean(),
}

LINK_SCHEMA: dict[str, pl.DataType] = {
    "row_id": pl.Int64(),
    "person_id": pl.Int64(),
    "link_state": pl.String(),
    "probability": pl.Float64(),
    "decision": pl.String(),
    "candidate_id": pl.Int64(),
}

# Lower ranks are linked first and win where sources disagree: registers kept by the state (civil, poverty), then
# memberships (paid for, checked at registration) and the branch's answers, then the agencies' and agents' lists,
# villages, project rosters; who left is sought last, among all the others.
_RANKS = {
    "civil_register": 0, "poverty": 10, "membership": 20, "confirmation": 25, "perisai": 30,
    "non_asn": 40, "village_officials": 41, "fishers": 42, "farmers": 43, "workers": 60, "jakon": 80,
    "deaths_and_moves": 85,
}  # fmt: skip
_LAST = 90


class LinkOutcome(NamedTuple):
    """`links` in LINK_SCHEMA, one line for every row, by row_id; `next_id` is the first person id not given yet."""

    links: pl.DataFrame
    next_id: int


def kind_rank(kind: str) -> int:
    """The place of a kind of list in the order of authority (0 first, 90 for kinds nobody has ranked).

    >>> kind_rank("poverty") < kind_rank("membership") < kind_rank("workers") < kind_rank("jakon") < kind_rank("?")
    True
    """
    return _RANKS.get(kind, _LAST)


def with_columns_of(frame: pl.DataFrame, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """`frame` in the columns and types of `schema`; what it lacks is null, what else it has is dropped."""
    return frame.select(
        pl.col(name).cast(kind) if name in frame.columns else pl.lit(None, dtype=kind).alias(name)
        for name, kind in schema.items()
    )
