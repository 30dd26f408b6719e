"""The card of a person's page: what the family would get, and when nothing may be promised."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from jangkau.registry.lists.presenters.protection import if_died_on
from jangkau.registry.people.models import Membership

ON = date(2026, 10, 31)


@pytest.fixture(autouse=True)
def indonesian():
    with translation.override("id"):
        yield


def member(segment: str | None = "bpu", since: date | None = date(2025, 1, 1)) -> list[Membership]:
    return [Membership(segment=segment, since=since, paid_until=date(2026, 10, 1))]


def test_a_member_of_some_months_has_the_full_sum_with_its_ground():
    card = if_died_on(ON, "paid_up", member())
    assert card is not None and card.total == 42_000_000 and card.full_from is None
    assert any("PP 82/2019" in sentence for sentence in card.steps)


def test_a_self_employed_member_of_weeks_has_a_part_and_learns_from_when_all():
    card = if_died_on(ON, "paid_up", member(since=date(2026, 9, 1)))
    assert card is not None and (card.total, card.full_from) == (10_000_000, date(2026, 12, 1))
    assert "Asumsi" in card.assumed


def test_a_wage_earner_does_not_wait():
    card = if_died_on(ON, "paid_up", member("pu", date(2026, 10, 30)))
    assert card is not None and card.total == 42_000_000


@pytest.mark.parametrize("state", ["never", "lapsed"])
def test_without_a_running_membership_the_family_gets_nothing(state: str):
    card = if_died_on(ON, state, [])
    assert card is not None and card.total == 0


@pytest.mark.parametrize(
    ("state", "memberships"),
    [
        ("grace", member()),
        ("paid_up", member(segment=None)),
        ("paid_up", member(since=None)),
        ("paid_up", member("pmi")),
        ("paid_up", member(since=date(2026, 12, 1))),
    ],
)
def test_nothing_is_promised_when_it_is_not_known(state: str, memberships: list[Membership]):
    card = if_died_on(ON, state, memberships)
    assert card is not None and card.total is None and card.words


@pytest.mark.parametrize("state", ["deceased", "moved_out"])
def test_the_dead_and_those_who_moved_have_no_card(state: str):
    assert if_died_on(ON, state, member()) is None
    assert if_died_on(None, "paid_up", member()) is None
