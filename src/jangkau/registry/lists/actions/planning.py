"""Decides which row is which person for several lists at once, and writes the decision down before anything is
published. A run that was killed finds its plan and repeats it to the byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import polars as pl
from django.db import transaction

from jangkau.core.linkage import compose_people, keep_numbers, kind_rank, link_rows
from jangkau.registry.access.models import User
from jangkau.registry.lists.actions.remembering import as_before, ask_again, what_was_said, with_merged_names
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Kind, Plan, SentList
from jangkau.registry.lists.queries.outcomes import rows_with_reasons
from jangkau.registry.lists.states import PERSON_KINDS
from jangkau.registry.people.gateways.snapshots import kpjs_by_person, last_person_id, people_frame

LINK_COLUMNS = (
    "problems", "nik", "kk", "kpj", "npp", "name", "sex", "birth_date", "birth_place", "mother_name", "village_code",
    "district_code", "address", "rt", "rw", "phone", "occupation", "position", "employer", "segment", "monthly_income",
    "decile", "deceased", "moved_out",
)  # fmt: skip
PLAN_COLUMNS = ("list_id", "line", "person_id", "link_state", "probability", "decision", "candidate_id")


def make_plan(lists: Iterable[SentList], *, by: User | None) -> Plan:
    """Links the rows of `lists` with each other and with the register; keeps the outcome and returns the plan."""
    ordered = sorted(lists, key=lambda item: (kind_rank(item.kind), item.path, item.sha256))
    applied = Plan.objects.filter(applied_at__isnull=False).count()
    key = hashlib.sha256("\n".join([*(item.sha256 for item in ordered), str(applied)]).encode()).hexdigest()
    rows = rows_of(ordered)
    people = people_frame()
    linked = _linked(rows, people)
    composed = compose_people(rows, linked, people)
    links = rows.select("row_id", "list_id", "line").join(linked, on="row_id", how="left").sort("row_id")
    first = (
        links.drop_nulls("person_id")
        .unique("person_id", keep="first", maintain_order=True)
        .select("person_id", first_list="list_id")
    )
    folder = store.plan_folder(key)
    store.write_frame(links.select(PLAN_COLUMNS), folder / "links.parquet")
    store.write_frame(composed.join(first, on="person_id").sort("person_id"), folder / "people.parquet")
    with transaction.atomic():
        plan, _ = Plan.objects.get_or_create(key=key, defaults={"lists": [item.pk for item in ordered], "made_by": by})
    return plan


def _linked(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Every row with its person, in LINK_SCHEMA: as the engine finds it within what human beings said."""
    first_new_id = last_person_id() + 1
    said = what_was_said(rows, people)
    known = with_merged_names(people).join(kpjs_by_person(), on="person_id", how="left", maintain_order="left")
    outcome = link_rows(rows, known, first_new_id=first_new_id, decided=said.decided)
    kept = keep_numbers(outcome.links, said.earlier, people["person_id"], first_new_id=first_new_id)
    return ask_again(as_before(kept, said.kept, people), said.changed)


def rows_of(ordered: list[SentList], only: Mapping[int, list[int]] | None = None) -> pl.DataFrame:
    """The data rows about people of these lists that neither wait nor are refused, numbered in plan order:
    LINK_COLUMNS, deceased_on, row_id, list_id, rank, line. With `only`, of each list the lines under its number."""
    frames = [
        rows_with_reasons(item)
        .filter((pl.col("state") == "data") & pl.col("reason").is_null())
        .filter(pl.col("line").is_in(only[item.pk]) if only else pl.lit(True))
        .select(
            "line",
            *LINK_COLUMNS,
            # "until" is a day of death on a report of deaths alone
            deceased_on=pl.when(pl.lit(item.kind == Kind.DEATHS_AND_MOVES) & pl.col("deceased")).then("until"),
            list_id=pl.lit(item.pk, dtype=pl.Int64),
            rank=pl.lit(kind_rank(item.kind), dtype=pl.Int16),
        )
        .collect()
        for item in ordered
        if item.kind in PERSON_KINDS
    ]
    if not frames:
        empty = {name: pl.String() for name in LINK_COLUMNS}
        return pl.DataFrame(schema={"row_id": pl.Int64(), "list_id": pl.Int64(), "line": pl.Int32(), **empty})
    return pl.concat(frames).with_row_index("row_id").with_columns(pl.col("row_id").cast(pl.Int64))
