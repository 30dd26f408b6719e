"""An event: where, when, by whom, what it cost, how many came; planned by hand or told by an outreach list."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.registry.access.gateways.sealed import SealedNumber
from jangkau.registry.cases.models import Paper
from jangkau.registry.people.models import Employer, Person, Region

_user = settings.AUTH_USER_MODEL


class Event(models.Model):
    """A meeting with workers, officials or firms. What a list told goes with the list; what somebody entered stays."""

    personal = False
    scoped_by = "place_id"

    class Kind(models.TextChoices):
        VILLAGE = "village", _("Desa atau kelurahan")
        DISTRICT = "district", _("Kecamatan")
        MARKET = "market", _("Pasar")
        FACTORY = "factory", _("Pabrik atau perusahaan")
        HRD_FORUM = "hrd_forum", _("Forum HRD")
        SCHOOL = "school", _("Sekolah")
        FISHERY_PORT = "fishery_port", _("Pelabuhan ikan (TPI)")
        MEETING = "meeting", _("Rapat koordinasi")
        FOCUS_GROUP = "focus_group", _("Diskusi kelompok (FGD)")

    class State(models.TextChoices):
        PLANNED = "planned", _("Direncanakan")
        INVITED = "invited", _("Diundang")
        HELD = "held", _("Terlaksana")
        CANCELLED = "cancelled", _("Dibatalkan")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    title = models.CharField(max_length=200, blank=True)
    place = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    employer_name = models.CharField(max_length=200, blank=True)
    # employers are composed anew at every measuring: the number is found again by the name
    employer = models.ForeignKey(
        Employer, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    planned_on = models.DateField(null=True)
    held_on = models.DateField(null=True)
    day = models.DateField()  # held, else planned; NO_DAY where a list tells none: what the pages are sorted by
    team = models.CharField(max_length=80, blank=True)
    speaker = models.CharField(max_length=120, blank=True)
    cost = models.BigIntegerField(null=True)  # whole rupiah
    attendance = models.IntegerField(null=True)  # how many came, as told
    result = models.TextField(blank=True)  # of a meeting: its minutes
    series = models.CharField(max_length=80, blank=True)  # meetings that take up what the one before agreed
    list_number = models.BigIntegerField(null=True)  # the published list that tells of it
    line = models.IntegerField(null=True)  # of its stored rows, from 0
    entered_at = models.DateTimeField(null=True)  # null: told by a list alone
    entered_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["-day", "-id"], name="outreach_by_day"),
            models.Index(fields=["kind", "-day", "-id"], name="outreach_by_kind"),
            models.Index(fields=["state", "-day", "-id"], name="outreach_by_state"),
            models.Index(fields=["place", "-day", "-id"], name="outreach_by_place"),
            models.Index(fields=["series", "day"], name="outreach_by_series"),
            models.Index(fields=["list_number", "line"], name="outreach_by_list"),
            models.Index(fields=["state", "kind", "place", "day"], name="outreach_reach"),
        ]

    @property
    def is_meeting(self) -> bool:
        return self.kind in (self.Kind.MEETING, self.Kind.FOCUS_GROUP)

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.PLANNED, self.State.INVITED)


class EventChange(models.Model):
    """An event came into a state. Rows are only ever added."""

    personal = False
    scoped_by = "event__place_id"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="changes")
    state = models.CharField(max_length=9, choices=Event.State.choices)
    because = models.CharField(max_length=300, blank=True)
    list_number = models.BigIntegerField(null=True, db_index=True)  # a list said so, or no longer does
    before = models.JSONField(default=dict)  # what the list replaced: put back when it is taken back
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")


class Attendee(models.Model):
    """Somebody who came, as the attendance list wrote it, and who of the register that is, where it is sure."""

    personal = True
    scoped_by = "event__place_id"

    class Link(models.TextChoices):
        LINKED = "linked", _("dikenali")
        UNSURE = "unsure", _("lebih dari satu orang mungkin")
        UNKNOWN = "unknown", _("belum ada di register")
        UNREADABLE = "unreadable", _("tidak terbaca")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="attendees")
    written = models.CharField(max_length=500)
    name = models.CharField(max_length=200, null=True)
    nik = SealedNumber(null=True, db_index=True)
    sex = models.CharField(max_length=1, null=True)
    birth_date = models.DateField(null=True)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    phone = models.CharField(max_length=20, null=True)
    employer = models.CharField(max_length=200, null=True)
    # people leave the register with their last list
    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    link = models.CharField(max_length=10, choices=Link.choices)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")


class EventFile(models.Model):
    """Material, a picture, an attendance list, minutes: a paper of the registry that belongs to an event."""

    personal = True  # a picture shows people
    scoped_by = "event__place_id"

    class What(models.TextChoices):
        MATERIAL = "material", _("Materi")
        PICTURE = "picture", _("Foto")
        ATTENDANCE = "attendance", _("Daftar hadir")
        OTHER = "other", _("Lainnya")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="files")
    what = models.CharField(max_length=10, choices=What.choices)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
