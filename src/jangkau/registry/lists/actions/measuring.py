"""Measures the register for a day and keeps the result as a small cube beside the lists."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np
import polars as pl
from django.conf import settings
from django.db import transaction

from jangkau.core.kernel import Month, RegionCode
from jangkau.core.linkage import compose_employers
from jangkau.core.measures import (
    build_cube,
    changes_by_region,
    coverage_history,
    coverage_table,
    member_states,
    place_people,
    standing_of,
)
from jangkau.core.measures.changes import COMPARED
from jangkau.core.measures.coverage import why_not_counted
from jangkau.core.measures.findings import Duties, find
from jangkau.core.measures.places import placed
from jangkau.core.rules.employers import least_wages, programmes_by_scale
from jangkau.registry.access.actions import record
from jangkau.registry.access.events import announce
from jangkau.registry.lists.actions.slicing import slices_of_day, with_properties
from jangkau.registry.lists.events import MeasuresRefreshed, MeasuringBegan
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import SentList, State
from jangkau.registry.lists.queries import days_measured, standing
from jangkau.registry.lists.states import EMPLOYER_KINDS
from jangkau.registry.people.actions import replace_employers, set_fact
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.gateways.snapshots import employers_frame, memberships_frame, people_frame

MONTHS_SHOWN = 24
History = list[tuple[Month, int, int]]  # month, workers, covered
COUNTED_COLUMNS = (
    "person_id", "nik", "sex", "birth_date", "village_code", "district_code", "segment", "occupation", "deceased",
    "moved_out", "monthly_income",
)  # fmt: skip
COUNTED_OF_MEMBERSHIPS = ("person_id", "npp", "segment", "since", "paid_until", "monthly_income")


def refresh_measures(as_of: date) -> None:
    """Counts everybody for `as_of` and tells the other rooms."""
    tell_measures(as_of, count_everybody(as_of))


def count_everybody(as_of: date) -> History:
    """Composes the employers, counts everybody for `as_of`, and keeps the cube with its slices and changes; returns the
    months before."""
    area = RegionCode(settings.JANGKAU_AREA)
    memberships = memberships_frame(COUNTED_OF_MEMBERSHIPS)
    states = member_states(memberships, as_of)
    with ThreadPoolExecutor(1) as beside:  # while the database is read, a core is free
        villages = beside.submit(_villages, area)
        employers = beside.submit(_employers, _employer_lists(), memberships, states, _duties(as_of))
        people = people_frame(COUNTED_COLUMNS)
        with transaction.atomic():
            replace_employers(employers.result())
            record(by=None, action="employers_composed", subject=f"measures {as_of}")
        homes = place_people(people, memberships, employers_frame(), area)
        history = beside.submit(coverage_history, homes, memberships, Month.of(as_of), MONTHS_SHOWN)
        stood = standing_of(homes, memberships, as_of, native_digits=area.digits, states=states)
        told = with_properties(stood, people, memberships).with_columns(pl.col(pl.String).cast(pl.Categorical))
        codes, places = placed(told["village_code"])
        short = places.astype(np.min_scalar_type(len(codes)))  # sorted in a third of the time
        told = told[np.argsort(short, kind="stable")]  # by village and person: one village is read fast
        folder = store.measures_folder(as_of)
        kept = beside.submit(_keep_standing, told, as_of)
        store.write_unsealed(slices_of_day(told, area), folder / "slices.parquet")
        cube = build_cube(told)
        store.write_unsealed(cube, folder / "cube.parquet")
        table = coverage_table(cube, villages.result(), area, as_of, _jakon(homes, states, as_of))
        words = kept.result()
        store.write_unsealed(table, folder / "coverage.parquet")
        _keep_changes(as_of, words)
        return history.result()


@transaction.atomic
def tell_measures(as_of: date, history: History) -> None:
    """From now on pages show the day that was counted; other rooms act on it in the same transaction."""
    set_fact("as_of", as_of.isoformat())
    set_fact("history", [[str(month), workers, covered] for month, workers, covered in history])
    announce(MeasuresRefreshed(as_of))
    record(by=None, action="measured", subject=f"measures {as_of}")


def _villages(area: RegionCode) -> list[RegionCode]:
    """The villages inside the area; the first time in a process all regions of the country are read."""
    return [region.code for region in gazetteer().inside(area, "village")]


def _keep_standing(told: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Writes down how everybody stands on the day, in words: two days are compared by person. Returns what it wrote."""
    words = told.with_columns(pl.col(pl.Categorical).cast(pl.String))
    store.write_unsealed(words, store.measures_folder(as_of) / "standing.parquet")
    return words


def _keep_changes(as_of: date, stood: pl.DataFrame) -> None:
    """Writes down who came and who went since the measured day before, for this day (`stood`) and for the one after it,
    whose day before may have changed."""
    days = sorted(days_measured())
    for before, after in itertools.pairwise(days):
        if as_of in (before, after):
            first, second = (
                stood if day == as_of else standing(day).select(COMPARED).collect() for day in (before, after)
            )
            told = changes_by_region(first, second, settings.JANGKAU_AREA)
            told = told.with_columns(since=pl.lit(before))
            store.write_unsealed(told, store.measures_folder(after) / "changes.parquet")


def _employer_lists() -> list[pl.DataFrame]:
    """What the published lists say of employers."""
    kinds = {item.pk: item for item in SentList.objects.filter(kind__in=EMPLOYER_KINDS, state=State.PUBLISHED)}
    return [
        store.read_frame(store.folder_of(item.sha256) / store.ROWS)
        .filter(pl.col("state") == "data")
        .with_columns(kind=pl.lit(item.kind), list_number=pl.lit(item.pk, dtype=pl.Int64))
        for _, item in sorted(kinds.items())
    ]


def _employers(
    lists: list[pl.DataFrame], memberships: pl.DataFrame, states: pl.DataFrame, duties: Duties
) -> pl.DataFrame:
    """All employers with what was found of them."""
    active = states.filter(pl.col("state") != "lapsed").select("person_id", active=True)
    registered = (
        memberships.drop_nulls("npp").join(active, on="person_id", how="left").group_by("npp")
        .agg(active=pl.col("person_id").filter("active").n_unique(), known=pl.col("person_id").n_unique(),
             wages=pl.col("monthly_income").filter("active").drop_nulls())
    )  # fmt: skip
    return find(compose_employers(lists, registered), duties)


def _duties(as_of: date) -> Duties:
    """What the law asks of employers here on the day."""
    minimum, floor = least_wages(settings.JANGKAU_AREA, as_of)
    return Duties(minimum, programmes_by_scale(as_of), floor)


def _jakon(homes: pl.DataFrame, states: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """People on the rosters of village works that run on the day: `village_code, workers, covered`. Covered: the work
    is registered; where nobody knows whether it is, a membership of their own."""
    began = MeasuringBegan(as_of)
    announce(began)
    schema = {"village_code": pl.String(), "person_id": pl.Int64(), "registered": pl.Boolean()}
    rosters = pl.concat([pl.DataFrame(schema=schema), *began.rosters])
    counted = homes.filter(why_not_counted(as_of).is_null()).select("person_id")
    own = states.select("person_id", own=pl.col("state") != "lapsed")
    return (
        rosters.join(counted, on="person_id", how="semi")
        .join(own, on="person_id", how="left")
        .with_columns(covered=pl.coalesce("registered", "own", pl.lit(False)))
        .group_by("village_code", "person_id").agg(pl.col("covered").any())
        .group_by("village_code")
        .agg(workers=pl.len().cast(pl.Int64), covered=pl.col("covered").sum().cast(pl.Int64))
    )  # fmt: skip
