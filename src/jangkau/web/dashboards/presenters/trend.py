"""How coverage developed, as the chart draws it: a line by name, published figures as dots, a target, the outlook."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext

from jangkau.core.kernel import Month
from jangkau.core.measures import PublishedFigure
from jangkau.registry.people.presenters import figures
from jangkau.web.dashboards.presenters.measures import PROVINCE
from jangkau.web.dashboards.presenters.outlook import Ahead, AheadRow


def trend_of(
    points: tuple[tuple[date, float], ...],
    published: tuple[PublishedFigure, ...],
    target: dict[str, Any] | None,
    on: date,
    ahead: Ahead | None = None,
) -> dict[str, Any]:
    """Line, quoted dots and target for the chart; days as ISO text, percentages as numbers and as words."""
    first = points[0][0] if points else min((f.on for f in published), default=on)
    dots = [
        {
            "on": figure.on.isoformat(),
            "value": figure.percent,
            "own": len(figure.region_code) > PROVINCE,
            "label": (figures.as_published(figure.percent) + " " + gettext("resmi"))
            if len(figure.region_code) > PROVINCE
            else f"{figure.region_name} {figures.as_published(figure.percent)}",
            "text": f"{figure.region_name} {figures.as_published(figure.percent)}, {figures.day(figure.on)}",
        }
        for figure in published
        if Month.of(figure.on).ordinal >= Month.of(first).ordinal
    ]
    last = ahead.rows[-1].on if ahead else on
    return {
        "ahead": [
            {"on": row.on.isoformat(), "value": row.percent, "low": row.low, "high": row.high, "text": _expected(row)}
            for row in (ahead.rows if ahead else ())
        ],
        "line": [{"on": d.isoformat(), "value": round(v, 2), "text": figures.percent(v)} for d, v in points],
        "dots": dots,
        "target": target,
        "months": {m: figures.short_month(date(int(m[:4]), int(m[5:]), 1)) for m in _months(first, last)},
        "first": first.isoformat(),
        "last": last.isoformat(),
        "name": gettext("Menurut nama"),
    }


def _expected(row: AheadRow) -> str:
    return gettext("prakiraan %(percent)s (%(low)s sampai %(high)s)") % {
        "percent": figures.percent(row.percent),
        "low": figures.percent(row.low),
        "high": figures.percent(row.high),
    }


def _months(first: date, last: date) -> list[str]:
    start, end = Month.of(first).ordinal, Month.of(last).ordinal
    return [str(Month.from_ordinal(index)) for index in range(start, end + 1)]
