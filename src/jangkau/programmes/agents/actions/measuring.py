"""After every measuring: which membership is whose recruit, who still pays, what every agent brought and keeps. All
agents at once, in frames; only what changed is written."""

from __future__ import annotations

from datetime import date

import polars as pl

from jangkau.core.kernel import Month
from jangkau.core.linkage.agent_names import may_be_same
from jangkau.core.measures import reading_on
from jangkau.core.measures.retention import at_month, followed, survival
from jangkau.programmes.agents.actions.collecting import collected
from jangkau.programmes.agents.actions.filling import fill
from jangkau.programmes.agents.actions.signalling import refresh_signals
from jangkau.programmes.agents.models import Acquisition, Agent, AgentMonth, CohortCount, Standing
from jangkau.registry.lists.events import MeasuresRefreshed
from jangkau.registry.lists.models import Kind, SentList, State
from jangkau.registry.people.gateways import bulk

KEPT_MONTHS = 12  # agents are compared by who still pays after so many months
_RENEWED = ("person_id", "village_id", "repeats", "standing", "paid_until", "income")
_READ: dict[str, pl.DataType] = {
    "id": pl.Int64(), "agent_id": pl.Int64(), "person_id": pl.Int64(), "village_id": pl.String(),
    "registered_on": pl.Date(), "kpj": pl.String(), "programmes": pl.String(), "list_number": pl.Int64(),
    "line": pl.Int32(), "repeats": pl.Boolean(), "nik": pl.String(), "standing": pl.String(), "paid_until": pl.Date(),
    "income": pl.Int64(), "phone": pl.String(), "account": pl.String(),
}  # fmt: skip
_STANDS = {"list_number": pl.Int64(), "line": pl.Int32(), "stands": pl.Int64()}
_PEOPLE = {
    "person_id": pl.Int64(), "home": pl.String(), "died": pl.Boolean(), "died_on": pl.Date(), "born": pl.Date(),
    "number": pl.String(), "kk": pl.String(), "trade": pl.String(),
}  # fmt: skip
_MEMBERS = {"person_id": pl.Int64(), "kpj": pl.String(), "until": pl.Date(), "earns": pl.Int64(), "has": pl.String()}


def refresh_portfolios(told: MeasuresRefreshed) -> None:
    """Brings acquisitions and the figures of all agents up to the day that was measured."""
    _fill_what_is_missing()
    rows = bulk.read(f"SELECT {', '.join(_READ)} FROM agents_acquisition ORDER BY id", _READ)
    renewed = _renewed(rows, told.as_of)
    changed = renewed.filter(pl.any_horizontal(~pl.col(name).eq_missing(rows[name]) for name in _RENEWED))
    bulk.upsert(Acquisition, changed.select("id", *_RENEWED))
    counted = renewed.filter(~pl.col("repeats"))
    _store_figures(counted, told.as_of)
    _store_cohorts(counted, told.as_of)
    refresh_signals(counted, told.as_of)


def _fill_what_is_missing() -> None:
    """Lists that were published before this room was there."""
    published = SentList.objects.filter(kind=Kind.PERISAI, state=State.PUBLISHED, rows_of_people__gt=0)
    filled = Acquisition.objects.filter(list_number__isnull=False).values_list("list_number", flat=True).distinct()
    for number in sorted(set(published.values_list("pk", flat=True)) - set(filled)):
        fill(number)


def _renewed(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The acquisitions with person, home, membership and standing as they are now; `died, trade, has_jht` beside."""
    stands = bulk.read(
        "SELECT sent_list_id, line, person_id FROM lists_appearance WHERE sent_list_id IN"
        " (SELECT DISTINCT list_number FROM agents_acquisition)", _STANDS,
    )  # fmt: skip
    by_nik = bulk.read(
        "SELECT a.id, p.id, a.name, p.name FROM agents_acquisition a JOIN people_person p ON p.nik = a.nik"
        " WHERE a.list_number IS NULL ORDER BY a.id, p.id",
        {"id": pl.Int64(), "known": pl.Int64(), "entered": pl.String(), "written": pl.String()},
    )
    same = [may_be_same(one or "", other or "") for one, other in by_nik.select("entered", "written").rows()]
    by_nik = by_nik.filter(pl.Series(same, dtype=pl.Boolean)).unique("id", keep="first").select("id", "known")
    found = (
        rows.join(stands, on=["list_number", "line"], how="left", maintain_order="left")
        .join(by_nik, on="id", how="left", maintain_order="left")
        .with_columns(person_id=pl.coalesce("stands", "known"))
        .drop("stands", "known")
    )
    people = bulk.read(
        "SELECT p.id, p.village_id, p.deceased, p.deceased_on, p.birth_date, p.nik, p.kk, p.occupation"
        " FROM people_person p WHERE p.id IN (SELECT person_id FROM lists_appearance WHERE sent_list_id IN"
        " (SELECT DISTINCT list_number FROM agents_acquisition))"
        " OR p.id IN (SELECT person_id FROM agents_acquisition WHERE list_number IS NULL)", _PEOPLE,
    )  # fmt: skip
    found = found.join(people, on="person_id", how="left", maintain_order="left").with_columns(
        village_id=pl.coalesce("village_id", "home"), died=pl.col("died").fill_null(False)
    )
    return _standing(_repeats(_with_membership(found)), as_of)


def _with_membership(rows: pl.DataFrame) -> pl.DataFrame:
    """`paid_until, income` and `has` (programmes) of the membership of the row's number, else of the person's best."""
    members = bulk.read(
        "SELECT person_id, kpj, paid_until, monthly_income, programmes FROM people_membership WHERE segment = 'bpu'"
        " AND paid_until IS NOT NULL", _MEMBERS,
    ).sort("until")  # fmt: skip
    by_number = members.drop_nulls("kpj").unique("kpj", keep="last").drop("person_id")
    by_person = members.unique("person_id", keep="last").drop("kpj")
    return (
        rows.join(by_number, on="kpj", how="left", maintain_order="left")
        .join(by_person, on="person_id", how="left", maintain_order="left", suffix="_other")
        .with_columns(
            paid_until=pl.coalesce("until", "until_other"),
            income=pl.when(pl.col("until").is_not_null()).then("earns").otherwise("earns_other"),
            has=pl.when(pl.col("until").is_not_null()).then("has").otherwise("has_other"),
        )
    )


def _repeats(rows: pl.DataFrame) -> pl.DataFrame:
    """Marks what an earlier row of the agent told already: the same membership number, else the same person."""
    of_person = pl.col("kpj").drop_nulls().first().over("agent_id", "person_id")
    number = pl.coalesce("kpj", pl.when(pl.col("person_id").is_not_null()).then(of_person))
    told = pl.coalesce(
        pl.lit("k") + number, pl.lit("p") + pl.col("person_id").cast(pl.String), pl.lit("n") + pl.col("nik"),
        pl.lit("i") + pl.col("id").cast(pl.String),
    )  # fmt: skip
    first = pl.col("id").first().over("agent_id", "_told", order_by=["registered_on", "id"])
    return rows.with_columns(_told=told).with_columns(repeats=(first != pl.col("id"))).drop("_told")


def _standing(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    oldest = Month.of(as_of).plus(-reading_on(as_of).grace_months).first_day
    return rows.with_columns(
        standing=pl.when(pl.col("paid_until") >= oldest)
        .then(pl.lit(Standing.PAYING.value))
        .when("died")
        .then(pl.lit(Standing.DIED.value))
        .when(pl.col("paid_until").is_null())
        .then(pl.lit(Standing.UNKNOWN.value))
        .otherwise(pl.lit(Standing.LAPSED.value))
    )


def _store_figures(rows: pl.DataFrame, as_of: date) -> None:
    """The figures of every agent, and what every agent brought month by month."""
    own = rows.drop_nulls("agent_id")
    months = collected(own, as_of)
    AgentMonth.objects.all()._raw_delete("default")  # nothing points to them
    bulk.insert(AgentMonth, months)
    kept = at_month(survival(followed(own, as_of), ["agent_id"], KEPT_MONTHS), KEPT_MONTHS)
    figures = (
        own.group_by("agent_id")
        .agg(recruits=pl.len(), active=(pl.col("standing") == Standing.PAYING.value).sum())
        .join(months.group_by("agent_id").agg(last=pl.col("month").max()), on="agent_id", how="left")
        .join(kept.select("agent_id", "share", "low", "high"), on="agent_id", how="left")
        .join(_districts(own), on="agent_id", how="left")
    )
    of = {line["agent_id"]: line for line in figures.iter_rows(named=True)}
    agents = list(Agent.objects.all())
    for agent in agents:
        line = of.get(agent.pk, {})
        agent.recruits, agent.active = line.get("recruits", 0), line.get("active", 0)
        agent.last_active_month = line.get("last")
        agent.kept_share, agent.kept_high = line.get("share"), line.get("high")
        low = line.get("low")
        agent.kept_low = -1 if low is None else low
        if not agent.area_told:
            agent.area_id = line.get("district")
    changed = ["recruits", "active", "last_active_month", "kept_share", "kept_low", "kept_high", "area"]
    Agent.objects.bulk_update(agents, changed, batch_size=200)


def _districts(rows: pl.DataFrame) -> pl.DataFrame:
    """The district in which most recruits of every agent live."""
    counted = (
        rows.drop_nulls("village_id")
        .group_by("agent_id", district=pl.col("village_id").str.slice(0, 8)).len()
        .sort("agent_id", "len", "district", descending=[False, True, False])
    )  # fmt: skip
    return counted.unique("agent_id", keep="first", maintain_order=True).select("agent_id", "district")


def _store_cohorts(rows: pl.DataFrame, as_of: date) -> None:
    counted = (
        followed(rows, as_of)
        .group_by(
            "months",
            "stopped",
            district_id=pl.col("village_id").str.slice(0, 8),
            year=pl.col("registered_on").dt.year(),
        )
        .agg(n=pl.len())
    )
    CohortCount.objects.all()._raw_delete("default")  # nothing points to them
    bulk.insert(CohortCount, counted.sort("district_id", "year", "months", "stopped"))
