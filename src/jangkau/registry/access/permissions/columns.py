"""The boundary between branch and local government: whose each column is, which fields belong to it, and what takes out
what somebody may not see. An agreement opens a column to another agency (ColumnOpening). Counts by wage are no matter
of this boundary: they stand under disclosure control."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext

from jangkau.core.kernel import Refused
from jangkau.registry.access.models import Agency, Column, ColumnOpening, User

A = Agency
GOVERNMENT = frozenset({
    A.LABOUR_OFFICE, A.LICENSING_OFFICE, A.REGIONAL_SECRETARY, A.PLANNING_AGENCY, A.VILLAGE_AFFAIRS_OFFICE,
    A.PERSONNEL_AGENCY, A.SOCIAL_OFFICE, A.CIVIL_REGISTRY, A.DISTRICT, A.VILLAGE, A.OTHER,
})  # fmt: skip
BRANCH = frozenset({A.BRANCH})
HELD_BY: dict[Column, frozenset[Agency]] = {
    Column.WAGE: BRANCH, Column.KPJ: BRANCH, Column.CONTRIBUTION: BRANCH, Column.DECILE: GOVERNMENT
}  # fmt: skip
# field of a person, a membership, a list or a case -> its column
COLUMN_OF: dict[str, Column] = {
    **dict.fromkeys(("monthly_income", "income", "daily_wage", "wage_sum"), Column.WAGE),
    "kpj": Column.KPJ,
    **dict.fromkeys(("paid_until", "member_status"), Column.CONTRIBUTION),
    "decile": Column.DECILE,
}
EVERY_COLUMN = frozenset(Column)
Thing = TypeVar("Thing", bound=Model)


class Withheld(str):
    """The words that stand where a value was taken out."""

    __slots__ = ()


def columns_of(user: User | None) -> frozenset[Column]:
    """The columns an account sees by its agency and by the agreements of today: all for the owner of the register and
    for the register itself (None), none for an account without an agency."""
    if user is None or user.is_superuser:
        return EVERY_COLUMN
    if user.columns_seen is None:
        held = {column for column, agencies in HELD_BY.items() if user.agency in agencies}
        opened = ColumnOpening.objects.in_force(timezone.localdate()).filter(agency=user.agency or "-")
        user.columns_seen = frozenset(held | {Column(each) for each in opened.values_list("column", flat=True)})
    return user.columns_seen


def withheld(column: Column) -> Withheld:
    """What is shown in the place of a value."""
    branch = HELD_BY[column] == BRANCH
    return Withheld(gettext("\u2014 milik cabang") if branch else gettext("\u2014 milik pemerintah daerah"))


def taken_out(user: User | None, thing: Thing) -> Thing:
    """A row of the database, read to be shown, whose values of columns that the account does not see are replaced; it
    refuses to be saved then."""
    seen = columns_of(user)
    hidden = {name for name in vars(thing).keys() & COLUMN_OF.keys() if COLUMN_OF[name] not in seen}
    for name in hidden:
        setattr(thing, name, withheld(COLUMN_OF[name]))
    if hidden:
        vars(thing)["save"] = _not_saved
    return thing


def _not_saved(*_: object, **__: object) -> None:
    raise RuntimeError("a row whose values were taken out is shown, never saved")


def value_for(user: User | None, name: str, value: Any) -> Any:
    """The value of a field, or the words in its place."""
    column = COLUMN_OF.get(name)
    return value if column is None or column in columns_of(user) else withheld(column)


def require_columns(user: User | None, columns: frozenset[Column]) -> None:
    """Raises Refused for those who do not see all of them: for a file that cannot be handed over in part."""
    if missing := columns - columns_of(user):
        names = ", ".join(sorted(str(column.label) for column in missing))
        raise Refused(
            f"Berkas ini memuat kolom yang bukan milik instansi Anda: {names}. Lihat Batas data.",
            f"This file holds columns that are not your agency's: {', '.join(sorted(missing))}. See Batas data.",
        )
