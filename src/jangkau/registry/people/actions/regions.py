"""Writes regions and the shapes that the map draws."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from jangkau.core.kernel import Gazetteer, RegionCode
from jangkau.core.measures.cells import district_outlines, village_cells
from jangkau.core.reading.boundaries import BoundaryReading, read_boundaries
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.people.models import Region, RegionShape

NEIGHBOUR_DEGREES = 0.25  # villages this near outside the area shape its border


@transaction.atomic
def load_regions(gazetteer: Gazetteer) -> int:
    """Writes all regions of the gazetteer that the database lacks; returns how many there are."""
    regions = sorted(gazetteer, key=lambda region: len(region.code))
    Region.objects.bulk_create(
        [Region(code=r.code, name=r.name, level=r.code.level, parent_id=r.code.parent) for r in regions],
        ignore_conflicts=True,
        batch_size=5000,
    )
    return len(regions)


@transaction.atomic
def draw_indicative_cells(gazetteer: Gazetteer, area: RegionCode) -> int:
    """Draws a cell around every village of the area that has no official shape; returns the number of villages."""
    villages = gazetteer.inside(area, "village")
    placed = [v for v in villages if v.latitude is not None and v.longitude is not None]
    if not placed:
        return 0
    south, north = (f(v.latitude for v in placed if v.latitude is not None) for f in (min, max))
    west, east = (f(v.longitude for v in placed if v.longitude is not None) for f in (min, max))
    near = [
        region
        for region in gazetteer
        if region.latitude is not None
        and region.longitude is not None
        and region.code.level == "village"
        and not area.holds(region.code)
        and south - NEIGHBOUR_DEGREES < region.latitude < north + NEIGHBOUR_DEGREES
        and west - NEIGHBOUR_DEGREES < region.longitude < east + NEIGHBOUR_DEGREES
    ]
    cells = village_cells(villages, near)
    shapes = cells | district_outlines(cells)
    official = set(RegionShape.objects.filter(source=RegionShape.Source.OFFICIAL).values_list("region_id", flat=True))
    _store({code: polygons for code, polygons in shapes.items() if code not in official}, "indicative", None)
    return len(villages)


@transaction.atomic
def load_boundaries(content: bytes, *, gazetteer: Gazetteer, by: User | None) -> BoundaryReading:
    """Replaces indicative shapes by the official ones of a GeoJSON or TopoJSON file; returns what was read, with what
    does not fit. Raises Corrupt when the file is none of these."""
    reading = read_boundaries(content, gazetteer=gazetteer, area=RegionCode(settings.JANGKAU_AREA))
    _store(reading.shapes, "official", by)
    record(by=by, action="boundaries_loaded", subject=settings.JANGKAU_AREA, shapes=len(reading.shapes))
    return reading


def _store(shapes: Mapping[RegionCode, object], source: str, by: User | None) -> None:
    RegionShape.objects.bulk_create(
        [RegionShape(region_id=code, source=source, polygons=rings, loaded_by=by) for code, rings in shapes.items()],
        update_conflicts=True,
        unique_fields=["region"],
        update_fields=["source", "polygons", "loaded_at", "loaded_by"],
        batch_size=500,
    )
