"""Columns that mean something else in some kinds of list: the start of a village work is that of its workers, an answer
of the branch opens a membership, the day on a report of deaths and moves is the day somebody left."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from jangkau.core.kernel import Month
from jangkau.core.reading.schema import NOT_PEOPLE

_REFUSED = r"(?i)tolak|tidak\s|\btdk\b|\bblm\b|belum|gagal|reject|refus|invalid|fail|\bno\b"
_ACCEPTED = (
    r"(?i)terima|setuju|berhasil|sukses|\bvalid\b|terdaftar|aktif|lolos|accept|success|approved|registered|\bok\b"
)
_DEAD = r"(?i)meninggal|wafat|kematian|\balm\b|\bmaot\b|death|\bdied\b|deceased"
_GONE = r"(?i)pindah|mutasi keluar|\bkeluar\b|\bmoved?\b"
_CAME = r"(?i)datang|masuk|arriv"


def answers_of_branch() -> pl.Expr:
    """What the branch answered to a row of a confirmation list: "accepted", "refused", or null where it says neither. A
    member number without a word is an acceptance.

    >>> said = pl.DataFrame({"member_status": ["DITERIMA", "DITOLAK: NIK SALAH", "TIDAK VALID", None, "PROSES"],
    ...                      "kpj": ["1", None, None, "2", None]})
    >>> said.select(answers_of_branch()).to_series().to_list()
    ['accepted', 'refused', 'refused', 'accepted', None]
    """
    said = pl.col("member_status")
    numbered = said.is_null() & pl.col("kpj").is_not_null()
    return (
        pl.when(said.str.contains(_REFUSED))
        .then(pl.lit("refused"))
        .when(said.str.contains(_ACCEPTED) | numbered)
        .then(pl.lit("accepted"))
        .alias("answer")
    )


def looks_like_answers(texts: Sequence[str]) -> bool:
    """Are these words of a status column answers to an application, and not states of a membership?

    >>> looks_like_answers(["DITERIMA", "DITOLAK", "Diterima"]), looks_like_answers(["AKTIF", "NON AKTIF"])
    (True, False)
    """
    answers = [text for text in texts if re.search(r"(?i)tolak|terima|berhasil|gagal|valid|lolos|accept|reject", text)]
    return len(texts) > 0 and len(answers) >= 0.6 * len(texts)


def subject_of(texts: Sequence[str]) -> str | None:
    """ "deceased" or "moved_out" when the texts speak of one of the two alone.

    >>> subject_of(["LAPORAN KEMATIAN DESA X"]), subject_of(["WARGA PINDAH"]), subject_of(["KEMATIAN DAN PINDAH"])
    ('deceased', 'moved_out', None)
    """
    words = " ".join(texts)
    dead, gone = bool(re.search(_DEAD, words)), bool(re.search(_GONE, words))
    return None if dead == gone else "deceased" if dead else "moved_out"


def by_kind(
    rows: pl.DataFrame,
    note: pl.Series,
    kind: str,
    *,
    project: dict[str, object],
    subjects: pl.Series,
    month: Month | None,
) -> pl.DataFrame:
    """Cleaned rows as their kind of list means them. `note` the free remarks and `subjects` (see `subject_of`) of each
    row's sheet; `month` that of the list."""
    if kind == "outreach":
        return _events(rows)
    if kind in NOT_PEOPLE:
        firm = pl.coalesce("employer", "name")
        return rows.with_columns(employer=firm, name=pl.lit(None, dtype=pl.String))
    if kind == "jakon":
        return rows.with_columns(
            since=pl.coalesce("since", pl.lit(project.get("start"), dtype=pl.Date)),
            until=pl.coalesce("until", pl.lit(project.get("end"), dtype=pl.Date)),
            segment=pl.coalesce("segment", pl.lit("jakon")),
            activity=pl.coalesce("activity", pl.lit(project.get("activity"), dtype=pl.String)),
        )
    if kind == "confirmation":
        return _answered(rows, note, month)
    return _departed(rows, note, subjects) if kind == "deaths_and_moves" else rows


def _events(rows: pl.DataFrame) -> pl.DataFrame:
    firm = pl.col("activity").str.contains(r"(?i)pabrik|perusahaan|company|factory")
    return rows.with_columns(
        since=pl.coalesce("since", "event_date"),
        address=pl.coalesce("address", "location"),
        employer=pl.coalesce("employer", pl.when(firm).then(pl.col("location").str.to_uppercase())),
    )


def _answered(rows: pl.DataFrame, note: pl.Series, month: Month | None) -> pl.DataFrame:
    """Accepted workers who pay themselves are covered from the month they start: that month is paid in advance
    (PP 44/2015), so it is the last month known to be paid unless the list names a later one. The reason of a refusal
    stands behind the status."""
    listed = pl.lit(month.first_day if month else None, dtype=pl.Date)
    known = pl.coalesce("paid_until", pl.col("until").dt.month_start(), pl.col("since").dt.month_start(), listed)
    accepted = pl.col("answer") == "accepted"
    refused = (pl.col("answer") == "refused").fill_null(False)
    reason = pl.lit(note.str.to_uppercase())
    return (
        rows.with_columns(answers_of_branch())
        .with_columns(
            segment=pl.when(accepted).then(pl.coalesce("segment", pl.lit("bpu"))),
            paid_until=pl.when(accepted).then(known),
            member_status=pl.when(refused & reason.is_not_null())
            .then(pl.concat_str("member_status", reason, separator=": "))
            .otherwise("member_status"),
        )
        .drop("answer")
    )


def _departed(rows: pl.DataFrame, note: pl.Series, subjects: pl.Series) -> pl.DataFrame:
    """Who died and who moved away, by the columns of the row, its words, else what its sheet is about. Who moved in has
    not left. `until` is the day, `activity` where to, else what happened."""
    words = pl.concat_str("change", "activity", "member_status", pl.lit(note), separator=" ", ignore_nulls=True)
    said = rows.with_columns(words=words, subject=subjects)
    came = pl.col("words").str.contains(_CAME) & pl.col("moved_to").is_null()
    dead = pl.col("died_on").is_not_null() | pl.col("dead_name") | pl.col("words").str.contains(_DEAD)
    gone = pl.col("moved_on").is_not_null() | pl.col("moved_to").is_not_null() | pl.col("words").str.contains(_GONE)
    said = said.with_columns(dead=dead & ~came, gone=gone & ~dead & ~came, silent=~(dead | gone | came))
    said = said.with_columns(
        dead_note=pl.col("dead") | (pl.col("silent") & (pl.col("subject") == "deceased").fill_null(False)),
        moved_out=pl.col("gone") | (pl.col("silent") & (pl.col("subject") == "moved_out").fill_null(False)),
    )
    day = pl.when("dead_note").then("died_on").when("moved_out").then("moved_on")
    return said.with_columns(
        until=pl.coalesce(day, "event_date", "until"),
        activity=pl.coalesce(pl.when("moved_out").then("moved_to"), "change", "activity"),
    ).drop("words", "subject", "dead", "gone", "silent")
