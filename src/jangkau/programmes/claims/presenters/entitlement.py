"""What a person or a family may expect after an event: who is entitled by the membership of that day, the sum by the
law with its steps, until when to claim, who inherits. The software estimates; only the branch decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangkau.core.measures.standing import Held, Standing, months_paid, standing_on
from jangkau.core.rules import parameters
from jangkau.core.rules.benefits.disability import HEARING, SCALP
from jangkau.core.rules.calendar import months_later
from jangkau.core.rules.parameters import Table
from jangkau.programmes.claims.states import ACCIDENTS, DEATHS, PAPERS, PARTIAL_JHT, PROGRAMME, PURPOSES, TOPICS_OF
from jangkau.registry.people.forms.disabilities import DISABILITIES, MEASURED
from jangkau.registry.people.presenters.figures import day
from jangkau.registry.people.presenters.sums import Told, told_by_rule

HEIRS = _(
    "1. janda, duda, atau anak; 2. sedarah garis lurus sampai derajat kedua; 3. saudara kandung; 4. mertua; 5. yang"
    " ditunjuk dalam wasiat; 6. tanpa wasiat: biaya pemakaman kepada yang mengurus, selebihnya ke Dana Jaminan Sosial"
)
RELATIVES = {
    "spouse": _("janda atau duda"), "child": _("anak"), "parent": _("orang tua"), "grandparent": _("kakek, nenek"),
    "grandchild": _("cucu"), "sibling": _("saudara kandung"), "parent_in_law": _("mertua"),
    "will": _("yang ditunjuk dalam wasiat"),
}  # fmt: skip
STANDING: dict[str, Promise] = {
    "paid_up": _("peserta, iuran lunas pada hari itu"),
    "grace": _("peserta dengan tunggakan: cabang yang memastikan"),
    "none": _("tidak ada kepesertaan yang berjalan pada hari itu"),
}
JKP_LONGEST, JKP_WINDOW = 6, 24  # months
MONTHS_OF_A_YEAR = 12
NOBODY = Standing("none")


@dataclass(frozen=True)
class Event:
    """What happened, and what the family tells of it. `losses`: rows of the disability table; a single one may have a
    `measure` (percent, dB for hearing). `balance`: of JHT, as the branch or JMO shows it; `purpose`: of a part."""

    kind: str
    on: date
    asked_on: date
    birth_date: date | None = None
    days: int | None = None
    disabled: bool = False
    balance: int | None = None
    losses: tuple[str, ...] = ()
    measure: int | None = None
    purpose: str = ""

    @property
    def topics(self) -> tuple[str, ...]:
        """The benefits that may follow."""
        for_good = ("jht", "jp") if self.kind == "accident" and self.disabled else ()
        return (*TOPICS_OF.get(self.kind, ()), *for_good)


@dataclass(frozen=True)
class Entitlement:
    """`verdict`: yes, ask (the branch must say) or no. `total` None: no sum can be told, `why` says so; `per` says of
    what the sum is, when it is paid every month. `steps`: how it was computed, with the articles. `file_by`: the last
    day to claim; `pay_days`: working days in which the branch pays complete papers, where the law names any."""

    topic: str
    verdict: str
    total: int | None = None
    why: str = ""
    per: str = ""
    full_from: date | None = None
    counting_open: bool = False
    steps: tuple[str, ...] = ()
    assumed: str = ""
    file_by: date | None = None
    standing: Standing = NOBODY
    pay_days: int | None = None

    @property
    def papers(self) -> list[Any]:
        return list(PAPERS[self.topic].values())


def entitlements(event: Event, held: Sequence[Held]) -> list[Entitlement]:
    """What may follow from an event, benefit by benefit."""
    days = parameters()["payment_days"].on(event.on).content
    assert isinstance(days, Table)
    return [
        replace(
            _RULES[topic](event, held, topic),
            pay_days=int(days.whole(PROGRAMME.get(topic, topic))) if topic in ("jkm", *ACCIDENTS) else None,
        )
        for topic in event.topics
    ]


def heirs_among(relatives: Sequence[str]) -> str:
    """Who inherits, when these relatives are there."""
    told = told_by_rule("heirs", {"present": list(relatives)})
    first = [name for name in str(told.values.get("heirs", "")).split(", ") if name]
    if not first:
        return gettext("Tidak ada ahli waris: biaya pemakaman kepada yang mengurus, selebihnya ke Dana Jaminan Sosial.")
    return ", ".join(str(RELATIVES[name]) for name in first)


def on_death(right: Mapping[str, Any]) -> Entitlement:
    """The death benefit of a line of core.measures.rights, when the death did not come by work."""
    held = Held(right["segment"], None, right["first_covered_on"], right["paid_until"], right["monthly_income"])
    return _jkm_sum(Standing(right["state"], held), right["event_on"])


def _jkm(event: Event, held: Sequence[Held], topic: str) -> Entitlement:
    standing = standing_on(held, "jkm", event.on)
    return _none(topic) if standing.held is None else _jkm_sum(standing, event.on)


def _jkm_sum(standing: Standing, died_on: date) -> Entitlement:
    found = Entitlement("jkm", _verdict(standing), standing=standing)
    held = standing.held
    if held is None or held.segment is None or held.since is None:
        return replace(found, why=gettext("Segmen atau hari pertama dilindungi tidak disebut; tanyakan ke cabang."))
    told = told_by_rule("jkm_benefit", {"segment": held.segment, "first_covered_on": held.since, "died_on": died_on})
    full_from = told.values.get("full_from")
    return replace(
        _summed(found, told, "total"),
        full_from=full_from if isinstance(full_from, date) else None,
        counting_open=bool(told.values.get("counting_open")),
    )


def _jkk_death(event: Event, held: Sequence[Held], topic: str) -> Entitlement:
    return _after_accident(event, held, topic, lambda given: [(told_by_rule("jkk_death", given), "total")])


def _jkk(event: Event, held: Sequence[Held], topic: str) -> Entitlement:
    def sums(given: dict[str, Any]) -> list[tuple[Told, str]]:
        found = []
        if event.days:
            inability = {"wage": given["wage"], "days": event.days, "accident_on": event.on}
            found.append((told_by_rule("jkk_temporary_inability", inability), "amount"))
        if event.disabled:
            found.append((told_by_rule("jkk_total_disability", given), "total"))
        if event.losses:
            found.append((_partial_disability(event, given["wage"]), "amount"))
        return found

    return _after_accident(event, held, topic, sums)


def _partial_disability(event: Event, wage: int) -> Told:
    """By the table of the law: several losses add up, a single one may be measured."""
    given: dict[str, Any] = {"wage": wage, "accident_on": event.on}
    if len(event.losses) > 1:
        return told_by_rule("jkk_disabilities", given | {"losses": list(event.losses)})
    row = event.losses[0]
    if event.measure is not None and row in HEARING:
        given["decibels"] = event.measure
    elif event.measure is not None:
        given["assessed" if row == SCALP else "function_lost"] = f"{event.measure}%"
    return told_by_rule("jkk_disability", given | {"row": row})


def _after_accident(
    event: Event, held: Sequence[Held], topic: str, sums: Callable[[dict[str, Any]], list[tuple[Told, str]]]
) -> Entitlement:
    standing = standing_on(held, "jkk", event.on)
    if standing.held is None:
        return _none(topic)
    expiry = told_by_rule("claim_expiry", {"accident_on": event.on, "filed_on": event.asked_on})
    found = Entitlement(topic, _verdict(standing), file_by=_day(expiry, "expires_on"), standing=standing)
    if expiry.values.get("expired"):
        return replace(found, verdict="no", why=gettext("Sudah kedaluwarsa: klaim diajukan sesudah batasnya."))
    wage = _base_wage(standing.held, event.on)
    if wage is None or standing.held.segment is None:
        return replace(found, why=gettext("Upah atau segmen tidak disebut, atau milik cabang; tanyakan ke cabang."))
    told = sums({"segment": standing.held.segment, "wage": wage, "accident_on": event.on})
    if not told:
        why = gettext("Biaya berobat ditanggung tanpa batas; isi hari tidak mampu bekerja atau cacatnya.")
        return replace(found, why=why)
    parts = [_summed(found, each, name) for each, name in told]
    return replace(
        found,
        total=None if any(part.total is None for part in parts) else sum(part.total or 0 for part in parts),
        why=" ".join(part.why for part in parts).strip(),
        steps=tuple(step for part in parts for step in part.steps),
        assumed=" ".join(dict.fromkeys(part.assumed for part in parts)).strip(),
    )


def _jht(event: Event, held: Sequence[Held], topic: str) -> Entitlement:
    found = _member_ever(event, held, topic)
    if found.verdict == "no":
        return found
    if event.kind in ("old_age", "job_loss"):
        if event.birth_date is None:
            return replace(found, verdict="ask", why=gettext("Tanggal lahir tidak diketahui."))
        stopped = {"stopped_on": event.on} if event.kind == "job_loss" else {}
        full = told_by_rule("jht_full", {"birth_date": event.birth_date, **stopped})
        claim_from = _day(full, "claim_from")
        if claim_from is None or claim_from > event.asked_on:
            why = full.why or gettext("Dapat diklaim penuh sejak %(day)s.") % {"day": day(claim_from)}
            return replace(found, verdict="no", why=why, steps=full.steps, assumed=full.assumed)
    if event.balance is None:
        return replace(found, why=gettext("Sebesar saldo: isi saldo dari JMO atau cabang."))
    return _summed(found, told_by_rule("jht_payout", {"balance": event.balance}), "net")


def _jht_partial(event: Event, held: Sequence[Held], topic: str) -> Entitlement:
    found = _member_ever(event, held, "jht")
    if found.verdict != "yes":
        return replace(found, topic=topic)
    found = replace(found, topic=topic, verdict=_verdict(found.standing))
    if found.standing.held is None:
        return replace(found, why=gettext("Hanya bagi yang masih peserta; yang sudah berhenti mengambil seluruhnya."))
    years = months_paid(held, "jht", event.on) // MONTHS_OF_A_YEAR
    given = {"balance": event.balance or 0, "purpose": event.purpose, "member_years": years}
    told = told_by_rule("jht_partial", given)
    if not told.values.get("eligible"):
        why = told.why or gettext("Baru %(n)s tahun iuran JHT.") % {"n": years}
        return replace(found, verdict="no", why=why, steps=told.steps, assumed=told.assumed)
    if event.balance is None:
        return replace(found, why=gettext("Sebagian dari saldo: isi saldo dari JMO atau cabang."))
    why = gettext("Paling banyak sebesar ini. Pajaknya belum dihitung, karena sumber aturan register tidak memuatnya.")
    return replace(_summed(found, told, "amount"), why=why)


def _jp(event: Event, held: Sequence[Held], topic: str) -> Entitlement:
    found = _member_ever(event, held, topic)
    if found.verdict == "no":
        return found
    if event.kind == "old_age":
        if event.birth_date is None:
            return replace(found, verdict="ask", why=gettext("Tanggal lahir tidak diketahui."))
        retires = told_by_rule("jp_retirement_age", {"birth_date": event.birth_date})
        if (retires.whole("year") or 9999) > event.on.year:
            told = {"age": retires.whole("age"), "year": retires.whole("year")}
            why = retires.why or gettext("Usia pensiun %(age)s tahun dicapai pada %(year)s.") % told
            return replace(found, verdict="no", why=why, steps=retires.steps, assumed=retires.assumed)
    if event.kind == "accident":
        why = gettext("Pensiun cacat belum dihitung, karena sumber aturan register tidak memuat syaratnya.")
        return replace(found, verdict="ask", why=why)
    months = months_paid(held, "jp", event.on)
    wages = [each.monthly_income for each in held if each.has("jp") and each.monthly_income]
    if not wages:
        return replace(found, why=gettext("Upah tidak disebut, atau milik cabang; tanyakan ke cabang."))
    given = {"months": months, "average_wage": sum(wages) // len(wages), "year": event.on.year}
    pension = told_by_rule("jp_pension", given)
    if pension.values.get("outcome") == "lump_sum":
        why = gettext("Paling banyak %(n)s bulan iuran: iuran dan hasilnya dibayar sekaligus, jumlahnya dari cabang.")
        return replace(found, verdict="ask", why=why % {"n": months}, steps=pension.steps, assumed=pension.assumed)
    if event.kind == "old_age":
        return replace(_summed(found, pension, "monthly"), per=gettext("bulan"))
    shared = told_by_rule("jp_survivor_pension", {"monthly": pension.whole("monthly"), "survivor": "spouse"})
    both = replace(shared, steps=(*pension.steps, *shared.steps), assumed=shared.assumed or pension.assumed)
    return replace(_summed(found, both, "amount"), per=gettext("bulan, bagi janda atau duda"))


def _jkp(event: Event, held: Sequence[Held], topic: str) -> Entitlement:
    standing = standing_on(held, "jkp", event.on)
    if standing.held is None:
        return _none(topic)
    expiry = told_by_rule("jkp_claim_expiry", {"dismissed_on": event.on, "filed_on": event.asked_on})
    found = Entitlement(topic, _verdict(standing), file_by=_day(expiry, "expires_on"), standing=standing)
    if expiry.values.get("expired"):
        return replace(found, verdict="no", why=gettext("Sudah kedaluwarsa: klaim diajukan sesudah batasnya."))
    months = months_paid(held, "jkp", event.on, since=months_later(event.on, -JKP_WINDOW))
    enough = told_by_rule("jkp_eligible", {"contribution_months": months, "dismissed_on": event.on})
    if not enough.values.get("eligible"):
        why = enough.why or gettext("Baru %(n)s bulan iuran dalam 24 bulan terakhir.") % {"n": months}
        return replace(found, verdict="no", why=why, steps=enough.steps)
    if standing.held.monthly_income is None:
        return replace(found, why=gettext("Upah atau segmen tidak disebut, atau milik cabang; tanyakan ke cabang."))
    given = {"wage": standing.held.monthly_income, "months": JKP_LONGEST, "dismissed_on": event.on}
    return _summed(found, told_by_rule("jkp_benefit", given), "total")


_RULES: dict[str, Callable[[Event, Sequence[Held], str], Entitlement]] = {
    "jkm": _jkm, "jkk_death": _jkk_death, "jkk": _jkk, "jht": _jht, "jht_partial": _jht_partial, "jp": _jp, "jkp": _jkp
}  # fmt: skip


def _member_ever(event: Event, held: Sequence[Held], topic: str) -> Entitlement:
    """For what outlasts the membership: the money that was saved."""
    begun = [each for each in held if each.since is not None and each.since <= event.on]
    if any(each.has(topic) for each in begun):
        return Entitlement(topic, "yes", standing=standing_on(begun, topic, event.on))
    if any(each.has(topic) is None for each in begun):
        return Entitlement(topic, "ask", why=gettext("Program kepesertaannya tidak disebut; tanyakan ke cabang."))
    return _none(topic)


def _none(topic: str) -> Entitlement:
    programme = PROGRAMME.get(topic, topic).upper()
    return Entitlement(topic, "no", why=gettext("Tidak ada kepesertaan %(programme)s.") % {"programme": programme})


def _verdict(standing: Standing) -> str:
    return {"paid_up": "yes", "grace": "ask"}.get(standing.state, "no")


def _summed(found: Entitlement, told: Told, name: str) -> Entitlement:
    return replace(found, total=told.whole(name), why=told.why, steps=told.steps, assumed=told.assumed)


def _day(told: Told, name: str) -> date | None:
    value = told.values.get(name)
    return value if isinstance(value, date) else None


def _base_wage(held: Held, on: date) -> int | None:
    """The wage that counts: that of a wage earner, the base of the tier of the self-employed."""
    if held.monthly_income is None or held.segment != "bpu":
        return held.monthly_income
    given = {"income": held.monthly_income, "month": f"{on:%Y-%m}", "sector": "other", "funding": "own", "jht": False}
    return told_by_rule("bpu_contribution", given).whole("base")


def facts_of_event(event: Event) -> dict[str, str]:
    """What was told of an event and goes into the case with its sum."""
    if event.kind == PARTIAL_JHT:
        return {"purpose": str(PURPOSES[event.purpose])}
    if event.kind != "accident":
        return {}
    words = DISABILITIES | MEASURED
    lost = "; ".join(str(words[row]) for row in event.losses)
    return ({"disabled": gettext("ya")} if event.disabled else {}) | ({"losses": lost} if lost else {})


def facts_of(event_on: date, told: Entitlement) -> dict[str, Any]:
    """What a case is opened with, in the language that is spoken."""
    held = told.standing.held
    facts = {
        "event_on": event_on.isoformat(),
        "standing": str(STANDING[told.standing.state]) if held else None,
        "segment": held.segment if held else None,
        "first_covered_on": held.since.isoformat() if held and held.since else None,
        "estimate": told.total,
        "monthly": told.per or None,
        "steps": " ".join(told.steps) or None,
        "full_from": told.full_from.isoformat() if told.full_from else None,
        "file_by": told.file_by.isoformat() if told.file_by else None,
        "papers": "; ".join(str(words) for words in told.papers),
        "heirs": str(HEIRS) if told.topic in DEATHS else None,
        "assumed": told.assumed or None,
    }
    return {name: value for name, value in facts.items() if value is not None}
