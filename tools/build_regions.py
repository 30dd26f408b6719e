"""Compiles the regions of Indonesia that the package carries: src/jangkau/registry/people/indonesia.csv.xz.

Codes and names: npm package idn-area-data 4.0.1 (Kepmendagri 300.2.2-2138/2025; data under ODbL 1.0).
Points: npm package geografis 1.3.2 (MIT). A point is left out rather than shown in a wrong place.
Without arguments the packages are fetched by name through npm: python tools/build_regions.py [names.tgz points.tgz]
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import lzma
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

NAMES = ("idn-area-data@4.0.1", "8d47ffb2be39c08aacb0a2dd43193a1edb5754edb1022d57158341c702acc32d")
POINTS = ("geografis@1.3.2", "8edf6af4d7011ecf56f0b9ca46fa8cb7dfdcf922c365ee94cc0cae00f7df7c56")
TARGET = Path(__file__).parents[1] / "src/jangkau/registry/people/indonesia.csv.xz"
FILES = ("provinces", "regencies", "districts", "villages")
# What must come out; a package that says otherwise is not the one that was checked.
EXPECTED = {"provinces": 38, "regencies": 514, "districts": 7_285, "villages": 83_762}
DECIMALS = 4  # eleven metres
KM = 111.32  # one degree of latitude, near enough to tell a wrong point from a right one

Place = tuple[float, float]  # latitude, longitude in degrees


class Village(NamedTuple):
    """A village as the source of points knows it."""

    code: str
    name: str
    district: str
    place: Place


def packed(spec: tuple[str, str], given: str | None, folder: Path) -> bytes:
    """The bytes of a packed npm package, checked against the sum it was reviewed under."""
    name, expected = spec
    if given is None:
        command = ["npm", "pack", "--silent", "--pack-destination", str(folder), name]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        given = str(folder / (name.replace("@", "-") + ".tgz"))
    content = Path(given).read_bytes()
    if hashlib.sha256(content).hexdigest() != expected:
        raise SystemExit(f"{given} is not {name}: its SHA-256 differs. Nothing was written.")
    return content


def member(package: bytes, path: str) -> bytes:
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        found = archive.extractfile(f"package/{path}")
        assert found is not None
        return found.read()


def read_names(package: bytes) -> dict[str, dict[str, str]]:
    """Level to code to name, exactly as written."""
    names = {}
    for level in FILES:
        rows = csv.DictReader(io.StringIO(member(package, f"data/{level}.csv").decode()))
        names[level] = {row["code"]: row["name"] for row in rows}
        if len(names[level]) != EXPECTED[level]:
            raise SystemExit(f"{len(names[level])} {level}, expected {EXPECTED[level]}. Nothing was written.")
    return names


def plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def read_points(package: bytes, regencies: dict[str, str]) -> list[Village]:
    """Villages with points, under today's regency codes: the source still has the codes from before the provinces of
    Papua were divided, so a regency is recognised by its name."""
    today = {plain(name): code for code, name in regencies.items()}
    villages = []
    for row in json.loads(member(package, "data/json/data.json")):
        regency = today.get(plain(row["city"]), row["code"][:5])
        place = (round(float(row["latitude"]), DECIMALS), round(float(row["longitude"]), DECIMALS))
        villages.append(Village(regency + row["code"][5:], row["village"], row["district"], place))
    return villages


def join(names: dict[str, dict[str, str]], points: list[Village]) -> tuple[dict[str, Place], Counter[str]]:
    """Village code to place, and how each was found. Code and name together decide first; then a name that is unique in
    the district beats a code whose name differs, since codes move when villages are renumbered; then the code; then a
    name that is unique in a district of the same name in the regency. Each point is given once."""
    exact, in_district, by_code, in_regency = (defaultdict(list) for _ in range(4))
    for point in points:
        exact[point.code, plain(point.name)].append(point)
        in_district[point.code[:8], plain(point.name)].append(point)
        by_code[point.code].append(point)
        in_regency[point.code[:5], plain(point.district), plain(point.name)].append(point)
    places: dict[str, Place] = {}
    given: set[str] = set()
    how = Counter[str]()

    def give(way: str, candidates: Callable[[str, str], list[Village]]) -> None:
        for code, name in names["villages"].items():
            free = [] if code in places else [point for point in candidates(code, name) if point.code not in given]
            if len(free) == 1:
                places[code] = free[0].place
                given.add(free[0].code)
                how[way] += 1

    give("code and name", lambda code, name: exact[code, plain(name)])
    give("name in district", lambda code, name: in_district[code[:8], plain(name)])
    give("code alone", lambda code, _: by_code[code])
    district = {code: plain(name) for code, name in names["districts"].items()}
    give("name in district of that name", lambda code, name: in_regency[code[:5], district[code[:8]], plain(name)])
    how["not found"] = len(names["villages"]) - len(places)
    return places, how


def drop_shared(places: dict[str, Place]) -> list[str]:
    """Removes points that several villages share: they are nobody's own."""
    bearers = Counter(places.values())
    shared = [code for code, place in places.items() if bearers[place] > 1]
    for code in shared:
        del places[code]
    return shared


def on_plane(places: list[Place], at: float) -> np.ndarray:
    """(n, 2) kilometres on a plane that is true near latitude `at`."""
    degrees = np.array(places, dtype=float).reshape(-1, 2)
    return np.column_stack([degrees[:, 1] * KM * np.cos(np.radians(at)), degrees[:, 0] * KM])


def suspects(places: dict[str, Place]) -> list[tuple[str, float]]:
    """Villages that lie apart from all others of their district, with the distance to the nearest of them in km: more
    than 8 km and five times what is usual there. Far islands and forest villages are among them, rightly so."""
    districts = defaultdict(list)
    for code in places:
        districts[code[:8]].append(code)
    found = []
    for codes in districts.values():
        if len(codes) < 3:
            continue
        at = on_plane([places[code] for code in codes], places[codes[0]][0])
        apart = np.hypot(*(at[:, None] - at).transpose(2, 0, 1))
        np.fill_diagonal(apart, np.inf)
        nearest = apart.min(axis=1)
        limit = max(8.0, 5 * float(np.median(nearest)))
        found += [(code, float(km)) for code, km in zip(codes, nearest, strict=True) if km > limit]
    return found


def drop_strays(places: dict[str, Place]) -> list[str]:
    """Removes suspects whose place belongs to somebody else: their five nearest villages are all of other regencies and
    four times nearer than any village of their own district; or no village of it lies within 300 km."""
    codes = list(places)
    regency = np.array([code[:5] for code in codes])
    degrees = np.array([places[code] for code in codes])
    strays = []
    for code, apart in suspects(places):
        latitude, longitude = places[code]
        east = (degrees[:, 1] - longitude) * KM * np.cos(np.radians(latitude))
        away = np.hypot(east, (degrees[:, 0] - latitude) * KM)
        nearest = np.argsort(away)[1:6]
        foreign = bool((regency[nearest] != code[:5]).all())
        if apart > 300 or (foreign and apart > 4 * float(away[nearest[-1]])):
            strays.append(code)
    for code in strays:
        del places[code]
    return strays


def centres(places: dict[str, Place]) -> dict[str, Place]:
    """For provinces, regencies and districts: the village point nearest to the median of all of theirs, so that it
    lies inside even where the region is a ring or a chain of islands."""
    inside = defaultdict(list)
    for code, place in places.items():
        for width in (2, 5, 8):
            inside[code[:width]].append(place)
    found = {}
    for code, group in inside.items():
        at = on_plane(group, group[0][0])
        middle = np.median(at, axis=0)
        found[code] = group[int(np.argmin(np.hypot(*(at - middle).T)))]
    return found


def compile_table(names: dict[str, dict[str, str]], places: dict[str, Place]) -> str:
    """`code|name|latitude|longitude`, one line a region, by code."""
    at = {**places, **centres(places)}
    lines = []
    for code, name in sorted(pair for level in FILES for pair in names[level].items()):
        if "|" in name or name != name.strip():
            raise SystemExit(f"{code}: the name {name!r} does not fit the table. Nothing was written.")
        coordinates = "|".join(f"{degrees:.{DECIMALS}f}" for degrees in at[code]) if code in at else "|"
        lines.append(f"{code}|{name}|{coordinates}")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> None:
    given = arguments if len(arguments) == 2 else [None, None]
    with tempfile.TemporaryDirectory() as folder:
        names = read_names(packed(NAMES, given[0], Path(folder)))
        points = read_points(packed(POINTS, given[1], Path(folder)), names["regencies"])
    places, how = join(names, points)
    shared = drop_shared(places)
    strays = drop_strays(places)
    table = compile_table(names, places)
    TARGET.write_bytes(lzma.compress(table.encode(), preset=9 | lzma.PRESET_EXTREME))
    for level in FILES:
        print(f"{level}: {len(names[level]):,}")
    print(f"villages with a point: {len(places):,} of {len(names['villages']):,}")
    print("  found by " + ", ".join(f"{way}: {count:,}" for way, count in how.most_common()))
    print(f"  left out: {len(shared)} that share a point, {len(strays)} that lie in another regency")
    for code in strays:
        print(f"    {code} {names['villages'][code]}")
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
