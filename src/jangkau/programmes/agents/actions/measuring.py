"""After every measuring: which membership is whose recruit, who still pays, what every agent brought and keeps. All
agents at once, in frames; only what changed is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import polars as pl
from django.db.models import Model

from jangkau.core.kernel import Month
from jangkau.core.linkage.agent_names import may_be_same
from jangkau.core.measures import reading_on
from jangkau.core.measures.retention import at_month, followed, survival
from jangkau.core.measures.signals import MEMBER_SCHEMA
from jangkau.programmes.agents.actions.collecting import collected
from jangkau.programmes.agents.actions.filling import fill
from jangkau.programmes.agents.actions.signalling import refresh_signals
from jangkau.programmes.agents.models import Acquisition, Agent, AgentMonth, CohortCount, Standing
from jangkau.registry.lists.events import MeasuresRefreshed
from jangkau.registry.lists.models import Kind, SentList, State
from jangkau.registry.people.actions import set_fact
from jangkau.registry.people.gateways import bulk

VILLAGES = "perisai_villages"
KEPT_MONTHS = 12  # agents are compared by who still pays after so many months
_RENEWED = ("person_id", "village_id", "repeats", "standing", "paid_until", "income")
_READ: dict[str, pl.DataType] = {
    "id": pl.Int64(), "agent_id": pl.Int64(), "person_id": pl.Int64(), "village_id": pl.String(),
    "registered_on": pl.Date(), "kpj": pl.String(), "list_number": pl.Int64(),
    "line": pl.Int32(), "repeats": pl.Boolean(), "nik": pl.String(), "standing": pl.String(), "paid_until": pl.Date(),
    "income": pl.Int64(), "phone": pl.String(), "account": pl.String(),
}  # fmt: skip
_STANDS = {"list_number": pl.Int64(), "line": pl.Int32(), "stands": pl.Int64()}
_PEOPLE = {
    "person_id": pl.Int64(), "home": pl.String(), "died": pl.Boolean(), "died_on": pl.Date(), "born": pl.Date(),
    "number": pl.String(), "kk": pl.String(), "trade": pl.String(),
}  # fmt: skip
WHO = (  # everybody who is a recruit
    "SELECT person_id FROM lists_appearance WHERE sent_list_id IN (SELECT DISTINCT list_number FROM agents_acquisition)"
    " UNION SELECT p.id FROM agents_acquisition a JOIN people_person p ON p.nik = a.nik WHERE a.list_number IS NULL"
)
_AGENTS = {
    "id": pl.Int64(), "area_id": pl.String(), "area_told": pl.Boolean(), "recruits": pl.Int64(), "active": pl.Int64(),
    "last_active_month": pl.Date(), "kept_share": pl.Float64(), "kept_low": pl.Float64(), "kept_high": pl.Float64(),
}  # fmt: skip
_MEMBERS = MEMBER_SCHEMA | {"segment": pl.String(), "monthly_income": pl.Int64(), "programmes": pl.String()}


def refresh_portfolios(told: MeasuresRefreshed) -> None:
    """Brings acquisitions and the figures of all agents up to the day that was measured."""
    _fill_what_is_missing()
    rows = _read("agents_acquisition", {name: name for name in _READ}, _READ, "ORDER BY id")
    members = _members()
    renewed = _renewed(rows, members, told.as_of)
    if changed := [name for name in _RENEWED if _differ(renewed, rows, [name]).any()]:  # the others' indexes rest
        bulk.update(Acquisition, renewed.filter(_differ(renewed, rows, changed)).select("id", *changed))
    counted = renewed.filter(~pl.col("repeats"))
    _store_figures(counted, told.as_of)
    _store_cohorts(counted, told.as_of)
    _tell_villages(counted)
    refresh_signals(counted, members.select(*MEMBER_SCHEMA), told.as_of)


def _read(table: str, columns: dict[str, str], schema: Mapping[str, pl.DataType], where: str) -> pl.DataFrame:
    """Columns of a table under other names. Days come as text and are parsed together, which costs half as much as one
    by one in the driver."""
    days = [name for name, kind in schema.items() if kind == pl.Date()]
    asked = ", ".join(f"CAST({old} AS TEXT)" if new in days else old for old, new in columns.items())
    texts = {name: pl.String() if name in days else kind for name, kind in schema.items()}
    numbers = [new for new, old in columns.items() if old in bulk.NUMBERS]
    found = bulk.read(f"SELECT {asked} FROM {table} {where}", texts, numbers=numbers)
    return found.with_columns(pl.col(days).str.to_date("%Y-%m-%d"))


def _fill_what_is_missing() -> None:
    """Lists that were published before this room was there."""
    published = SentList.objects.filter(kind=Kind.PERISAI, state=State.PUBLISHED, rows_of_people__gt=0)
    filled = Acquisition.objects.filter(list_number__isnull=False).values_list("list_number", flat=True).distinct()
    for number in sorted(set(published.values_list("pk", flat=True)) - set(filled)):
        fill(number)


def _members() -> pl.DataFrame:
    """The memberships of recruits, and those whose number an agent told."""
    return _read(
        "people_membership", {name: name for name in _MEMBERS}, _MEMBERS, "WHERE paid_until IS NOT NULL AND"
        f" (person_id IN ({WHO}) OR kpj IN (SELECT kpj FROM agents_acquisition))",
    )  # fmt: skip


def _renewed(rows: pl.DataFrame, members: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The acquisitions with person, home, membership and standing as they are now; `died, trade, has` (programmes)
    and what else is known of the people beside."""
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
    people = _read(
        "people_person", {"id": "person_id", "village_id": "home", "deceased": "died", "deceased_on": "died_on",
        "birth_date": "born", "nik": "number", "kk": "kk", "occupation": "trade"}, _PEOPLE, f"WHERE id IN ({WHO})",
    )  # fmt: skip
    found = found.join(people, on="person_id", how="left", maintain_order="left").with_columns(
        village_id=pl.coalesce("village_id", "home"), died=pl.col("died").fill_null(False)
    )
    return _standing(_repeats(_with_membership(found, members)), as_of)


def _with_membership(rows: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """`paid_until, income` and `has` (programmes) of the membership of the row's number, else of the person's best."""
    own = pl.col("person_id", "kpj"), pl.col("paid_until").alias("until"), pl.col("monthly_income").alias("earns")
    members = members.filter(pl.col("segment") == "bpu").select(*own, has="programmes").sort("until")
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
    _renew(AgentMonth, months)
    kept = at_month(survival(followed(own, as_of), ["agent_id"], KEPT_MONTHS), KEPT_MONTHS)
    figures = (
        own.group_by("agent_id")
        .agg(recruits=pl.len(), active=(pl.col("standing") == Standing.PAYING.value).sum())
        .join(months.group_by("agent_id").agg(last=pl.col("month").max()), on="agent_id", how="left")
        .join(kept.select("agent_id", "share", "low", "high"), on="agent_id", how="left")
        .join(_districts(own), on="agent_id", how="left")
    )
    agents = bulk.read(
        "SELECT id, area_id, area_told, recruits, active, last_active_month, kept_share, kept_low, kept_high"
        " FROM agents_agent ORDER BY id", _AGENTS,
    )  # fmt: skip
    told = agents.select("id", "area_id", "area_told").join(
        figures, left_on="id", right_on="agent_id", how="left", maintain_order="left"
    )
    told = told.select(
        "id",
        area_id=pl.when("area_told").then("area_id").otherwise("district"),
        recruits=pl.col("recruits").fill_null(0).cast(pl.Int64),
        active=pl.col("active").fill_null(0).cast(pl.Int64),
        last_active_month="last",
        kept_share="share",
        kept_low=pl.col("low").fill_null(-1.0),
        kept_high="high",
    )
    bulk.update(Agent, told.filter(_differ(told, agents, told.columns)))


def _differ(rows: pl.DataFrame, others: pl.DataFrame, names: Iterable[str]) -> pl.Series:
    """In which lines, side by side, one of the columns says something else."""
    return rows.select(pl.any_horizontal(~pl.col(name).eq_missing(others[name]) for name in names)).to_series()


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
    _renew(CohortCount, counted.sort("district_id", "year", "months", "stopped"))


def _renew(model: type[Model], rows: pl.DataFrame) -> None:
    """Makes the rows of a table those of `rows`; those that stand there already are not touched."""
    schema = {"id": pl.Int64(), **rows.schema}
    before = _read(model._meta.db_table, {name: name for name in schema}, schema, "")
    bulk.delete(model, before.join(rows, on=rows.columns, how="anti", nulls_equal=True)["id"])
    bulk.insert(model, rows.join(before, on=rows.columns, how="anti", nulls_equal=True, maintain_order="left"))


def _tell_villages(rows: pl.DataFrame) -> None:
    """Keeps `recruits, active, agents` of every village as a fact of the register, so that the page only reads."""
    counted = rows.drop_nulls("village_id").group_by("village_id").agg(
        recruits=pl.len(), active=(pl.col("standing") == Standing.PAYING.value).sum(),
        agents=pl.col("agent_id").drop_nulls().n_unique(),
    )  # fmt: skip
    set_fact(VILLAGES, {code: numbers for code, *numbers in counted.sort("village_id").iter_rows()})
