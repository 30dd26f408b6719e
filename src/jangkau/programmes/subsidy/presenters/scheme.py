"""A scheme as its page shows it: what the money does, who fell out and why, the villages, what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext, ngettext

from jangkau.programmes.subsidy import queries
from jangkau.programmes.subsidy.models import Scheme
from jangkau.programmes.subsidy.presenters.nominees import reason_words
from jangkau.programmes.subsidy.presenters.words import MISSING_WORDS, PRICE_WORDS, REASON_WORDS
from jangkau.programmes.subsidy.queries.money import Meter, Price, price_of_person, prices
from jangkau.programmes.subsidy.states import State
from jangkau.registry.access.permissions import Scope
from jangkau.registry.people.presenters.figures import month, people, rupiah


@dataclass(frozen=True)
class PriceLine:
    """Months in a row that cost the same."""

    first: date
    last: date
    amount: int
    words: str
    assumed: bool


@dataclass(frozen=True)
class FunnelLine:
    """A step of the selection, or a reason to fall out, with the people behind it."""

    words: str
    count: int
    query: str  # of the page of nominees
    tone: str = ""
    indented: bool = False


@dataclass(frozen=True)
class VillageLine:
    code: str
    name: str
    quota: int | None
    proposed: int
    refused: int
    reserve: int
    held: int


def price_lines(scheme: Scheme) -> list[PriceLine]:
    """The price of a month, run by run, and whether a relief holds."""
    runs = [list(run) for _, run in groupby(prices(scheme), key=lambda each: (each.amount, each.reason))]
    return [_price_line(run) for run in runs]


def _price_line(run: Sequence[Price]) -> PriceLine:
    first = run[0]
    words = PRICE_WORDS.get(first.reason)
    return PriceLine(first.month, run[-1].month, first.amount, str(words or ""), bool(first.result.assumed))


def meter_parts(found: Meter) -> list[tuple[str, int]]:
    """The budget as a bar: confirmed, billed, committed, free."""
    waiting = max(found.billed - found.confirmed - found.refused, 0)
    ahead = max(found.committed - found.confirmed - waiting, 0)
    return [("paid", found.confirmed), ("arrears", waiting), ("lapsed", ahead), ("never", max(found.free, 0))]


def headline(scheme: Scheme, found: Meter) -> str:
    """One sentence that carries the page."""
    if found.people:
        words = ngettext(
            "%(n)s pekerja dibiayai sampai %(month)s", "%(n)s pekerja dibiayai sampai %(month)s", found.people
        )
        last = scheme.nominees.filter(state=State.ENROLLED).order_by("-last_month").values_list("last_month", flat=True)
        return words % {"n": people(found.people), "month": month(last[0])}
    affordable = scheme.budget // price_of_person(scheme)
    return gettext("%(money)s cukup untuk %(n)s orang selama %(months)s bulan") % {
        "money": rupiah(scheme.budget), "n": people(affordable), "months": scheme.months,
    }  # fmt: skip


def funnel(scope: Scope, scheme: Scheme) -> list[FunnelLine]:
    """From all proposed to those paid for, with every reason to fall out."""
    counts = queries.counts_by_state(scope, scheme)
    lines = [FunnelLine(gettext("Diusulkan"), sum(counts.values()), "")]
    for state, tone, codes, words in (
        (State.NOMINATED, "wait", {}, REASON_WORDS),
        (State.TO_CHECK, "wait", queries.counts_by_missing(scope, scheme), MISSING_WORDS),
        (State.REFUSED, "bad", queries.counts_by_reason(scope, scheme), reason_words(scope)),
        (State.ELIGIBLE, "", {}, REASON_WORDS),
        (State.RESERVE, "", {}, REASON_WORDS),
        (State.SELECTED, "on", {}, REASON_WORDS),
        (State.PROPOSED, "on", {}, REASON_WORDS),
        (State.ENROLLED, "good", {}, REASON_WORDS),
        (State.LEFT, "", {}, REASON_WORDS),
    ):
        if not counts.get(state):
            continue
        lines.append(FunnelLine(str(state.label), counts[state], f"state={state}", tone))
        lines += [
            FunnelLine(str(words[code]), count, f"state={state}&reason={code}", indented=True)
            for code, count in codes.items()
        ]
    return lines


def village_lines(scope: Scope, scheme: Scheme) -> list[VillageLine]:
    """The villages that have a quota or nominees, by name; who lives where nobody told stands last."""
    quotas = {
        quota.village_id: quota
        for quota in scheme.village_quotas.filter(scope.where("village_id")).select_related("village")
    }
    counted = queries.counts_by_village(scope, scheme)
    known = {code: (name, counts) for (code, name), counts in counted.items()}
    lines = []
    for code in known.keys() | quotas.keys():
        name, counts = known.get(code, (quotas[code].village.name if code in quotas else "", {}))
        held = sum(counts.get(state, 0) for state in (State.SELECTED, State.PROPOSED, State.ENROLLED))
        quota = quotas[code].places if code in quotas else 0 if quotas else None
        lines.append(
            VillageLine(
                code,
                name,
                quota,
                sum(counts.values()),
                counts.get(State.REFUSED, 0),
                counts.get(State.RESERVE, 0),
                held,
            )
        )
    return sorted(lines, key=lambda line: (not line.code, line.name, line.code))


def next_step(scheme: Scheme, counts: dict[str, int]) -> str:
    """What comes next: propose, assess, select, decree, sign, batch, or nothing."""
    for state, step in (
        (State.PROPOSED, "sign"), (State.NOMINATED, "assess"), (State.SELECTED, "decree"), (State.ELIGIBLE, "select"),
        (State.ENROLLED, "batch"),
    ):  # fmt: skip
        if counts.get(state):
            return step
    return "propose"
