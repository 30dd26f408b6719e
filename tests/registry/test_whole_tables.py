"""Whole tables come out of the database as they went in, on both databases: what JSON has to write in its own way, what
is missing, days, yes and no, floats to the last digit."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from django.db import connection
from polars.testing import assert_frame_equal

from jangkau.core.linkage import EMPLOYER_SCHEMA, PEOPLE_SCHEMA
from jangkau.core.linkage.tables import with_columns_of
from jangkau.registry.lists.actions.standing import compose_from_rows
from jangkau.registry.people.actions import change_memberships, replace_employers, replace_memberships, store_people
from jangkau.registry.people.gateways import bulk, snapshots
from jangkau.registry.people.gateways.snapshots import memberships_frame, people_frame
from jangkau.registry.people.models import Employer, Membership

AWKWARD = ['A "B" \\ C', "baris\nbaru\ttab", "[1, null]", "é😀\x1f", "null", "007", "", None]
PEOPLE = with_columns_of(
    pl.DataFrame({
        "person_id": [3, 10_000_000_007, 5, 9, 11, 12, 13, 14],
        "name": AWKWARD,
        "birth_date": [date(1990, 2, 28), None, date(1900, 1, 1), *[None] * 5],
        "monthly_income": [2**53 + 1, None, 0, *[None] * 5],
        "deceased": [True, *[False] * 7],
        "moved_out": [False, True, *[False] * 6],
    }),
    PEOPLE_SCHEMA,
)  # fmt: skip


@pytest.mark.usefixtures("register")
def test_people_come_out_as_they_went_in(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(snapshots, "STRETCH", 3)
    assert people_frame().is_empty()
    store_people(PEOPLE)
    assert_frame_equal(people_frame(), PEOPLE.sort("person_id"))
    columns = ("person_id", "birth_date", "deceased")
    assert_frame_equal(people_frame(columns), PEOPLE.select(columns).sort("person_id"))


@pytest.mark.usefixtures("register")
def test_a_select_is_read_in_its_order_and_floats_keep_their_digits():
    store_people(PEOPLE)
    found = bulk.read(
        "SELECT id, name FROM people_person WHERE id > %s ORDER BY id DESC", {"n": pl.Int64(), "name": pl.String()}, [9]
    )
    assert found["n"].to_list() == [10_000_000_007, 14, 13, 12, 11]
    assert bulk.read("SELECT id FROM people_person WHERE id < 0", {"n": pl.Int64()}).schema == {"n": pl.Int64()}
    assert bulk.read("SELECT CAST(1 AS DOUBLE PRECISION) / 3", {"x": pl.Float64()}).item() == 1 / 3


@pytest.mark.usefixtures("register")
def test_only_memberships_that_differ_are_written_again():
    before = pl.DataFrame({"person_id": [1, 2, 2, 3], "kpj": ["A", "B", "C", "D"], "npp": ["X"] * 4})
    after = pl.DataFrame({"person_id": [1, 2, 2, 4], "kpj": ["A", "B", "E", "F"], "npp": ["X"] * 4})
    replace_memberships(7, before)
    kept = Membership.objects.get(person_id=1).pk
    change_memberships([7], 8, before, after)
    assert Membership.objects.get(person_id=1).pk == kept
    told = memberships_frame().select("person_id", "kpj").rows()
    assert told == [(1, "A"), (2, "B"), (2, "E"), (4, "F")]
    assert set(Membership.objects.values_list("list_number", flat=True)) == {8}


@pytest.mark.usefixtures("register")
def test_a_list_from_which_nobody_left_composes_nobody():
    assert compose_from_rows(pl.Series([], dtype=pl.Int64)) == 0


@pytest.mark.usefixtures("register")
def test_an_employer_of_whom_nothing_else_is_said_is_not_written_again():
    source = '[{"kind":"licences","sheet":"A: B, C","row":7,"list":1,"workers":null,"wage":null}]'
    told = {"name": ["PT REKAAN, MAJU", "CV LAIN"], "nib": ["1", "2"], "in_branch": False, "sources": [source, "[]"]}
    firms = with_columns_of(pl.DataFrame({"employer_id": [1, 2]} | told), EMPLOYER_SCHEMA)
    firms = firms.with_columns(finding=pl.lit(""), affected=0)

    def place() -> list[object]:  # PostgreSQL writes a row that is written at another place, SQLite counts
        if connection.vendor == "sqlite":
            return [connection.connection.total_changes]
        with connection.cursor() as cursor:
            cursor.execute("SELECT ctid::text FROM people_employer ORDER BY id")
            return cursor.fetchall()

    replace_employers(firms)
    before = place()
    replace_employers(firms)
    assert (place(), Employer.objects.count()) == (before, 2)
    replace_employers(firms.with_columns(pl.col("sources").str.replace("B, C", "B,C")))
    assert place() != before
