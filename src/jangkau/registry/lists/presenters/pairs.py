"""Two sides of one question: a person of the register and a row of a list, field by field, what differs marked, with
the evidence in words and weights. NIK and family card are masked on both sides."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.core.cache import caches
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jangkau.core.kernel import RegionCode
from jangkau.core.linkage import HALF, PEOPLE_SCHEMA, FieldWeight, compose_people, explain, kind_rank, weights_between
from jangkau.core.reading import ROW_SCHEMA
from jangkau.registry.access.permissions import Scope, value_for
from jangkau.registry.lists import queries
from jangkau.registry.lists.models import Appearance, ReviewPair
from jangkau.registry.lists.presenters.people import PersonView, person_view, place_of
from jangkau.registry.lists.presenters.words import FIELD_WORDS, in_language
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.models import Person
from jangkau.registry.people.queries import people, survivor

Pieces = tuple[tuple[str, bool], ...]  # text, and whether it differs from the other side
SHOWN = (
    "name", "nik", "birth_date", "sex", "mother_name", "kk", "address", "rt", "rw", "village_code", "phone", "kpj",
    "occupation", "employer",
)  # fmt: skip
ROW_COLUMNS = ("sheet", "row", "kpj", *(name for name in PEOPLE_SCHEMA if name in ROW_SCHEMA))
WEIGHTS_KEPT = 3600  # seconds
MASKED = ("nik", "kk")
_SEXES = {"L": _("Laki-laki"), "P": _("Perempuan")}
_LABELS = FIELD_WORDS | {"village_code": FIELD_WORDS["village"]}


@dataclass(frozen=True)
class PairField:
    """One field of both sides; `bits` for or against, None when it is not weighed or one side lacks it."""

    label: str
    left: Pieces
    right: Pieces
    bits: float | None

    @property
    def speaks(self) -> str:
        return "" if self.bits is None or abs(self.bits) < 0.05 else "for" if self.bits > 0 else "against"


@dataclass(frozen=True)
class PairView:
    """A question as the page shows it."""

    pair: ReviewPair
    person: PersonView
    place: str
    fields: tuple[PairField, ...]
    evidence: str
    reason: str
    second: Person | None

    @property
    def undecided_between_two(self) -> bool:
        """Is the other candidate about as likely?"""
        return self.second is not None or (self.pair.probability < HALF and self.pair.decision != "decided")


def pair_view(scope: Scope, pair: ReviewPair) -> PairView | None:
    """The question `pair`; None when one of the two people has left the register or the scope."""
    found = people(scope).filter(pk=survivor(pair.asked_id)).first()
    if found is None:
        return None
    left, right = person_without(scope, found, pair), queries.row_at(pair.sent_list, pair.line, ROW_COLUMNS)
    weights = _weights(left, right)
    other = pair.candidate_id if pair.asked_id != pair.candidate_id else None
    return PairView(
        pair=pair,
        person=person_view(found, queries.measured_on()),
        place=place_of(right),
        fields=pair_fields(scope, left, right, weights),
        evidence=evidence_words(weights),
        reason=in_language(dict(zip(("id", "en"), explain(pair.decision), strict=True))),
        second=people(scope).filter(pk=survivor(other)).first() if other else None,
    )


def _weights(left: dict[str, Any], right: dict[str, Any]) -> dict[str, FieldWeight]:
    """What is weighed once of two sides is known until one of them changes: many look at the first question."""
    key = f"weights-{hashlib.sha256(repr((left, right)).encode()).hexdigest()}"
    found: dict[str, FieldWeight] | None = caches["pages"].get(key)
    if found is None:
        found = weights_between(left, right)
        caches["pages"].set(key, found, WEIGHTS_KEPT)
    return found


def person_without(scope: Scope, person: Person, pair: ReviewPair) -> dict[str, Any]:
    """What the register would say of a person without the row in question, if it stands with the person already."""
    stands = list(queries.stands(scope, person.pk))
    others = [s for s in stands if (s.sent_list_id, s.line) != (pair.sent_list_id, pair.line)]
    values = written(person)
    if len(others) < len(stands) and others:
        rows = pl.concat([_as_row(n, stand) for n, stand in enumerate(others)])
        links = rows.select("row_id", person_id=pl.lit(person.pk, dtype=pl.Int64))
        values |= compose_people(rows, links, pl.DataFrame(schema=PEOPLE_SCHEMA)).row(0, named=True)
    return values


def _as_row(number: int, stand: Appearance) -> pl.DataFrame:
    kinds = {name: kind for name, kind in PEOPLE_SCHEMA.items() if name in ROW_SCHEMA}
    rank = pl.lit(kind_rank(stand.sent_list.kind), dtype=pl.Int64)
    row = pl.DataFrame([queries.row_at(stand.sent_list, stand.line, list(kinds))], schema=kinds)
    return row.with_columns(row_id=pl.lit(number, dtype=pl.Int64), rank=rank)


def written(person: Person) -> dict[str, Any]:
    """A person in the columns of PEOPLE_SCHEMA, and the latest KPJ."""
    values = {name: getattr(person, name, None) for name in PEOPLE_SCHEMA}
    latest = person.memberships.order_by("-paid_until").values_list("kpj", flat=True).first()
    return values | {"village_code": person.village_id, "district_code": person.district_id, "kpj": latest}


def pair_fields(
    scope: Scope, left: dict[str, Any], right: dict[str, Any], weights: dict[str, FieldWeight]
) -> tuple[PairField, ...]:
    """The fields that one of the sides has."""
    fields = []
    for name in SHOWN:
        a, b = (shown(name, value_for(scope.user, name, side.get(name))) for side in (left, right))
        if a or b:
            weight = weights.get(name)
            bits = weight.bits if weight and weight.agreement != "missing" else None
            fields.append(PairField(str(_LABELS[name]), *_pieces(name, a, b), bits))
    return tuple(fields)


def shown(name: str, value: Any) -> str:
    """A value as people read it; numbers of people stay whole here and are masked in `_pieces`."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if name == "sex":
        return str(_SEXES.get(value, value))
    if name == "village_code":
        code = RegionCode(value)
        return gazetteer()[code].name if code in gazetteer() else str(value)
    return str(value)


def _pieces(name: str, left: str, right: str) -> tuple[Pieces, Pieces]:
    if not left or not right:
        return ((masked(name, left), False),) if left else (), ((masked(name, right), False),) if right else ()
    if name in MASKED:
        return _digits(left, right), _digits(right, left)
    if name in ("name", "mother_name", "address"):
        return _words(left, right), _words(right, left)
    return ((left, left != right),), ((right, left != right),)


def masked(name: str, value: str) -> str:
    """A number of a person with its middle hidden; other fields as they are."""
    return value[:4] + "•" * (len(value) - 8) + value[-4:] if name in MASKED and len(value) > 8 else value


def _digits(one: str, other: str) -> Pieces:
    """Digit by digit, the middle hidden; a digit that differs is marked even when hidden, a missing one is a dash."""
    length = max(len(one), len(other))
    hidden = masked("nik", one).ljust(length, "\N{EN DASH}")
    differs = [a != b for a, b in zip(one.ljust(length), other.ljust(length), strict=True)]
    return _joined(list(zip(hidden, differs, strict=True)), "")


def _words(one: str, other: str) -> Pieces:
    known = set(other.upper().split())
    return _joined([(word, word.upper() not in known) for word in one.split()], " ")


def _joined(parts: Sequence[tuple[str, bool]], between: str) -> Pieces:
    pieces: list[tuple[str, bool]] = []
    for text, differs in parts:
        if pieces and pieces[-1][1] == differs:
            pieces[-1] = (pieces[-1][0] + between + text, differs)
        else:
            pieces.append(((between if pieces else "") + text, differs))
    return tuple(pieces)


def evidence_words(weights: dict[str, FieldWeight]) -> str:
    """Evidence in one line: NIK sama; nama 0,93; tanggal lahir sama."""
    words = {"same": gettext("sama"), "near": gettext("hampir sama"), "different": gettext("berbeda")}
    parts = []
    for name, weight in weights.items():
        if weight.agreement == "missing":
            continue
        label = str(_LABELS[name])
        label = label if label.isupper() else label[:1].lower() + label[1:]
        likeness = f"{weight.likeness:.2f}" if weight.likeness is not None and weight.agreement != "same" else ""
        if likeness and gettext("sama") == "sama":
            likeness = likeness.replace(".", ",")
        parts.append(f"{label} {likeness or words[weight.agreement]}")
    return "; ".join(parts)
