"""Rights that nobody asked for, claims opened on them, the days to pay. All people are invented."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jangkau.core.kernel import Refused, RegionCode
from jangkau.core.measures.rights import rights_on
from jangkau.core.measures.standing import Held, standing_on
from jangkau.core.rules import evaluate
from jangkau.core.synthetic import invent, write_lists
from jangkau.core.synthetic.deaths import DEATHS, invent_deaths
from jangkau.programmes.claims import queries
from jangkau.programmes.claims.actions.opening import open_claims, open_on_deaths
from jangkau.programmes.claims.presenters.entitlement import Event, on_death
from jangkau.programmes.claims.states import KIND
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import Agency, AuditEvent, Role
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.cases.actions import move_case
from jangkau.registry.cases.models import Case
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.models import Membership, Person

AS_OF = date(2026, 10, 31)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MONTHS = st.dates(date(2023, 1, 1), date(2026, 10, 31))
MEMBERSHIP = st.fixed_dictionaries(
    {
        "person_id": st.integers(1, 4),
        "segment": st.sampled_from(["pu", "bpu"]),
        "programmes": st.sampled_from(["JKK,JKM", "jkk,jkm,jht", "JHT", None]),
        "since": MONTHS,
        "paid_until": st.one_of(st.none(), MONTHS),
        "monthly_income": st.just(1_000_000),
    }
)
SCHEMA = {
    "person_id": pl.Int64, "segment": pl.String, "programmes": pl.String, "since": pl.Date, "paid_until": pl.Date,
    "monthly_income": pl.Int64,
}  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(MEMBERSHIP, max_size=8), MONTHS)
def test_the_reading_of_one_person_agrees_with_that_of_all(memberships, died_on):
    deaths = pl.DataFrame({"person_id": [1, 2, 3], "event_on": [died_on] * 3})
    found = rights_on(deaths, pl.DataFrame(memberships, schema=SCHEMA, orient="row"))
    told = {row["person_id"]: row for row in found.iter_rows(named=True)}
    for number in (1, 2, 3):
        held = [
            Held(one["segment"], one["programmes"], one["since"], one["paid_until"])
            for one in memberships
            if one["person_id"] == number
        ]
        one = standing_on(held, "jkm", died_on)
        row = told.get(number)
        assert one.state == (row["state"] if row else "none")
        if row and one.held:
            assert (one.held.since, one.held.paid_until) == (row["first_covered_on"], row["paid_until"])


@pytest.fixture
def officer(register) -> Scope:
    return scope_of(
        create_user(username="pendamping", password="x", area_code="32.02", agency=Agency.VILLAGE_AFFAIRS_OFFICE)
    )


@pytest.fixture
def branch(register) -> Scope:
    return scope_of(create_user(username="cabang", password="x", area_code="32.02", agency=Agency.BRANCH))


def dead(number: int, died_on: date | None, paid_until: date, village: str = "32.02.01.2003") -> Person:
    person = Person.objects.create(
        id=number, name=f"ALMARHUM {number}", nik=f"320201120380{9000 + number}", village_id=village,
        district_id=village[:8], deceased=True, deceased_on=died_on,
    )  # fmt: skip
    Membership.objects.create(
        person=person, list_number=1, kpj=str(number), segment="bpu", programmes="JKK,JKM", since=date(2024, 1, 15),
        paid_until=paid_until,
    )  # fmt: skip
    return person


def test_a_claim_from_the_death_to_the_payment(officer, branch):
    one = dead(1, date(2026, 8, 14), date(2026, 8, 1))
    dead(2, date(2026, 8, 14), date(2025, 1, 1))  # lapsed long before
    dead(3, None, date(2026, 8, 1))  # nobody knows when
    (found,) = queries.unclaimed(officer, queries.rights(officer))
    assert (found.person, found.case, on_death(found.right).total) == (one, None, 42_000_000)
    assert queries.undated(officer) == 1

    assert open_on_deaths(officer, [1, 2, 3], on=date(2026, 9, 1), by=officer.user) == 1
    with pytest.raises(Refused):
        open_on_deaths(officer, [1], on=date(2026, 9, 2), by=officer.user)
    case = Case.objects.get(kind=KIND)
    assert (case.facts["estimate"], case.facts["event_on"], case.region_id) == (
        42_000_000,
        "2026-08-14",
        "32.02.01.2003",
    )
    move_case(case.pk, "gather", on=date(2026, 9, 3), by=officer.user)
    complete = move_case(case.pk, "hand_in_death", on=date(2026, 9, 4), by=officer.user)
    told = evaluate("payment_deadline", {"programme": "jkm", "complete_on": "2026-09-04"}).values["pay_by"]
    assert complete.due_on == told == date(2026, 9, 9)  # a Friday and three working days
    paid = {"paid": 42_000_000, "paid_on": "2026-09-08"}
    with pytest.raises(Refused, match="hanya boleh dicatat oleh"):
        move_case(case.pk, "pay", on=date(2026, 9, 8), facts=paid, by=officer.user)
    move_case(case.pk, "pay", on=date(2026, 9, 8), facts=paid, by=branch.user)
    assert queries.results(officer) == (0, 1, 42_000_000, 42_000_000, 42_000_000)


def test_an_accident_is_reported_with_its_last_day(officer):
    person = dead(5, None, date(2026, 8, 1))
    Membership.objects.update(monthly_income=1_000_000)
    event = Event("accident", date(2026, 7, 10), date(2026, 9, 1), days=60, disabled=True)
    (case,) = open_claims(officer, person, event, ["jkk"], by=officer.user)
    given = {"wage": 1_000_000, "accident_on": "2026-07-10"}
    inability = evaluate("jkk_temporary_inability", given | {"days": 60}).values["amount"]
    disability = evaluate("jkk_total_disability", given | {"segment": "bpu"}).values["total"]
    assert case.facts["estimate"] == int(str(inability)) + int(str(disability)) == 2_000_000 + 68_000_000
    assert (case.facts["file_by"], case.topic, case.facts["disabled"]) == ("2031-07-10", "jkk", "ya")
    for wrong in (event, Event("accident", date(2026, 9, 2), date(2026, 9, 1))):
        with pytest.raises(Refused):
            open_claims(officer, person, wrong, ["jkk"], by=officer.user)


def signed_in(scope: Scope) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(scope.user, backend=BACKEND)
    return client


def test_the_pages_show_what_is_owed_inside_the_area_alone(officer):
    dead(1, date(2026, 8, 14), date(2026, 8, 1))
    dead(6, date(2026, 8, 15), date(2026, 8, 1), village="32.02.29.2001")
    here = signed_in(officer)
    page = here.get("/hak/").content.decode()
    assert "ALMARHUM 1" in page and "ALMARHUM 6" in page and "Rp42.000.000" in page
    stranger = create_user(username="cisaat", password="x", area_code="32.02.29", role=Role.READER)
    there = signed_in(scope_of(stranger))
    page = there.get("/hak/").content.decode()
    assert "ALMARHUM 6" in page and "ALMARHUM 1<" not in page and 'name="person"' not in page
    assert there.get("/hak/orang/1/").status_code == 404
    assert b"ALMARHUM 1" not in there.get("/hak/unduh/").content
    there.post("/hak/buka/", {"person": ["6"]})
    assert not Case.objects.exists()

    assert "belum diklaim" in here.get("/pekerja/1/").content.decode()
    assert here.post("/hak/buka/", {"person": ["1"]}).status_code == 302
    assert Case.objects.get().opened_by == officer.user
    told = {"event": "accident", "on": "2026-07-05", "days": "30"}
    page = here.post("/hak/orang/6/", told).content.decode()
    assert "7 hari kerja" in page and "7 Juli 2026" in page and not Case.objects.filter(topic="jkk").exists()
    answer = here.post("/hak/orang/6/", told | {"topic": "jkk", "open": "1"})
    assert answer.status_code == 302 and Case.objects.filter(topic="jkk").exists()
    assert "ALMARHUM" not in str(list(AuditEvent.objects.values()))
    assert "Semua sudah ada klaimnya" not in here.get("/hak/").content.decode()
    assert here.get("/perkara/jenis/claims/").status_code == 200


@pytest.mark.slow
def test_planted_deaths_of_members_are_found(register, whole, tmp_path):
    """The civil registry's list and the branch's export go through the whole loop; who was covered is the truth."""
    regency = invent(gazetteer(), area=RegionCode("32.02"), workers=24_000, seed=23, as_of=AS_OF)
    write_lists(regency, tmp_path / "all")
    for name in (DEATHS, "01_bpjstk/peserta.csv"):
        place = register / "lists" / name
        place.parent.mkdir(parents=True)
        (tmp_path / "all" / name).rename(place)
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    truth = invent_deaths(regency).join(regency.people.select("person_id", "nik"), on="person_id")
    entitled = set(truth.filter("entitled")["nik"])
    found = queries.rights(whole)
    named = set(Person.objects.filter(pk__in=found["person_id"].to_list()).values_list("nik", flat=True))
    assert len(entitled) > 20
    assert len(named & entitled) >= 0.98 * len(named)
    assert len(named & entitled) >= 0.9 * len(entitled)
