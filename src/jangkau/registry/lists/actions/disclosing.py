"""The tables of a day as everybody may have them: made when they are first asked for, and kept beside the cube until
the day is measured anew."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from jangkau.core.measures import PublicTables, public_tables
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.queries import coverage, inside, kept_frame
from jangkau.registry.lists.queries.slices import slices


def tables_for_everybody(scope: Scope, on: date) -> PublicTables:
    """The coverage table and the slices of a measured day for the areas of the scope, small counts hidden. What is
    hidden is decided over the whole register, so that papers of several regions never tell together what one hides."""
    folder = store.measures_folder(on)
    places = [folder / f"public-{name}.parquet" for name in PublicTables._fields]
    measured = (folder / "coverage.parquet").stat().st_mtime_ns
    if not all(place.exists() and place.stat().st_mtime_ns >= measured for place in places):
        whole = Scope((settings.JANGKAU_AREA,))
        for place, table in zip(places, public_tables(coverage(whole, on), slices(whole, on)), strict=True):
            store.write_unsealed(table, place)
    return PublicTables(*(inside(scope, kept_frame(place), "region_code") for place in places))
