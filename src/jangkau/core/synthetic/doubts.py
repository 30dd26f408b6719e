"""Agents of the invented regency whose portfolios are worth a question, and the truth about whom it concerns. Honest
work is the background: families share a phone, some members die later, a few hold a second membership. A stream of
its own, so that the rest of the regency stays as it is."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.random import Generator

from jangkau.core.kernel import Month
from jangkau.core.synthetic.regency import InventedRegency

_SHARE = 0.5  # of agents with enough recruits that get a pattern
_ENOUGH = 12
TRUTH_SCHEMA = {"agent_id": pl.Int64, "kind": pl.String, "id": pl.Int64}


def portfolios(regency: InventedRegency) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Recruits and memberships as core.measures.signals takes them, and the truth: `agent_id, kind, id`."""
    rng = np.random.Generator(np.random.PCG64([regency.seed, 31]))
    recruits, members = _honest(regency, rng)
    rows, truth = recruits.to_dicts(), []
    by_agent: dict[int, list[dict[str, object]]] = {}
    for row in rows:
        by_agent.setdefault(row["agent_id"], []).append(row)
    able = [agent for agent, own in sorted(by_agent.items()) if len(own) >= _ENOUGH]
    chosen = [able[n] for n in rng.permutation(len(able))[: round(_SHARE * len(able))]]
    kinds = list(_PLANTS)
    extra: list[dict[str, object]] = []
    for place, agent in enumerate(chosen):
        free = [by_agent[agent][n] for n in rng.permutation(len(by_agent[agent]))]
        for kind in (kinds[2 * place % len(kinds)], kinds[(2 * place + 1) % len(kinds)]):
            concerned = _PLANTS[kind](free, rng, regency.as_of, extra)
            truth += [(agent, kind, row["id"]) for row in concerned]
            free = free[len(concerned) :]  # a recruit stands in one pattern
    told = pl.DataFrame(rows, schema=recruits.schema)
    members = pl.concat([members, pl.DataFrame(extra, schema=members.schema)])
    whole = [pl.DataFrame(truth, schema=TRUTH_SCHEMA, orient="row"), *_by_nature(told, regency.memberships)]
    return told, members, pl.concat(whole).unique(maintain_order=True)


def _by_nature(recruits: pl.DataFrame, memberships: pl.DataFrame) -> list[pl.DataFrame]:
    """What is true without being planted: who was enrolled on or after the 66th birthday, and whose second membership,
    which the regency invents for a few, ran at the time."""
    old = recruits.filter(pl.col("birth_date").dt.offset_by("66y") <= pl.col("registered_on"))
    second = memberships.filter(pl.col("state") == "second").select("person_id", begun="since", ended="paid_until")
    month = pl.col("registered_on").dt.month_start()
    ran = recruits.join(second, on="person_id", how="inner").filter(
        (pl.col("begun") < month) & (pl.col("ended") > month)
    )
    return [
        found.select("agent_id", pl.lit(kind).alias("kind"), "id")
        for kind, found in (("over_age", old), ("member_before", ran))
    ]


def _honest(regency: InventedRegency, rng: Generator) -> tuple[pl.DataFrame, pl.DataFrame]:
    people = regency.people.select("person_id", "nik", "kk", "birth_date", "died")
    members = regency.memberships.select("person_id", "kpj", "since", "paid_until")
    found = (
        regency.acquisitions.select("person_id", "kpj", "agent_id", registered_on="registered")
        .join(people, on="person_id", how="left", maintain_order="left")
        .join(members.select("kpj", "paid_until"), on="kpj", how="left", maintain_order="left")
        .with_row_index("id", offset=1)
    )
    families = found["kk"].unique(maintain_order=True)
    phone = pl.DataFrame(
        {"kk": families, "family": [f"08{n:010d}" for n in rng.integers(10**9, 10**10, len(families))]}
    )
    own = pl.Series([f"08{n:010d}" for n in rng.integers(10**9, 10**10, found.height)])
    helper = pl.Series([f"0857{n:08d}" for n in range(found.height // 3 + 1)]).gather(np.arange(found.height) // 3)
    draw = rng.random(found.height)
    after = pl.Series(rng.integers(5, 300, found.height))
    found = found.join(phone, on="kk", how="left", maintain_order="left").with_columns(
        # most give a number of their own or the family's, some that of a neighbour, some none
        phone=pl.when(pl.lit(pl.Series(draw < 0.1)))
        .then(None)
        .when(pl.lit(pl.Series(draw < 0.2)))
        .then(helper)
        .when(pl.lit(pl.Series(draw < 0.5)))
        .then("family")
        .otherwise(own),
        account=pl.when(pl.lit(pl.Series(rng.random(found.height) < 0.3))).then(
            pl.Series([f"{n}" for n in rng.integers(10**9, 10**10, found.height)])
        ),
        died_on=pl.when("died").then(pl.col("paid_until") + pl.duration(days=pl.lit(after))).cast(pl.Date),
    )
    order = ["id", "agent_id", "person_id", "nik", "kk", "birth_date", "died_on", "registered_on", "paid_until", "kpj"]
    return found.select(pl.col("id", "agent_id").cast(pl.Int64), *order[2:], "phone", "account"), members


Rows = list[dict[str, object]]


def _give(column: str, value: str, picked: Rows, count: int) -> Rows:
    concerned = picked[:count]
    for row in concerned:
        row[column] = value
    return concerned


def _one_phone(picked: Rows, rng: Generator, as_of: date, extra: Rows) -> Rows:
    return _give("phone", f"0899{rng.integers(10**7, 10**8)}", picked, int(rng.integers(6, 12)))


def _one_account(picked: Rows, rng: Generator, as_of: date, extra: Rows) -> Rows:
    return _give("account", str(rng.integers(10**11, 10**12)), picked, int(rng.integers(6, 12)))


def _brief(picked: Rows, rng: Generator, as_of: date, extra: Rows) -> Rows:
    """Ten or more of one month, some months ago, who paid once."""
    concerned = picked[: int(rng.integers(10, 13))]
    month = Month.of(as_of).plus(-int(rng.integers(7, 30)))
    for row in concerned:
        row["registered_on"] = month.first_day + timedelta(days=int(rng.integers(0, 25)))
        row["paid_until"] = month.plus(int(rng.integers(0, 2))).first_day
    return concerned


def _dead(picked: Rows, rng: Generator, as_of: date, extra: Rows) -> Rows:
    concerned = picked[: int(rng.integers(1, 4))]
    for row in concerned:
        day = row["registered_on"]
        assert isinstance(day, date)
        row["died_on"] = day - timedelta(days=int(rng.integers(15, 600)))
    return concerned


def _old(picked: Rows, rng: Generator, as_of: date, extra: Rows) -> Rows:
    concerned = picked[: int(rng.integers(1, 4))]
    for row in concerned:
        day = row["registered_on"]
        assert isinstance(day, date)
        born = date(day.year - int(rng.integers(68, 80)), int(rng.integers(1, 13)), int(rng.integers(1, 28)))
        row["birth_date"], row["nik"] = born, f"{str(row['nik'])[:6]}{born:%d%m%y}{str(row['nik'])[12:]}"
    return concerned


def _block(picked: Rows, rng: Generator, as_of: date, extra: Rows) -> Rows:
    """Numbers that somebody counted up."""
    concerned = picked[: int(rng.integers(4, 8))]
    first = int(rng.integers(1, 5_000))
    for place, row in enumerate(concerned):
        row["nik"] = f"{str(concerned[0]['nik'])[:12]}{first + place * int(rng.integers(1, 4)):04d}"
    return concerned


def _member(picked: Rows, rng: Generator, as_of: date, extra: Rows) -> Rows:
    concerned = picked[: int(rng.integers(2, 6))]
    for row in concerned:
        day = row["registered_on"]
        assert isinstance(day, date)
        begun = Month.of(day).plus(-int(rng.integers(3, 40))).first_day
        number = f"{begun:%y}{rng.integers(10**8, 10**9)}"
        until = Month.of(day).plus(int(rng.integers(2, 12))).first_day
        extra.append({"person_id": row["person_id"], "kpj": number, "since": begun, "paid_until": until})
    return concerned


_PLANTS = {
    "shared_phone": _one_phone, "shared_account": _one_account, "brief_members": _brief, "dead": _dead,
    "over_age": _old, "nik_cluster": _block, "member_before": _member,
}  # fmt: skip
