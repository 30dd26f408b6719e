"""Schemes that pay contributions, who was proposed for them and what became of each, decrees, months that are paid for
and the batches in which the branch was told. Nobody is paid for twice: that is a constraint on the months."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from jangkau.programmes.subsidy.states import Answer, Left, RoundKind, SchemeKind, State
from jangkau.registry.access.gateways.sealed import SealedNumber
from jangkau.registry.lists.models import Job, SentList
from jangkau.registry.people.models import Person, Region

_user = settings.AUTH_USER_MODEL
UNNUMBERED = "…………"  # a draft whose number is given on signing


class Scheme(models.Model):
    """A budget that pays the contributions of some people of an area for some months, and whom it is meant for."""

    personal = False
    scoped_by = "area_id"

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=SchemeKind.choices)
    area = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    first_month = models.DateField()
    months = models.PositiveSmallIntegerField()
    budget = models.BigIntegerField()  # rupiah
    places = models.PositiveIntegerField()
    reserve = models.PositiveIntegerField()
    income = models.BigIntegerField()  # rupiah a month: the base of the contribution
    sector = models.CharField(max_length=10, default="other")  # core.rules: transport or other
    with_jht = models.BooleanField(default=False)
    youngest = models.PositiveSmallIntegerField()
    oldest = models.PositiveSmallIntegerField()
    occupations = models.JSONField(default=list)  # words of which one must stand in the occupation
    highest_decile = models.PositiveSmallIntegerField(null=True)
    needs_field_check = models.BooleanField(default=False)
    needs_civil_check = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class VillageQuota(models.Model):
    """Places of a village in a scheme. A scheme without any has places for the whole area alone."""

    personal = False
    scoped_by = "scheme__area_id"

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="village_quotas")
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    places = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "village"], name="one_quota_a_village")]


class Decree(models.Model):
    """A decree by name and address: a draft of one officer that another signs. What was signed never changes: its annex
    is the people who point here, and their digest is kept."""

    personal = False
    scoped_by = "scheme__area_id"

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="decrees")
    number = models.CharField(max_length=120, blank=True)  # empty: the number book gives one on signing
    dated_on = models.DateField()
    first_month = models.DateField()
    last_month = models.DateField()
    people = models.PositiveIntegerField()
    amount = models.BigIntegerField()  # rupiah, all people and months
    annex_sha256 = models.CharField(max_length=64)
    code = models.CharField(max_length=16, unique=True, null=True)  # in the QR code, given on signing
    paper_job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme"], condition=Q(signed_at=None, withdrawn_at=None), name="one_draft_decree_a_scheme"
            ),
            models.UniqueConstraint(
                fields=["scheme", "number"],
                condition=Q(withdrawn_at=None) & ~Q(number=""),
                name="a_decree_number_once",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None) | (Q(signed_by__isnull=False) & ~Q(signed_by=F("made_by"))),
                name="a_decree_is_signed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.number or UNNUMBERED


class Nominee(models.Model):
    """Somebody proposed for a scheme, as the list or the register told on that day. `reasons` and `missing` are codes
    of core.measures.eligibility, |-separated, the first one shown."""

    personal = True
    scoped_by = "village_id"

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="nominees")
    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    nik = SealedNumber(null=True)
    name = models.CharField(max_length=200, null=True)
    sex = models.CharField(max_length=1, null=True)
    birth_date = models.DateField(null=True)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=320, null=True)
    occupation = models.CharField(max_length=120, null=True)
    decile = models.SmallIntegerField(null=True)
    sent_list = models.ForeignKey(SentList, on_delete=models.PROTECT, null=True, related_name="+")
    line = models.IntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NOMINATED)
    reasons = models.CharField(max_length=300, default="")
    missing = models.CharField(max_length=100, default="")
    rank = models.IntegerField(null=True)
    field_check = models.CharField(max_length=12, null=True)
    civil_check = models.CharField(max_length=12, null=True)
    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, null=True, related_name="nominees")
    first_month = models.DateField(null=True)  # paid for from here
    last_month = models.DateField(null=True)  # to here, both included
    covered_since = models.DateField(null=True)  # first day of an unbroken cover that government pays
    left_because = models.CharField(max_length=20, choices=Left.choices, default="")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        indexes = [
            models.Index(fields=["scheme", "state", "id"]),
            models.Index(fields=["scheme", "village", "id"]),
            models.Index(fields=["scheme", "rank"]),
            models.Index(fields=["nik"]),
        ]


class Round(models.Model):
    """Something done to many nominees at once: by whom, when, with what result."""

    personal = False
    scoped_by = "scheme__area_id"

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="rounds")
    kind = models.CharField(max_length=12, choices=RoundKind.choices)
    counts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")


class NomineeStep(models.Model):
    """What a round meant for one nominee. Rows are only ever added: they are the history of a nominee."""

    personal = True
    scoped_by = "nominee__village_id"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="steps")
    nominee = models.ForeignKey(Nominee, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=State.choices)
    found = models.CharField(max_length=300, default="")  # codes: reasons, what is missing, the result of a check
    rank = models.IntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "nominee"], name="one_step_a_round")]


class Batch(models.Model):
    """A month of a scheme told to the branch: who is to be paid for, and how much."""

    personal = False
    scoped_by = "scheme__area_id"

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="batches")
    month = models.DateField()
    people = models.PositiveIntegerField()
    amount = models.BigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "month"], name="one_batch_a_month")]


class FundedMonth(models.Model):
    """One month of one person that a scheme pays. A person or a NIK has one payer a month; only where the branch
    refused is the month free for another."""

    personal = True
    scoped_by = "nominee__village_id"

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="funded_months")
    nominee = models.ForeignKey(Nominee, on_delete=models.PROTECT, related_name="funded_months")
    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    nik = SealedNumber(null=True)
    month = models.DateField()
    amount = models.BigIntegerField()
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="funded_months")
    answer = models.CharField(max_length=8, choices=Answer.choices, default="")
    because = models.CharField(max_length=300, default="")  # the branch's words
    answer_list = models.ForeignKey(SentList, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "month"], condition=~Q(answer="refused"), name="one_payer_a_person_and_month"
            ),
            models.UniqueConstraint(
                fields=["nik", "month"], condition=~Q(answer="refused"), name="one_payer_a_nik_and_month"
            ),
            models.UniqueConstraint(fields=["nominee", "month"], name="one_month_a_nominee"),
            models.CheckConstraint(condition=Q(person__isnull=False) | Q(nik__isnull=False), name="a_payee_is_known"),
        ]
        indexes = [models.Index(fields=["scheme", "month"])]
