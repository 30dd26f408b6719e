"""What officers would have written on the works of the invented regency before its pages are opened: of those that are
registered most were registered and paid in time, some late, some short."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
from django.db import transaction

from jangkau.programmes.construction.actions.works import advance
from jangkau.programmes.construction.models import Work
from jangkau.programmes.construction.states import State
from jangkau.registry.lists.actions.measuring import refresh_measures


@transaction.atomic
def register_works(projects: pl.DataFrame, *, seed: int, as_of: date) -> int:
    """Registers and pays the works of `projects` (core.synthetic.events) that are registered; returns how many."""
    rng = np.random.Generator(np.random.PCG64([seed, 33]))
    told = projects.filter(pl.col("registered"))
    key = {(row["village_code"], row["work"], row["start"]) for row in told.iter_rows(named=True)}
    done = 0
    for work in Work.objects.filter(state=State.ROSTER_IN).order_by("village_id", "starts_on", "pk"):
        late, short = int(rng.choice([-6, -3, -1, 0, 9, 21])), float(rng.choice([1, 1, 1, 1, 0.85]))
        if work.starts_on is None or (work.village_id, work.activity, work.starts_on) not in key:
            continue
        on = min(work.starts_on + timedelta(days=late), as_of)
        number = f"JK{work.pk:06d}"
        advance(work, State.REGISTERED, by=None, as_of=as_of, on=on, paper=number)
        if work.due:
            paid = round(work.due * short)
            advance(work, State.PAID, by=None, as_of=as_of, on=on, paper=f"KW{work.pk:06d}", amount=paid)
        done += 1
    refresh_measures(as_of)
    return done
