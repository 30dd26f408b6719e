"""What the API keeps: who is told of events and how that went, and answers that a repeated request gets again."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jangkau.registry.access.models import Token

_user = settings.AUTH_USER_MODEL


class Event(models.TextChoices):
    LIST_PUBLISHED = "list_published"
    LIST_TAKEN_BACK = "list_taken_back"
    MEASURES_REFRESHED = "measures_refreshed"
    CASE_MOVED = "case_moved"


class Webhook(models.Model):
    """An address that is told of events inside the area of a key. Its secret is derived from the secret key of the
    register and `salt`, so that the database alone forges nothing."""

    personal = False
    scoped_by = None

    token = models.ForeignKey(Token, on_delete=models.PROTECT, related_name="webhooks")
    address = models.CharField(max_length=300)
    events = models.JSONField()  # of Event
    salt = models.CharField(max_length=43)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(_user, on_delete=models.PROTECT, null=True, related_name="+")


class Delivery(models.Model):
    """One event for one address, and every attempt to tell it."""

    personal = False
    scoped_by = None

    class State(models.TextChoices):
        WAITING = "waiting"
        DELIVERED = "delivered"
        GIVEN_UP = "given_up"

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=20, choices=Event.choices)
    about = models.JSONField()  # numbers and codes; nothing about people
    happened = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING, db_index=True)
    attempts = models.JSONField(default=list)  # {"on": moment, "status": of HTTP or null, "problem": code or null}


class KeptAnswer(models.Model):
    """What a request with an Idempotency-Key was answered; status 0 while it is being done."""

    personal = False
    scoped_by = None

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # of what was asked
    status = models.SmallIntegerField(default=0)
    body = models.TextField(blank=True)
    begun = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="one_answer_per_key")]
