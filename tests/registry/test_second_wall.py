"""On PostgreSQL the database itself keeps people of other areas from whoever asks, in plain SQL, too."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.test import Client
from tests.registry.conftest import AS_OF

from jangkau.registry.access.actions import create_user, issue_token
from jangkau.registry.access.gateways import wall
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.people.models import Membership, Person

pytestmark = pytest.mark.skipif(
    "postgresql" not in str(django_settings.DATABASES["default"]["ENGINE"]), reason="SQLite has no policies"
)
UJANG = ("UJANG SUKMANA", "3202011203809001", "12-03-1980", "L")
EUIS = ("EUIS KARTINI", "3202015204859001", "12-04-1985", "P")


@pytest.fixture
def walled(register, village_list, member_list, settings):
    """UJANG of Citepus and EUIS of a village of another district, both members; the wall stands."""
    village_list([UJANG, EUIS])
    member_list(
        [(f"2600000000{n}", who[1], who[0], who[2], who[3], "BPU", "2026-10") for n, who in enumerate((UJANG, EUIS))]
    )
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    Person.objects.filter(nik=EUIS[1]).update(village_id="32.02.29.2001", district_id="32.02.29")
    settings.JANGKAU_WEB_ROLE = "jangkau_web"
    wall.make_role()
    wall.make_role()  # at every start


def seen() -> list[tuple[str, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.name, count(DISTINCT m.id), count(DISTINCT a.id) FROM people_person p"
            " LEFT JOIN people_membership m ON m.person_id = p.id"
            " LEFT JOIN lists_appearance a ON a.person_id = p.id GROUP BY p.name ORDER BY 1"
        )
        return cursor.fetchall()


def test_plain_sql_sees_the_area_alone(walled):
    with wall.behind_wall():
        assert seen() == []
        wall.narrow(Scope(("32.02.01",)))
        assert seen() == [("UJANG SUKMANA", 1, 2)]
        assert (Membership.objects.count(), Person.objects.filter(nik=EUIS[1]).update(name="X")) == (1, 0)
        with pytest.raises(DatabaseError), transaction.atomic():
            Person.objects.update(village_id="32.02.29.2001")
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM access_auditevent")
        wall.narrow(Scope(("32.02.0",)))  # not the beginning of a code: an area
        assert seen() == []
        wall.narrow(Scope(("32.02",)))
        assert len(seen()) == 2
    assert [name for name, *_ in seen()] == ["EUIS KARTINI", "UJANG SUKMANA"]  # the owner again


def test_pages_and_programs_work_behind_the_wall(walled, monkeypatch):
    client = Client(headers={"host": "localhost"})
    user = create_user(username="kecamatan", password="x", area_code="32.02.01")
    client.force_login(user)
    ujang, euis = (Person.objects.get(nik=who[1]).pk for who in (UJANG, EUIS))
    assert client.get(f"/pekerja/{ujang}/").status_code == 200
    _, key = issue_token(
        name="siap", user=user, area_code="32.02.01", permissions=["people"], ends_on=date(2099, 1, 1), by=None
    )
    program = Client(headers={"host": "localhost", "authorization": f"Bearer {key}"})
    monkeypatch.setattr(Scope, "where", lambda self, field: Q())  # a scope that lets everybody through
    assert client.get(f"/pekerja/{euis}/").status_code == 404
    assert program.get(f"/api/v1/people/{ujang}").status_code == 200
    assert program.get(f"/api/v1/people/{euis}").status_code == 404
    assert len(seen()) == 2
