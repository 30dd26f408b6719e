"""Whom villages and agencies of an invented regency propose for a contribution paid by government, and what is true of
each. About one in eight falls out, as in Kota Sukabumi in 2025 (458 of 3,840: too old, dead, already members). A stream
of its own: the rest of the regency stays as it is."""

from __future__ import annotations

import numpy as np
import polars as pl

from jangkau.core.synthetic.regency import InventedRegency

STREAM = 31
# shares of all proposed; the causes that sources name (age, death, membership) weigh most
FALLING_OUT = {
    "over_age": 0.030, "already_active_bpu": 0.034, "deceased": 0.020, "already_active_pu": 0.016, "moved": 0.008,
    "not_working": 0.004, "refused": 0.002,
}  # fmt: skip
TWICE = 0.006  # are proposed a second time
_TOLD = ("person_id", "nik", "name", "birth_date", "sex", "village_code", "occupation", "decile")


def invent_nominations(regency: InventedRegency, count: int) -> pl.DataFrame:
    """`count` nominations (fewer where the regency is small) in the order in which they come: `person_id, nik, name,
    birth_date, sex, village_code, occupation, decile`; `reason` why the person falls out, null for the others; `civil`
    and `field`, what the civil register and a visit find.

    The same regency and count give the same nominations, to the last one.
    """
    rng = np.random.Generator(np.random.PCG64([regency.seed, STREAM, count]))
    pools = _pools(regency)
    eligible = pools.pop("eligible")
    out = [_drawn(pools[reason], round(count * share), rng, reason) for reason, share in FALLING_OUT.items()]
    twice = round(count * TWICE)
    free = _drawn(eligible, count - twice - sum(part.height for part in out), rng, None)
    once = pl.concat([*out, free])
    again = _drawn(free.drop("reason"), twice, rng, "duplicate_in_list")
    found = pl.concat([once[rng.permutation(once.height)], again])
    return found.with_columns(
        civil=pl.when(pl.col("reason") == "deceased").then(pl.lit("deceased"))
        .when(pl.col("reason") == "moved").then(pl.lit("moved"))
        .otherwise(pl.lit("valid")),
        field=pl.when(pl.col("reason").is_in(["not_working", "refused", "moved", "deceased"])).then("reason")
        .otherwise(pl.lit("working")),
    )  # fmt: skip


def _drawn(pool: pl.DataFrame, count: int, rng: np.random.Generator, reason: str | None) -> pl.DataFrame:
    picks = np.sort(rng.permutation(pool.height)[:count])
    return pool[picks].with_columns(reason=pl.lit(reason, dtype=pl.String))


def _pools(regency: InventedRegency) -> dict[str, pl.DataFrame]:
    """Who may be drawn for which reason; those who fall out for none stand under "eligible"."""
    member = regency.memberships.group_by("person_id").agg(pu=(pl.col("segment") == "PU").any())
    people = regency.people.join(member, on="person_id", how="left", maintain_order="left").filter(~pl.col("commuter"))
    never, young = pl.col("pu").is_null(), ~pl.col("over_65")
    free = people.filter(pl.col("counted") & never & (pl.col("decile") <= 5))
    edge = free.height // 20
    pools = {
        "over_age": people.filter(~pl.col("died") & ~pl.col("moved_out") & ~young & never),
        "already_active_bpu": people.filter(pl.col("covered") & ~pl.col("pu")),
        "deceased": people.filter(pl.col("died") & young & never),
        "already_active_pu": people.filter(pl.col("covered") & pl.col("pu")),
        "moved": people.filter(pl.col("moved_out") & ~pl.col("died") & young & never),
        "not_working": free[:edge],
        "refused": free[edge : 2 * edge],
        "eligible": free[2 * edge :],
    }
    return {reason: pool.select(_TOLD) for reason, pool in pools.items()}
