"""Somebody notes a work, takes it a step further, adds to its contract. Every step is a row of its own and checked
here, whatever page or command asks for it."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django.db import transaction

from jangkau.core.kernel import Refused
from jangkau.programmes.construction.actions.assessing import assess
from jangkau.programmes.construction.actions.budgets import match_of
from jangkau.programmes.construction.models import Addendum, Transition, Work
from jangkau.programmes.construction.states import OPEN, State, require_step
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User

CODE_BYTES = 8


@transaction.atomic
def note_work(*, by: User | None, as_of: date, **facts: Any) -> Work:
    """Writes down a work that is planned; `facts` are fields of Work. Whether it is registered is known: not yet."""
    require_order(facts.get("starts_on"), facts.get("ends_on"))
    work = Work.objects.create(**facts, state=State.PLANNED, registered=False, noted_by=by)
    Transition.objects.create(work=work, after=State.PLANNED, on=as_of, made_by=by)
    record(by=by, action="work_noted", subject=f"work {work.pk}", village=work.village_id or "")
    assess([work.pk], as_of)
    match_of(work, as_of)
    return work


@transaction.atomic
def advance(
    work: Work, to: State, *, by: User | None, as_of: date, on: date, paper: str = "", amount: int | None = None,
    because: str = "",
) -> None:  # fmt: skip
    """The next step of a work, on a day, with the number of its paper: a certificate when it is registered, a receipt
    and what was paid when it is paid. Raises Refused for a step that does not exist or lacks its proof."""
    held = Work.objects.select_for_update().get(pk=work.pk)
    require_step(held.state, to)
    _require_proof(held, to, on=on, paper=paper, amount=amount, because=because)
    Transition.objects.create(
        work=held, before=held.state, after=to, on=on, paper=paper, amount=amount, because=because, made_by=by
    )
    held.state = to
    if to == State.REGISTERED:
        held.registered, held.registered_on, held.certificate = True, on, paper
        held.roster.filter(reported_on=None, ended_on=None).update(reported_on=on)
    elif to == State.PAID:
        held.paid_on, held.receipt, held.paid = on, paper, amount
        held.proof_code = secrets.token_hex(CODE_BYTES)
    told = ["registered", "registered_on", "certificate", "paid_on", "receipt", "paid", "proof_code"]
    held.save(update_fields=["state", *told])
    record(by=by, action=f"work_{to}", subject=f"work {held.pk}", on=on.isoformat())
    assess([held.pk], as_of)
    match_of(held, as_of)


def _require_proof(work: Work, to: State, *, on: date, paper: str, amount: int | None, because: str) -> None:
    if to == State.REGISTERED and not paper.strip():
        raise Refused("Tulis nomor sertifikat pendaftaran.", "Write the number of the certificate.")
    if to == State.PAID and (not paper.strip() or not amount):
        raise Refused(
            "Tulis nomor kuitansi dan jumlah yang dibayar.", "Write the number of the receipt and what was paid."
        )
    if to == State.PAID and work.registered_on and on < work.registered_on:
        raise Refused("Tanggal bayar mendahului tanggal daftar.", "The payment is dated before the registration.")
    unpaid = to == State.CLOSED and work.state != State.RUNNING
    if (unpaid or to == State.CANCELLED) and not because.strip():
        raise Refused(
            "Tulis alasannya: mengapa batal, atau mengapa selesai tanpa iuran.",
            "Write why it is cancelled, or why it ended without a contribution.",
        )
    if to in (State.RUNNING, State.CLOSED) and work.starts_on and on < work.starts_on:
        raise Refused("Proyek belum mulai pada tanggal itu.", "The work had not begun on that day.")
    if to == State.ROSTER_IN and not work.roster.exists():
        raise Refused("Isi dahulu daftar pekerjanya.", "Enter its workers first.")


@transaction.atomic
def add_addendum(
    work: Work, *, by: User | None, as_of: date, on: date, because: str, paper: str = "",
    value: int | None = None, ends_on: date | None = None,
) -> None:  # fmt: skip
    """A changed value or end, or both. Raises Refused for a work that has ended."""
    require_open(work)
    if value is None and ends_on is None:
        raise Refused("Isi nilai baru atau tanggal selesai baru.", "Enter a new value or a new last day.")
    require_order(work.starts_on, ends_on)
    Addendum.objects.create(
        work=work, on=on, paper=paper, value=value, ends_on=ends_on, because=because, added_by=by
    )  # fmt: skip
    record(by=by, action="work_addendum", subject=f"work {work.pk}")
    assess([work.pk], as_of)


def require_open(work: Work) -> None:
    """Raises Refused when a work is closed or cancelled."""
    if work.state not in OPEN:
        raise Refused(
            "Proyek ini sudah selesai atau batal; catatannya tidak dapat ditambah.",
            "This work is closed or cancelled; nothing can be added to it.",
        )


def require_order(first: date | None, last: date | None) -> None:
    """Raises Refused when the last day lies before the first."""
    if first and last and last < first:
        raise Refused("Tanggal selesai mendahului tanggal mulai.", "The last day lies before the first.")
