"""Letters that are written many at once; the accounts of employers; the classes of arrears an office entered."""

from django.conf import settings
from django.db import models

from jangkau.registry.lists.models import Job
from jangkau.registry.people.models import Employer

_user = settings.AUTH_USER_MODEL
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
    letters_before = models.BigIntegerField(default=0)  # number of the newest letter when it was asked for
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")


class EmployerAccount(models.Model):
    """With this account a firm sees its own page, and nothing else of the register. Closed ones stay written down."""

    personal = False
    scoped_by = "employer__village_id"

    # employers are composed anew from the lists and keep their number: one may be missing for a while
    employer = models.ForeignKey(Employer, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    user = models.OneToOneField(_user, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")


class ArrearsScale(models.Model):
    """From which month in arrears each class begins, as the branch told the office, with the source. Never changed: a
    correction takes the old one back. Where none is entered the practice that the law files quote is used."""

    personal = False
    scoped_by = None

    since = models.DateField()
    first_months = models.JSONField()  # class -> first month in arrears
    source = models.CharField(max_length=300)
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
