"""What codes say to a reader."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASON_WORDS: dict[str, Promise] = {
    "duplicate_in_list": _("diusulkan dua kali"),
    "nik_invalid": _("NIK tidak sah"),
    "deceased": _("meninggal"),
    "moved": _("pindah keluar"),
    "nik_not_resident": _("bukan penduduk wilayah ini"),
    "over_age": _("usia melewati batas"),
    "under_age": _("usia di bawah batas"),
    "already_active_pu": _("sudah peserta penerima upah"),
    "already_active_bpu": _("sudah peserta mandiri"),
    "funded_by_other": _("sudah dibiayai skema lain"),
    "decile_too_high": _("desil di atas batas"),
    "job_not_eligible": _("pekerjaan tidak termasuk"),
    "not_working": _("tidak bekerja"),
    "refused": _("menolak ikut"),
    "no_answer": _("tidak dapat ditemui"),
    "quota_full": _("kuota dan cadangan penuh"),
    "branch_refused": _("ditolak cabang"),
}
MISSING_WORDS: dict[str, Promise] = {
    "nik": _("NIK belum diketahui"),
    "birth_date": _("tanggal lahir belum diketahui"),
    "village": _("desa belum diketahui"),
    "occupation": _("pekerjaan belum diketahui"),
    "field_check": _("belum dicek di lapangan"),
    "civil_check": _("belum dipadankan Dukcapil"),
}
DIFFERENCE_WORDS: dict[str, Promise] = {
    "refused": _("Ditolak cabang"),
    "unclear": _("Jawaban cabang tidak jelas"),
    "not_mentioned": _("Ditagihkan, tetapi tidak disebut dalam jawaban"),
    "never_asked": _("Ada dalam jawaban, tetapi tidak ditagihkan"),
    "written_otherwise": _("Diterima dengan nama atau tanggal lahir lain"),
}
FIELD_WORDS: dict[str, Promise] = {
    "working": _("tinggal dan bekerja di sini"),
    "not_working": _("tidak bekerja"),
    "other_job": _("pekerjaannya lain"),
    "moved": _("pindah keluar"),
    "deceased": _("meninggal"),
    "refused": _("menolak ikut"),
    "no_answer": _("tidak dapat ditemui"),
}
CIVIL_WORDS: dict[str, Promise] = {
    "valid": _("padan"),
    "invalid": _("NIK tidak ada"),
    "deceased": _("meninggal"),
    "moved": _("pindah keluar"),
}
PRICE_WORDS: dict[str, Promise] = {
    "funding_source_excluded": _("tanpa potongan: keringanan PP 50/2025 tidak berlaku bagi iuran dari sumber dana ini"),
    "relief_applied": _("dengan potongan yang berlaku di bulan itu"),
    "no_relief_in_month": _("tidak ada keringanan di bulan itu"),
}
