"""Which villages does the invented regency have, how many workers each, and what are they like?
Names, codes and coordinates are those of the gazetteer; sizes and shares are invented."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import polars as pl
from numpy.random import Generator
from numpy.typing import NDArray

from jangkau.core.kernel import Gazetteer, Refused, Region, RegionCode, Unknown

FEWEST = 20  # workers a village must have to be drawn at all

# Factories stand in the north-east of Kabupaten Sukabumi; the south farms and fishes. Weights are invented.
_FACTORIES = {
    "32.02.16": 3.0, "32.02.13": 2.7, "32.02.17": 2.5, "32.02.11": 2.4, "32.02.10": 2.2, "32.02.36": 2.2,
    "32.02.14": 1.7, "32.02.33": 1.6, "32.02.29": 1.5, "32.02.12": 1.5, "32.02.32": 1.3, "32.02.34": 1.3,
    "32.02.35": 1.2, "32.02.47": 1.2, "32.02.27": 1.2, "32.02.15": 1.2, "32.02.01": 1.1, "32.02.28": 1.1,
}  # fmt: skip
_COAST = {f"32.02.{number:02d}" for number in (1, 2, 3, 5, 22, 24, 25, 26, 45)}


def choose_places(gazetteer: Gazetteer, area: RegionCode, workers: int, rng: Generator) -> pl.DataFrame:
    """One line for every village that takes part: `village_code, village, district_code, district, regency,
    regency_name, size` (workers who live there), `industry` (weight of factories, about 1 on average), `coast`,
    `name_is_shared` (with another village of the area). When there are too few workers for all villages, only
    districts around the first one take part. Raises Unknown when the gazetteer knows no village of the area, Refused
    when there is nobody to spread.

    >>> g = Gazetteer.parse("32.02|Kabupaten Sukabumi||\\n32.02.16|Cicurug||\\n32.02.16.2002|Nyangkowek||")
    >>> choose_places(g, RegionCode("32.02"), 30, np.random.default_rng(1)).row(0)[:5]
    ('32.02.16.2002', 'Nyangkowek', '32.02.16', 'Cicurug', 'Sukabumi')
    """
    if workers < 1:
        raise Refused("Jumlah pekerja paling sedikit 1.", "The number of workers must be at least 1.")
    districts = gazetteer.inside(area, "district") if area.level != "village" else [gazetteer[area.at("district")]]
    villages = {found.code: gazetteer.inside(found.code, "village") for found in districts}
    if area.level == "village":
        villages = {districts[0].code: [gazetteer[area]]}
    districts = [found for found in districts if villages[found.code]]
    if not districts:
        raise Unknown(
            f"Daftar wilayah tidak memuat desa di {area}. Pilih wilayah lain.",
            f"The gazetteer knows no village of {area}. Choose another area.",
        )
    chosen = _fitting(districts, villages, max(1, workers // FEWEST))
    industry, coast = _character(districts, rng)
    named = Counter(region.name.lower() for inside in villages.values() for region in inside)
    frame = _frame(gazetteer, chosen, industry, coast, workers, rng)
    return frame.with_columns(name_is_shared=pl.Series([named[region.name.lower()] > 1 for region in chosen]))


def _fitting(districts: list[Region], villages: dict[RegionCode, list[Region]], room: int) -> list[Region]:
    """Villages of whole districts, nearest to the first district first, as long as there is room."""
    first = districts[0]
    near = sorted(districts, key=lambda region: (_distance(first, region), region.code))
    chosen: list[Region] = []
    for region in near:
        if chosen and len(chosen) + len(villages[region.code]) > room:
            break
        chosen += villages[region.code]
    return sorted(chosen[:room])


def _distance(one: Region, other: Region) -> float:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return 0.0 if one.code == other.code else 1.0
    return math.hypot(one.latitude - other.latitude, one.longitude - other.longitude)


def _character(districts: list[Region], rng: Generator) -> tuple[dict[str, float], set[str]]:
    """Industry weight of each district and the districts by the sea."""
    angle = rng.uniform(0, 2 * math.pi)  # drawn in any case, so that the rest does not depend on the area
    if all(region.code.startswith("32.02.") for region in districts):
        return {region.code: _FACTORIES.get(region.code, 0.6) for region in districts}, _COAST
    lat = _standard([region.latitude for region in districts])
    lon = _standard([region.longitude for region in districts])
    weight = np.exp(0.45 * (math.cos(angle) * lon + math.sin(angle) * lat))
    far = np.quantile(weight, 0.2)
    codes = [region.code for region in districts]
    return dict(zip(codes, weight.tolist(), strict=True)), {
        c for c, w in zip(codes, weight, strict=True) if w <= far and len(codes) > 1
    }


def _standard(values: list[float | None]) -> NDArray[np.float64]:
    known = [value for value in values if value is not None]
    middle = float(np.mean(known)) if known else 0.0
    spread = float(np.std(known)) if known else 0.0
    return np.array([((middle if v is None else v) - middle) / (spread or 1.0) for v in values])


def _frame(
    gazetteer: Gazetteer,
    chosen: list[Region],
    industry: dict[str, float],
    coast: set[str],
    workers: int,
    rng: Generator,
) -> pl.DataFrame:
    district = [region.code.at("district") for region in chosen]
    weight = rng.lognormal(0, 0.35, len(chosen)) * np.array(
        [1.5 if region.code.is_kelurahan else 1.0 for region in chosen]
    )
    weight *= np.array([industry[code] for code in district]) ** 0.25
    floor = min(FEWEST, workers // len(chosen))
    return pl.DataFrame(
        {
            "village_code": [str(region.code) for region in chosen],
            "village": [region.name for region in chosen],
            "district_code": [str(code) for code in district],
            "district": [gazetteer[code].name for code in district],
            "regency": [_short(gazetteer, region.code.at("regency")) for region in chosen],
            "regency_name": [_full(gazetteer, region.code.at("regency")) for region in chosen],
            "size": floor + apportion(weight, workers - floor * len(chosen)),
            "industry": [industry[code] for code in district],
            "coast": [code in coast for code in district],
        }
    )


def _full(gazetteer: Gazetteer, code: RegionCode) -> str:
    return gazetteer[code].name if code in gazetteer else str(code)


def _short(gazetteer: Gazetteer, code: RegionCode) -> str:
    return _full(gazetteer, code).removeprefix("Kabupaten ").removeprefix("Kota ")


def apportion(weight: NDArray[np.float64], total: int) -> NDArray[np.int64]:
    """Whole numbers that add up to `total`, in proportion to `weight` (largest remainders).

    >>> apportion(np.array([1.0, 1.0, 2.0]), 5).tolist()
    [1, 1, 3]
    """
    exact: NDArray[np.float64] = weight / weight.sum() * total
    whole: NDArray[np.int64] = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - whole), kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return whole
