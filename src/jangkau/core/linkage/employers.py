"""Which licences, company reports and branch records speak of the same employer, and what that shows. Joined on NIB,
then NPP, then the cleaned name within the district; what a list does not say stays empty. Findings are those that
follow from counts alone: not registered (pwbd), part of the workers (pds_tk), arrears."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

EMPLOYER_SCHEMA: dict[str, pl.DataType] = {
    "employer_id": pl.Int64(),
    "npp": pl.String(),
    "nib": pl.String(),
    "name": pl.String(),
    "village_code": pl.String(),
    "district_code": pl.String(),
    "scale": pl.String(),
    "workers_found": pl.Int64(),
    "workers_registered": pl.Int64(),
    "monthly_income": pl.Int64(),
    "programmes": pl.String(),
    "arrears_months": pl.Int64(),
    "arrears": pl.Int64(),
    "finding": pl.String(),
}
_FORMS = r"\b(PT|CV|UD|PD|TOKO|KOPERASI|YAYASAN|PERUM|FIRMA|TB|APOTEK|KLINIK|TBK|PERSERO)\b"


def employer_key(name: pl.Expr) -> pl.Expr:
    """A firm's name without its legal form, punctuation and spaces, so that spellings of one firm meet.

    >>> pl.select(employer_key(pl.lit("Maju Jaya, CV."))).item()
    'JAYAMAJU'
    """
    words = name.str.to_uppercase().str.replace_all(r"[^A-Z0-9 ]", " ").str.replace_all(_FORMS, " ")
    return (
        words.str.strip_chars()
        .str.split(" ")
        .list.eval(pl.element().filter(pl.element() != ""))
        .list.sort()
        .list.join("")
    )


def compose_employers(lists: Sequence[pl.DataFrame], registered: pl.DataFrame) -> pl.DataFrame:
    """One line per employer in EMPLOYER_SCHEMA. `lists`: data rows of licences, company_reports and branch_employers,
    each with a column `kind`; `registered`: `npp, workers_registered` counted from the memberships."""
    if not lists:
        return pl.DataFrame(schema=EMPLOYER_SCHEMA)
    rows = (
        pl.concat(lists, how="diagonal_relaxed")
        .filter(pl.col("employer").is_not_null() | pl.col("nib").is_not_null() | pl.col("npp").is_not_null())
        .with_columns(
            name_key=employer_key(pl.col("employer")),
            district=pl.coalesce("district_code", pl.col("village_code").str.slice(0, 8)),
        )
        .with_row_index("n")
    )
    return _compose(rows.with_columns(group=_groups(rows)), registered)


def _groups(rows: pl.DataFrame) -> pl.Series:
    """The lowest row number that shares a NIB, an NPP, or name and district, spread until nothing changes."""
    group = rows["n"].cast(pl.Int64)
    place_name = pl.when(pl.col("name_key").str.len_chars() >= 3).then(
        pl.concat_str("name_key", pl.col("district").fill_null("?"), separator="|")
    )
    frame = rows.select("nib", "npp", place=place_name)
    while True:
        before = group
        for key in ("nib", "npp", "place"):
            lowest = frame.with_columns(g=group).select(
                pl.when(pl.col(key).is_null()).then(pl.col("g")).otherwise(pl.col("g").min().over(key))
            )
            group = lowest.to_series()
        if group.equals(before):
            return group


def _compose(rows: pl.DataFrame, registered: pl.DataFrame) -> pl.DataFrame:
    branch = pl.col("kind") == "branch_employers"
    first = {
        name: pl.col(name).sort_by(~branch).drop_nulls().first()
        for name in ("npp", "nib", "village_code", "scale", "programmes", "arrears_months", "arrears", "monthly_income")
    }
    employers = (
        rows.sort("n")
        .group_by("group", maintain_order=True)
        .agg(
            name=pl.col("employer").sort_by(~branch).drop_nulls().first(),
            district_code=pl.col("district").drop_nulls().first(),
            workers_found=pl.col("workers").filter(~branch).max().cast(pl.Int64),
            stated=pl.col("workers").filter(branch).max().cast(pl.Int64),
            in_branch=branch.any(),
            **first,
        )
        .join(registered, on="npp", how="left")
        .with_columns(workers_registered=pl.coalesce("workers_registered", "stated").fill_null(0).cast(pl.Int64))
    )
    not_registered = ~pl.col("in_branch") & (pl.col("workers_registered") == 0)
    partly = ~not_registered & (pl.col("workers_registered") < pl.col("workers_found"))
    late = pl.col("arrears_months").fill_null(0) > 0
    findings = pl.concat_list(
        pl.when(not_registered & (pl.col("workers_found").fill_null(0) > 0)).then(pl.lit("pwbd")),
        pl.when(partly).then(pl.lit("pds_tk")),
        pl.when(late).then(pl.lit("arrears")),
    ).list.drop_nulls()
    return (
        employers.with_columns(
            finding=pl.when(findings.list.len() > 0)
            .then(findings.list.join("|"))
            .when(not_registered)
            .then(pl.lit(""))
            .otherwise(pl.lit("registered"))
        )
        .with_row_index("employer_id", offset=1)
        .select(pl.col(name).cast(dtype) for name, dtype in EMPLOYER_SCHEMA.items())
    )
