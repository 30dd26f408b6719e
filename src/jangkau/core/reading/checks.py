"""What is wrong with each row, across its columns and across the rows of its list? Codes are those of the kernel; what
a list does not ask for is not missing from it."""

from __future__ import annotations

import re
from datetime import date

import polars as pl

from jangkau.core.kernel import Gazetteer, Month
from jangkau.core.reading.cells.nik import date_differs, sex_differs
from jangkau.core.reading.duplicates import find_duplicates

MONTHS_OF_GRACE = 3  # unpaid months after which a membership that is called active contradicts itself
OLDEST, YOUNGEST = 65, 15
_ORDER = (
    "date_missing", "date_unreadable", "date_implausible", "name_missing", "other_village", "region_unknown",
    "region_ambiguous", "nik_missing", "nik_length", "nik_characters", "nik_precision_lost", "nik_region_unknown",
    "deceased", "moved_out_note", "status_contradicts_month", "over_age", "under_age", "nik_shared",
    "nik_birthdate_mismatch", "nik_sex_mismatch", "wage_unreadable", "duplicate_in_list", "second_membership",
    "struck_out",
)  # fmt: skip
_ACTIVE = r"^(?:AKTIF|ACTIVE|A)$"
_INACTIVE = r"NON|TIDAK|TDK|INACTIVE|KELUAR|LAPSED"
_DEAD = r"MENINGGAL|WAFAT|DEATH|DECEASED"


def check_people(
    rows: pl.DataFrame, kind: str, fields: frozenset[str], as_of: date, own: pl.Series, gazetteer: Gazetteer
) -> pl.DataFrame:
    """Adds `problems` (list of codes), `deceased` and `moved_out` to cleaned rows of people. `own`: the village of the
    row's list, null when it has none."""
    rows = _status(rows, kind, as_of)
    rows = rows.with_columns(
        deceased=pl.col("dead_name") | pl.col("dead_note") | pl.col("dead_status"), own_village=own
    )
    repeated, shared = find_duplicates(rows)
    flags = {
        **_nik_flags(rows, fields, gazetteer),
        **_date_flags(fields, as_of),
        "name_missing": pl.col("name").is_null(),
        "other_village": _other_village(kind),
        "region_unknown": pl.col("place_problem") == "region_unknown",
        "region_ambiguous": pl.col("place_problem") == "region_ambiguous",
        "deceased": pl.col("deceased"),
        "moved_out_note": pl.col("moved_out"),
        "status_contradicts_month": pl.col("contradicts"),
        "wage_unreadable": pl.col("income_bad"),
        "struck_out": pl.col("struck") if "struck" in rows.columns else pl.lit(False),
        "second_membership" if kind == "membership" else "duplicate_in_list": pl.lit(repeated),
        "nik_shared": pl.lit(shared),
    }
    return rows.with_columns(problems=problem_lists(rows, flags))


def check_others(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `problems` to rows of employers and events: only what concerns their place."""
    flags = {code: pl.col("place_problem") == code for code in ("region_unknown", "region_ambiguous")}
    nothing = pl.lit(False)
    return rows.with_columns(deceased=nothing, moved_out=nothing, problems=problem_lists(rows, flags))


def problem_lists(rows: pl.DataFrame, flags: dict[str, pl.Expr]) -> pl.Series:
    """One list of codes a row. Only the flags that occur at all are put together."""
    found = rows.select(**{code: flag.fill_null(False) for code, flag in flags.items()})
    used = [code for code in _ORDER if code in flags and found[code].any()]
    if not used:
        return pl.Series("problems", [[]], dtype=pl.List(pl.String)).new_from_index(0, rows.height)
    each = pl.sum_horizontal(pl.col(code).cast(pl.UInt32) * 2**n for n, code in enumerate(used))
    sets = found.select(each.alias("set")).to_series()
    met = sets.unique().sort()  # the same few sets of problems come again and again
    lists = [[code for n, code in enumerate(used) if met_set >> n & 1] for met_set in met.to_list()]
    return pl.Series("problems", lists, dtype=pl.List(pl.String))[met.search_sorted(sets)]


def _status(rows: pl.DataFrame, kind: str, as_of: date) -> pl.DataFrame:
    """A membership called active whose last month paid lies more than three months back contradicts itself, and so does
    one called inactive whose last month does not."""
    covered_from = Month.of(as_of).plus(-MONTHS_OF_GRACE).first_day
    status = pl.col("member_status")
    paid = pl.col("paid_until") >= covered_from
    if kind != "membership":
        return rows.with_columns(contradicts=pl.lit(False), dead_status=pl.lit(False))
    return rows.with_columns(
        contradicts=((status.str.contains(_ACTIVE) & ~paid) | (status.str.contains(_INACTIVE) & paid)).fill_null(False),
        dead_status=status.str.contains(_DEAD).fill_null(False),
    )


def _nik_flags(rows: pl.DataFrame, fields: frozenset[str], gazetteer: Gazetteer) -> dict[str, pl.Expr]:
    nik, state = pl.col("nik"), pl.col("nik_problem")
    asked = pl.lit("nik" in fields)
    flags: dict[str, pl.Expr] = {
        code: asked & (state == code) for code in ("nik_missing", "nik_length", "nik_characters", "nik_precision_lost")
    }
    flags["nik_birthdate_mismatch"] = date_differs(nik, pl.col("birth_date"))
    flags["nik_sex_mismatch"] = sex_differs(nik, pl.col("sex"))
    heads = rows["nik"].drop_nulls().str.head(6).unique()
    strange = [head for head in heads.to_list() if not known_head(head, gazetteer)]
    flags["nik_region_unknown"] = nik.str.head(6).is_in(strange)
    return flags


def known_head(head: str, gazetteer: Gazetteer) -> bool:
    """Do the first six digits of a NIK belong to a regency that exists? Districts split and old numbers stay valid, so
    the district part may be any number that a regency could have used."""
    return f"{head[:2]}.{head[2:4]}" in gazetteer and head[4:6] != "00"


def _date_flags(fields: frozenset[str], as_of: date) -> dict[str, pl.Expr]:
    asked = pl.lit(bool(fields & {"birth", "birth_date", "birth_day", "birth_month", "birth_year"}))
    state, born = pl.col("birth_state"), pl.col("birth_date")
    return {
        "date_missing": asked & (state == "missing"),
        "date_unreadable": asked & (state == "unreadable"),
        "date_implausible": state == "implausible",
        "over_age": born < _years_before(as_of, OLDEST + 1, after=True),
        "under_age": born > _years_before(as_of, YOUNGEST),
    }


def _years_before(day: date, years: int, *, after: bool = False) -> date:
    """The birthday that makes somebody exactly `years` old on `day` (29 February counts as 28); the day after when
    `after`."""
    try:
        found = day.replace(year=day.year - years)
    except ValueError:
        found = date(day.year - years, 2, 28)
    return date.fromordinal(found.toordinal() + 1) if after else found


def _other_village(kind: str) -> pl.Expr:
    """Somebody else's resident on a list of residents; rosters of works and of staff may hold anybody."""
    if kind not in ("workers", "poverty", "village_officials", "fishers", "deaths_and_moves"):
        return pl.lit(False)
    return pl.col("said_village").is_not_null() & (pl.col("said_village") != pl.col("own_village"))


def hide_numbers(text: str) -> str:
    """An excerpt that cannot hold a NIK: runs of six or more digits are starred.

    >>> hide_numbers("30/02/1975"), hide_numbers("3202014107905001")
    ('30/02/1975', '****')
    """
    return re.sub(r"\d(?:[ .\-]?\d){8,}", "****", text)[:60]
