"""Users, their areas, and the record of every change. Areas are Kemendagri codes; a user sees what lies inside them."""

from datetime import UTC

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jangkau.core.kernel.chain import chained


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

    agency = models.CharField(max_length=24, choices=Agency.choices, blank=True)


class Role(models.TextChoices):
    READER = "reader", _("Pembaca")
    OFFICER = "officer", _("Petugas")


class Assignment(models.Model):
    """A user may see an area, and change it when the role says so."""

    personal = False
    scoped_by = "area_code"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    area_code = models.CharField(max_length=13)
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.READER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "area_code"], name="one_role_per_user_and_area")]


class Permission(models.TextChoices):
    """What a program may ask the API for, beside regions and the law."""

    MEASURES = "measures", _("Cakupan")
    LISTS = "lists", _("Daftar dan masalahnya")
    SEND_LISTS = "send_lists", _("Mengirim dan mempublikasikan daftar")
    PEOPLE = "people", _("Pekerja, NIK disamarkan")
    NIK = "nik", _("NIK lengkap")
    EMPLOYERS = "employers", _("Perusahaan")
    CASES = "cases", _("Perkara")
    PROJECTS = "projects", _("Pekerjaan konstruksi")
    WEBHOOKS = "webhooks", _("Kabar ke alamat program")


class Token(models.Model):
    """The key of a program that asks the API on behalf of a user, inside one area of theirs. The key itself is shown
    once; what is kept recognises it."""

    personal = False
    scoped_by = "area_code"

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

    def digest_on(self, previous: str) -> str:
        """What the digest must be when `previous` is that of the row before."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        return chained(previous, [self.id, at, self.by_id, self.action, self.subject, self.detail])
