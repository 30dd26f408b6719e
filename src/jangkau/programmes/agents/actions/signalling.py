"""Questions about portfolios after every measuring: new ones come, those that vanished unanswered go, answered ones
stay as they are unless they concern more people now."""

from __future__ import annotations

from datetime import date

import polars as pl

from jangkau.core.measures.signals import RECRUIT_SCHEMA, signals
from jangkau.core.rules import parameters
from jangkau.programmes.agents.models import Signal


def refresh_signals(rows: pl.DataFrame, members: pl.DataFrame, as_of: date) -> None:
    """`rows`: the recruits that count, with what is known of the people (see measuring); `members` in MEMBER_SCHEMA."""
    people = (
        rows.drop_nulls(["agent_id", "person_id"])
        .unique(["agent_id", "person_id"], keep="first", maintain_order=True)
        .select(
            "agent_id", "person_id", "kk", "died_on", "registered_on", "paid_until", "kpj", "phone", "account",
            id="person_id", nik="number", birth_date="born",
        )
        .select(pl.col(name).cast(kind) for name, kind in RECRUIT_SCHEMA.items())
    )  # fmt: skip
    limit = parameters()["bpu_age_limit"].on(as_of).content
    found = signals(people, members, as_of=as_of, age_limit=int(str(limit)))
    known = {(s.agent_id, s.kind, s.key): s for s in Signal.objects.all()}
    fresh, changed = [], []
    for line in found.iter_rows(named=True):
        told = {"people": line["recruits"], "n": line["n"], "of": line["of"], "confidence": line["confidence"]}
        signal = known.pop((line["agent_id"], line["kind"], line["key"]), None)
        if signal is None:
            first = {"agent_id": line["agent_id"], "kind": line["kind"], "key": line["key"], "found_on": as_of}
            fresh.append(Signal(**first, **told))
            continue
        if all(getattr(signal, name) == value for name, value in told.items()):
            continue
        if set(line["recruits"]) - set(signal.people):
            signal.state = Signal.State.OPEN
        for name, value in told.items():
            setattr(signal, name, value)
        changed.append(signal)
    Signal.objects.filter(pk__in=[s.pk for s in known.values() if s.state == Signal.State.OPEN]).delete()
    Signal.objects.bulk_create(fresh, batch_size=500)
    Signal.objects.bulk_update(changed, ["people", "n", "of", "confidence", "state"], batch_size=200)
