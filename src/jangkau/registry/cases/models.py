"""Cases with their transitions, papers and notes; what meetings agreed. Transitions, notes and reports are only added:
the database itself refuses to change one, and to give a case a state that its last transition does not have."""

from django.conf import settings
from django.db import models
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from jangkau.registry.access.models import Agency
from jangkau.registry.people.models import Region

_user = settings.AUTH_USER_MODEL


class Case(models.Model):
    """One piece of work on one subject. Where it stands is copied here from its last transition."""

    personal = False
    scoped_by = "region_id"

    kind = models.CharField(max_length=20)  # states.CaseType
    topic = models.CharField(max_length=20)  # what about, in the words of the kind
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(max_length=200)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    weight = models.IntegerField(default=0)  # people affected: what goes first
    facts = models.JSONField(default=dict)  # what it rests on, as known when it was opened
    agency = models.CharField(max_length=24, choices=Agency.choices, blank=True)
    owner = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=24)
    ended = models.BooleanField(default=False)
    entered_on = models.DateField()  # the day of the last change of state
    due_on = models.DateField(null=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "topic", "subject_kind", "subject_id"],
                condition=models.Q(ended=False),
                name="one_open_case_on_a_topic",
            )
        ]
        indexes = [
            models.Index(fields=["ended", "due_on", "id"], name="cases_by_deadline"),
            models.Index(fields=["kind", "state", "id"], name="cases_by_state"),
            models.Index(fields=["subject_kind", "subject_id"], name="cases_by_subject"),
        ]


class Transition(models.Model):
    """A step that was taken. The first has no `from_state`; one that hands the case over leaves the state as it is."""

    personal = False
    scoped_by = "case__region_id"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="transitions")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=24)
    from_state = models.CharField(max_length=24, blank=True)
    to_state = models.CharField(max_length=24)
    on = models.DateField()
    due_on = models.DateField(null=True)
    agency = models.CharField(max_length=24, choices=Agency.choices, blank=True)  # whose case it is from here on
    reason = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(default=dict)  # amounts, numbers of letters, proof
    taken_at = models.DateTimeField(auto_now_add=True)
    taken_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="transitions_are_counted")]


class Paper(models.Model):
    """A file that belongs to a case or to what was agreed; it lies in the data folder under its hash."""

    personal = True
    scoped_by = "region_id"

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="papers")
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")


class Note(models.Model):
    """Something worth remembering about a case."""

    personal = True
    scoped_by = "case__region_id"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.CharField(max_length=1000)
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")


class FollowUp(models.Model):
    """Something a meeting agreed: who does what by when, and how one will see that it was done. `series` joins the
    meetings that ask for it again; source and series are named by the room that holds the meetings."""

    personal = True  # an owner may be named
    scoped_by = "region_id"

    class State(models.TextChoices):
        OPEN = "open", _("Terbuka")
        DONE = "done", _("Selesai")
        DROPPED = "dropped", _("Tidak dilanjutkan")

    source_kind = models.CharField(max_length=20)
    source_id = models.BigIntegerField()
    series = models.CharField(max_length=80, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.CharField(max_length=500)
    owner = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    owner_name = models.CharField(max_length=120, blank=True)
    agency = models.CharField(max_length=24, choices=Agency.choices, blank=True)
    indicator = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    agreed_on = models.DateField()
    agreed_at = models.DateTimeField(auto_now_add=True)
    agreed_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="follow_ups_by_deadline"),
            models.Index(fields=["source_kind", "source_id"], name="follow_ups_by_source"),
            models.Index(fields=["source_kind", "series", "state"], name="follow_ups_by_series"),
        ]


class FollowUpReport(models.Model):
    """What became of it: progress, the end, or another deadline."""

    personal = True
    scoped_by = "follow_up__region_id"

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="reports")
    text = models.CharField(max_length=500)
    state = models.CharField(max_length=8, choices=FollowUp.State.choices)
    on = models.DateField()
    due_on = models.DateField(null=True)
    source_id = models.BigIntegerField(null=True)  # the meeting at which it was told or carried over
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(auto_now_add=True)
    told_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")


class Letterhead(models.Model):
    """What stands at the head and at the foot of a letter of an agency from an area; the nearest one above is used.
    Without an agency it is the letterhead of the regency's own office, which reports are written on, too."""

    personal = True  # the name and number of whoever signs
    scoped_by = "area_code"

    area_code = models.CharField(max_length=13)
    agency = models.CharField(max_length=24, choices=Agency.choices, blank=True)
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
    number_form = models.CharField(_("Bentuk nomor surat"), max_length=80, blank=True)  # {urut} {jenis} {bulan} {tahun}
    first_number = models.PositiveIntegerField(_("Nomor urut pertama tahun ini"), default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area_code", "agency"], name="one_letterhead_of_an_agency")]


class BookedNumber(models.Model):
    """A number that a letterhead gave: in each of its series once a year."""

    letter_book = models.CharField(max_length=13)  # area whose letterhead gave the number
    agency = models.CharField(max_length=24, choices=Agency.choices, blank=True)
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=120)
    dated_on = models.DateField()

    class Meta:
        abstract = True


def _once_a_year(series: str, name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint("letter_book", "agency", series, ExtractYear("dated_on"), "sequence", name=name)


class SentLetter(BookedNumber):
    """A letter that went out: its number, and the hash of the PDF, which lies with the papers. `code` stands in the QR
    code and leads to a page that tells whether the letter is genuine."""

    personal = True  # addressee and signatory may be persons
    scoped_by = "region_id"

    code = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=24)  # states.LetterKind of the case type
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=200)
    office = models.CharField(max_length=160)  # who sent it, as it stood on the letterhead
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [_once_a_year("kind", "a_number_is_given_once")]


class IssuedNumber(BookedNumber):
    """A number of a letter book that went to something else than a letter of a case: a decree, a power of attorney."""

    personal = False
    scoped_by = "letter_book"

    series = models.CharField(max_length=24)
    issued_at = models.DateTimeField(auto_now_add=True)
    issued_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [_once_a_year("series", "a_number_of_a_series_once")]
