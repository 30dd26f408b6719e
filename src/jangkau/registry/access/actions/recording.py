"""The record of what happened: one chained event for each change, in the transaction of the change."""

from django.db import connection, transaction

from jangkau.core.kernel.chain import START
from jangkau.registry.access.models import AuditEvent, User

AUDIT_LOCK = 320219  # any number, the same for all who write the record


@transaction.atomic(savepoint=False)  # inside the transaction of the change: with it or not at all
def record(*, by: User | None, action: str, subject: str, **detail: object) -> None:
    """Adds an audit event; called inside the transaction of the change it tells of. `detail` holds no personal data."""
    if connection.vendor == "postgresql":  # SQLite lets one transaction write at a time by itself
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [AUDIT_LOCK])
    last = AuditEvent.objects.order_by("pk").only("pk", "digest").last()
    event = AuditEvent(id=last.pk + 1 if last else 1, by=by, action=action, subject=subject, detail=detail)
    event.digest = event.digest_on(last.digest if last else START)
    event.save(force_insert=True)
