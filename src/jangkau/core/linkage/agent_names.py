"""Which of an office's agents is meant by a name in a list? Lists write SITI NURJANAH, Siti N., siti nurjanah or a slip
of the finger for one agent. Only names within an office are compared; where two agents fit, or a name as frequent as
the other is nearly the same, nobody is chosen: a person settles it. Spelling forms: see `names`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from jangkau.core.linkage.names import canonical_token

SLIPS = 2  # letters that a slip of the finger changes, in a name of at least LONG letters; one in a shorter name
LONG = 10
SELDOM = 0.1  # of the rows that bear the right name: what is written more often is no slip
_LEGAL_FORMS = {
    "KOP": "KOPERASI", "KSU": "KOPERASI", "YYS": "YAYASAN", "YAY": "YAYASAN", "KANTOR": "", "PERISAI": "", "WADAH": "",
}  # fmt: skip


class Resolution(NamedTuple):
    """How a written name was resolved. `state`: same, short, slip (one agent is meant: `name`), new (an agent of its
    own, named as written) or unsure (`candidates`, perhaps none: a person settles it)."""

    state: str
    name: str | None
    candidates: tuple[str, ...] = ()


@lru_cache(maxsize=20_000)
def name_key(written: str) -> str:
    """The canonical spelling of a name, tokens in order; the key under which the same name is known again.

    >>> name_key("  siti  NURJANAH, S.Pd ") == name_key("Siti Nurjannah")
    True
    """
    bare = re.sub(r",.*$", "", written.upper())
    return " ".join(canonical_token(token) for token in re.findall("[A-Z]+", bare))


def office_key(written: str) -> str:
    """The same for the name of an office, whatever legal form is spelled out or shortened.

    >>> office_key("Kop. Sagaldipa") == office_key("KANTOR PERISAI KOPERASI SAGALDIPA")
    True
    """
    tokens = (_LEGAL_FORMS.get(token, token) for token in re.findall("[A-Z0-9]+", written.upper()))
    return " ".join(token for token in tokens if token)


def agents_meant(written: Mapping[str, int], known: Sequence[str]) -> dict[str, Resolution]:
    """For every written name of one office (with the number of its rows) the agent who is meant, of `known` or of those
    written in full in the same lists; the most frequent full names first.

    >>> told = agents_meant({"Siti Nurjanah": 90, "SITI N.": 3, "Siti Nurjnaah": 1, "Dede Sa": 2}, ["Dede Saepudin"])
    >>> [(name, found.state, found.name) for name, found in told.items()][:2]
    [('Siti Nurjanah', 'new', 'Siti Nurjanah'), ('SITI N.', 'short', 'Siti Nurjanah')]
    >>> told["Siti Nurjnaah"].state, told["Dede Sa"].name
    ('slip', 'Dede Saepudin')
    >>> agents_meant({"Yuyun": 40}, [])["Yuyun"].state, agents_meant({"Yuyun Wahyu": 9}, ["Yuyun"])["Yuyun Wahyu"].state
    ('new', 'unsure')
    """
    rows = dict.fromkeys(known, 0)
    order = sorted(written, key=lambda name: (_is_short(name), -written[name], name))
    told = {}
    for name in order:
        found = _resolve(name, written[name], rows)
        told[name] = found
        if found.name is not None:
            rows[found.name] = rows.get(found.name, 0) + written[name]
    return {name: told[name] for name in written}


def _resolve(name: str, count: int, rows: Mapping[str, int]) -> Resolution:
    key = name_key(name)
    same = [other for other in rows if name_key(other) == key]
    if len(same) == 1:
        return Resolution("same", same[0])
    shortened = [other for other in rows if _shortens(key, name_key(other))]
    if len(shortened) == 1:
        return Resolution("short", shortened[0])
    if shortened or any(len(token) == 1 for token in key.split()):
        return Resolution("unsure", None, tuple(sorted(shortened)))
    longer = [other for other in rows if " " not in name_key(other) and _shortens(name_key(other), key)]
    if longer:  # somebody with one name alone, as many have, or this agent written short before
        return Resolution("unsure", None, tuple(sorted(longer)))
    alike = [other for other in rows if _slips(key, name_key(other))]
    if not alike:
        return Resolution("new", name)
    if len(alike) == 1 and count <= SELDOM * rows[alike[0]]:
        return Resolution("slip", alike[0])
    return Resolution("unsure", None, tuple(sorted(alike)))


def _is_short(name: str) -> bool:
    """A single word, or a name with an initial."""
    tokens = name_key(name).split()
    return len(tokens) < 2 or any(len(token) == 1 for token in tokens)


def _shortens(short: str, full: str) -> bool:
    """Each token begins the token of the full name in the same place; tokens may be missing at the end."""
    parts, whole = short.split(), full.split()
    return (
        0 < len(parts) <= len(whole)
        and short != full
        and all(one.startswith(part) for part, one in zip(parts, whole, strict=False))
    )


def _slips(one: str, other: str) -> bool:
    allowed = SLIPS if min(len(one), len(other)) >= LONG else 1
    return DamerauLevenshtein.distance(one, other, score_cutoff=allowed) <= allowed


def may_be_same(one: str, other: str) -> bool:
    """May these be two ways to write one name? The same, one shortened, or a slip apart.

    >>> may_be_same("Siti N.", "SITI NURJANAH"), may_be_same("Siti Nurjanah", "Dede Saepudin")
    (True, False)
    """
    a, b = name_key(one), name_key(other)
    return a == b or _shortens(a, b) or _shortens(b, a) or _slips(a, b)


def office_meant(written: str, known: Sequence[str]) -> str | None:
    """The key of the office that is meant by a written name, of `known` keys; None when it is another one.

    >>> office_meant("Koperasi Sagaldpia", ["KOPERASI SAGALDIPA", "KOPERASI TIRMARUGA"])
    'KOPERASI SAGALDIPA'
    """
    key = office_key(written)
    if key in known:
        return key
    alike = [other for other in known if _slips(key, other)]
    return alike[0] if len(alike) == 1 else None
