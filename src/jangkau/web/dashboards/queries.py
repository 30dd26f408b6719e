"""The outlines that the map of a region draws. First argument: scope."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

from django.db.models import Max
from shapely import MultiPolygon, Polygon, coverage_simplify, get_num_coordinates, total_bounds, unary_union
from shapely.geometry.base import BaseGeometry

from jangkau.registry.access.permissions import Scope
from jangkau.registry.people.models import RegionShape

DECIMALS = 4  # of a degree: 11 metres
CORNERS_DRAWN = 30_000  # more are thinned before they travel
POINTS_ON_SCREEN = 1_500


def map_shapes(scope: Scope, code: str) -> bytes:
    """GeoJSON of the villages inside a region, with `borders` of the districts between them."""
    shapes = RegionShape.objects.filter(
        scope.where("region_id"), region__code__startswith=code, region__level="village"
    )
    newest = shapes.aggregate(newest=Max("loaded_at"))["newest"]
    return _drawn(code, scope.areas, str(newest))


@lru_cache(maxsize=64)
def _drawn(code: str, areas: tuple[str, ...], _newest: str) -> bytes:
    """`_newest` makes the key: outlines loaded later are drawn anew."""
    stored = RegionShape.objects.filter(
        Scope(areas).where("region_id"), region__code__startswith=code, region__level="village"
    ).order_by("region_id")
    shapes = {
        village: MultiPolygon([Polygon(*_rings(rings)) for rings in told])
        for village, told in stored.values_list("region_id", "polygons")
    }
    outlines = dict(zip(shapes, _as_fine_as_seen(list(shapes.values())), strict=True))
    features = [
        {
            "type": "Feature",
            "properties": {"code": village},
            "geometry": {"type": "MultiPolygon", "coordinates": _parts(outline)},
        }
        for village, outline in outlines.items()
    ]
    answer = {"type": "FeatureCollection", "features": features, "borders": _borders(outlines)}
    return json.dumps(answer, separators=(",", ":")).encode()


def _rings(rings: list[list[list[float]]]) -> tuple[list[list[float]], list[list[list[float]]]]:
    return rings[0], rings[1:]


def _as_fine_as_seen(outlines: list[BaseGeometry]) -> list[BaseGeometry]:
    """Official boundaries hold more corners than a screen has points: shared edges are thinned together."""
    if sum(get_num_coordinates(outlines)) <= CORNERS_DRAWN:
        return outlines
    west, south, east, north = total_bounds(outlines)
    return list(coverage_simplify(outlines, max(east - west, north - south) / POINTS_ON_SCREEN))


def _parts(outline: BaseGeometry) -> list[list[list[list[float]]]]:
    """The coordinates of a MultiPolygon; ends of simplified rings stay closed because both are rounded alike."""
    return [
        [_line(ring) for ring in (part.exterior, *part.interiors)]
        for part in getattr(outline, "geoms", [outline])
        if part.area
    ]


def _borders(outlines: Mapping[str, BaseGeometry]) -> list[list[list[float]]]:
    """The outlines of the districts, as lines."""
    by_district: dict[str, list[BaseGeometry]] = {}
    for village, outline in outlines.items():
        by_district.setdefault(village[:8], []).append(outline.buffer(0))
    joined = (unary_union(villages) for villages in by_district.values())
    return [_line(part.exterior) for district in joined for part in getattr(district, "geoms", [district]) if part.area]


def _line(ring: BaseGeometry) -> list[list[float]]:
    return [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring.coords]
