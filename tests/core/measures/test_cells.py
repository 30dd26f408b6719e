"""Indicative cells: every village has its place, neighbours meet, the sea stays empty."""

import json
import math
import random

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.kernel import Region, RegionCode
from jangkau.core.measures.cells import district_outlines, unplaced, village_cells

KM2 = 111.32**2 * math.cos(math.radians(7))


def village(number, latitude, longitude, district="32.02.01"):
    return Region(RegionCode(f"{district}.2{number:03d}"), f"Desa {number}", latitude, longitude)


def settled(rows, columns, district="32.02.01", south=-7.0, west=106.0, step=0.03, seed=1):
    """Villages about three kilometres apart."""
    draw = random.Random(seed)
    return [
        village(
            r * columns + c, south + r * step + draw.uniform(0, 0.01), west + c * step + draw.uniform(0, 0.01), district
        )
        for r in range(rows)
        for c in range(columns)
    ]


def drawn(polygons):
    return shapely.geometry.shape({"type": "MultiPolygon", "coordinates": polygons})


def test_each_cell_holds_its_own_village_and_no_two_overlap():
    villages = settled(6, 6)
    shapes = {code: drawn(polygons) for code, polygons in village_cells(villages).items()}
    assert list(shapes) == [v.code for v in villages]
    assert all(shape.is_valid for shape in shapes.values())
    assert all(shapes[v.code].contains(shapely.Point(v.longitude, v.latitude)) for v in villages)
    whole = shapely.union_all(list(shapes.values()))
    assert whole.area == pytest.approx(sum(shape.area for shape in shapes.values()), rel=1e-6)
    assert whole.geom_type == "Polygon" and not whole.interiors


def test_neighbours_get_no_cell_and_keep_theirs():
    villages = settled(6, 6)
    town = [village(900 + i, -6.92 + i * 0.004, 106.08, "32.72.01") for i in range(4)]
    cells = village_cells(villages, town)
    whole = shapely.union_all([drawn(polygons) for polygons in cells.values()])
    assert set(cells) == {v.code for v in villages}
    assert len(whole.interiors) == 1  # the town is a hole in the regency
    assert all(shapely.Polygon(whole.interiors[0]).contains(shapely.Point(v.longitude, v.latitude)) for v in town)


def test_a_border_falls_half_way():
    west, east = village(1, -7.0, 106.0), village(2, -7.0, 106.02, "32.03.01")
    assert drawn(village_cells([west], [east])[west.code]).bounds[2] == pytest.approx(106.01, abs=1e-4)


def test_a_bay_stays_open_and_the_coast_is_near():
    left, right = settled(8, 2), settled(8, 2, "32.02.02", west=106.5)
    cells = village_cells(left + right)
    whole = shapely.union_all([drawn(polygons) for polygons in cells.values()])
    assert not whole.contains(shapely.Point(106.3, -6.9))
    assert whole.area * KM2 < 32 * 25  # each village about 3 x 3 km and a share of the coast


def test_far_islands_are_not_joined_across_the_sea():
    islands = [village(i, -7.0 + (i % 2) * 0.4, 106.0 + i * 0.3) for i in range(5)]
    cells = {code: drawn(polygons) for code, polygons in village_cells(islands).items()}
    assert all(shape.area * KM2 < 100 for shape in cells.values())


def test_mountains_between_villages_belong_to_them():
    ring = [v for v in settled(7, 7) if math.hypot(v.latitude + 6.905, v.longitude - 106.095) > 0.065]
    whole = shapely.union_all([drawn(polygons) for polygons in village_cells(ring).values()])
    assert whole.contains(shapely.Point(106.095, -6.905))


def test_a_great_lake_stays_empty():
    ring = [v for v in settled(14, 14) if math.hypot(v.latitude + 6.8, v.longitude - 106.2) > 0.17]
    whole = shapely.union_all([drawn(polygons) for polygons in village_cells(ring).values()])
    assert not whole.contains(shapely.Point(106.2, -6.8))


def test_districts_are_the_union_of_their_villages():
    villages = settled(5, 4) + settled(5, 4, "32.02.02", west=106.12)
    cells = village_cells(villages)
    outlines = district_outlines(cells)
    assert list(outlines) == ["32.02.01", "32.02.02"]
    for district, polygons in outlines.items():
        members = sum(drawn(cells[code]).area for code in cells if district.holds(code))
        assert drawn(polygons).area == pytest.approx(members, rel=1e-6)
        assert len(polygons) == 1 and len(polygons[0]) == 1


def test_villages_without_a_point_of_their_own_are_left_out_and_named():
    there, same, nowhere = village(1, -7.0, 106.0), village(2, -7.0, 106.0), village(3, None, None)
    half = village(4, -7.0, None)
    assert list(village_cells([there, same, nowhere, half])) == [there.code]
    assert unplaced([there, same, nowhere, half]) == [same.code, nowhere.code, half.code]
    assert village_cells([nowhere]) == {} == village_cells([])
    assert district_outlines({}) == {}


def test_a_neighbour_on_the_same_point_takes_nothing_away():
    there = village(1, -7.0, 106.0)
    assert list(village_cells([there], [there, village(9, None, None, "32.03.01")])) == [there.code]


def test_the_map_of_a_regency_is_small():
    villages = settled(20, 19)
    cells = village_cells(villages)
    features = [
        {"type": "Feature", "properties": {"code": c}, "geometry": {"type": "MultiPolygon", "coordinates": p}}
        for c, p in cells.items()
    ]
    assert len(features) == 380
    assert len(json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))) < 150_000


def test_the_same_villages_give_the_same_cells():
    assert village_cells(settled(4, 4)) == village_cells(settled(4, 4))


places = st.tuples(st.integers(-7100, -6900), st.integers(106_000, 106_300)).map(
    lambda at: (at[0] / 1000, at[1] / 1000)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(places, min_size=1, max_size=12), st.lists(places, max_size=5))
def test_any_set_of_points_gives_a_valid_cell_to_every_point(own, around):
    villages = [village(i, *at) for i, at in enumerate(own)]
    neighbours = [village(i, *at, "32.03.01") for i, at in enumerate(around) if at not in own]
    cells = village_cells(villages, neighbours)
    assert set(cells) == {v.code for v in villages} - set(unplaced(villages))
    for code, polygons in cells.items():
        assert polygons and drawn(polygons).is_valid, code
