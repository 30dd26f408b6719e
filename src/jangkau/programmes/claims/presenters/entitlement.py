"""What a family may expect: the sum by the law of the day with its steps, the papers, the heirs. The software
estimates; only the branch decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from jangkau.registry.people.presenters.sums import told_by_rule

_DEATH_PAPERS = _(
    "kartu peserta; KTP almarhum dan ahli waris; kartu keluarga; akta kematian; surat keterangan ahli waris; buku nikah"
    " bila pasangan; buku rekening; surat keterangan kerja"
)
PAPERS = {
    "jkm": _DEATH_PAPERS,
    "jkk_death": _("berkas santunan kematian; laporan kecelakaan tahap I dan II; kronologi; keterangan saksi"),
    "jkk": _("laporan kecelakaan tahap I (2 x 24 jam) dan II; KTP; kartu peserta; surat dokter; kuitansi"),
    "jht": _("kartu peserta; KTP; kartu keluarga; buku rekening; surat berhenti kerja atau keterangan pensiun"),
    "jp": _("kartu peserta; KTP; kartu keluarga; buku rekening"),
    "jkp": _("bukti pemutusan hubungan kerja; KTP; buku rekening; pernyataan siap bekerja kembali"),
}
HEIRS = _(
    "1. janda, duda, atau anak; 2. sedarah garis lurus sampai derajat kedua; 3. saudara kandung; 4. mertua; 5. yang"
    " ditunjuk dalam wasiat; 6. tanpa wasiat: biaya pemakaman kepada yang mengurus, selebihnya ke Dana Jaminan Sosial"
)
STANDING = {
    "paid_up": _("peserta, iuran lunas pada hari itu"),
    "grace": _("peserta dengan tunggakan: cabang yang memastikan"),
}


class Entitlement(NamedTuple):
    """`total` None: no sum can be told, `why` says so. `steps`: how it was computed, with the articles."""

    total: int | None
    why: str = ""
    full_from: date | None = None
    counting_open: bool = False
    steps: tuple[str, ...] = ()
    assumed: str = ""


def on_death(right: Mapping[str, Any]) -> Entitlement:
    """The death benefit of a line of core.measures.rights, when the death did not come by work."""
    given = {
        "segment": right["segment"], "first_covered_on": right["first_covered_on"], "died_on": right["died_on"]
    }  # fmt: skip
    if given["segment"] is None or given["first_covered_on"] is None:
        return Entitlement(None, gettext("Segmen atau hari pertama dilindungi tidak disebut; tanyakan ke cabang."))
    told = told_by_rule("jkm_benefit", given)
    if told.why:
        return Entitlement(None, told.why)
    full_from = told.values["full_from"]
    return Entitlement(
        told.whole("total"), "", full_from if isinstance(full_from, date) else None,
        bool(told.values["counting_open"]), told.steps, told.assumed,
    )  # fmt: skip


def facts_of(right: Mapping[str, Any]) -> dict[str, Any]:
    """What a case on a death is opened with, in Indonesian whoever opens it."""
    with override("id"):
        return _facts(right, on_death(right))


def papers_for(topic: str) -> str:
    """The papers that a case is opened with, in Indonesian whoever opens it."""
    with override("id"):
        return str(PAPERS[topic])


def _facts(right: Mapping[str, Any], told: Entitlement) -> dict[str, Any]:
    facts = {
        "event_on": right["died_on"].isoformat(),
        "standing": str(STANDING[right["state"]]),
        "segment": right["segment"],
        "first_covered_on": right["first_covered_on"].isoformat(),
        "estimate": told.total,
        "full_from": told.full_from.isoformat() if told.full_from else None,
        "papers": str(PAPERS["jkm"]),
        "heirs": str(HEIRS),
        "assumed": told.assumed or None,
    }
    return {name: value for name, value in facts.items() if value is not None}
