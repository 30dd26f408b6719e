"""Where does a person live, when no list says so? Members of the branch's export carry no address. Their district is
assumed from the employer's district, else from the NIK; members whose NIK was issued in another regency and who work
for an employer here are taken for commuters. The assumption is kept beside the value (`placed_by`); a village is never
assumed for a person."""

from __future__ import annotations

import polars as pl

from jangkau.core.kernel import RegionCode

PLACED_BY = ("list", "employer", "nik", "area", "outside")


def place_people(
    people: pl.DataFrame, memberships: pl.DataFrame, employers: pl.DataFrame, area: RegionCode
) -> pl.DataFrame:
    """`people` by person_id with `district_code` filled where it can be assumed, `placed_by` telling from what: list
    (stated), employer, nik, area (only the regency is known) or outside; and `employed`: some membership names an
    employer.

    `people` needs person_id, nik, village_code, district_code; `memberships` person_id, npp; `employers` npp,
    district_code.

    >>> people = pl.DataFrame({"person_id": [1, 2, 3], "nik": ["3202019999999999", "3203019999999999", None],
    ...     "village_code": [None, None, "32.02.01.2001"], "district_code": [None, None, "32.02.01"]})
    >>> memberships = pl.DataFrame({"person_id": [1, 2], "npp": ["A1", "A1"]})
    >>> employers = pl.DataFrame({"npp": ["A1"], "district_code": ["32.02.16"]})
    >>> placed = place_people(people, memberships, employers, RegionCode("32.02"))
    >>> placed.select("district_code", "placed_by").rows()
    [('32.02.16', 'employer'), ('32.02.16', 'outside'), ('32.02.01', 'list')]
    """
    by_id = people if people["person_id"].is_sorted() else people.sort("person_id")
    place = pl.coalesce("village_code", "district_code")
    inside = (place == area) | place.str.starts_with(area + ".")
    born_elsewhere = ~pl.col("nik").str.starts_with(area.digits).fill_null(True)
    return (
        by_id.lazy()
        .join(_works_in(memberships, employers), on="person_id", how="left", maintain_order="left")
        .with_columns(
            employed=pl.col("employed").is_not_null(),
            nik_district=_district_from_nik(area, people["district_code"].unique().drop_nulls().to_list()),
        )
        .with_columns(
            placed_by=pl.when(inside)
            .then(pl.lit("list"))
            .when(place.is_not_null() | (born_elsewhere & pl.col("employed")))
            .then(pl.lit("outside"))
            .when(pl.col("employer_district").is_not_null())
            .then(pl.lit("employer"))
            .when(pl.col("nik_district").is_not_null())
            .then(pl.lit("nik"))
            .otherwise(pl.lit("area")),
            district_code=pl.coalesce(
                "district_code", pl.col("village_code").str.slice(0, 8), "employer_district", "nik_district"
            ),
        )
        .drop("employer_district", "nik_district")
        .collect()
        .rechunk()
    )


def _works_in(memberships: pl.DataFrame, employers: pl.DataFrame) -> pl.LazyFrame:
    """`person_id, employer_district, employed` (true) of people a membership of whom names an employer; of several
    known districts the first by code."""
    known = employers.drop_nulls(["npp", "district_code"]).select("npp", employer_district="district_code")
    return (
        memberships.lazy()
        .select("person_id", "npp")
        .drop_nulls("npp")
        .join(known.unique("npp", keep="first", maintain_order=True).lazy(), on="npp", how="left")
        .group_by("person_id")
        .agg(pl.col("employer_district").min(), employed=pl.lit(True))
    )


def _district_from_nik(area: RegionCode, listed: list[str]) -> pl.Expr:
    """The district whose digits stand in a NIK that was issued in the area, when lists came from there."""
    inside = [code for code in listed if code.startswith(area + ".") and len(code) == len(area) + 3]
    head = pl.col("nik").str.slice(0, len(area.digits) + 2)
    return head.replace_strict(
        [area.digits + code[-2:] for code in inside], inside, default=None, return_dtype=pl.String
    )
