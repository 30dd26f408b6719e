"""What the help desk keeps beside the cases: papers that a family has brought, events that villages report, children
with a scholarship and the school years paid for. What becomes of a claim stands in its case."""

from django.conf import settings
from django.db import models

from jangkau.programmes.claims.states import ENDED, EVENTS, LEVELS
from jangkau.registry.access.gateways.sealed import SealedNumber
from jangkau.registry.cases.models import Case
from jangkau.registry.people.models import Person, Region

_user = settings.AUTH_USER_MODEL


class ReceivedPaper(models.Model):
    """A paper of the checklist of a claim that the family has brought."""

    personal = False
    scoped_by = "case__region_id"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(max_length=20)  # states.PAPERS
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "paper"], name="a_paper_once_a_claim")]


class EventReport(models.Model):
    """What a village tells: this happened to that person on a day. `person` is who is meant, where the register knows
    one; the words stay as they were written."""

    personal = True
    scoped_by = "village_id"

    name = models.CharField(max_length=200)
    nik = SealedNumber(blank=True)
    birth_date = models.DateField(null=True)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    event = models.CharField(max_length=16, choices=EVENTS.items())
    event_on = models.DateField()
    told = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    reported_at = models.DateTimeField(auto_now_add=True)
    reported_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "nik", "event", "event_on"], name="an_event_is_reported_once")
        ]
        indexes = [models.Index(fields=["event_on", "id"]), models.Index(fields=["person"])]


class Child(models.Model):
    """A child of a member who died or is disabled for good: the right rests on a claim that was paid."""

    personal = True
    scoped_by = "case__region_id"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    birth_date = models.DateField()
    level = models.CharField(max_length=3, choices=LEVELS.items(), blank=True)  # empty: not at school yet
    ended_because = models.CharField(max_length=8, choices=ENDED.items(), blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "name", "birth_date"], name="a_child_once_a_claim")]


class SchoolYear(models.Model):
    """A school year (by the year in which it begins) for which a child's scholarship was claimed."""

    personal = True
    scoped_by = "child__case__region_id"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="school_years")
    year = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=3, choices=LEVELS.items())
    amount = models.BigIntegerField()  # rupiah by the law of that year
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")  # the claim for that year
    claimed_at = models.DateTimeField(auto_now_add=True)
    claimed_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "year"], name="a_school_year_once")]
