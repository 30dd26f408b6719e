"""Where is a village on the map, as long as nobody has loaded its official boundary? Cells around the village points:
each takes what is nearer to its point than to any other (Voronoi), villages of other regencies included, so that
borders fall half-way; at sea and in the wild a cell ends where settlement ends. Indicative: never a legal boundary."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from jangkau.core.kernel import Region, RegionCode

Polygons = list[list[list[list[float]]]]
"""Coordinates of a GeoJSON MultiPolygon: polygons, rings (outer first), [longitude, latitude] in degrees."""

DECIMALS = 4  # of a degree, eleven metres: cells share their corners to the digit, and the file stays small
GRID = 10.0**-DECIMALS
KM = 111.32  # one degree of latitude
NEIGHBOURS = 4  # villages that say how densely settled a place is
REACH = 0.5  # a village reaches this many times the mean distance to those
FARTHEST = 5.0  # km, what a lonely village reaches at most
NEAREST = 0.75  # km, what a village in a town reaches at least
SPAN = 2.8  # land between three villages lies within this many times their mean distance to their neighbours
LONGEST = 20.0  # km, and never further: islands are not joined across the open sea
SMOOTH = 1.6  # km, radius that rounds the coast off
WILD = 500.0  # square km: mountains without villages belong to those around them, a wider gap is a great lake
COARSE = 0.15  # km, detail of the coast that is not kept


def village_cells(villages: Sequence[Region], neighbours: Sequence[Region] = ()) -> dict[RegionCode, Polygons]:
    """An indicative cell for every village that has a point; a village without one, or whose point an earlier village
    has, is left out (`unplaced` names them). `neighbours` are villages around the area: they get no cell and keep
    theirs out of the result. Distances are taken on a plane that is true at the middle latitude of the villages.

    Returns the MultiPolygon coordinates by village code, on a grid of 0.0001 degree.

    >>> from jangkau.core.kernel import Region, RegionCode
    >>> west, east = (Region(RegionCode(f"32.02.01.200{i}"), "A", -7.0, 106.5 + i / 50) for i in (1, 2))
    >>> cells = village_cells([west, east])
    >>> max(x for x, y in cells[west.code][0][0]) == min(x for x, y in cells[east.code][0][0]) == 106.53
    True
    """
    left_out = set(unplaced(villages))
    own = [village for village in villages if village.code not in left_out]
    if not own:
        return {}
    around = _distinct([*own, *neighbours])
    scale = math.cos(math.radians(float(np.median([village.latitude or 0.0 for village in own])))) * KM
    points = np.array([_at(region) for region in around]) * [scale, KM]
    shares = _shares(points)
    outline = _outline(points)
    cells = {}
    for region, share in zip(around[: len(own)], shares[: len(own)], strict=True):
        cell = shapely.intersection(share, outline)
        cells[region.code] = _polygons(shapely.transform(cell, lambda xy: xy / [scale, KM]))
    return cells


def unplaced(villages: Iterable[Region]) -> list[RegionCode]:
    """The villages that get no cell: those without a point, and those on a point that an earlier one has.

    >>> from jangkau.core.kernel import Region, RegionCode
    >>> unplaced([Region(RegionCode("32.02.01.2001"), "A", None, None)])
    ['32.02.01.2001']
    """
    given = list(villages)
    placed = {region.code for region in _distinct(given)}
    return [region.code for region in given if region.code not in placed]


def district_outlines(cells: Mapping[RegionCode, Polygons]) -> dict[RegionCode, Polygons]:
    """The union of the village cells of each district, for thicker lines.

    >>> square = lambda x: [[[[x, 0.0], [x + 1, 0.0], [x + 1, 1.0], [x, 1.0], [x, 0.0]]]]
    >>> whole = district_outlines({RegionCode(f"32.02.01.200{i}"): square(float(i)) for i in (1, 2)})
    >>> shapely.geometry.shape({"type": "MultiPolygon", "coordinates": whole["32.02.01"]}).area
    2.0
    """
    members: dict[RegionCode, list[BaseGeometry]] = defaultdict(list)
    for code, polygons in cells.items():
        members[code.at("district")] += [shapely.Polygon(rings[0], rings[1:]) for rings in polygons]
    return {code: _polygons(shapely.union_all(parts, grid_size=GRID)) for code, parts in sorted(members.items())}


def _at(region: Region) -> tuple[float, float]:
    assert region.longitude is not None and region.latitude is not None
    return region.longitude, region.latitude


def _distinct(regions: Iterable[Region]) -> list[Region]:
    """The regions that have a point, without those that stand on the point of an earlier one."""
    first: dict[tuple[float, float], Region] = {}
    for region in regions:
        if region.longitude is not None and region.latitude is not None:
            first.setdefault(_at(region), region)
    return list(first.values())


def _shares(points: npt.NDArray[np.float64]) -> list[BaseGeometry]:
    """What is nearer to each point than to any other, in the order of the points, far beyond the last of them."""
    frame = shapely.box(*(points.min(axis=0) - 4 * FARTHEST), *(points.max(axis=0) + 4 * FARTHEST))
    if len(points) == 1:
        return [frame]
    pieces = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=frame, ordered=True)
    return list(shapely.get_parts(pieces))


def _outline(points: npt.NDArray[np.float64]) -> BaseGeometry:
    """Where people live: a disc around each village, wide where villages are few, and the land between villages that
    are neighbours; rounded off. Wide bays stay open, because villages across the water are no neighbours."""
    spacing = np.full(len(points), FARTHEST)
    for i, point in enumerate(points if len(points) > 1 else ()):
        spacing[i] = np.sort(np.hypot(*(points - point).T))[1 : NEIGHBOURS + 1].mean()
    discs = shapely.buffer(shapely.points(points), np.clip(REACH * spacing, NEAREST, FARTHEST), quad_segs=6)
    land = shapely.union_all([*discs, *_between(points, spacing)])
    rounded = land.buffer(SMOOTH).buffer(-2 * SMOOTH).buffer(SMOOTH).union(shapely.union_all(discs))
    gaps = [shapely.Polygon(hole) for part in shapely.get_parts(rounded) for hole in part.interiors]
    return shapely.union_all([rounded, *(gap for gap in gaps if gap.area < WILD)]).simplify(COARSE)


def _between(points: npt.NDArray[np.float64], spacing: npt.NDArray[np.float64]) -> list[BaseGeometry]:
    """The triangles between neighbouring villages (Delaunay) whose longest side is not out of proportion."""
    at = {(x, y): km for (x, y), km in zip(points.tolist(), spacing.tolist(), strict=True)}
    triangles = shapely.get_parts(shapely.delaunay_triangles(shapely.MultiPoint(points)))
    kept = []
    for triangle in triangles:
        corners = list(triangle.exterior.coords)
        longest = max(math.dist(a, b) for a, b in pairwise(corners))
        if longest < min(LONGEST, SPAN * sum(at[corner] for corner in corners[:3]) / 3):
            kept.append(triangle)
    return kept


def _polygons(shape: BaseGeometry) -> Polygons:
    """The coordinates on the grid; parts and holes that are specks of the rounding go."""
    speck = (5 * GRID) ** 2
    on_grid = shapely.set_precision(shape, GRID)
    parts = [part for part in shapely.get_parts(on_grid) if part.geom_type == "Polygon"]
    kept = [part for part in parts if part.area > speck] or parts
    return [
        [_ring(part.exterior)] + [_ring(hole) for hole in part.interiors if shapely.Polygon(hole).area > speck]
        for part in kept
    ]


def _ring(ring: BaseGeometry) -> list[list[float]]:
    return [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring.coords]
