"""What speaks for and against two records being the same person, in bits (log2 of how much likelier the agreement is
among records of one person than among those of two; Fellegi and Sunter 1969), the rule that names the evidence, and
the cases in which bits may not be added up because the evidence is not independent: twins, namesakes, shared NIK."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA

from jangkau.core.linkage import resemblance
from jangkau.core.linkage.resemblance import Bools, may_agree, name_levels

# Weights in bits. Each is a round reading of the lists seen so far; a trained model may replace them.
NIK_SAME, NIK_FAR = 34.0, -8.0
NIK_NEAR, NIK_NEAR_BESIDE_DAY = 12.0, -3.0  # whoever is born on the same day has a similar NIK anyway
KPJ_SAME = 24.0
DAY_NEAR, DAY_FAR = 1.0, -8.0  # the same day weighs as much as it is rare: little on 1 January
DAY_SAME_BESIDE_NIK = 3.0  # the NIK contains the date: little is added
SEX_SAME, SEX_FAR = 1.0, -5.0
PLACE_FAR, DISTRICT_FAR = -3.0, -5.0
HOME_FAR = -2.0  # where one side is known by its NIK alone: most people stay in their district
RT_SAME, RT_FAR = 4.0, -4.0
KK_SAME, KK_FAR = 6.0, -1.0
MOTHER_SAME, MOTHER_FAR = 5.0, -4.0
PHONE_SAME = 4.0
SAME_LIST = -2.0  # a list seldom holds a person twice

_GATHERED = (
    "list_id", "name_id", "mother_id", "nik", "kk", "kpj", "phone", "sex", "day", "day_bits", "dated", "clean",
    "village", "district", "home", "rt", "rw",
)  # fmt: skip


def weigh(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, forms: pl.DataFrame, size: int) -> pl.DataFrame:
    """`pairs` (left, right) with `bits` (f64, the prior odds of 1 to `size` included), `rule` (str) and `contrary`
    (bool: speaks for two people). Pairs with different names and no number in common are left out."""
    named = pairs.with_columns(
        left_name=left["name_id"].gather(pairs["left"]), right_name=right["name_id"].gather(pairs["right"])
    )
    named = named.with_columns(number_equal=_equal_number(pairs, left, right))
    named = name_levels(named, forms)
    named = named.filter(pl.col("number_equal") | (pl.col("name_level") < resemblance.LOOSE))
    both = pl.concat(
        [
            named.select("left", "right", "name_level", "name_bits"),
            left.select(_GATHERED)[named["left"]],
            right.select(_GATHERED)[named["right"]].rename({c: f"{c}_r" for c in _GATHERED}),
        ],
        how="horizontal",
    )
    both = both.with_columns(nik_edits=_nik_edits(both), mother_level=_mother_level(both, forms))
    both = _agreements(both, size)
    return both.select("left", "right", bits=_capped(_sum_of_bits(size)), rule=_rule(), contrary=_contrary())


def worth_weighing(left: pl.DataFrame, right: pl.DataFrame, forms: pl.DataFrame) -> Callable[[pl.DataFrame], Bools]:
    """Tells of pairs (left, right) which of them `weigh` may keep. Most that share a birth date and a village are not
    among them, and to say so costs little."""
    named = may_agree(left, right, forms)
    return lambda pairs: named(pairs) | _equal_number(pairs, left, right).to_numpy()


def _equal_number(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    equal = pl.Series(np.zeros(pairs.height, dtype=bool))
    for column in ("nik", "kpj"):
        same = left[column].gather(pairs["left"]) == right[column].gather(pairs["right"])
        equal = equal | same.fill_null(False)
    return equal


def _nik_edits(both: pl.DataFrame) -> pl.Series:
    """Digits that differ between two NIKs (a swapped pair counts once): 0, 1, 2, or 3 for more; null when one is
    missing."""
    known = both.select(pl.col("nik").is_not_null() & pl.col("nik_r").is_not_null()).to_series()
    at = known.arg_true()
    edits = process.cpdist(
        both["nik"].gather(at).cast(pl.String).to_list(),
        both["nik_r"].gather(at).cast(pl.String).to_list(),
        scorer=OSA.distance, score_cutoff=2, workers=-1, dtype=np.uint8,
    )  # fmt: skip
    found = pl.DataFrame({"at": at, "edits": pl.Series(edits, dtype=pl.UInt8)})
    whole = pl.DataFrame({"at": pl.arange(0, both.height, eager=True).cast(at.dtype)})
    return whole.join(found, on="at", how="left", maintain_order="left")["edits"]


def _mother_level(both: pl.DataFrame, forms: pl.DataFrame) -> pl.Series:
    mothers = both.select(left_name="mother_id", right_name="mother_id_r")
    return name_levels(mothers, forms)["name_level"]


def _agreements(both: pl.DataFrame, size: int) -> pl.DataFrame:
    day, other = pl.col("day"), pl.col("day_r")
    parts = sum(((day // unit % 100) == (other // unit % 100)).cast(pl.Int8) for unit in (1, 100, 10_000))
    swapped = (day // 10_000 == other // 100 % 100) & (day // 100 % 100 == other // 10_000) & (day % 100 == other % 100)
    equal = {
        c: pl.col(c) == pl.col(f"{c}_r") for c in ("nik", "kk", "kpj", "phone", "sex", "day", "village", "district")
    }
    return both.with_columns(
        **{f"{c}_same": value for c, value in equal.items()},
        home_same=pl.coalesce("district", "home") == pl.coalesce("district_r", "home_r"),
        rt_same=(pl.col("rt") == pl.col("rt_r")) & (pl.col("rw") == pl.col("rw_r")),
        day_near=(parts == 2) | swapped,
        both_dated=pl.col("dated") & pl.col("dated_r"),
        both_clean=pl.col("clean") & pl.col("clean_r"),
        same_list=(pl.col("list_id") == pl.col("list_id_r")).fill_null(False),
        successive=((pl.col("nik") - pl.col("nik_r")).abs() <= 3).fill_null(False),
        mother_same=pl.col("mother_level") < resemblance.LOOSE,
    )


def _three(column: str, same: pl.Expr | float, far: pl.Expr | float) -> pl.Expr:
    """Bits when equal, when different, none when unknown."""
    return pl.when(pl.col(column)).then(same).when(~pl.col(column)).then(far).otherwise(0.0)


def _sum_of_bits(size: int) -> pl.Expr:
    """`size` is the number of people among whom one is looked for."""
    nik = (
        pl.when(pl.col("nik_same")).then(NIK_SAME)
        .when((pl.col("nik_edits") <= 1) & pl.col("day_same").fill_null(False)).then(NIK_NEAR_BESIDE_DAY)
        .when(pl.col("nik_edits") <= 1).then(NIK_NEAR)
        .when(pl.col("nik_edits") > 1).then(NIK_FAR)
        .otherwise(0.0)
    )  # fmt: skip
    day_same = pl.when(pl.col("nik_same").fill_null(False)).then(DAY_SAME_BESIDE_NIK).otherwise(pl.col("day_bits"))
    day_far = (
        pl.when(pl.col("day_near")).then(DAY_NEAR)
        .when(pl.col("both_dated")).then(DAY_FAR)
        .when(pl.col("nik_edits") <= 1).then(0.0)
        .otherwise(DAY_FAR / 2)  # read from a NIK, perhaps a mistyped one
    )  # fmt: skip
    # The more people, the more villages: one village holds about 3,000 workers, a district about 25,000.
    village, district = (min(8.5, max(2.0, math.log2(size / n))) for n in (400, 4_000))
    place = (
        pl.when(pl.col("village_same")).then(village)
        .when(pl.col("district_same") & pl.col("village_same").is_null()).then(district)
        .when(pl.col("district_same")).then(PLACE_FAR)
        .when(~pl.col("district_same")).then(DISTRICT_FAR)
        .when(pl.col("nik_same")).then(0.0)
        .when(pl.col("home_same")).then(district - 0.5)
        .when(~pl.col("home_same")).then(HOME_FAR)
        .otherwise(0.0)
    )  # fmt: skip
    return (
        -math.log2(max(size, 2))
        + pl.col("name_bits").fill_null(0.0)
        + nik
        + pl.when(pl.col("kpj_same")).then(KPJ_SAME).otherwise(0.0)
        + _three("day_same", day_same, day_far)
        + _three("sex_same", SEX_SAME, SEX_FAR)
        + place
        + pl.when(pl.col("village_same")).then(_three("rt_same", RT_SAME, RT_FAR)).otherwise(0.0)
        + _three("kk_same", KK_SAME, KK_FAR)
        + _three("mother_same", MOTHER_SAME, MOTHER_FAR)
        + pl.when(pl.col("phone_same")).then(PHONE_SAME).otherwise(0.0)
        + pl.when(pl.col("same_list")).then(SAME_LIST).otherwise(0.0)
    )


def _level(*levels: int) -> pl.Expr:
    return pl.col("name_level").is_in(levels).fill_null(False)


def _contrary() -> pl.Expr:
    """Two people, whatever else agrees: names of siblings under two sound NIKs; a NIK shared by two names and dates."""
    two_niks = pl.col("both_clean") & ~pl.col("nik_same").fill_null(True)
    shared = pl.col("nik_same").fill_null(False) & _level(resemblance.DIFFERENT) & ~pl.col("day_same").fill_null(True)
    return ((two_niks & _level(resemblance.SIBLING)) | shared).fill_null(False)


def _capped(bits: pl.Expr) -> pl.Expr:
    """Evidence that twins and families share cannot prove more than it says."""
    nik_same = pl.col("nik_same").fill_null(False)
    number = nik_same | pl.col("kpj_same").fill_null(False)
    sibling = _level(resemblance.SIBLING) & ~number
    successive = pl.col("both_clean") & pl.col("successive") & ~nik_same & ~_level(resemblance.SAME)
    far = pl.col("both_dated") & ~pl.col("day_same").fill_null(True) & ~pl.col("day_near").fill_null(True)
    doubtful = number & (_level(resemblance.DIFFERENT) | (_level(resemblance.LOOSE) & far))
    return (
        pl.when(_contrary()).then(-20.0)
        .when(sibling | successive).then(pl.min_horizontal(bits, -0.5))
        .when(doubtful & pl.col("day_same") & pl.col("both_dated")).then(pl.min_horizontal(bits, 1.0))
        .when(doubtful).then(pl.min_horizontal(bits, -0.5))
        .when(number & _level(resemblance.LOOSE) & ~pl.col("both_dated")).then(pl.min_horizontal(bits, 1.0))
        .otherwise(bits)
    )  # fmt: skip


def _rule() -> pl.Expr:
    """The name of the strongest evidence; `explanations` has a sentence for each."""
    nik, day = pl.col("nik_same").fill_null(False), pl.col("day_same").fill_null(False)
    village, district = pl.col("village_same").fill_null(False), pl.col("district_same").fill_null(False)
    named, family = pl.col("name_level") < resemblance.DIFFERENT, pl.col("kk_same") | pl.col("mother_same")
    rules = (
        ("nik_name", nik & named.fill_null(False)),
        ("nik_birth_date", nik & pl.col("name_level").is_null() & day),
        ("nik_alone", nik & pl.col("name_level").is_null()),
        ("nik_shared", nik),
        ("kpj_name", pl.col("kpj_same") & (named | pl.col("name_level").is_null())),
        ("kpj_shared", pl.col("kpj_same")),
        ("nik_near", pl.col("nik_edits") <= 1),
        ("sibling_name", _level(resemblance.SIBLING)),
        ("name_birth_date_village", day & village),
        ("name_birth_date_family", day & family),
        ("name_birth_date_district", day & district),
        ("name_birth_date", day),
        ("name_village_rt", pl.col("rt_same") & village),
        ("name_family", family),
    )
    return pl.coalesce(*(pl.when(when).then(pl.lit(name)) for name, when in rules), pl.lit("name_village"))
