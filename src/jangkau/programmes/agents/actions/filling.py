"""Acquisitions from published lists: they come with the list and go with it, whole lists at a time. The names of
agents are resolved within their office; a name that may be two agents waits for a person."""

from __future__ import annotations

import re

import polars as pl

from jangkau.core.linkage.agent_names import Resolution, agents_meant, office_key, office_meant
from jangkau.programmes.agents.models import Acquisition, Agent, Office, WrittenName
from jangkau.registry.access.actions import record
from jangkau.registry.lists.events import ListPublished, ListTakenBack
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Kind, SentList
from jangkau.registry.people.gateways import bulk

_ACCOUNT = re.compile(r"\bREK(ENING)?\b")
NO_OFFICE = "Tanpa kantor"


def fill_from_list(told: ListPublished) -> None:
    """Writes the acquisitions of a published list of agents; what the list said before goes."""
    if told.kind == Kind.PERISAI:
        fill(told.number)


def empty_of_list(told: ListTakenBack) -> None:
    """Takes the acquisitions of a list back. Agents stay: they are people, and their names may come again."""
    if told.kind == Kind.PERISAI:
        Acquisition.objects.filter(list_number=told.number)._raw_delete("default")  # nothing points to them


def fill(number: int) -> None:
    """Writes the acquisitions of the list with this number anew, inside the transaction of the caller."""
    rows = _rows_of(SentList.objects.get(pk=number))
    names = _names_in(rows)
    Acquisition.objects.filter(list_number=number)._raw_delete("default")
    found = rows.join(names, on=["office", "agent"], how="left", nulls_equal=True)
    # the first list has most of the rows there will ever be: ten indexes are made in half the time once they are in
    indexes = [] if Acquisition.objects.exists() else bulk.drop_indexes(Acquisition)
    bulk.insert(
        Acquisition,
        found.select(
            "agent_id", "written_id", "person_id", "kpj", "programmes", "phone", "account", "line", "sheet", "row",
            village_id=pl.coalesce("village_code", "village_id"),
            registered_on=pl.col("since"),
            list_number=pl.lit(number),
            repeats=pl.lit(False),
            standing=pl.lit("unknown"),
        ).sort("line"),
    )  # fmt: skip
    bulk.run(indexes)
    record(by=None, action="acquisitions_filled", subject=f"list {number}", rows=found.height)


def _rows_of(item: SentList) -> pl.DataFrame:
    """The data rows of a list with whom they were linked to and where that person lives."""
    rows = (
        store.scan_frame(store.folder_of(item.sha256) / store.ROWS)
        .with_row_index("line")
        .filter(pl.col("state") == "data")
        .select(
            pl.col("line").cast(pl.Int32), _account(item), pl.col("sheet").str.slice(0, 100), "row",
            "agent", "office", "since", "kpj",
            "programmes", pl.col("phone").str.slice(0, 20), "village_code",
        )
        .collect()
    )  # fmt: skip
    stands = bulk.read(
        "SELECT a.line, a.person_id, p.village_id FROM lists_appearance a JOIN people_person p ON p.id = a.person_id"
        " WHERE a.sent_list_id = %s",
        {"line": pl.Int32(), "person_id": pl.Int64(), "village_id": pl.String()},
        (item.pk,),
    )
    return rows.join(stands, on="line", how="left", maintain_order="left")


def _account(item: SentList) -> pl.Expr:
    """The bank account of a row, where a column is headed so; the schema of lists does not keep it."""
    found = [
        pl.when(pl.col("table") == number).then(pl.col("cells").list.get(place, null_on_oob=True))
        for number, table in enumerate(item.tables)
        for place, column in enumerate(table["columns"])
        if _ACCOUNT.search(column["header"].upper())
    ]
    digits = pl.coalesce([*found, pl.lit(None, dtype=pl.String)]).str.replace_all(r"\D", "").str.slice(0, 40)
    return digits.alias("account")


def _names_in(rows: pl.DataFrame) -> pl.DataFrame:
    """`office, agent, written_id, agent_id` for all pairs of office and agent in the rows."""
    schema = {"office": pl.String(), "agent": pl.String(), "written_id": pl.Int64(), "agent_id": pl.Int64()}
    told: list[tuple[str | None, str, int, int | None]] = []
    counted = rows.drop_nulls("agent").group_by("office", "agent").len().sort("office", "agent")
    by_office: dict[int, dict[str, int]] = {}
    texts: dict[int, list[tuple[str | None, str]]] = {}
    offices = {office.key: office for office in Office.objects.all()}
    for written, agent, count in counted.iter_rows():
        office = _office(written or NO_OFFICE, offices)
        names = by_office.setdefault(office.pk, {})
        names[agent] = names.get(agent, 0) + count
        texts.setdefault(office.pk, []).append((written, agent))
    for number, names in by_office.items():
        known = _written_names(number, names)
        told += [(text, agent, known[agent].pk, known[agent].agent_id) for text, agent in texts[number]]
    return pl.DataFrame(told, schema=schema, orient="row")


def _office(written: str, offices: dict[str, Office]) -> Office:
    key = office_meant(written, list(offices)) or office_key(written)
    if key not in offices:
        offices[key] = Office.objects.create(name=written.title(), key=key)
    return offices[key]


def _written_names(office: int, counts: dict[str, int]) -> dict[str, WrittenName]:
    """The written names of an office, those that were never seen before resolved."""
    names = {each.name: each for each in WrittenName.objects.filter(office_id=office)}
    fresh = {name: count for name, count in counts.items() if name not in names}
    agents = {agent.name: agent for agent in Agent.objects.filter(office_id=office)}
    for name, found in agents_meant(fresh, list(agents)).items():
        names[name] = WrittenName.objects.create(
            office_id=office,
            name=name,
            state=found.state,
            agent=_agent(office, found, agents),
            candidates=[],
        )
        if found.candidates:
            WrittenName.objects.filter(pk=names[name].pk).update(
                candidates=sorted(_agent_named(office, other, agents).pk for other in found.candidates)
            )
    return names


def _agent(office: int, found: Resolution, agents: dict[str, Agent]) -> Agent | None:
    return None if found.name is None else _agent_named(office, found.name, agents)


def _agent_named(office: int, name: str, agents: dict[str, Agent]) -> Agent:
    if name not in agents:
        agents[name] = Agent.objects.create(office_id=office, name=name.title())
    return agents[name]
