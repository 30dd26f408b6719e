"""What pages may ask about offices, agents and recruits. First argument: scope. Somebody sees the agents of the own
areas and the recruits who live there; an agent sees the own portfolio and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import polars as pl
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from jangkau.core.kernel import Month, RegionCode
from jangkau.core.measures.retention import survival
from jangkau.programmes.agents.actions.measuring import VILLAGES
from jangkau.programmes.agents.models import (
    Acquisition,
    Agent,
    AgentMonth,
    CohortCount,
    Office,
    Rates,
    Signal,
    Standing,
    WrittenName,
)
from jangkau.registry.access.permissions import Scope, taken_out
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.queries import register_fact

ON_A_PAGE = 50
SHOWN = 200  # people of one signal
ORDERS = {"kept": "kept_low", "recruits": "recruits", "active": "active"}  # all from the most down


class Page(NamedTuple):
    """Some rows of a long list; `after` is the row the next page is asked for from, None on the last one."""

    rows: list[Any]
    after: int | None


def own_agent(scope: Scope) -> Agent | None:
    """The agent whose account this is."""
    return Agent.objects.select_related("office").filter(user=scope.user).first() if scope.user else None


def is_own(scope: Scope, agent: Agent) -> bool:
    """Is this the agent's own account?"""
    return scope.user is not None and agent.user_id == scope.user.pk


def agents(scope: Scope) -> QuerySet[Agent]:
    """The agents somebody may see."""
    found = Agent.objects.select_related("office", "area")
    if scope.allows(None):
        return found
    own = Q(user=scope.user) if scope.user else Q(pk__in=[])
    return found.filter(scope.where("area_id") | own)


def silent(scope: Scope, since: date) -> QuerySet[Agent]:
    """Active agents whose last month with a new member or a contribution is not after `since`."""
    return agents(scope).filter(state=Agent.State.ACTIVE, last_active_month__lte=since)


def league(scope: Scope, order: str, office: int | None = None, after: int | None = None) -> Page:
    """Agents from the best down in one of ORDERS, a page of them."""
    key = ORDERS[order]
    return _downwards(agents(scope).filter(**({"office_id": office} if office else {})), key, after)


def signals(scope: Scope, kind: str = "", state: str = Signal.State.OPEN) -> QuerySet[Signal]:
    """Questions about the agents somebody may see; an agent is not shown those about the own portfolio."""
    found = Signal.objects.filter(agent__in=agents(scope)).select_related("agent__office", "answered_by")
    found = found.filter(state=state) if state in Signal.State.values else found
    found = found.filter(kind=kind) if kind in Signal.Kind.values else found
    return found.exclude(agent__user=scope.user) if scope.user else found


def signals_page(found: QuerySet[Signal], after: int | None) -> Page:
    """A page of signals, the surest first."""
    return _downwards(found, "confidence", after)


def recruits_concerned(scope: Scope, signal: Signal) -> list[Acquisition]:
    """The recruits a signal concerns, of those somebody may see."""
    found = recruits(scope, signal.agent).filter(person_id__in=signal.people)[:SHOWN]
    return [taken_out(scope.user, one) for one in found]


def offices(scope: Scope) -> QuerySet[Office]:
    """The offices with an agent somebody may see; those who see the whole register see all."""
    found = Office.objects.order_by("name", "pk")
    return found if scope.allows(None) else found.filter(agents__in=agents(scope)).distinct()


def recruits(scope: Scope, agent: Agent) -> QuerySet[Acquisition]:
    """The recruits of an agent whom somebody may see, each once, the latest first."""
    found = Acquisition.objects.filter(agent=agent, repeats=False).select_related("person", "village").order_by("-pk")
    return found if is_own(scope, agent) else found.filter(scope.where("village_id"))


def portfolio(scope: Scope, agent: Agent, standing: str = "", after: int | None = None) -> Page:
    """A page of the recruits of an agent, perhaps of one standing."""
    found = recruits(scope, agent)
    if standing in Standing.values:
        found = found.filter(standing=standing)
    page = page_of(found, after)
    if not is_own(scope, agent):  # what an agent collects is told to the agent
        for one in page.rows:
            taken_out(scope.user, one)
    return page


def months(scope: Scope, agent: Agent) -> list[AgentMonth]:
    """What an agent brought month by month, the latest first."""
    assert agents(scope).filter(pk=agent.pk).exists()
    return list(agent.months.order_by("-month"))


def of_month(scope: Scope, month: date, office: Office | None = None) -> QuerySet[AgentMonth]:
    """What the agents somebody may see brought in a month, office by office; perhaps of one office."""
    found = AgentMonth.objects.filter(agent__in=agents(scope), month=month)
    found = found.filter(agent__office=office) if office else found
    return found.select_related("agent__office").order_by("agent__office__name", "agent__name", "pk")


def rates(scope: Scope) -> QuerySet[Rates]:
    """The rates that offices entered and nobody took back, newest first; the same for everybody who sees an agent."""
    found = Rates.objects.filter(withdrawn_at=None).select_related("office", "entered_by")
    return found.order_by("-since", "-pk")


def due(scope: Scope, agent: Agent, month: date) -> QuerySet[Acquisition]:
    """Members who still count as paying and have not paid for the month that begins on `month`."""
    return recruits(scope, agent).filter(standing=Standing.PAYING, paid_until__lt=month)


def about_to_lapse(scope: Scope, agent: Agent, month: date) -> QuerySet[Acquisition]:
    """Those of `due` with two or three open months: after the third they count as lapsed."""
    return due(scope, agent, Month.of(month).plus(-1).first_day)


def page_of(found: QuerySet[Acquisition], after: int | None) -> Page:
    """A page of recruits, the latest first."""
    return _page(found.filter(pk__lt=after) if after else found)


def totals(scope: Scope) -> dict[str, int]:
    """Agents, recruits and those who still pay, of the agents somebody may see."""
    return agents(scope).aggregate(
        agents=Count("pk"), recruits=Coalesce(Sum("recruits"), 0), active=Coalesce(Sum("active"), 0)
    )


def villages(scope: Scope) -> list[dict[str, Any]]:
    """`village_id, village, district, recruits, active, agents, share` (percent who pay) of the villages somebody
    may see, most recruits first; recruits of all agents who live there, as counted at the last measuring."""
    known = gazetteer()
    told = register_fact(VILLAGES) or {}
    rows = [
        {
            "village_id": code, "village": known[RegionCode(code)].name, "district": known[RegionCode(code[:8])].name,
            "recruits": recruits, "active": active, "agents": agents, "share": 100 * active / recruits,
        }
        for code, (recruits, active, agents) in told.items()
        if scope.allows(code)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row["recruits"], row["village_id"]))


def unsure_names(scope: Scope) -> QuerySet[WrittenName]:
    """Names in lists of which nobody knows yet whose they are; for those who see the whole register."""
    found = WrittenName.objects.filter(agent=None).select_related("office").order_by("pk")
    return found if scope.allows(None) else found.none()


def retention(scope: Scope, year: int | None = None) -> pl.DataFrame:
    """The curve (core.measures.retention) of the recruits of all agents in the districts of the scope, perhaps of those
    enrolled in one year. Who sees a village alone sees no curve: it is kept by district."""
    found = CohortCount.objects.filter(scope.where("district_id"), **({"year": year} if year else {}))
    rows = found.values_list("months", "stopped").annotate(total=Sum("n"))
    schema = {"months": pl.Int64(), "stopped": pl.Boolean(), "n": pl.Int64()}
    return survival(pl.DataFrame(list(rows), schema=schema, orient="row"))


def years_of_enrolment(scope: Scope) -> list[int]:
    """The years in which somebody was enrolled who is followed, newest first."""
    found = CohortCount.objects.filter(scope.where("district_id")).values_list("year", flat=True)
    return sorted(found.distinct(), reverse=True)


def _downwards(rows: QuerySet[Any], key: str, after: int | None) -> Page:
    """A page of rows from the most of a key down, that come after a row."""
    start = rows.filter(pk=after or 0).values_list(key, "pk").first()
    found = rows.order_by(f"-{key}", "pk")
    if start:
        found = found.filter(Q(**{f"{key}__lt": start[0]}) | Q(**{key: start[0]}, pk__gt=start[1]))
    return _page(found)


def _page(found: QuerySet[Any]) -> Page:
    rows = list(found[: ON_A_PAGE + 1])
    return Page(rows[:ON_A_PAGE], rows[ON_A_PAGE - 1].pk if len(rows) > ON_A_PAGE else None)
