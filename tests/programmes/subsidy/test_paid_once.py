"""Nobody is paid for twice, whatever schemes overlap and in whatever order they are decreed; the database itself
refuses it; maker and checker differ below the views; money is people times core.rules. Everybody is invented."""

from __future__ import annotations

from collections import Counter
from datetime import date

import polars as pl
import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.programmes.subsidy.conftest import settle

from jangkau.core.kernel import Month, Refused
from jangkau.core.rules import evaluate
from jangkau.programmes.subsidy.actions.assessing import assess, select
from jangkau.programmes.subsidy.actions.billing import make_batch
from jangkau.programmes.subsidy.actions.decreeing import propose_decree, sign_decree, withdraw_decree
from jangkau.programmes.subsidy.actions.leaving import let_leave
from jangkau.programmes.subsidy.actions.nominating import Which, nominate_list, nominate_niks
from jangkau.programmes.subsidy.models import Decree, FundedMonth, Nominee
from jangkau.programmes.subsidy.queries.leaving import due_to_leave
from jangkau.programmes.subsidy.queries.money import full_benefit_from, meter, price_of_person, prices
from jangkau.programmes.subsidy.states import FUNDING, WAGE_EARNERS, Left, SchemeKind, State
from jangkau.registry.cases.actions import save_letterhead
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.lists.models import SentList
from jangkau.registry.people.actions import set_fact
from jangkau.registry.people.models import Membership

PEOPLE = 6
schemes = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["dbhcht", "apbdes", "csr", "province"]),
            "starts": st.integers(0, 5), "months": st.integers(1, 6), "places": st.integers(1, PEOPLE),
            "people": st.sets(st.integers(0, PEOPLE - 1), min_size=1), "order": st.integers(0, 9),
            "leaves": st.booleans(), "refused": st.booleans(),
        }
    ),
    min_size=2, max_size=4,
)  # fmt: skip


@pytest.fixture
def six(register, regency) -> list[str]:
    free = regency.people.filter(pl.col("counted") & ~pl.col("covered") & pl.col("nik").is_first_distinct())[:PEOPLE]
    settle(regency, free["person_id"])
    return free["nik"].to_list()


def drafted(maker, opened, six, told, number: str = "1") -> Decree | None:
    """A scheme with its people, selected and drafted; None when nobody is left for it."""
    first = Month(2026, 11).plus(told["starts"]).first_day
    scheme = opened(kind=told["kind"], first_month=first, months=told["months"], places=told["places"])
    nominate_niks(maker, scheme, "\n".join(six[at] for at in sorted(told["people"])))
    if not select(maker, scheme).get("selected"):
        return None
    return propose_decree(maker, scheme, number=number, dated_on=date(2026, 10, 1))


@given(schemes)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nobody_is_paid_for_twice(maker, checker, opened, six, plan):
    with transaction.atomic():
        drafts = [(told, drafted(maker, opened, six, told)) for told in plan]
        for told, decree in sorted(drafts, key=lambda pair: pair[0]["order"]):
            if decree is None:
                continue
            try:
                sign_decree(checker, decree)
            except Refused:  # somebody on it was taken by another scheme since it was drafted
                withdraw_decree(maker, decree)
                if not select(maker, decree.scheme).get("selected"):
                    continue
                sign_decree(checker, propose_decree(maker, decree.scheme, number="2", dated_on=date(2026, 10, 2)))
            make_batch(maker, decree.scheme)
            if told["refused"]:
                FundedMonth.objects.filter(scheme=decree.scheme, batch__isnull=False).update(answer="refused")
            if told["leaves"]:
                gone = decree.scheme.nominees.filter(state=State.ENROLLED).first()
                let_leave(maker, decree.scheme, {gone.pk: Left.ASKED})
        paid = list(FundedMonth.objects.exclude(answer="refused").values_list("person_id", "nik", "month"))
        assert max(Counter((person, month) for person, _, month in paid).values(), default=1) == 1
        assert max(Counter((nik, month) for _, nik, month in paid).values(), default=1) == 1
        for _, decree in drafts:
            if decree is not None:
                assert meter(decree.scheme).committed == sum(
                    price(decree.scheme.kind, month)
                    for month in FundedMonth.objects.filter(scheme=decree.scheme)
                    .exclude(answer="refused")
                    .values_list("month", flat=True)
                )
        transaction.set_rollback(True)


def price(kind: str, month: date) -> int:
    given = {"income": 1_000_000, "month": f"{month:%Y-%m}", "sector": "other", "jht": False}
    return int(str(evaluate("bpu_contribution", given | {"funding": FUNDING[SchemeKind(kind)]}).values["total"]))


def test_the_database_refuses_a_second_payer_and_a_maker_who_signs(maker, checker, opened, six):
    told = {"kind": "dbhcht", "starts": 0, "months": 4, "places": 3, "people": {0, 1, 2}}
    decree = drafted(maker, opened, six, told)
    with pytest.raises(Refused, match="tidak boleh menandatanganinya"):
        sign_decree(maker, decree)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decree.objects.filter(pk=decree.pk).update(signed_by=decree.made_by_id, signed_at="2026-10-01T00:00Z")
    sign_decree(checker, decree)
    taken = FundedMonth.objects.filter(scheme=decree.scheme).first()
    other = opened(kind="csr")
    who = Nominee.objects.create(scheme=other, nik=taken.nik)
    with pytest.raises(IntegrityError), transaction.atomic():
        FundedMonth.objects.create(scheme=other, nominee=who, nik=taken.nik, month=taken.month, amount=1)


def test_a_decree_takes_its_number_from_the_book_when_it_is_signed(maker, checker, opened, six):
    told = {"kind": "dbhcht", "starts": 0, "months": 4, "places": 3, "people": {0, 1}}
    decree = drafted(maker, opened, six, told, number="")
    with pytest.raises(Refused, match="Kop surat belum diisi"):
        sign_decree(checker, decree)
    save_letterhead(maker, "32.02", {"number_form": "400.5/{jenis}-{urut}/{tahun}", "first_number": 12})
    assert sign_decree(checker, decree).number == "400.5/SK-012/2026"
    other = drafted(maker, opened, six, told | {"people": {2, 3}}, number="")
    assert (str(other), sign_decree(checker, other).number) == ("…………", "400.5/SK-013/2026")
    typed = drafted(maker, opened, six, told | {"people": {4, 5}}, number="560/9")
    assert sign_decree(checker, typed).number == "560/9"


def test_who_is_paid_for_as_a_wage_earner_neither_leaves_nor_falls_out_for_that(maker, checker, opened, six):
    told = {"kind": "non_asn", "starts": 0, "months": 2, "places": 3, "people": {0, 1}}
    decree = sign_decree(checker, drafted(maker, opened, six, told))
    for who in decree.nominees.all():
        Membership.objects.create(
            person_id=who.person_id, list_number=2, segment="pu", since=date(2026, 11, 1), paid_until=date(2026, 12, 1)
        )
    set_fact("as_of", "2026-12-31")
    assert due_to_leave(decree.scheme, date(2026, 12, 31)) == {}
    going_on = drafted(maker, opened, six, told | {"starts": 2}, number="2")
    assert going_on is not None and going_on.people == 2
    vulnerable = opened(first_month=date(2027, 3, 1))
    nominate_niks(maker, vulnerable, "\n".join(six[:2]))
    assert assess(maker, vulnerable) == {"refused": 2}  # they work for wages


def test_every_kind_of_scheme_has_the_price_of_the_rules(opened):
    for kind in SchemeKind.values:
        scheme = opened(kind=kind, months=3, income=3_000_000 if kind in WAGE_EARNERS else 1_000_000)
        if kind in WAGE_EARNERS:
            given = {"wage": 3_000_000, "risk_class": "I", "month": "2026-11", "scale": "micro"}
            values = evaluate("pu_contribution", given).values
            one = int(str(values["jkk"])) + int(str(values["jkm"]))
        else:
            one = price(kind, date(2026, 11, 1))
        assert (kind, prices(scheme)[0].amount) == (kind, one)


def test_relief_holds_for_donors_and_not_for_budgets_of_government(opened):
    price_of = {kind: price_of_person(opened(kind=kind, months=2)) for kind in ("dbhcht", "apbd", "csr", "sertakan")}
    assert price_of == {"dbhcht": 33_600, "apbd": 33_600, "csr": 16_800, "sertakan": 16_800}


def test_full_death_benefit_needs_three_months(opened):
    assert full_benefit_from(opened(), date(2026, 11, 1)) == date(2027, 2, 1)
    assert full_benefit_from(opened(kind="non_asn", income=3_000_000), date(2026, 11, 1)) == date(2026, 11, 1)


def test_money_that_is_short_is_refused_before_anybody_signs(maker, opened, six):
    scheme = opened(budget=4 * 16_800 * 2, places=6)
    nominate_niks(maker, scheme, "\n".join(six))
    assert select(maker, scheme) == {"selected": 2, "reserve": 2, "quota_full": 2}
    with pytest.raises(Refused, match="tidak cukup untuk satu orang"):
        opened(budget=1)


def test_rows_of_a_list_are_proposed_once_and_filtered(register, maker, opened, village_list, member_list):
    people = [("UJANG SUKMANA", "3202011203809001", "12-03-1980", "L"), ("ASEP HIDAYAT", "", "01-05-1990", "L"),
              ("DEDI KUSNADI", "3202010107559001", "01-07-1955", "L"),
              ("ENGKOS RUSTANDI", "3202010208859001", "02-08-1985", "L")]  # fmt: skip
    village_list(people)
    name, nik, born, sex = people[3]
    member_list([("26000000001", nik, name, born, sex, "BPU", "2026-10")])
    run_paths([register / "lists"], as_of=date(2026, 10, 31), by=None)
    scheme, item = opened(), SentList.objects.get(kind="workers")
    assert nominate_list(maker, scheme, item, Which(occupation="nelayan")) == 0
    assert nominate_list(maker, scheme, item, Which(region="32.02.01", occupation="tani")) == 4
    assert nominate_list(maker, scheme, item) == 0
    assert select(maker, scheme) == {"selected": 1}
    told = scheme.nominees.order_by("line").values_list("name", "state", "reasons", "missing", "address")
    assert [row[1:4] for row in told] == [
        ("selected", "", ""), ("to_check", "", "nik"), ("refused", "over_age", ""),
        ("refused", "already_active_bpu", ""),
    ]  # fmt: skip
    assert told[0][4] == "Kp. Cibuntu RT 1 RW 2"
    item.state = "taken_back"
    with pytest.raises(Refused):
        nominate_list(maker, scheme, item)
