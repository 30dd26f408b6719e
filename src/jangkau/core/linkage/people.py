"""What the register says about a person, from all rows in which the person stands: for each value the source that
wins. Composing again from the same rows gives the same person, in whatever order they come."""

from __future__ import annotations

import polars as pl

from jangkau.core.linkage.segments import segment_of
from jangkau.core.linkage.tables import PEOPLE_SCHEMA, kind_rank, with_columns_of

_REGISTER = -1  # the rank of what the register said before: it keeps what it has
_BY_AUTHORITY = (
    "kk", "sex", "birth_date", "birth_place", "mother_name", "phone", "employer", "monthly_income", "decile",
    "district_code", "deceased_on",
)  # fmt: skip
# Who knows best where somebody lives: the village, then agencies, agents, the state's registers; a roster names the
# place of the works.
_PLACE_ORDER = {
    kind_rank(kind): place
    for place, kind in enumerate(
        ("workers", "village_officials", "fishers", "farmers", "non_asn", "perisai", "civil_register", "poverty",
         "membership", "jakon")
    )
}  # fmt: skip
_PART = 250_000  # people composed at once
_MORE: dict[str, pl.DataType] = {
    "row_id": pl.Int64(), "rank": pl.Int64(), "position": pl.String(), "elsewhere": pl.Boolean(),
}  # fmt: skip
_SOURCES = {**PEOPLE_SCHEMA, **_MORE}


def compose_people(rows: pl.DataFrame, links: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Every person that `links` touches, in PEOPLE_SCHEMA, by person_id. `rows` as for `link_rows`, `people` the
    register so far (people without a row among `rows` are left out).

    Name and birth date come from the source of the highest authority (a name with abbreviated tokens only when there
    is no other); NIK: the one that agrees with the birth date and sex of its row and stands on most rows; village
    and address from those who live there; deceased and moved out if any row says so; segment `pu` if any row says or
    shows it.
    """
    owners = links.select(pl.col("row_id").cast(pl.Int64), pl.col("person_id").cast(pl.Int64)).drop_nulls()
    touched = owners.select("person_id").unique().sort("person_id")
    placed = rows.lazy().select(pl.col("row_id").cast(pl.Int64)).with_row_index("at").join(owners.lazy(), on="row_id")
    at = placed.select("at", "person_id").collect()
    elsewhere = pl.col("problems").list.contains("other_village") if "problems" in rows.columns else pl.lit(False)
    sources = with_columns_of(rows.with_columns(elsewhere=elsewhere), _SOURCES)
    parts = []
    for some in touched.iter_slices(_PART):
        own = at.join(some, on="person_id", how="semi")
        told = sources[own["at"]].with_columns(own["person_id"])
        parts.append(_composed(told, people.join(some, on="person_id", how="semi")))
    return pl.concat([pl.DataFrame(schema=PEOPLE_SCHEMA), *parts])


def _composed(told: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """People from the rows that tell of them (in _SOURCES) and from what the register said before."""
    before = people.with_columns(rank=pl.lit(_REGISTER), row_id=pl.lit(-1))
    sources = pl.concat([with_columns_of(before, _SOURCES), told]).sort("person_id", "rank", "row_id")
    composed = (
        sources.group_by("person_id", maintain_order=True)
        .agg(
            *(pl.col(c).first(ignore_nulls=True) for c in _BY_AUTHORITY),
            deceased=pl.col("deceased").any(),
            moved_out=pl.col("moved_out").any(),
        )
        .join(_names(sources), on="person_id", how="left")
        .join(_niks(sources), on="person_id", how="left")
        .join(_work(sources), on="person_id", how="left")
        .join(_places(sources), on="person_id", how="left")
        .with_columns(
            district_code=pl.coalesce(pl.col("village_code").str.slice(0, 8), "district_code"),
            segment=pl.col("segment").fill_null("bpu"),
        )
    )
    return with_columns_of(composed, PEOPLE_SCHEMA).sort("person_id")


def _names(sources: pl.DataFrame) -> pl.DataFrame:
    short = pl.col("name").str.contains(r"(?i)(?:^|[\s.])[A-Z](?:[\s.]|$)")
    return (
        sources.select("person_id", "rank", "row_id", "name", short=short)
        .drop_nulls("name")
        .sort("person_id", "short", "rank", "row_id")
        .group_by("person_id", maintain_order=True)
        .agg(pl.col("name").first())
    )


def _niks(sources: pl.DataFrame) -> pl.DataFrame:
    nik = pl.col("nik")
    day = nik.str.slice(6, 2).cast(pl.Int32, strict=False)
    born = pl.col("birth_date")
    agrees = (
        (nik.str.slice(8, 4) == born.dt.strftime("%m%y"))
        & ((day % 40) == born.dt.day())
        & ((pl.col("sex") == "P") == (day > 40)).fill_null(True)
    ).fill_null(False)
    # A sound NIK first, then the one most rows state; between equals the higher authority.
    return (
        sources.select("person_id", "rank", "row_id", "nik", agrees=agrees)
        .filter(nik.str.len_bytes() == 16)
        .group_by("person_id", "nik")
        .agg(pl.col("agrees").any(), pl.len().alias("stated"), pl.col("rank").min(), pl.col("row_id").min())
        .sort(["person_id", "agrees", "stated", "rank", "row_id"], descending=[False, True, True, False, False])
        .group_by("person_id", maintain_order=True)
        .agg(pl.col("nik").first())
    )


def _work(sources: pl.DataFrame) -> pl.DataFrame:
    """Segment and occupation. A stated segment speaks before the words; one wage is enough to be a wage earner."""
    paid = pl.when(pl.col("rank") == kind_rank("non_asn")).then(pl.lit("pu"))
    words = pl.coalesce(segment_of(pl.col("position")), segment_of(pl.col("occupation")))
    shown = pl.coalesce(pl.when(pl.col("segment").is_in(["pu", "bpu"])).then("segment"), paid, words)
    return (
        sources.select("person_id", "occupation", shown=shown)
        .group_by("person_id", maintain_order=True)
        .agg(
            segment=pl.when((pl.col("shown") == "pu").any()).then(pl.lit("pu")).otherwise(pl.lit("bpu")),
            occupation=pl.col("occupation").first(ignore_nulls=True),
        )
    )


def _places(sources: pl.DataFrame) -> pl.DataFrame:
    """The village that most sources name (among equals the one that knows best), and the latest address inside it."""
    known = sources.select(
        "person_id", "row_id", "village_code", "address", "rt", "rw",
        place=pl.col("rank").replace_strict(_PLACE_ORDER, default=len(_PLACE_ORDER), return_dtype=pl.Int64)
        + pl.col("elsewhere").fill_null(False).cast(pl.Int64)
        + 100 * pl.col("moved_out").fill_null(False).cast(pl.Int64),
    )  # fmt: skip
    stated = known.filter(pl.col("village_code").is_not_null()).group_by("person_id", "village_code")
    named = stated.agg(pl.col("place").min(), pl.col("row_id").min(), sources=(pl.col("place") < 100).sum())
    villages = (
        named.sort(["person_id", "sources", "place", "row_id"], descending=[False, True, False, False])
        .group_by("person_id", maintain_order=True)
        .agg(pl.col("village_code").first())
    )
    inside = known.join(villages, on="person_id", how="left", suffix="_chosen").filter(
        pl.col("village_code").is_null() | (pl.col("village_code") == pl.col("village_code_chosen"))
    )
    addresses = (
        inside.sort(["person_id", "place", "row_id"], descending=[False, False, True])
        .group_by("person_id", maintain_order=True)
        .agg(pl.col(c).first(ignore_nulls=True) for c in ("address", "rt", "rw"))
    )
    return villages.join(addresses, on="person_id", how="full", coalesce=True)
