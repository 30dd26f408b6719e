"""Reports that somebody asked for, and the letterhead they are written on. The files lie in the data folder."""

from django.conf import settings
from django.db import models
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from jangkau.registry.lists.models import Job
from jangkau.registry.people.models import Region

_user = settings.AUTH_USER_MODEL
JOB_KIND = "report"


class Kind(models.TextChoices):
    MONTHLY = "monthly", _("Laporan bulanan kepada bupati")
    VILLAGE = "village", _("Lembar desa")
    INPRES = "inpres", _("Laporan enam bulanan Inpres 2/2021")


class Audience(models.TextChoices):
    INTERNAL = "internal", _("Untuk dinas: angka lengkap")
    PUBLIC = "public", _("Untuk umum: hitungan kecil disembunyikan")


class Bundle(models.TextChoices):
    PDF = "pdf", _("Satu PDF")
    ZIP = "zip", _("Zip, satu PDF tiap desa")


class Letterhead(models.Model):
    """What stands at the head and at the foot of a letter from an area; the nearest one above a region is used."""

    personal = True  # the name and number of whoever signs
    scoped_by = "area_code"

    area_code = models.CharField(max_length=13, primary_key=True)
    government = models.CharField(_("Pemerintah"), max_length=120, blank=True)
    office = models.CharField(_("Perangkat daerah"), max_length=160, blank=True)
    address = models.CharField(_("Alamat"), max_length=200, blank=True)
    contact = models.CharField(_("Telepon, surel, laman"), max_length=200, blank=True)
    addressee = models.CharField(_("Kepada"), max_length=120, blank=True)
    city = models.CharField(_("Tempat surat dibuat"), max_length=80, blank=True)
    signatory_title = models.CharField(_("Jabatan penanda tangan"), max_length=160, blank=True)
    signatory_name = models.CharField(_("Nama penanda tangan"), max_length=120, blank=True)
    signatory_rank = models.CharField(_("Pangkat/golongan"), max_length=80, blank=True)
    signatory_number = models.CharField(_("NIP"), max_length=24, blank=True)
    number_form = models.CharField(_("Bentuk nomor surat"), max_length=80, blank=True)  # {urut}, {bulan}, {tahun}
    first_number = models.PositiveIntegerField(_("Nomor urut pertama tahun ini"), default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")


class Report(models.Model):
    """One report: what was asked for. Its files are named in `files` once its job is done."""

    personal = False
    scoped_by = "region_id"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()  # the measured day it speaks of
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.INTERNAL)
    bundle = models.CharField(max_length=5, choices=Bundle.choices, default=Bundle.PDF)
    dated_on = models.DateField(null=True)  # of the letter; empty: left for the pen
    letter_book = models.CharField(max_length=13, blank=True)  # area whose letterhead gave the number
    sequence = models.PositiveIntegerField(null=True)  # in the letter book, by the year of the letter
    number = models.CharField(max_length=120, blank=True)
    files = models.JSONField(default=list)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="report")
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.F("letter_book"),
                ExtractYear("dated_on"),
                models.F("sequence"),
                condition=models.Q(sequence__isnull=False),
                name="a_letter_number_is_given_once",
            )
        ]
