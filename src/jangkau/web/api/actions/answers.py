"""The same request twice, with the same Idempotency-Key: it is done once and answered twice. Only what succeeded is
kept, for a day; what failed may be tried again under the same key."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from jangkau.core.kernel import Refused
from jangkau.registry.access.models import Token
from jangkau.web.api.models import KeptAnswer

KEPT = timedelta(hours=24)
STUCK = timedelta(minutes=10)  # a request that never ended: its process died


class AnotherRequest(Exception):
    """The key was used for something else."""


def begin(token: Token, key: str, digest: str) -> KeptAnswer:
    """The answer under a key: with `status` 0 one that the caller has to fill or forget, else the one of before.
    Raises AnotherRequest, and Refused while the first request is still being done."""
    now = timezone.now()
    KeptAnswer.objects.filter(begun__lt=now - KEPT).delete()
    KeptAnswer.objects.filter(token=token, key=key, status=0, begun__lt=now - STUCK).delete()
    try:
        with transaction.atomic():
            return KeptAnswer.objects.create(token=token, key=key, digest=digest, begun=now)
    except IntegrityError:
        kept = KeptAnswer.objects.get(token=token, key=key)
    if kept.digest != digest:
        raise AnotherRequest
    if kept.status == 0:
        raise Refused(
            "Permintaan pertama dengan kunci ini masih dikerjakan. Ulangi sebentar lagi.",
            "The first request with this key is still being done. Repeat it in a moment.",
        )
    return kept


def keep(answer: KeptAnswer, status: int, body: str) -> None:
    """Keeps what was answered."""
    answer.status, answer.body = status, body
    answer.save(update_fields=["status", "body"])


def forget(answer: KeptAnswer) -> None:
    """The key may be used again."""
    answer.delete()
