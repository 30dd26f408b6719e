"""What other rooms may ask about regions and people. First argument: scope, but for what is the same for everybody."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from jangkau.core.kernel import RegionCode
from jangkau.core.measures.published import (
    BOTH,
    OfficialParts,
    PublishedFigure,
    members,
    official_parts,
    people_missing,
    target_of_year,
    target_path,
)
from jangkau.core.rules import evaluate
from jangkau.registry.access.models import Column
from jangkau.registry.access.permissions import Scope
from jangkau.registry.people.gateways import names
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.models import (
    Employer,
    Membership,
    MergedPerson,
    OfficialFigure,
    Person,
    RegionShape,
    RegisterFact,
)

_DIGITS = re.compile(r"[^0-9]")


def register_fact(name: str) -> Any:
    """A fact of the register about itself, or None."""
    return RegisterFact.objects.filter(name=name).values_list("value", flat=True).first()


def register_facts(*names: str) -> dict[str, Any]:
    """Those of the facts that are known, asked for at once."""
    return dict(RegisterFact.objects.filter(name__in=names).values_list("name", "value"))


def survivors() -> dict[int, int]:
    """For every number that was merged away: the number of the person who remained in the end."""
    into = dict(MergedPerson.objects.values_list("number", "into_id"))

    def last(number: int) -> int:
        while number in into:
            number = into[number]
        return number

    return {number: last(number) for number in into}


def survivor(number: int) -> int:
    """The number under which a person is known today."""
    into = MergedPerson.objects.filter(pk=number).values_list("into_id", flat=True).first()
    return number if into is None else survivor(into)


def official_figures() -> tuple[PublishedFigure, ...]:
    """What others have published and nobody took back, oldest first; the same for everybody: it is public. Pages that
    know the rows' numbers ask `official_rows`."""
    return tuple(as_published_figure(row) for row in official_rows())


def official_rows() -> QuerySet[OfficialFigure]:
    """The rows behind `official_figures`."""
    found = OfficialFigure.objects.filter(withdrawn_at=None).select_related("entered_by")
    return found.order_by("on", "region_code", "kind", "family", "segment", "pk")


def as_published_figure(row: OfficialFigure) -> PublishedFigure:
    """A row as core.measures knows it, with the name of its region."""
    return PublishedFigure(
        kind=row.kind,
        family=row.family,
        region_code=row.region_code,
        region_name=gazetteer()[RegionCode(row.region_code)].name if row.region_code else "Indonesia",
        segment=row.segment,
        on=row.on,
        percent=None if row.percent is None else float(row.percent),
        people=row.people,
        numerator=row.numerator,
        denominator=row.denominator,
        status=row.status,
        source=row.source,
        note=row.note,
    )


def official_coverage(figures: Sequence[PublishedFigure], region_code: str, on: date) -> OfficialCoverage | str:
    """The official measure of a region on a day, from loaded members and loaded denominators; else the reason why it
    cannot be measured here (see core.measures.published.official_parts)."""
    parts = official_parts(figures, region_code, on)
    if isinstance(parts, str):
        return parts
    told = evaluate("coverage", {"eligible": parts.eligible, "active": parts.active}).values
    active, eligible, uncovered = (int(str(told[n])) for n in ("active_total", "eligible_total", "uncovered"))
    return OfficialCoverage(float(str(told["percent"])), active, eligible, uncovered, parts)


def share_of_employed(figures: Sequence[PublishedFigure], region_code: str, on: date) -> EmployedShare | str:
    """Official members of the newest day up to `on`, of the employed persons that the survey of the same year found;
    else the reason: "no_active", "no_segment" (PU or BPU is missing) or "no_survey" of the year of the members."""
    active = members(figures, region_code, on)
    if not active:
        return "no_active"
    if not set(active) >= BOTH:
        return "no_segment"
    day = max(figure.on for figure in active.values())
    surveys = [f for f in figures if (f.kind, f.region_code, f.on.year) == ("employed", region_code, day.year)]
    survey = max(surveys, key=lambda f: f.on, default=None)
    if survey is None or not survey.people:
        return "no_survey"
    found = sum(active[segment].people or 0 for segment in BOTH)
    return EmployedShare(100 * found / survey.people, found, day, survey)


def target_gaps(figures: Sequence[PublishedFigure], region_code: str, on: date) -> list[TargetGap]:
    """The target of the year of `on` (or the last before) in every family that names the region, its province or the
    country, beside the official measure: how many people are missing where the denominator is known, else None."""
    official = official_coverage(figures, region_code, on)
    areas = [region_code, region_code[:2], ""]
    families = sorted({(f.family, f.region_code) for f in figures if f.kind == "target" and f.region_code in areas},
                      key=lambda pair: (areas.index(pair[1]), pair[0]))  # fmt: skip
    found = []
    for family, area in families:
        target = target_of_year(target_path(figures, family, area), on.year)
        if target is None or target.percent is None:
            continue
        missing = None
        if isinstance(official, OfficialCoverage):
            missing = people_missing(target.percent, official.eligible, official.active)
        found.append(TargetGap(target, missing))
    return found


class OfficialCoverage(NamedTuple):
    """The official measure: percent (two decimals) and people. Above 100 % something is wrong with the figures."""

    percent: float
    active: int
    eligible: int
    uncovered: int
    parts: OfficialParts


class EmployedShare(NamedTuple):
    """Members of employed persons: percent 0-100, members and their day, and the survey figure used."""

    percent: float
    active: int
    on: date
    survey: PublishedFigure


class TargetGap(NamedTuple):
    """A target and how many people are missing; None: the denominator is not loaded."""

    target: PublishedFigure
    people: int | None


PEOPLE_ON_A_PAGE = 25


class Found(NamedTuple):
    """What a search found; for a pasted column also how many numbers were asked for and those nobody has, as pasted."""

    people: QuerySet[Person]
    numbers_asked: int = 0
    numbers_unknown: tuple[str, ...] = ()
    otherwise: QuerySet[Person] | None = None  # what is meant where `people` are none

    def page(self, *, after: int | None = None, before: int | None = None, most: int = PEOPLE_ON_A_PAGE) -> PeoplePage:
        """A page of them (see `page_of`). That there are none is seen by asking for the page: to count the people of a
        common name costs as much."""
        page = page_of(self.people, after=after, before=before, most=most)
        beside = after or before
        if page.people or self.otherwise is None or (beside and self.people.filter(pk=beside).exists()):
            return page
        return page_of(self.otherwise, after=after, before=before, most=most)


class PeoplePage(NamedTuple):
    """A page of people; `before` and `after` are the people from whom the pages beside it are asked for, None where
    there is no such page."""

    people: list[Person]
    before: int | None = None
    after: int | None = None


def people(scope: Scope) -> QuerySet[Person]:
    """The people somebody may see, by name. Who lives where nobody stated is seen by those who see a whole regency."""
    found = Person.objects.filter(scope.where("village_id")).select_related("village", "district")
    return found.annotate(key=Coalesce("name", Value(""))).order_by("key", "pk")


def page_of(
    found: QuerySet[Person],
    *,
    after: int | None = None,
    before: int | None = None,
    only: Container[int] | None = None,
    most: int = PEOPLE_ON_A_PAGE,
) -> PeoplePage:
    """The `most` people of `found` (see `people`) that come after or before a person, of those in `only`. Nothing is
    counted and nothing skipped: a page deep in a long list costs what the first one costs."""
    beside = before or after
    start = found.filter(pk=beside).values_list(F("key"), "pk").first() if beside else None
    back = start is not None and before is not None
    ordered = found.reverse() if back else found
    if start:
        name, number = start
        beyond = "lt" if back else "gt"
        further = Q(**{f"key__{beyond}": name}) | Q(**{f"pk__{beyond}": number})
        ordered = ordered.filter(further, **{f"key__{beyond}e": name})
    numbers = ordered.values_list("pk", flat=True)
    if only is None:
        kept = list(numbers[: most + 1])
    else:
        kept = list(islice((number for number in numbers.iterator() if number in only), most + 1))
    more, kept = len(kept) > most, kept[:most]
    kin = Person.objects.select_related("village", "district").prefetch_related("memberships")
    by_number = kin.in_bulk(kept)  # what `found` asks was answered above
    shown = [by_number[number] for number in (reversed(kept) if back else kept)]
    if not shown:
        return PeoplePage([])
    return PeoplePage(
        shown,
        before=shown[0].pk if (more if back else start is not None) else None,
        after=shown[-1].pk if (more or back) else None,
    )


def search(scope: Scope, sought: str) -> Found:
    """People by NIK (whole: it is kept sealed), KPJ (for who sees it) or words of the name; many lines are a column of
    NIK."""
    lines = [line.strip() for line in sought.replace("\t", "\n").splitlines() if line.strip()]
    if len(lines) > 1:
        numbers = {digits for line in lines if len(digits := _DIGITS.sub("", line)) == 16}
        found = people(scope).filter(nik__in=sorted(numbers)[:10_000])
        there = set(found.values_list("nik", flat=True))
        unknown = tuple(line for line in dict.fromkeys(lines) if _DIGITS.sub("", line) not in there)
        return Found(found, len(lines), unknown)
    digits = _DIGITS.sub("", sought)
    if len(digits) == 16:
        return Found(people(scope).filter(nik=digits))
    if len(digits) >= 6 and not re.search(r"[A-Za-z]", sought):
        if not scope.sees(Column.KPJ):
            return Found(people(scope).none())
        return Found(people(scope).filter(pk__in=Membership.objects.filter(kpj=digits).values("person_id")))
    words = sought.upper().split()[:5]
    found = people(scope).annotate(key=F("name"))  # in the order of an index: the first page comes without a sort
    for word in words:  # nobody: then also within words
        found = found.filter(name__contains=word)
    if begun := names.have_words(" ".join(words)):
        return Found(people(scope).filter(begun), otherwise=found)
    return Found(found)


def employers(scope: Scope) -> QuerySet[Employer]:
    """Employers of the areas of the scope; where no list names the village, by their district."""
    by_village = scope.where("village_id")
    if by_village:  # an empty condition: the whole register
        by_village |= Q(village=None) & scope.where("district_id")
    return Employer.objects.filter(by_village).order_by("pk")


def shapes(scope: Scope, area: str, level: str) -> QuerySet[RegionShape]:
    """Outlines of the regions of a level inside an area, for the map. The whole area is drawn for everybody: a map
    shows where places are, not who lives there."""
    return RegionShape.objects.filter(
        Q(region_id=area) | Q(region__code__startswith=f"{area}."), region__level=level
    ).select_related("region")
