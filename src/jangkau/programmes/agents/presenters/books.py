"""Agents and recruits as workbooks: numbers as numbers, dates as dates, NIK as text, frozen header, filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

from jangkau.programmes.agents.models import Acquisition, Agent
from jangkau.registry.access.models import Column
from jangkau.registry.access.permissions import Scope
from jangkau.registry.people.presenters.sheets import table_book


def agents_workbook(agents: Iterable[Agent], note: str) -> bytes:
    """All agents with their figures."""
    columns = (
        (gettext("Agen"), 28), (gettext("Kantor"), 28), (gettext("Wilayah"), 18), (gettext("Keadaan"), 20),
        (gettext("Perjanjian sejak"), 14), (gettext("Perjanjian sampai"), 14), (gettext("Anggota direkrut"), 12),
        (gettext("Masih membayar"), 12), (gettext("Bertahan 12 bulan, %"), 12), (gettext("batas bawah, %"), 12),
        (gettext("batas atas, %"), 12), (gettext("Bulan terakhir aktif"), 14),
    )  # fmt: skip
    rows = (
        (
            agent.name, agent.office.name, agent.area.name if agent.area else None, agent.get_state_display(),
            agent.contract_from, agent.contract_until, agent.recruits, agent.active, _percent(agent.kept_share),
            _percent(agent.kept_low) if agent.kept_share is not None else None, _percent(agent.kept_high),
            agent.last_active_month,
        )
        for agent in agents
    )  # fmt: skip
    return table_book(gettext("Agen Perisai"), note, columns, rows)


def villages_book(villages: Iterable[Mapping[str, Any]], note: str) -> bytes:
    """One line for each village with recruits."""
    columns = (
        (gettext("Kode desa"), 14), (gettext("Desa"), 24), (gettext("Kecamatan"), 22), (gettext("Direkrut"), 10),
        (gettext("Masih membayar"), 12), (gettext("Masih membayar, %"), 12), (gettext("Agen"), 8),
    )  # fmt: skip
    names = ("village_id", "village", "district", "recruits", "active", "share", "agents")
    rows = [tuple(round(line[n], 1) if n == "share" else line[n] for n in names) for line in villages]
    return table_book(gettext("Perisai menurut desa"), note, columns, rows)


def portfolio_workbook(scope: Scope, agent: Agent, recruits: Iterable[Acquisition]) -> bytes:
    """The recruits of an agent with their whole NIK, in columns that come back as a list of agents (Daftar): one that
    is not to be seen is left out with its title."""
    left_out = {
        title
        for title, column in (("KPJ", Column.KPJ), (gettext("Dibayar sampai"), Column.CONTRIBUTION))
        if not scope.sees(column)
    }
    columns = (
        ("NO", 6), ("NIK", 20), ("NAMA LENGKAP", 30), ("TANGGAL LAHIR", 14), ("DESA/KELURAHAN", 22), ("NO HP", 16),
        ("KPJ", 14), ("TANGGAL DAFTAR", 14), ("PROGRAM", 14), ("NAMA AGEN", 26), ("KANTOR PERISAI", 26),
        (gettext("Keadaan"), 24), (gettext("Dibayar sampai"), 14),
    )  # fmt: skip
    rows = (
        (
            number, one.person.nik if one.person else one.nik, one.person.name if one.person else one.name,
            one.person.birth_date if one.person else one.birth_date, one.village.name if one.village else None,
            one.phone, one.kpj, one.registered_on, one.programmes, agent.name, agent.office.name,
            one.get_standing_display(), one.paid_until,
        )
        for number, one in enumerate(recruits, 1)
    )  # fmt: skip
    kept = [place for place, (title, _) in enumerate(columns) if title not in left_out]
    shown = ([row[place] for place in kept] for row in rows)
    return table_book("DAFTAR PESERTA AGEN PERISAI", agent.name, [columns[place] for place in kept], shown)


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
