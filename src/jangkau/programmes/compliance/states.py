"""The road of an employer from a finding to a proof: stages and steps as practised, deadlines as in PP 86/2013, each
step with the body that may record it (UU 24/2011 art. 15-17; PP 86/2013 art. 8, 9; Permenaker 4/2018). The regency
invites, visits and carries out; the branch warns, fines and bills; court work is for the Kejaksaan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from jangkau.core.rules import Result, evaluate
from jangkau.registry.access.models import Agency
from jangkau.registry.cases.states import Ask, CaseType, LetterKind, Stage, Step, declare

KIND, EMPLOYER = "compliance", "employer"
TOPICS = {
    "pwbd": _("Belum terdaftar (PWBD)"),
    "pds_tk": _("Sebagian pekerja belum didaftarkan (PDS-TK)"),
    "pds_upah": _("Upah dilaporkan terlalu rendah (PDS-Upah)"),
    "pds_program": _("Program kurang dari kewajiban (PDS-Program)"),
    "arrears": _("Menunggak iuran"),
}
ARREARS_CLASSES = {
    "current": _("Lancar"),
    "less_current": _("Kurang lancar"),
    "doubtful": _("Diragukan"),
    "bad": _("Macet"),
    "contingent": _("Kontingensi"),
}
BRANCH, OFFICE, PROSECUTOR = Agency.BRANCH.value, Agency.LABOUR_OFFICE.value, Agency.PROSECUTOR.value
INSPECTORATE, LICENSING = Agency.INSPECTORATE.value, Agency.LICENSING_OFFICE.value
AGENDA_AGENCIES = (OFFICE, BRANCH, INSPECTORATE, LICENSING)  # who sits together over the next cases
NEW, GUIDED, WARNED, DENIED, AT_LAW, OVER = (
    _("Baru"), _("Pembinaan"), _("Teguran dan denda"), _("Layanan publik"), _("Kejaksaan dan KPKNL"), _("Selesai"),
)  # fmt: skip


def _first_warning_ends(day: date) -> date:
    return date.fromisoformat(
        str(evaluate("warning_deadlines", {"warned_on": day.isoformat()}).values["first_ends_on"])
    )


def _second_warning_ends(day: date) -> date:
    return _first_warning_ends(day)  # the second one lasts as long as the first


def _fine_due(day: date) -> date:
    told = evaluate("warning_deadlines", {"warned_on": day.isoformat()}).values
    lasts = date.fromisoformat(str(told["fine_due_on"])) - date.fromisoformat(str(told["second_ends_on"]))
    return day + lasts


STAGES = {
    "found": Stage(_("Ditemukan"), NEW),
    "data_check": Stage(_("Data diperiksa"), NEW),
    "invited": Stage(_("Diundang sosialisasi"), GUIDED),
    "reminder": Stage(_("Diingatkan"), GUIDED),
    "notice": Stage(_("Pemberitahuan tunggakan"), GUIDED),
    "summons": Stage(_("Dipanggil pemeriksa"), GUIDED),
    "visit": Stage(_("Dikunjungi"), GUIDED),
    "warning_1": Stage(_("Teguran pertama"), WARNED, deadline=_first_warning_ends),
    "warning_2": Stage(_("Teguran kedua"), WARNED, deadline=_second_warning_ends),
    "fine": Stage(_("Denda administratif"), WARNED, deadline=_fine_due),
    "tmp2t_requested": Stage(_("TMP2T diminta"), DENIED),
    "tmp2t_active": Stage(_("TMP2T berlaku"), DENIED),
    "tmp2t_lifted": Stage(_("TMP2T dicabut"), DENIED),
    "skk_issued": Stage(_("SKK diberikan"), AT_LAW),
    "somasi": Stage(_("Somasi"), AT_LAW),
    "jpn_summons_1": Stage(_("Panggilan JPN pertama"), AT_LAW),
    "jpn_summons_2": Stage(_("Panggilan JPN kedua"), AT_LAW),
    "jpn_summons_3": Stage(_("Panggilan JPN ketiga"), AT_LAW),
    "instalment": Stage(_("Mengangsur"), AT_LAW),
    "skk_returned": Stage(_("SKK dikembalikan"), AT_LAW),
    "litigation": Stage(_("Gugatan"), AT_LAW),
    "kpknl": Stage(_("Di KPKNL"), AT_LAW),
    "complied": Stage(_("Patuh"), OVER, ended=True),
    "closed": Stage(_("Ditutup tanpa hasil"), OVER, ended=True),
}
OPEN = tuple(name for name, stage in STAGES.items() if not stage.ended)
BEFORE_WARNING = ("found", "data_check", "invited", "reminder", "notice", "summons", "visit")
AT_JPN = ("somasi", "jpn_summons_1", "jpn_summons_2", "jpn_summons_3")
DUE_ON = Ask("due_on", _("Ditunggu sampai"), "day", required=False)
LETTER = Ask("letter_number", _("Nomor surat"), "number", required=False)
SKK_NUMBER = Ask("skk_number", _("Nomor SKK"), "number", series="SKK")
DECISION_NUMBER = Ask("decision_number", _("Nomor keputusan"), "number", series="KEP")
CLAIM = Ask("claim", _("Nilai tagihan"), "money")
RECOVERED = Ask("recovered", _("Rupiah yang dibayar"), "money", required=False)
PROTECTED = Ask("protected", _("Pekerja yang baru terlindungi"), "count", required=False)


def _fine(facts: Mapping[str, Any]) -> dict[str, Any]:
    given = {"contribution_due": facts["contribution_due"], "months": facts["fine_months"]}
    return {"fine": int(str(evaluate("administrative_fine", given).values["fine"]))}


def owed(amount: int, months: int, on: date | None) -> Result:
    """What is owed for so many months in arrears, with its penalty; every month is taken to owe the same."""
    given = {"segment": "pu", "monthly": round(amount / months), "months_unpaid": months}
    return evaluate("arrears", given | ({"month": f"{on:%Y-%m}"} if on else {}))


def _owed(facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    amount, months = facts.get("arrears"), facts.get("arrears_months")
    if not amount or not months:
        return {}
    penalty = int(str(owed(amount, months, on).values["penalty"]))
    return {"penalty": penalty, "owed": amount + penalty}


def _step(label: Any, sources: tuple[str, ...], target: str, *agencies: str, **more: Any) -> Step:
    return Step(label, tuple(name for name in sources if name != target), target, agencies, **more)


STEPS = {
    "check_data": _step(_("Periksa data"), ("found",), "data_check", OFFICE, BRANCH),
    "invite": _step(_("Undang sosialisasi"), ("found", "data_check"), "invited", OFFICE, asks=(LETTER, DUE_ON)),
    "remind": _step(
        _("Ingatkan"), ("found", "data_check", "invited", "visit"), "reminder", BRANCH, asks=(LETTER, DUE_ON)
    ),
    "notify": _step(
        _("Beritahukan tunggakan"), ("found", "data_check", "invited", "reminder", "visit"), "notice", BRANCH,
        asks=(LETTER, DUE_ON),
    ),
    "summon": _step(
        _("Panggil ke pemeriksaan"), BEFORE_WARNING, "summons", BRANCH, INSPECTORATE, asks=(LETTER, DUE_ON)
    ),
    "visit": _step(_("Catat kunjungan"), BEFORE_WARNING, "visit", OFFICE, BRANCH, INSPECTORATE, asks=(DUE_ON,)),
    "warn_1": _step(_("Teguran pertama"), BEFORE_WARNING, "warning_1", BRANCH, asks=(LETTER,)),
    "warn_2": _step(_("Teguran kedua"), ("warning_1",), "warning_2", BRANCH, waits=True, asks=(LETTER,)),
    "fine": _step(
        _("Kenakan denda"), ("warning_2",), "fine", BRANCH, waits=True, second_person=True, computes=_fine,
        asks=(
            Ask("contribution_due", _("Iuran sebulan yang seharusnya dibayar"), "money"),
            Ask("fine_months", _("Banyaknya bulan"), "count"),
            LETTER,
        ),
    ),
    "request_tmp2t": _step(
        _("Minta TMP2T"), ("fine",), "tmp2t_requested", BRANCH, waits=True,
        asks=(Ask("service", _("Layanan yang diminta ditolak")), LETTER),
    ),
    "impose_tmp2t": _step(
        _("Berlakukan TMP2T"), ("tmp2t_requested",), "tmp2t_active", LICENSING,
        asks=(DECISION_NUMBER,),
    ),
    "lift_tmp2t": _step(
        _("Cabut TMP2T"), ("tmp2t_active",), "tmp2t_lifted", LICENSING,
        asks=(DECISION_NUMBER,),
    ),
    "issue_skk": _step(
        _("Serahkan SKK ke Kejaksaan"), ("notice", "summons", "warning_2", "fine", "tmp2t_active"), "skk_issued",
        BRANCH, asks=(SKK_NUMBER, CLAIM),
    ),
    "send_somasi": _step(_("Kirim somasi"), ("skk_issued",), "somasi", PROSECUTOR, asks=(LETTER, DUE_ON)),
    "jpn_summon_1": _step(_("Panggilan JPN pertama"), ("somasi",), "jpn_summons_1", PROSECUTOR, asks=(LETTER, DUE_ON)),
    "jpn_summon_2": _step(
        _("Panggilan JPN kedua"), ("jpn_summons_1",), "jpn_summons_2", PROSECUTOR, asks=(LETTER, DUE_ON)
    ),
    "jpn_summon_3": _step(
        _("Panggilan JPN ketiga"), ("jpn_summons_2",), "jpn_summons_3", PROSECUTOR, asks=(LETTER, DUE_ON)
    ),
    "agree_instalment": _step(
        _("Sepakati angsuran"), AT_JPN, "instalment", PROSECUTOR,
        asks=(CLAIM, Ask("instalments", _("Banyaknya angsuran"), "count"), DUE_ON),
    ),
    "record_payment": Step(
        _("Catat pembayaran angsuran"), ("instalment",), "instalment", (PROSECUTOR, BRANCH),
        asks=(Ask("recovered", _("Rupiah yang dibayar"), "money"), DUE_ON),
    ),
    "return_skk": _step(
        _("Kembalikan SKK"), ("skk_issued", *AT_JPN, "instalment"), "skk_returned", PROSECUTOR,
        asks=(Ask("cause", _("Sebab")),),
    ),
    "litigate": _step(_("Gugat dengan SKK baru"), ("skk_returned",), "litigation", BRANCH, asks=(SKK_NUMBER, CLAIM)),
    "hand_to_kpknl": _step(
        _("Serahkan ke KPKNL"), ("notice", "summons", "warning_2", "fine", "skk_returned", "litigation"), "kpknl",
        BRANCH, asks=(CLAIM,),
    ),
    "comply": _step(
        _("Catat sudah patuh"), OPEN, "complied", BRANCH, PROSECUTOR,
        asks=(Ask("proof", _("Bukti: nomor pendaftaran, kuitansi, atau berita acara")), RECOVERED, PROTECTED),
    ),
    "prove": _step(_("Terbukti dari daftar"), OPEN, "complied", by_hand=False),
    "close": _step(
        _("Tutup tanpa hasil"), OPEN, "closed", OFFICE, BRANCH, second_person=True,
        asks=(Ask("cause", _("Sebab: bubar, tidak beroperasi, pindah, atau data keliru")),),
    ),
}  # fmt: skip

LAW, SANCTIONS = "UU 24/2011 pasal 14-17", "PP 86/2013"


def _letter(
    label: Any, mark: str, subject: str, template: str, basis: tuple[str, ...], stages: tuple[str, ...], *agencies: str,
    **more: Any,
) -> LetterKind:  # fmt: skip
    return LetterKind(label, mark, subject, f"compliance/letters/{template}.html", basis, stages, agencies, **more)


LETTERS = {
    "data_request": _letter(
        _("Permintaan data"), "DAT", "Permintaan data pekerja", "data_request", ("UU 7/1981", "Inpres 2/2021"),
        ("data_check",), OFFICE,
    ),
    "invitation": _letter(
        _("Undangan sosialisasi"), "UND", "Undangan sosialisasi jaminan sosial ketenagakerjaan", "invitation",
        ("Inpres 2/2021",), ("invited",), OFFICE,
    ),
    "reminder": _letter(_("Surat pengingat"), "ING", "Pengingat kewajiban", "reminder", (LAW,), ("reminder",), BRANCH),
    "notice": _letter(
        _("Pemberitahuan tunggakan"), "PBT", "Pemberitahuan tunggakan iuran", "notice",
        ("UU 24/2011 pasal 19", "PP 44/2015 pasal 22"), ("notice",), BRANCH, computes=_owed,
    ),
    "summons": _letter(
        _("Panggilan pemeriksaan"), "PGL", "Panggilan pemeriksaan kepatuhan", "summons", (LAW,), ("summons",), BRANCH,
        INSPECTORATE,
    ),
    "minutes": _letter(
        _("Berita acara kunjungan"), "BA", "Berita acara kunjungan", "minutes", (LAW,), ("visit",), OFFICE, BRANCH,
        INSPECTORATE,
    ),
    "warning_1": _letter(
        _("Surat teguran pertama"), "SP1", "Teguran tertulis pertama", "warning", (LAW, SANCTIONS), ("warning_1",),
        BRANCH,
    ),
    "warning_2": _letter(
        _("Surat teguran kedua"), "SP2", "Teguran tertulis kedua", "warning", (LAW, SANCTIONS), ("warning_2",), BRANCH
    ),
    "fine": _letter(
        _("Surat denda"), "DND", "Pengenaan denda administratif", "fine", (LAW, SANCTIONS), ("fine",), BRANCH
    ),
    "tmp2t_request": _letter(
        _("Permintaan TMP2T"), "TMP", "Permintaan tidak mendapat pelayanan publik tertentu", "tmp2t_request",
        (LAW, "PP 86/2013 pasal 8 dan 9", "Permenaker 4/2018"), ("tmp2t_requested",), BRANCH, to="Kepala DPMPTSP",
    ),
    "tmp2t_decision": _letter(
        _("Pemberitahuan TMP2T"), "TPT", "Tidak mendapat pelayanan publik tertentu", "tmp2t_decision",
        ("PP 86/2013 pasal 9", "Permenaker 4/2018"), ("tmp2t_active",), LICENSING,
    ),
    "tmp2t_lifting": _letter(
        _("Pemberitahuan pencabutan TMP2T"), "CTP", "Pencabutan penolakan pelayanan publik", "tmp2t_lifting",
        ("PP 86/2013 pasal 9", "Permenaker 4/2018"), ("tmp2t_lifted",), LICENSING,
    ),
    "skk": _letter(
        _("Penyerahan SKK"), "PSK", "Penyerahan surat kuasa khusus", "skk", (LAW,), ("skk_issued",), BRANCH,
        to="Kepala Kejaksaan Negeri",
    ),
    "somasi": _letter(_("Somasi"), "SOM", "Somasi", "somasi", ("KUH Perdata pasal 1238",), ("somasi",), PROSECUTOR),
    "jpn_summons": _letter(
        _("Panggilan JPN"), "PJN", "Panggilan jaksa pengacara negara", "jpn_summons", ("UU 16/2004 pasal 30",),
        AT_JPN[1:], PROSECUTOR,
    ),
    "payment_statement": _letter(
        _("Pernyataan pembayaran"), "PBY", "Pernyataan kesanggupan membayar", "payment_statement",
        ("KUH Perdata pasal 1320 dan 1338",), ("instalment",), PROSECUTOR,
    ),
}  # fmt: skip

COMPLIANCE = declare(
    CaseType(
        KIND,
        _("Kepatuhan"),
        stages=STAGES,
        steps=STEPS,
        topics=TOPICS,
        letters=LETTERS,
        letters_view="letter_run_ask",
        facts=(
            Ask("npp", "NPP"),
            Ask("nib", "NIB"),
            Ask("workers_found", _("Pekerja ditemukan"), "count"),
            Ask("workers_registered", _("Pekerja terdaftar"), "count"),
            Ask("monthly_income", _("Upah rata-rata yang dilaporkan ke cabang"), "money"),
            Ask("lowest_wage", _("Upah terendah menurut perusahaan"), "money"),
            Ask("programmes", _("Program yang diikuti")),
            Ask("arrears_months", _("Bulan tunggakan"), "count"),
            Ask("arrears", _("Nilai tunggakan"), "money"),
            Ask("fine", _("Denda administratif"), "money"),
            Ask("proved_by", _("Bukti")),
        ),
        subject_view="employer",
        subject_words=_("Lihat perusahaan dan buktinya"),
        weight_words=_("Pekerja"),
        empty=_("Buka perkara dari halaman Perusahaan: tandai temuannya, lalu pilih Buka perkara."),
    )
)
