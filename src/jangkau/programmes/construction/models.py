"""Works of villages and agencies as Jakon projects: what was contracted, every step, addendum and worker by name."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jangkau.core.kernel import Refused
from jangkau.programmes.construction.states import State, allowed_pairs
from jangkau.registry.access.gateways.sealed import SealedNumber
from jangkau.registry.people.models import Person, Region

_user = settings.AUTH_USER_MODEL


class Work(models.Model):
    """One work. `value` is that of the first contract: see `value_now`. What is counted of it was counted last on
    `assessed_on`, by actions.assessing."""

    personal = False
    scoped_by = "village_id"

    class Owner(models.TextChoices):
        VILLAGE = "village", _("Desa")
        AGENCY = "agency", _("Dinas")

    list_number = models.BigIntegerField(null=True, unique=True)  # of the published roster, and of its people.Project
    owner = models.CharField(max_length=8, choices=Owner.choices, default=Owner.VILLAGE)
    agency = models.CharField(max_length=120, blank=True)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    activity = models.CharField(max_length=200)
    value = models.BigIntegerField(null=True)
    vat_included = models.BooleanField(default=False)
    by_wages = models.BooleanField(default=False)  # contribution from the wages, not from the value
    source = models.CharField(max_length=120, blank=True)
    executor = models.CharField(max_length=200, blank=True)
    team = models.CharField(max_length=200, blank=True)  # TPK
    ordered_on = models.DateField(null=True)  # work order (SPK)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    registered = models.BooleanField(null=True)  # null: nobody has said
    registered_on = models.DateField(null=True)
    certificate = models.CharField(max_length=60, blank=True)
    paid_on = models.DateField(null=True)
    receipt = models.CharField(max_length=60, blank=True)
    paid = models.BigIntegerField(null=True)
    proof_code = models.CharField(max_length=16, null=True, unique=True)  # in the QR code of the proof, once it is paid
    noted_at = models.DateTimeField(auto_now_add=True)
    noted_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    value_now = models.BigIntegerField(null=True)  # after addenda
    ends_now = models.DateField(null=True)
    workers = models.IntegerField(default=0)
    wages = models.BigIntegerField(null=True)
    due = models.BigIntegerField(null=True)
    register_by = models.DateField(null=True)
    days_before_cover = models.IntegerField(default=0)
    worker_days_lost = models.IntegerField(default=0)
    workers_open = models.IntegerField(default=0)  # at work on the day without cover
    workers_late = models.IntegerField(default=0)  # named after their first day
    days_late = models.IntegerField(default=0)
    underpaid = models.BigIntegerField(default=0)
    changes_waiting = models.IntegerField(default=0)  # workers who came or left since, not told to the branch
    tell_by = models.DateField(null=True)  # the nearest deadline of these
    has_gap = models.BooleanField(default=False)
    assessed_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-starts_on", "-id"], name="work_by_start"),
            models.Index(fields=["village", "-starts_on", "-id"], name="work_by_village"),
            models.Index(fields=["state", "-starts_on", "-id"], name="work_by_state"),
        ]


class WrittenOnce(models.Model):
    """Rows that are added and never changed."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk is not None:
            raise Refused(
                "Catatan ini tidak dapat diubah. Tambahkan catatan baru.",
                "This note cannot be changed. Add another one.",
            )
        super().save(*args, **options)


class Transition(WrittenOnce):
    """A step of a work: from where to where, on which day, with the number of the paper that proves it."""

    personal = False
    scoped_by = "work__village_id"

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="transitions")
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10, choices=State.choices)
    on = models.DateField(null=True)
    paper = models.CharField(max_length=60, blank=True)  # certificate, receipt
    amount = models.BigIntegerField(null=True)
    because = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(*[Q(before=before, after=after) for before, after in allowed_pairs()], _connector=Q.OR),
                name="only_steps_that_exist",
            )
        ]


class Addendum(WrittenOnce):
    """A changed value or end of a contract; the last one holds."""

    personal = False
    scoped_by = "work__village_id"

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="addenda")
    on = models.DateField()
    paper = models.CharField(max_length=60, blank=True)
    value = models.BigIntegerField(null=True)  # null: as before
    ends_on = models.DateField(null=True)
    because = models.CharField(max_length=200)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")


class RosterLine(models.Model):
    """A worker on a work. `line` is the row of the list, null for those who were typed. `person` is empty until
    somebody of the register is recognised in the line."""

    personal = True
    scoped_by = "work__village_id"

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="roster")
    line = models.IntegerField(null=True)
    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    nik = SealedNumber(null=True)
    name = models.CharField(max_length=200, null=True)
    address = models.CharField(max_length=300, null=True)
    task = models.CharField(max_length=120, null=True)
    daily_wage = models.BigIntegerField(null=True)
    days = models.IntegerField(null=True)
    starts_on = models.DateField(null=True)  # null: the first day of the work
    named_on = models.DateField(null=True)  # null: with the first roster
    reported_on = models.DateField(null=True)  # when the branch was told; null: not yet
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=200, blank=True)
    end_reported_on = models.DateField(null=True)


class BudgetLine(models.Model):
    """A work in a village budget, and the work it became, as far as one is known."""

    personal = False
    scoped_by = "village_id"

    class Finding(models.TextChoices):
        MISSING = "missing", _("Belum ada proyek dan pekerjanya")
        UNREGISTERED = "late", _("Sudah mulai, belum terbukti terdaftar")
        WAITING = "waiting", _("Ada proyeknya, belum mulai")
        UPCOMING = "upcoming", _("Belum waktunya")
        REGISTERED = "registered", _("Terdaftar")

    list_number = models.BigIntegerField(db_index=True)
    line = models.IntegerField()
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    activity = models.CharField(max_length=300)
    fund = models.CharField(max_length=120, null=True)
    value = models.BigIntegerField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    work = models.ForeignKey(Work, on_delete=models.SET_NULL, null=True, related_name="budget_lines")
    likeness = models.FloatField(null=True)
    finding = models.CharField(max_length=10, choices=Finding.choices, default=Finding.UPCOMING)

    class Meta:
        indexes = [models.Index(fields=["finding", "id"], name="budget_by_finding")]
