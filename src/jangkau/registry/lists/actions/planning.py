"""Decides which row is which person for several lists at once, and writes the decision down before anything is
published. A run that was killed finds its plan and repeats it to the byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

import polars as pl
from django.db import transaction

from jangkau.core.linkage import compose_people, keep_numbers, kind_rank, link_rows
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.lists.actions.remembering import as_before, ask_again, what_was_said, with_merged_names
from jangkau.registry.lists.actions.repeats import with_nth
from jangkau.registry.lists.actions.versions import HEAVY, Versions
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Kind, Plan, SentList, State
from jangkau.registry.lists.queries.outcomes import lists_with_verdicts, rows_with_reasons
from jangkau.registry.lists.states import PERSON_KINDS
from jangkau.registry.people.gateways.snapshots import RegisterAhead, last_person_id

LINK_COLUMNS = (
    "problems", "nik", "kk", "kpj", "npp", "name", "sex", "birth_date", "birth_place", "mother_name", "village_code",
    "district_code", "address", "rt", "rw", "phone", "occupation", "position", "employer", "segment", "monthly_income",
    "decile", "deceased", "moved_out",
)  # fmt: skip
# What a row is recognised by when its list comes again: all that the engine weighs, and nothing else.
_WEIGHED = (
    "name", "birth_date", "nik", "kk", "kpj", "sex", "mother_name", "village_code", "district_code", "rt", "rw",
    "phone",
)  # fmt: skip
_TOLD = tuple(name for name in LINK_COLUMNS if name not in (*_WEIGHED, "problems"))
PLAN_COLUMNS = ("list_id", "line", "person_id", "link_state", "probability", "decision", "candidate_id")


def make_plan(lists: Iterable[SentList], *, by: User | None, register: RegisterAhead | None = None) -> Plan:
    """Links the rows of `lists` with each other and with the register (of which `register` may have read a part);
    keeps the outcome and returns the plan."""
    ordered = sorted(lists, key=lambda item: (kind_rank(item.kind), item.path, item.sha256))
    applied = Plan.objects.filter(applied_at__isnull=False).count()
    key = hashlib.sha256("\n".join([*(item.sha256 for item in ordered), str(applied)]).encode()).hexdigest()
    rows = rows_of(ordered)
    people, kpjs = (register or RegisterAhead()).taken()
    stood = _stood_before(rows, ordered)
    linked, stayed = _linked(rows, people, kpjs, stood)
    # who stands in nothing but rows that were there before, word for word, is composed already
    same = stayed.join(stood.filter("unchanged"), on="row_id", how="semi")
    moved = linked.join(same, on="row_id", how="anti").drop_nulls("person_id")
    composed = compose_people(rows, linked.join(moved, on="person_id", how="semi"), people)
    links = rows.select("row_id", "list_id", "line").join(linked, on="row_id", how="left").sort("row_id")
    first = (
        links.drop_nulls("person_id")
        .unique("person_id", keep="first", maintain_order=True)
        .select("person_id", first_list="list_id")
    )
    folder = store.plan_folder(key)
    store.write_unsealed(links.select(PLAN_COLUMNS), folder / store.LINKS)
    store.write_frame(composed.join(first, on="person_id").sort("person_id"), folder / store.PLANNED_PEOPLE)
    with transaction.atomic():
        plan, fresh = Plan.objects.get_or_create(
            key=key, defaults={"lists": [item.pk for item in ordered], "made_by": by}
        )
        if fresh:
            record(by=by, action="plan_made", subject=f"plan {plan.pk}", lists=len(ordered))
    return plan


def _linked(
    rows: pl.DataFrame, people: pl.DataFrame, kpjs: pl.DataFrame, stood: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Every row with its person, in LINK_SCHEMA: as the engine finds it within what human beings said, and within what
    was decided about the same rows before; and those (row_id) that stay with the person they had."""
    first_new_id = last_person_id() + 1
    said = what_was_said(rows, people, stood)
    known = with_merged_names(people).join(kpjs, on="person_id", how="left", maintain_order="left")
    outcome = link_rows(rows, known, first_new_id=first_new_id, decided=said.decided)
    kept = keep_numbers(outcome.links, said.earlier, people["person_id"], first_new_id=first_new_id)
    links = ask_again(as_before(kept, said.kept, people), said.changed)
    return links, links.join(said.kept, on=["row_id", "person_id"], how="semi").select("row_id")


def rows_of(ordered: list[SentList], only: Mapping[int, list[int]] | None = None) -> pl.DataFrame:
    """The data rows about people of these lists that neither wait nor are refused, numbered in plan order:
    LINK_COLUMNS, deceased_on, row_id, list_id, rank, line. With `only`, of each list the lines under its number. Inside
    a list they are ordered by what they say, so that a list with its rows in another order is linked alike."""
    spoken_of = lists_with_verdicts()
    frames = [
        rows_with_reasons(item, any_verdicts=item.pk in spoken_of)
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
        .sort(*_WEIGHED, *_TOLD, "line")
        .collect()
        for item in ordered
        if item.kind in PERSON_KINDS
    ]
    if not frames:
        empty = {name: pl.String() for name in LINK_COLUMNS} | {"problems": pl.List(pl.String())}
        return pl.DataFrame(schema={"row_id": pl.Int64(), "list_id": pl.Int64(), "line": pl.Int32(), **empty})
    return pl.concat(frames).with_row_index("row_id").with_columns(pl.col("row_id").cast(pl.Int64))


def _stood_before(rows: pl.DataFrame, ordered: list[SentList]) -> pl.DataFrame:
    """Where rows of `rows` stood before: row_id, list_id, line of the same list when it was taken back, or of the list
    whose place theirs takes, for rows that say the same in all that is weighed; `unchanged` when they say the same in
    all that people are composed of, and stand in the register."""
    again = [item.pk for item in ordered if item.state == State.TAKEN_BACK]
    itself = rows.filter(pl.col("list_id").is_in(again)).select("row_id", "list_id", "line", unchanged=pl.lit(False))
    earlier = {old.pk: (old, item.pk) for old, item in _replaced_by(ordered)}
    if not earlier:
        return itself
    before = rows_of([old for old, _ in earlier.values()])
    published = [old.pk for old, _ in earlier.values() if old.state == State.PUBLISHED]
    place = pl.col("list_id").replace_strict({old: new for old, (_, new) in earlier.items()}, return_dtype=pl.Int64)
    sides = [_recognisable(side, at) for side, at in ((rows, pl.col("list_id")), (before, place))]
    found = sides[0].drop("line", "list_id").join(sides[1].drop("row_id"), on=["place", "says", "nth"])
    unchanged = (pl.col("tells") == pl.col("tells_right")) & pl.col("list_id").is_in(published)
    return pl.concat([itself, found.select("row_id", "list_id", "line", unchanged=unchanged)]).sort("row_id")


def _recognisable(rows: pl.DataFrame, place: pl.Expr) -> pl.DataFrame:
    """`row_id, line, list_id, place` of rows, what they say (`says`) and tell beside it (`tells`) as numbers. Those in
    one place that say the same are told apart by their order alone (`nth`)."""
    told = rows.select(
        "row_id", "line", "list_id", place=place, tells=pl.struct(*_TOLD, "problems", "deceased_on").hash()
    )
    return with_nth(told.with_columns(rows.select(_WEIGHED).hash_rows().alias("says")), "place", "says")


def _replaced_by(ordered: list[SentList]) -> Iterator[tuple[SentList, SentList]]:
    """Each list that was never published with the lists it takes the place of; else with the latest of its path that
    was taken back."""
    versions = Versions()
    taken_back = {
        (old.kind, old.path): old
        for old in SentList.objects.filter(state=State.TAKEN_BACK).defer(*HEAVY).order_by("taken_back_at")
    }
    for item in ordered:
        if item.state != State.TAKEN_BACK:
            latest = taken_back.get((item.kind, item.path))
            for old in versions.before(item) or ([latest] if latest else []):
                yield old, item
