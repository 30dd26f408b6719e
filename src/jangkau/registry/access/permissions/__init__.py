"""Who may do what where: roles with named permissions, and the Scope that every query of the registry takes first."""

from jangkau.registry.access.permissions.columns import (
    BRANCH,
    COLUMN_OF,
    GOVERNMENT,
    HELD_BY,
    Withheld,
    columns_of,
    require_columns,
    taken_out,
    value_for,
    withheld,
)
from jangkau.registry.access.permissions.gates import Gate, pass_gate
from jangkau.registry.access.permissions.roles import MAY, READING, may_of
from jangkau.registry.access.permissions.scopes import (
    KEY_PREFIX,
    Grant,
    Scope,
    acts_for,
    digest_of_key,
    grants_of,
    require,
    require_write,
    scope_for,
    scope_of,
    scope_of_token,
)

__all__ = [
    "BRANCH",
    "COLUMN_OF",
    "GOVERNMENT",
    "HELD_BY",
    "KEY_PREFIX",
    "MAY",
    "READING",
    "Gate",
    "Grant",
    "Scope",
    "Withheld",
    "acts_for",
    "columns_of",
    "digest_of_key",
    "grants_of",
    "may_of",
    "pass_gate",
    "require",
    "require_columns",
    "require_write",
    "scope_for",
    "scope_of",
    "scope_of_token",
    "taken_out",
    "value_for",
    "withheld",
]
