"""The one-page proof for the village: this work is registered and paid, these workers are covered, over this time.
Names are shortened and NIKs masked: the sheet hangs on a wall. Its QR code leads to what the register says today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe

from jangkau.core.kernel import Refused
from jangkau.programmes.construction.models import RosterLine, Work
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.gateways.paper import Press, bound
from jangkau.registry.people.presenters.figures import masked
from jangkau.registry.people.queries import register_fact


def proof_pdf(work: Work, roster: Iterable[RosterLine], on: date) -> bytes:
    """The sheet as PDF, as of a day. Raises Refused for a work that is not registered and paid."""
    if cover_from(work) is None:
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
    address = f"{settings.JANGKAU_ADDRESS}{reverse('work_verify', args=[work.proof_code])}"
    shown = {
        "work": work,
        "village": known[work.village_id].name if work.village_id else "",
        "district": known[work.village_id[:8]].name if work.village_id else "",
        "cover_from": cover_from(work),
        "address": address,
        "qr": mark_safe(segno.make(address, error="m").svg_inline(scale=2.2, border=0)),
        "workers": workers,
        "on": on,
        "invented": bool(register_fact("invented")),
    }
    with translation.override("id"):
        html = render_to_string("construction/paper/proof.html", shown)
    return bound([Press("jangkau.programmes.construction", "construction/paper/proof.css").sheets(html)])


def cover_from(work: Work) -> date | None:
    """The first day of cover of a work that is registered and paid, else None."""
    if work.registered_on is None or work.paid_on is None:
        return None
    return max(work.registered_on, work.paid_on)


def short_name(name: str | None) -> str:
    """The first name, and the first letter of what follows.

    >>> short_name("UJANG SUKMANA PUTRA")
    'UJANG S. P.'
    """
    first, *rest = (name or "\N{EN DASH}").split()
    return " ".join([first, *(f"{word[0]}." for word in rest)])
