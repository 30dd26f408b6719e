"""What reports are made of beyond the facts of a region: the measured day before, what changed since, employers to go
to, people on lists by kind, meetings of a half-year. First argument: scope."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import polars as pl
from django.db.models import QuerySet

from jangkau.core.kernel import RegionCode, Unknown
from jangkau.core.measures import PublishedFigure
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists import queries as lists
from jangkau.registry.lists.models import Kind as ListKind
from jangkau.registry.lists.queries import regions
from jangkau.registry.lists.queries.facts import Facts, Place
from jangkau.registry.people import queries as people
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.queries import register_fact
from jangkau.web.reports.models import Report
from jangkau.web.reports.presenters.drawings import Polygons

PLACE_COLUMN = {"district": "district_code", "village": "village_code"}
FINANCED_LISTS = (ListKind.NON_ASN, ListKind.VILLAGE_OFFICIALS, ListKind.FISHERS, ListKind.POVERTY)


class Firm(NamedTuple):
    """An employer that is not registered."""

    name: str
    village: str
    workers: int | None


class ListShare(NamedTuple):
    """People of the lists of one kind, and how many of them are covered (the third measure: share of a list)."""

    kind: str
    workers: int
    covered: int


class Between(NamedTuple):
    """A region on two measured days, with the numbers of core.measures.changes."""

    earlier: Facts
    counts: dict[str, int]


def reports(scope: Scope) -> QuerySet[Report]:
    """The reports somebody may see, newest first."""
    return Report.objects.filter(scope.where("region_id")).select_related("region", "job").order_by("-pk")


def since_before(scope: Scope, here: Facts, not_after: date | None = None) -> Between | None:
    """The region on the last measured day before (or not after a given one), and every change since; None without."""
    limit = not_after or date.fromordinal(here.on.toordinal() - 1)
    days = [day for day in lists.days_measured() if day <= limit]
    if not days or days[0] >= here.on:
        return None
    column = PLACE_COLUMN.get(here.place.level)
    try:
        table = lists.changes(scope, days[0], here.on, [column] if column else [])
    except Unknown:  # measured before standings were kept
        return None
    if column:
        table = table.filter(pl.col(column) == here.place.code).drop(column)
    counts = table.row(0, named=True) if table.height else {}
    return Between(regions.facts(scope, here.place.code, days[0]), counts)


def unregistered(scope: Scope, here: Place) -> list[Firm]:
    """Employers with workers and no membership, most workers first."""
    found = regions.unregistered_employers(scope, here)
    return [Firm(f.name or "", f.village.name if f.village else "", f.workers_found) for f in found]


def employers_known(scope: Scope) -> bool:
    """Has any list told of employers here?"""
    return people.employers(scope).exists()


def villages_in(code: str) -> list[Place]:
    """The villages inside a region, or the village itself."""
    return [regions.place(str(region.code)) for region in gazetteer().inside(RegionCode(code), "village")]


def outlines(scope: Scope, code: str) -> dict[str, Polygons]:
    """The shapes of the villages inside a region."""
    return dict(people.shapes(scope, code, "village").values_list("region_id", "polygons"))


def shares_of_lists(scope: Scope, code: str, on: date) -> list[ListShare]:
    """How many people of the lists of government staff, officials, fishers and the poor are covered on the day."""
    return [ListShare(kind, *lists.share_of_kind(scope, kind, code, on)) for kind in FINANCED_LISTS]


def published() -> tuple[PublishedFigure, ...]:
    """What others have published; the same for everybody."""
    return people.official_figures()


def is_invented() -> bool:
    """Are the people of this register invented?"""
    return bool(register_fact("invented"))
