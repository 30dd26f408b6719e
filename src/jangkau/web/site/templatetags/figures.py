"""What `{% load figures %}` gives to the templates of every room: figures as people write them (see the presenters of
people), and bars that need no inline style."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from jangkau.registry.access.presenters import deed
from jangkau.registry.access.queries import events
from jangkau.registry.people.presenters import figures

register = template.Library()
register.filter("deed", deed)

for written in (
    figures.people,
    figures.percent,
    figures.as_published,
    figures.chance,
    figures.masked,
    figures.rupiah,
    figures.day,
    figures.month,
    figures.short_month,
    figures.clock,
    figures.coverage_class,
    figures.coverage_word,
):
    register.filter(written.__name__, written)


@register.filter
def of(counts: dict[str, int], name: str) -> int:
    """The count that stands under a name, 0 when there is none."""
    return counts.get(name, 0)


@register.filter
def minus(value: int, other: int) -> int:
    return value - other


@register.simple_tag
def share(value: float | None, words: bool = True) -> SafeString:
    """A share in a table cell: bar, percentage and class. Widths stand in the SVG: no inline style is needed."""
    found = figures.coverage_class(value)
    return format_html(
        '<span class="share {}"><svg aria-hidden="true" focusable="false">'
        '<rect class="fill-{}" width="{}%" height="8"/></svg><span class="figure">{}</span>{}</span>',
        found,
        found,
        f"{min(max(value or 0.0, 0.0), 100.0):.1f}",
        figures.percent(value),
        format_html('<span class="word">{}</span>', figures.coverage_word(value)) if words else "",
    )


@register.simple_tag
def options(choices: Iterable[tuple[object, str]], chosen: object) -> SafeString:
    """The entries of a long select, from (value, words): hundreds of them are written at once."""
    marked = ((str(value), mark_safe(" selected") if value == chosen else "", words) for value, words in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', marked)


@register.simple_tag
def whole(parts: list[tuple[str, int]]) -> SafeString:
    """A hundred per cent in parts: `parts` are (class, count), drawn from the left."""
    total = sum(count for _, count in parts) or 1
    drawn, left = [], 0.0
    for name, count in parts:
        width = 100 * count / total
        drawn.append((name, f"{left:.2f}", f"{width:.2f}"))
        left += width
    bars = format_html_join("", '<rect class="part-{}" x="{}%" width="{}%" height="26"/>', drawn)
    return format_html('<svg class="whole" aria-hidden="true" focusable="false">{}</svg>', bars)


@register.simple_tag
def meter(done: int, total: int, state: str = "") -> SafeString:
    """How far a piece of work got."""
    width = 100 * done / total if total else 0
    return format_html(
        '<svg class="meter {}" role="progressbar" aria-valuemin="0" aria-valuemax="{}" aria-valuenow="{}" '
        'aria-label="{}"><rect width="{}%" height="8"/></svg>',
        state,
        str(total),
        str(done),
        gettext("Kemajuan"),
        f"{width:.1f}",
    )


@register.inclusion_tag("dashboards/_history.html")
def history(kind: str, number: int) -> dict[str, object]:
    """What the record says of one thing; stands on its page, which only those see who may see the thing."""
    return {"events": events(subject=f"{kind} {number}")[:20]}
