"""What is said of works: the sentence over the list, the gap of one work, its map."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

import polars as pl
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from jangkau.programmes.construction.actions.rosters import Added
from jangkau.programmes.construction.models import RosterLine, Work
from jangkau.programmes.construction.queries import Sums
from jangkau.programmes.construction.states import BEFORE_PAYMENT, State
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.presenters.figures import day, people, rupiah


def headline(sums: Sums) -> str:
    """The sentence that carries the list."""
    if sums.workers_open:
        return ngettext(
            "%(workers)s pekerja bekerja tanpa perlindungan, di %(works)s proyek",
            "%(workers)s pekerja bekerja tanpa perlindungan, di %(works)s proyek",
            sums.workers_open,
        ) % {"workers": people(sums.workers_open), "works": people(sums.works_open)}
    return gettext("Semua pekerja di proyek yang berjalan terlindungi")


def gap_sentences(work: Work) -> list[str]:
    """The protection gap of a work in words and numbers; empty when there is none."""
    if work.state == State.CANCELLED:
        return []
    found = []
    if work.days_before_cover:
        found.append(
            gettext("%(days)s hari kerja proyek berlalu sebelum perlindungan mulai.")
            % {"days": people(work.days_before_cover)}
        )
    if work.worker_days_lost:
        found.append(
            gettext("%(days)s hari-orang tanpa perlindungan, dihitung dari hari pertama setiap pekerja.")
            % {"days": people(work.worker_days_lost)}
        )
    if work.workers_open:
        found.append(gettext("%(n)s pekerja sedang bekerja tanpa perlindungan.") % {"n": people(work.workers_open)})
    if work.workers_late:
        found.append(
            gettext("%(n)s pekerja dinamai setelah hari pertama mereka bekerja.") % {"n": people(work.workers_late)}
        )
    if work.changes_waiting:
        told = {"n": people(work.changes_waiting), "by": day(work.tell_by)}
        found.append(gettext("%(n)s perubahan pekerja belum dilaporkan ke cabang; paling lambat %(by)s.") % told)
    if work.days_late:
        found.append(
            gettext("Pendaftaran terlambat %(days)s hari dari batas %(by)s.")
            % {"days": people(work.days_late), "by": day(work.register_by)}
        )
    if work.underpaid:
        found.append(
            gettext("Iuran kurang bayar %(short)s: seharusnya %(due)s, dibayar %(paid)s.")
            % {"short": rupiah(work.underpaid), "due": rupiah(work.due), "paid": rupiah(work.paid)}
        )
    return found


def gap_tag(work: Work) -> tuple[str, str]:
    """(class, words) of the gap in a cell of the list."""
    if work.state == State.CANCELLED:
        return "", gettext("batal")
    if work.workers_open:
        return "bad", gettext("%(n)s pekerja tanpa perlindungan") % {"n": people(work.workers_open)}
    if work.worker_days_lost or work.days_before_cover:
        return "warn", gettext("%(n)s hari-orang hilang") % {"n": people(work.worker_days_lost)}
    if work.underpaid:
        return "warn", gettext("kurang bayar %(sum)s") % {"sum": rupiah(work.underpaid)}
    if work.state in BEFORE_PAYMENT:
        return "wait", gettext("belum mulai, belum dibayar")
    return "good", gettext("terlindungi")


def added_sentences(added: Added) -> list[str]:
    """What became of the pasted lines."""
    found = [
        gettext("%(n)s pekerja ditambahkan, %(known)s dikenal dalam register.")
        % {"n": people(added.written), "known": people(added.recognised)}
    ]
    if added.there_already:
        found.append(
            gettext("%(n)s baris dilewati: sudah ada pada daftar proyek ini.") % {"n": people(added.there_already)}
        )
    if added.without_nik:
        found.append(
            gettext("%(n)s pekerja tanpa NIK yang terbaca; cabang memintanya.") % {"n": people(added.without_nik)}
        )
    return found


class RosterRow(NamedTuple):
    """A worker with what is said of them: class and words of a tag, or None."""

    line: RosterLine
    first_on: date | None
    tag: tuple[str, str] | None


def roster_rows(lines: Iterable[RosterLine], work: Work) -> list[RosterRow]:
    """The workers of a work; those who came or left after it was registered say whether the branch knows."""
    found = []
    for line in lines:
        tag = None
        if line.ended_on:
            tag = ("", gettext("berhenti %(day)s") % {"day": day(line.ended_on)})
        if work.registered_on and line.reported_on is None and not line.ended_on:
            tag = ("warn", gettext("belum dilaporkan"))
        elif work.registered_on and line.ended_on and line.reported_on and line.end_reported_on is None:
            tag = ("warn", gettext("berhenti %(day)s, belum dilaporkan") % {"day": day(line.ended_on)})
        found.append(RosterRow(line, line.starts_on or work.starts_on, tag))
    return found


def builder_rule(works: int, days: int, on: date) -> str:
    """The rule by which builders are candidates, in words."""
    return gettext(
        "Paling sedikit %(works)s proyek atau %(days)s hari kerja pada proyek yang mulai dalam 12 bulan sampai "
        "%(day)s, berumur 15 sampai 64 tahun, dan bukan peserta aktif."
    ) % {"works": people(works), "days": people(days), "day": day(on)}


def map_cells(counted: pl.DataFrame, area: str) -> dict[str, Any]:
    """What the map draws: villages with works, by whether somebody works there without cover."""
    known = gazetteer()
    cells = {}
    for row in counted.iter_rows(named=True):
        code = row["village_code"]
        said = "0" if row["workers_open"] else "2" if row["works_with_gap"] else "4"
        cells[code] = {
            "name": known[code].name, "district": known[code[:8]].name, "class": said, "text": _cell_text(row),
            "unvisited": False,
        }  # fmt: skip
    return {
        "shapes": reverse("map_shapes") + f"?region={area}",
        "page": reverse("works") + "?region=CODE",
        "cells": cells,
        "keys": gettext("Panah untuk berpindah desa, Enter untuk membuka."),
    }


def _cell_text(row: dict[str, Any]) -> str:
    told = gettext("%(works)s proyek, %(n)s pekerja tanpa perlindungan") % {
        "works": people(row["works"]),
        "n": people(row["workers_open"]),
    }
    return told + (
        "\n" + gettext("%(days)s hari-orang hilang") % {"days": people(row["worker_days_lost"])}
        if row["worker_days_lost"]
        else ""
    )
