"""What in an agent's portfolio is worth a question? Patterns that honest work seldom leaves: one phone or account for
many families, many who stop after a month, recruits who were dead, too old or members before, numbers from one block. A
signal is a question and no verdict; its confidence says how unlikely the pattern is by chance or by a slip in a list,
not that somebody did wrong. Thresholds are assumed; law (the age limit) is handed in."""

from __future__ import annotations

from datetime import date
from math import comb

import polars as pl

from jangkau.core.measures.coverage import reading_on

KINDS = ("shared_phone", "shared_account", "brief_members", "dead", "over_age", "nik_cluster", "member_before")
FAMILIES = 4  # that share a phone or an account: neighbours help each other, a crowd does not
BRIEF_MONTHS, BRIEF_GROUP, BRIEF_SHARE = 1, 8, 1 / 3  # paid so long, so many of one month, at least this part of them
BLOCK, SERIALS_APART = 3, 20  # numbers of one place and birth date, whose serials lie near
_DAYS_OF_BIRTH = 18_000  # about 50 years: how many birth dates a portfolio may hold
_CERTAIN = 0.99
SIGNAL_SCHEMA: dict[str, pl.DataType] = {
    "agent_id": pl.Int64(), "kind": pl.String(), "key": pl.String(), "recruits": pl.List(pl.Int64()), "n": pl.Int64(),
    "of": pl.Int64(), "confidence": pl.Float64(),
}  # fmt: skip
RECRUIT_SCHEMA: dict[str, pl.DataType] = {
    "id": pl.Int64(), "agent_id": pl.Int64(), "person_id": pl.Int64(), "nik": pl.String(), "kk": pl.String(),
    "birth_date": pl.Date(), "died_on": pl.Date(), "registered_on": pl.Date(), "paid_until": pl.Date(),
    "kpj": pl.String(), "phone": pl.String(), "account": pl.String(),
}  # fmt: skip
MEMBER_SCHEMA: dict[str, pl.DataType] = {
    "person_id": pl.Int64(), "kpj": pl.String(), "since": pl.Date(), "paid_until": pl.Date()
}  # fmt: skip


def signals(recruits: pl.DataFrame, members: pl.DataFrame, *, as_of: date, age_limit: int) -> pl.DataFrame:
    """All signals of all agents in SIGNAL_SCHEMA: `recruits` the ids concerned, `n` how many, `of` how many were looked
    at (recruits of the agent; for brief_members those of the month), `key` the same whenever the same is found again.
    `recruits` in RECRUIT_SCHEMA, each person once; `members` (all their memberships) in MEMBER_SCHEMA.

    >>> one = {"agent_id": 1, "registered_on": date(2026, 1, 5), "birth_date": date(1950, 1, 1)}
    >>> frame = pl.DataFrame([one | {"id": 7}], schema=RECRUIT_SCHEMA)
    >>> signals(frame, pl.DataFrame(schema=MEMBER_SCHEMA), as_of=date(2026, 10, 31), age_limit=65).select(
    ...     "kind", "recruits").rows()
    [('over_age', [7])]
    """
    sized = recruits.with_columns(of=pl.len().over("agent_id"))
    found = [
        _shared(sized, "phone"), _shared(sized, "account"), _brief(sized, as_of), _dead(sized),
        _over_age(sized, age_limit), _blocks(sized), _members_before(sized, members),
    ]  # fmt: skip
    whole = pl.concat([frame.select(pl.col(c).cast(kind) for c, kind in SIGNAL_SCHEMA.items()) for frame in found])
    return whole.sort("confidence", "agent_id", "kind", "key", descending=[True, False, False, False])


def _shared(recruits: pl.DataFrame, column: str) -> pl.DataFrame:
    """A number that recruits of several families gave. Who has no family card counts as a family."""
    number = pl.col(column).str.replace_all(r"\D", "").str.replace(r"^62", "0")
    grouped = (
        recruits.with_columns(number=number)
        .filter(pl.col("number").str.len_chars() >= 6)
        .group_by("agent_id", "number")
        .agg(
            recruits=pl.col("id").sort(),
            n=pl.len(),
            of=pl.col("of").first(),
            families=pl.coalesce("kk", pl.col("id").cast(pl.String)).n_unique(),
        )
        .filter(pl.col("families") >= FAMILIES)
    )
    unlikely = 1 - 0.5 ** (pl.col("families") - FAMILIES + 2)  # each further family halves the doubt
    return grouped.with_columns(
        kind=pl.lit(f"shared_{column}"),
        key=pl.col("recruits").list.first().cast(pl.String),
        confidence=pl.min_horizontal(unlikely, pl.lit(_CERTAIN)),
    )


def _brief(recruits: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Months in which an agent enrolled many of whom a large part paid for one month or two; against all agents."""
    begun, paid = _month("registered_on"), _month("paid_until")
    certain = as_of.year * 12 + as_of.month - reading_on(as_of).grace_months - BRIEF_MONTHS - 1
    seen = recruits.drop_nulls(["registered_on", "paid_until"]).with_columns(
        month=pl.col("registered_on").dt.month_start(), brief=(paid - begun) <= BRIEF_MONTHS
    )
    seen = seen.filter(begun <= certain)  # long enough ago for a stop to show
    usual = seen["brief"].mean() if seen.height else None
    grouped = (
        seen.group_by("agent_id", "month")
        .agg(recruits=pl.col("id").filter("brief").sort(), n=pl.col("brief").sum(), of=pl.len())
        .filter((pl.col("n") >= BRIEF_GROUP) & (pl.col("n") >= BRIEF_SHARE * pl.col("of")))
    )
    chance = [min(1.0, _tail(n, of, float(str(usual))) * seen.height) for n, of in grouped.select("n", "of").rows()]
    return grouped.with_columns(
        kind=pl.lit("brief_members"),
        key=pl.col("month").dt.strftime("%Y-%m"),
        confidence=pl.Series([min(1 - p, _CERTAIN) for p in chance], dtype=pl.Float64),
    ).filter(pl.col("confidence") >= 0.5)


def _dead(recruits: pl.DataFrame) -> pl.DataFrame:
    """Recruits whose death is dated before their enrolment. A day or two may be a late paper."""
    days = (pl.col("registered_on") - pl.col("died_on")).dt.total_days()
    found = recruits.filter(days > 0).with_columns(confidence=pl.when(days > 7).then(0.95).otherwise(0.6))
    return _one_by_one(found, "dead")


def _over_age(recruits: pl.DataFrame, limit: int) -> pl.DataFrame:
    """Recruits older than the limit on the day of enrolment; surer where the number tells the same birth date."""
    born, day = pl.col("birth_date"), pl.col("registered_on")
    before_birthday = day.dt.to_string("%m%d") < born.dt.to_string("%m%d")
    age = day.dt.year() - born.dt.year() - before_birthday.cast(pl.Int32)
    told = pl.col("nik").str.slice(8, 4) == born.dt.strftime("%m%y")
    found = recruits.filter(age > limit).with_columns(
        confidence=pl.when(told.fill_null(False)).then(0.95).otherwise(0.7)
    )
    return _one_by_one(found, "over_age")


def _blocks(recruits: pl.DataFrame) -> pl.DataFrame:
    """Numbers of one district and birth date with serials close together, more of them than twins explain."""
    counted = recruits.filter(pl.col("nik").str.contains(r"^\d{16}$"))
    block = pl.col("nik").str.slice(0, 12)
    near = counted.sort("agent_id", "nik").with_columns(block=block, serial=pl.col("nik").str.slice(12).cast(pl.Int32))
    same = pl.all_horizontal(pl.col(name) == pl.col(name).shift() for name in ("agent_id", "block"))
    apart = ~same | (pl.col("serial").diff() > SERIALS_APART)
    grouped = (
        near.with_columns(run=apart.fill_null(True).cum_sum())
        .filter(pl.len().over("run") >= BLOCK)
        .group_by("agent_id", "run")
        .agg(recruits=pl.col("id").sort(), n=pl.len(), of=pl.col("of").first(), numbers=pl.col("nik").n_unique())
        .filter(pl.col("numbers") >= BLOCK)
    )
    chance = [min(1.0, comb(of, n) / _DAYS_OF_BIRTH ** (n - 1)) for n, of in grouped.select("numbers", "of").rows()]
    return grouped.with_columns(
        kind=pl.lit("nik_cluster"),
        key=pl.col("recruits").list.first().cast(pl.String),
        confidence=pl.Series([min(1 - p, _CERTAIN) for p in chance], dtype=pl.Float64),
    ).filter(pl.col("confidence") >= 0.5)


def _members_before(recruits: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Recruits who had another membership that ran on the day: it began before and was paid beyond. Where the branch
    does not tell since when, the year in the first two digits of the membership number does, less surely."""
    day = pl.col("registered_on")
    year = pl.col("kpj_other").str.extract(r"^(\d\d)\d{9}$").cast(pl.Int32) + 2000
    begun = pl.coalesce(pl.col("since") < day.dt.month_start(), year < day.dt.year()).fill_null(False)
    both = (
        recruits.select("id", "agent_id", "person_id", "registered_on", "kpj", "of")
        .drop_nulls(["person_id", "registered_on", "kpj"])
        .join(members.drop_nulls("kpj"), on="person_id", how="inner", suffix="_other")
        .filter(pl.col("kpj") != pl.col("kpj_other"))
    )
    found = (
        both.filter(begun & (pl.col("paid_until") > day.dt.month_start()))
        .group_by("agent_id", "id")
        .agg(of=pl.col("of").first(), known=pl.col("since").is_not_null().any())
    )
    return _one_by_one(found.with_columns(confidence=pl.when("known").then(0.95).otherwise(0.6)), "member_before")


def _one_by_one(found: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Recruits who are a signal each, told together for an agent; the surest speaks."""
    return (
        found.group_by("agent_id")
        .agg(recruits=pl.col("id").sort(), n=pl.len(), of=pl.col("of").first(), confidence=pl.col("confidence").max())
        .with_columns(kind=pl.lit(kind), key=pl.lit(""))
    )


def _tail(n: int, of: int, share: float) -> float:
    """The chance of at least `n` among `of` when each has this chance."""
    return sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(n, of + 1))


def _month(column: str) -> pl.Expr:
    return pl.col(column).dt.year().cast(pl.Int64) * 12 + pl.col(column).dt.month()
