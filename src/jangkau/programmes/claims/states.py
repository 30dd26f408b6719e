"""The road of a claim: reported, papers gathered, at the branch, paid or refused. The branch decides and pays; the
regency helps. Days to pay: PP 44/2015 art. 37, Permenaker 44/2015 art. 19 (see rule payment_deadline)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext_lazy as _

from jangkau.core.rules import evaluate
from jangkau.registry.access.models import Agency
from jangkau.registry.cases.states import Ask, CaseType, Stage, Step, declare

KIND, PERSON = "claims", "person"
TOPICS = {
    "jkm": _("Kematian (JKM)"),
    "jkk_death": _("Kematian karena kecelakaan kerja"),
    "jkk": _("Kecelakaan kerja (JKK)"),
    "jht": _("Jaminan hari tua"),
    "jp": _("Jaminan pensiun"),
    "jkp": _("Kehilangan pekerjaan"),
}
NEW, PAPERS, BRANCH, OVER = _("Baru"), _("Berkas"), _("Di cabang"), _("Selesai")
OFFICE = Agency.BRANCH.value


def _pay_by(programme: str) -> Callable[[date], date]:
    def last_day(complete_on: date) -> date:
        told = evaluate("payment_deadline", {"programme": programme, "complete_on": complete_on.isoformat()})
        return date.fromisoformat(str(told.values["pay_by"]))

    return last_day


STAGES = {
    "reported": Stage(_("Dilaporkan"), NEW),
    "papers": Stage(_("Berkas dikumpulkan"), PAPERS),
    "complete_death": Stage(_("Berkas lengkap, santunan kematian"), BRANCH, deadline=_pay_by("jkm")),
    "complete_accident": Stage(_("Berkas lengkap, kecelakaan kerja"), BRANCH, deadline=_pay_by("jkk")),
    "complete": Stage(_("Berkas lengkap, manfaat lain"), BRANCH),
    "paid": Stage(_("Dibayar"), OVER, ended=True),
    "refused": Stage(_("Ditolak cabang"), OVER, ended=True),
    "dropped": Stage(_("Tidak dilanjutkan"), OVER, ended=True),
}
OPEN = tuple(name for name, stage in STAGES.items() if not stage.ended)
AT_BRANCH = ("complete_death", "complete_accident", "complete")
WITH_FAMILY = ("reported", "papers")
RECEIPT = Ask("receipt", _("Nomor tanda terima"), required=False)
CAUSE = Ask("cause", _("Sebab"))
STEPS = {
    "gather": Step(
        _("Dampingi mengumpulkan berkas"), ("reported",), "papers",
        asks=(
            Ask("missing", _("Berkas yang belum ada"), required=False),
            Ask("due_on", _("Ditunggu sampai"), "day", required=False),
        ),
    ),
    "hand_in_death": Step(_("Serahkan: santunan kematian"), WITH_FAMILY, "complete_death", asks=(RECEIPT,)),
    "hand_in_accident": Step(_("Serahkan: kecelakaan kerja"), WITH_FAMILY, "complete_accident", asks=(RECEIPT,)),
    "hand_in": Step(_("Serahkan: manfaat lain"), WITH_FAMILY, "complete", asks=(RECEIPT,)),
    "return": Step(
        _("Kembalikan: berkas kurang"), AT_BRANCH, "papers", asks=(Ask("missing", _("Berkas yang belum ada")),)
    ),
    "pay": Step(
        _("Catat pembayaran"), AT_BRANCH, "paid", (OFFICE,),
        asks=(
            Ask("paid", _("Rupiah yang dibayar"), "money"), Ask("paid_on", _("Tanggal dibayar"), "day"),
            Ask("children", _("Anak yang berhak beasiswa"), "count", False),
        ),
    ),
    "refuse": Step(_("Catat penolakan cabang"), AT_BRANCH, "refused", (OFFICE,), asks=(CAUSE,)),
    "drop": Step(_("Tidak dilanjutkan"), OPEN, "dropped", second_person=True, asks=(CAUSE,)),
}  # fmt: skip

CLAIMS = declare(
    CaseType(
        KIND,
        _("Klaim"),
        stages=STAGES,
        steps=STEPS,
        topics=TOPICS,
        facts=(
            Ask("event_on", _("Hari kejadian"), "day"),
            Ask("standing", _("Kepesertaan pada hari itu")),
            Ask("segment", _("Segmen")),
            Ask("first_covered_on", _("Terlindungi sejak"), "day"),
            Ask("estimate", _("Perkiraan menurut aturan"), "money"),
            Ask("full_from", _("Santunan penuh sejak"), "day"),
            Ask("file_by", _("Klaim kedaluwarsa sesudah"), "day"),
            Ask("papers", _("Berkas yang diperlukan")),
            Ask("heirs", _("Urutan ahli waris")),
            Ask("assumed", _("Dugaan yang dipakai")),
        ),
        subject_view="person",
        subject_words=_("Lihat orangnya"),
        empty=_("Buka klaim dari halaman Hak yang belum diklaim, atau dari halaman orangnya."),
    )
)
