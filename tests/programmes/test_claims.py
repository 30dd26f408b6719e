"""Rights that nobody asked for, claims opened on them, the days to pay. All people are invented."""

from __future__ import annotations

import itertools
import re
from datetime import date
from io import BytesIO

import openpyxl
import polars as pl
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.kernel import Refused, RegionCode
from jangkau.core.measures.rights import rights_on
from jangkau.core.measures.standing import Held, standing_on
from jangkau.core.rules import evaluate
from jangkau.core.synthetic import invent, write_lists
from jangkau.core.synthetic.deaths import DEATHS, invent_deaths
from jangkau.programmes.claims import queries
from jangkau.programmes.claims.actions.asking import ask_for_days
from jangkau.programmes.claims.actions.opening import open_claims, open_on_deaths
from jangkau.programmes.claims.presenters.entitlement import Event, on_death
from jangkau.programmes.claims.states import CLAIMS, KIND, PERSON, TOPICS
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import Agency, AuditEvent, Role
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.cases.actions import Opening, move_case, open_case
from jangkau.registry.cases.models import Case, FollowUp
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
    assert queries.undated(officer).count() == 1

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


def walked(topic: str, number: int, officer: Scope, branch: Scope, to: str) -> Case:
    """A claim on a topic, taken by its own steps to a state."""
    told = Opening(topic, PERSON, number, f"PESERTA {number}", "32.02.01.2003", 1, {"event_on": "2026-08-14"})
    case = open_case(KIND, told, on=date(2026, 9, 1), by=None)
    while case.state != to:
        steps = CLAIMS.steps_from(case.state, topic)
        name = "gather" if to == "papers" else next(name for name in steps if name.startswith("hand_in"))
        case = move_case(case.pk, name, on=date(2026, 9, 1), by=officer.user)
    return case


def test_every_step_is_refused_to_the_topics_it_does_not_belong_to(officer, branch):
    facts = {"paid": 1, "paid_on": "2026-09-02", "cause": "rekaan", "missing": "kuitansi"}
    refused = taken = 0
    for number, (topic, (name, step)) in enumerate(itertools.product(TOPICS, CLAIMS.steps.items()), 1):
        at_branch = {"jkm": "complete_death", "jkk": "complete_accident", "jkk_death": "complete_accident"}
        own = {"reported", "papers", at_branch.get(topic, "complete")}
        case = walked(topic, number, officer, branch, next(state for state in step.sources if state in own))
        if step.serves(topic):
            moved = move_case(case.pk, name, on=date(2026, 9, 2), facts=facts, by=branch.user)
            assert moved.state == step.target
            taken += 1
            continue
        with pytest.raises(Refused, match="bukan untuk perkara tentang"):
            move_case(case.pk, name, on=date(2026, 9, 2), facts=facts, by=branch.user)
        case.refresh_from_db()
        assert case.state in step.sources and name not in CLAIMS.steps_from(case.state, topic)
        refused += 1
    assert (taken, refused) == (len(TOPICS) * (len(CLAIMS.steps) - 2), 2 * len(TOPICS))  # one way to hand in each


def test_a_claim_that_was_given_up_leaves_its_right_until_it_is_paid(officer, branch):
    dead(1, date(2026, 8, 14), date(2026, 8, 1))
    open_on_deaths(officer, [1], on=date(2026, 9, 1), by=officer.user)
    case = Case.objects.get(kind=KIND)
    move_case(case.pk, "drop", on=date(2026, 9, 3), facts={"cause": "keluarga pindah"}, by=branch.user)
    (found,) = queries.unclaimed(officer, queries.rights(officer))
    assert (found.case, found.given_up.case, found.given_up.on) == (None, case, date(2026, 9, 3))
    page = signed_in(officer).get("/hak/").content.decode()
    assert "3 September 2026: keluarga pindah" in page and 'name="person"' in page
    assert "belum diklaim" in signed_in(officer).get("/pekerja/1/").content.decode()
    assert open_on_deaths(officer, [1], on=date(2026, 9, 5), by=officer.user) == 1
    fresh = Case.objects.get(kind=KIND, ended=False)
    move_case(fresh.pk, "hand_in_death", on=date(2026, 9, 6), by=officer.user)
    move_case(fresh.pk, "refuse", on=date(2026, 9, 7), facts={"cause": "bukan peserta"}, by=branch.user)
    (found,) = queries.unclaimed(officer, queries.rights(officer))
    assert found.case == fresh  # the branch has answered


def test_a_death_without_a_day_is_asked_for_until_a_village_tells_it(officer, branch):
    dead(1, None, date(2026, 8, 1))
    dead(2, None, date(2026, 8, 1), village="32.02.29.2001")
    desk = signed_in(officer)
    assert "2 peserta tercatat meninggal tanpa tanggal" in desk.get("/hak/").content.decode()
    page = desk.get("/hak/tanpa-tanggal/").content.decode()
    assert "ALMARHUM 1" in page and "ALMARHUM 2" in page and "sudah diminta" not in page
    assert "Agustus 2026" not in page  # the last month paid is a column of the branch
    assert "Agustus 2026" in signed_in(branch).get("/hak/tanpa-tanggal/").content.decode()
    for _again in range(2):
        desk.post("/hak/tanpa-tanggal/minta/")
    asked = FollowUp.objects.all()
    assert sorted(asked.values_list("region_id", flat=True)) == ["32.02.01.2003", "32.02.29.2001"]
    assert desk.get("/hak/tanpa-tanggal/").content.decode().count("sudah diminta</span>") == 2
    book = openpyxl.load_workbook(BytesIO(desk.get("/hak/tanpa-tanggal/unduh/").content))
    book.active.cell(5, 6).value = date(2026, 8, 14)
    target = BytesIO()
    book.save(target)
    target.name = "laporan.xlsx"
    target.seek(0)
    desk.post("/hak/laporan/kirim/", {"book": target})
    (found,) = queries.unclaimed(officer, queries.rights(officer))
    assert (found.person.pk, found.right["event_on"]) == (1, date(2026, 8, 14))
    assert [person.pk for person in queries.undated(officer)] == [2]
    assert "1 peserta tercatat meninggal tanpa tanggal" in desk.get("/hak/").content.decode()
    reader = scope_of(create_user(username="cisaat", password="x", area_code="32.02.29", role=Role.READER))
    page = signed_in(reader).get("/hak/tanpa-tanggal/").content.decode()
    assert "ALMARHUM 2" in page and "ALMARHUM 1" not in page and "Minta desa" not in page
    with pytest.raises(Refused):
        ask_for_days(reader, on=date(2026, 9, 1), by=reader.user)


def test_an_accident_is_reported_with_its_last_day(branch, officer):
    person = dead(5, None, date(2026, 8, 1))
    Membership.objects.update(monthly_income=1_000_000)
    event = Event("accident", date(2026, 7, 10), date(2026, 9, 1), days=60, disabled=True)
    (case,) = open_claims(branch, person, event, ["jkk"], by=branch.user)
    given = {"wage": 1_000_000, "accident_on": "2026-07-10"}
    inability = evaluate("jkk_temporary_inability", given | {"days": 60}).values["amount"]
    disability = evaluate("jkk_total_disability", given | {"segment": "bpu"}).values["total"]
    assert case.facts["estimate"] == int(str(inability)) + int(str(disability)) == 2_000_000 + 68_000_000
    assert (case.facts["file_by"], case.topic, case.facts["disabled"]) == ("2031-07-10", "jkk", "ya")
    expected = [queries.claim_lines(scope, [case])[0].expected for scope in (branch, officer)]
    assert expected == [70_000_000, "\u2014 milik cabang"]  # the sum tells the wage
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
    for address in ("/perkara/jenis/claims/", f"/perkara/{Case.objects.filter(topic='jkk').get().pk}/"):
        lit = re.findall(r'aria-current="page">([^<]+)</a>', here.get(address).text)
        assert set(lit) == {"Hak belum diklaim"}, address


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
