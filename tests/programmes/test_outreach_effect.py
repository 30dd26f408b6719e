"""What events brought, from the memberships of the register to the page."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.test import Client

from jangkau.programmes.outreach.actions.measuring import FACT, measure_effect
from jangkau.programmes.outreach.models import Event
from jangkau.registry.access.actions import create_user
from jangkau.registry.people.models import Membership, Person
from jangkau.registry.people.queries import register_fact

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
AS_OF, DAY = date(2026, 10, 31), date(2026, 3, 10)
HERE, OTHERS = "32.02.01.2003", ("32.02.01.2004", "32.02.01.2005", "32.02.01.2006", "32.02.01.2007")


def lives(number: int, village: str, since: date | None = None, paid_until: date | None = None) -> None:
    Person.objects.create(pk=number, name=f"ORANG {number}", village_id=village, district_id=village[:8])
    if since:
        Membership.objects.create(person_id=number, list_number=1, segment="bpu", since=since, paid_until=paid_until)


def test_from_memberships_to_the_page(register: Path, client: Client):
    client.force_login(create_user(username="a", password="x", area_code=None), backend=BACKEND)
    assert "Belum dapat dihitung" in client.get("/sosialisasi/dampak/").content.decode()
    for place, village in enumerate((HERE, *OTHERS)):
        for number in range(20):
            lives(100 * place + number, village)
    for number in range(6):  # six after the event, of whom two stop after a month; one each elsewhere
        paid = date(2026, 4, 1) if number < 2 else date(2026, 10, 1)
        lives(1000 + number, HERE, DAY + timedelta(days=number * 10), paid)
    for place, village in enumerate(OTHERS):
        lives(2000 + place, village, DAY + timedelta(days=5), date(2026, 10, 1))
    Event.objects.create(kind="village", state="held", place_id=HERE, day=DAY, held_on=DAY, cost=900_000)
    Event.objects.create(kind="factory", state="held", place_id=OTHERS[0], day=DAY, held_on=DAY)
    measure_effect(AS_OF)
    told = register_fact(FACT)
    shown = [(row["days"], row["events"], row["enrolled"]) for row in told["windows"]]
    assert shown == [(30, 1, 3), (60, 1, 6), (90, 1, 6)]
    # 21 workers elsewhere, one of whom enrolled; 26 here
    assert [round(row["extra"], 3) for row in told["windows"]] == [round(n - 26 / 21, 3) for n in (3, 6, 6)]
    after = {row["month"]: (row["share"], row["at_risk"]) for row in told["stayed"] if row["after_event"]}
    assert round(after[3][0], 3) == round(4 / 6, 3)
    page = client.get("/sosialisasi/dampak/").content.decode()
    assert "60 hari" in page and "Rp900.000" in page
