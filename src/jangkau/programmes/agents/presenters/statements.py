"""Incentive statements: what core.rules says for an agent and a month, by the law where its rates are known, else by
the rates that the office entered, and flagged so; else why nothing is computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext

from jangkau.core.kernel import JangkauError, Month
from jangkau.core.rules import NoRuleInForce, Result, Scenario, evaluate, parameters
from jangkau.programmes.agents.models import Agent, AgentMonth, Rates
from jangkau.registry.people.presenters.figures import month as month_words
from jangkau.registry.people.presenters.sheets import Cell, table_book


@dataclass(frozen=True)
class Statement:
    """One month. `result` is None when nothing can be computed, and `reason` says why; `rates` are those entered by an
    office, when the statement rests on them: then it is assumed."""

    month: date
    recruits: int
    payers: int
    contributions: int | None
    result: Result | None
    rates: Rates | None
    reason: str

    @property
    def amounts(self) -> dict[str, int]:
        """acquisition, contribution, total, agent, office in whole rupiah; empty without a result."""
        return {name: int(str(value)) for name, value in self.result.values.items()} if self.result else {}

    @property
    def steps(self) -> tuple[str, ...]:
        """The way to the amounts, sentence by sentence."""
        return tuple(self.result.sentences(get_language() or "id")) if self.result else ()


def statement(agent: Agent, told: AgentMonth, entered: Sequence[Rates]) -> Statement:
    """The statement of a month."""
    given = {
        "month": f"{told.month:%Y-%m}", "new_members": told.recruits, "contributions": told.contributions or 0,
    }  # fmt: skip
    result, rates, reason = None, None, ""
    if told.contributions is None:
        reason = gettext("Iuran bulan ini tidak dapat dihitung: aturannya tidak diketahui.")
    else:
        try:
            result = evaluate("perisai_incentive", given)
        except NoRuleInForce as error:
            rates = _rates_for(agent, told.month, entered)
            reason = "" if rates else error.sentence(get_language() or "id")
            result = evaluate("perisai_incentive", given, scenario=_scenario(rates)) if rates else None
    return Statement(told.month, told.recruits, told.payers, told.contributions, result, rates, reason)


def _rates_for(agent: Agent, month: date, entered: Sequence[Rates]) -> Rates | None:
    """The office's own rates of the month, else those of every office."""
    fitting = [r for r in entered if r.office_id in (None, agent.office_id) and r.since <= month]
    fitting = [r for r in fitting if r.until is None or month <= r.until]
    return max(fitting, key=lambda r: (r.office_id is not None, r.since), default=None)


def _scenario(rates: Rates) -> Scenario:
    laid: dict[str, object] = {
        "perisai_acquisition_amount": rates.acquisition_amount,
        "perisai_acquisition_members": rates.acquisition_members,
        "perisai_contribution_rate": rates.contribution_rate,
        "perisai_agent_share": rates.agent_share,
    }
    return Scenario(laid, since=rates.since, until=rates.until)


def silent_after(on: date) -> tuple[int, bool]:
    """After how many months without new members or contributions an agent is warned, and whether that is assumed: the
    rule of the day, else the last one known."""
    rule = parameters()["perisai_inactive_months"]
    try:
        return int(str(rule.on(on).content)), False
    except JangkauError:
        return int(str(rule.values[-1].content)), True


def silent_since(on: date) -> date:
    """Who was last active in this month or before is warned on `on`."""
    return Month.of(on).plus(-silent_after(on)[0]).first_day


def statements_workbook(agent: Agent, told: Sequence[Statement]) -> bytes:
    """All months of an agent, one line each."""
    rows = ((month_words(one.month), *_line(one)) for one in told)
    note = f"{agent.name}, {agent.office.name}"
    return table_book(gettext("Perkiraan insentif"), note, ((gettext("Bulan"), 18), *_columns()), rows)


def month_workbook(told: Iterable[tuple[Agent, Statement]], month: date) -> bytes:
    """All agents of a month, one line each."""
    columns = ((gettext("Kantor"), 30), (gettext("Agen"), 30), *_columns())
    rows = ((agent.office.name, agent.name, *_line(one)) for agent, one in told)
    return table_book(gettext("Perkiraan insentif"), month_words(month), columns, rows)


def _columns() -> tuple[tuple[str, int], ...]:
    return (
        (gettext("Anggota baru"), 10), (gettext("Pembayar"), 10), (gettext("Iuran"), 16),
        (gettext("Insentif akuisisi"), 16), (gettext("Insentif iuran"), 16), (gettext("Jumlah"), 16),
        (gettext("Bagian agen"), 16), (gettext("Bagian kantor"), 16), (gettext("Dasar"), 60),
    )  # fmt: skip


def _line(one: Statement) -> tuple[Cell, ...]:
    amounts = (one.amounts.get(name) for name in ("acquisition", "contribution", "total", "agent", "office"))
    return (one.recruits, one.payers, one.contributions, *amounts, basis(one))


def basis(one: Statement) -> str:
    """On what a statement rests, in a few words."""
    if one.rates:
        return gettext("dugaan; tarif kantor: %(source)s") % {"source": one.rates.source}
    return one.reason or gettext("aturan yang berlaku bulan itu")
