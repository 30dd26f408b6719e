"""The road of a claim: reported, papers gathered, at the branch, paid or refused. The branch decides and pays; the
regency helps. Days to pay: PP 44/2015 art. 37, Permenaker 44/2015 art. 19 (see rule payment_deadline)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext_lazy as _

from jangkau.core.rules import evaluate
from jangkau.registry.access.models import Agency, Column
from jangkau.registry.cases.states import Ask, CaseType, Stage, Step, declare

KIND, PERSON, DROPPED = "claims", "person", "dropped"
TOPICS = {
    "jkm": _("Kematian (JKM)"),
    "jkk_death": _("Kematian karena kecelakaan kerja"),
    "jkk": _("Kecelakaan kerja (JKK)"),
    "jht": _("Jaminan hari tua"),
    "jht_partial": _("Jaminan hari tua, sebagian"),
    "jp": _("Jaminan pensiun"),
    "jkp": _("Kehilangan pekerjaan"),
    "scholarship": _("Beasiswa anak"),
}
# what happened, and which benefits may follow from it
EVENTS = {
    "death": _("Meninggal, bukan karena pekerjaan"),
    "death_at_work": _("Meninggal karena kecelakaan kerja"),
    "accident": _("Kecelakaan kerja"),
    "old_age": _("Hari tua atau pensiun"),
    "job_loss": _("Kehilangan pekerjaan"),
}
DEATHS = ("jkm", "jkk_death")
ACCIDENTS = ("jkk", "jkk_death")  # paid by the rules of JKK
PARTIAL_JHT = "jht_partial"  # nothing happened: no village reports it
DESK_EVENTS = EVENTS | {PARTIAL_JHT: _("Masih peserta, mengambil sebagian JHT")}
DEATH_EVENTS = ("death", "death_at_work")
PURPOSES = {"other": _("persiapan hari tua"), "housing": _("perumahan")}
TOPICS_OF = {
    "death": ("jkm", "jht", "jp"), "death_at_work": ("jkk_death", "jht", "jp"), "accident": ("jkk",),
    "old_age": ("jht", "jp"), "job_loss": ("jkp", "jht"),
    PARTIAL_JHT: (PARTIAL_JHT,),
}  # fmt: skip
# of a topic, where it is not named like the topic
PROGRAMME = {"jkk_death": "jkk", PARTIAL_JHT: "jht", "scholarship": "jkm"}
_MEMBER = {"card": _("kartu peserta"), "id": _("KTP"), "family_card": _("kartu keluarga")}
_ACCOUNT = {"account": _("buku rekening")}
_DEATH = {
    "card": _("kartu peserta"), "id_dead": _("KTP almarhum"), "id_heir": _("KTP ahli waris"),
    "family_card": _("kartu keluarga"), "death_certificate": _("akta kematian"),
    "heir_letter": _("surat keterangan ahli waris"), "marriage_book": _("buku nikah, bila pasangan"),
    "work_letter": _("surat keterangan kerja"), **_ACCOUNT,
}  # fmt: skip
_ACCIDENT = {
    "report_first": _("laporan kecelakaan tahap I (2 x 24 jam)"),
    "report_second": _("laporan kecelakaan tahap II"),
}
PAPERS = {
    "jkm": _DEATH,
    "jkk_death": _DEATH | _ACCIDENT | {"chronology": _("kronologi"), "witnesses": _("keterangan saksi")},
    "jkk": _MEMBER | _ACCIDENT | {"doctor": _("surat dokter"), "receipts": _("kuitansi"), **_ACCOUNT},
    "jht": _MEMBER | {"work_end": _("surat berhenti kerja atau keterangan pensiun"), **_ACCOUNT},
    PARTIAL_JHT: _MEMBER | {"at_work": _("surat keterangan masih bekerja"), **_ACCOUNT},
    "jp": _MEMBER | _ACCOUNT,
    "jkp": _MEMBER | {
        "dismissal": _("bukti pemutusan hubungan kerja"), "ready": _("pernyataan siap bekerja kembali"), **_ACCOUNT
    },
    "scholarship": {
        "form": _("formulir beasiswa"), "birth_certificate": _("akta kelahiran anak"),
        "family_card": _("kartu keluarga"), "school_letter": _("surat keterangan sekolah"),
        "report": _("rapor terakhir"), "id_guardian": _("KTP wali"),
        "account": _("buku rekening anak atau wali"),
    },
}  # fmt: skip
LEVELS = {
    "tk": _("TK"), "sd": _("SD"), "smp": _("SMP"), "sma": _("SMA/SMK"), "pt": _("perguruan tinggi atau pelatihan")
}  # fmt: skip
ENDED = {"finished": _("selesai sekolah"), "married": _("menikah"), "works": _("bekerja"), "died": _("meninggal")}
NEW, GATHERING, BRANCH, OVER = _("Baru"), _("Berkas"), _("Di cabang"), _("Selesai")
OFFICE = Agency.BRANCH.value


def _pay_by(programme: str) -> Callable[[date], date]:
    def last_day(complete_on: date) -> date:
        told = evaluate("payment_deadline", {"programme": programme, "complete_on": complete_on.isoformat()})
        return date.fromisoformat(str(told.values["pay_by"]))

    return last_day


STAGES = {
    "reported": Stage(_("Dilaporkan"), NEW),
    "papers": Stage(_("Berkas dikumpulkan"), GATHERING),
    "complete_death": Stage(_("Berkas lengkap, santunan kematian"), BRANCH, deadline=_pay_by("jkm")),
    "complete_accident": Stage(_("Berkas lengkap, kecelakaan kerja"), BRANCH, deadline=_pay_by("jkk")),
    "complete": Stage(_("Berkas lengkap, manfaat lain"), BRANCH),
    "paid": Stage(_("Dibayar"), OVER, ended=True),
    "refused": Stage(_("Ditolak cabang"), OVER, ended=True),
    DROPPED: Stage(_("Tidak dilanjutkan"), OVER, ended=True),
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
    "hand_in_death": Step(
        _("Serahkan: santunan kematian"), WITH_FAMILY, "complete_death", asks=(RECEIPT,), topics=("jkm",)
    ),
    "hand_in_accident": Step(
        _("Serahkan: kecelakaan kerja"), WITH_FAMILY, "complete_accident", asks=(RECEIPT,), topics=ACCIDENTS
    ),
    "hand_in": Step(
        _("Serahkan: manfaat lain"), WITH_FAMILY, "complete", asks=(RECEIPT,),
        topics=tuple(topic for topic in TOPICS if topic not in ("jkm", *ACCIDENTS)),
    ),
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
    "drop": Step(_("Tidak dilanjutkan"), OPEN, DROPPED, second_person=True, asks=(CAUSE,)),
}  # fmt: skip

OF_WAGES = frozenset({"jkk", "jkk_death", "jp", "jkp"})  # benefits whose sum tells the wage

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
            Ask("monthly", _("Perkiraan itu tiap"), "text"),
            Ask("steps", _("Cara menghitung")),
            Ask("full_from", _("Santunan penuh sejak"), "day"),
            Ask("file_by", _("Klaim kedaluwarsa sesudah"), "day"),
            Ask("papers", _("Berkas yang diperlukan")),
            Ask("heirs", _("Urutan ahli waris")),
            Ask("assumed", _("Dugaan yang dipakai")),
            Ask("disabled", _("Cacat total tetap")),
            Ask("losses", _("Cacat sebagian")),
            Ask("purpose", _("Keperluan")),
            Ask("school_year", _("Tahun ajaran")),
            Ask("children", _("Anak yang berhak beasiswa"), "count"),
        ),
        columns_told={topic: {"estimate": Column.WAGE, "steps": Column.WAGE} for topic in OF_WAGES},
        subject_view="desk",
        subject_words=_("Meja bantuan"),
        empty=_("Buka klaim dari halaman Hak yang belum diklaim, atau dari meja bantuan orangnya."),
    )
)
