"""The register as frames for the engines that link and measure: whole tables, read in chunks. For actions and commands
that work on the register as a whole; pages ask `queries` with a scope."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import cast

import polars as pl
from django.db import connection

from jangkau.core.linkage import PEOPLE_SCHEMA
from jangkau.registry.people.gateways import bulk
from jangkau.registry.people.models import RegisterFact

_PERSON_COLUMNS = {"person_id": "id", "village_code": "village_id", "district_code": "district_id"}
MEMBERSHIP_SCHEMA: dict[str, pl.DataType] = {
    "person_id": pl.Int64(),
    "kpj": pl.String(),
    "npp": pl.String(),
    "segment": pl.String(),
    "programmes": pl.String(),
    "since": pl.Date(),
    "paid_until": pl.Date(),
    "monthly_income": pl.Int64(),
    "member_status": pl.String(),
}
EMPLOYER_SCHEMA: dict[str, pl.DataType] = {"employer_id": pl.Int64(), "npp": pl.String(), "district_code": pl.String()}
_EMPLOYER_COLUMNS = {"employer_id": "id", "district_code": "district_id"}
STRETCH = 20_000  # rows read at once, so that the texts between database and frame stay small


class RegisterAhead:
    """Everybody (as `people_frame`), and person_id and kpjs, the numbers of all memberships of that person. Read in
    short steps by a caller who waits for something else, and to the end when they are needed."""

    def __init__(self) -> None:
        self._found: tuple[pl.DataFrame, pl.DataFrame] | None = None
        self._steps = self._read()

    def _read(self) -> Iterator[None]:
        people = yield from _in_steps("people_person", PEOPLE_SCHEMA, _PERSON_COLUMNS, ("person_id",))
        kpj = {"person_id": pl.Int64(), "kpj": pl.String()}
        numbers = yield from _in_steps("people_membership", kpj, {}, ("person_id", "kpj"))
        by_person = numbers.drop_nulls().group_by("person_id", maintain_order=True)
        self._found = people, by_person.agg(kpjs=pl.col("kpj").unique().sort())

    def read_on(self) -> bool:
        """Reads a little; false: there is nothing left."""
        return next(self._steps, True) is None

    def taken(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Both frames, once: they are large, and whoever takes them lets them go."""
        while self.read_on():
            pass
        assert self._found is not None
        found, self._found = self._found, None
        return found


def people_frame(columns: tuple[str, ...] = ()) -> pl.DataFrame:
    """Everybody, by id, in the columns of PEOPLE_SCHEMA (or some of them)."""
    schema = {name: PEOPLE_SCHEMA[name] for name in columns or PEOPLE_SCHEMA}
    return _table("people_person", schema, _PERSON_COLUMNS, order=("person_id",))


def memberships_frame(columns: tuple[str, ...] = ()) -> pl.DataFrame:
    """All memberships in MEMBERSHIP_SCHEMA, ordered; or some of its columns, in any order."""
    schema = {name: MEMBERSHIP_SCHEMA[name] for name in columns or MEMBERSHIP_SCHEMA}
    return _table("people_membership", schema, {}, order=() if columns else ("person_id", "kpj", "paid_until"))


def employers_frame() -> pl.DataFrame:
    """Employers that the branch knows, in EMPLOYER_SCHEMA."""
    return _table("people_employer", EMPLOYER_SCHEMA, _EMPLOYER_COLUMNS, order=("employer_id",))


def last_person_id() -> int:
    """The highest person id ever given; ids are never used twice."""
    found = RegisterFact.objects.filter(name="last_person_id").values_list("value", flat=True).first()
    return int(found or 0)


def _table(
    table: str, schema: Mapping[str, pl.DataType], column_of: Mapping[str, str], *, order: Sequence[str]
) -> pl.DataFrame:
    steps = _in_steps(table, schema, column_of, order)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return cast("pl.DataFrame", end.value)


def _in_steps(
    table: str, schema: Mapping[str, pl.DataType], column_of: Mapping[str, str], order: Sequence[str]
) -> Generator[None, None, pl.DataFrame]:
    columns = ", ".join(column_of.get(name, name) for name in schema)
    frames, asked = [pl.DataFrame(schema=schema)], f"SELECT {columns} FROM {table} WHERE id > %s AND id <= %s"
    for part in bulk.read_parts(asked, schema, _stretches(table)):
        frames.append(part)
        yield
    found = pl.concat(frames)
    # a table that is read by its key is
    ordered = not order or (len(order) == 1 and found[order[0]].is_sorted())
    return found if ordered else found.sort(order)


def _stretches(table: str) -> Iterator[tuple[int, int]]:
    """The ids after which, and up to which, each stretch of the table goes."""
    after = -1
    while (until := _last_of_stretch(table, after)) > after:
        yield after, until
        after = until


def _last_of_stretch(table: str, after: int) -> int:
    """The id of the last of the STRETCH rows after `after`, which itself when there is none: ids have gaps."""
    asked = f"SELECT MAX(id) FROM (SELECT id FROM {table} WHERE id > %s ORDER BY id LIMIT {STRETCH}) AS stretch"
    with connection.cursor() as cursor:
        cursor.execute(asked, [after])
        found = cursor.fetchone()[0]
    return after if found is None else int(found)
