"""Writes the figures that others have published: those of the package, those that an officer enters or sends."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from jangkau.core.kernel import RegionCode
from jangkau.core.measures.published import PublishedFigure, starting_set
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.models import OfficialFigure


@transaction.atomic
def store_packaged_figures() -> int:
    """Adds the figures of the package that the register has never had; what somebody took back stays away. Returns
    how many were added."""
    known = {_key(row) for row in OfficialFigure.objects.all()}
    fresh = [figure for figure in starting_set() if _key(figure) not in known]
    OfficialFigure.objects.bulk_create([_row(figure, packaged=True) for figure in fresh])
    return len(fresh)


@transaction.atomic
def store_figures(figures: Iterable[PublishedFigure], *, by: User | None) -> int:
    """Adds figures; one that says something else of the same matter, day and source takes the place of the old one.
    What is known already changes nothing. Returns how many were added. Raises Unknown for a region nobody knows."""
    standing = {_key(row): row for row in OfficialFigure.objects.filter(withdrawn_at=None)}
    added = 0
    for figure in figures:
        if figure.region_code:
            gazetteer()[RegionCode(figure.region_code)]
        old = standing.get(_key(figure))
        if old is not None and _values(old) == _values(figure):
            continue
        if old is not None:
            _withdraw(old, by)
        row = _row(figure, packaged=False)
        row.entered_by = by
        row.save()
        standing[_key(figure)] = row
        record(by=by, action="figure_entered", subject=f"figure {row.pk}", kind=row.kind, region=row.region_code)
        added += 1
    return added


@transaction.atomic
def withdraw_figure(number: int, *, by: User | None) -> None:
    """Takes a figure back; it stays in the record. Nothing happens to one that was taken back before."""
    row = OfficialFigure.objects.select_for_update().get(pk=number)
    if row.withdrawn_at is None:
        _withdraw(row, by)


def _withdraw(row: OfficialFigure, by: User | None) -> None:
    row.withdrawn_at, row.withdrawn_by = timezone.now(), by
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record(by=by, action="figure_withdrawn", subject=f"figure {row.pk}", kind=row.kind, region=row.region_code)


def _key(figure: PublishedFigure | OfficialFigure) -> tuple[object, ...]:
    return (figure.kind, figure.family, figure.region_code, figure.segment, figure.on, figure.source)


def _values(figure: PublishedFigure | OfficialFigure) -> tuple[object, ...]:
    percent = None if figure.percent is None else Decimal(str(figure.percent)).normalize()
    return (percent, figure.people, figure.numerator, figure.denominator, figure.status, figure.note)


def _row(figure: PublishedFigure, *, packaged: bool) -> OfficialFigure:
    told = figure._asdict()
    del told["region_name"]
    if figure.percent is not None:
        told["percent"] = Decimal(str(figure.percent))
    return OfficialFigure(**told, packaged=packaged)
