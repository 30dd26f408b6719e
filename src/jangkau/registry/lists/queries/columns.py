"""Which columns of a list somebody may not see: those of the other side of the boundary (registry/access), by what a
column was read as. What was not recognised is taken for the sender's own, in lists that only one side has."""

from __future__ import annotations

from jangkau.core.reading.changes import ListColumn
from jangkau.registry.access.models import Column
from jangkau.registry.access.permissions import BRANCH, COLUMN_OF, HELD_BY, Scope, require_columns
from jangkau.registry.lists.models import Kind, SentList
from jangkau.registry.lists.queries import columns_in

# wages and numbers of members are the branch's where the branch tells them; a village asks its own people for theirs
TOLD_BY_BRANCH = frozenset({Kind.MEMBERSHIP, Kind.BRANCH_EMPLOYERS, Kind.PERISAI, Kind.CONFIRMATION, Kind.UNKNOWN})
UNREAD = {Kind.MEMBERSHIP: Column.CONTRIBUTION, Kind.BRANCH_EMPLOYERS: Column.WAGE, Kind.POVERTY: Column.DECILE}
# what the shown cell of a problem says, where the problem is about such a column
COLUMN_OF_PROBLEM = {"wage_unreadable": "monthly_income", "status_contradicts_month": "member_status"}


def column_of(kind: str, field: str | None) -> Column | None:
    """Whose column a field of a list is; None for what everybody sees who sees the list."""
    if field is None:
        return UNREAD.get(Kind(kind))
    column = COLUMN_OF.get(field)
    if column is None or (HELD_BY[column] == BRANCH and kind not in TOLD_BY_BRANCH):
        return None
    if kind == Kind.CONFIRMATION and column == Column.CONTRIBUTION:
        return None  # the branch's answer to what government asked it to enrol
    return column


def hidden_columns(scope: Scope, item: SentList) -> dict[str, Column]:
    """The columns of a list that are not to be seen, by their key."""
    found = {column.key: column_of(item.kind, column.field) for column in columns_in(item)}
    return {key: column for key, column in found.items() if column is not None and not scope.sees(column)}


def seen_columns(scope: Scope, item: SentList) -> list[ListColumn]:
    """The columns of a list by which somebody may filter."""
    hidden = hidden_columns(scope, item)
    return [column for column in columns_in(item) if column.key not in hidden]


def require_all_columns(scope: Scope, item: SentList) -> None:
    """Raises Refused where a file holds a column that is not to be seen: taking it out would lose what was sent."""
    require_columns(scope.user, frozenset(hidden_columns(scope, item).values()))


def require_to_tell(scope: Scope, item: SentList) -> None:
    """Raises Refused for who would say what columns hold that they do not see, unless they sent the list themselves."""
    if scope.user is None or item.received_by_id != scope.user.pk:
        require_all_columns(scope, item)
