"""A record that cannot be rewritten unseen: the digest of each entry covers the digest of the entry before it."""

from __future__ import annotations

import hashlib
import json

START = "0" * 64  # what the first entry stands on


def chained(previous: str, entry: object) -> str:
    """The digest (SHA-256, 64 hexadecimal digits) of `entry`, made of what JSON can hold, standing on the digest
    `previous`. The order of keys plays no part. Raises TypeError for what JSON cannot hold.

    >>> first = chained(START, {"action": "list_published", "rows": 3})
    >>> first == chained(START, {"rows": 3, "action": "list_published"})
    True
    >>> chained(first, {}) == chained(START, {})
    False
    """
    as_kept = json.loads(json.dumps(entry, allow_nan=False))  # keys are text from now on, as when it is read again
    written = json.dumps(as_kept, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{written}".encode()).hexdigest()
