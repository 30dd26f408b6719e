"""What happens in the invented regency: village works with their rosters, agents with their acquisitions, meetings in
villages and factories. At the size of Kabupaten Sukabumi all desa but three have been visited, as published."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
from numpy.random import Generator

from jangkau.core.synthetic import names, words

PROJECTS = 0.33  # per village
NEVER_VISITED = 3 / 381
_PEOPLE_PER_AGENT = 220
_VALUES = (63_400_000, 98_750_000, 124_500_000, 173_200_000, 248_300_000, 312_600_000)
OFFICERS = ("Cabang", "Disnaker", "DPMD", "Perisai", "Tim Desa")


def invent_projects(
    people: pl.DataFrame, places: pl.DataFrame, rng: Generator, as_of: date
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Village works: `project_id, village_code, work, hamlet, value, start, end, registered, running_on_as_of` and
    their rosters: `project_id, person_id, task, daily_wage, days`."""
    count = max(1, round(PROJECTS * places.height))
    chosen = np.sort(rng.permutation(places.height)[:count])
    day = np.datetime64(as_of, "D").astype(np.int64)
    start = day - rng.integers(-5, 200, count)
    end = start + rng.integers(20, 90, count)
    projects = pl.DataFrame(
        {
            "project_id": np.arange(1, count + 1),
            "village_code": places["village_code"].gather(chosen),
            "work": pl.Series(words.WORKS).gather(rng.integers(len(words.WORKS), size=count)),
            "hamlet": pl.Series(words.HAMLETS).gather(rng.integers(len(words.HAMLETS), size=count)),
            "value": pl.Series(_VALUES).gather(rng.integers(len(_VALUES), size=count)),
            "start": pl.Series(start.astype(np.int32)).cast(pl.Date),
            "end": pl.Series(end.astype(np.int32)).cast(pl.Date),
            "registered": rng.random(count) < 0.83,
            "running_on_as_of": (start <= day) & (day <= end),
            "crew": rng.integers(8, 21, count),
        }
    )
    able = people.filter(
        (pl.col("segment_work") == "BPU")
        & ~pl.col("died")
        & ~pl.col("moved_out")
        & ~pl.col("over_65")
        & (pl.col("sex") == "L")
    ).select("person_id", "village_code")
    able = able[rng.permutation(able.height)]
    ranked = able.with_columns(rank=pl.int_range(pl.len()).over("village_code"))
    roster = projects.join(ranked, on="village_code", how="inner", maintain_order="left_right").filter(
        pl.col("rank") < pl.col("crew")
    )
    task = np.where(rng.random(roster.height) < 0.3, "Tukang", "Pekerja")
    return projects.drop("crew"), roster.select("project_id", "person_id").with_columns(
        task=pl.Series(task),
        daily_wage=pl.Series(np.where(task == "Tukang", 140_000, 110_000)),
        days=pl.Series(rng.integers(6, 40, roster.height)),
    )


def invent_agents(
    people: pl.DataFrame, memberships: pl.DataFrame, places: pl.DataFrame, rng: Generator, as_of: date
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Perisai agents: `agent_id, agent, office`; their acquisitions by date: `person_id, kpj, agent_id, registered,
    programmes, months_paid, still_active`."""
    found = memberships.filter((pl.col("funding") == "perisai") & (pl.col("state") != "second")).sort("since", "kpj")
    count = max(2, found.height // _PEOPLE_PER_AGENT)
    offices = max(1, count // 6)
    code = (int(rng.integers(168)) + np.arange(offices) * 29) % 168
    office = pl.Series(words.FIRM_HEADS).gather(code // 12) + pl.Series(words.FIRM_TAILS).str.to_lowercase().gather(
        code % 12
    )
    agents = pl.DataFrame(
        {
            "agent_id": np.arange(1, count + 1),
            "agent": names.spell(names.draw(rng, rng.random(count) < 0.4)).str.to_titlecase(),
            "office": (pl.Series(["Koperasi "]).new_from_index(0, offices) + office.str.to_titlecase()).gather(
                np.arange(count) % offices
            ),
        }
    )
    district = people.select("person_id", d=pl.col("village_code").str.slice(0, 8))
    where = (
        found.join(district, on="person_id", how="left", maintain_order="left")["d"]
        .rank("dense")
        .cast(pl.Int64)
        .to_numpy()
    )
    months = (found["paid_until"].dt.year().cast(pl.Int64) - found["since"].dt.year()) * 12 + (
        found["paid_until"].dt.month().cast(pl.Int64) - found["since"].dt.month()
    )
    agent = (where * 7 + rng.integers(0, max(1, count // 40) + 2, found.height)) % count + 1
    day = found["since"].to_numpy().astype("datetime64[D]").astype(np.int64) + rng.integers(0, 28, found.height)
    return agents, found.select("person_id", "kpj", "programmes").with_columns(
        agent_id=pl.Series(agent),
        registered=pl.Series(np.minimum(day, np.datetime64(as_of, "D").astype(np.int64)).astype(np.int32)).cast(
            pl.Date
        ),
        months_paid=months + 1,
        still_active=found["state"] == "paying",
    ).sort("registered", "kpj")


def invent_outreach(places: pl.DataFrame, employers: pl.DataFrame, rng: Generator, as_of: date) -> pl.DataFrame:
    """Meetings since January of the year before: `date, kind (desa, pabrik, pasar), village_code, attendance, officer,
    employer_id`. Every desa was visited at least once but for three in 381."""
    height = places.height
    missed = max(1, round(NEVER_VISITED * height)) if height > 30 else 0
    desa = ~places["village_code"].str.slice(9, 1).eq("1").to_numpy()
    never = rng.permutation(np.flatnonzero(desa))[:missed]
    visited = np.setdiff1d(np.arange(height), never)
    again = rng.choice(visited, size=round(0.32 * height)) if len(visited) else visited
    firms = employers.filter(pl.col("scale").is_in(["MENENGAH", "BESAR"]))
    factory = rng.permutation(firms.height)[: round(0.04 * height)]
    seats = firms["village_code"].gather(factory)
    village = pl.concat([places["village_code"].gather(np.append(visited, again)), seats])
    count = village.len()
    first = np.datetime64(date(as_of.year - 1, 1, 6), "D").astype(np.int64)
    last = np.datetime64(as_of, "D").astype(np.int64)
    day = rng.integers(first, max(last, first + 1), count)
    at_market = (np.arange(count) >= len(visited)) & (rng.random(count) < 0.1)
    return pl.DataFrame(
        {
            "date": pl.Series(day.astype(np.int32)).cast(pl.Date),
            "kind": pl.Series(
                np.select([np.arange(count) >= len(visited) + len(again), at_market], ["pabrik", "pasar"], "desa")
            ),
            "village_code": village,
            "attendance": rng.integers(15, 120, count),
            "officer": pl.Series(OFFICERS).gather(rng.integers(len(OFFICERS), size=count)),
            "employer_id": pl.concat(
                [pl.Series([None] * (count - seats.len()), dtype=pl.Int64), firms["employer_id"].gather(factory)]
            ),
        }
    ).sort("date", "village_code", "officer")
