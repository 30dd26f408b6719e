"""Who of those proposed may have the contribution paid by government, why not the others, and who comes first? Reasons
and steps: practice of West Java regencies (selection, field check, civil register, branch). The law's own ages and
amounts are given by the caller (core.rules). Leaves out: which of two people in a household should be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from jangkau.core.measures.coverage import age_on

# in the order in which the first is shown: who is meant, then facts of the person, then answers
REASONS = (
    "duplicate_in_list", "nik_invalid", "deceased", "moved", "nik_not_resident", "over_age", "under_age",
    "already_active_pu", "already_active_bpu", "funded_by_other", "decile_too_high", "job_not_eligible", "not_working",
    "refused", "no_answer",
)  # fmt: skip
QUOTA_FULL = "quota_full"
MISSING = ("nik", "birth_date", "village", "occupation", "field_check", "civil_check")
FIELD_ANSWERS = ("working", "not_working", "other_job", "moved", "deceased", "refused", "no_answer")
CIVIL_ANSWERS = ("valid", "invalid", "deceased", "moved")
LAST_DECILE = 11  # of somebody whose decile nobody stated: after all others

NOMINEE_SCHEMA: dict[str, pl.DataType] = {
    "nominee": pl.Int64(), "person_id": pl.Int64(), "nik": pl.String(), "birth_date": pl.Date(),
    "village_code": pl.String(), "occupation": pl.String(), "decile": pl.Int64(), "dependants": pl.Int64(),
    "deceased": pl.Boolean(), "moved_out": pl.Boolean(), "active_segment": pl.String(),
    "funded_elsewhere": pl.Boolean(), "field_check": pl.String(), "civil_check": pl.String(),
}  # fmt: skip


@dataclass(frozen=True)
class Criteria:
    """What a decree asks of a worker. Ages in completed years on `on`, both inclusive; `occupations` are words of which
    one must stand in the occupation (none: every job); deciles up to `highest_decile` (None: every decile)."""

    area: str
    on: date
    youngest: int
    oldest: int
    occupations: tuple[str, ...] = ()
    highest_decile: int | None = None
    needs_field_check: bool = False
    needs_civil_check: bool = False


def eligibility(nominees: pl.DataFrame, criteria: Criteria) -> pl.DataFrame:
    """`nominee, outcome, reasons, missing` for every row of `nominees` (NOMINEE_SCHEMA), in its order. `outcome` is
    eligible, refused (`reasons` says why, the first first) or to_check (`missing` says what nobody has told yet).

    A person or NIK proposed twice counts once, with the smallest number. What was found on the spot or by the civil
    register wins over what lists say of place and job.

    >>> someone = dict.fromkeys(NOMINEE_SCHEMA) | {"nominee": 1, "nik": "3202011203809001", "birth_date":
    ...     date(1980, 3, 12), "village_code": "32.02.01.2003", "active_segment": "bpu"}
    >>> criteria = Criteria("32.02", date(2026, 10, 1), youngest=15, oldest=64)
    >>> eligibility(pl.DataFrame([someone], schema=NOMINEE_SCHEMA), criteria).row(0)
    (1, 'refused', ['already_active_bpu'], [])
    """
    told = nominees.with_columns(age=age_on(criteria.on))
    reasons = _marks(told, _reasons(criteria), REASONS)
    missing = _marks(told, _missing(criteria), MISSING)
    refused, unknown = reasons.list.len() > 0, missing.list.len() > 0
    found = pl.DataFrame({"nominee": nominees["nominee"], "reasons": reasons, "missing": missing}).with_columns(
        outcome=pl.when(refused)
        .then(pl.lit("refused"))
        .when(unknown)
        .then(pl.lit("to_check"))
        .otherwise(pl.lit("eligible"))
    )
    return found.select("nominee", "outcome", "reasons", "missing")


def _marks(frame: pl.DataFrame, found: Mapping[str, pl.Expr], order: tuple[str, ...]) -> pl.Series:
    codes = [pl.when(found[code].fill_null(False)).then(pl.lit(code)) for code in order]
    return frame.select(marks=pl.concat_list(codes).list.drop_nulls())["marks"]


def _reasons(criteria: Criteria) -> dict[str, pl.Expr]:
    field, civil = pl.col("field_check"), pl.col("civil_check")
    inside = (pl.col("village_code") == criteria.area) | pl.col("village_code").str.starts_with(f"{criteria.area}.")
    seen = field.eq_missing("working")
    return {
        "duplicate_in_list": _again("person_id") | _again("nik"),
        "nik_invalid": (pl.col("nik").is_not_null() & ~_well_formed()) | civil.eq_missing("invalid"),
        "deceased": pl.col("deceased").fill_null(False) | field.eq_missing("deceased") | civil.eq_missing("deceased"),
        "moved": pl.col("moved_out").fill_null(False) | field.eq_missing("moved"),
        "nik_not_resident": civil.eq_missing("moved") | (~inside & ~civil.eq_missing("valid") & ~seen),
        "over_age": pl.col("age") > criteria.oldest,
        "under_age": pl.col("age") < criteria.youngest,
        "already_active_pu": pl.col("active_segment").is_in(["pu", "jakon", "pmi"]),
        "already_active_bpu": pl.col("active_segment") == "bpu",
        "funded_by_other": pl.col("funded_elsewhere"),
        "decile_too_high": pl.col("decile") > criteria.highest_decile
        if criteria.highest_decile is not None
        else pl.lit(False),
        "job_not_eligible": field.eq_missing("other_job") | (~_job(criteria) & ~seen),
        "not_working": field == "not_working",
        "refused": field == "refused",
        "no_answer": field == "no_answer",
    }


def _missing(criteria: Criteria) -> dict[str, pl.Expr]:
    seen = pl.col("field_check").eq_missing("working")
    known = seen | pl.col("civil_check").eq_missing("valid")
    return {
        "nik": pl.col("nik").is_null(),
        "birth_date": pl.col("birth_date").is_null(),
        "village": pl.col("village_code").is_null() & ~known,
        "occupation": pl.col("occupation").is_null() & ~seen & bool(criteria.occupations),
        "field_check": pl.col("field_check").is_null() & criteria.needs_field_check,
        "civil_check": pl.col("civil_check").is_null() & criteria.needs_civil_check,
    }


def _again(key: str) -> pl.Expr:
    """Was the same key proposed before, under a smaller number?"""
    return pl.col(key).is_not_null() & (pl.col("nominee") > pl.col("nominee").min().over(key))


def _well_formed() -> pl.Expr:
    """16 digits whose seventh to twelfth are a date (women: day + 40)."""
    nik = pl.col("nik")
    day = nik.str.slice(6, 2).cast(pl.Int64, strict=False)
    rest = (day - 40 * (day > 40).cast(pl.Int64)).cast(pl.String).str.zfill(2)
    written = pl.concat_str(nik.str.slice(10, 2), nik.str.slice(8, 2), rest, separator="-")
    dates = [
        (pl.lit(century) + written).str.to_date("%Y-%m-%d", strict=False).is_not_null() for century in ("20", "19")
    ]
    return nik.str.contains(r"^\d{16}$") & (dates[0] | dates[1]).fill_null(False)


def _job(criteria: Criteria) -> pl.Expr:
    if not criteria.occupations:
        return pl.lit(True)
    words = [word.upper() for word in criteria.occupations]
    return pl.col("occupation").str.to_uppercase().str.contains_any(words)


def ranked(nominees: pl.DataFrame, on: date) -> pl.DataFrame:
    """`nominee, village_code, rank` (1 comes first) of `nominees` (columns of NOMINEE_SCHEMA): the lowest decile first
    (unknown last), among them the oldest on `on`, among them those with most dependants; ties by person, then by
    number of the nomination.

    >>> row = dict.fromkeys(NOMINEE_SCHEMA) | {"birth_date": date(1980, 1, 1)}
    >>> two = pl.DataFrame([row | {"nominee": 1, "decile": 3}, row | {"nominee": 2, "decile": 1}], NOMINEE_SCHEMA)
    >>> ranked(two, date(2026, 1, 1))["nominee"].to_list()
    [2, 1]
    """
    keyed = nominees.with_columns(
        age=age_on(on).fill_null(-1),
        decile=pl.col("decile").fill_null(LAST_DECILE),
        dependants=pl.col("dependants").fill_null(0),
    )
    order = keyed.sort(
        "decile", "age", "dependants", "person_id", "nominee", descending=[False, True, True, False, False],
        nulls_last=True,
    )  # fmt: skip
    return order.select("nominee", "village_code", rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))


def chosen(order: pl.DataFrame, places: int, of_village: Mapping[str, int] | None, reserve: int) -> pl.DataFrame:
    """`nominee, rank, outcome` of people in `order` (see `ranked`): selected while there are `places` in all and in the
    village (`of_village`: code to places; None: villages have no quota of their own), then `reserve` people in reserve,
    then quota_full.

    >>> order = pl.DataFrame({"nominee": [5, 6, 7], "village_code": ["a", "a", "b"], "rank": [1, 2, 3]})
    >>> chosen(order, 2, {"a": 1, "b": 1}, 1)["outcome"].to_list()
    ['selected', 'reserve', 'selected']
    """
    room = pl.lit(True)
    if of_village is not None:
        quota = pl.col("village_code").replace_strict(dict(of_village), default=0, return_dtype=pl.Int64)
        room = pl.col("rank").cum_count().over("village_code") <= quota
    sorted_ = order.sort("rank").with_columns(room=room)
    taken = sorted_.with_columns(selected=pl.col("room") & (pl.col("room").cum_sum() <= places))
    waiting = (~pl.col("selected")).cum_sum()
    return taken.select(
        "nominee",
        "rank",
        outcome=pl.when("selected")
        .then(pl.lit("selected"))
        .when(waiting <= reserve)
        .then(pl.lit("reserve"))
        .otherwise(pl.lit(QUOTA_FULL)),
    )
