"""Coverage counted slowly and obviously, person by person, to be held beside the fast engine. Written from
docs/guide/coverage.md; shares nothing with the product but the three months and the ages."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

Row = dict[str, Any]
SEGMENTS = ("pu", "bpu")


def coverage(
    people: list[Row], memberships: list[Row], employers: list[Row], villages: list[str], area: str, on: date
) -> dict[tuple[str, str], tuple[int, int, float | None, int]]:
    """(region, segment) -> workers, covered, percent, of whom allocated."""
    told = [_told(person, people, memberships, employers, area, on) for person in people]
    cells: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    named = [p for p in told if p["counted"] and p["village_code"]]
    for person in named:
        _add(cells[person["village_code"], person["segment"]], 1, person["covered"], 0)
    for (village, segment), (workers, covered) in _shared(told, named, villages).items():
        _add(cells[village, segment], workers, covered, workers)
    table = {}
    for code in {area, *villages, *(village[:8] for village in villages)}:
        sums = {s: [0, 0, 0] for s in ("all", *SEGMENTS)}
        for (village, segment), numbers in cells.items():
            if village == code or village.startswith(code + "."):
                _add(sums["all"], *numbers)
                _add(sums[segment], *numbers)
        for segment, (workers, covered, allocated) in sums.items():
            percent = int(covered * 10000 / workers + 0.5) / 100 if workers else None
            table[code, segment] = (workers, covered, percent, allocated)
    return table


def _told(person: Row, people: list[Row], memberships: list[Row], employers: list[Row], area: str, on: date) -> Row:
    """What can be told of one person: where, by what, counted, member, covered."""
    own = [m for m in memberships if m["person_id"] == person["person_id"]]
    employed = any(m["npp"] for m in own)
    native = not person["nik"] or person["nik"].startswith(area.replace(".", ""))
    stated = person["village_code"] or person["district_code"]
    district = person["district_code"] or (person["village_code"] or "")[:8]
    outside = not stated.startswith(area + ".") if stated else employed and not native
    if not district:
        first = {e["npp"]: e["district_code"] for e in reversed([e for e in employers if e["district_code"]])}
        district = min((first[m["npp"]] for m in own if m["npp"] in first), default="")
    if not district and person["nik"] and native:
        guess = f"{area}.{person['nik'][4:6]}"
        district = guess if guess in {p["district_code"] for p in people} else ""
    born = person["birth_date"]
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day)) if born else 30
    counted = not (person["deceased"] or person["moved_out"] or outside) and 15 <= age <= 64
    running = [m for m in own if m["since"] is None or m["since"] <= on]
    covered = any(m["paid_until"] and _months(m["paid_until"], on) <= 3 for m in running)
    dead_or_away = person["deceased"] or person["moved_out"]
    return person | {
        "district": district, "outside": outside and not dead_or_away, "counted": counted, "member": bool(running),
        "covered": covered, "employed": employed, "native": native,
    }  # fmt: skip


def _months(earlier: date, later: date) -> int:
    return 12 * (later.year - earlier.year) + later.month - earlier.month


def _shared(told: list[Row], named: list[Row], villages: list[str]) -> dict[tuple[str, str], list[int]]:
    """People whose village nobody stated, over the villages of their district; without one, over the districts."""
    weights = {}
    for village in villages:
        there = [p for p in named if p["village_code"] == village]
        for segment in SEGMENTS:
            members = sum(p["member"] for p in there if p["segment"] == segment)
            weights[village, segment] = (members, len(there))
    unplaced = _unplaced(told, named)
    districts = sorted({village[:8] for village in villages})
    for segment in SEGMENTS:
        parts = {d: _summed(weights, segment, [v for v in villages if v[:8] == d]) for d in districts}
        for district, (workers, covered) in _split(unplaced.pop(("", segment), [0, 0]), parts).items():
            _add(unplaced[district, segment], workers, covered)
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for (district, segment), numbers in unplaced.items():
        inside = [v for v in villages if v[:8] == district] or villages
        parts = {v: weights[v, segment] for v in sorted(inside)}
        for village, (workers, covered) in _split(numbers, parts).items():
            _add(found[village, segment], workers, covered)
    return found


def _unplaced(told: list[Row], named: list[Row]) -> dict[tuple[str, str], list[int]]:
    """Workers and covered by district and segment, with the commuters who are taken to live here after all."""
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    home = [p for p in told if p["counted"] and not p["village_code"]]
    for district, segment, employed in sorted({(p["district"], p["segment"], p["employed"]) for p in home}):
        group = [p for p in home if (p["district"], p["segment"], p["employed"]) == (district, segment, employed)]
        workers, covered = len(group), sum(p["covered"] for p in group)
        known = [p for p in named if p["employed"] and p["district"] == district]
        share = sum(not p["native"] for p in known) / len(known) if known else 1.0
        commuters = sum(
            p["outside"] and not p["village_code"] and (p["district"], p["segment"]) == (district, segment)
            for p in told
        )
        extra = min(round(workers * share / (1 - share)), commuters) if employed and share < 1 else 0
        _add(found[district, segment], workers + extra, covered + round(extra * covered / workers))
    return found


def _summed(weights: dict[tuple[str, str], tuple[int, int]], segment: str, villages: list[str]) -> tuple[int, int]:
    members, everybody = zip(*(weights[village, segment] for village in villages), strict=True)
    return sum(members), sum(everybody)


def _split(numbers: list[int], parts: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Both numbers in proportion to the members, else to everybody, else equally; the largest remainders first."""
    column = 0 if any(members for members, _ in parts.values()) else 1
    weights = {name: pair[column] for name, pair in parts.items()}
    if not any(weights.values()):
        weights = dict.fromkeys(weights, 1)
    workers, covered = (_apportioned(number, weights) for number in numbers)
    return {name: (workers[name], min(covered[name], workers[name])) for name in parts}


def _apportioned(number: int, weights: dict[str, int]) -> dict[str, int]:
    whole = sum(weights.values())
    found = {name: number * weight // whole for name, weight in weights.items()}
    left = number - sum(found.values())
    for name in sorted(weights, key=lambda n: (-(number * weights[n] % whole), n))[:left]:
        found[name] += 1
    return found


def _add(cell: list[int], *numbers: int) -> None:
    for place, number in enumerate(numbers):
        cell[place] += number
