"""An invented regency as a value: everything a demo, a test or a benchmark needs to know about it.
The same arguments give the same regency, to the last digit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from jangkau.core.kernel import Gazetteer, Month, RegionCode
from jangkau.core.synthetic.events import invent_agents, invent_outreach, invent_projects
from jangkau.core.synthetic.memberships import GRACE, invent_memberships
from jangkau.core.synthetic.people import invent_people
from jangkau.core.synthetic.places import choose_places
from jangkau.core.synthetic.work import invent_work


@dataclass(frozen=True)
class InventedRegency:
    """What is true in the invented regency. Frames, one line each:

    places: `village_code, village, district_code, district, regency, regency_name, size, industry, coast,
    name_is_shared`;
    people: `person_id, name, title, sex, birth_date, birth_place, nik, nik_dob_differs, kk, family, position,
    mother_name, hamlet, rt, rw, village_code, twin_of, died, moved_out, over_65, commuter, post, segment_work,
    occupation, employer_id, income, decile, works_in_public, on_village_list, counted, covered`;
    memberships: `person_id, kpj, segment, programmes, npp, employer_id, wage, since, paid_until, status, funding,
    state, contradicts`; employers: see `invent_employers`; projects, rosters, agents, acquisitions, outreach:
    see `events`.
    """

    area: RegionCode
    name: str
    seed: int
    as_of: date
    places: pl.DataFrame
    people: pl.DataFrame
    memberships: pl.DataFrame
    employers: pl.DataFrame
    projects: pl.DataFrame
    rosters: pl.DataFrame
    agents: pl.DataFrame
    acquisitions: pl.DataFrame
    outreach: pl.DataFrame


# Villages list workers without cover first: who has a card is more often left out. The shares are set so that what the
# lists of the demo show by name comes near its truth, and so near the 41 % published for Kabupaten Sukabumi.
COVERED_LISTED, OTHERS_LISTED = 0.65, 0.95


def invent(gazetteer: Gazetteer, *, area: RegionCode, workers: int, seed: int, as_of: date) -> InventedRegency:
    """The invented regency of `area` with `workers` resident workers and 5 % more who commute from outside, as it
    stands on `as_of`. Raises Unknown when the gazetteer has no village of the area, Refused when workers is below 1.

    >>> g = Gazetteer.parse("32.02|Kabupaten Sukabumi||\\n32.02.16|Cicurug||\\n32.02.16.2002|Nyangkowek||")
    >>> regency = invent(g, area=RegionCode("32.02"), workers=100, seed=1, as_of=date(2026, 10, 31))
    >>> regency.people.height, regency.people["nik"].n_unique()
    (105, 105)
    """
    rng = np.random.Generator(np.random.PCG64([seed, workers]))
    places = choose_places(gazetteer, area, workers, rng)
    people = invent_people(gazetteer, area, places, rng, as_of)
    people, employers = invent_work(people, places, rng)
    memberships = invent_memberships(people, employers, places, rng, as_of)
    people = _with_coverage(people, memberships, as_of)
    listed = pl.Series(rng.random(people.height)) < pl.when(pl.col("covered")).then(COVERED_LISTED).otherwise(
        OTHERS_LISTED
    )
    people = people.with_columns(on_village_list=~pl.col("commuter") & listed)
    projects, rosters = invent_projects(people, places, rng, as_of)
    agents, acquisitions = invent_agents(people, memberships, places, rng, as_of)
    return InventedRegency(
        area=area,
        name=gazetteer[area].name if area in gazetteer else str(area),
        seed=seed,
        as_of=as_of,
        places=places,
        people=people,
        memberships=memberships,
        employers=_with_members(employers, people, memberships, as_of),
        projects=projects,
        rosters=rosters,
        agents=agents,
        acquisitions=acquisitions,
        outreach=invent_outreach(places, employers, rng, as_of),
    )


def _with_coverage(people: pl.DataFrame, memberships: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Adds `counted` (alive, lives there, 15 to 64) and `covered` (counted, paid at most three months ago)."""
    oldest = Month.of(as_of).plus(-GRACE).first_day
    paid = memberships.filter(pl.col("paid_until") >= oldest).select("person_id").unique().with_columns(covered=True)
    joined = people.join(paid, on="person_id", how="left", maintain_order="left")
    counted = ~(pl.col("died") | pl.col("moved_out") | pl.col("over_65") | pl.col("commuter"))
    return joined.with_columns(counted=counted, covered=counted & pl.col("covered").fill_null(False))


def _with_members(
    employers: pl.DataFrame, people: pl.DataFrame, memberships: pl.DataFrame, as_of: date
) -> pl.DataFrame:
    """Adds `members_registered, members_active, wage_reported, wage_paid` (means, whole rupiah) by employer."""
    oldest = Month.of(as_of).plus(-GRACE).first_day
    counts = (
        memberships.filter(pl.col("employer_id").is_not_null())
        .group_by("employer_id")
        .agg(
            members_registered=pl.len().cast(pl.Int64),
            members_active=(pl.col("paid_until") >= oldest).sum().cast(pl.Int64),
            wage_reported=pl.col("wage").mean().cast(pl.Int64),
        )
    )
    paid = people.group_by("employer_id").agg(wage_paid=pl.col("income").mean().cast(pl.Int64))
    joined = employers.join(counts, on="employer_id", how="left", maintain_order="left").join(
        paid, on="employer_id", how="left", maintain_order="left"
    )
    figures = ["members_registered", "members_active", "wage_reported", "wage_paid"]
    return joined.with_columns(pl.col(figures).fill_null(0))
