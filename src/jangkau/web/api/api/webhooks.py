"""Addresses that are told of events inside the area of the key, signed, and the log of every attempt."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from jangkau.core.kernel import Unknown
from jangkau.registry.access.models import Permission
from jangkau.web.api import queries
from jangkau.web.api.actions.webhooks import end_webhook, make_webhook, secret_of
from jangkau.web.api.forms import PROBLEMS, After, Limit, Number, page
from jangkau.web.api.models import Event, Webhook
from jangkau.web.api.permissions import Key, token_in

router = Router(auth=Key(Permission.WEBHOOKS))


class WebhookIn(Schema):
    """`address`: https, of a host that the office allows."""

    address: str = Field(min_length=9, max_length=300, examples=["https://siap.example.go.id/jangkau"])
    events: list[Event] = Field(min_length=1, max_length=10)


class WebhookOut(Schema):
    id: int
    address: str
    events: list[Event]
    made_at: datetime


class WebhookMadeOut(WebhookOut):
    """`secret` signs every message (HMAC-SHA256 over the moment, a dot and the body); it is shown only now."""

    secret: str


class WebhooksOut(Schema):
    items: list[WebhookOut]
    next: int | None


class AttemptOut(Schema):
    """`problem`: refused, no_answer, certificate, host, address, no_such_host, private_address or ended."""

    on: datetime
    status: int | None
    problem: str | None


class DeliveryOut(Schema):
    """`state`: waiting, delivered or given_up."""

    id: int
    event: Event
    happened: datetime
    state: str
    attempts: list[AttemptOut]


class DeliveriesOut(Schema):
    items: list[DeliveryOut]
    next: int | None


@router.get("webhooks", response={200: WebhooksOut, **PROBLEMS}, summary="Alamat yang dikabari")
def webhooks(request: HttpRequest, after: After = 0, limit: Limit = 100) -> object:
    """The addresses told for this key."""
    rows, further = page(queries.webhooks(token_in(request)), after, limit)
    return {"items": [_out(row) for row in rows], "next": further}


@router.post("webhooks", response={201: WebhookMadeOut, **PROBLEMS}, summary="Mendaftarkan alamat")
def make(request: HttpRequest, sent: WebhookIn) -> object:
    """From now on the address is told of these events."""
    made = make_webhook(token_in(request), sent.address, sent.events)
    return Status(201, _out(made) | {"secret": secret_of(made)})


@router.delete("webhooks/{number}", response={204: None, **PROBLEMS}, summary="Menghentikan kabar")
def end(request: HttpRequest, number: Number) -> object:
    """From now on the address is told nothing."""
    end_webhook(_webhook(request, number))
    return Status(204, None)


@router.get("webhooks/{number}/deliveries", response={200: DeliveriesOut, **PROBLEMS}, summary="Kabar dan percobaannya")
def deliveries(request: HttpRequest, number: Number, after: After = 0, limit: Limit = 100) -> object:
    """What the address was told, with every attempt."""
    rows, further = page(queries.deliveries(_webhook(request, number)), after, limit)
    return {"items": [{name: getattr(row, name) for name in DeliveryOut.model_fields} for row in rows], "next": further}


def _webhook(request: HttpRequest, number: int) -> Webhook:
    found = queries.webhooks(token_in(request)).filter(pk=number).first()
    if found is None:
        raise Unknown("Alamat itu tidak dikabari untuk kunci ini.", "That address is not told for this key.")
    return found


def _out(row: Webhook) -> dict[str, object]:
    return {name: getattr(row, name) for name in WebhookOut.model_fields}
