"""What was told to the branch for a month, and where its answer differs: refused, unclear, not mentioned, never asked
for, or written otherwise."""

from __future__ import annotations

from datetime import date

import polars as pl

from jangkau.core.kernel import Month
from jangkau.core.reading.meanings import answers_of_branch
from jangkau.programmes.subsidy.models import Batch
from jangkau.programmes.subsidy.states import Answer
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import SentList
from jangkau.registry.people.gateways import bulk

LINE_SCHEMA: dict[str, pl.DataType] = {
    "nominee": pl.Int64(), "person_id": pl.Int64(), "nik": pl.String(), "name": pl.String(), "birth_date": pl.Date(),
    "sex": pl.String(), "address": pl.String(), "village_code": pl.String(), "village": pl.String(),
    "district": pl.String(), "occupation": pl.String(), "first_month": pl.Date(), "replaces": pl.Int64(),
    "amount": pl.Int64(), "answer": pl.String(), "because": pl.String(),
}  # fmt: skip
_LINES = """
SELECT n.id, f.person_id, n.nik, n.name, n.birth_date, n.sex, n.address, n.village_id, v.name, d.name, n.occupation,
    n.first_month, n.replaces_id, f.amount, f.answer, f.because
FROM subsidy_fundedmonth f JOIN subsidy_nominee n ON n.id = f.nominee_id
LEFT JOIN people_region v ON v.code = n.village_id LEFT JOIN people_region d ON d.code = v.parent_id
WHERE f.batch_id = %s ORDER BY n.village_id, n.name, n.id
"""
_LEFT = """
SELECT n.id, n.nik, n.name, v.name, n.left_because FROM subsidy_nominee n
LEFT JOIN people_region v ON v.code = n.village_id
WHERE n.scheme_id = %s AND n.state = 'left' AND n.last_month = %s ORDER BY n.village_id, n.name, n.id
"""
LEFT_SCHEMA: dict[str, pl.DataType] = {
    "nominee": pl.Int64(), "nik": pl.String(), "name": pl.String(), "village": pl.String(), "because": pl.String()
}  # fmt: skip
DIFFERENCES = ("refused", "unclear", "not_mentioned", "never_asked", "written_otherwise")


def lines(batch: Batch) -> pl.DataFrame:
    """Everybody billed in a batch, in LINE_SCHEMA, by village and name."""
    return bulk.read(_LINES, LINE_SCHEMA, [batch.pk])


def left_before(batch: Batch) -> pl.DataFrame:
    """Who was paid for in the month before and stopped then, in LEFT_SCHEMA."""
    month: date = Month.of(batch.month).plus(-1).first_day
    return bulk.read(_LEFT, LEFT_SCHEMA, [batch.scheme_id, month.isoformat()])


def answer_lists(batch: Batch) -> list[SentList]:
    """The lists of the branch that answered a batch."""
    return list(SentList.objects.filter(pk__in=batch.funded_months.values("answer_list")).order_by("pk"))


def answered_rows(item: SentList) -> pl.DataFrame:
    """person_id, nik, name, birth_date, `answer` (accepted, refused, unclear) and `because` of every row of people of a
    confirmation list."""
    folder = store.folder_of(item.sha256)
    links = store.scan_frame(folder / store.LINKS).select("line", "person_id")
    rows = store.scan_frame(folder / store.ROWS).with_row_index("line").filter(pl.col("state") == "data")
    stated = rows.with_columns(pl.col("line").cast(pl.Int32)).join(links, on="line", how="left", maintain_order="left")
    refused = pl.col("answer") == Answer.REFUSED
    return (
        stated.with_columns(answer=answers_of_branch().fill_null(str(Answer.UNCLEAR)))
        .select(
            "person_id", "nik", "name", "birth_date", "answer",
            because=pl.when(refused).then(pl.col("member_status").str.slice(0, 300)).fill_null(""),
        )
        .collect()
    )  # fmt: skip


def differences(batch: Batch) -> pl.DataFrame | None:
    """One row a difference: `kind` of DIFFERENCES, `nominee` (null for who was never asked for), `nik, name, village,
    because`, and `told` (what the branch writes instead). None while the branch has not answered."""
    answered = answer_lists(batch)
    if not answered:
        return None
    billed = lines(batch)
    said = pl.concat([answered_rows(item) for item in answered])
    kind = (
        pl.when(pl.col("answer").is_in(["refused", "unclear"])).then("answer")
        .when(pl.col("answer") == "").then(pl.lit("not_mentioned"))
    )  # fmt: skip
    told = billed.with_columns(kind=kind, told=pl.lit("")).drop_nulls("kind")
    columns = ["kind", "nominee", "nik", "name", "village", "because", "told"]
    return pl.concat([told.select(columns), _otherwise(billed, said).select(columns), _strangers(billed, said)])


def _otherwise(billed: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """Who was accepted under another name or birth date."""
    theirs = said.drop_nulls("nik").unique("nik", keep="first").select("nik", name_told="name", born_told="birth_date")
    both = billed.filter(pl.col("answer") == "accepted").join(theirs, on="nik", how="inner", maintain_order="left")
    name = pl.when(pl.col("name").str.to_uppercase() != pl.col("name_told").str.to_uppercase()).then("name_told")
    born = pl.when(pl.col("birth_date") != pl.col("born_told")).then(pl.col("born_told").dt.strftime("%d-%m-%Y"))
    told = pl.concat_str(name, born, separator=", ", ignore_nulls=True)
    return both.with_columns(kind=pl.lit("written_otherwise"), told=told).filter(pl.col("told") != "")


def _strangers(billed: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """Who stands in the answer without having been billed."""
    known = pl.col("person_id").is_in(billed["person_id"].drop_nulls().implode()).fill_null(False)
    written = pl.col("nik").is_in(billed["nik"].drop_nulls().implode()).fill_null(False)
    return said.filter(~known & ~written).select(
        kind=pl.lit("never_asked"), nominee=pl.lit(None, dtype=pl.Int64), nik="nik", name="name",
        village=pl.lit(None, dtype=pl.String), because="because", told=pl.lit(""),
    )  # fmt: skip
