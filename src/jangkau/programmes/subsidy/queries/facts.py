"""Everything that judging and ranking the nominees of a scheme needs, as frames: whole schemes at once, for actions."""

from __future__ import annotations

from datetime import date

import polars as pl

from jangkau.core.measures.coverage import COVERED, member_states
from jangkau.core.measures.eligibility import NOMINEE_SCHEMA, Criteria
from jangkau.core.rules import parameters
from jangkau.programmes.subsidy.models import Scheme
from jangkau.programmes.subsidy.queries.money import months_of, segment_of
from jangkau.registry.lists.queries import measured_on
from jangkau.registry.people.gateways import bulk
from jangkau.registry.people.queries import survivors

_NOMINEES = """
SELECT n.id, n.person_id, n.nik, n.birth_date, n.village_id, n.occupation, n.decile, n.state, n.reasons, n.missing,
    n.field_check, n.civil_check, p.kk, p.deceased, p.moved_out
FROM subsidy_nominee n LEFT JOIN people_person p ON p.id = n.person_id
WHERE n.scheme_id = %s AND n.state <> 'left' ORDER BY n.id
"""
_NOMINEE_COLUMNS: dict[str, pl.DataType] = {
    "nominee": pl.Int64(), "person_id": pl.Int64(), "nik": pl.String(), "birth_date": pl.Date(),
    "village_code": pl.String(), "occupation": pl.String(), "decile": pl.Int64(), "state": pl.String(),
    "reasons": pl.String(), "missing": pl.String(), "field_check": pl.String(), "civil_check": pl.String(),
    "kk": pl.String(), "deceased": pl.Boolean(), "moved_out": pl.Boolean(),
}  # fmt: skip
_MEMBERS = """
SELECT person_id, segment, since, paid_until FROM people_membership
WHERE paid_until IS NOT NULL AND person_id IN (SELECT person_id FROM subsidy_nominee WHERE scheme_id = %s)
"""
_MEMBER_COLUMNS: dict[str, pl.DataType] = {
    "person_id": pl.Int64(), "segment": pl.String(), "since": pl.Date(), "paid_until": pl.Date()
}  # fmt: skip
_FUNDED = "SELECT person_id, nik, scheme_id, month FROM subsidy_fundedmonth WHERE answer <> 'refused' AND month >= %s"
_FUNDED_COLUMNS: dict[str, pl.DataType] = {
    "person_id": pl.Int64(), "nik": pl.String(), "scheme": pl.Int64(), "month": pl.Date()
}  # fmt: skip
_FAMILIES = """
SELECT kk, COUNT(*) FROM people_person WHERE kk IN (
    SELECT p.kk FROM subsidy_nominee n JOIN people_person p ON p.id = n.person_id WHERE n.scheme_id = %s
) GROUP BY kk
"""


def as_of(scheme: Scheme) -> date:
    """The day on which the register is read: that of the last measurement, else the first day of the scheme."""
    return measured_on() or scheme.first_month


def criteria_of(scheme: Scheme) -> Criteria:
    """What a scheme asks of a worker; never more than the law's own age limit at registration."""
    limit = parameters()["bpu_age_limit"].on(scheme.first_month).content
    return Criteria(
        area=scheme.area_id,
        on=scheme.first_month,
        youngest=scheme.youngest,
        oldest=min(scheme.oldest, int(str(limit))),
        occupations=tuple(scheme.occupations),
        highest_decile=scheme.highest_decile,
        needs_field_check=scheme.needs_field_check,
        needs_civil_check=scheme.needs_civil_check,
    )


def nominees_to_judge(scheme: Scheme, as_of: date) -> pl.DataFrame:
    """Everybody proposed for a scheme who has not left, in NOMINEE_SCHEMA (but dependants) with their `state, reasons,
    missing` of today and `kk`; who is covered is read on `as_of`."""
    people = bulk.read(_NOMINEES, _NOMINEE_COLUMNS, [scheme.pk]).with_columns(
        person_id=pl.col("person_id").replace(survivors())
    )
    funded = bulk.read(_FUNDED, _FUNDED_COLUMNS, [str(months_of(scheme)[0].plus(-12).first_day)])
    last = months_of(scheme)[-1].first_day
    other = funded.filter((pl.col("scheme") != scheme.pk) & pl.col("month").is_between(scheme.first_month, last))
    told = people.join(_active(scheme, as_of), on="person_id", how="left", maintain_order="left").with_columns(
        funded_elsewhere=_named_in(other)
    )
    # a cover that government pays is no reason against paying it further
    paid_for = _named_in(funded) & pl.col("active_segment").is_in(["bpu", segment_of(scheme)])
    segment = pl.when(~paid_for).then("active_segment")
    judged = told.with_columns(active_segment=segment, dependants=pl.lit(None, dtype=pl.Int64))
    return judged.cast(dict(NOMINEE_SCHEMA.items()))


def with_dependants(scheme: Scheme, people: pl.DataFrame) -> pl.DataFrame:
    """`people` with `dependants`: how many others of the same family card the register knows."""
    families = bulk.read(_FAMILIES, {"kk": pl.String(), "size": pl.Int64()}, [scheme.pk])
    joined = people.drop("dependants").join(families, on="kk", how="left", maintain_order="left")
    return joined.with_columns(dependants=pl.col("size") - 1)


def _named_in(funded: pl.DataFrame) -> pl.Expr:
    persons, niks = funded["person_id"].drop_nulls().unique(), funded["nik"].drop_nulls().unique()
    return pl.col("person_id").is_in(persons.implode()).fill_null(False) | pl.col("nik").is_in(
        niks.implode()
    ).fill_null(False)


def _active(scheme: Scheme, as_of: date) -> pl.DataFrame:
    """person_id, active_segment: pu where any covered membership is no self-employed one, else bpu."""
    members = bulk.read(_MEMBERS, _MEMBER_COLUMNS, [scheme.pk])
    own = pl.col("segment").eq_missing("bpu")
    frames = [
        member_states(members.filter(own if segment == "bpu" else ~own), as_of)
        .filter(pl.col("state").is_in(COVERED))
        .select("person_id", active_segment=pl.lit(segment))
        for segment in ("pu", "bpu")
    ]
    return pl.concat(frames).unique("person_id", keep="first", maintain_order=True)
