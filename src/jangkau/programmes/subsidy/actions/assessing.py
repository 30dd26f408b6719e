"""Judges everybody who was proposed and stands on no decree yet; ranks those eligible and gives them the places."""

from __future__ import annotations

import polars as pl
from django.db import transaction
from django.db.models import Count

from jangkau.core.kernel import Refused
from jangkau.core.measures.eligibility import QUOTA_FULL, chosen, eligibility, ranked
from jangkau.programmes.subsidy.actions.rounds import require_scheme, take_round
from jangkau.programmes.subsidy.models import Scheme
from jangkau.programmes.subsidy.queries.facts import as_of, criteria_of, nominees_to_judge, with_dependants
from jangkau.programmes.subsidy.queries.money import meter, price_of_person
from jangkau.programmes.subsidy.states import OPEN, RoundKind, State
from jangkau.registry.access.permissions import Scope

_HELD = (State.PROPOSED, State.ENROLLED)


@transaction.atomic
def assess(scope: Scope, scheme: Scheme) -> dict[str, int]:
    """Judges all open nominees anew; returns how many stand in each state then. Who is selected or in reserve and still
    eligible stays there."""
    require_scheme(scope, scheme)
    people = nominees_to_judge(scheme, as_of(scheme))
    return _assess(scope, scheme, people)


def _assess(scope: Scope, scheme: Scheme, people: pl.DataFrame) -> dict[str, int]:
    told = people.join(eligibility(people, criteria_of(scheme)), on="nominee", suffix="_now", maintain_order="left")
    stays = pl.col("state").is_in([State.SELECTED, State.RESERVE]) & (pl.col("outcome") == "eligible")
    judged = told.filter(pl.col("state").is_in(OPEN)).select(
        nominee_id="nominee",
        state_before="state",
        found_before=pl.coalesce(pl.when(pl.col("reasons") != "").then("reasons"), "missing"),
        state=pl.when(stays).then("state").otherwise("outcome"),
        found=pl.when(pl.col("outcome") == "refused")
        .then(pl.col("reasons_now").list.join("|"))
        .otherwise(pl.col("missing_now").list.join("|")),
    )
    changed = judged.filter(
        (pl.col("state") != pl.col("state_before")) | (pl.col("found") != pl.col("found_before"))
    ).with_columns(rank=pl.lit(None, dtype=pl.Int64))
    counts = dict(judged["state"].value_counts().sort("state").iter_rows())
    take_round(scope, scheme, RoundKind.ASSESS, changed, counts)
    return counts


@transaction.atomic
def select(scope: Scope, scheme: Scheme) -> dict[str, int]:
    """Judges anew, then gives the places that are free (and that the free budget pays) in the order of
    core.measures.eligibility.ranked; the next ones are the reserve. Returns how many stand where. Raises Refused while
    a draft decree holds people."""
    require_scheme(scope, scheme)
    if scheme.nominees.filter(state=State.PROPOSED).exists():
        raise Refused(
            "Ada rancangan SK yang belum ditandatangani. Tanda tangani atau batalkan dahulu.",
            "A draft decree waits for a signature. Sign or withdraw it first.",
        )
    _assess(scope, scheme, nominees_to_judge(scheme, as_of(scheme)))
    fresh = nominees_to_judge(scheme, as_of(scheme))
    waiting = fresh.filter(pl.col("state").is_in([State.ELIGIBLE, State.RESERVE, State.SELECTED]))
    order = ranked(with_dependants(scheme, waiting), scheme.first_month)
    given = chosen(order, places_left(scheme), _village_places_left(scheme), scheme.reserve)
    full = pl.col("outcome") == QUOTA_FULL
    steps = given.select(
        "rank",
        nominee_id="nominee",
        state=pl.when(full).then(pl.lit(str(State.REFUSED))).otherwise("outcome"),
        found=pl.when(full).then(pl.lit(QUOTA_FULL)).otherwise(pl.lit("")),
    )
    counts = dict(given["outcome"].value_counts().sort("outcome").iter_rows())
    take_round(scope, scheme, RoundKind.SELECT, steps, counts)
    return counts


def places_left(scheme: Scheme) -> int:
    """Places that nobody holds and that the free budget pays."""
    held = scheme.nominees.filter(state__in=_HELD).count()
    return max(min(scheme.places - held, meter(scheme).free // price_of_person(scheme)), 0)


def _village_places_left(scheme: Scheme) -> dict[str, int] | None:
    quotas = dict(scheme.village_quotas.values_list("village_id", "places"))
    if not quotas:
        return None
    held = scheme.nominees.filter(state__in=_HELD).values_list("village_id").annotate(n=Count("pk"))
    taken = {village: count for village, count in held if village}
    return {village: max(places - taken.get(village, 0), 0) for village, places in quotas.items()}
