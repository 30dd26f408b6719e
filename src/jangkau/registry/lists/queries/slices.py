"""Coverage cut by one property at a time, on the days that were measured since slices are kept."""

from __future__ import annotations

from datetime import date

import polars as pl

from jangkau.core.measures.slices import SLICE_SCHEMA
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.queries import days_measured, inside, kept_frame

SLICES = "slices.parquet"


def slices(scope: Scope, on: date) -> pl.DataFrame:
    """The slices of a day (see core.measures.slices) for the areas of the scope; empty where none were kept."""
    place = store.measures_folder(on) / SLICES
    if not place.exists():
        return pl.DataFrame(schema=SLICE_SCHEMA)
    return inside(scope, kept_frame(place), "region_code")


def days_sliced() -> list[date]:
    """The measured days whose slices are kept, oldest first."""
    return [day for day in reversed(days_measured()) if (store.measures_folder(day) / SLICES).exists()]
