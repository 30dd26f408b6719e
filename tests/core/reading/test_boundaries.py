"""Boundary files: what is recognised, what is repaired, what is refused and how it is said."""

import json

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.kernel import Corrupt, Gazetteer, RegionCode
from jangkau.core.reading.boundaries import TOLERANCE, read_boundaries

PLACES = Gazetteer.parse(
    "\n".join(
        (
            "32|Jawa Barat||",
            "32.02|Kabupaten Anu|-7.0|106.5",
            "32.02.01|Satu|-7.0|106.5",
            "32.02.01.1001|Kota|-6.95|106.05",
            "32.02.01.2002|Mekar|-6.95|106.15",
            "32.02.01.2003|Sari||",
            "32.03|Kabupaten Lain||",
            "32.03.01|Jauh||",
            "32.03.01.2001|Jauh||",
        )
    )
)
AREA = RegionCode("32.02")
VILLAGES = ["32.02.01.1001", "32.02.01.2002", "32.02.01.2003"]


def square(west=106.0, south=-7.0, side=0.1):
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(code, ring=None, name="kode", **properties):
    geometry = {"type": "Polygon", "coordinates": [ring or square()]}
    return {"type": "Feature", "properties": {name: code, **properties}, "geometry": geometry}


def read(document, area=AREA):
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return read_boundaries(content, gazetteer=PLACES, area=area)


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


def said(reading):
    return {problem.code: problem.examples for problem in reading.problems}


def drawn(reading, code):
    return shapely.geometry.shape({"type": "MultiPolygon", "coordinates": reading.shapes[code]})


ALL = [feature(code, square(106 + i / 10)) for i, code in enumerate(VILLAGES)]


def test_a_complete_file_has_no_problem():
    reading = read(collection(*ALL))
    assert list(reading.shapes) == VILLAGES
    assert reading.problems == []
    assert all(drawn(reading, code).area == pytest.approx(0.01) for code in VILLAGES)


@pytest.mark.parametrize(
    "name", ["code", "KODE", "kode_desa", "KDEPUM", "Kode Wilayah", "KODE_KEMENDAGRI", "adm4_pcode", "id"]
)
@pytest.mark.parametrize("value", ["32.02.01.2002", "3202012002", 3202012002, 3202012002.0, " 3202012002 "])
def test_codes_are_found_under_the_names_that_offices_use(name, value):
    assert list(read(collection(feature(value, name=name))).shapes) == ["32.02.01.2002"]


def test_a_code_beside_the_properties_counts():
    one = {**feature("x", name="NAMOBJ"), "id": "32.02.01.2002"}
    assert list(read(one).shapes) == ["32.02.01.2002"]


def test_the_most_detailed_code_wins_and_other_columns_do_not_count():
    properties = {"KDPPUM": "32", "KDPKAB": "32.02", "KDCPUM": "32.02.01", "KDEPUM": "32.02.01.2002"}
    decoys = {
        "id": 11,
        "parent": "32.02.01.1001",
        "kode_pos": "43351",
        "KODE_BPS": "3202010001",
        "KODE_UNSUR": "BA03",
        "code_ok": True,
    }
    assert list(read(collection({**feature(""), "properties": {**properties, **decoys}})).shapes) == ["32.02.01.2002"]


def test_districts_are_read_too_and_the_missing_villages_are_named():
    reading = read(collection(feature("320201")))
    assert list(reading.shapes) == ["32.02.01"]
    assert said(reading) == {"villages_missing": tuple(VILLAGES)}


def test_shapes_without_a_code_are_counted_by_place():
    reading = read(collection(*ALL, feature("Mekar"), {"type": "Feature", "properties": None, "geometry": None}))
    assert said(reading) == {"no_code": ("#4", "#5")}


def test_a_running_number_is_no_province():
    assert said(read(collection(*ALL, feature(32, name="id")))) == {"no_code": ("#4",)}


def test_unknown_codes_and_codes_of_another_area_are_left_out():
    reading = read(collection(*ALL, feature("32.02.01.2999"), feature("32.03.01.2001"), feature("32")))
    assert list(reading.shapes) == VILLAGES
    assert said(reading) == {"unknown_code": ("32.02.01.2999",), "outside_area": ("32.03.01.2001", "32")}


@pytest.mark.parametrize("codes", [["3202010001", "3202010002"], ["3202010", "3202020"], ["ID3202010"]])
def test_codes_of_bps_are_recognised_and_nothing_is_taken(codes):
    reading = read(collection(*(feature(code) for code in codes)))
    assert reading.shapes == {}
    assert said(reading)["bps_codes"] == tuple(code.removeprefix("ID") for code in codes)
    assert "BPS" in reading.problems[0].indonesian and "BPS" in reading.problems[0].english


def test_most_codes_of_bps_taint_those_that_happen_to_exist():
    reading = read(collection(feature("3202010001"), feature("3202010002"), feature("3202012002")))
    assert reading.shapes == {}


def test_a_stray_code_of_bps_is_just_unknown():
    assert said(read(collection(*ALL, feature("3202010001")))) == {"unknown_code": ("3202010001",)}


def test_several_shapes_of_one_code_become_one():
    reading = read(collection(*ALL, feature(VILLAGES[2], square(106.5))))
    assert said(reading) == {"duplicate_code": (VILLAGES[2],)}
    assert drawn(reading, VILLAGES[2]).area == pytest.approx(0.02)
    assert len(reading.shapes[VILLAGES[2]]) == 2


def test_a_crossed_shape_is_repaired():
    bow = [[106.2, -7], [106.3, -6.9], [106.3, -7], [106.2, -6.9], [106.2, -7]]
    reading = read(collection(*ALL[:2], feature(VILLAGES[2], bow)))
    assert said(reading) == {"geometry_repaired": (VILLAGES[2],)}
    assert drawn(reading, VILLAGES[2]).is_valid
    assert drawn(reading, VILLAGES[2]).area == pytest.approx(0.005)


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {"type": "Point", "coordinates": [106, -7]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[106, -7], [107, -7]]]},
        {"type": "Polygon", "coordinates": [[["a", "b"], [1, 2], [3, 4], [5, 6]]]},
        {"type": "Polygon", "coordinates": [[[106, -7], [107, -7], [106, -7], [107, -7], [106, -7]]]},
        {"type": "Polygon", "coordinates": [[[106, float("nan")], [107, -7], [106, -6], [106, -7]]]},
        {"type": "Polygon"},
        {},
    ],
)
def test_shapes_without_a_polygon_are_said_and_skipped(geometry):
    reading = read(collection(*ALL[:2], {**feature(VILLAGES[2]), "geometry": geometry}))
    assert list(reading.shapes) == VILLAGES[:2]
    assert said(reading) == {"geometry_unreadable": (VILLAGES[2],), "villages_missing": (VILLAGES[2],)}


def test_metres_and_swapped_coordinates_are_not_degrees():
    metres = feature(VILLAGES[0], square(668_000, 9_226_000, 900))
    swapped = feature(VILLAGES[1], [[y, x] for x, y in square()])
    assert said(read(collection(metres, swapped)))["not_degrees"] == (VILLAGES[0], VILLAGES[1])


def test_a_shape_far_from_its_region_is_kept_and_said():
    reading = read(collection(feature(VILLAGES[0], square(110)), *ALL[1:]))
    assert said(reading) == {"far_from_place": (VILLAGES[0],)}
    assert VILLAGES[0] in reading.shapes


def test_holes_heights_and_nested_geometries_are_read():
    hole = square(106.02, -6.98, 0.05)
    polygon = {"type": "Polygon", "coordinates": [[[*point, 512.0] for point in square()], hole]}
    nested = {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [0, 0]}, polygon]}
    reading = read(collection({**feature(VILLAGES[0]), "geometry": nested}))
    assert drawn(reading, VILLAGES[0]).area == pytest.approx(0.01 - 0.0025)
    assert all(len(point) == 2 for ring in reading.shapes[VILLAGES[0]][0] for point in ring)


def test_long_lists_of_findings_are_cut_after_five():
    reading = read(collection(*ALL, *(feature(f"32.02.01.29{i:02d}") for i in range(7))))
    (problem,) = reading.problems
    assert (problem.code, problem.count, len(problem.examples)) == ("unknown_code", 7, 5)
    assert problem.english.startswith("7 codes are not in the Kemendagri list (32.02.01.2900, ")
    assert ", …)" in problem.indonesian


def zigzag(west, east, steps=200):
    """A wavy border at latitude -6.9, much finer than a map shows."""
    return [[west + (east - west) * i / steps, -6.9 + (i % 2) * TOLERANCE / 10] for i in range(steps + 1)]


def test_shapes_are_thinned_and_neighbours_still_meet():
    border = zigzag(106.0, 106.1)
    south = [[106.0, -7.0], [106.1, -7.0], *reversed(border), [106.0, -7.0]]
    north = [*border, [106.1, -6.8], [106.0, -6.8], border[0]]
    reading = read(collection(feature(VILLAGES[0], south), feature(VILLAGES[1], north)))
    below, above = (drawn(reading, code) for code in VILLAGES[:2])
    assert shapely.get_num_coordinates(below) < 30
    assert shapely.union(below, above).area == pytest.approx(below.area + above.area)
    assert shapely.union(below, above).geom_type == "Polygon"


def test_a_speck_is_kept_as_it_is():
    reading = read(collection(feature(VILLAGES[0], square(106, -7, 0.00002)), *ALL[1:]))
    assert reading.shapes[VILLAGES[0]]


# ---- TopoJSON: two squares that share their middle line; arc 1 is that line, upwards.

STEPS = {
    "type": "Topology",
    "transform": {"scale": [0.05, 0.1], "translate": [106.0, -7.0]},
    "arcs": [[[2, 0], [-2, 0], [0, 1], [2, 0]], [[2, 0], [0, 1]], [[2, 0], [2, 0], [0, 1], [-2, 0]]],
    "objects": {
        "desa": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "properties": {"kode": "3202011001"}, "arcs": [[0, -2]]},
                {"type": "MultiPolygon", "id": "32.02.01.2002", "arcs": [[[2, -2]]]},
            ],
        },
        "garis": {"type": "GeometryCollection", "geometries": [{"type": "LineString", "arcs": [0]}, None]},
    },
}


def test_topojson_with_shared_and_reversed_arcs():
    reading = read({**STEPS, "objects": {"desa": STEPS["objects"]["desa"]}})
    west, east = (drawn(reading, code) for code in VILLAGES[:2])
    assert west.equals(shapely.box(106.0, -7.0, 106.1, -6.9))
    assert east.equals(shapely.box(106.1, -7.0, 106.2, -6.9))
    assert said(reading) == {"villages_missing": (VILLAGES[2],)}


def test_topojson_without_a_grid_and_with_several_layers():
    arcs = [[[106.1, -7], [106, -7], [106, -6.9], [106.1, -6.9]], [[106.1, -7], [106.1, -6.9]]]
    layers = {
        "desa": {"type": "Polygon", "id": 3202011001, "arcs": [[0, -2]]},
        "kecamatan": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[0, -2]]}]},
    }
    reading = read({"type": "Topology", "arcs": arcs, "objects": layers})
    assert drawn(reading, VILLAGES[0]).equals(shapely.box(106.0, -7.0, 106.1, -6.9))
    assert said(reading)["no_code"] == ("kecamatan #1",)


def test_a_reference_to_an_arc_that_is_not_there_spoils_one_shape_only():
    broken = {"type": "Polygon", "id": VILLAGES[2], "arcs": [[7, "x"]]}
    layers = {**STEPS["objects"], "rusak": broken, "kosong": None}
    reading = read({**STEPS, "objects": layers})
    assert list(reading.shapes) == VILLAGES[:2]
    assert said(reading)["geometry_unreadable"] == (VILLAGES[2],)


# ---- what is no boundary file


@pytest.mark.parametrize(
    ("content", "english"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"PK\x03\x04\x14", "ZIP archive"),
        (b"\x89PNG\r\n\x1a\n\x00", "no JSON"),
        (b'{"type": "FeatureCollection", "features": [{"type"', "no JSON"),
        (b"[" * 200_000, "no JSON"),
        (b"[1, 2]", "neither GeoJSON nor TopoJSON"),
        (b'{"type": "Polygon", "coordinates": []}', "neither GeoJSON nor TopoJSON"),
        (b'{"type": "FeatureCollection", "features": []}', "not a single shape"),
        (b'{"type": "FeatureCollection", "features": {"a": 1}}', "not a single shape"),
        (b'{"type": "FeatureCollection", "features": [null]}', "not a single shape"),
        (b'{"type": "Topology", "arcs": [], "objects": []}', "not a single shape"),
        (b'{"type": "Topology", "objects": {}}', "damaged arcs"),
        (b'{"type": "Topology", "arcs": [[[0, 0]]], "transform": {"scale": 1}, "objects": {}}', "damaged arcs"),
    ],
)
def test_other_files_are_refused_with_a_sentence(content, english):
    with pytest.raises(Corrupt, match="Kirim GeoJSON") as refused:
        read(content)
    assert english in refused.value.english


numbers = st.one_of(st.floats(allow_nan=True), st.integers(-200, 200), st.floats(105.9, 106.3), st.none())
rings = st.lists(st.lists(numbers, max_size=3), max_size=6)
geometries = st.one_of(
    st.none(),
    st.fixed_dictionaries({"type": st.just("Polygon"), "coordinates": st.lists(rings, max_size=2)}),
    st.fixed_dictionaries(
        {"type": st.just("MultiPolygon"), "coordinates": st.lists(st.lists(rings, max_size=2), max_size=2)}
    ),
)


@given(st.lists(st.tuples(st.sampled_from([*VILLAGES, "3202010001", "x"]), geometries), min_size=1, max_size=4))
def test_whatever_the_geometry_only_valid_shapes_come_out(listed):
    reading = read(collection(*({**feature(code), "geometry": geometry} for code, geometry in listed)))
    assert set(reading.shapes) <= set(VILLAGES)
    assert not any(drawn(reading, code).is_empty for code in reading.shapes)


@settings(deadline=None)  # a ring takes long on a busy machine
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=8))
def test_any_wild_ring_becomes_a_valid_shape_or_a_finding(corners):
    ring = [[106 + x / 100, -7 + y / 100] for x, y in corners]
    reading = read(collection(feature(VILLAGES[0], ring)))
    assert (VILLAGES[0] in reading.shapes) != ("geometry_unreadable" in said(reading))
    if VILLAGES[0] in reading.shapes:
        assert drawn(reading, VILLAGES[0]).is_valid
