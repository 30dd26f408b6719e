"""Small drawings for paper, as SVG: a bar, the course of months, a map. Light to dark, so that a black-and-white copy
still tells low from high; every drawing stands beside the same figures in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from shapely import MultiPolygon, Polygon, coverage_simplify, total_bounds, unary_union
from shapely.geometry.base import BaseGeometry

from jangkau.registry.people.presenters.figures import coverage_class, short_month

FILLS = {
    "0": "#f4e7cd", "1": "#cfdcc0", "2": "#93c0b5", "3": "#4a959c", "4": "#0b5a66",
    "none": "#ffffff", "over": "#8a2f6b",
}  # fmt: skip
LEGEND = (
    ("0", "di bawah 20 %"),
    ("1", "20 sampai 35 %"),
    ("2", "35 sampai 50 %"),
    ("3", "50 sampai 65 %"),
    ("4", "65 % ke atas"),
    ("over", "terlalu tinggi (di atas 100 %)"),
    ("none", "tidak ada data"),
)
MAP_WIDTH, MAP_DETAIL = 640, 900  # points on paper; corners closer than a 900th of the width are not seen
CHART_WIDTH, CHART_HEIGHT, LEFT, FOOT = 640, 190, 34, 24

Polygons = Sequence[Sequence[Sequence[Sequence[float]]]]


class Point(NamedTuple):
    """A figure of a day, in per cent; `low` and `high` where it is expected, not known."""

    on: date
    percent: float
    low: float | None = None
    high: float | None = None


def bar(percent: float | None) -> SafeString:
    """A share as a bar of a hundred per cent."""
    width = f"{min(max(percent or 0.0, 0.0), 100.0):.1f}"
    return format_html(
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none"><rect width="100" height="8" fill="#e9edec"/>'
        '<rect width="{}" height="8" fill="#0b5a66"/></svg>',
        width,
    )


def key(name: str) -> SafeString:
    """The square of a class in the legend."""
    return format_html(
        '<svg class="key" viewBox="0 0 12 12"><rect x="0.5" y="0.5" width="11" height="11" fill="{}" stroke="#46595f" '
        'stroke-width="0.7"/></svg>',
        FILLS[name],
    )


def legend(shares: Iterable[float | None]) -> tuple[tuple[SafeString, str], ...]:
    """The classes of a map with their squares; more than a hundred per cent is named only where it occurs."""
    over = any(share is not None and share > 100 for share in shares)
    return tuple((key(name), words) for name, words in LEGEND if over or name != "over")


def choropleth(outlines: Mapping[str, Polygons], shares: Mapping[str, float | None]) -> SafeString:
    """The villages of `outlines` (degrees), each in the class of its share; districts are parted by a thicker line."""
    if not outlines:
        return SafeString("")
    codes = sorted(outlines)
    drawn = [MultiPolygon([Polygon(rings[0], rings[1:]) for rings in outlines[code]]) for code in codes]
    west, south, east, north = total_bounds(drawn)
    thin = dict(zip(codes, coverage_simplify(drawn, (east - west) / MAP_DETAIL), strict=True))
    scale = MAP_WIDTH / (east - west)

    def path(shape: BaseGeometry) -> str:
        rings = (ring for part in getattr(shape, "geoms", [shape]) for ring in (part.exterior, *part.interiors))
        return "".join(
            "M" + "L".join(f"{(x - west) * scale:.1f} {(north - y) * scale:.1f}" for x, y in ring.coords) + "Z"
            for ring in rings
        )

    cells = format_html_join(
        "", '<path d="{}" fill="{}"/>', ((path(thin[code]), FILLS[coverage_class(shares.get(code))]) for code in codes)
    )
    districts = sorted({code[:8] for code in codes})
    borders = format_html_join(
        "",
        '<path d="{}"/>',
        ((path(unary_union([thin[code].buffer(0) for code in codes if code[:8] == d])),) for d in districts),
    )
    return format_html(
        '<svg class="map" viewBox="-2 -2 {} {}"><g stroke="#8f9ea2" stroke-width="0.4">{}</g>'
        '<g fill="none" stroke="#15252b" stroke-width="0.9">{}</g></svg>',
        MAP_WIDTH + 4,
        f"{(north - south) * scale + 4:.0f}",
        cells,
        borders,
    )


def course(line: Sequence[Point], quoted: Sequence[Point], expected: Sequence[Point]) -> SafeString:
    """Months from left to right: the line by name, quoted figures as rings, what is expected dashed in its interval."""
    told = [*line, *expected]
    if len(line) < 2:
        return SafeString("")
    first, last = line[0].on.toordinal(), max(point.on.toordinal() for point in told)
    shown = [point for point in quoted if first <= point.on.toordinal() <= last]
    values = [p.percent for p in (*told, *shown)] + [edge for p in expected for edge in (p.low, p.high) if edge]
    low, high = 10 * int(min(values) // 10), 10 * int(-(-max(values) // 10))

    def at(on: date, percent: float) -> str:
        x = LEFT + (on.toordinal() - first) / (last - first) * (CHART_WIDTH - LEFT - 6)
        return f"{x:.1f},{(high - percent) / (high - low) * (CHART_HEIGHT - FOOT - 8) + 8:.1f}"

    steps = range(low, high + 1, 10)
    grid = format_html_join(
        "",
        '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="#dfe6e7"/><text x="{}" y="{}" text-anchor="end">{} %</text>',
        (
            (LEFT, CHART_WIDTH, y, y, LEFT - 4, float(y) + 3.5, step)
            for step in steps
            if (y := at(line[0].on, step).split(",")[1])
        ),
    )
    every = max(1, len(told) // 8)
    months = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        ((at(p.on, low).split(",")[0], CHART_HEIGHT - 6, short_month(p.on)) for p in told[: -every or None : every]),
    )
    beyond = [line[-1], *expected]
    area = [at(p.on, p.high or p.percent) for p in beyond] + [at(p.on, p.low or p.percent) for p in reversed(beyond)]
    rings = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="4" fill="#ffffff" stroke="#a35506" stroke-width="1.8"/>',
        (at(p.on, p.percent).split(",") for p in shown),
    )
    return format_html(
        '<svg class="course" viewBox="0 0 {} {}"><g font-size="9.5" fill="#46595f">{}{}</g>'
        '<polygon points="{}" fill="#dfe6e7"/><polyline points="{}" fill="none" stroke="#0b5a66" stroke-width="2"/>'
        '<polyline points="{}" fill="none" stroke="#0b5a66" stroke-width="1.6" stroke-dasharray="4 3"/>{}</svg>',
        CHART_WIDTH,
        CHART_HEIGHT,
        grid,
        months,
        " ".join(area) if expected else "",
        " ".join(at(p.on, p.percent) for p in line),
        " ".join(at(p.on, p.percent) for p in beyond) if expected else "",
        rings,
    )
