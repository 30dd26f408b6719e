"""The help desk: what follows from an event, papers, paid against expected, reports of villages, scholarships of each
school year. All people are invented."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from jangkau.core.kernel import Refused
from jangkau.core.measures.standing import Held, months_paid
from jangkau.core.rules import evaluate
from jangkau.core.rules.scholarships import LONGEST, scholarship_due, school_year_of
from jangkau.programmes.claims import queries
from jangkau.programmes.claims.actions.opening import keep_papers, open_claims
from jangkau.programmes.claims.actions.scholarships import claim_scholarships, end_scholarship, name_child
from jangkau.programmes.claims.models import Child, EventReport
from jangkau.programmes.claims.presenters.claims import delay_of
from jangkau.programmes.claims.presenters.entitlement import Event, entitlements, heirs_among
from jangkau.programmes.claims.queries.scholarships import due_children, families_to_ask
from jangkau.programmes.claims.states import PAPERS, PARTIAL_JHT, TOPICS_OF
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import Agency, Role
from jangkau.registry.access.permissions import Scope, scope_of
from jangkau.registry.cases.actions import move_case
from jangkau.registry.cases.models import Case
from jangkau.registry.people.models import Membership, Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TODAY = date(2026, 11, 2)
WORKER = Held("pu", "JKK,JKM,JHT,JP,JKP", date(2010, 1, 1), date(2026, 10, 1), 6_000_000)
FISHER = Held("bpu", "JKK,JKM", date(2026, 9, 1), date(2026, 10, 1), 1_000_000)


def found(kind: str, held: Held, **told) -> dict:
    event = Event(kind, told.pop("on", date(2026, 10, 20)), TODAY, **told)
    return {each.topic: each for each in entitlements(event, [held])}


def amount(rule: str, name: str, **given_) -> int:
    return int(str(evaluate(rule, given_).values[name]))


def test_every_sum_is_that_of_the_rules():
    on = "2026-10-20"
    death = found("death", WORKER, balance=80_000_000)
    assert death["jkm"].total == amount("jkm_benefit", "total", segment="pu", first_covered_on="2010-01-01", died_on=on)
    assert death["jht"].total == amount("jht_payout", "net", balance=80_000_000)
    monthly = amount("jp_pension", "monthly", months=202, average_wage=6_000_000, year=2026)
    assert months_paid([WORKER], "jp", date(2026, 10, 20)) == 202
    assert death["jp"].total == amount("jp_survivor_pension", "amount", monthly=monthly, survivor="spouse")
    assert death["jp"].per and all(each.verdict == "yes" for each in death.values())
    at_work = found("death_at_work", WORKER)["jkk_death"]
    assert at_work.total == amount("jkk_death", "total", segment="pu", wage=6_000_000, accident_on=on)
    assert (at_work.file_by, at_work.pay_days, death["jkm"].pay_days) == (date(2031, 10, 20), 7, 3)
    lost = found("job_loss", WORKER, birth_date=date(1980, 5, 1))
    assert lost["jkp"].total == amount("jkp_benefit", "total", wage=6_000_000, months=6, dismissed_on=on)
    assert lost["jkp"].file_by == date(2027, 4, 20) and lost["jkp"].steps
    assert lost["jht"].verdict == "no" and "20 November 2026" in lost["jht"].why  # a month after work ended
    old = found("old_age", WORKER, birth_date=date(1967, 1, 1))
    assert old["jp"].total == monthly and old["jht"].verdict == "yes" and old["jht"].total is None


def test_partial_disability_is_that_of_the_table():
    on = {"accident_on": "2026-10-20", "wage": 6_000_000}
    for losses, measure, rule, given_ in (
        (("15",), None, "jkk_disability", {"row": "15"}),
        (("15",), 50, "jkk_disability", {"row": "15", "function_lost": "50%"}),
        (("31",), 35, "jkk_disability", {"row": "31", "decibels": 35}),
        (("28",), 20, "jkk_disability", {"row": "28", "assessed": "20%"}),
        (("15", "17"), None, "jkk_disabilities", {"losses": ["15", "17"]}),
    ):
        told = found("accident", WORKER, losses=losses, measure=measure, days=30)["jkk"]
        days = amount("jkk_temporary_inability", "amount", days=30, **on)
        assert told.total == amount(rule, "amount", **on, **given_) + days
        assert any("PP 44/2015" in step for step in told.steps) and told.assumed
    unmeasured = found("accident", WORKER, losses=("31",))["jkk"]
    assert unmeasured.total is None and unmeasured.why
    for_good = found("accident", WORKER, disabled=True, balance=80_000_000)
    assert list(for_good) == ["jkk", "jht", "jp"] and for_good["jht"].total and for_good["jp"].verdict == "ask"


def test_a_part_of_jht_is_drawn_by_members_of_ten_years():
    told = found(PARTIAL_JHT, WORKER, balance=80_000_000, purpose="housing")[PARTIAL_JHT]
    given_ = {"balance": 80_000_000, "purpose": "housing", "member_years": 16}
    assert told.total == amount("jht_partial", "amount", **given_) == 24_000_000
    assert "belum dihitung, karena" in told.why and told.assumed and told.steps and told.papers
    assert found(PARTIAL_JHT, WORKER, purpose="other")[PARTIAL_JHT].total is None
    young = Held("pu", "JKK,JKM,JHT", date(2020, 1, 1), date(2026, 10, 1), 6_000_000)
    left = Held("pu", "JKK,JKM,JHT", date(2010, 1, 1), date(2024, 10, 1), 6_000_000)
    for held in (young, left, FISHER):
        refused = found(PARTIAL_JHT, held, balance=80_000_000, purpose="other")[PARTIAL_JHT]
        assert refused.verdict == "no" and refused.why


def test_who_is_not_entitled_hears_why():
    fisher = found("death", FISHER)
    assert fisher["jkm"].total == 10_000_000 and fisher["jkm"].full_from == date(2026, 12, 1)
    assert {fisher[topic].verdict for topic in ("jht", "jp")} == {"no"} and "JHT" in fisher["jht"].why
    assert found("job_loss", FISHER, birth_date=date(1990, 1, 1))["jkp"].verdict == "no"
    late = found("accident", WORKER, on=date(2020, 1, 1))["jkk"]
    assert late.verdict == "no" and "kedaluwarsa" in late.why
    lapsed = Held("bpu", "JKK,JKM", date(2024, 1, 1), date(2026, 1, 1), 1_000_000)
    assert found("death", lapsed)["jkm"].verdict == "no"
    grace = Held("bpu", "JKK,JKM", date(2024, 1, 1), date(2026, 8, 1), 1_000_000)
    assert found("death", grace)["jkm"].verdict == "ask"
    unknown = Held("pu", None, date(2024, 1, 1), date(2026, 10, 1), 5_000_000)
    assert {found("death", unknown)[topic].verdict for topic in ("jht", "jp")} == {"ask"}
    young = found("old_age", WORKER, birth_date=date(1990, 1, 1))
    assert {each.verdict for each in young.values()} == {"no"}
    assert (heirs_among(["sibling", "child"]), heirs_among(["sibling", "parent_in_law"])) == ("anak", "saudara kandung")


@pytest.fixture
def clerk(register) -> Scope:
    return scope_of(create_user(username="meja", password="x", area_code="32.02", agency=Agency.VILLAGE_AFFAIRS_OFFICE))


@pytest.fixture
def branch(register) -> Scope:
    return scope_of(create_user(username="cabang", password="x", area_code="32.02", agency=Agency.BRANCH))


def member(number: int, *, since: date = date(2020, 1, 1), village: str = "32.02.01.2003", **told) -> Person:
    person = Person.objects.create(
        id=number, name=f"PESERTA {number}", nik=f"320201120380{9000 + number}", village_id=village,
        district_id=village[:8], birth_date=date(1980, 3, 12), **told,
    )  # fmt: skip
    Membership.objects.create(
        person=person, list_number=1, segment="bpu", programmes="JKK,JKM", since=since,
        paid_until=date(2026, 10, 1), monthly_income=1_000_000,
    )  # fmt: skip
    return person


def paid_claim(clerk: Scope, branch: Scope, person: Person, rupiah: int = 42_000_000, on: str = "2026-11-13") -> Case:
    (case,) = open_claims(clerk, person, Event("death", date(2026, 10, 20), TODAY), ["jkm"], by=clerk.user)
    move_case(case.pk, "hand_in_death", on=TODAY, by=clerk.user)
    paid_on = date.fromisoformat(on)
    return move_case(case.pk, "pay", on=paid_on, facts={"paid": rupiah, "paid_on": on}, by=branch.user)


def test_papers_are_ticked_and_payments_compared(clerk, branch):
    (case,) = open_claims(clerk, member(1), Event("death", date(2026, 10, 20), TODAY), ["jkm"], by=clerk.user)
    assert keep_papers(clerk, case, ["card", "account", "nonsense"], by=clerk.user) == 2
    assert keep_papers(clerk, case, ["card"], by=clerk.user) == 1
    (line,) = queries.claim_lines(clerk, [case])
    assert (line.papers, line.papers_needed, line.difference) == (1, len(PAPERS["jkm"]), None)
    with pytest.raises(Refused):
        keep_papers(Scope(clerk.areas, may_write=False), case, [], by=clerk.user)
    with pytest.raises(Refused):
        open_claims(clerk, member(3), Event("death", date(2026, 10, 20), TODAY), ["jkk"], by=clerk.user)
    second = member(2)
    paid_claim(clerk, branch, second, rupiah=40_000_000)
    with pytest.raises(Refused, match="sudah dibayar"):
        open_claims(clerk, second, Event("death", date(2026, 10, 20), TODAY), ["jkm"], by=clerk.user)
    line = next(line for line in queries.claim_lines(clerk, queries.claims(clerk)) if line.paid)
    assert (line.expected, line.difference, line.pay_by, line.late) == (42_000_000, -2_000_000, date(2026, 11, 5), True)
    assert queries.results(clerk) == (1, 1, 40_000_000, 42_000_000, 40_000_000)
    given_ = {"programme": "jkm", "complete_on": TODAY, "amount": 40_000_000, "paid_on": line.paid_on}
    assert delay_of(line, TODAY).whole("compensation") == amount("payment_deadline", "compensation", **given_) > 0
    third = open_claims(clerk, member(3 + 1), Event("death", date(2026, 10, 20), TODAY), ["jkm"], by=clerk.user)[0]
    waits = move_case(third.pk, "hand_in_death", on=TODAY, by=clerk.user)
    (line,) = queries.claim_lines(clerk, [waits])
    assert delay_of(line, line.pay_by) is None
    assert delay_of(line, date(2026, 11, 7)).values["days_late"] == 2  # of the estimate, until today
    page = signed_in(clerk).get("/hak/orang/2/").content.decode()
    assert "Ganti rugi keterlambatan" in page and "8 hari terlambat" in page


def signed_in(scope: Scope) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(scope.user, backend=BACKEND)
    return client


def test_a_village_reports_and_members_without_a_claim_are_named(clerk):
    person = member(1)
    member(2, village="32.02.29.2001")
    member(4, since=date(2026, 11, 1))
    desk = signed_in(clerk)
    book = openpyxl.load_workbook(BytesIO(desk.get("/hak/laporan/kosong/").content))
    sheet = book.active
    for told in (
        ("Peserta 1", person.nik, None, None, "Kecelakaan kerja", date(2026, 10, 20), "jatuh dari perahu"),
        ("peserta 2", None, "12-03-1980", None, "meninggal", "21/10/2026", ""),
        ("PESERTA 4", "3202011203809004", None, None, "kecelakaan", "2026-10-20", ""),
        ("ORANG LAIN", None, None, "32.02.01.2003", "PHK", date(2026, 10, 1), ""),
        ("", None, None, None, "PHK", date(2026, 10, 1), ""),
        ("BESOK", None, None, None, "PHK", date(2099, 1, 1), ""),
        ("APA", None, None, None, "sakit", date(2026, 10, 1), ""),
    ):
        sheet.append(told)
    for fresh in (4, 0):
        target = BytesIO()
        book.save(target)
        target.name = "laporan.xlsx"
        target.seek(0)
        answer = desk.post("/hak/laporan/kirim/", {"book": target})
        back = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        assert [row[-1] for row in back[3:]] == [
            "nama kosong", "tanggal kejadian kosong, tidak terbaca, atau belum tiba", "kejadian tidak dikenal"
        ]  # fmt: skip
        assert EventReport.objects.count() == 4 and fresh in (4, 0)
    assert set(EventReport.objects.values_list("person_id", flat=True)) == {1, 2, 4, None}
    page = desk.get("/hak/laporan/").content.decode()
    assert page.count("belum diklaim</span>") == 2 and "orangnya tidak ditemukan" in page
    assert "bukan peserta pada hari itu" in page
    waiting = desk.get("/hak/laporan/?waiting=1").content.decode()
    assert "Peserta 1" in waiting and "peserta 2" in waiting and "PESERTA 4" not in waiting and "ORANG" not in waiting
    assert waiting.index("Peserta 1") < waiting.index("peserta 2")  # an accident expires
    open_claims(clerk, person, Event("accident", date(2026, 10, 20), TODAY), ["jkk"], by=clerk.user)
    assert desk.get("/hak/laporan/").content.decode().count("belum diklaim</span>") == 1
    assert "Peserta 1" not in desk.get("/hak/laporan/?waiting=1").content.decode()
    elsewhere = create_user(username="cisaat", password="x", area_code="32.02.29", role=Role.READER)
    page = signed_in(scope_of(elsewhere)).get("/hak/laporan/").content.decode()
    assert "peserta 2" in page and "Peserta 1" not in page and "Kirim laporan" not in page
    sheets = CalamineWorkbook.from_filelike(BytesIO(desk.get("/hak/laporan/unduh/").content)).get_sheet_by_index(0)
    assert len(sheets.to_python()) == 4 + 3 and person.nik not in str(sheets.to_python())


def test_scholarships_fall_due_every_school_year(clerk, branch):
    case = paid_claim(clerk, branch, member(1))
    short = paid_claim(clerk, branch, member(2, since=date(2026, 1, 1)))
    assert families_to_ask(clerk) == [case]  # 36 months of contributions are needed
    ani = name_child(clerk, case, name="ANI", birth_date=date(2014, 2, 1), level="sd", by=clerk.user)
    budi = name_child(clerk, case, name="BUDI", birth_date=date(2008, 2, 1), level="sma", by=clerk.user)
    for wrong in ({"name": "ANI", "birth_date": date(2014, 2, 1)}, {"name": "CICI", "birth_date": date(2016, 2, 1)}):
        with pytest.raises(Refused):
            name_child(clerk, case, **wrong, level="sd", by=clerk.user)
    with pytest.raises(Refused):
        name_child(clerk, short, name="DEDI", birth_date=date(2014, 2, 1), level="sd", by=clerk.user)
    assert families_to_ask(clerk) == []
    assert [(line.child, line.due.amount) for line in due_children(clerk, 2026)] == [
        (budi, 3_000_000),
        (ani, 1_500_000),
    ]
    assert claim_scholarships(clerk, 2026, {ani.pk: "smp", budi.pk: "sma"}, on=date(2026, 11, 20), by=clerk.user) == 2
    claim = Case.objects.get(topic="scholarship")
    assert (claim.facts["estimate"], claim.facts["school_year"], claim.facts["children"]) == (5_000_000, "2026/2027", 2)
    assert all(line.claimed.case == claim and line.due is None for line in due_children(clerk, 2026))
    for levels in ({ani.pk: "smp"}, {}, {999: "sd"}):
        with pytest.raises(Refused):
            claim_scholarships(clerk, 2026, levels, on=date(2026, 11, 20), by=clerk.user)
    ani.refresh_from_db()
    assert ani.level == "smp"
    with pytest.raises(Refused, match="masih berjalan"):
        claim_scholarships(clerk, 2027, {ani.pk: "smp"}, on=date(2027, 8, 1), by=clerk.user)
    end_scholarship(clerk, budi, "works", by=clerk.user)
    assert [line.child for line in due_children(clerk, 2027)] == [ani]
    page = signed_in(clerk).get("/hak/beasiswa/?tahun=2026").content.decode()
    assert "ANI" in page and "Rp2.000.000" in page and "diklaim" in page
    assert "ANI" in signed_in(clerk).get("/hak/orang/1/").content.decode()
    assert Child.objects.count() == 2


@given(st.dates(date(1995, 1, 1), date(2022, 12, 31)), st.sampled_from(["", *LONGEST]), st.integers(2020, 2030))
def test_a_child_gets_each_level_no_longer_than_the_law_says(born, level, first):
    taken: list[str] = []
    for year in range(first, first + 30):
        due = scholarship_due(born, level, taken, year)
        if due is None:
            continue
        assert date(year, 7, 1) < date(born.year + 23, born.month, min(born.day, 28)).replace(day=28) or born.day > 28
        taken.append(due.level)
    assert all(taken.count(each) <= LONGEST[each] for each in LONGEST)
    assert level or not taken
    assert taken == sorted(taken, key=list(LONGEST).index)
    assert school_year_of(date(first, 7, 1)) == first


def test_the_pages_of_the_desk_open_for_an_empty_register(clerk):
    desk = signed_in(clerk)
    for address in ("/hak/", "/hak/klaim/", "/hak/laporan/", "/hak/beasiswa/"):
        assert desk.get(address).status_code == 200
    for address in ("/hak/klaim/unduh/", "/hak/beasiswa/unduh/", "/hak/laporan/unduh/", "/hak/unduh/"):
        assert desk.get(address)["Content-Type"].endswith("sheet")
    assert set(TOPICS_OF) == {"death", "death_at_work", "accident", "old_age", "job_loss", PARTIAL_JHT}
