"""What is due in a school year, as a workbook."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from jangkau.programmes.claims.queries.scholarships import DueChild
from jangkau.programmes.claims.states import LEVELS
from jangkau.registry.people.presenters.sheets import table_book


def scholarships_book(lines: Iterable[DueChild], year: int) -> bytes:
    """One line a child."""
    columns = [
        (_("Nama anak"), 30), (_("Tanggal lahir"), 14), (_("Peserta"), 30), (_("Desa"), 22), (_("Sekolah"), 26),
        (_("Beasiswa"), 16), (_("Diklaim"), 14),
    ]  # fmt: skip
    rows = (
        (
            line.child.name, line.child.birth_date, line.child.case.subject_label,
            line.child.case.region.name if line.child.case.region else None, *_sum(line),
            line.claimed.claimed_at.date() if line.claimed else None,
        )
        for line in lines
    )  # fmt: skip
    return table_book(_("Beasiswa %(year)s") % {"year": f"{year}-{year + 1}"}, f"{year}/{year + 1}", columns, rows)


def _sum(line: DueChild) -> tuple[str, int | None]:
    told = line.claimed or line.due
    return (str(LEVELS[told.level]), told.amount) if told else ("", None)
