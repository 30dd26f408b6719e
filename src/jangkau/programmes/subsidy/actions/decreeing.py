"""From the selected to a decree: one officer drafts it, another signs it, and from then on its people and months stand.
Nobody is paid for twice: the database refuses a second payer of a month."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date

import polars as pl
from django.db import IntegrityError, transaction
from django.utils import timezone

from jangkau.core.kernel import Month, Refused
from jangkau.programmes.subsidy.actions.rounds import require_scheme, same_step, take_round
from jangkau.programmes.subsidy.models import Decree, FundedMonth, Nominee, Scheme
from jangkau.programmes.subsidy.queries.annex import annex, digest
from jangkau.programmes.subsidy.queries.money import meter, months_of, next_month, price_of_person, prices
from jangkau.programmes.subsidy.states import Answer, RoundKind, State
from jangkau.registry.access.actions import record
from jangkau.registry.access.permissions import Scope
from jangkau.registry.cases.actions import take_number
from jangkau.registry.people.gateways import bulk
from jangkau.registry.people.queries import survivors

_AT_ONCE, CODE_BYTES = 500, 8
NUMBER_SERIES = "SK"


@transaction.atomic
def propose_decree(scope: Scope, scheme: Scheme, *, dated_on: date, number: str = "") -> Decree:
    """A draft decree for everybody selected, from the next month that was not billed; without a number it gets the next
    one of the number book when it is signed. Places of people who left are handed on, in the village first. Raises
    Refused without anybody, without money, or beside another draft."""
    require_scheme(scope, scheme)
    first = next_month(scheme)
    selected = scheme.nominees.filter(state=State.SELECTED)
    people = selected.count()
    if not people or first is None:
        raise Refused(
            "Belum ada yang terpilih, atau semua bulan sudah ditagihkan.",
            "Nobody is selected, or all months have been billed.",
        )
    _require_unique(scheme, number.strip())
    amount = people * price_of_person(scheme, first)
    _require_money(scheme, amount)
    decree = Decree.objects.create(
        scheme=scheme, number=number.strip()[:120], dated_on=dated_on, first_month=first,
        last_month=months_of(scheme)[-1].first_day, people=people, amount=amount, made_by=scope.user,
    )  # fmt: skip
    numbers = list(selected.order_by("rank", "pk").values_list("pk", flat=True))
    selected.update(decree=decree)
    _hand_on_places(decree)
    take_round(scope, scheme, RoundKind.PROPOSE, same_step(numbers, State.PROPOSED), {"people": people})
    return decree


def _require_unique(scheme: Scheme, number: str) -> None:
    standing = scheme.decrees.filter(withdrawn_at=None)
    if standing.filter(signed_at=None).exists() or (number and standing.filter(number=number).exists()):
        raise Refused(
            "Skema ini masih punya rancangan SK, atau nomor itu sudah dipakai.",
            "This scheme still has a draft decree, or that number is used already.",
        )


def _require_money(scheme: Scheme, amount: int) -> None:
    free = meter(scheme).free
    if amount > free:
        raise Refused(
            f"Anggaran kurang: perlu Rp{amount:,}, sisa Rp{free:,}.".replace(",", "."),
            f"The budget is short: Rp{amount:,} needed, Rp{free:,} free.",
        )


def _hand_on_places(decree: Decree) -> None:
    """Writes down whose place somebody takes: of the same village where that can be, in the order of rank."""
    left = list(decree.scheme.nominees.filter(state=State.LEFT, replaced_by=None, decree__isnull=False).order_by("pk"))
    waiting = list(decree.nominees.order_by("rank", "pk")) if left else []
    heirs = []
    for same_village in (True, False):
        for gone in list(left):
            heir = next((who for who in waiting if not same_village or who.village_id == gone.village_id), None)
            if heir is not None:
                heir.replaces = gone
                heirs.append(heir)
                waiting.remove(heir)
                left.remove(gone)
    Nominee.objects.bulk_update(heirs, ["replaces"], batch_size=_AT_ONCE)


@transaction.atomic
def withdraw_decree(scope: Scope, decree: Decree) -> None:
    """Takes a draft back; its people are selected again. Raises Refused for one that was signed."""
    require_scheme(scope, decree.scheme)
    decree = Decree.objects.select_for_update().get(pk=decree.pk)
    _require_draft(decree)
    numbers = list(decree.nominees.order_by("pk").values_list("pk", flat=True))
    decree.nominees.update(decree=None, replaces=None)
    take_round(scope, decree.scheme, RoundKind.WITHDRAW, same_step(numbers, State.SELECTED), {"people": len(numbers)})
    decree.withdrawn_at, decree.withdrawn_by = timezone.now(), scope.user
    decree.save(update_fields=["withdrawn_at", "withdrawn_by"])


@transaction.atomic
def sign_decree(scope: Scope, decree: Decree) -> Decree:
    """Signs a draft that somebody else made: it has its number, its annex is frozen, its months are paid for. Raises
    Refused for the maker, without money, after its first month was billed, when somebody on it has another payer by
    now, or when the number book is needed and the letterhead is empty."""
    require_scheme(scope, decree.scheme)
    decree = Decree.objects.select_for_update().select_related("scheme").get(pk=decree.pk)
    _require_draft(decree)
    if scope.user is None or scope.user.pk == decree.made_by_id:
        raise Refused(
            "Yang menyusun rancangan tidak boleh menandatanganinya. Minta orang kedua memeriksa.",
            "Who drafted a decree may not sign it. Ask a second person to check it.",
        )
    if next_month(decree.scheme) != decree.first_month:
        raise Refused(
            "Bulan pertama SK ini sudah ditagihkan. Batalkan rancangan dan susun lagi.",
            "The first month of this decree has been billed already. Withdraw the draft and make another.",
        )
    _require_money(decree.scheme, decree.amount)
    people = list(decree.nominees.order_by("pk").values_list("pk", "person_id", "nik"))
    try:
        with transaction.atomic():
            bulk.insert(FundedMonth, _months(decree, people))
    except IntegrityError:
        raise Refused(
            "Ada orang di rancangan ini yang sudah dibiayai skema lain. Batalkan rancangan, lalu pilih lagi.",
            "Somebody on this draft has months that another scheme pays by now. Withdraw the draft and select again.",
        ) from None
    _enrol(scope, decree, [number for number, _, _ in people])
    if not decree.number:
        decree.number = take_number(decree.scheme.area_id, NUMBER_SERIES, on=decree.dated_on, by=scope.user)
    decree.annex_sha256 = digest(annex(decree))
    decree.code = secrets.token_hex(CODE_BYTES)
    decree.signed_at, decree.signed_by = timezone.now(), scope.user
    decree.save(update_fields=["number", "annex_sha256", "code", "signed_at", "signed_by"])
    record(
        by=scope.user, action="decree_signed", subject=f"decree {decree.pk}",
        number=decree.number, people=len(people), amount=decree.amount, annex=decree.annex_sha256,
    )  # fmt: skip
    return decree


def _require_draft(decree: Decree) -> None:
    if decree.signed_at or decree.withdrawn_at:
        raise Refused(
            "SK ini sudah ditandatangani atau dibatalkan.", "This decree has been signed or withdrawn already."
        )


def _months(decree: Decree, people: Sequence[tuple[int, int | None, str | None]]) -> pl.DataFrame:
    remained = survivors()
    who = pl.DataFrame(
        [(number, remained.get(person, person) if person else None, nik) for number, person, nik in people],
        schema={"nominee_id": pl.Int64, "person_id": pl.Int64, "nik": pl.String},
        orient="row",
    )
    paid = [(each.month, each.amount) for each in prices(decree.scheme) if each.month >= decree.first_month]
    months = pl.DataFrame(paid, schema={"month": pl.Date, "amount": pl.Int64}, orient="row")
    return who.join(months, how="cross").with_columns(
        scheme_id=pl.lit(decree.scheme_id), answer=pl.lit(str(Answer.OPEN.value)), because=pl.lit("")
    )


def _enrol(scope: Scope, decree: Decree, numbers: list[int]) -> None:
    """The people of a decree are enrolled; whoever was paid for in the month before goes on being covered."""
    decree.nominees.update(
        first_month=decree.first_month, last_month=decree.last_month, covered_since=decree.first_month
    )
    before = Month.of(decree.first_month).plus(-1).first_day
    earlier = FundedMonth.objects.filter(month=before).exclude(answer=Answer.REFUSED).select_related("nominee")
    persons = {each.person_id: each.nominee.covered_since for each in earlier if each.person_id}
    niks = {each.nik: each.nominee.covered_since for each in earlier if each.nik}
    going_on = [
        Nominee(pk=number, covered_since=since)
        for number, person, nik in decree.nominees.values_list("pk", "person_id", "nik")
        if (since := persons.get(person) or niks.get(nik or ""))
    ]
    Nominee.objects.bulk_update(going_on, ["covered_since"], batch_size=_AT_ONCE)
    take_round(scope, decree.scheme, RoundKind.SIGN, same_step(numbers, State.ENROLLED), {"people": len(numbers)})
