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
    """`people` with `district_code` filled where it can be assumed and `placed_by` telling from what: list (stated),
    employer, nik, area (only the regency is known) or outside.

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
    employed = memberships.drop_nulls("npp").select("person_id").unique().with_columns(employed=True)
    from_nik = _district_from_nik(area, people["district_code"].unique().drop_nulls().to_list())
    stated = pl.col("village_code").is_not_null() | pl.col("district_code").is_not_null()
    inside = (pl.coalesce("village_code", "district_code") + ".").str.starts_with(area + ".")
    born_elsewhere = ~pl.col("nik").str.starts_with(area.digits).fill_null(True)
    return (
        people.join(_works_in(memberships, employers), on="person_id", how="left")
        .join(employed, on="person_id", how="left")
        .sort("person_id")
        .with_columns(
            placed_by=pl.when(stated & inside)
            .then(pl.lit("list"))
            .when(stated | (born_elsewhere & pl.col("employed").fill_null(False)))
            .then(pl.lit("outside"))
            .when(pl.col("employer_district").is_not_null())
            .then(pl.lit("employer"))
            .when(from_nik.is_not_null())
            .then(pl.lit("nik"))
            .otherwise(pl.lit("area")),
            district_code=pl.coalesce(
                "district_code", pl.col("village_code").str.slice(0, 8), "employer_district", from_nik
            ),
        )
        .drop("employer_district", "employed")
    )


def _works_in(memberships: pl.DataFrame, employers: pl.DataFrame) -> pl.DataFrame:
    """`person_id, employer_district` of people whose employer is known; of several the first by code."""
    known = employers.drop_nulls(["npp", "district_code"]).select("npp", employer_district="district_code")
    return (
        memberships.drop_nulls("npp")
        .join(known.unique("npp", keep="first", maintain_order=True), on="npp", how="inner")
        .group_by("person_id")
        .agg(pl.col("employer_district").min())
    )


def _district_from_nik(area: RegionCode, listed: list[str]) -> pl.Expr:
    """The district whose digits stand in a NIK that was issued in the area, when lists came from there."""
    digits = pl.col("nik").str.slice(len(area.digits), 2)
    district = pl.when(pl.col("nik").str.starts_with(area.digits)).then(pl.concat_str(pl.lit(area + "."), digits))
    return pl.when(district.is_in(listed)).then(district)
