"""A list as it was sent, where it stands, and which person stands in which of its rows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.core.linkage import HALF
from jangkau.registry.access.gateways.sealed import SealedJSON
from jangkau.registry.people.models import Person, Region

_user = settings.AUTH_USER_MODEL


class Kind(models.TextChoices):
    MEMBERSHIP = "membership", _("Peserta cabang")
    WORKERS = "workers", _("Pekerja desa")
    JAKON = "jakon", _("Pekerja proyek desa")
    LICENCES = "licences", _("Izin usaha (NIB)")
    COMPANY_REPORTS = "company_reports", _("Wajib lapor perusahaan")
    BRANCH_EMPLOYERS = "branch_employers", _("Perusahaan peserta")
    NON_ASN = "non_asn", _("Pegawai non-ASN")
    VILLAGE_OFFICIALS = "village_officials", _("Perangkat desa, RT/RW")
    FISHERS = "fishers", _("Nelayan")
    POVERTY = "poverty", _("Data sosial ekonomi")
    PERISAI = "perisai", _("Akuisisi Perisai")
    OUTREACH = "outreach", _("Catatan sosialisasi")
    VILLAGE_BUDGET = "village_budget", _("Kegiatan anggaran desa")
    CONFIRMATION = "confirmation", _("Konfirmasi cabang")
    DEATHS_AND_MOVES = "deaths_and_moves", _("Kematian dan pindah")
    UNKNOWN = "unknown", _("Belum dikenali")


class State(models.TextChoices):
    RECEIVED = "received", _("Diterima")
    UNREADABLE = "unreadable", _("Tidak terbaca")
    READ = "read", _("Terbaca")
    PUBLISHED = "published", _("Dipublikasikan")
    REFUSED = "refused", _("Ditolak")
    TAKEN_BACK = "taken_back", _("Ditarik kembali")
    FORGOTTEN = "forgotten", _("Dihapus menurut masa simpan")


class SentList(models.Model):
    """One file from one sender. The bytes and the rows lie in the list store under the hash."""

    personal = False
    scoped_by = "village_id"

    sha256 = models.CharField(max_length=64, unique=True)
    path = models.CharField(max_length=500)  # as it came, relative to what the sender gave
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.UNKNOWN)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RECEIVED, db_index=True)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    district = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    month = models.DateField(null=True)
    title = models.CharField(max_length=300, blank=True)
    rows = models.IntegerField(default=0)  # every line that is not empty
    rows_of_people = models.IntegerField(default=0)  # lines that hold data
    tables = models.JSONField(default=list)  # what was understood: sheet, header row, columns
    problem_counts = models.JSONField(default=dict)
    report = models.JSONField(default=dict)  # what else is said of the reading: answers of the branch, what was hidden
    project = models.JSONField(default=dict)  # village work named at the head of a roster
    told = models.JSONField(default=dict)  # by a person: kind, village, month; and which KnownLayouts were applied
    held = models.JSONField(default=list)  # problem codes whose rows wait when the list is published
    error = models.JSONField(null=True)  # {"id": sentence, "en": sentence}
    linked = models.IntegerField(default=0)
    new = models.IntegerField(default=0)
    review = models.IntegerField(default=0)
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    refused_because = models.CharField(max_length=500, blank=True)
    last_person_number = models.BigIntegerField(default=0)  # the highest ever given when the list was taken back
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    forgotten_at = models.DateTimeField(null=True)  # the original was deleted; in the state FORGOTTEN the rows, too
    forgotten_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    # Django's own looks through all choices each time, which a table of fifty lists feels
    def get_kind_display(self) -> str:  # type: ignore[no-redef]  # made by the field otherwise
        return str(Kind(self.kind).label)

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # made by the field otherwise
        return str(State(self.state).label)

    @property
    def file_name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def rows_not_data(self) -> int:
        return self.rows - self.rows_of_people


class KnownLayout(models.Model):
    """What the columns of a table hold, confirmed once for a sender and a row of headers; applied to the next list."""

    personal = False
    scoped_by = None

    key = models.CharField(max_length=64, unique=True)  # of sender and layout together
    sender = models.CharField(max_length=500, db_index=True)  # folder the lists come in, else who uploads them
    layout = models.CharField(max_length=64)  # core.reading.layout_of
    columns = models.JSONField()  # position from 0, as text -> field
    uses = models.IntegerField(default=0)  # lists that were read by it
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")


class ListChange(models.Model):
    """Cells that somebody wants changed before a list is published. It is proposed and looked at, then applied, and may
    be undone, the last one first. The cells themselves, before and after, lie beside the rows of the list."""

    personal = True  # what was typed may be a name or a number
    scoped_by = "sent_list__village_id"

    sent_list = models.ForeignKey(SentList, on_delete=models.CASCADE, related_name="changes")
    rows = models.JSONField()  # core.reading.changes.RowFilter
    column = models.CharField(max_length=300)
    change = models.JSONField()  # core.reading.changes.Change
    cells = models.IntegerField(null=True)  # how many it alters; null until that was looked at
    gone = models.JSONField(default=dict)  # problem code -> rows that lose it
    come = models.JSONField(default=dict)  # problem code -> rows that get it
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")


class Verdict(models.TextChoices):
    REFUSED = "refused", _("Ditolak")
    SENT_ON = "sent_on", _("Diteruskan")


class RowDecision(models.Model):
    """What the publisher said of one row that waits: it is refused, or goes on as it is. Undone decisions are kept."""

    personal = False
    scoped_by = "sent_list__village_id"

    sent_list = models.ForeignKey(SentList, on_delete=models.CASCADE, related_name="row_decisions")
    sheet = models.TextField(blank=True)  # with row and part: the line of the file, however the list is read again
    row = models.IntegerField()
    part = models.TextField(blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    because = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sent_list", "sheet", "row", "part"],
                condition=models.Q(undone_at=None),
                name="one_verdict_a_row",
            )
        ]

    @property
    def key(self) -> str:
        """As queries.row_key."""
        return f"{self.row}|{self.part}|{self.sheet}"


class Appearance(models.Model):
    """A person stands in a row of a list. `line` counts the lines of the stored rows from 0."""

    personal = True
    scoped_by = "sent_list__village_id"

    sent_list = models.ForeignKey(SentList, on_delete=models.CASCADE, related_name="appearances")
    line = models.IntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="appearances", db_constraint=False)


class Ruling(models.Model):
    """What a human being said of who is who. Kept for ever: what is undone stays written down as undone."""

    personal = True
    scoped_by = "village_id"

    class Kind(models.TextChoices):
        SAME = "same", _("orang yang sama")
        DIFFERENT = "different", _("orang berbeda")
        MERGE = "merge", _("dua orang digabung")
        SPLIT = "split", _("satu orang dipisah")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("menunggu orang kedua")
        IN_FORCE = "in_force", _("berlaku")
        REFUSED = "refused", _("tidak disetujui")
        UNDONE = "undone", _("dibatalkan")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, db_index=True)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    steps = models.JSONField()  # what it does, see actions.standing
    before = SealedJSON(default=dict)  # what undoing restores
    said_at = models.DateTimeField(auto_now_add=True)
    said_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)  # by the second person, where two are asked for
    confirmed_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)  # refused or undone
    ended_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")


class RuledRow(models.Model):
    """A row that a ruling said to be, or not to be, a person; with fingerprints of what was compared, so that a later
    run finds it again and knows whether either side has changed since. The person's number outlives the person."""

    personal = True
    scoped_by = "ruling__village_id"

    ruling = models.ForeignKey(Ruling, on_delete=models.CASCADE, related_name="rows")
    sent_list = models.ForeignKey(SentList, on_delete=models.PROTECT, related_name="+")
    line = models.IntegerField()
    row_key = models.CharField(max_length=64)
    person_number = models.BigIntegerField(db_index=True)
    person_key = models.CharField(max_length=64)
    same = models.BooleanField()


class ReviewPair(models.Model):
    """A row that may belong to somebody already known: a human being has to look. The row was given to `person`;
    `candidate` is the other person it may be. Which of the two is asked about: see `asked_id`."""

    personal = True
    scoped_by = "person__village_id"

    sent_list = models.ForeignKey(SentList, on_delete=models.CASCADE, related_name="review_pairs")
    line = models.IntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    candidate = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+", db_constraint=False)
    probability = models.FloatField()  # that the row is the person asked about
    decision = models.CharField(max_length=40)  # the evidence, a rule of core.linkage
    ruling = models.ForeignKey(Ruling, on_delete=models.SET_NULL, null=True, related_name="pairs")  # null: still open

    class Meta:
        indexes = [  # the next question, the likeliest first
            models.Index(fields=["-probability", "id"], name="open_questions", condition=models.Q(ruling=None))
        ]

    @property
    def asked_id(self) -> int:
        """The person the row is compared with: the one it was given to when that is the more probable reading, else
        the candidate it was kept apart from."""
        return self.person_id if self.candidate_id is None or self.probability >= HALF else self.candidate_id


class Plan(models.Model):
    """Which row becomes which person, decided for several lists at once and written down before any is published."""

    personal = False
    scoped_by = None

    key = models.CharField(max_length=64, unique=True)
    lists = models.JSONField()  # list ids in the order of publishing
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")


class Job(models.Model):
    """Long work that a person waits for: what it is, how far it got, how it ended. Survives a restart."""

    personal = False
    scoped_by = None

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        RUNNING = "running", _("Berjalan")
        DONE = "done", _("Selesai")
        FAILED = "failed", _("Gagal")
        CANCELLED = "cancelled", _("Dibatalkan")

    kind = models.CharField(max_length=20)  # the keys of presenters.words.JOB_WORDS
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING, db_index=True)
    lists = models.JSONField(default=list)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    book = models.CharField(max_length=80, blank=True)  # presenters.books: which workbook is written
    change = models.ForeignKey(ListChange, on_delete=models.SET_NULL, null=True, related_name="+")
    error = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    running_since = models.DateTimeField(null=True)
    held_by = models.CharField(max_length=80, blank=True)  # machine and number of the process that took it last
    attempts = models.IntegerField(default=0)  # how often a worker took it
    cancel_asked = models.BooleanField(default=False)
