"""`jangkau coverage`: the measures of a day, as lines or JSON."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date

import polars as pl
from django.conf import settings

from jangkau.core.kernel import Refused, RegionCode, Unknown
from jangkau.core.measures.slices import LISTED
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists import queries
from jangkau.registry.lists.actions.disclosing import tables_for_everybody
from jangkau.registry.lists.presenters.slices import ON_LISTS
from jangkau.registry.lists.queries.slices import slices
from jangkau.registry.people.gateways.gazetteer import gazetteer


def coverage(given: argparse.Namespace) -> int:
    """The coverage table of a day, a slice of it, or what changed since another day."""
    as_of = given.as_of or queries.measured_on()
    if as_of is None or as_of not in queries.days_measured():
        raise Unknown(
            "Belum ada pengukuran untuk tanggal itu. Jalankan: jangkau run FOLDER --as-of TANGGAL.",
            "There is no measurement for that day. Run: jangkau run FOLDER --as-of DAY.",
        )
    if given.since and given.public:
        raise Refused(
            "Perubahan antara dua hari tidak diumumkan: selisihnya menunjuk orang. Hapus --since atau --public.",
            "Changes between two days are not handed out: they point at people. Leave out --since or --public.",
        )
    if given.since:
        return _changes(given, as_of)
    if given.slice:
        return _slices(given, as_of)
    wanted = {part.strip() for part in given.by.split(",")}
    table = tables_for_everybody(_whole(), as_of).coverage if given.public else queries.coverage(_whole(), as_of)
    if given.region:
        code = RegionCode(given.region)
        table = table.filter((pl.col("region_code") == code) | pl.col("region_code").str.starts_with(code + "."))
    levels = [level for level in ("regency", "district", "village") if level in wanted or level == "regency"]
    table = table.filter(pl.col("level").is_in(levels))
    if "segment" not in wanted:
        table = table.filter(pl.col("segment") == "all")
    if given.json:
        _print(table.with_columns(pl.col("as_of").dt.to_string("%Y-%m-%d")).to_dicts())
        return 0
    names = gazetteer()
    for line in table.iter_rows(named=True):
        covered, workers = ("*" if line[name] is None else line[name] for name in ("covered", "workers"))
        percent = "-" if line["percent"] is None else f"{line['percent']:.2f}"
        _say(
            f"{line['region_code']:14s}{names[line['region_code']].name:28s}{line['segment']:6s}"
            f"{covered:>9} / {workers:>9}  {percent:>7}"
        )
    return 0


def _slices(given: argparse.Namespace, as_of: date) -> int:
    """A region cut by one property: the values, how many people each has, and how many of them are covered."""
    table = tables_for_everybody(_whole(), as_of).slices if given.public else slices(_whole(), as_of)
    dimension = pl.col("dimension")
    wanted = dimension.str.starts_with(LISTED) if given.slice == ON_LISTS else dimension == given.slice
    table = table.filter(wanted, pl.col("region_code") == RegionCode(given.region or settings.JANGKAU_AREA))
    if given.json:
        _print(table.to_dicts())
        return 0
    for line in table.iter_rows(named=True):
        covered, workers = ("*" if line[name] is None else line[name] for name in ("covered", "workers"))
        _say(f"{line['region_code']:14s}{line['dimension']:24s}{line['value']:28s}{covered:>9} / {workers:>9}")
    return 0


def _changes(given: argparse.Namespace, as_of: date) -> int:
    """The covered of an earlier day and of this one, and why each person between them came or went."""
    line = queries.changes(Scope((given.region or settings.JANGKAU_AREA,)), given.since, as_of).row(0, named=True)
    if given.json:
        _print(line)
        return 0
    for name, people in line.items():
        _say(f"{name:14s}{people:>10,}")
    return 0


def _print(table: object) -> None:
    _say(json.dumps(table, ensure_ascii=False, indent=1))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _whole() -> Scope:
    return Scope((settings.JANGKAU_AREA,), may_write=True)
