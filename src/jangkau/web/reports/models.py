"""Reports that somebody asked for. The files lie in the data folder; the letterhead they are written on is one of the
registry's (registry/cases)."""

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
