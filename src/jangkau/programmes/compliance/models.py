"""Letters that are written many at once: for which cases, how far, and the bundle to print."""

from django.conf import settings
from django.db import models

from jangkau.registry.lists.models import Job

JOB_KIND = "letters"


class LetterRun(models.Model):
    """One order of many letters of a kind. The letters belong to their cases; here is what joins them."""

    personal = False
    scoped_by = None  # seen by whoever asked for it

    kind = models.CharField(max_length=24)
    cases = models.JSONField()
    dated_on = models.DateField()
    written = models.IntegerField(default=0)
    refused = models.JSONField(default=list)  # {"id": sentence, "en": sentence}, each once
    bundle = models.CharField(max_length=64, blank=True)  # SHA-256 of the PDF with all letters
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
