"""An empty register is filled without most indexes; what many lists bring to it on SQLite is laid out beside it by
processes of their own while the writer takes in what is ready, see people.gateways.aside."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator, Sequence
from itertools import takewhile
from pathlib import Path

import polars as pl
from django.db import connection, transaction
from django.db.models import Model

from jangkau.registry.lists.actions.portions import Portion
from jangkau.registry.lists.gateways.confined import Lost, call_confined
from jangkau.registry.lists.models import Appearance
from jangkau.registry.people.actions import membership_rows, people_rows, set_fact
from jangkau.registry.people.gateways import aside, bulk, names
from jangkau.registry.people.models import Membership, Person
from jangkau.registry.people.queries import register_fact

INDEXES_ASIDE = "indexes_aside"  # a fact of the register: the statements that make its indexes again
FEWEST_ASIDE = 100_000  # rows for which it pays to start processes
_SECONDS, _MEMORY = 300.0, 4_000_000_000  # for one table of one portion


@transaction.atomic
def begin_filling() -> None:
    """Sets indexes aside that are made at the end, also when a killed run goes on. By list the rows are found all the
    time: other rooms ask for them when a list is published."""
    if not Person.objects.exists():
        dropped = [
            *bulk.drop_indexes(Person),
            *names.set_aside(),
            *bulk.drop_indexes(Membership, but="list_number"),
            *bulk.drop_indexes(Appearance, but="sent_list_id"),
        ]
        set_fact(INDEXES_ASIDE, [*(register_fact(INDEXES_ASIDE) or []), *dropped])


def end_filling() -> None:
    """Makes the indexes again, and looks once at what rooms wrote while references were not checked."""
    if statements := register_fact(INDEXES_ASIDE):
        bulk.run(statements)
        set_fact(INDEXES_ASIDE, [])
        checked = {model._meta.db_table for model in (Person, Appearance, Membership)}
        connection.check_constraints(set(connection.introspection.table_names()) - checked)


def laid_out(
    portions: Sequence[Portion], people: pl.DataFrame, folder: Path, processes: int
) -> Generator[list[aside.Rows], None, None]:
    """For each portion the rows that are ready beside the register; none for one that has to be written row by row."""
    beside = folder / "aside"
    shutil.rmtree(beside, ignore_errors=True)  # of a killed run
    rows = sum(own.height for portion in portions for own in portion.links)
    if connection.vendor == "sqlite" and processes and rows >= FEWEST_ASIDE and register_fact(INDEXES_ASIDE):
        beside.mkdir()
        try:
            yield from _filled(takewhile(lambda portion: not portion.superseded, portions), people, beside, processes)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    while True:
        yield []


def _filled(
    portions: Iterator[Portion], people: pl.DataFrame, folder: Path, processes: int
) -> Iterator[list[aside.Rows]]:
    """The rows of each portion once they are ready; none where a process was lost over them."""
    laid = list(_laid_aside(portions, people, folder))
    every = [rows for portion in laid for rows in portion]
    filled = call_confined(aside.fill, every, processes=processes, seconds=_SECONDS, memory=_MEMORY)
    for portion in laid:
        answers = [next(filled) for _ in portion]
        yield [] if any(isinstance(answer, Lost) for answer in answers) else portion


def _laid_aside(portions: Iterator[Portion], people: pl.DataFrame, folder: Path) -> Iterator[list[aside.Rows]]:
    """The rows of each portion under the numbers that the database would give them."""
    last: dict[type[Model], int] = {model: bulk.last_id(model) for model in (Appearance, Membership)}
    for place, portion in enumerate(portions):
        found: dict[type[Model], pl.DataFrame] = {
            Person: people_rows(portion.newcomers(people)),
            Appearance: portion.linked(),
            Membership: pl.concat([membership_rows(*one) for one in portion.memberships()] or [pl.DataFrame()]),
        }
        rows = []
        for model, frame in found.items():
            if model in last:
                frame = frame.with_row_index("id", last[model] + 1)
                last[model] += frame.height
            if frame.height:
                rows.append(aside.lay_aside(model, frame, folder / f"{model._meta.model_name}_{place}.arrow"))
        yield rows
