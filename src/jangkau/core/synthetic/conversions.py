"""Who enrolled after an event in the invented regency, and who would have anyway? A stream of its own, so that nothing
else of the regency changes: enrolments that come by themselves, more in some months than in others, and those that the
people at an event bring."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl

from jangkau.core.synthetic.regency import InventedRegency

MOVED = 0.9  # of those who enrolled in the year of an event in their village
_BROUGHT = ("mandiri", "APBDes")  # who may come because of an event: by themselves, or paid by the village
CONVERTED = 0.12  # of those who came, within 90 days
_WITHIN = (0.6, 0.25, 0.15)  # of these, in the first, second and third month
_BY_ITSELF = 0.01  # of the workers, a month
_SEASONS = 0.5  # how much the pace of all villages swings over a year


def invent_conversions(places: pl.DataFrame, outreach: pl.DataFrame, *, seed: int, as_of: date) -> pl.DataFrame:
    """One line an enrolment: `village_code, on`, and `event_on`, the day of the event that brought it (null where it
    came by itself). `places` and `outreach` as in an InventedRegency; a factory brings nobody to its village.

    >>> places = pl.DataFrame({"village_code": ["32.02.01.2001"], "size": [1000]})
    >>> told = pl.DataFrame({"village_code": ["32.02.01.2001"], "date": [date(2026, 3, 1)], "kind": ["desa"],
    ...                      "attendance": [100]})
    >>> found = invent_conversions(places, told, seed=1, as_of=date(2026, 10, 31))
    >>> 0 < found["event_on"].count() < 30 < found.height
    True
    """
    rng = np.random.Generator(np.random.PCG64([seed, 41]))
    last = np.datetime64(as_of, "D").astype(np.int64)
    first = last - 3 * 365
    days = np.arange(first, last + 1)
    pace = 1 + _SEASONS * np.sin(2 * np.pi * days / 365.25)
    many = rng.poisson(places["size"].to_numpy() * _BY_ITSELF * len(days) / 30)
    alone = pl.DataFrame(
        {
            "village_code": places["village_code"].to_numpy().repeat(many),
            "on": rng.choice(days, many.sum(), p=pace / pace.sum()),
        },
        schema={"village_code": pl.String, "on": pl.Int64},
    ).with_columns(event_on=pl.lit(None, dtype=pl.Date))
    events = outreach.filter(pl.col("kind") != "pabrik")
    brought = rng.binomial(events["attendance"].to_numpy(), CONVERTED)
    by_event = events.select("village_code", event_on="date")[np.arange(events.height).repeat(brought)]
    month = rng.choice(3, int(brought.sum()), p=_WITHIN)
    after = month * 30 + rng.integers(0, 30, len(month))
    told = by_event.with_columns(on=pl.col("event_on").cast(pl.Int32).cast(pl.Int64) + pl.Series(after))
    both = pl.concat([alone, told.select(alone.columns)]).filter(pl.col("on") <= int(last))
    return both.with_columns(pl.col("on").cast(pl.Int32).cast(pl.Date)).sort("village_code", "on")


def with_conversions(regency: InventedRegency) -> InventedRegency:
    """The regency in which many who enrolled by themselves or through the village budget did so in the three months
    after an event in their village instead of another month of the same year; nobody is added, nobody leaves, and the
    number of a membership still tells its year.

    >>> from jangkau.core.kernel import Gazetteer, RegionCode
    >>> from jangkau.core.synthetic import invent
    >>> g = Gazetteer.parse("32.02|Kabupaten Sukabumi||\\n32.02.16|Cicurug||\\n32.02.16.2002|Nyangkowek||")
    >>> before = invent(g, area=RegionCode("32.02"), workers=2_000, seed=1, as_of=date(2026, 10, 31))
    >>> after = with_conversions(before).memberships
    >>> changed = after.filter(after["since"] != before.memberships["since"])
    >>> 0 < changed.height < 60, sorted(set(changed["funding"])), (changed["since"] <= changed["paid_until"]).all()
    (True, ['APBDes', 'mandiri'], True)
    """
    rng = np.random.Generator(np.random.PCG64([regency.seed, 43]))
    told = regency.memberships.with_row_index("line")
    homes = regency.people.select("person_id", "village_code")
    events = regency.outreach.filter(pl.col("kind") != "pabrik").select("village_code", event_on="date")
    after = pl.col("event_on").dt.month_start().dt.offset_by(pl.format("{}mo", pl.col("month")))
    own = told.filter(pl.col("funding").is_in(_BROUGHT) & (pl.col("state") != "second"))
    own = own.filter(pl.Series(rng.random(own.height) < MOVED)).join(homes, on="person_id", maintain_order="left")
    own = own.with_columns(month=pl.Series(1 + rng.choice(3, own.height, p=_WITHIN)))
    pairs = own.join(events, on="village_code", maintain_order="left_right").with_columns(moved=after)
    fits = (pl.col("moved").dt.year() == pl.col("since").dt.year()) & (pl.col("moved") <= pl.col("paid_until"))
    pairs = pairs.filter(fits & (pl.col("moved") <= regency.as_of))
    moved = pairs.unique("line", keep="first", maintain_order=True).select("line", "moved")
    since = pl.coalesce("moved", "since").alias("since")
    memberships = told.join(moved, on="line", how="left", maintain_order="left").with_columns(since)
    return replace(regency, memberships=memberships.select(regency.memberships.columns))
