"""The contribution of a work by both bases, with the article of every step (core.rules jakon_contribution)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from jangkau.core.kernel import JangkauError
from jangkau.core.rules import evaluate
from jangkau.programmes.construction.models import Work


@dataclass(frozen=True)
class Basis:
    """The contribution by one basis; `why` its steps, or the reason why it cannot be told."""

    title: str
    base: int | None
    jkk: int | None
    jkm: int | None
    total: int | None
    why: tuple[str, ...]
    holds: bool


def by_both_bases(work: Work) -> tuple[Basis, Basis]:
    """By the value of the contract without VAT, and by the wages on the roster."""
    month = f"{work.starts_on:%Y-%m}" if work.starts_on else None
    value = {"contract_value": work.value_now, "vat_included": work.vat_included, "month": month}
    wages = {"wage": work.wages, "month": month}
    return (
        _basis(gettext("Menurut nilai kontrak"), work.value_now, value, not work.by_wages),
        _basis(gettext("Menurut upah pada daftar"), work.wages, wages, work.by_wages),
    )


def _basis(title: str, base: int | None, given: Mapping[str, object], holds: bool) -> Basis:
    if None in given.values():
        lacking = gettext("Belum dapat dihitung: nilai, upah, atau tanggal mulai belum diketahui.")
        return Basis(title, base, None, None, None, (lacking,), holds)
    language = get_language() or "id"
    try:
        told = evaluate("jakon_contribution", given)
    except JangkauError as error:
        return Basis(title, base, None, None, None, (error.sentence(language),), holds)
    jkk, jkm, total = (int(str(told.values[name])) for name in ("jkk", "jkm", "total"))
    return Basis(title, base, jkk, jkm, total, tuple(told.sentences(language)), holds)
