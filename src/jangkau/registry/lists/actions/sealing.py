"""A fresh key for all that is kept encrypted: files (the ones from before encryption, too), and numbers and texts in
the database."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl

from jangkau.registry.access.actions import record
from jangkau.registry.access.gateways import seal
from jangkau.registry.access.models import User
from jangkau.registry.lists.gateways import store
from jangkau.registry.people.gateways.sealing import seal_values_again


def seal_what_lies_open() -> None:
    """Seals the files from before they were kept encrypted."""
    for place in store.sealed_files():
        if seal.number_of(place) is None and not (place.suffix == ".parquet" and _written_anew(place)):
            seal.seal_again(place)


def _written_anew(place: Path) -> bool:
    """Seals rows in small groups, of which a page opens one; false: what lies there is no Parquet."""
    written = place.stat().st_mtime_ns
    try:
        frame = store.read_frame(place)
    except pl.exceptions.ComputeError:
        return False
    store.write_frame(frame, place)
    os.utime(place, ns=(written, written))
    return True


def rotate_store_key(*, by: User | None) -> None:
    """Seals everything with a fresh key, then forgets the old ones. Cut off in the middle, it is simply run again:
    nothing is without its key at any moment."""
    with store.only_writer():
        fresh, files = seal.add_key(), 0
        for place in store.sealed_files():
            seal.seal_again(place)
            files += 1
        values = 0
        while found := seal_values_again():  # until none is found that somebody wrote meanwhile with the key of before
            values += found
        seal.drop_keys_but(fresh)
        record(by=by, action="store_key_rotated", subject="store", files=files, values=values)
