"""Who lives in the invented regency? Families with their card, ages that fit, twins, people who died, moved or are over
65, and workers who come in from outside. Everything is drawn in arrays, nobody one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.random import Generator
from numpy.typing import NDArray

from jangkau.core.kernel import Gazetteer, RegionCode
from jangkau.core.synthetic import names, numbers, words

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

COMMUTERS = 0.05  # per resident worker
TWINS = 0.015
OVER_65, DIED, MOVED = 0.0113, 0.0081, 0.0090
_FAMILY_SIZES = (0.46, 0.30, 0.14, 0.10)  # workers per family: 1, 2, 3, 4
_YEAR = 365.25


@dataclass(frozen=True)
class Families:
    """Where everybody stands: village (index; residents only), family, place in the family, and whether a child."""

    village: Ints
    family: Ints
    position: Ints
    female: Bools
    age: NDArray[np.float64]
    mother: Ints  # index of the mother among the people, -1 when she is not one of them
    child: Bools


def invent_people(
    gazetteer: Gazetteer, area: RegionCode, places: pl.DataFrame, rng: Generator, as_of: date
) -> pl.DataFrame:
    """One line a person: residents village by village, then commuters. Columns as documented at InventedRegency."""
    families = _families(places["size"].to_numpy(), rng)
    twin, families = _twins(families, rng)
    residents = len(families.village)
    outside = _outside(gazetteer, area, round(COMMUTERS * residents), rng)
    status = _statuses(residents, rng)
    commuters = outside.height
    female = np.concatenate([families.female, rng.random(commuters) < 0.45])
    age = np.concatenate([families.age, 16 + 44 * rng.beta(1.5, 2.0, commuters)])
    no_commuter = np.zeros(commuters, dtype=np.bool_)
    old = np.append(status == "over_65", no_commuter)
    age = np.where(old, 66.1 + 8 * rng.random(len(age)), age)
    born = _birth_days(age, as_of, rng)
    born = np.where(twin >= 0, born[twin], born)
    tokens = _names(female, twin, rng)
    spelled = names.spell(tokens)
    mothers = _mothers(families, spelled, commuters, rng)
    nik, odd = _niks(gazetteer, area, places, families, outside, born, female, twin, rng)
    frame = pl.DataFrame(
        {
            "person_id": np.arange(1, len(age) + 1),
            "name": spelled,
            "title": _titles(female, age, rng),
            "sex": pl.Series(np.where(female, "P", "L")),
            "birth_date": pl.Series(born.astype(np.int32)).cast(pl.Date),
            "nik": nik,
            "nik_dob_differs": odd,
            "mother_name": mothers,
            "twin_of": pl.Series(twin + 1).replace(0, None),
            "died": np.append(status == "died", no_commuter),
            "moved_out": np.append(status == "moved_out", no_commuter),
            "over_65": born < born_limit(as_of, 65),
            "commuter": np.arange(len(age)) >= residents,
        }
    )
    return pl.concat([frame, _homes(places, families, outside, rng)], how="horizontal")


def _families(sizes: Ints, rng: Generator) -> Families:
    """Families of one to four workers; a family never spans two villages."""
    total = int(sizes.sum())
    village = np.repeat(np.arange(len(sizes)), sizes)
    drawn = np.repeat(np.arange(total), rng.choice(4, size=total, p=_FAMILY_SIZES) + 1)[:total]
    fresh = np.concatenate([[True], (drawn[1:] != drawn[:-1]) | (village[1:] != village[:-1])])
    family = np.cumsum(fresh) - 1
    head = np.flatnonzero(fresh)[family]
    position = np.arange(total) - head
    head_age = (20 + 44.5 * rng.beta(1.5, 1.7, total))[head]
    head_female = (rng.random(total) < 0.26)[head]
    married = ((rng.random(total) < 0.75)[head]) & (head_age >= 23)
    spouse = (position == 1) & married
    child = (position > 0) & ~spouse & (head_age >= 38)
    age = np.where(spouse, head_age + rng.normal(0, 3.5, total) + np.where(head_female, 3, -3), head_age)
    age = np.where(child, head_age - 19 - 14 * rng.random(total), age)
    age = np.where((position > 0) & ~spouse & ~child, head_age + 14 * (rng.random(total) - 0.5), age)
    young = 15.1 + 8 * rng.random(total)
    age = np.clip(np.where(age < 15.1, young, age), 15.1, 64.9)
    female = np.where(position == 0, head_female, np.where(spouse, ~head_female, rng.random(total) < 0.42))
    wife = np.where(head_female, head, head + 1)
    has_mother = child & (head_female | married)
    return Families(village, family, position, female, age, np.where(has_mother, wife, -1), child)


def _twins(families: Families, rng: Generator) -> tuple[Ints, Families]:
    """For each person (commuters included by the caller's padding) the index of the elder twin, or -1."""
    total = len(families.village)
    position = families.position
    second = (position == 3) & np.append(False, families.child[1:] & families.child[:-1])
    second |= (position == 1) & ~families.child & (families.mother < 0) & (families.age < 38)
    candidates = np.flatnonzero(second & (np.append(99, np.abs(np.diff(families.age))) < 9))
    count = min(len(candidates), round(total * TWINS / 2))
    chosen = rng.choice(candidates, size=count, replace=False) if count else candidates[:0]
    female, age = families.female.copy(), families.age.copy()
    female[chosen], age[chosen] = female[chosen - 1], age[chosen - 1]
    twin = np.full(total + round(COMMUTERS * total), -1, dtype=np.int64)
    twin[chosen] = chosen - 1
    return twin, Families(families.village, families.family, position, female, age, families.mother, families.child)


def _statuses(total: int, rng: Generator) -> NDArray[np.str_]:
    draw = rng.random(total)
    bounds = np.cumsum([OVER_65, DIED, MOVED])
    return np.select([draw < bounds[0], draw < bounds[1], draw < bounds[2]], ["over_65", "died", "moved_out"], "")


def _birth_days(age: NDArray[np.float64], as_of: date, rng: Generator) -> Ints:
    """Days since 1970; three in a hundred know the year only and were entered as 1 January."""
    today = (as_of - date(1970, 1, 1)).days
    days = np.floor(today - age * _YEAR).astype(np.int64)
    new_year = days.astype("datetime64[D]").astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    rounded = (rng.random(len(days)) < 0.03) & (age > 17) & (age < 63.5)
    return np.where(rounded, new_year, days)


def born_limit(as_of: date, age: int) -> int:
    """Who was born before this day (since 1970) has reached `age` on `as_of`."""
    return (date(as_of.year - age, as_of.month, min(as_of.day, 28)) - date(1970, 1, 1)).days


def _names(female: Bools, twin: Ints, rng: Generator) -> names.Tokens:
    tokens = names.draw(rng, female)
    is_twin = twin >= 0
    return names.Tokens(
        np.where(is_twin, names.twin_of(tokens.given[twin]), tokens.given),
        np.where(is_twin, tokens.middle[twin], tokens.middle),
        np.where(is_twin, tokens.last[twin], tokens.last),
    )


def _mothers(families: Families, spelled: pl.Series, commuters: int, rng: Generator) -> pl.Series:
    """Names of mothers: of the family's wife where she is one of the people, else invented; siblings share theirs."""
    total = len(families.village) + commuters
    invented = names.spell(names.draw(rng, np.ones(total, dtype=np.bool_)))
    head = np.arange(len(families.village)) - families.position
    sibling = (families.position > 0) & (families.mother < 0) & (families.age < 45)
    source = np.append(np.where(sibling, head, np.arange(len(head))), np.arange(len(head), total))
    own = np.append(families.mother, np.full(commuters, -1))
    return spelled.gather(np.maximum(own, 0)).zip_with(pl.Series(own >= 0), invented.gather(source))


def _titles(female: Bools, age: NDArray[np.float64], rng: Generator) -> pl.Series:
    draw = rng.random(len(age))
    title = np.select(
        [draw < 0.05 * (age > 40), draw > 0.996], [np.where(female, "HJ.", "H."), np.where(female, "", "UST.")], ""
    )
    return pl.Series(title)


def _niks(
    gazetteer: Gazetteer, area: RegionCode, places: pl.DataFrame, families: Families, outside: pl.DataFrame, born: Ints,
    female: Bools, twin: Ints, rng: Generator,
) -> tuple[pl.Series, Bools]:  # fmt: skip
    """NIKs of all, and for whom the date in it is not the date of birth (a clerk's slip at issue, kept for life)."""
    own = places["district_code"].str.replace_all(".", "", literal=True).cast(pl.Int64).to_numpy()
    province = {int(region.code.digits) for region in gazetteer.inside(area.at("province"), "district")}
    foreign = np.array(sorted(province | set(own.tolist())))
    residents = len(families.village)
    draw = rng.random(residents)
    prefix = np.select(
        [draw < 0.90, draw < 0.96], [own[families.village], own[rng.integers(len(own), size=residents)]],
        foreign[rng.integers(len(foreign), size=residents)],
    )  # fmt: skip
    prefix = np.where(twin[:residents] >= 0, prefix[twin[:residents]], prefix)
    slip = rng.random(len(born)) < 0.01
    digits = numbers.date_digits(np.where(slip, born - rng.integers(1, 400, len(born)), born), female)
    away = outside["prefix"].to_numpy()
    return pl.concat(
        [
            numbers.issue(prefix, digits[:residents], numbers.RESIDENT_SERIALS),
            numbers.issue(away, digits[residents:], numbers.COMMUTER_SERIALS),
        ]
    ), slip


def _outside(gazetteer: Gazetteer, area: RegionCode, count: int, rng: Generator) -> pl.DataFrame:
    """Homes of commuters: `village_code` (null when the gazetteer knows no neighbour), `birth_place`, `prefix`."""
    near = _neighbours(gazetteer, area)
    villages = [village for regency in near for village in gazetteer.inside(regency, "village")]
    if not villages:
        fallback = int(gazetteer.inside(area, "village")[0].code.digits[:6])
        return pl.DataFrame(
            {"village_code": pl.Series([None] * count, dtype=pl.String), "prefix": np.full(count, fallback)}
        ).with_columns(birth_place=pl.lit("JAKARTA"))
    drawn = rng.integers(len(villages), size=count)
    table = pl.DataFrame(
        {
            "village_code": [str(village.code) for village in villages],
            "prefix": [int(village.code.digits[:6]) for village in villages],
            "birth_place": [_short(gazetteer[village.code.at("regency")].name) for village in villages],
        }
    )
    return table[drawn]


def _neighbours(gazetteer: Gazetteer, area: RegionCode) -> list[RegionCode]:
    """The three regencies of the province nearest to the area; none when the area is the province itself."""
    if area.level == "province":
        return []
    home = area.at("regency")
    others = [region for region in gazetteer.children(area.at("province")) if region.code != home]
    if home not in gazetteer:
        return [region.code for region in others[:3]]
    here = gazetteer[home]
    if here.latitude is None or here.longitude is None:
        return [region.code for region in others[:3]]
    lat, lon = here.latitude, here.longitude
    away = [
        ((region.latitude - lat) ** 2 + (region.longitude - lon) ** 2, region.code)
        for region in others
        if region.latitude is not None and region.longitude is not None
    ]
    return [code for _, code in sorted(away)[:3]]


def _short(name: str) -> str:
    return name.removeprefix("Kabupaten ").removeprefix("Kota ").upper()


def _homes(places: pl.DataFrame, families: Families, outside: pl.DataFrame, rng: Generator) -> pl.DataFrame:
    """Family card, address and birth place of everybody."""
    residents, commuters = len(families.village), outside.height
    prefix = places["district_code"].str.replace_all(".", "", literal=True).cast(pl.Int64).to_numpy()
    count = int(families.family[-1]) + 1 if residents else 0
    heads = np.flatnonzero(families.position == 0)
    issued = numbers.date_digits(rng.integers(12_784, 20_000, count + commuters), np.zeros(count + commuters, bool))
    cards = numbers.issue(
        np.append(prefix[families.village[heads]], outside["prefix"].to_numpy()), issued, numbers.RESIDENT_SERIALS
    )
    home = np.append(families.family, count + np.arange(commuters))
    rw_count = np.append(
        (4 + places["size"].to_numpy() // 350).clip(4, 14)[families.village[heads]], np.full(commuters, 9)
    )
    rw_of_family = rng.random(count + commuters)
    rw = 1 + (rw_of_family[home] * rw_count[home]).astype(np.int64)
    rt = rng.integers(1, 7, count + commuters)[home]
    village = np.append(families.village, np.arange(commuters) % 97)
    hamlet = pl.Series(words.HAMLETS).gather((village * 7 + rw * 5) % len(words.HAMLETS))
    code = pl.concat([places["village_code"].gather(families.village), outside["village_code"].cast(pl.String)])
    born_in = pl.concat([places["regency"].str.to_uppercase().gather(families.village), outside["birth_place"]])
    elsewhere = pl.Series(["BANDUNG", "BOGOR", "CIANJUR", "JAKARTA", "GARUT"]).gather(rng.integers(5, size=len(home)))
    return pl.DataFrame(
        {
            "kk": cards.gather(home),
            "family": home,
            "position": np.append(families.position, np.zeros(commuters, dtype=np.int64)),
            "hamlet": hamlet,
            "rt": rt,
            "rw": rw,
            "village_code": code,
            "birth_place": born_in.zip_with(pl.Series(rng.random(len(home)) < 0.92), elsewhere),
        }
    )
