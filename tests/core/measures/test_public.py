"""Everything the public gets of two months is attacked: whoever adds, subtracts and bounds all published counts finds
no count below the threshold. The attacker is written apart from the code it attacks and knows how it works."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import polars as pl
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack, vstack

from jangkau.core.kernel import Gazetteer, RegionCode
from jangkau.core.measures import PublicTables, build_cube, coverage_table, place_people, public_tables, standing_of
from jangkau.core.measures.disclosure import THRESHOLD
from jangkau.core.measures.occupations import SECTORS
from jangkau.core.measures.slices import employment_of, slices, with_payers
from jangkau.core.synthetic import invent

AREA = RegionCode("32.02")
MONTHS = (date(2026, 9, 30), date(2026, 10, 31))
COUNTS = ("workers", "covered", "uncovered")
Cell = tuple[str, str, str, str]  # region, dimension, value, count


@cache
def month(on: date, per_district: int) -> tuple[dict[Cell, int], PublicTables]:
    """The true counts of a month, and what is published of them: four districts of six villages, one hardly settled."""
    lines = ["32|Jawa Barat|-6.9|107.5", "32.02|Kabupaten A|-7.0|106.7", "32.03|Kabupaten B|-7.0|106.9"]
    for regency, districts in (("32.02", 4), ("32.03", 2)):
        for district in range(1, districts + 1):
            code = f"{regency}.{district:02d}"
            lines.append(f"{code}|Kecamatan {district}|-7.0|106.{district}")
            lines += [f"{code}.{2000 + v}|Desa {district}-{v}|-7.0|106.{district}{v}" for v in range(1, 7)]
    gazetteer = Gazetteer.parse("\n".join(lines))
    regency = invent(gazetteer, area=AREA, workers=4 * per_district, seed=5, as_of=on)
    addressed = pl.col("person_id") % 11 > 0  # of every eleventh nobody states the address
    home = pl.when(pl.col("commuter")).then(pl.lit("32.03.01.2001")).otherwise(pl.when(addressed).then("village_code"))
    people = regency.people.select(
        "person_id", "nik", "sex", "birth_date", "occupation", "moved_out", village_code=home,
        district_code=home.str.slice(0, 8), segment=pl.col("segment_work").str.to_lowercase(), deceased="died",
    )  # fmt: skip
    members = regency.memberships.select(
        "person_id", "npp", "since", "paid_until", monthly_income="wage", segment=pl.col("segment").str.to_lowercase()
    )
    nobody = pl.DataFrame(schema={"npp": pl.String(), "district_code": pl.String()})
    stood = standing_of(place_people(people, members, nobody, AREA), members, on, native_digits=AREA.digits)
    told = employment_of(members, members.select("person_id", "monthly_income").clear())
    stood = stood.join(told, on="person_id", how="left").with_columns(agent=pl.lit(None, dtype=pl.String))
    lists = people.filter(pl.col("person_id") % 400 == 1).select("person_id", kind=pl.lit("fishers"))
    villages = sorted(regency.places["village_code"].to_list())
    coverage = coverage_table(build_cube(stood.select(pl.exclude("person_id", "employer_size"))), villages, AREA, on)
    cut = slices(with_payers(stood, pl.Series([], dtype=pl.Int64)), lists, AREA)
    return _cells(coverage, cut), public_tables(coverage, cut)


def _cells(coverage: pl.DataFrame, cut: pl.DataFrame) -> dict[Cell, int | None]:
    """Counts by cell, of the true tables or of the published ones; what is hidden is None."""
    dimension = pl.when(pl.col("segment").is_in(["all", "jakon"])).then("segment").otherwise(pl.lit("segment"))
    both = [
        coverage.with_columns(dimension=dimension, value="segment"),
        cut.filter(pl.col("dimension") != "agent", ~(pl.col("dimension") == "segment")),
    ]
    cells: dict[Cell, int | None] = {}
    for row in pl.concat(both, how="diagonal_relaxed").iter_rows(named=True):
        key = (row["region_code"], row["dimension"], row["value"])
        known = None not in (row["workers"], row["covered"])
        other = row.get("uncovered")
        cells[*key, "workers"], cells[*key, "covered"] = row["workers"], row["covered"]
        cells[*key, "uncovered"] = row["workers"] - row["covered"] if known and other is None else other
    return cells


def _knowledge(cells: dict[Cell, int | None]) -> tuple[list[tuple[Cell, list[Cell]]], list[tuple[Cell, Cell]]]:
    """What an attacker knows of how the counts hang together: sums (whole, parts), and what is no larger than what."""
    keys = {cell[:3] for cell in cells}
    sums: list[tuple[tuple[str, str, str], list[tuple[str, str, str]]]] = []
    smaller = []
    for code in {key[0] for key in keys}:
        own = [key for key in keys if key[0] == code]
        named = (code, "named", "named")
        for dimension in {key[1] for key in own} - {"all", "jakon", "named", "trade"}:
            whole = (code, "all", "all") if dimension == "segment" else named
            sums.append((whole, [key for key in own if key[1] == dimension]))
        for sector in {key[2] for key in own if key[1] == "sector"}:
            parts = [key for key in own if key[1] == "trade" and key[2] in SECTORS.get(sector, ("unknown",))]
            sums.append(((code, "sector", sector), parts))
        if named in keys and (code, "all", "all") in keys:
            smaller.append((named, (code, "all", "all")))
    for code, dimension, value in keys:
        parts = [k for k in keys if k[1:] == (dimension, value) and k[0].rpartition(".")[0] == code and len(k[0]) > 5]
        if parts:
            sums.append(((code, dimension, value), parts))
    of_counts = [([*whole, count], [(*part, count) for part in parts]) for whole, parts in sums for count in COUNTS]
    halves = [([*key, "workers"], [(*key, "covered"), (*key, "uncovered")]) for key in keys]
    return (
        [(tuple(whole), parts) for whole, parts in [*of_counts, *halves] if parts],  # type: ignore[misc]
        [((*less, count), (*more, count)) for less, more in smaller for count in COUNTS],
    )


class Attacker:
    """Bounds of every count from the published ones alone."""

    def __init__(self, published: dict[Cell, int | None]) -> None:
        sums, smaller = _knowledge(published)
        self.cells = list(published)
        self.at = {cell: number for number, cell in enumerate(self.cells)}
        self.bounds = np.array([(0, np.inf) if v is None else (v, v) for v in published.values()], dtype=float)
        self.equal = self._rows([(whole, parts) for whole, parts in sums if whole in self.at])
        self.less = self._rows([(more, [less]) for less, more in smaller])

    def _rows(self, lines: list[tuple[Cell, list[Cell]]]) -> csr_array:
        entries = [(n, self.at[whole], 1.0) for n, (whole, _) in enumerate(lines)]
        entries += [(n, self.at[part], -1.0) for n, (_, parts) in enumerate(lines) for part in parts]
        rows, columns, values = zip(*entries, strict=True)
        return csr_array((values, (rows, columns)), shape=(len(lines), len(self.cells)))

    def most(self, wanted: list[Cell]) -> np.ndarray:
        """A world that fits all that is published in which the `wanted` counts are as large as can be, together."""
        goal = np.zeros(len(self.cells))
        goal[[self.at[cell] for cell in wanted]] = -1
        # in a world where no wanted count exceeds the threshold by more than it must, many reach it at once
        helpers = len(wanted)
        wide = csr_array((self.equal.shape[0], helpers))
        capped = csr_array(
            (np.concatenate([np.ones(helpers), -np.ones(helpers)]),
             (np.tile(np.arange(helpers), 2),
              np.concatenate([len(self.cells) + np.arange(helpers), [self.at[cell] for cell in wanted]]))),
            shape=(helpers, len(self.cells) + helpers),
        )  # fmt: skip
        less = hstack([-self.less, csr_array((self.less.shape[0], helpers))])
        found = linprog(
            np.concatenate([np.zeros(len(self.cells)), -np.ones(helpers)]),
            A_eq=hstack([self.equal, wide]), b_eq=np.zeros(self.equal.shape[0]),
            A_ub=vstack([capped, less]), b_ub=np.zeros(helpers + self.less.shape[0]),
            bounds=np.vstack([self.bounds, [(0, THRESHOLD)] * helpers]), method="highs",
        )  # fmt: skip
        assert found.status == 0, found.message
        return found.x[[self.at[cell] for cell in wanted]]


def told(true: dict[Cell, int], published: dict[Cell, int | None]) -> list[Cell]:
    """The small counts that somebody who bounds everything knows to be small."""
    attacker = Attacker(published)
    left = [cell for cell, count in true.items() if cell in attacker.at and 0 < count < THRESHOLD]
    while left:
        short = [c for c, most in zip(left, attacker.most(left), strict=True) if most < THRESHOLD - 1e-6]
        if len(short) == len(left):
            return [cell for cell in left if attacker.most([cell])[0] < THRESHOLD - 1e-6]
        left = short
    return []


@pytest.mark.parametrize("per_district", [700, 60], ids=["districts are sliced", "districts too small to slice"])
def test_nobody_recovers_a_small_count_from_all_tables_of_two_months(per_district: int):
    for on in MONTHS:  # no equation joins two months: what changed between them is not published
        true, published = month(on, per_district)
        shown = _cells(*published)
        assert {cell[0] for cell in shown if cell[1] == "sex"} == (
            {"32.02", *(f"32.02.{d:02d}" for d in range(1, 5))} | ({"32.02.00"} & {c[0] for c in true})
            if per_district > 500
            else {"32.02"}
        )
        small = [cell for cell, count in true.items() if cell in shown and 0 < count < THRESHOLD]
        assert len(small) > 50
        assert [cell for cell in small if shown[cell] is not None] == []
        assert told(true, shown) == []
        wrong = [cell for cell, count in shown.items() if count is not None and cell in true and count != true[cell]]
        assert wrong == []


def test_the_attacker_finds_what_primary_suppression_alone_gives_away():
    true, published = month(MONTHS[0], 700)
    shown = _cells(*published)
    careless = {
        cell: None if cell in true and 0 < true[cell] < THRESHOLD else true.get(cell, shown[cell]) for cell in shown
    }
    assert len(told(true, careless)) > 20


def test_most_is_still_told():
    _, published = month(MONTHS[1], 700)
    of_regency = published.slices.filter(pl.col("level") == "regency")
    assert of_regency["suppressed"].mean() < 0.5  # of 2,800 people only; a regency has 400 times as many
    assert not published.coverage.filter(pl.col("level") == "regency")["suppressed"].any()
    assert "agent" not in published.slices["dimension"].unique()
    assert set(published.slices["level"].unique()) == {"regency", "district"}
