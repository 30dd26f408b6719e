"""Writes of the access room: accounts, roles, keys of programs, and the record of what happened."""

from jangkau.registry.access.actions.accounts import create_account, create_user, issue_token, revoke_token
from jangkau.registry.access.actions.columns import confirm_opening, end_opening, propose_opening
from jangkau.registry.access.actions.recording import chain_looks, record, record_look
from jangkau.registry.access.actions.roles import (
    break_glass,
    confirm_role,
    end_role,
    give_role,
    lend_roles,
    open_account,
    set_active,
    set_agency,
)

__all__ = [
    "break_glass",
    "chain_looks",
    "confirm_opening",
    "confirm_role",
    "create_account",
    "create_user",
    "end_opening",
    "end_role",
    "give_role",
    "issue_token",
    "lend_roles",
    "open_account",
    "propose_opening",
    "record",
    "record_look",
    "revoke_token",
    "set_active",
    "set_agency",
]
