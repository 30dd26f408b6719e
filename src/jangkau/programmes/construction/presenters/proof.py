"""The one-page proof for the village: this work is registered and paid, these workers are covered, over this time.
Names are shortened and NIKs masked: the sheet hangs on a wall."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.template.loader import render_to_string
from django.utils import translation

from jangkau.core.kernel import Refused
from jangkau.programmes.construction.models import RosterLine, Work
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.gateways.paper import Press, bound
from jangkau.registry.people.presenters.figures import masked
from jangkau.registry.people.queries import register_fact


def proof_pdf(work: Work, roster: Iterable[RosterLine], on: date) -> bytes:
    """The sheet as PDF, as of a day. Raises Refused for a work that is not registered and paid."""
    if work.registered_on is None or work.paid_on is None:
        raise Refused(
            "Bukti dibuat setelah proyek terdaftar dan iurannya dibayar.",
            "The proof is made once the work is registered and its contribution paid.",
        )
    workers = [
        (short_name(line.name), masked(line.nik), line.task, line.starts_on or work.starts_on)
        for line in roster
        if not line.ended_on and line.reported_on
    ]
    known = gazetteer()
    shown = {
        "work": work,
        "village": known[work.village_id].name if work.village_id else "",
        "district": known[work.village_id[:8]].name if work.village_id else "",
        "cover_from": max(work.registered_on, work.paid_on),
        "workers": workers,
        "on": on,
        "invented": bool(register_fact("invented")),
    }
    with translation.override("id"):
        html = render_to_string("construction/paper/proof.html", shown)
    return bound([Press("jangkau.programmes.construction", "construction/paper/proof.css").sheets(html)])


def short_name(name: str | None) -> str:
    """The first name, and the first letter of what follows.

    >>> short_name("UJANG SUKMANA PUTRA")
    'UJANG S. P.'
    """
    first, *rest = (name or "\N{EN DASH}").split()
    return " ".join([first, *(f"{word[0]}." for word in rest)])
