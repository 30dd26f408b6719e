"""Users, their areas, and the record of every change. Areas are Kemendagri codes; a user sees what lies inside them."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Somebody who signs in. Own class from the first migration on, so that it can grow."""

    personal = True  # holds personal data
    scoped_by = None  # global: seen by administrators alone


class Role(models.TextChoices):
    READER = "reader", _("Pembaca")
    OFFICER = "officer", _("Petugas")


class Assignment(models.Model):
    """A user may see an area, and change it when the role says so."""

    personal = False
    scoped_by = "area_code"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    area_code = models.CharField(max_length=13)
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.READER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "area_code"], name="one_role_per_user_and_area")]


class AuditEvent(models.Model):
    """What happened, to what, by whom. Rows are only ever added."""

    personal = False
    scoped_by = None

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # null: the command line
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)
