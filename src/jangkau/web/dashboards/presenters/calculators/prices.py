"""What it costs: a worker's month, an employer's bill with arrears, a village project, contributions from a budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from jangkau.core.kernel import JangkauError, Month
from jangkau.core.rules import Result, evaluate
from jangkau.registry.people.presenters.figures import day, month, people, rupiah
from jangkau.web.dashboards.presenters.calculators.amounts import Answer, Group, Line, guessed, line, lines, total

BY_EMPLOYER = ("jkk", "jkm", "jht_employer", "jp_employer")
BY_WORKER = ("jht_worker", "jp_worker")
CLOSE_DAYS = 7  # how near to the day of the full benefit a warning still stands: the counting of months is open


def wage_earner(said: Mapping[str, Any]) -> Answer:
    result = evaluate("pu_contribution", dict(said))
    words = {"total": rupiah(_whole(result, "total")), "worker": rupiah(_whole(result, "worker_total"))}
    return Answer(
        gettext("Iuran %(total)s sebulan, %(worker)s di antaranya dipotong dari upah") % words,
        (
            Group(
                gettext("Dibayar pemberi kerja"),
                (*lines(result, BY_EMPLOYER), line(result, "employer_total", strong=True)),
            ),
            Group(
                gettext("Dipotong dari upah"), (*lines(result, BY_WORKER), line(result, "worker_total", strong=True))
            ),
            Group(gettext("Jumlah"), (line(result, "total", strong=True), _due("pu", said["month"]))),
        ),
    )


def self_employed(said: Mapping[str, Any]) -> Answer:
    result = evaluate("bpu_contribution", dict(said))
    due = _due("bpu", said["month"])
    return Answer(
        gettext("Iuran %(total)s sebulan") % {"total": rupiah(_whole(result, "total"))},
        (
            Group(
                gettext("Iuran"),
                (*lines(result, ("base", "jkk", "jkm", "jht")), line(result, "total", strong=True), due),
            ),
        ),
        because=relief_words(result),
    )


def migrant(said: Mapping[str, Any]) -> Answer:
    result = evaluate("pmi_contribution", {**said, "months": int(said["months"])})
    return Answer(
        gettext("Iuran %(total)s untuk seluruh masa kerja") % {"total": rupiah(_whole(result, "total"))},
        (Group(gettext("Iuran"), (line(result, "total", strong=True),)),),
    )


def employer(said: Mapping[str, Any]) -> Answer:
    wages: list[int] = said["wages"]
    shared = {name: said[name] for name in ("risk_class", "scale", "month", "labour_intensive")}
    shared["workers"] = len(wages)
    results = [
        (evaluate("pu_contribution", {**shared, "wage": wage}), heads) for wage, heads in sorted(Counter(wages).items())
    ]
    employer_lines = tuple(_summed(results, name) for name in BY_EMPLOYER)
    worker_lines = tuple(_summed(results, name) for name in BY_WORKER)
    bill = total(gettext("Tagihan sebulan"), (*employer_lines, *worker_lines))
    groups = [
        Group(
            gettext("Dibayar pemberi kerja"),
            (*_something(employer_lines), total(gettext("Jumlah pemberi kerja"), employer_lines)),
        ),
        Group(
            gettext("Dipotong dari upah"), (*_something(worker_lines), total(gettext("Jumlah pekerja"), worker_lines))
        ),
        Group(gettext("Jumlah"), (bill, _due("pu", said["month"]))),
    ]
    if said["arrears_months"]:
        groups.append(_arrears(int(str(bill.value)), said["arrears_months"]))
    words = {"total": rupiah(int(str(bill.value))), "n": people(len(wages))}
    return Answer(
        gettext("Tagihan %(total)s sebulan untuk %(n)s pekerja") % words,
        tuple(groups),
        warnings=_below_minimum(wages, said["month"]),
    )


def project(said: Mapping[str, Any]) -> Answer:
    given: dict[str, Any] = {"month": said["month"]}
    if said["basis"] == "wage":
        given["wage"] = said["amount"]
    else:
        given |= {"contract_value": said["amount"], "vat_included": said["vat_included"]}
    result = evaluate("jakon_contribution", given)
    sentence = (
        gettext("Iuran %(total)s untuk setiap bulan pekerjaan")
        if said["basis"] == "wage"
        else gettext("Iuran %(total)s untuk seluruh pekerjaan")
    )
    return Answer(
        sentence % {"total": rupiah(_whole(result, "total"))},
        (Group(gettext("Dibayar pelaksana"), (*lines(result, ("jkk", "jkm")), line(result, "total", strong=True))),),
        notes=(gettext("Daftarkan sebelum hari kerja pertama: kecelakaan sebelum terdaftar tidak dijamin."),),
    )


def subsidy(said: Mapping[str, Any]) -> Answer:
    """The bill of a budget, month by month, because a discount may begin or end on the way."""
    first: date = said["first_covered_on"]
    months = [Month.of(first).plus(step) for step in range(said["months"])]
    shared = {"income": said["income"], "sector": said["sector"], "funding": said["funding"], "jht": False}
    prices = [(each, evaluate("bpu_contribution", {**shared, "month": str(each)})) for each in months]
    bills = tuple(_month_of_budget(said["people"], each, price) for each, price in prices)
    cost = total(gettext("Seluruhnya"), bills)
    waiting = evaluate(
        "jkm_benefit", {"segment": "bpu", "first_covered_on": first.isoformat(), "died_on": first.isoformat()}
    )
    full_from = waiting.values["full_from"]
    assert isinstance(full_from, date)
    ends = months[-1].last_day
    words = {"people": people(said["people"]), "n": people(said["months"]), "total": rupiah(int(str(cost.value)))}
    return Answer(
        gettext("%(total)s melindungi %(people)s pekerja selama %(n)s bulan") % words,
        (
            Group(gettext("Biaya"), (cost,)),
            Group(
                gettext("Santunan kematian"),
                (
                    line(waiting, "full_from", gettext("Penuh sejak")),
                    line(waiting, "total", gettext("Sebelum hari itu, hanya")),
                    Line(gettext("Pendanaan berakhir"), ends, "day"),
                ),
            ),
            Group(gettext("Bulan demi bulan"), bills),
        ),
        because=tuple(dict.fromkeys(words for _, price in prices for words in relief_words(price))),
        warnings=waiting_words(full_from, ends),
    )


def _whole(result: Result, name: str) -> int:
    return int(str(result.values[name]))


def _due(segment: str, month_said: str) -> Line:
    return line(
        evaluate("due_date", {"segment": segment, "month": month_said}), "due_on", gettext("Bayar paling lambat")
    )


def _something(found: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(each for each in found if each.value)


def _summed(results: list[tuple[Result, int]], name: str) -> Line:
    """One programme and payer over all wages; the way is shown for the first wage."""
    example = line(results[0][0], name)
    heads = sum(count for _, count in results)
    said = gettext("Jumlah dari %(n)s pekerja; tiap iuran dibulatkan sendiri. Contoh, pekerja dengan upah terendah:")
    return Line(
        example.label,
        sum(_whole(result, name) * count for result, count in results),
        why=(said % {"n": people(heads)}, *example.why),
        **guessed((example,)),
    )


def _arrears(monthly: int, months: int) -> Group:
    owed = evaluate("arrears", {"segment": "pu", "monthly": monthly, "months_unpaid": months})
    return Group(gettext("Tunggakan"), (*lines(owed, ("contributions", "penalty")), line(owed, "total", strong=True)))


def _below_minimum(wages: list[int], month_said: str) -> tuple[str, ...]:
    """Wages under the minimum wage of the area. Where or when none is known, nothing is said."""
    given = {"wage": min(wages), "region": settings.JANGKAU_AREA, "month": month_said}
    try:
        minimum = Decimal(str(evaluate("minimum_wage", given).values["minimum"]))
    except JangkauError:
        return ()
    below = sum(wage < minimum for wage in wages)
    if not below:
        return ()
    words = {"n": people(below), "minimum": rupiah(int(minimum))}
    return (gettext("%(n)s upah di bawah upah minimum %(minimum)s: periksa apakah seluruh upah dilaporkan.") % words,)


def _month_of_budget(heads: int, each: Month, price: Result) -> Line:
    cost = evaluate("financing", {"people": heads, "monthly": _whole(price, "total"), "months": 1})
    monthly, amount = line(price, "total"), line(cost, "amount")
    return Line(month(each.first_day), amount.value, why=(*monthly.why, *amount.why), **guessed((monthly, amount)))


def waiting_words(full_from: date, ends: date) -> tuple[str, ...]:
    """A warning when the funding ends before the full death benefit begins, or hardly after."""
    words = {"ends": day(ends), "full": day(full_from)}
    if ends < full_from:
        return (
            gettext(
                "Pendanaan berakhir %(ends)s, sebelum santunan kematian penuh (%(full)s): tak ada yang mencapainya."
            )
            % words,
        )
    if (ends - full_from).days <= CLOSE_DAYS:
        return (
            gettext(
                "Pendanaan berakhir %(ends)s, hanya sebentar setelah santunan kematian penuh (%(full)s). Cara"
                " menghitung masa tunggu belum dipastikan; tambahkan sebulan."
            )
            % words,
        )
    return ()


def relief_words(result: Result) -> tuple[str, ...]:
    """Whether a discount holds and why."""
    words = {
        "relief_applied": gettext(
            "Keringanan berlaku: sebagian JKK dan JKM tidak ditagih. JHT dan manfaat tetap penuh."
        ),
        "funding_source_excluded": gettext("Keringanan tidak berlaku: dikecualikan bila dibayar dari anggaran ini."),
        "no_relief_in_month": gettext("Tidak ada keringanan pada bulan itu."),
    }
    reason = str(result.values["reason"])
    assumed = " " + gettext("Dasarnya sebagian asumsi.") if line(result, "reason").assumed else ""
    return (words.get(reason, reason) + assumed,)
