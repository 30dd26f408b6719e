"""What people did in the invented register before a visitor comes: a scheme that pays contributions, drafted by one
account of the demo and signed by the other, two months told to the branch."""

from __future__ import annotations

from datetime import date

import polars as pl
from django.conf import settings

from jangkau.core.synthetic.nominations import invent_nominations
from jangkau.core.synthetic.regency import InventedRegency
from jangkau.programmes.subsidy.actions.assessing import select
from jangkau.programmes.subsidy.actions.billing import make_batch
from jangkau.programmes.subsidy.actions.checking import record_checks
from jangkau.programmes.subsidy.actions.decreeing import propose_decree, sign_decree
from jangkau.programmes.subsidy.actions.nominating import nominate_niks
from jangkau.programmes.subsidy.actions.schemes import save_scheme
from jangkau.programmes.subsidy.models import Scheme
from jangkau.programmes.subsidy.states import RoundKind, SchemeKind
from jangkau.registry.access.models import User
from jangkau.registry.access.permissions import scope_of

MOST_NOMINATED = 3_840  # as in Kota Sukabumi in 2025
MONTHS, PRICE = 4, 16_800


def nominated(regency: InventedRegency) -> pl.DataFrame:
    """Whom villages propose (see invent_nominations): one in twenty."""
    return invent_nominations(regency, min(MOST_NOMINATED, regency.people.height // 20))


def live_scheme(told: pl.DataFrame, maker: User, checker: User) -> None:
    """One scheme from the nominations to its second month."""
    officer = scope_of(maker)
    places = told.height * 7 // 10
    scheme = save_scheme(
        officer,
        Scheme(),
        {
            "name": "DBH-CHT 2026", "kind": SchemeKind.DBHCHT, "area_id": settings.JANGKAU_AREA,
            "first_month": date(2026, 9, 1), "months": MONTHS, "budget": places * MONTHS * PRICE * 6 // 5,
            "places": places, "reserve": told.height // 10, "income": 1_000_000, "youngest": 15, "oldest": 64,
            "needs_civil_check": True,
        },
    )  # fmt: skip
    nominate_niks(officer, scheme, "\n".join(told["nik"]))
    truth = {row["nik"]: row for row in told.iter_rows(named=True)}
    numbers = scheme.nominees.values_list("pk", "nik")
    for kind, answer in ((RoundKind.FIELD_CHECK, "field"), (RoundKind.CIVIL_CHECK, "civil")):
        record_checks(officer, scheme, kind, {number: truth[nik or ""][answer] for number, nik in numbers})
    select(officer, scheme)
    decree = propose_decree(officer, scheme, number="560/Kep.112-Disnaker/2026", dated_on=date(2026, 8, 20))
    sign_decree(scope_of(checker), decree)
    make_batch(officer, scheme)
    make_batch(officer, scheme)
