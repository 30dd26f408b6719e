"""Addresses that want to be told of events, what they are told, and every attempt."""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import Token
from jangkau.registry.access.permissions import Scope, scope_of_token
from jangkau.registry.cases import queries as cases
from jangkau.registry.cases.events import CaseMoved
from jangkau.registry.lists import queries as lists
from jangkau.registry.lists.events import ListPublished, ListTakenBack, MeasuresRefreshed
from jangkau.web.api.gateways import receivers
from jangkau.web.api.gateways.receivers import Undeliverable
from jangkau.web.api.models import Delivery, Event, Webhook

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440))  # between attempts
SECRET_PREFIX = "jgw_"
Post = Callable[[str, bytes, Mapping[str, str]], int]
Later = Callable[[int, datetime | None], None]  # hands the number of a delivery to the worker, not before a moment


def secret_of(webhook: Webhook) -> str:
    """What signs the messages of a webhook; shown once, derived anew for each message."""
    made = hmac.digest(settings.SECRET_KEY.encode(), f"webhook {webhook.salt}".encode(), "sha256")
    return SECRET_PREFIX + base64.urlsafe_b64encode(made).decode().rstrip("=")


@transaction.atomic
def make_webhook(token: Token, address: str, events: Sequence[Event]) -> Webhook:
    """From now on the address is told of these events. Raises Refused for a host that the settings do not name."""
    try:
        receivers.place_of(address)
    except Undeliverable:
        raise Refused(
            "Alamat itu tidak boleh dikabari: hanya https ke host dalam JANGKAU_WEBHOOK_HOSTS. Minta kepada pengelola.",
            "That address may not be told: only https to hosts in JANGKAU_WEBHOOK_HOSTS. Ask the administrator.",
        ) from None
    webhook = Webhook.objects.create(
        token=token, address=address, events=sorted(set(events)), salt=secrets.token_urlsafe(24), made_by=token.user
    )
    record(by=token.user, action="webhook_made", subject=f"webhook {webhook.pk}", token=token.pk)
    return webhook


@transaction.atomic
def end_webhook(webhook: Webhook) -> None:
    """From now on the address is told nothing; a second time changes nothing."""
    if webhook.ended_at is None:
        webhook.ended_at, webhook.ended_by = timezone.now(), webhook.token.user
        webhook.save(update_fields=["ended_at", "ended_by"])
        record(by=webhook.token.user, action="webhook_ended", subject=f"webhook {webhook.pk}")


class Telling:
    """Listens to events of the rooms and writes down who is to be told, in the transaction of the event."""

    def __init__(self, later: Later) -> None:
        self._later = later

    def list_published(self, event: ListPublished) -> None:
        self._list(Event.LIST_PUBLISHED, event)

    def list_taken_back(self, event: ListTakenBack) -> None:
        self._list(Event.LIST_TAKEN_BACK, event)

    def measures_refreshed(self, event: MeasuresRefreshed) -> None:
        self._tell(Event.MEASURES_REFRESHED, {"as_of": event.as_of.isoformat()}, lambda scope: bool(scope.areas))

    def case_moved(self, event: CaseMoved) -> None:
        about = {"case": event.number, "kind": event.kind, "state": event.state}
        self._tell(Event.CASE_MOVED, about, lambda scope: cases.cases(scope).filter(pk=event.number).exists())

    def _list(self, name: Event, event: ListPublished | ListTakenBack) -> None:
        about = {"list": event.number, "kind": str(event.kind)}
        self._tell(name, about, lambda scope: lists.lists(scope).filter(pk=event.number).exists())

    def _tell(self, name: Event, about: dict[str, object], sees: Callable[[Scope], bool]) -> None:
        for webhook in _open_webhooks():
            if name in webhook.events and sees(scope_of_token(webhook.token)):
                delivery = Delivery.objects.create(webhook=webhook, event=name, about=about)
                transaction.on_commit(partial(self._later, delivery.pk, None))


def _open_webhooks() -> QuerySet[Webhook]:
    today = date.today()  # noqa: DTZ011  keys end by the day of the office
    found = Webhook.objects.filter(ended_at=None, token__revoked_at=None, token__ends_on__gte=today)
    return found.select_related("token__user").order_by("pk")


def deliver(number: int, *, later: Later, post: Post = receivers.post) -> None:
    """Tells a receiver what waits for it; when that fails, hands it on for later, and after the last pause gives up. A
    receiver that ends in between is told nothing. An attempt repeated after a crash tells the same delivery again."""
    delivery = Delivery.objects.select_related("webhook__token").get(pk=number)
    if delivery.state != Delivery.State.WAITING:
        return
    attempt: dict[str, object] = {"on": timezone.now().isoformat(timespec="seconds"), "status": None, "problem": None}
    if not _open_webhooks().filter(pk=delivery.webhook_id).exists():
        _noted(delivery, attempt | {"problem": "ended"}, Delivery.State.GIVEN_UP)
        return
    try:
        status = post(delivery.webhook.address, *_message(delivery))
        attempt |= {"status": status, "problem": None if 200 <= status < 300 else "refused"}
    except Undeliverable as why:
        attempt["problem"] = why.code
    if attempt["problem"] is None:
        _noted(delivery, attempt, Delivery.State.DELIVERED)
    elif len(delivery.attempts) >= len(PAUSES):
        _noted(delivery, attempt, Delivery.State.GIVEN_UP)
    else:
        pause = PAUSES[len(delivery.attempts)]
        _noted(delivery, attempt, Delivery.State.WAITING)
        later(number, timezone.now() + pause)


def _noted(delivery: Delivery, attempt: dict[str, object], state: str) -> None:
    delivery.attempts, delivery.state = [*delivery.attempts, attempt], state
    delivery.save(update_fields=["attempts", "state"])


def _message(delivery: Delivery) -> tuple[bytes, dict[str, str]]:
    """What is sent, and its headers: the signature covers the moment and the body."""
    told = {"delivery": delivery.pk, "event": delivery.event, "happened": delivery.happened.isoformat()}
    body = json.dumps(told | delivery.about).encode()
    moment = str(int(timezone.now().timestamp()))
    signature = hmac.digest(secret_of(delivery.webhook).encode(), moment.encode() + b"." + body, "sha256").hex()
    return body, {
        "Content-Type": "application/json",
        "User-Agent": "Jangkau",
        "Jangkau-Event": delivery.event,
        "Jangkau-Signature": f"t={moment},v1={signature}",
    }


def resume_deliveries(later: Later, *, queued: Container[int] = ()) -> None:
    """After a restart: hands on everything that waits and stands in no queue."""
    for number in Delivery.objects.filter(state=Delivery.State.WAITING).order_by("pk").values_list("pk", flat=True):
        if number not in queued:
            later(number, None)
