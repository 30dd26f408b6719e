"""Writes of the access room: accounts and the record of what happened."""

from django.conf import settings
from django.db import connection, transaction

from jangkau.core.kernel.chain import START
from jangkau.registry.access.models import Assignment, AuditEvent, Role, User

AUDIT_LOCK = 320219  # any number, the same for all who write the record


@transaction.atomic
def record(*, by: User | None, action: str, subject: str, **detail: object) -> None:
    """Adds an audit event; called inside the transaction of the change it tells of. `detail` holds no personal data."""
    if connection.vendor == "postgresql":  # SQLite lets one transaction write at a time by itself
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [AUDIT_LOCK])
    last = AuditEvent.objects.order_by("pk").only("pk", "digest").last()
    event = AuditEvent(id=last.pk + 1 if last else 1, by=by, action=action, subject=subject, detail=detail)
    event.digest = event.digest_on(last.digest if last else START)
    event.save(force_insert=True)


@transaction.atomic
def create_user(
    *, username: str, password: str, area_code: str | None, role: str = Role.OFFICER, agency: str = ""
) -> User:
    """A new account for an area; without one, an administrator of the whole register."""
    user = User.objects.create_user(username=username, password=password, agency=agency)
    if area_code is None:
        user.is_superuser = user.is_staff = True
        user.save(update_fields=["is_superuser", "is_staff"])
    else:
        Assignment.objects.create(user=user, area_code=area_code, role=role)
    record(by=None, action="user_created", subject=f"user {user.pk}", area=area_code or settings.JANGKAU_AREA)
    return user
