"""What becomes of the rows of a list: which stay out of the register and why, which person the others became."""

from __future__ import annotations

import hashlib

import polars as pl
from django.db.models import Max, QuerySet

from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import RowDecision, SentList, State, Verdict
from jangkau.registry.lists.queries import lists
from jangkau.registry.lists.states import PERSON_KINDS

_ROW_KEY: dict[str, pl.DataType] = {"_sheet": pl.String(), "row": pl.Int32(), "_part": pl.String()}
_VERDICT: dict[str, pl.DataType] = {
    "verdict": pl.String(), "because": pl.String(), "decided_by": pl.String(), "decided_at": pl.Datetime("us", "UTC"),
}  # fmt: skip


def rows_with_reasons(item: SentList, *, any_verdicts: bool = True) -> pl.LazyFrame:
    """All stored rows of a list in ROW_SCHEMA with their `line` from 0; the `verdict` that somebody gave on a row,
    `because`, `decided_by` and `decided_at`; and the `reason` why a row of people stays out of the register:
    no_identity, held (a problem that is held back) or refused; null for all others. Without `any_verdicts` nobody is
    asked for them: there are none."""
    rows = store.scan_frame(store.folder_of(item.sha256) / store.ROWS).with_row_index("line")
    rows = rows.with_columns(pl.col("line").cast(pl.Int32))
    if "part" not in rows.collect_schema():  # stored before tables side by side were read
        rows = rows.with_columns(part=pl.lit(None, dtype=pl.String))
    if not any_verdicts:
        none = {name: pl.lit(None, dtype=kind) for name, kind in _VERDICT.items()}
        return rows.with_columns(**none).with_columns(reason=_reason_to_stay(item))
    decided = _verdicts(item)
    key = [pl.col("sheet").fill_null("").alias("_sheet"), pl.col("part").fill_null("").alias("_part")]
    rows = rows.with_columns(key).join(decided, on=["_sheet", "row", "_part"], how="left", maintain_order="left")
    return rows.drop("_sheet", "_part").with_columns(reason=_reason_to_stay(item))


def row_key() -> pl.Expr:
    """What names a row on pages, however its list is read again."""
    return pl.concat_str("row", pl.col("part", "sheet").fill_null(""), separator="|")


def _verdicts(item: SentList) -> pl.LazyFrame:
    """What holds of a list's rows, one line a row."""
    found = standing_decisions(item).values_list(
        "sheet", "row", "part", "verdict", "because", "decided_by__username", "decided_at"
    )
    return pl.LazyFrame(list(found), schema=_ROW_KEY | _VERDICT, orient="row")


def lists_with_verdicts() -> set[int]:
    """The lists of which single rows were decided."""
    return set(RowDecision.objects.filter(undone_at__isnull=True).values_list("sent_list_id", flat=True))


def standing_decisions(item: SentList) -> QuerySet[RowDecision]:
    """What was said of single rows of a list and not undone."""
    return item.row_decisions.filter(undone_at__isnull=True)


def version_of(item: SentList) -> str:
    """A name for what the outcomes of a list are now; another after every reading, decision and publishing."""
    folder = store.folder_of(item.sha256)
    read = [(folder / name).stat().st_mtime_ns for name in (store.ROWS, store.LINKS) if (folder / name).exists()]
    decided = item.row_decisions.aggregate(last=Max("pk"), undone=Max("undone_at"))
    said = [read, item.state, item.held, str(item.published_at), decided["last"], str(decided["undone"])]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def rows_refused(item: SentList) -> dict[tuple[str, int], str]:
    """(sheet, row) of every refused row of a list -> why."""
    refused = standing_decisions(item).filter(verdict=Verdict.REFUSED)
    return {(sheet, row): because for sheet, row, because in refused.values_list("sheet", "row", "because")}


def _reason_to_stay(item: SentList) -> pl.Expr:
    if item.kind not in PERSON_KINDS:
        return pl.lit(None, dtype=pl.String)
    verdict = pl.col("verdict")
    held = pl.col("problems").list.eval(pl.element().is_in(item.held)).list.any() if item.held else pl.lit(False)
    nobody = pl.all_horizontal(pl.col("name", "nik").is_null()) & (pl.col("state") == "data")
    return (
        pl.when(verdict == Verdict.REFUSED).then(pl.lit("refused"))
        .when(nobody).then(pl.lit("no_identity"))
        .when(held & verdict.ne_missing(Verdict.SENT_ON)).then(pl.lit("held"))
    )  # fmt: skip


def outcomes(scope: Scope, item: SentList) -> pl.LazyFrame:
    """Every row of people of a list as in rows_with_reasons with its `outcome` (linked, new, review, waiting, refused)
    and the `decision` that led there. Before a list is published only rows that will wait, are refused or were sent on
    (sent_on) have an outcome."""
    assert lists(scope).filter(pk=item.pk).exists()
    rows = rows_with_reasons(item).filter(pl.col("state") == "data")
    stays = pl.when(pl.col("reason") == "refused").then(pl.lit("refused")).otherwise(pl.lit("waiting"))
    if item.state != State.PUBLISHED:
        sent_on = pl.when(pl.col("verdict") == Verdict.SENT_ON).then(pl.lit("sent_on"))
        outcome = pl.when(pl.col("reason").is_null()).then(sent_on).otherwise(stays)
        return rows.with_columns(decision="reason", outcome=outcome)
    links = store.scan_frame(store.folder_of(item.sha256) / store.LINKS).select("line", "link_state", "decision")
    known = pl.col("link_state").is_in(["linked", "new", "review"])
    return rows.join(links, on="line", how="left", maintain_order="left").with_columns(
        decision=pl.coalesce("decision", "reason"), outcome=pl.when(known).then("link_state").otherwise(stays)
    )


def outcome_counts(scope: Scope, item: SentList) -> dict[str, int]:
    """How many rows of people have each outcome."""
    counted = outcomes(scope, item).group_by("outcome").agg(pl.len()).drop_nulls().collect()
    return dict(counted.iter_rows())
