"""Users, their areas, and the record of every change. Areas are Kemendagri codes; a user sees what lies inside them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jangkau.core.kernel.chain import chained

if TYPE_CHECKING:
    from jangkau.registry.access.permissions import Grant


class Agency(models.TextChoices):
    """Whom a person works for: the law gives each step of a case to one of them."""

    LABOUR_OFFICE = "labour_office", _("Disnakertrans")
    BRANCH = "branch", _("Cabang BPJS Ketenagakerjaan")
    PROSECUTOR = "prosecutor", _("Kejaksaan Negeri (Datun)")
    LICENSING_OFFICE = "licensing_office", _("DPMPTSP")
    INSPECTORATE = "inspectorate", _("Pengawas ketenagakerjaan provinsi")
    RECEIVABLES_OFFICE = "receivables_office", _("KPKNL")
    REGIONAL_SECRETARY = "regional_secretary", _("Sekretariat Daerah")
    PLANNING_AGENCY = "planning_agency", _("Bappelitbangda")
    VILLAGE_AFFAIRS_OFFICE = "village_affairs_office", _("DPMD")
    PERSONNEL_AGENCY = "personnel_agency", _("BKPSDM")
    SOCIAL_OFFICE = "social_office", _("Dinas Sosial")
    CIVIL_REGISTRY = "civil_registry", _("Disdukcapil")
    DISTRICT = "district", _("Kecamatan")
    VILLAGE = "village", _("Desa/kelurahan")
    OTHER = "other", _("Perangkat daerah lain")


class User(AbstractUser):
    """Somebody who signs in. Own class from the first migration on, so that it can grow."""

    personal = True  # holds personal data
    scoped_by = None  # global: seen by administrators alone

    # what the address of this request asks for, and what the user holds: see permissions/gates.py
    at_gate: tuple[Permission | None, Permission | None, tuple[Grant, ...]] | None = None
    columns_seen: frozenset[Column] | None = None  # once they were asked for: see permissions/columns.py

    agency = models.CharField(max_length=24, choices=Agency.choices, blank=True)


class Column(models.TextChoices):
    """What of a person one kind of agency sees and others do not; whose it is stands in permissions/columns.py."""

    WAGE = "wage", _("Upah di cabang")
    KPJ = "kpj", _("Nomor peserta (KPJ)")
    CONTRIBUTION = "contribution", _("Bulan iuran terakhir dan status di cabang")
    DECILE = "decile", _("Desil kesejahteraan")


class ColumnOpeningQuerySet(models.QuerySet["ColumnOpening"]):
    def in_force(self, day: date) -> ColumnOpeningQuerySet:
        return self.filter(confirmed_at__isnull=False, ended_at=None, opens_on__lte=day, ends_on__gt=day)


class ColumnOpening(models.Model):
    """A column that an agreement opens to another agency between two days (half-open); proposed by one administrator,
    confirmed by a second one, ended by any."""

    personal = False
    scoped_by = None  # whoever signs in may read whom a column is open to

    column = models.CharField(max_length=12, choices=Column.choices)
    agency = models.CharField(max_length=24, choices=Agency.choices)
    agreement = models.CharField(max_length=120)  # its number
    agreed_on = models.DateField()
    opens_on = models.DateField()
    ends_on = models.DateField()
    proposed_at = models.DateTimeField(auto_now_add=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ColumnOpeningQuerySet.as_manager()


class Permission(models.TextChoices):
    """What somebody may do. The first nine are also what a program may ask the API for, beside regions and the law."""

    MEASURES = "measures", _("Melihat cakupan")
    LISTS = "lists", _("Melihat daftar dan masalahnya")
    SEND_LISTS = "send_lists", _("Mengirim dan memperbaiki daftar")
    PEOPLE = "people", _("Melihat pekerja, NIK disamarkan")
    NIK = "nik", _("Membuka NIK lengkap")
    EMPLOYERS = "employers", _("Melihat perusahaan")
    CASES = "cases", _("Melihat perkara")
    PROJECTS = "projects", _("Melihat pekerjaan konstruksi")
    WEBHOOKS = "webhooks", _("Memberi kabar ke alamat program")
    PROGRAMMES = "programmes", _("Melihat sosialisasi, Perisai, proyek desa, dan bantuan iuran")
    PUBLISH = "publish", _("Mempublikasikan, menolak, dan menarik daftar")
    DECIDE_PAIRS = "decide_pairs", _("Memutuskan padanan")
    WORK_CASES = "work_cases", _("Menangani perkara dan tindak lanjut")
    PLAN_OUTREACH = "plan_outreach", _("Merencanakan dan mencatat sosialisasi")
    RUN_AGENTS = "run_agents", _("Mengelola agen Perisai")
    NOTE_WORKS = "note_works", _("Mencatat proyek desa")
    RUN_SUBSIDY = "run_subsidy", _("Menyusun bantuan iuran")
    SIGN_SUBSIDY = "sign_subsidy", _("Memeriksa dan menandatangani bantuan iuran")
    HELP_CLAIMS = "help_claims", _("Mendampingi klaim")
    MAKE_REPORTS = "make_reports", _("Membuat laporan")
    KEEP_FIGURES = "keep_figures", _("Mencatat angka resmi dan kop surat")
    ADMINISTER_USERS = "administer_users", _("Mengelola pengguna")
    READ_AUDIT = "read_audit", _("Membaca catatan")


API_PERMISSIONS = tuple(list(Permission)[:9])


class Role(models.TextChoices):
    """Who does what; what each may do stands in permissions/roles.py."""

    READER = "reader", _("Pembaca atau pimpinan")
    OFFICER = "officer", _("Petugas kabupaten/kota")
    DISTRICT_OFFICER = "district_officer", _("Petugas kecamatan")
    VILLAGE_CLERK = "village_clerk", _("Operator desa/kelurahan")
    BRANCH_OFFICER = "branch_officer", _("Petugas cabang")
    COMPLIANCE_OFFICER = "compliance_officer", _("Petugas kepatuhan")
    STATE_ATTORNEY = "state_attorney", _("Jaksa pengacara negara")
    SUBSIDY_OFFICER = "subsidy_officer", _("Petugas bantuan iuran")
    CHECKER = "checker", _("Pemeriksa")
    HELP_DESK = "help_desk", _("Petugas layanan")
    INSPECTOR = "inspector", _("Inspektorat")
    ADMINISTRATOR = "administrator", _("Pengelola")
    GLASS = "glass", _("Akses darurat satu jam")


GIVEN_ROLES = tuple(each for each in Role if each != Role.GLASS)  # that one is taken, and ends within the hour


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def in_force(self, moment: datetime) -> AssignmentQuerySet:
        return self.filter(valid_from__lte=moment).filter(models.Q(valid_until=None) | models.Q(valid_until__gt=moment))


class Assignment(models.Model):
    """A user holds a role in an area, from a moment until another; for ever without one. `on_behalf_of`: during the
    leave of somebody whose role this is."""

    personal = False
    scoped_by = "area_code"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    area_code = models.CharField(max_length=13)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.READER)
    valid_from = models.DateTimeField(default=timezone.now)
    valid_until = models.DateTimeField(null=True)  # half-open
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # null: command line
    on_behalf_of = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="lent")
    because = models.CharField(max_length=200, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
                name="rights_end_after_they_begin",
            )
        ]


class Token(models.Model):
    """The key of a program that asks the API on behalf of a user, inside one area of theirs. The key itself is shown
    once; what is kept recognises it."""

    personal = False
    scoped_by = "area_code"
    needs: Permission | None = None  # what the request that shows the key asks for

    name = models.CharField(max_length=80)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    area_code = models.CharField(max_length=13)
    permissions = models.JSONField(default=list)  # of Permission
    sha256 = models.CharField(max_length=64, unique=True)
    ends_on = models.DateField()
    issued_at = models.DateTimeField(auto_now_add=True)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")


LOOKS = ("person_opened", "people_searched", "person_seen", "people_sought")  # actions that change nothing


class AuditEvent(models.Model):
    """What happened, to what, by whom. Rows are only ever added; numbered without gaps, and each carries a digest that
    covers the row before it (see core.kernel.chain), so that a row altered, taken out or slipped in is found."""

    personal = False
    scoped_by = None

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # null: the command line
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=80, db_index=True)
    detail = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [  # every page asks for the newest change, which may lie thousands of looks back
            models.Index(fields=["-id"], name="newest_change", condition=~models.Q(action__in=LOOKS))
        ]

    def digest_on(self, previous: str) -> str:
        """What the digest must be when `previous` is that of the row before."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        return chained(previous, [self.id, at, self.by_id, self.action, self.subject, self.detail])
