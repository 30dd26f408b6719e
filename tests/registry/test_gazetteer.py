"""The table of regions that the package carries, and the rules by which it was compiled."""

import importlib.util
import lzma
import time
from collections import Counter
from pathlib import Path

import pytest

import jangkau
from jangkau.core.kernel import Gazetteer

TABLE = Path(jangkau.__file__).parent / "registry/people/indonesia.csv.xz"
TOOL = Path(__file__).parents[2] / "tools/build_regions.py"


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.parse(lzma.decompress(TABLE.read_bytes()).decode())


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("build_regions", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_all_of_indonesia_is_there(gazetteer):
    levels = Counter(region.code.level for region in gazetteer)
    assert levels == {"province": 38, "regency": 514, "district": 7_285, "village": 83_762}


def test_every_region_but_a_province_has_its_parent(gazetteer):
    assert [region.code for region in gazetteer if region.code.parent and region.code.parent not in gazetteer] == []


def test_kabupaten_sukabumi_is_complete(gazetteer):
    villages = gazetteer.inside("32.02", "village")
    assert gazetteer["32.02"].name == "Kabupaten Sukabumi"
    assert len(gazetteer.inside("32.02", "district")) == 47
    assert Counter(village.code.is_kelurahan for village in villages) == {False: 381, True: 5}
    places = {(village.latitude, village.longitude) for village in villages}
    assert len(places) == 386
    assert all(-7.5 < latitude < -6.6 and 106.3 < longitude < 107.1 for latitude, longitude in places)


def test_points_lie_in_indonesia_and_nearly_all_villages_have_one(gazetteer):
    placed = [region for region in gazetteer if region.latitude is not None]
    assert all(-11.2 < r.latitude < 6.3 and 94.9 < r.longitude < 141.1 for r in placed)
    assert sum(region.code.level == "village" for region in placed) > 0.98 * 83_762
    assert all(gazetteer[code].latitude is not None for code in ("32", "32.02", "95", "95.03"))


def test_no_two_villages_stand_on_one_point(gazetteer):
    places = Counter(
        (region.latitude, region.longitude)
        for region in gazetteer
        if region.code.level == "village" and region.latitude is not None
    )
    assert places.most_common(1)[0][1] == 1


def test_the_file_is_small_and_read_quickly():
    content = TABLE.read_bytes()
    assert len(content) < 2_000_000
    started = time.process_time()
    Gazetteer.parse(lzma.decompress(content).decode())
    assert time.process_time() - started < 2  # 0.35 s on a plain machine; a slow one must not fail the build


NAMES = {
    "provinces": {"91": "P"},
    "regencies": {"91.01": "Kabupaten Anu"},
    "districts": {"91.01.01": "Satu", "91.01.02": "Dua"},
    "villages": {},
}


def villages_of(**names):
    return {**NAMES, "villages": {f"91.01.01.{code[1:]}": name for code, name in names.items()}}


def test_code_and_name_win_then_a_name_in_the_district(tool):
    names = villages_of(v2001="Mekar", v2002="Sari Baru")
    points = [
        tool.Village("91.01.01.2001", "Sari Baru", "Satu", (-1.0, 130.0)),
        tool.Village("91.01.01.2002", "Mekar", "Satu", (-2.0, 131.0)),
    ]
    places, how = tool.join(names, points)
    assert places == {"91.01.01.2001": (-2.0, 131.0), "91.01.01.2002": (-1.0, 130.0)}
    assert how["name in district"] == 2


def test_a_renamed_village_keeps_its_point_and_a_point_is_given_once(tool):
    names = villages_of(v2001="Kuta Buluh", v1001="Melati", v2002="Melati")
    points = [
        tool.Village("91.01.01.2001", "Kisam", "Satu", (-1.0, 130.0)),
        tool.Village("91.01.01.2002", "Melati", "Satu", (-2.0, 131.0)),
    ]
    places, how = tool.join(names, points)
    assert places == {"91.01.01.2001": (-1.0, 130.0), "91.01.01.2002": (-2.0, 131.0)}
    assert (how["code alone"], how["not found"]) == (1, 1)


def test_a_district_that_was_renumbered_is_found_by_its_name(tool):
    points = [tool.Village("91.01.09.2044", "Melati", "Satu", (-1.0, 130.0))]
    places, how = tool.join(villages_of(v2001="Melati"), points)
    assert places == {"91.01.01.2001": (-1.0, 130.0)}
    assert how["name in district of that name"] == 1


def test_old_regency_codes_are_read_by_the_regency_name(tool, monkeypatch):
    row = b"""[{"code": "88.77.01.2001", "city": "KABUPATEN ANU", "district": "Satu", "village": "Mekar",
                "latitude": -1, "longitude": 130}]"""
    monkeypatch.setattr(tool, "member", lambda package, path: row)
    assert tool.read_points(b"", NAMES["regencies"])[0].code == "91.01.01.2001"


def grid(prefix, latitude, longitude, count=9, step=0.02):
    return {f"{prefix}.2{i:03d}": (latitude + step * (i // 3), longitude + step * (i % 3)) for i in range(count)}


def test_shared_points_are_dropped(tool):
    places = {"91.01.01.2001": (-1.0, 130.0), "91.01.01.2002": (-1.0, 130.0), "91.01.01.2003": (-1.1, 130.0)}
    assert tool.drop_shared(places) == ["91.01.01.2001", "91.01.01.2002"]
    assert places == {"91.01.01.2003": (-1.1, 130.0)}


def test_a_point_amid_another_regency_is_dropped_and_a_far_island_stays(tool):
    places = {**grid("91.01.01", -1.0, 130.0), **grid("92.05.01", -3.0, 132.0)}
    places["91.01.01.2900"] = (-3.011, 132.011)  # amid 92.05
    places["91.01.01.2901"] = (0.0, 129.0)  # 150 km out at sea, near nobody
    places["91.01.01.2902"] = (6.0, 95.0)  # the other end of the country
    assert set(tool.drop_strays(places)) == {"91.01.01.2900", "91.01.01.2902"}
    assert "91.01.01.2901" in places


def test_the_centre_of_a_region_is_the_point_of_one_of_its_villages(tool):
    places = grid("91.01.01", -1.0, 130.0)
    assert tool.centres(places) == dict.fromkeys(("91", "91.01", "91.01.01"), (-0.98, 130.02))


def test_another_package_than_the_reviewed_one_is_refused(tool, tmp_path):
    (tmp_path / "x.tgz").write_bytes(b"something else")
    with pytest.raises(SystemExit, match="SHA-256"):
        tool.packed(tool.NAMES, str(tmp_path / "x.tgz"), tmp_path)
