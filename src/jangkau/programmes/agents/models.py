"""Offices (wadah), agents, the names under which lists know them, and whom they recruited. What stands in an
acquisition of a membership (`paid_until` and the like) is a copy, renewed whenever the register is measured."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.registry.access.gateways.sealed import SealedNumber
from jangkau.registry.people.models import Person, Region

_user = settings.AUTH_USER_MODEL


class Office(models.Model):
    """A legal body that signs the agreement of its agents."""

    personal = False
    scoped_by = None

    name = models.CharField(_("Nama kantor"), max_length=200)
    key = models.CharField(max_length=200, unique=True)  # core.linkage.agent_names.office_key
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class Agent(models.Model):
    """Who enrols and serves members. `area` is told, or the district where most recruits live."""

    personal = True
    scoped_by = "area_id"

    class State(models.TextChoices):
        ACTIVE = "active", _("Aktif")
        STOPPED = "stopped", _("Berhenti sementara")
        ENDED = "ended", _("Perjanjian berakhir")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="agents")
    name = models.CharField(_("Nama agen"), max_length=200)
    area = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    area_told = models.BooleanField(default=False)
    contract_from = models.DateField(_("Perjanjian sejak"), null=True)
    contract_until = models.DateField(_("Perjanjian sampai"), null=True)
    state = models.CharField(_("Keadaan"), max_length=8, choices=State.choices, default=State.ACTIVE)
    user = models.OneToOneField(_user, on_delete=models.SET_NULL, null=True, related_name="+")
    # figures of the last measuring
    recruits = models.IntegerField(default=0)
    active = models.IntegerField(default=0)
    last_active_month = models.DateField(null=True)  # of a new member or a contribution
    kept_share = models.FloatField(null=True)  # of recruits who pay a year later; null: nobody was followed so long
    kept_low = models.FloatField(default=-1)  # its lower bound; -1: not known
    kept_high = models.FloatField(null=True)
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["-kept_low", "id"], name="agents_by_retention"),
            models.Index(fields=["-recruits", "id"], name="agents_by_recruits"),
        ]

    def __str__(self) -> str:
        return self.name


class WrittenName(models.Model):
    """A name as lists write it, and the agent who is meant; null while nobody knows."""

    personal = True
    scoped_by = "agent__area_id"

    class State(models.TextChoices):
        SAME = "same", _("sama")
        SHORT = "short", _("disingkat")
        SLIP = "slip", _("salah ketik")
        NEW = "new", _("agen baru")
        UNSURE = "unsure", _("belum pasti")
        TOLD = "told", _("ditetapkan petugas")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="written_names")
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=6, choices=State.choices)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="written_names")
    candidates = models.JSONField(default=list)  # numbers of agents
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="a_name_once_in_an_office")]


class Standing(models.TextChoices):
    PAYING = "paying", _("masih membayar")
    LAPSED = "lapsed", _("berhenti membayar")
    DIED = "died", _("meninggal")
    UNKNOWN = "unknown", _("belum ada di data peserta")


class Acquisition(models.Model):
    """Somebody whom an agent enrolled: a row of a list, or entered on a page (then with name and number, until a list
    brings the person). A membership that an earlier row told already is marked as `repeats` and not counted again."""

    personal = True
    scoped_by = "village_id"

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="acquisitions")
    written = models.ForeignKey(WrittenName, on_delete=models.PROTECT, null=True, related_name="acquisitions")
    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    registered_on = models.DateField(null=True)
    kpj = models.CharField(max_length=20, null=True)
    programmes = models.CharField(max_length=40, null=True)
    phone = models.CharField(max_length=20, null=True)
    account = models.CharField(max_length=40, null=True)  # bank account that pays, where a list names it
    list_number = models.BigIntegerField(null=True, db_index=True)
    line = models.IntegerField(null=True)  # of the stored rows of the list
    sheet = models.CharField(max_length=100, null=True)
    row = models.IntegerField(null=True)  # as Excel shows it
    repeats = models.BooleanField(default=False)
    # entered on a page
    nik = SealedNumber(null=True, db_index=True)
    name = models.CharField(max_length=200, null=True)
    birth_date = models.DateField(null=True)
    occupation = models.CharField(max_length=120, null=True)
    entered_at = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    # copied from the memberships
    standing = models.CharField(max_length=7, choices=Standing.choices, default=Standing.UNKNOWN)
    paid_until = models.DateField(null=True)
    income = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["agent", "-id"], name="agents_portfolio"),
            models.Index(fields=["agent", "standing", "-id"], name="agents_portfolio_standing"),
            models.Index(fields=["village", "standing", "repeats"], name="agents_by_village"),
        ]


class AgentMonth(models.Model):
    """What an agent brought in a month: new members, members who paid for it, and their contributions in rupiah by
    core.rules (null: no rule is known for the month). Built anew whenever the register is measured."""

    personal = False
    scoped_by = "agent__area_id"

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="months")
    month = models.DateField()
    recruits = models.IntegerField()
    payers = models.IntegerField()
    contributions = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "month"], name="a_month_once_for_an_agent")]


class CohortCount(models.Model):
    """How many recruits of a district, by year of enrolment, were followed for so many months and had stopped then:
    what retention curves are drawn from (core.measures.retention). Built anew whenever the register is measured."""

    personal = False
    scoped_by = "district_id"

    district = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    year = models.IntegerField()
    months = models.IntegerField()
    stopped = models.BooleanField()
    n = models.IntegerField()


class Rates(models.Model):
    """Rates of the incentive that an office entered for months of which no law is known, with their source. Never
    changed: a correction takes the old ones back and adds others. What rests on them is shown as assumed."""

    personal = False
    scoped_by = None

    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="rates")  # null: every office
    since = models.DateField()  # first day of a month
    until = models.DateField(null=True)  # last day of a month
    acquisition_amount = models.BigIntegerField()  # rupiah a month
    acquisition_members = models.IntegerField()  # fewest new members for it
    contribution_rate = models.CharField(max_length=12)  # exact, as the law files write it: "7.5%"
    agent_share = models.CharField(max_length=12)
    source = models.CharField(max_length=500)
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")


class Signal(models.Model):
    """A question about an agent's recruits (core.measures.signals) and what an officer said of it. Found again it stays
    the same signal; it opens anew when it concerns more people than the officer looked at."""

    personal = True  # whom it concerns
    scoped_by = "agent__area_id"

    class Kind(models.TextChoices):
        SHARED_PHONE = "shared_phone", _("Satu nomor HP")
        SHARED_ACCOUNT = "shared_account", _("Satu rekening")
        BRIEF_MEMBERS = "brief_members", _("Berhenti setelah sebulan")
        DEAD = "dead", _("Sudah meninggal")
        OVER_AGE = "over_age", _("Melewati batas usia")
        NIK_CLUSTER = "nik_cluster", _("NIK berurutan")
        MEMBER_BEFORE = "member_before", _("Sudah peserta")

    class State(models.TextChoices):
        OPEN = "open", _("belum dijawab")
        EXPLAINED = "explained", _("wajar, ada penjelasan")
        PASSED_ON = "passed_on", _("diteruskan ke cabang")

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    key = models.CharField(max_length=20, blank=True)
    people = models.JSONField()  # numbers of persons
    n = models.IntegerField()
    of = models.IntegerField()
    confidence = models.FloatField()
    found_on = models.DateField()  # the measured day that showed it first
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "kind", "key"], name="a_signal_once")]
        indexes = [models.Index(fields=["state", "-confidence", "id"], name="agents_signals")]
