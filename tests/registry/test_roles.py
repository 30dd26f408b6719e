"""Who may do what where and until when: roles, their permissions, and the scope a request carries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import Assignment, Permission, Role, User
from jangkau.registry.access.permissions import MAY, READING, Gate, Scope, pass_gate, require, scope_of

SEND = Gate(Permission.LISTS, Permission.SEND_LISTS)
pytestmark = pytest.mark.django_db


@pytest.fixture
def torn() -> User:
    """Operator of a village, reader of the district beside it."""
    user = create_user(username="torn", password="x", area_code="32.02.01.2003", role=Role.VILLAGE_CLERK)
    Assignment.objects.create(user=user, area_code="32.02.29", role=Role.READER)
    return user


def test_every_role_is_described_and_who_gives_rights_sees_nobody():
    assert set(MAY) == set(Role.values)
    assert Permission.PEOPLE not in MAY[Role.ADMINISTRATOR]
    assert [role for role in Role if Permission.ADMINISTER_USERS in MAY[role]] == [Role.ADMINISTRATOR]
    assert MAY[Role.READER] <= READING - {Permission.NIK}


def test_looking_reaches_both_areas_and_changing_the_own_one(torn):
    assert pass_gate(torn, SEND, changing=False)
    looking = scope_of(torn)
    assert looking.areas == ("32.02.01.2003", "32.02.29") and looking.may_write
    assert looking.at("32.02.01.2003").may_write and not looking.at("32.02.29.2001").may_write
    assert pass_gate(torn, SEND, changing=True)
    assert scope_of(torn).areas == ("32.02.01.2003",)
    assert not pass_gate(torn, Gate(Permission.LISTS, Permission.PUBLISH), changing=True)


def test_a_permission_is_asked_for_in_the_region_of_the_thing(torn):
    scope = scope_of(torn)
    require(scope, Permission.SEND_LISTS, "32.02.01.2003")
    for region in ("32.02.29.2001", "32.02.01", None):
        with pytest.raises(Refused, match="Mengirim dan memperbaiki daftar"):
            require(scope, Permission.SEND_LISTS, region)
    assert scope.may(Permission.PEOPLE, "32.02.29.2001") and not scope.may(Permission.NIK, "32.02.29.2001")


def test_a_role_begins_and_ends(torn):
    now = timezone.now()
    Assignment.objects.filter(role=Role.VILLAGE_CLERK).update(valid_until=now)
    assert scope_of(torn).areas == ("32.02.29",)
    Assignment.objects.create(user=torn, area_code="32.02", role=Role.OFFICER, valid_from=now + timedelta(days=1))
    assert not scope_of(torn).may_write
    torn.is_active = False
    assert scope_of(torn) == Scope((), user=torn, grants=())
