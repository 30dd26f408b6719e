"""Good rows go on, bad rows wait: the publisher says for which problems rows wait until they are repaired. What waits
stays in the list store, is no person of the register, and is closed when the corrected list comes back."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.lists.actions.understanding import require_changeable
from jangkau.registry.lists.models import SentList
from jangkau.registry.lists.states import MAY_WAIT, PERSON_KINDS


@transaction.atomic
def hold_rows(item: SentList, codes: Iterable[str], *, by: User | None) -> None:
    """Lets the rows with these problems wait when the list is published; codes outside MAY_WAIT are passed over. Raises
    Refused for a list that is published or being worked on, and for one that is not about people."""
    require_changeable(item)
    if item.kind not in PERSON_KINDS:
        raise Refused("Hanya baris orang yang dapat ditahan.", "Only rows of people can be held back.")
    item.held = sorted(MAY_WAIT & set(codes))
    item.save(update_fields=["held"])
    record(by=by, action="rows_held", subject=f"list {item.pk}", codes=item.held)
