"""What human beings said of who is who, for the run that links the same rows again: which row is, or is not, which
person; what has changed since; which number a row's person had before its list was taken back."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl
from django.db.models import Max

from jangkau.core.linkage import HALF, LINK_SCHEMA, PEOPLE_SCHEMA, fingerprints
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import RuledRow, Ruling, SentList, State
from jangkau.registry.people.models import MergedPerson, Person
from jangkau.registry.people.queries import survivors

_SAID: dict[str, pl.DataType] = {"row_id": pl.Int64(), "person_id": pl.Int64(), "same": pl.Boolean()}
_RULED: dict[str, pl.DataType] = {
    "said": pl.Int64(), "ruled_list": pl.Int64(), "ruled_line": pl.Int32(), "key": pl.String(), "person_id": pl.Int64(),
    "person_key": pl.String(), "same": pl.Boolean(),
}  # fmt: skip


class Said(NamedTuple):
    """`decided` (row_id, person_id, same) for link_rows; `changed`: those of them whose person reads otherwise now;
    `earlier` (LINK_SCHEMA): who rows that come again had been; `kept`: those of them that stay so."""

    decided: pl.DataFrame
    changed: pl.DataFrame
    earlier: pl.DataFrame
    kept: pl.DataFrame


def what_was_said(rows: pl.DataFrame, people: pl.DataFrame, stood: pl.DataFrame) -> Said:
    """What concerns `rows` (as planning.rows_of) in a register of `people` (PEOPLE_SCHEMA). `stood`: where rows that
    come again stood before (row_id, list_id, line)."""
    known_as = survivors()
    earlier = _earlier(stood, known_as)
    matched = _matched(rows, _ruled(known_as))
    spoken_of = matched["person_id"].implode()
    concerned = people.filter(pl.col("person_id").is_in(spoken_of))
    today = concerned.select("person_id", today=pl.Series(fingerprints(concerned), dtype=pl.String))
    changed = matched.join(today, on="person_id").filter(pl.col("today") != pl.col("person_key"))
    # Rows somebody spoke about, and rows of people somebody spoke about, stay where they stood: a "different" needs its
    # other side.
    settled = matched.filter(pl.col("same")).select("row_id")
    stay = pl.col("kept") | pl.col("person_id").is_in(spoken_of) | pl.col("row_id").is_in(matched["row_id"].implode())
    anchored = earlier.filter(stay).join(settled, on="row_id", how="anti").with_columns(same=pl.lit(True))
    anchored = anchored.join(matched, on=["row_id", "person_id"], how="anti")
    kept = earlier.filter("kept").join(matched, on="row_id", how="anti").select(*LINK_SCHEMA)
    decided = pl.concat([matched.select(*_SAID), anchored.select(*_SAID)])
    return Said(decided, changed.select(*_SAID), earlier.select(*LINK_SCHEMA), kept)


def _ruled(known_as: dict[int, int]) -> pl.DataFrame:
    fields = ("pk", "sent_list_id", "line", "row_key", "person_number", "person_key", "same")
    found = RuledRow.objects.filter(ruling__state=Ruling.State.IN_FORCE).order_by("pk").values_list(*fields)
    frame = pl.DataFrame(list(found), schema=_RULED, orient="row")
    return frame.with_columns(pl.col("person_id").replace(known_as)) if known_as else frame


def _matched(rows: pl.DataFrame, ruled: pl.DataFrame) -> pl.DataFrame:
    """Rows with the same compared fields as rows somebody ruled on: of the same line of the same list before others;
    for a row and a person the latest word; "same" only when it names one person."""
    rows = rows.clear() if ruled.is_empty() else rows  # fingerprints of a regency take a while
    keyed = rows.select("row_id", "list_id", "line", key=pl.Series(fingerprints(rows), dtype=pl.String))
    found = keyed.join(ruled, on="key").with_columns(
        here=(pl.col("list_id") == pl.col("ruled_list")) & (pl.col("line") == pl.col("ruled_line"))
    )
    found = found.filter(pl.col("here") | ~pl.col("here").any().over("row_id"))
    found = found.sort("row_id", "said").unique(["row_id", "person_id"], keep="last", maintain_order=True)
    several = pl.col("same") & (pl.col("same").sum().over("row_id") > 1)
    return found.filter(~several)


def _earlier(stood: pl.DataFrame, known_as: dict[int, int]) -> pl.DataFrame:
    """LINK_SCHEMA and `kept`: there is nothing to find anew. A row of a published list that another takes the place of
    stays where it is; one of a list that was taken back, as long as nobody new has come since."""
    frames = [pl.DataFrame(schema=LINK_SCHEMA | {"kept": pl.Boolean()})]
    highest = Person.objects.aggregate(highest=Max("pk"))["highest"] or 0
    for item in SentList.objects.filter(pk__in=stood["list_id"].unique().to_list()):
        place = store.folder_of(item.sha256) / store.LINKS
        if place.exists():
            own = stood.filter(pl.col("list_id") == item.pk).select("row_id", "line")
            before = own.join(store.read_frame(place).drop("row_id", strict=False), on="line")
            replaced = item.state == State.PUBLISHED
            known = (pl.col("link_state") == "new") & replaced  # new with the list that came before, and no more
            before = before.with_columns(
                link_state=pl.when(known).then(pl.lit("linked")).otherwise("link_state"),
                decision=pl.when(known).then(pl.lit("kept")).otherwise("decision"),
            )
            kept = pl.lit(replaced or highest <= item.last_person_number)
            frames.append(before.drop_nulls("person_id").select(*LINK_SCHEMA, kept=kept))
    found = pl.concat(frames).sort("row_id")
    return found.with_columns(pl.col("person_id", "candidate_id").replace(known_as)) if known_as else found


def as_before(links: pl.DataFrame, kept: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """`links` in which rows that stay with their person also keep why, and the question that was open about them, as
    long as the other person of that question is there."""
    if kept.is_empty():
        return links
    there = pl.concat([people["person_id"], links["person_id"].drop_nulls()]).implode()
    asked = pl.when(pl.col("candidate_id").is_in(there)).then("candidate_id")
    lone = (pl.col("link_state") == "review") & (pl.col("probability") < HALF) & asked.is_null()
    why = kept.select(
        "row_id", "probability", "decision",
        link_state=pl.when(lone).then(pl.lit("new")).otherwise("link_state"), candidate_id=asked,
    )  # fmt: skip
    return links.update(why, on="row_id", include_nulls=True)


def with_merged_names(people: pl.DataFrame) -> pl.DataFrame:
    """`people` and, for each who was merged into another, a further line: the other way that person is written."""
    known_as = survivors()
    lines = [
        {**written, "person_id": known_as[number]}
        for number, written in MergedPerson.objects.order_by("number").values_list("number", "written")
    ]
    if not lines:
        return people
    dates = [name for name, kind in PEOPLE_SCHEMA.items() if kind == pl.Date]
    as_text = PEOPLE_SCHEMA | dict.fromkeys(dates, pl.String())
    merged = pl.DataFrame(lines, schema=as_text).with_columns(pl.col(dates).str.to_date("%Y-%m-%d"))
    return pl.concat([people, merged.join(people.select("person_id"), on="person_id", how="semi")])


def ask_again(links: pl.DataFrame, changed: pl.DataFrame) -> pl.DataFrame:
    """`links` in which a row waits for a human being when what was compared with it has changed since the decision;
    until then the decision holds."""
    if changed.is_empty():
        return links
    asked = changed.unique("row_id", keep="last", maintain_order=True).select("row_id", "same", asked="person_id")
    found = links.join(asked, on="row_id", how="left", maintain_order="left")
    again = pl.col("asked").is_not_null()
    return found.with_columns(
        link_state=pl.when(again).then(pl.lit("review")).otherwise("link_state"),
        decision=pl.when(again).then(pl.lit("decided")).otherwise("decision"),
        probability=pl.when(again).then(pl.col("same").cast(pl.Float64)).otherwise("probability"),
        candidate_id=pl.when(again & ~pl.col("same")).then("asked").when(again).then(None).otherwise("candidate_id"),
    ).select(links.columns)
