"""Which person a row stands with, changed by a human being: rows are moved, the people concerned are composed again,
and what was before is kept so that undoing restores it exactly. Called inside the transaction of `deciding`.
A step is {"do": "join", "one": number, "other": number}, {"do": "part", "person": number, "rows": [[list, line]]}, or
{"do": "say", "row": [list, line], "person": number, "same": bool}, which moves nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from jangkau.core.kernel import Refused
from jangkau.core.linkage import PEOPLE_SCHEMA, compose_people, fingerprints
from jangkau.core.reading.meanings import answers_of_branch
from jangkau.registry.access.models import User
from jangkau.registry.lists.actions.planning import rows_of
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Appearance, Kind, ReviewPair, RuledRow, Ruling, SentList
from jangkau.registry.lists.states import MEMBER_KINDS
from jangkau.registry.people.actions import (
    forget_merge,
    merge_number,
    new_person_number,
    remove_people,
    replace_memberships_of,
    restore_people,
    set_project_workers,
    store_people,
)
from jangkau.registry.people.gateways import bulk
from jangkau.registry.people.models import Person
from jangkau.registry.people.queries import survivor

Row = tuple[int, int]  # number of the list, line
MEMBERSHIP_COLUMNS = (
    "kpj", "npp", "employer", "segment", "programmes", "since", "paid_until", "monthly_income", "member_status",
)  # fmt: skip


_STANDS: dict[str, pl.DataType] = {"list_id": pl.Int64(), "line": pl.Int32(), "person_id": pl.Int64()}
IDS_ASKED = 10_000  # numbers in one statement


def carry_out(ruling: Ruling, *, by: User | None) -> None:
    """Does the steps of a ruling, and writes down what undoing restores and what a later run has to know."""
    people = {survivor(number) for step in ruling.steps for number in _numbers_in(step)}
    people |= set(_owners([(number, line) for step in ruling.steps for number, line in _rows_in(step)]).values())
    before = stands_of(people)
    values = list(Person.objects.filter(pk__in=people).order_by("pk").values())
    said: list[tuple[Row, int, bool]] = []
    made: list[int] = []
    merged: list[int] = []
    for step in ruling.steps:
        _do(step, said, made, merged, by=by)
    concerned = people | set(made)
    if made or merged:
        compose_again(concerned)
    ruling.before = {
        "people": values,
        "stands": [[*row, owner] for row, owner in sorted(before.items())],
        "after": [[*row, owner] for row, owner in sorted(stands_of(concerned).items())],
        "made": made,
        "merged": merged,
    }
    ruling.rows.all().delete()
    RuledRow.objects.bulk_create(_ruled_rows(ruling, said))


def take_away(ruling: Ruling) -> None:
    """Undoes what `carry_out` did. Raises Refused when a later decision moved the same rows on."""
    before = {(a, b): owner for a, b, owner in ruling.before["stands"]}
    after = {(a, b): owner for a, b, owner in ruling.before["after"]}
    moved = {row: owner for row, owner in before.items() if after.get(row, owner) != owner}
    now = _owners(list(moved))
    if any(owner != after[row] for row, owner in now.items()) or survivor_changed(ruling):
        raise Refused(
            "Sesudah keputusan ini ada keputusan lain tentang orang yang sama. Batalkan yang terakhir lebih dahulu.",
            "A later decision concerns the same people. Undo the latest one first.",
        )
    if not (ruling.before["made"] or ruling.before["merged"]):
        return
    for number in ruling.before["merged"]:
        forget_merge(number)
    concerned = set(before.values()) | set(after.values())
    untouched = stands_of(concerned) == after
    for row in now:
        _move(row, now[row], moved[row])
    if untouched:
        restore_people(ruling.before["people"])
        remove_people([number for number in concerned if number not in set(before.values())])
        _rebuild_dependants(concerned, rows_standing(stands_of(concerned)))
    else:
        compose_again(concerned)


def survivor_changed(ruling: Ruling) -> bool:
    """Was somebody this ruling is about merged into another since?"""
    merged = set(ruling.before["merged"])
    return any(survivor(p["id"]) != p["id"] for p in ruling.before["people"] if p["id"] not in merged) or any(
        survivor(number) != number for number in ruling.before["made"]
    )


def _numbers_in(step: dict[str, Any]) -> list[int]:
    return [step[name] for name in ("one", "other", "person") if name in step]


def _rows_in(step: dict[str, Any]) -> list[list[int]]:
    return step.get("rows", [step["row"]] if "row" in step else [])


def _do(
    step: dict[str, Any], said: list[tuple[Row, int, bool]], made: list[int], merged: list[int], *, by: User | None
) -> None:
    if step["do"] == "join":
        into, gone = sorted((survivor(step["one"]), survivor(step["other"])))
        if into != gone:
            for row in stands_of([gone]):
                _move(row, gone, into)
                said.append((row, into, True))
            merge_number(gone, into, by=by)
            merged.append(gone)
    elif step["do"] == "part":
        person = survivor(step["person"])
        rows = [tuple(row) for row in step["rows"]]
        standing = stands_of([person])
        leaving = [row for row in rows if row in standing]
        said += [(row, person, False) for row in rows]
        if leaving and len(leaving) < len(standing):
            number = new_person_number()
            made.append(number)
            for row in leaving:
                _move(row, person, number)
                said.append((row, number, True))
    else:
        said.append((tuple(step["row"]), survivor(step["person"]), step["same"]))


def stands_of(people: Iterable[int]) -> dict[Row, int]:
    """The rows in which these people stand: (list, line) -> person."""
    return {(a, b): owner for a, b, owner in _standing(sorted(people)).iter_rows()}


def _standing(people: Sequence[int]) -> pl.DataFrame:
    """The rows in which these people stand: list_id, line, person_id."""
    frames = [pl.DataFrame(schema=_STANDS)]
    for start in range(0, len(people), IDS_ASKED):
        numbers = ", ".join(map(str, people[start : start + IDS_ASKED]))
        frames.append(
            bulk.read(
                f"SELECT sent_list_id, line, person_id FROM lists_appearance WHERE person_id IN ({numbers})", _STANDS
            )
        )
    return pl.concat(frames).sort("list_id", "line")


def _owners(rows: list[Row]) -> dict[Row, int]:
    """Who stands in these rows today."""
    lines: dict[int, list[int]] = {}
    for number, line in rows:
        lines.setdefault(number, []).append(line)
    found: dict[Row, int] = {}
    for number, own in lines.items():
        stands = Appearance.objects.filter(sent_list_id=number, line__in=own)
        found |= {(number, line): owner for line, owner in stands.values_list("line", "person_id")}
    return found


def _move(row: Row, owner: int, to: int) -> None:
    Appearance.objects.filter(person_id=owner, sent_list_id=row[0], line=row[1]).update(person_id=to)


def rows_standing(stands: dict[Row, int]) -> pl.DataFrame:
    """The rows (as planning.rows_of) of `stands`, with their person_id."""
    told = [(*row, owner) for row, owner in sorted(stands.items())]
    return _rows_in_lists(pl.DataFrame(told, schema=_STANDS, orient="row"))


def _rows_in_lists(stands: pl.DataFrame) -> pl.DataFrame:
    only = dict(stands.group_by("list_id").agg("line").sort("list_id").iter_rows())
    lists = SentList.objects.in_bulk(list(only))
    return rows_of([lists[number] for number in only], only).join(stands, on=["list_id", "line"]).sort("row_id")


def compose_again(people: set[int]) -> None:
    """Composes people from the rows in which they stand now; who stands in none leaves the register. Their memberships
    come from these rows, too."""
    rows = _compose(sorted(people))
    _rebuild_dependants(people, rows)


def compose_from_rows(people: pl.Series) -> int:
    """Composes people from the rows in which they still stand; returns how many stand in none and left the register."""
    rows = _compose(people.sort().to_list())
    gone = people.filter(~people.is_in(rows["person_id"].implode())).to_list()
    for start in range(0, len(gone), IDS_ASKED):
        ReviewPair.objects.filter(candidate_id__in=gone[start : start + IDS_ASKED]).delete()
    return len(gone)


def _compose(people: list[int]) -> pl.DataFrame:
    """Stores people as the rows have them in which they stand now, removes those who stand in none; returns the rows
    with their person_id."""
    stands = _standing(people)
    rows = _rows_in_lists(stands)
    links = rows.select("row_id", "person_id")
    store_people(compose_people(rows.drop("person_id"), links, pl.DataFrame(schema=PEOPLE_SCHEMA)))
    remove_people(sorted(set(people) - set(stands["person_id"])))
    return rows


def _rebuild_dependants(people: set[int], rows: pl.DataFrame) -> None:
    """Memberships of these people and the numbers of workers of their projects, from their rows."""
    lists = SentList.objects.in_bulk(rows["list_id"].unique().to_list())
    frames = [pl.DataFrame(schema={"list_number": pl.Int64(), "person_id": pl.Int64()})]
    for number, item in sorted(lists.items()):
        own = rows.filter(pl.col("list_id") == number).select("line", "person_id")
        if item.kind in MEMBER_KINDS:
            frames.append(memberships_in(item, own).with_columns(list_number=pl.lit(number, dtype=pl.Int64)))
        elif item.kind == Kind.JAKON:
            workers = Appearance.objects.filter(sent_list_id=number).values("person_id").distinct().count()
            set_project_workers(number, workers)
    replace_memberships_of(sorted(people), pl.concat(frames, how="diagonal"))


def memberships_in(item: SentList, linked: pl.DataFrame) -> pl.DataFrame:
    """What an export of the branch states of its members in the rows `linked` (line, person_id); of an answer to an
    application those who were accepted."""
    rows = store.read_frame(store.folder_of(item.sha256) / store.ROWS, MEMBERSHIP_COLUMNS)
    told = rows.rechunk()[linked["line"]].select(MEMBERSHIP_COLUMNS).insert_column(0, linked["person_id"])
    return told if item.kind == Kind.MEMBERSHIP else told.filter(answers_of_branch() == "accepted")


def _ruled_rows(ruling: Ruling, said: list[tuple[Row, int, bool]]) -> list[RuledRow]:
    """Rows with the fingerprints of both sides as they are after the ruling."""
    rows = rows_standing({row: 0 for row, _, _ in said})
    row_keys = {(a, b): key for a, b, key in zip(rows["list_id"], rows["line"], fingerprints(rows), strict=True)}
    numbers = sorted({person for _, person, _ in said})
    written = Person.objects.filter(pk__in=numbers).order_by("pk")
    values = [{**p, "village_code": p["village_id"]} for p in written.values()]
    keys = (
        dict(zip([p["id"] for p in values], fingerprints(pl.DataFrame(values, infer_schema_length=None)), strict=True))
        if values
        else {}
    )
    return [
        RuledRow(
            ruling=ruling, sent_list_id=row[0], line=row[1], row_key=row_keys[row], person_number=person,
            person_key=keys.get(person, ""), same=same,
        )
        for row, person, same in said
    ]  # fmt: skip
