"""The three measures side by side, never mixed: by name from the lists, the official one, the share of the employed.
What is not loaded is not computed: a quotation stands instead, or the reason why nothing can be measured here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jangkau.core.measures import PublishedFigure
from jangkau.core.measures.published import UCJ
from jangkau.registry.lists.presenters.shares import Standing
from jangkau.registry.lists.queries.facts import Facts, Place
from jangkau.registry.people.queries import (
    EmployedShare,
    OfficialCoverage,
    TargetGap,
    official_coverage,
    share_of_employed,
    target_gaps,
)
from jangkau.web.dashboards.presenters.official import REASONS

PUBLISHED_FOR = ("province", "regency")  # levels for which others publish
REGENCY, PROVINCE = 5, 2  # letters of the code


@dataclass(frozen=True)
class Measures:
    """`official` and `employed` where both sides are loaded, else their `..._reason`; `quoted`: the last figure said of
    the regency, `province` of its province; `gaps`: targets whose distance in people is known."""

    place: Place
    on: date
    standing: Standing
    lists_published: int
    rows_to_review: int
    official: OfficialCoverage | None
    official_reason: str
    quoted: PublishedFigure | None
    province: PublishedFigure | None
    employed: EmployedShare | None
    employed_reason: str
    gaps: tuple[TargetGap, ...]

    @property
    def quoted_here(self) -> bool:
        """Is the quotation one of this region, not of the regency around it?"""
        return self.quoted is not None and self.quoted.region_code == self.place.code

    @property
    def beside(self) -> list[PublishedFigure]:
        """Quotations that do not stand for a figure of the region itself."""
        regency = None if self.quoted_here and not self.official else self.quoted
        return [figure for figure in (regency, self.province) if figure]

    @property
    def any_above(self) -> bool:
        """Is a measure above 100 %? Then numerator and denominator do not belong together."""
        told = (self.official, self.employed, None if self.official else self.quoted)
        return any(figure is not None and (figure.percent or 0) > 100 for figure in told)


def measures(facts: Facts, now: Standing, told: Sequence[PublishedFigure]) -> Measures:
    """The measures of a region; `told`: what others published. Below the regency the official ones are not valid."""
    code, level = facts.place.code, facts.place.level
    official: OfficialCoverage | str = "level"
    employed: EmployedShare | str = "level"
    if level in PUBLISHED_FOR:
        official, employed = official_coverage(told, code, facts.on), share_of_employed(told, code, facts.on)
    gaps = target_gaps(told, code, facts.on) if isinstance(official, OfficialCoverage) else []
    quoted = [figure for figure in quotations(code, told) if figure.on <= facts.on]
    return Measures(
        place=facts.place,
        on=facts.on,
        standing=now,
        lists_published=facts.lists_published,
        rows_to_review=facts.rows_to_review,
        official=None if isinstance(official, str) else official,
        official_reason=str(REASONS[official]) if isinstance(official, str) else "",
        quoted=next((f for f in reversed(quoted) if f.region_code == code[:REGENCY]), None),
        province=next((f for f in reversed(quoted) if f.region_code == code[:PROVINCE]), None),
        employed=None if isinstance(employed, str) else employed,
        employed_reason=str(REASONS[employed]) if isinstance(employed, str) else "",
        gaps=tuple(gap for gap in gaps if gap.people is not None),
    )


def quotations(code: str, told: Sequence[PublishedFigure]) -> tuple[PublishedFigure, ...]:
    """What was said of the coverage of the regency around `code` and of its province, oldest first."""
    wanted = {code[:REGENCY], code[:PROVINCE]}
    ucj = (f for f in told if (f.kind, f.family, f.segment) == ("quoted", UCJ, "all") and f.region_code in wanted)
    return tuple(sorted(ucj, key=lambda f: (f.on, f.region_code)))
