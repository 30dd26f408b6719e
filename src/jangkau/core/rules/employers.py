"""What kind of employer this is: JKK risk class by kind of business, scale of the enterprise and its programmes, and
whether a reported wage is below the minimum (a warning only). PP 44/2015 Lampiran I; PP 7/2021; Perpres 109/2013."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from jangkau.core.kernel import JangkauError, Month
from jangkau.core.rules.arithmetic import Rate, Whole
from jangkau.core.rules.contributions.wage_earners import MONTH, WAGE
from jangkau.core.rules.engine import Rule, run
from jangkau.core.rules.given import Input
from jangkau.core.rules.loading import book
from jangkau.core.rules.parameters import Table
from jangkau.core.rules.words import percent

ANY_MONTH = Input("month", "month", "bulan", "month", default=None)

JKK_RISK_CLASS = Rule(
    "jkk_risk_class", "Kelas risiko jenis usaha", "Risk class of a kind of business", "PP 44/2015 Lampiran I"
)
kind_form = JKK_RISK_CLASS.form(
    (Input("kind", "text", "kelas dan nomor lampiran (III-95)", "class and number of the annex (III-95)"), ANY_MONTH),
    ("business", "risk_class", "percent=class_percent"),
    dated_by="month",
)  # fmt: skip


@kind_form.step("Jenis usaha", "Kind of business", unit="words", law="PP 44/2015 Lampiran I", key="kind")
def business(kind: str, business_kinds: Table) -> str:
    return business_kinds.text(kind)


@kind_form.step("Kelas risiko", "Risk class", unit="words", law="PP 44/2015 Lampiran I")
def risk_class(kind: str) -> str:
    return kind.partition("-")[0]


@kind_form.step("Tarif dalam persen", "Rate in percent", unit="words", law="PP 44/2015 art. 16", key="risk_class")
def class_percent(risk_class: str, pu_jkk_rate: Table) -> str:
    return percent(pu_jkk_rate.rate(risk_class).fraction)


SCALE_LAW = "PP 7/2021; Perpres 109/2013 art. 6(3)"
ENTERPRISE_SCALE = Rule(
    "enterprise_scale", "Skala usaha dan program wajibnya", "Scale of an enterprise and its programmes", SCALE_LAW
)
PROGRAMMES = ("jkk", "jkm", "jht", "jp")
by_capital = ENTERPRISE_SCALE.form(
    (Input("capital", "money", "modal tanpa tanah dan bangunan", "capital without land and buildings"), ANY_MONTH),
    ("scale", "programmes"),
    dated_by="month",
)
by_sales = ENTERPRISE_SCALE.form(
    (Input("sales", "money", "penjualan setahun", "yearly sales"), ANY_MONTH), ("scale", "programmes"), dated_by="month"
)


def _scale(amount: int, bounds: Table) -> str:
    for key, most in zip(bounds.keys, bounds.wholes(), strict=True):
        if amount <= most:
            return key
    return "large"


@by_capital.step("Skala usaha", "Scale", unit="code", law="PP 7/2021", name="scale")
def scale_by_capital(capital: int, scale_capital_to: Table) -> str:
    return _scale(capital, scale_capital_to)


@by_sales.step("Skala usaha", "Scale", unit="code", law="PP 7/2021", name="scale")
def scale_by_sales(sales: int, scale_sales_to: Table) -> str:
    return _scale(sales, scale_sales_to)


@by_capital.step(
    "Program wajib", "Programmes that are a must", unit="words", law="Perpres 109/2013 art. 6(3)", key="scale"
)
@by_sales.step(
    "Program wajib", "Programmes that are a must", unit="words", law="Perpres 109/2013 art. 6(3)", key="scale"
)
def programmes(scale: str, scale_programmes: Table) -> str:
    return ",".join(PROGRAMMES[: int(scale_programmes.whole(scale))])


def programmes_by_scale(day: date) -> dict[str, tuple[str, ...]]:
    """The programmes that employers of each scale (micro, small, medium, large) must take on a day.

    >>> programmes_by_scale(date(2026, 10, 31))["small"]
    ('jkk', 'jkm', 'jht')
    """
    must = book()["scale_programmes"].on(day).content
    assert isinstance(must, Table)
    return {scale: PROGRAMMES[:number] for scale, number in zip(must.keys, must.wholes(), strict=True)}


def arrears_classes(day: date) -> dict[str, int]:
    """The first month in arrears of each class (current, less_current, doubtful, bad, contingent) that is known. The
    rule in force is internal to BPJS Ketenagakerjaan: assumed.

    >>> arrears_classes(date(2026, 10, 31))
    {'current': 1, 'less_current': 4, 'bad': 7, 'contingent': 10}
    """
    bounds = book()["arrears_classes"].on(day).content
    assert isinstance(bounds, Table)
    return dict(zip(bounds.keys, bounds.wholes(), strict=True))


def arrears_ranges(first_months: Mapping[str, int]) -> dict[str, tuple[int, int | None]]:
    """The months in arrears of each class, first and last (None: no last), from the first month of each.

    >>> arrears_ranges({"bad": 7, "current": 1})
    {'current': (1, 6), 'bad': (7, None)}
    """
    ordered = sorted(first_months.items(), key=lambda entry: entry[1])
    ends = [first - 1 for _, first in ordered[1:]] + [None]
    return {name: (first, last) for (name, first), last in zip(ordered, ends, strict=True)}


MINIMUM_WAGE = Rule(
    "minimum_wage", "Upah di bawah upah minimum", "Wage below the minimum wage", "PP 36/2021, PP 51/2023, PP 49/2025"
)
minimum_form = MINIMUM_WAGE.form(
    (WAGE, Input("region", "choice", "kode wilayah", "region code", ("32.02", "32.72", "32")), MONTH),
    ("minimum", "below"),
    dated_by="month",
)


@minimum_form.step(
    "Upah minimum", "Minimum wage", unit="rupiah", law="PP 36/2021, PP 51/2023, PP 49/2025", key="region"
)
def minimum_rate(region: str, minimum_wage: Table) -> Rate:
    return minimum_wage.rate(region)


@minimum_form.step("Upah minimum, ditulis", "Minimum wage, written", unit="words")
def minimum(minimum_rate: Rate) -> str:
    return _written(minimum_rate)


@minimum_form.step("Di bawah upah minimum (peringatan)", "Below the minimum wage (a warning)", unit="flag")
def below(wage: Whole, minimum_rate: Rate) -> bool:
    return Fraction(int(wage)) < minimum_rate.fraction


FLOOR_LAW = "PP 36/2021 art. 36(2)"
SMALL_FIRM_WAGE = Rule(
    "small_firm_wage", "Upah usaha mikro dan kecil di bawah batasnya", "Wage of a micro or small firm below its floor",
    FLOOR_LAW,
)  # fmt: skip
floor_form = SMALL_FIRM_WAGE.form(
    (WAGE, Input("province", "choice", "kode provinsi", "province code", ("32",)), MONTH),
    ("by_consumption", "by_poverty_line", "floor", "below"),
    dated_by="month",
)


@floor_form.step(
    "Bagian dari konsumsi rata-rata", "Part of mean consumption", unit="rupiah", law=FLOOR_LAW, key="province"
)
def consumption_rate(province: str, mean_consumption: Table, small_firm_share: Table) -> Rate:
    return Rate.of(mean_consumption.rate(province).fraction * small_firm_share.rate("consumption").fraction)


@floor_form.step(
    "Bagian dari garis kemiskinan", "Part of the poverty line", unit="rupiah", law=FLOOR_LAW, key="province"
)
def poverty_rate(province: str, poverty_line: Table, small_firm_share: Table) -> Rate:
    return Rate.of(poverty_line.rate(province).fraction * small_firm_share.rate("poverty_line").fraction)


@floor_form.step("Batas upah, yang lebih tinggi", "Floor, the higher of both", unit="rupiah", law=FLOOR_LAW)
def floor_rate(consumption_rate: Rate, poverty_rate: Rate) -> Rate:
    return Rate.of(max(consumption_rate.fraction, poverty_rate.fraction))


@floor_form.step("Menurut konsumsi, ditulis", "By consumption, written", unit="words")
def by_consumption(consumption_rate: Rate) -> str:
    return _written(consumption_rate)


@floor_form.step("Menurut garis kemiskinan, ditulis", "By the poverty line, written", unit="words")
def by_poverty_line(poverty_rate: Rate) -> str:
    return _written(poverty_rate)


@floor_form.step("Batas upah, ditulis", "Floor, written", unit="words")
def floor(floor_rate: Rate) -> str:
    return _written(floor_rate)


@floor_form.step("Di bawah batas upah", "Below the floor", unit="flag", name="below")
def below_floor(wage: Whole, floor_rate: Rate) -> bool:
    return Fraction(int(wage)) < floor_rate.fraction


def least_wages(region: str, day: date) -> tuple[int | None, int | None]:
    """The minimum wage of a regency (its code) on a day and the floor of micro and small firms in its province: whole
    rupiah a month, cents dropped; None where no figure is in force.

    >>> least_wages("32.02", date(2026, 10, 31))
    (3831926, 840000)
    """
    told = {"wage": 0, "month": str(Month.of(day))}
    return (
        _least(MINIMUM_WAGE, told | {"region": region}, "minimum"),
        _least(SMALL_FIRM_WAGE, told | {"province": region[:2]}, "floor"),
    )


def _least(rule: Rule, given: Mapping[str, object], name: str) -> int | None:
    try:
        return int(str(run(rule, given, book()).values[name]).partition(".")[0])
    except JangkauError:
        return None


def _written(rate: Rate) -> str:
    cents = int(rate.fraction * 100)
    return f"{cents // 100}.{cents % 100:02d}"
