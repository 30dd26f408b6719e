"""What a key may ask about its own webhooks."""

from __future__ import annotations

from django.db.models import QuerySet

from jangkau.registry.access.models import Token
from jangkau.web.api.models import Delivery, Webhook


def webhooks(token: Token) -> QuerySet[Webhook]:
    """The addresses told for a key."""
    return Webhook.objects.filter(token=token, ended_at=None).select_related("token__user").order_by("pk")


def deliveries(webhook: Webhook) -> QuerySet[Delivery]:
    """What an address was told, in the order in which it happened."""
    return webhook.deliveries.order_by("pk")
