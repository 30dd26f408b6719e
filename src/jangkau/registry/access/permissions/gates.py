"""What an address asks of those who come: one permission to look, one to change. A request then carries a scope that
holds the areas where its user has that permission and no others, so nothing else can be found or changed by it."""

from __future__ import annotations

from dataclasses import dataclass

from jangkau.registry.access.models import Permission, User
from jangkau.registry.access.permissions.scopes import grants_of


@dataclass(frozen=True)
class Gate:
    """`looks`: None for whoever is signed in. `changes`: what those need who do more than look."""

    looks: Permission | None
    changes: Permission | None = None
    posts_look: bool = False  # a POST changes nothing: what is sought, or the reason for a download, stands in it
    stranger: bool = False  # open without an account


def pass_gate(user: User, gate: Gate, *, changing: bool) -> bool:
    """Notes on the user of one request what its address asks for; False when they hold it nowhere."""
    needs = gate.changes if changing and gate.changes and not gate.posts_look else gate.looks
    grants = grants_of(user)
    user.at_gate = (needs, gate.changes if needs else None, grants)
    return needs is None or any(needs in grant.may for grant in grants)
