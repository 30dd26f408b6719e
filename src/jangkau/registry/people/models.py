"""Regions, people, employers, memberships. What a person is was composed from the rows of lists; ids never change."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.registry.access.gateways.sealed import SealedJSON, SealedNumber, SealedText


class Region(models.Model):
    """A province, regency, district or village by its Kemendagri code."""

    personal = False
    scoped_by = None

    code = models.CharField(max_length=13, primary_key=True)
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=8, db_index=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")

    def __str__(self) -> str:
        return self.name


class RegionShape(models.Model):
    """The outline drawn on the map: an indicative cell, or an official boundary once somebody loaded it."""

    personal = False
    scoped_by = "region_id"

    class Source(models.TextChoices):
        INDICATIVE = "indicative", _("indikatif")
        OFFICIAL = "official", _("resmi")

    region = models.OneToOneField(Region, on_delete=models.CASCADE, primary_key=True, related_name="shape")
    source = models.CharField(max_length=10, choices=Source.choices)
    polygons = models.JSONField()  # MultiPolygon coordinates, longitude before latitude
    loaded_at = models.DateTimeField(auto_now=True)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")


class Segment(models.TextChoices):
    PU = "pu", _("Penerima upah")
    BPU = "bpu", _("Bukan penerima upah")
    JAKON = "jakon", _("Jasa konstruksi")
    PMI = "pmi", _("Pekerja migran")


class Person(models.Model):
    """One human being. Values are those of the source that wins (see core.linkage); their rows stand in the lists."""

    personal = True
    scoped_by = "village_id"

    id = models.BigIntegerField(primary_key=True)
    nik = SealedNumber(null=True, db_index=True)
    kk = SealedNumber(null=True)
    name = models.CharField(max_length=200, null=True, db_index=True)
    sex = models.CharField(max_length=1, null=True)
    birth_date = models.DateField(null=True)
    birth_place = models.CharField(max_length=120, null=True)
    mother_name = models.CharField(max_length=200, null=True)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    district = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    address = models.CharField(max_length=300, null=True)
    rt = models.CharField(max_length=4, null=True)
    rw = models.CharField(max_length=4, null=True)
    phone = models.CharField(max_length=20, null=True)
    occupation = models.CharField(max_length=120, null=True)
    employer = models.CharField(max_length=200, null=True)
    segment = models.CharField(max_length=5, choices=Segment.choices, null=True)
    monthly_income = models.BigIntegerField(null=True)
    decile = models.SmallIntegerField(null=True)
    deceased = models.BooleanField(default=False)
    deceased_on = models.DateField(null=True)
    moved_out = models.BooleanField(default=False)

    @property
    def masked_nik(self) -> str:
        return f"{self.nik[:4]}********{self.nik[12:]}" if self.nik else ""


class MergedPerson(models.Model):
    """A number that belonged to a person until a human being said it is somebody else's too; it goes on pointing to the
    person who remained. `written` is how this person was written, so that new rows are still recognised by it."""

    personal = True
    scoped_by = "into__village_id"

    number = models.BigIntegerField(primary_key=True)
    into = models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)
    written = SealedJSON()
    merged_at = models.DateTimeField(auto_now_add=True)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")


class Correction(models.Model):
    """A value that a person had corrected (UU 27/2022): it holds whatever lists say, until another correction ends it.
    It stays when the person leaves the register, so that who comes again is corrected again."""

    personal = True
    scoped_by = "person__village_id"

    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)
    field = models.CharField(max_length=20)  # people.actions.corrections.CORRECTED
    before = SealedText(null=True)
    value = SealedText()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "field"], condition=models.Q(ended_at=None), name="one_correction_a_value"
            )
        ]


class Membership(models.Model):
    """A membership as the branch's export states it. `list_number` is the list it came with."""

    personal = True
    scoped_by = "person__village_id"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships", db_constraint=False)
    list_number = models.BigIntegerField(db_index=True)
    kpj = models.CharField(max_length=20, null=True, db_index=True)
    npp = models.CharField(max_length=20, null=True)
    employer = models.CharField(max_length=200, null=True)
    segment = models.CharField(max_length=5, choices=Segment.choices, null=True)
    programmes = models.CharField(max_length=40, null=True)
    since = models.DateField(null=True)
    paid_until = models.DateField(null=True)  # first day of the last month paid
    monthly_income = models.BigIntegerField(null=True)
    member_status = models.CharField(max_length=40, null=True)


class Employer(models.Model):
    """A firm, school, office or village government, composed from licences, company reports and the branch."""

    personal = False
    scoped_by = "village_id"

    id = models.BigIntegerField(primary_key=True)
    npp = models.CharField(max_length=20, null=True, db_index=True)
    nib = models.CharField(max_length=20, null=True, db_index=True)
    name = models.CharField(max_length=200, null=True)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    district = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    scale = models.CharField(max_length=20, null=True)
    workers_found = models.IntegerField(null=True)
    workers_registered = models.IntegerField(null=True)
    monthly_income = models.BigIntegerField(null=True)  # mean wage, rupiah
    programmes = models.CharField(max_length=40, null=True)
    arrears_months = models.IntegerField(null=True)
    arrears = models.BigIntegerField(null=True)
    lowest_wage = models.BigIntegerField(null=True)  # what the firm itself reports, rupiah
    paid_below = models.IntegerField(null=True)  # members whom the branch records with clearly less
    in_branch = models.BooleanField(default=False)
    sources = models.JSONField(default=list)  # rows of lists that name it (core.linkage.employers)
    affected = models.IntegerField(default=0)  # workers whom its findings touch
    finding = models.CharField(max_length=60)  # codes of the contract, |-separated

    class Meta:
        indexes = [models.Index(fields=["-affected", "id"], name="employers_by_affected")]


class EmployerKey(models.Model):
    """A NIB, an NPP or a name within a district that leads to an employer's number, for ever: employers are composed
    anew from the lists, cases must find them again (core.linkage.number_employers)."""

    personal = False
    scoped_by = None

    key = models.CharField(max_length=240, primary_key=True)
    number = models.BigIntegerField()


class Project(models.Model):
    """A village work reported with its workers (Jakon)."""

    personal = False
    scoped_by = "village_id"

    list_number = models.BigIntegerField(primary_key=True)
    activity = models.CharField(max_length=200, null=True)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    value = models.BigIntegerField(null=True)
    source = models.CharField(max_length=120, null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    executor = models.CharField(max_length=200, null=True)
    workers = models.IntegerField(default=0)


class OfficialFigure(models.Model):
    """A figure that others have published, or an official denominator or target (see core.measures.published). Rows are
    never changed: a correction takes the old one back and adds another."""

    personal = False
    scoped_by = None

    class Kind(models.TextChoices):
        QUOTED = "quoted", _("Cakupan yang diterbitkan")
        ACTIVE = "active", _("Peserta aktif (pembilang)")
        ELIGIBLE = "eligible", _("Pekerja layak lindung (penyebut)")
        EMPLOYED = "employed", _("Penduduk bekerja (Sakernas)")
        TARGET = "target", _("Target")

    class Status(models.TextChoices):
        VERIFIED = "verified", _("terperiksa")
        SECONDARY = "secondary", _("sekunder")
        ASSUMED = "assumed", _("dugaan")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    family = models.CharField(max_length=80)
    region_code = models.CharField(max_length=13, blank=True)  # empty: the whole country
    segment = models.CharField(max_length=3)
    on = models.DateField()
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    people = models.BigIntegerField(null=True)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    status = models.CharField(max_length=9, choices=Status.choices)
    source = models.CharField(max_length=500)
    note = models.CharField(max_length=200, blank=True)
    packaged = models.BooleanField(default=False)  # came with the software
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")


class RegisterFact(models.Model):
    """What the register knows of itself: is it invented, as of which day was it measured last."""

    personal = False
    scoped_by = None

    name = models.CharField(max_length=40, primary_key=True)
    value = models.JSONField(null=True)
