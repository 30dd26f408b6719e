"""Who employs in the invented regency? Village offices, public offices and firms, each with the state in which an
inspector would truly find it: registered, not registered (PWBD), partly registered (PDS), in arrears (TUNGGAKAN)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.random import Generator
from numpy.typing import NDArray

from jangkau.core.synthetic import numbers, words

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SCALES = ("MIKRO", "KECIL", "MENENGAH", "BESAR")
UNREGISTERED = 0.20  # of the firms' workers
_WORKERS_PER_FIRM = 13
_NEAR_HOME = 0.55  # of the workers find work in their own district
_HIDING = np.array([0.55, 0.30, 0.08, 0.01])  # inclination not to register, by scale
_FINDINGS = {  # share of registered firms, by scale
    "TUNGGAKAN": np.array([0.08, 0.07, 0.04, 0.02]),
    "PDS_TK": np.array([0.02, 0.09, 0.15, 0.10]),
    "PDS_UPAH": np.array([0.01, 0.05, 0.06, 0.04]),
    "PDS_PROGRAM": np.array([0.00, 0.03, 0.02, 0.00]),
}
_PROGRAMMES = ("JKK,JKM", "JKK,JKM,JHT", "JKK,JKM,JHT,JP", "JKK,JKM,JHT,JP")


class Employers(NamedTuple):
    """The employers, whom each person works for (row of the frame, -1: nobody) and the scale of each (0 to 3)."""

    frame: pl.DataFrame
    of_person: Ints
    scale: Ints


def invent_employers(
    village: Ints, wage: Bools, civil: Bools, official: Bools, fit: Bools, places: pl.DataFrame, rng: Generator
) -> Employers:
    """Columns of the frame: `employer_id, kind (desa, gov, firm), name, form, trade (row of the trades, -1), scale,
    village_code, workers_true, status, arrears_months, programmes, programmes_required, nib, npp, in_oss, in_wlkp`.
    nib and npp are null where there is none; workers_true counts those who are `fit`.
    `village` is an index into places, -1 for those from outside."""
    district = places["district_code"].rank("dense").cast(pl.Int64).to_numpy() - 1
    offices = int(district.max()) + 1
    of_person = np.full(len(village), -1, dtype=np.int64)
    of_person[official] = village[official]
    public = np.flatnonzero(civil)
    of_person[public] = places.height + district[village[public]] * 2 + rng.integers(2, size=len(public))
    hands = np.flatnonzero(wage & ~civil & ~official)
    first = places.height + 2 * offices
    seat, size = _seats(len(hands), places, rng)
    of_person[hands] = first + _choose(
        np.where(village[hands] >= 0, district[village[hands]], -1), district[seat], size, rng
    )
    workers = np.bincount(of_person[(of_person >= 0) & fit], minlength=first + len(seat)).astype(np.int64)
    scale = np.digitize(workers, [5, 20, 100]).astype(np.int64)
    scale[:first] = 1
    firms = _firm_names(len(seat), scale[first:], rng)
    frame = pl.concat([_public_bodies(places), firms.with_columns(village_code=places["village_code"].gather(seat))])
    frame = frame.with_columns(employer_id=np.arange(1, frame.height + 1), workers_true=workers)
    pull = np.append(np.ones(first), places["industry"].to_numpy()[seat])
    return Employers(_with_states(frame, scale, pull, rng), of_person, scale)


def _seats(hands: int, places: pl.DataFrame, rng: Generator) -> tuple[Ints, NDArray[np.float64]]:
    """Village and relative size of each firm: many small ones, few large ones."""
    count = max(3, hands // _WORKERS_PER_FIRM)
    weight = places["size"].to_numpy() * places["industry"].to_numpy() ** 1.3
    return rng.choice(places.height, size=count, p=weight / weight.sum()), np.minimum(
        rng.pareto(1.1, count) + 0.1, 300.0
    )


def _choose(home: Ints, seat: Ints, size: NDArray[np.float64], rng: Generator) -> Ints:
    """The firm of each worker: often in the own district, else anywhere, large firms more often."""
    chosen = rng.choice(len(size), size=len(home), p=size / size.sum())
    near = rng.random(len(home)) < _NEAR_HOME
    for district in np.unique(seat):
        firms = np.flatnonzero(seat == district)
        people = np.flatnonzero(near & (home == district))
        weight = size[firms] / size[firms].sum()
        chosen[people] = firms[rng.choice(len(firms), size=len(people), p=weight)]
    return np.asarray(chosen, dtype=np.int64)


def _public_bodies(places: pl.DataFrame) -> pl.DataFrame:
    villages = places.select(
        kind=pl.lit("desa"),
        name=pl.format("PEMERINTAH DESA {}", pl.col("village").str.to_uppercase()),
        village_code="village_code",
    )
    districts = places.unique("district_code", keep="first", maintain_order=True).sort("district_code")
    name = pl.col("district").str.to_uppercase()
    both = pl.concat(
        [
            districts.select("village_code", order="district_code", name=pl.format("KANTOR KECAMATAN {}", name)),
            districts.select(
                "village_code", order="district_code", name=pl.format("UPTD PENDIDIKAN KECAMATAN {}", name)
            ),
        ]
    ).sort("order", "name")
    offices = both.select("name", "village_code", kind=pl.lit("gov"))
    columns = ["kind", "name", "form", "trade", "village_code"]
    return (
        pl.concat([villages, offices], how="diagonal")
        .with_columns(form=pl.lit(""), trade=pl.lit(-1, pl.Int64))
        .select(columns)
    )


def _firm_names(count: int, scale: Ints, rng: Generator) -> pl.DataFrame:
    """Names that no two firms share: a walk through all combinations of the words."""
    kinds = (words.FIRM_HEADS, words.FIRM_TAILS, words.FIRM_ENDS, words.FIRM_HEADS)
    total = len(words.TRADES) * int(np.prod([len(kind) for kind in kinds]))
    code = (int(rng.integers(total)) + np.arange(count, dtype=np.int64) * 104_729) % total
    code, trade = np.divmod(code, len(words.TRADES))
    picked = []
    for kind in kinds:
        code, index = np.divmod(code, len(kind))
        picked.append(pl.Series(kind).gather(index))
    word = pl.Series([name for _, _, name in words.TRADES]).gather(trade)
    form = np.where(scale >= 2, "PT", np.where(scale == 1, "CV", np.where(rng.random(count) < 0.5, "UD", "")))
    parts = pl.DataFrame({"head": picked[0] + picked[1], "word": word, "more": picked[3], "end": picked[2]})
    return parts.select(
        kind=pl.lit("firm"),
        name=pl.concat_str("head", "word", "more", "end", separator=" "),
        form=pl.Series(form),
        trade=trade,
    )


def _with_states(frame: pl.DataFrame, scale: Ints, pull: NDArray[np.float64], rng: Generator) -> pl.DataFrame:
    count = frame.height
    workers = frame["workers_true"].to_numpy()
    firm = (frame["kind"] == "firm").to_numpy()
    hidden = _hiding(workers, firm, scale, pull, rng)
    draw, status = rng.random(count), np.full(count, "ok", dtype=object)
    floor = np.zeros(count)
    for finding, shares in _FINDINGS.items():
        share = shares[scale] * (workers > (2 if finding.startswith("PDS") else 0))
        status[firm & (draw >= floor) & (draw < floor + share)] = finding
        floor = floor + share
    status[hidden] = "PWBD"
    state = status.astype(str)
    required = np.where(firm, scale, np.where((frame["kind"] == "desa").to_numpy(), 1, 0))
    given = np.where(state == "PDS_PROGRAM", np.maximum(required - 1, 0), required)
    registered = ~hidden & (workers > 0)
    arrears = np.where(state == "TUNGGAKAN", rng.integers(4, 15, count), 0)
    names = pl.Series(SCALES).gather(scale)
    none = pl.Series([None], dtype=pl.String)
    return frame.with_columns(
        status=pl.Series(state),
        scale=names.zip_with(pl.Series(firm), pl.Series(["PEMERINTAH"])),
        arrears_months=pl.Series(arrears),
        programmes=pl.Series(_PROGRAMMES).gather(given),
        programmes_required=pl.Series(_PROGRAMMES).gather(required),
        nib=numbers.unlike(count, 13, rng).zip_with(pl.Series(firm), none),
        npp=numbers.unlike(count, 8, rng).zip_with(pl.Series(registered), none),
        in_oss=pl.Series(firm & (rng.random(count) < 0.9)),
        in_wlkp=pl.Series(firm & (workers > 0) & (rng.random(count) < np.array([0.12, 0.45, 0.85, 1.0])[scale])),
    )


def _hiding(workers: Ints, firm: Bools, scale: Ints, pull: NDArray[np.float64], rng: Generator) -> Bools:
    """Firms that are not registered: drawn by inclination until they hold their share of the workers."""
    inclined = _HIDING[scale] / pull**0.5
    key = np.where(firm & (workers > 0), rng.random(len(workers)) ** (1 / inclined), -1.0)
    order = np.argsort(-key, kind="stable")
    order = order[key[order] > 0]
    together = np.cumsum(workers[order])
    hidden = np.zeros(len(workers), dtype=np.bool_)
    hidden[order[together <= UNREGISTERED * workers[firm].sum()]] = True
    return hidden
