"""Which regions does a boundary file draw, and what in it does not fit? Reads GeoJSON and TopoJSON, recognises regions
by their Kemendagri code under the property names that offices use, repairs shapes and thins them for a map. Codes of
BPS and coordinates in metres are recognised and refused, not guessed."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from jangkau.core.kernel import Corrupt, Gazetteer, RegionCode

Polygons = list[list[list[list[float]]]]
"""Coordinates of a GeoJSON MultiPolygon: polygons, rings (outer first), [longitude, latitude] in degrees."""

TOLERANCE = 1e-3  # degrees: bends smaller than a triangle of about 110 metres go; a map of a regency shows no more
DECIMALS = 4  # of a degree, eleven metres: neighbours keep the same corners
FAR = 0.5  # degrees: a shape this far from the point of its region bears a wrong code
EXAMPLES = 5

_CODE_NAME = re.compile(r"(kode|kd|code|id)|.*(kode|code|pum)")
_OTHER_NAME = re.compile(r".*(bps|pos|zip|parent|induk|unsur|fcode|luas)")
_CODE = re.compile(r"(?:ID)?([0-9]+(?:\.[0-9]+){0,3})")
_MALFORMED = (TypeError, ValueError, IndexError, KeyError, AttributeError, shapely.errors.ShapelyError)

_SENTENCES = {
    "no_code": (
        "{count} bentuk tidak membawa kode wilayah ({examples}); tidak dimuat.",
        "{count} shapes carry no region code ({examples}); not loaded.",
    ),
    "bps_codes": (
        "{count} kode memakai skema BPS ({examples}); yang diperlukan kode Kemendagri. Tidak satu pun dimuat.",
        "{count} codes follow the scheme of BPS ({examples}); Kemendagri codes are needed. None was loaded.",
    ),
    "unknown_code": (
        "{count} kode tidak ada dalam daftar Kemendagri ({examples}); tidak dimuat.",
        "{count} codes are not in the Kemendagri list ({examples}); not loaded.",
    ),
    "outside_area": (
        "{count} wilayah berada di luar daerah ini ({examples}); tidak dimuat.",
        "{count} regions lie outside this area ({examples}); not loaded.",
    ),
    "geometry_unreadable": (
        "{count} bentuk tidak memuat poligon yang terbaca ({examples}); tidak dimuat.",
        "{count} shapes hold no polygon that can be read ({examples}); not loaded.",
    ),
    "not_degrees": (
        "{count} bentuk tidak memakai derajat bujur dan lintang WGS 84 ({examples}); ubah proyeksinya dulu.",
        "{count} shapes are not in degrees of longitude and latitude, WGS 84 ({examples}); reproject them first.",
    ),
    "duplicate_code": (
        "{count} kode muncul lebih dari sekali ({examples}); bentuknya digabung menjadi satu.",
        "{count} codes stand there more than once ({examples}); their shapes were merged.",
    ),
    "geometry_repaired": (
        "{count} bentuk tidak sah (misalnya memotong dirinya sendiri) dan diperbaiki ({examples}).",
        "{count} shapes were invalid (crossing themselves, say) and were repaired ({examples}).",
    ),
    "far_from_place": (
        "{count} bentuk terletak jauh dari wilayah yang disebut kodenya ({examples}); periksa kodenya.",
        "{count} shapes lie far from the region that their code names ({examples}); check the code.",
    ),
    "villages_missing": (
        "{count} desa/kelurahan tidak ada dalam berkas ({examples}); selnya tetap seperti sebelumnya.",
        "{count} villages are not in the file ({examples}); their cells stay as they were.",
    ),
}


class BoundaryProblem(NamedTuple):
    """What does not fit, how often, with at most five examples, as one sentence in each language."""

    code: str
    count: int  # type: ignore[assignment]  # the name the export carries; nobody counts the fields of this tuple
    examples: tuple[str, ...]
    indonesian: str
    english: str


class BoundaryReading(NamedTuple):
    """Shapes by region code (any level), and what did not fit, in the order of `_SENTENCES`."""

    shapes: dict[RegionCode, Polygons]
    problems: list[BoundaryProblem]


class _Feature(NamedTuple):
    """A shape as the file has it: where it stands, what is written beside it, its unread geometry."""

    where: str
    written: dict[str, Any]
    geometry: Any
    ring: Callable[[Any], Any]


class _Findings(defaultdict[str, list[str]]):
    """Problem code to where it was found."""

    def __init__(self) -> None:
        super().__init__(list)

    def problems(self) -> list[BoundaryProblem]:
        found = []
        for code, sentences in _SENTENCES.items():
            places = self.get(code, [])
            if not places:
                continue
            shown = ", ".join(places[:EXAMPLES]) + (", …" if len(places) > EXAMPLES else "")
            said = [sentence.format(count=len(places), examples=shown) for sentence in sentences]
            found.append(BoundaryProblem(code, len(places), tuple(places[:EXAMPLES]), said[0], said[1]))
        return found


def read_boundaries(content: bytes, *, gazetteer: Gazetteer, area: RegionCode) -> BoundaryReading:
    """The regions of `area` that a GeoJSON or TopoJSON file (all its layers) draws, thinned to about 110 metres such
    that neighbours still meet, and everything in it that does not fit. A village that comes in several shapes becomes
    one. When most codes are those of BPS, nothing is taken: some would look right and be another place.

    Raises Corrupt when the bytes are not such a file.

    >>> square = {"type": "Polygon", "coordinates": [[[106, -7], [107, -7], [107, -6], [106, -7]]]}
    >>> file = {"type": "Feature", "properties": {"KODE": 3202012001}, "geometry": square}
    >>> places = Gazetteer.parse("32.02.01|D|-6.5|106.5\\n32.02.01.2001|A|-6.6|106.6\\n32.02.01.2002|B|-6.6|106.6")
    >>> reading = read_boundaries(json.dumps(file).encode(), gazetteer=places, area=RegionCode("32.02.01"))
    >>> list(reading.shapes), [(problem.code, problem.examples) for problem in reading.problems]
    (['32.02.01.2001'], [('villages_missing', ('32.02.01.2002',))])
    """
    features = list(_features(_parsed(content)))
    if not features:
        raise _not_boundaries("tidak memuat satu pun bentuk wilayah", "holds not a single shape")
    findings = _Findings()
    coded = _coded(features, gazetteer, area, findings)
    parts: dict[RegionCode, list[BaseGeometry]] = defaultdict(list)
    for code, feature in coded:
        shape = _checked(code, feature, findings)
        if shape is not None:
            parts[code].append(shape)
    findings["duplicate_code"] = [code for code, group in sorted(parts.items()) if len(group) > 1]
    whole = {code: shapely.union_all(group) if len(group) > 1 else group[0] for code, group in sorted(parts.items())}
    findings["far_from_place"] = [code for code, shape in whole.items() if _is_far(shape, gazetteer, code)]
    findings["villages_missing"] = [
        village.code for village in gazetteer.inside(area, "village") if village.code not in whole
    ]
    return BoundaryReading(_thinned(whole), findings.problems())


def _not_boundaries(indonesian: str, english: str) -> Corrupt:
    return Corrupt(
        f"Berkas batas wilayah {indonesian}. Kirim GeoJSON atau TopoJSON dengan kode Kemendagri.",
        f"The boundary file {english}. Send GeoJSON or TopoJSON with Kemendagri codes.",
    )


def _parsed(content: bytes) -> dict[str, Any]:
    if not content.strip():
        raise _not_boundaries("kosong", "is empty")
    if content.startswith(b"PK"):
        raise _not_boundaries("adalah arsip ZIP, mungkin shapefile", "is a ZIP archive, perhaps a shapefile")
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):  # not JSON, cut off, or not text at all
        raise _not_boundaries("rusak atau bukan JSON", "is damaged or is no JSON") from None
    kinds = ("FeatureCollection", "Feature", "Topology")
    if not isinstance(document, dict) or document.get("type") not in kinds:
        raise _not_boundaries("bukan GeoJSON atau TopoJSON", "is neither GeoJSON nor TopoJSON")
    return document


def _features(document: dict[str, Any]) -> Iterator[_Feature]:
    if document["type"] == "Topology":
        yield from _topology_features(document)
        return
    listed = document.get("features") if document["type"] == "FeatureCollection" else [document]
    for number, feature in enumerate(listed if isinstance(listed, list) else [], start=1):
        if isinstance(feature, dict):
            yield _Feature(f"#{number}", _written(feature), feature.get("geometry"), lambda ring: ring)


def _topology_features(document: dict[str, Any]) -> Iterator[_Feature]:
    """The geometries of all layers; a ring is a chain of shared arcs."""
    arcs = _arcs(document)

    def ring(numbers: Any) -> list[list[float]]:
        points: list[list[float]] = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        return points

    layers = document.get("objects")
    for layer, geometry in (layers if isinstance(layers, dict) else {}).items():
        number = 0
        waiting = [geometry]
        while waiting:
            geometry = waiting.pop()
            if not isinstance(geometry, dict):
                continue
            if geometry.get("type") == "GeometryCollection" and isinstance(geometry.get("geometries"), list):
                waiting += reversed(geometry["geometries"])
                continue
            number += 1
            yield _Feature(f"{layer} #{number}", _written(geometry), geometry, ring)


def _arcs(document: dict[str, Any]) -> list[list[list[float]]]:
    """All arcs in degrees; with a `transform` they are stored as steps on a grid."""
    try:
        arcs = [np.asarray(arc, dtype=float)[:, :2] for arc in document["arcs"]]
        if transform := document.get("transform"):
            scale, shift = (np.asarray(transform[key], dtype=float) for key in ("scale", "translate"))
            arcs = [arc.cumsum(axis=0) * scale + shift for arc in arcs]
    except _MALFORMED:
        raise _not_boundaries("adalah TopoJSON dengan busur yang rusak", "is TopoJSON with damaged arcs") from None
    return [arc.tolist() for arc in arcs]


def _written(feature: dict[str, Any]) -> dict[str, Any]:
    properties = feature.get("properties")
    return {"id": feature.get("id"), **(properties if isinstance(properties, dict) else {})}


def _coded(
    features: Iterable[_Feature], gazetteer: Gazetteer, area: RegionCode, findings: _Findings
) -> list[tuple[RegionCode, _Feature]]:
    """The features whose code is a region of the area; the others become findings."""
    coded, of_bps = [], []
    for feature in features:
        digits = _digits(feature.written, gazetteer)
        code = _dotted(digits)
        if not digits:
            findings["no_code"].append(feature.where)
        elif code in gazetteer:
            coded.append((RegionCode(code), feature))
        elif len(digits) == 7 or (len(digits) == 10 and digits[6] == "0"):
            of_bps.append(digits)  # BPS numbers districts with three digits: 3202010, 3202010001
        else:
            findings["unknown_code"].append(code or digits)
    if len(of_bps) > len(coded):
        findings["bps_codes"] = of_bps
        return []
    findings["unknown_code"] += of_bps
    findings["outside_area"] = [code for code, _ in coded if not area.holds(code)]
    return [(code, feature) for code, feature in coded if area.holds(code)]


def _digits(written: dict[str, Any], gazetteer: Gazetteer) -> str:
    """The digits of the most detailed code written beside a shape, a known one first; "" when there is none."""
    found = []
    for name, value in written.items():
        plain = re.sub(r"[^a-z]", "", str(name).lower())
        if not _CODE_NAME.match(plain) or _OTHER_NAME.match(plain) or isinstance(value, bool):
            continue
        text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
        form = _CODE.fullmatch(text)
        digits = form[1].replace(".", "") if form else ""
        # A running number is no code: under "id" only the longer codes count.
        if len(digits) in (2, 4, 6, 7, 10) and (plain != "id" or len(digits) >= 6):
            found.append(digits)
    detail = {7: 6}  # seven digits are a district of BPS
    return max(found, key=lambda d: (detail.get(len(d), len(d)), _dotted(d) in gazetteer), default="")


def _dotted(digits: str) -> str:
    """
    >>> _dotted("3202012001"), _dotted("3202"), _dotted("3202010")
    ('32.02.01.2001', '32.02', '')
    """
    if len(digits) not in (2, 4, 6, 10):
        return ""
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if part)


def _checked(code: RegionCode, feature: _Feature, findings: _Findings) -> BaseGeometry | None:
    """The shape of a feature, valid and in degrees; None with a finding when it cannot be had."""
    try:
        drawn = shapely.MultiPolygon([shapely.Polygon(rings[0], rings[1:]) for rings in _rings(feature)])
    except _MALFORMED:
        drawn = shapely.MultiPolygon()
    if not drawn.is_empty and not _in_degrees(drawn):
        findings["not_degrees"].append(code)
        return None
    shape = drawn if drawn.is_valid else _areas(shapely.make_valid(drawn))
    if shape.is_empty:
        findings["geometry_unreadable"].append(code)
        return None
    if shape is not drawn:
        findings["geometry_repaired"].append(code)
    return shape


def _in_degrees(shape: BaseGeometry) -> bool:
    west, south, east, north = shape.bounds
    return bool(west >= -180 and south >= -90 and east <= 180 and north <= 90)


def _rings(feature: _Feature) -> list[list[Any]]:
    """The rings of all polygons of a feature, as finite pairs of numbers."""
    found: list[list[Any]] = []
    waiting = [feature.geometry]
    while waiting:
        geometry = waiting.pop()
        drawn = geometry.get("arcs", geometry.get("coordinates"))
        if geometry["type"] == "GeometryCollection":
            waiting += geometry["geometries"]
        elif geometry["type"] in ("Polygon", "MultiPolygon"):
            found += [drawn] if geometry["type"] == "Polygon" else drawn
    polygons = [[np.asarray(feature.ring(ring), dtype=float)[:, :2] for ring in polygon] for polygon in found]
    if not all(np.isfinite(ring).all() for polygon in polygons for ring in polygon):
        raise ValueError("a coordinate is not a finite number")
    return polygons


def _areas(shape: BaseGeometry) -> BaseGeometry:
    """Only the polygons of a shape: repairs leave lines and points behind."""
    loose = shapely.get_parts(shapely.get_parts(shape))
    return shapely.union_all([part for part in loose if part.geom_type == "Polygon"])


def _is_far(shape: BaseGeometry, gazetteer: Gazetteer, code: RegionCode) -> bool:
    region = gazetteer[code]
    if region.latitude is None or region.longitude is None:
        return False
    return bool(shape.distance(shapely.Point(region.longitude, region.latitude)) > FAR)


def _thinned(shapes: dict[RegionCode, BaseGeometry]) -> dict[RegionCode, Polygons]:
    """Coordinates for a map. The regions of a level are thinned together, so that common borders stay common."""
    levels: dict[str, list[RegionCode]] = defaultdict(list)
    for code in shapes:
        levels[code.level].append(code)
    thinned = {}
    for codes in levels.values():
        simple = shapely.coverage_simplify([shapes[code] for code in codes], TOLERANCE)
        for code, shape in zip(codes, simple, strict=True):
            on_grid = _areas(shapely.set_precision(shape, 10.0**-DECIMALS))
            thinned[code] = _polygons(shapes[code] if on_grid.is_empty else on_grid)
    return dict(sorted(thinned.items()))


def _polygons(shape: BaseGeometry) -> Polygons:
    return [[_ring(ring) for ring in (part.exterior, *part.interiors)] for part in shapely.get_parts(shape)]


def _ring(ring: BaseGeometry) -> list[list[float]]:
    return [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring.coords]
