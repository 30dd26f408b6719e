"""The words the tables are made of: kinds of schemes and who pays, where a nominee stands, why somebody left, what a
round did."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SchemeKind(models.TextChoices):
    APBD = "apbd", _("APBD kabupaten")
    DBHCHT = "dbhcht", _("DBH-CHT")
    PROVINCE = "province", _("APBD provinsi")
    APBDES = "apbdes", _("APBDes")
    VILLAGE_HUNDRED = "village_hundred", _("1 Desa 100 Pekerja Rentan")
    VILLAGE_OFFICIALS = "village_officials", _("Perangkat desa, RT/RW")
    NON_ASN = "non_asn", _("Pegawai non-ASN")
    CSR = "csr", _("CSR perusahaan")
    SERTAKAN = "sertakan", _("SERTAKAN (donatur)")


# the funding source of core.rules (bpu_contribution), which decides whether a relief holds
FUNDING = {
    SchemeKind.APBD: "apbd", SchemeKind.DBHCHT: "dbhcht", SchemeKind.PROVINCE: "apbd", SchemeKind.APBDES: "apbdes",
    SchemeKind.VILLAGE_HUNDRED: "apbdes", SchemeKind.VILLAGE_OFFICIALS: "apbdes", SchemeKind.NON_ASN: "apbd",
    SchemeKind.CSR: "csr", SchemeKind.SERTAKAN: "donor",
}  # fmt: skip
WAGE_EARNERS = frozenset({SchemeKind.VILLAGE_OFFICIALS, SchemeKind.NON_ASN})  # assumed: members as PU


class State(models.TextChoices):
    NOMINATED = "nominated", _("Diusulkan")
    TO_CHECK = "to_check", _("Perlu dilengkapi")
    REFUSED = "refused", _("Tidak memenuhi syarat")
    ELIGIBLE = "eligible", _("Memenuhi syarat")
    RESERVE = "reserve", _("Cadangan")
    SELECTED = "selected", _("Terpilih")
    PROPOSED = "proposed", _("Dalam rancangan SK")
    ENROLLED = "enrolled", _("Ditetapkan")
    LEFT = "left", _("Berhenti")


# before a decree holds them: judged again by every round
OPEN = (State.NOMINATED, State.TO_CHECK, State.REFUSED, State.ELIGIBLE, State.RESERVE, State.SELECTED)


class Left(models.TextChoices):
    DECEASED = "deceased", _("meninggal")
    MOVED = "moved", _("pindah keluar")
    NEW_JOB = "already_active_pu", _("bekerja dan terdaftar sebagai penerima upah")
    BRANCH = "branch_refused", _("ditolak cabang")
    ASKED = "refused", _("mengundurkan diri")


class RoundKind(models.TextChoices):
    NOMINATE = "nominate", _("Usulan")
    FIELD_CHECK = "field_check", _("Cek lapangan")
    CIVIL_CHECK = "civil_check", _("Padanan Dukcapil")
    ASSESS = "assess", _("Penilaian syarat")
    SELECT = "select", _("Pemilihan")
    PROPOSE = "propose", _("Rancangan SK")
    WITHDRAW = "withdraw", _("Rancangan SK dibatalkan")
    SIGN = "sign", _("SK ditandatangani")
    LEAVE = "leave", _("Berhenti")


class Answer(models.TextChoices):
    OPEN = "", _("belum dijawab")
    ACCEPTED = "accepted", _("diterima")
    REFUSED = "refused", _("ditolak")
    UNCLEAR = "unclear", _("jawaban tidak jelas")


TELLS_DECILE = "decile_too_high"  # the reason from which a decile can be told
