"""A fresh key for every file that is kept encrypted, the ones from before encryption, too."""

from __future__ import annotations

from jangkau.registry.access.actions import record
from jangkau.registry.access.gateways import seal
from jangkau.registry.access.models import User
from jangkau.registry.lists.gateways import store


def rotate_store_key(*, by: User | None) -> None:
    """Seals every file with a fresh key, then forgets the old ones. Cut off in the middle, it is simply run again: no
    file is without its key at any moment."""
    with store.only_writer():
        fresh, files = seal.add_key(), 0
        for place in store.sealed_files():
            seal.seal_again(place)
            files += 1
        seal.drop_keys_but(fresh)
        record(by=by, action="store_key_rotated", subject="store", files=files)
