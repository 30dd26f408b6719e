"""Evidence as CSV or Parquet: one line for every row of every file, people, coverage, employers, pairs."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import polars as pl
from django.conf import settings

from jangkau.core.kernel import Refused, Unknown
from jangkau.core.linkage import PEOPLE_SCHEMA
from jangkau.core.measures import PublicTables, member_states
from jangkau.core.measures.pseudonyms import pseudonymised
from jangkau.registry.access.actions import record
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists import queries
from jangkau.registry.lists.actions.disclosing import tables_for_everybody
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import SentList, State
from jangkau.registry.lists.queries.outcomes import rows_with_reasons
from jangkau.registry.lists.queries.slices import slices
from jangkau.registry.people.gateways import bulk
from jangkau.registry.people.gateways.snapshots import memberships_frame, people_frame

_HANDED_OUT = PublicTables._fields
TEXT_ENDINGS = (".csv", ".txt", ".tsv")


def write(what: str, out: Path, *, public: bool = False, study: str | None = None) -> None:
    """Writes one export to `out` (.csv or .parquet), `public`: as everybody may have it, `study`: people without names
    for the analysis of this name. Raises Refused for other endings, and for what is never handed out."""
    if out.suffix not in (".csv", ".parquet"):
        raise Refused(
            f"“{out.name}”: pakai akhiran .csv atau .parquet.", f"“{out.name}”: use the ending .csv or .parquet."
        )
    if public and what not in _HANDED_OUT:
        raise Refused(
            f"“{what}” tidak untuk umum. Yang dapat diumumkan: {', '.join(_HANDED_OUT)}.",
            f"“{what}” is not handed out. What may be: {', '.join(_HANDED_OUT)}.",
        )
    if study is not None and what != "people":
        raise Refused("--pseudonymised hanya untuk people.", "--pseudonymised is for people alone.")
    if study is not None:
        frames: Iterable[pl.DataFrame] = [_pseudonymised(study)]
    elif public:
        frames = [_told(getattr(tables_for_everybody(_whole(), _measured_on()), what))]
    else:
        frames = {
            "rows": _rows, "people": _people, "coverage": _coverage, "slices": _slices, "employers": _employers,
            "pairs": _pairs,
        }[what]()  # fmt: skip
    beside = out.with_name(out.name + ".part")
    if out.suffix == ".parquet":
        pl.concat(frames).write_parquet(beside)
    else:
        with beside.open("wb") as file:
            for number, frame in enumerate(frames):
                frame.write_csv(file, include_header=number == 0)
    beside.replace(out)


def _rows() -> Iterator[pl.DataFrame]:
    empty_links = pl.DataFrame(
        schema={
            "line": pl.Int32,
            "person_id": pl.Int64,
            "link_state": pl.String,
            "decision": pl.String,
            "probability": pl.Float64,
        }
    )
    yield _row_lines(None, empty_links)
    whole = _whole()
    without_rows = (State.RECEIVED, State.UNREADABLE, State.FORGOTTEN)
    for item in SentList.objects.exclude(state__in=without_rows).order_by("path", "pk"):
        place = store.folder_of(item.sha256) / store.LINKS
        links = store.read_frame(place) if place.exists() and item.state == State.PUBLISHED else empty_links
        decided = queries.decided_rows(whole, item) if links.height else empty_links
        yield _row_lines(item, links.select(empty_links.columns).update(decided, on="line"))


def _row_lines(item: SentList | None, links: pl.DataFrame) -> pl.DataFrame:
    from jangkau.core.reading import ROW_SCHEMA

    if item is None:
        empty = {"line": pl.Int32(), **ROW_SCHEMA, "reason": pl.String()}
        rows, path, kind = pl.DataFrame(schema=empty), "", ""
    else:
        rows, path, kind = rows_with_reasons(item).collect(), item.path, item.kind
    return rows.join(links, on="line", how="left", maintain_order="left").select(
        pl.lit(path).alias("file"),
        pl.col("sheet"),
        pl.col("row"),
        pl.lit(kind).alias("list_kind"),
        pl.col("state"),
        person_number("person_id"),
        pl.when(pl.col("state") == "data").then(pl.col("link_state").fill_null("unlinked")).alias("link_state"),
        pl.col("nik"),
        pl.col("problems").list.join("|"),
        pl.col("name"),
        pl.col("birth_date").dt.to_string("%Y-%m-%d"),
        pl.col("sex"),
        pl.col("village_code"),
        pl.coalesce("decision", "reason").alias("decision"),
        pl.col("probability").round(4),
        "part",
    )


def person_number(column: str) -> pl.Expr:
    """A person's id as exports and pages write it: P and at least seven digits."""
    return pl.when(pl.col(column).is_not_null()).then(
        pl.concat_str(pl.lit("P"), pl.col(column).cast(pl.String).str.zfill(7))
    ).alias(column)  # fmt: skip


def _people() -> list[pl.DataFrame]:
    as_of = _measured_on()
    memberships = memberships_frame()
    states = member_states(memberships, as_of)
    last_kpj = memberships.sort("person_id", "paid_until", "kpj").group_by("person_id").agg(pl.col("kpj").last())
    sources = bulk.read(
        "SELECT DISTINCT a.person_id, l.kind FROM lists_appearance a JOIN lists_sentlist l ON l.id = a.sent_list_id",
        {"person_id": pl.Int64(), "kind": pl.String()},
    ).group_by("person_id").agg(sources=pl.col("kind").sort().str.join("|"))  # fmt: skip
    columns = ("person_id", "nik", "name", "sex", "birth_date", "village_code", "segment")
    assert set(columns) <= set(PEOPLE_SCHEMA)
    frame = (
        people_frame(columns)
        .join(states, on="person_id", how="left")
        .join(last_kpj, on="person_id", how="left")
        .join(sources, on="person_id", how="left")
        .sort("person_id")
        .select(
            person_number("person_id"),
            *columns[1:4],
            pl.col("birth_date").dt.to_string("%Y-%m-%d"),
            *columns[5:],
            pl.col("state").is_in(["paid_up", "grace"]).fill_null(False).alias("active"),
            pl.col("since").dt.to_string("%Y-%m"),
            pl.col("until").dt.to_string("%Y-%m"),
            "kpj",
            "sources",
        )
    )
    return [frame]


def _pseudonymised(study: str) -> pl.DataFrame:
    """The pseudonyms of two studies, or of two registers, do not meet."""
    states = member_states(memberships_frame(), _measured_on())
    people = people_frame(("person_id", "village_code", "birth_date", "sex", "segment")).join(
        states, on="person_id", how="left"
    )
    key = hmac.digest(settings.SECRET_KEY.encode(), f"study {study}".encode(), "sha256")
    active = pl.col("state").is_in(["paid_up", "grace"]).fill_null(False)
    told = pseudonymised(people.with_columns(active=active), key)
    record(by=None, action="people_exported", subject=f"study {study}"[:80], people=told.height, pseudonymised=True)
    return told


def _coverage() -> list[pl.DataFrame]:
    return [_told(queries.coverage(_whole(), _measured_on()))]


def _slices() -> list[pl.DataFrame]:
    return [_told(slices(_whole(), _measured_on()))]


def _told(table: pl.DataFrame) -> pl.DataFrame:
    """Days as text, and the day first where the table does not tell it."""
    day = _measured_on().isoformat()
    return table.select(pl.lit(day).alias("as_of"), pl.exclude("as_of"))


def _whole() -> Scope:
    return Scope((settings.JANGKAU_AREA,), may_write=True)


def _employers() -> list[pl.DataFrame]:
    texts = dict.fromkeys(("npp", "nib", "name", "village_code"), pl.String())
    counts = dict.fromkeys(("workers_found", "workers_registered"), pl.Int64())
    schema = {"employer_id": pl.Int64(), **texts, **counts, "finding": pl.String()}
    frame = bulk.read(
        "SELECT id, npp, nib, name, village_id, workers_found, workers_registered, finding"
        " FROM people_employer ORDER BY id",
        schema,
    )
    number = pl.concat_str(pl.lit("E"), pl.col("employer_id").cast(pl.String).str.zfill(5))
    return [frame.with_columns(number.alias("employer_id"))]


def _pairs() -> list[pl.DataFrame]:
    schema = {
        "left_id": pl.Int64(),
        "right_id": pl.Int64(),
        "probability": pl.Float64(),
        "decision": pl.String(),
        "evidence": pl.String(),
    }
    frame = bulk.read(
        "SELECT person_id, candidate_id, probability, 'review', decision FROM lists_reviewpair"
        " WHERE candidate_id IS NOT NULL AND ruling_id IS NULL ORDER BY person_id, candidate_id, sent_list_id, line",
        schema,
    )
    return [frame.with_columns(person_number("left_id"), person_number("right_id"))]


def _measured_on() -> date:
    found = queries.measured_on()
    if found is None:
        raise Unknown(
            "Belum ada pengukuran. Jalankan: jangkau run FOLDER --as-of TANGGAL.",
            "Nothing is measured yet. Run: jangkau run FOLDER --as-of DAY.",
        )
    return found
