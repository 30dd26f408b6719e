"""People, and the rows in which they stand, as the pages of Pekerja show them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.db.models import F
from django.utils.translation import gettext

from jangkau.core.linkage import explain
from jangkau.core.measures import member_states
from jangkau.registry.lists.models import SentList
from jangkau.registry.lists.presenters.words import STATE_WORDS, in_language
from jangkau.registry.people.models import Membership, Person


@dataclass(frozen=True)
class PersonView:
    """A person as a line of a table or the head of a profile."""

    person: Person
    state: str  # paid_up, grace, lapsed, never; deceased, moved_out
    state_words: str
    tone: str  # good, warn, bad, none: the colour
    age: int | None

    @property
    def address_has_rt(self) -> bool:
        """Does the address name RT and RW itself?"""
        return bool(re.search(r"\bRT\b|\d+ */ *\d+", (self.person.address or "").upper()))


def person_view(person: Person, as_of: date | None) -> PersonView:
    """Is this person protected on `as_of`, in the same reading as the measures."""
    return person_views([person], as_of)[0]


def person_views(people: Sequence[Person], as_of: date | None) -> list[PersonView]:
    """People as lines of a table, in their order."""
    paid = [
        (person.pk, member.segment, member.since, member.paid_until)
        for person in people
        for member in person.memberships.all()
        if member.paid_until
    ]
    states = {}
    if as_of and paid:
        schema = {"person_id": pl.Int64(), "segment": pl.String(), "since": pl.Date(), "paid_until": pl.Date()}
        told = member_states(pl.DataFrame(paid, schema=schema, orient="row"), as_of)
        states = dict(zip(told["person_id"], told["state"], strict=True))
    return [_view(person, states.get(person.pk, "never"), as_of) for person in people]


def _view(person: Person, state: str, as_of: date | None) -> PersonView:
    if person.deceased or person.moved_out:
        state = "deceased" if person.deceased else "moved_out"
    words, tone = STATE_WORDS[state]
    age = None
    if person.birth_date and as_of:
        born = person.birth_date
        age = as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))
    return PersonView(person, state, str(words), tone, age)


def latest_memberships(person: Person) -> list[Membership]:
    """The memberships of a person, the one paid last first; of several statements about one KPJ only the latest."""
    stated = person.memberships.order_by(F("paid_until").desc(nulls_last=True), "-list_number", "pk")
    return list({member.kpj or member.pk: member for member in reversed(stated)}.values())[::-1]


@dataclass(frozen=True)
class StandView:
    """A row of a list in which a person stands, and why it was taken for this person."""

    item: SentList
    line: int
    place: str
    state: str
    decision: str
    probability: float | None


def place_of(row: dict[str, Any]) -> str:
    """Where a row stands in its file."""
    sheet = f"{row['sheet']}, " if row["sheet"] else ""
    return sheet + gettext("baris %(row)s") % {"row": row["row"]}


def stand_views(stands: list[dict[str, Any]]) -> list[StandView]:
    """Appearances with the rule that linked them in words."""
    views = []
    for stand in stands:
        indonesian, english = explain(stand["decision"])
        place = place_of(stand["values"])
        words = in_language({"id": indonesian, "en": english})
        views.append(StandView(stand["list"], stand["line"], place, stand["link_state"], words, stand["probability"]))
    return views
