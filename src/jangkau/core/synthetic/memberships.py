"""Who is a member of BPJS Ketenagakerjaan, since when and paid until when? Wage earners through their employer,
self-employed one by one, until the coverage published for Kabupaten Sukabumi is met: about 41 % of those counted,
37.7 % twenty-two months earlier, 41 % again from fifteen months before the day."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
from numpy.random import Generator
from numpy.typing import NDArray

from jangkau.core.kernel import Month
from jangkau.core.synthetic import numbers

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

COVERAGE = 0.41
LAPSED = 0.059  # of those counted, beside members of firms in arrears
GRACE = 3  # months without a contribution that still count as covered
_NO_LONGER_COUNTED = 0.35  # of the dead, the old and those who moved, who were members
_FUNDING = ("perisai", "mandiri", "APBDes", "APBD", "DBHCHT")
_FUNDING_SHARE = (0.40, 0.26, 0.14, 0.12, 0.08)


def invent_memberships(
    people: pl.DataFrame, employers: pl.DataFrame, places: pl.DataFrame, rng: Generator, as_of: date
) -> pl.DataFrame:
    """One line a membership: `person_id, kpj, segment, programmes, npp, wage, since, paid_until, status, funding,
    state (paying, lapsed, second), contradicts` (since and paid_until: first day of the month)."""
    counted = ~(people["died"] | people["moved_out"] | people["over_65"] | people["commuter"]).to_numpy()
    employer = people["employer_id"].fill_null(0).to_numpy() - 1
    through, owing = _through_employer(people, employers, employer, rng)
    wanted = round(COVERAGE * counted.sum()) - int((through & ~owing & counted).sum())
    alone = _alone(people, places, counted & ~through, max(0, wanted), rng)
    gone = _lapsed(counted, through | alone, people["commuter"].to_numpy(), rng)
    rows = np.flatnonzero(through | alone | gone)
    lapsed = (gone | owing)[rows]
    wage_segment = through[rows]
    since, until = _months(
        people[rows], wage_segment, lapsed, employers, np.where(through, employer, -1)[rows], rng, as_of
    )
    firm = pl.Series(np.where(wage_segment, employer[rows], 0))
    programmes = (
        employers["programmes"]
        .gather(firm)
        .zip_with(
            pl.Series(wage_segment),
            pl.Series(["JKK,JKM", "JKK,JKM,JHT"]).gather((rng.random(len(rows)) < 0.3).astype(np.int64)),
        )
    )
    frame = pl.DataFrame(
        {
            "person_id": people["person_id"].gather(rows),
            "segment": pl.Series(np.where(wage_segment, "PU", "BPU")),
            "programmes": programmes,
            "npp": employers["npp"].gather(firm).zip_with(pl.Series(wage_segment), pl.Series([None], dtype=pl.String)),
            "employer_id": pl.Series(np.where(wage_segment, employer[rows] + 1, 0)).replace(0, None),
            "wage": _wages(people, employers, rows, wage_segment, employer, rng),
            "funding": _funding(people[rows], wage_segment, rng),
            "since": since,
            "paid_until": until,
        }
    ).with_columns(state=pl.Series(np.where(lapsed, "lapsed", "paying")))
    return _finished(pl.concat([frame, _second(frame, as_of, rng)]), rng, as_of)


def _through_employer(
    people: pl.DataFrame, employers: pl.DataFrame, employer: Ints, rng: Generator
) -> tuple[Bools, Bools]:
    """Who is registered by the employer, and who of them is in arrears with it."""
    works = (employer >= 0) & ~(people["died"] | people["moved_out"] | people["over_65"]).to_numpy()
    status = employers["status"].to_numpy()[np.maximum(employer, 0)]
    draw = rng.random(len(employer))
    registered = works & (status != "PWBD") & ((status != "PDS_TK") | (draw < 0.5))
    return registered, registered & (status == "TUNGGAKAN")


def _alone(people: pl.DataFrame, places: pl.DataFrame, free: Bools, count: int, rng: Generator) -> Bools:
    """`count` self-employed members: more where industry and offices are near and where a village is keen, heads of RT
    and RW and fishers first."""
    keen = places.select("village_code", keen=pl.col("industry") ** 0.45 * rng.lognormal(0, 0.6, places.height))
    village = people.select("village_code").join(keen, on="village_code", how="left", maintain_order="left")
    inclined = village["keen"].fill_null(1.0).to_numpy() * np.where(people["post"].is_not_null().to_numpy(), 6.0, 1.0)
    inclined *= np.where((people["occupation"] == "nelayan").to_numpy(), 2.0, 1.0)
    able = np.flatnonzero(free & (people["segment_work"] == "BPU").to_numpy())
    key = rng.random(len(able)) ** (1 / inclined[able])
    chosen = np.zeros(len(free), dtype=np.bool_)
    chosen[able[np.argsort(-key, kind="stable")[:count]]] = True
    return chosen


def _lapsed(counted: Bools, member: Bools, outside: Bools, rng: Generator) -> Bools:
    """Former members: some of those counted, more of the dead, the old and those who moved away."""
    free = np.flatnonzero(counted & ~member)
    chosen = np.zeros(len(counted), dtype=np.bool_)
    chosen[rng.permutation(free)[: round(LAPSED * counted.sum())]] = True
    return chosen | (~counted & ~outside & (rng.random(len(counted)) < _NO_LONGER_COUNTED))


def _months(
    people: pl.DataFrame,
    wage: Bools,
    lapsed: Bools,
    employers: pl.DataFrame,
    employer: Ints,
    rng: Generator,
    as_of: date,
) -> tuple[pl.Series, pl.Series]:
    """First and last contribution month, so that the history has the published course (see the module)."""
    now, count = Month.of(as_of).ordinal, len(wage)
    draw, within = rng.random(count), rng.random(count)
    old = (22 + 130 * within**1.6).astype(np.int64)
    joined = np.where(
        draw < 0.805, old, np.where(draw < 0.90, 15 + (7 * within).astype(np.int64), (15 * within).astype(np.int64))
    )
    ahead = np.where(rng.random(count) < 0.7, rng.integers(0, 6, count), -rng.integers(1, GRACE + 1, count))
    behind = -np.where(rng.random(count) < 0.9, 1 - (rng.random(count) < 0.15), rng.integers(1, GRACE + 1, count))
    paid = np.where(wage, behind, ahead)
    left = _leaving(draw, within)
    arrears = employers["arrears_months"].to_numpy()[np.maximum(employer, 0)]
    left = np.where((employer >= 0) & (arrears > 0), arrears, left)
    paid = np.where(lapsed, -left, paid)
    joined = np.where(lapsed, left + 2 + (60 * rng.random(count) ** 1.5).astype(np.int64), joined)
    joined = np.where(lapsed & (left <= 22), np.maximum(joined, np.where(rng.random(count) < 0.85, 23, joined)), joined)
    grown = (people["birth_date"].dt.year().cast(pl.Int64) * 12 + people["birth_date"].dt.month() + 15 * 12).to_numpy()
    since = np.minimum(np.maximum(now - joined, grown), now + np.minimum(paid, 0))
    return _first_days(since), _first_days(np.maximum(now + paid, since))


def _leaving(draw: NDArray[np.float64], within: NDArray[np.float64]) -> Ints:
    """Months since the last contribution of those who lapsed: a quarter long ago, the rest over the last two years."""
    recent = np.where(draw < 0.42, 18 + 8 * within, 4 + 15 * within)
    return np.where(draw < 0.25, 26 + 30 * within, recent).astype(np.int64)


def _first_days(index: Ints) -> pl.Series:
    return pl.Series((index - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]")).cast(pl.Date)


def _wages(
    people: pl.DataFrame, employers: pl.DataFrame, rows: Ints, wage: Bools, employer: Ints, rng: Generator
) -> pl.Series:
    """Reported income: what is earned, but less where the employer reports too little (PDS_UPAH)."""
    earned = people["income"].to_numpy()[rows]
    low = wage & (employers["status"].to_numpy()[np.maximum(employer[rows], 0)] == "PDS_UPAH")
    part = 0.45 + 0.2 * rng.random(len(rows))
    return pl.Series(np.where(low, np.round(earned * part / 10_000) * 10_000, earned).astype(np.int64))


def _funding(people: pl.DataFrame, wage: Bools, rng: Generator) -> pl.Series:
    drawn = rng.choice(len(_FUNDING), size=len(wage), p=_FUNDING_SHARE)
    drawn = np.where(people["post"].is_not_null().to_numpy(), 2, drawn)
    return (
        pl.Series(["pemberi kerja"])
        .new_from_index(0, len(wage))
        .zip_with(pl.Series(wage), pl.Series(_FUNDING).gather(drawn))
    )


def _second(frame: pl.DataFrame, as_of: date, rng: Generator) -> pl.DataFrame:
    """A second membership of a few: an older one as self-employed that ran out long ago."""
    rows = np.flatnonzero(rng.random(frame.height) < 0.022)
    end = Month.of(as_of).ordinal - rng.integers(30, 60, len(rows))
    return frame[rows].with_columns(
        segment=pl.lit("BPU"),
        programmes=pl.lit("JKK,JKM"),
        npp=pl.lit(None, pl.String),
        employer_id=pl.lit(None, pl.Int64),
        funding=pl.lit("mandiri"),
        since=_first_days(end - rng.integers(3, 24, len(rows))),
        paid_until=_first_days(end),
        state=pl.lit("second"),
    )


def _finished(frame: pl.DataFrame, rng: Generator, as_of: date) -> pl.DataFrame:
    """Numbers, flags and the few flags that contradict the month; the export's own, arbitrary order."""
    frame = frame[rng.permutation(frame.height)]
    active = pl.col("paid_until") >= Month.of(as_of).plus(-GRACE).first_day
    wrong = pl.Series(rng.random(frame.height) < 0.008)
    return frame.with_columns(
        kpj=frame["since"].dt.strftime("%y") + numbers.unlike(frame.height, 9, rng),
        contradicts=wrong,
        status=pl.when(active != wrong).then(pl.lit("AKTIF")).otherwise(pl.lit("NON AKTIF")),
    )
