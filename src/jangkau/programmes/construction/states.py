"""Where a work stands between the village budget and its last claim, and which steps lead from one state to the next.
Source: the flow of village construction in docs/guide/construction.md."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.core.kernel import Refused


class State(models.TextChoices):
    PLANNED = "planned", _("Direncanakan")
    ROSTER_IN = "roster_in", _("Daftar pekerja masuk")
    REGISTERED = "registered", _("Terdaftar")
    PAID = "paid", _("Iuran dibayar")
    RUNNING = "running", _("Berjalan, terlindungi")
    CLOSED = "closed", _("Selesai")
    CANCELLED = "cancelled", _("Batal")


STEPS: dict[str, tuple[str, ...]] = {
    State.PLANNED: (State.ROSTER_IN, State.CANCELLED),
    State.ROSTER_IN: (State.REGISTERED, State.CLOSED, State.CANCELLED),  # closed: it ended without cover
    State.REGISTERED: (State.PAID, State.CLOSED, State.CANCELLED),
    State.PAID: (State.RUNNING, State.CANCELLED),
    State.RUNNING: (State.CLOSED,),
    State.CLOSED: (),
    State.CANCELLED: (),
}
BEFORE_PAYMENT = (State.PLANNED, State.ROSTER_IN, State.REGISTERED)
OPEN = (*BEFORE_PAYMENT, State.PAID, State.RUNNING)


def allowed_pairs() -> list[tuple[str, str]]:
    """Every step as (before, after); a work begins with ("", planned) or, from a list, ("", roster_in)."""
    begins = [("", State.PLANNED.value), ("", State.ROSTER_IN.value)]
    return begins + [(str(before), str(after)) for before, steps in STEPS.items() for after in steps]


def require_step(before: str, after: str) -> None:
    """Raises Refused when no step leads from one state to the other."""
    if after not in STEPS[before]:
        now, next_one = State(before), State(after)
        raise Refused(
            f"Proyek berstatus “{now.label}” tidak dapat langsung menjadi “{next_one.label}”. Ikuti urutannya.",
            f"A work that is “{now.value}” cannot become “{next_one.value}” at once. Follow the order of the steps.",
        )
