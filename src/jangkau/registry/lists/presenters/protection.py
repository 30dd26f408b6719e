"""What would the family get if this person died on the day of the figures? From the membership, through core.rules.
Arrears promise nothing: whether the months of grace are covered is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from jangkau.registry.people.models import Membership
from jangkau.registry.people.presenters.sums import told_by_rule


@dataclass(frozen=True)
class Protection:
    """`total` None: no sum can be told, `words` says why. `full_from`: the day of the full sum, when it lies ahead."""

    on: date
    total: int | None
    words: str
    full_from: date | None = None
    steps: tuple[str, ...] = ()
    assumed: str = ""


def if_died_on(on: date | None, state: str, memberships: Sequence[Membership]) -> Protection | None:
    """The card of a living person; None when nothing has been measured, or the person is dead or has moved away."""
    if on is None or state in ("deceased", "moved_out"):
        return None
    if state in ("never", "lapsed"):
        return Protection(
            on, 0, gettext("Tidak ada kepesertaan berjalan yang diketahui: keluarga tidak menerima santunan kematian.")
        )
    if state == "grace":
        return Protection(on, None, gettext("Iuran menunggak: jangan menjanjikan santunan sebelum cabang memastikan."))
    member = memberships[0]
    if member.segment is None or member.since is None:
        return Protection(on, None, gettext("Segmen atau hari pertama dilindungi tidak disebut; tanyakan ke cabang."))
    told = told_by_rule("jkm_benefit", {"segment": member.segment, "first_covered_on": member.since, "died_on": on})
    if told.why:
        return Protection(on, None, told.why)
    full_from = told.values["full_from"]
    ahead = full_from if isinstance(full_from, date) and full_from > on else None
    words = (
        gettext("Masih dalam bulan-bulan pertama: baru sebagian santunan kematian.")
        if ahead
        else gettext("Santunan kematian penuh, bila bukan karena kecelakaan kerja.")
    )
    return Protection(on, told.whole("total"), words, ahead, told.steps, told.assumed)
