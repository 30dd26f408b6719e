"""Works from rosters and from the form: filled once, taken back with their list, stepped through their states."""

from __future__ import annotations

import itertools
from datetime import date
from io import BytesIO

import polars as pl
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from python_calamine import CalamineWorkbook

from jangkau.core.kernel import Refused
from jangkau.core.rules import evaluate
from jangkau.programmes.construction import queries
from jangkau.programmes.construction.actions import rosters
from jangkau.programmes.construction.actions import works as acts
from jangkau.programmes.construction.actions.assessing import assess
from jangkau.programmes.construction.actions.lists import fill_from_list
from jangkau.programmes.construction.models import RosterLine, Transition, Work
from jangkau.programmes.construction.states import STEPS, State, require_step
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import AuditEvent, Role
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists import queries as lists
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.lists.actions.measuring import refresh_measures
from jangkau.registry.lists.actions.publishing import take_back_list
from jangkau.registry.lists.events import ListPublished
from jangkau.registry.lists.models import Kind, SentList
from jangkau.registry.people.actions import set_fact

AS_OF = date(2026, 10, 31)
CITEPUS = "32.02.01.2003"
CREW = [
    ("3202011203803841", "UJANG SUKMANA", "Tukang", 140_000, 20),
    ("3202012204853842", "ASEP HIDAYAT", "Pekerja", 110_000, 15),
    ("", "DEDI KUSNADI", "Pekerja", 110_000, 10),
]


@pytest.fixture
def filled(register, roster_list):
    roster_list(CREW)
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    return Work.objects.get()


def noted(**facts):
    told = {
        "activity": "Rehab Posyandu", "village_id": CITEPUS, "value": 100_000_000, "starts_on": date(2026, 10, 12),
        "ends_on": date(2026, 11, 20),
    }  # fmt: skip
    return acts.note_work(by=None, as_of=AS_OF, **(told | facts))


def step(work, to, **told):
    acts.advance(work, to, by=None, as_of=AS_OF, on=told.pop("on", date(2026, 10, 10)), **told)
    work.refresh_from_db()


def signed_in(role: str = Role.OFFICER, area: str = CITEPUS) -> Client:
    client = Client(headers={"host": "localhost"})
    user = create_user(username=f"orang-{role}-{area}", password="x", area_code=area, role=role)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_published_roster_is_a_work_with_its_workers(filled):
    assert (filled.activity, filled.village_id, filled.value, filled.state) == (
        "Pembangunan TPT", CITEPUS, 246_900_000, State.ROSTER_IN,
    )  # fmt: skip
    assert (filled.starts_on, filled.ends_on) == (date(2026, 10, 5), date(2026, 11, 30))
    assert [(line.name, line.daily_wage, line.days) for line in filled.roster.order_by("line")] == [
        (name, wage, days) for _nik, name, _task, wage, days in CREW
    ]
    assert filled.roster.filter(person=None).count() == 0
    assert (filled.workers, filled.wages) == (3, 140_000 * 20 + 110_000 * 25)
    assert filled.worker_days_lost == 3 * 27  # 5 to 31 October, nobody has proved a registration
    assert (filled.workers_open, filled.days_before_cover) == (3, 27)


def test_the_same_list_fills_nothing_twice_and_taken_back_leaves_nothing(filled):
    fill_from_list(ListPublished(filled.list_number, Kind.JAKON))
    assert (Work.objects.count(), RosterLine.objects.count()) == (1, 3)
    take_back_list(SentList.objects.get(pk=filled.list_number), by=None)
    assert (Work.objects.count(), RosterLine.objects.count(), Transition.objects.count()) == (0, 0, 0)


def test_a_registered_work_outlives_its_list_and_takes_the_next_one(filled, register, roster_list):
    step(filled, State.REGISTERED, paper="SERT-1")
    step(filled, State.PAID, paper="KW-1", amount=519_110)
    roster_list([*CREW[:2], ("3202011505903843", "CECEP NUGRAHA", "Pekerja", 110_000, 5)])
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    filled.refresh_from_db()
    assert Work.objects.count() == 1
    assert filled.certificate == "SERT-1"
    assert SentList.objects.get(pk=filled.list_number).state == "published"
    left = filled.roster.exclude(ended_on=None).get()
    came = filled.roster.exclude(named_on=None).get()
    assert (left.name, came.name, came.reported_on) == ("DEDI KUSNADI", "CECEP NUGRAHA", None)
    assert filled.workers == 3


@pytest.mark.parametrize(("before", "after"), list(itertools.product(State.values, State.values)))
def test_no_step_that_is_not_declared(before, after):
    if after in STEPS[before]:
        require_step(before, after)
    else:
        with pytest.raises(Refused):
            require_step(before, after)


def test_the_database_refuses_a_step_past_the_actions(filled):
    with pytest.raises(IntegrityError), transaction.atomic():
        Transition.objects.create(work=filled, before=State.PLANNED, after=State.PAID)
    with pytest.raises(Refused):
        filled.transitions.get().save()


def test_from_planned_to_closed_with_its_papers(filled):
    with pytest.raises(Refused):
        step(filled, State.PAID, paper="KW-1", amount=1)
    with pytest.raises(Refused):
        step(filled, State.REGISTERED)
    step(filled, State.REGISTERED, on=date(2026, 10, 9), paper="SERT-1")
    with pytest.raises(Refused):
        step(filled, State.PAID, on=date(2026, 10, 8), paper="KW-1", amount=500_000)
    step(filled, State.PAID, on=date(2026, 10, 10), paper="KW-1", amount=500_000)
    assert filled.worker_days_lost == 3 * 5
    assert (filled.workers_open, filled.days_before_cover) == (0, 5)
    assert filled.underpaid == filled.due - 500_000 > 0
    step(filled, State.RUNNING, on=date(2026, 10, 10))
    step(filled, State.CLOSED, on=date(2026, 11, 30))
    assert [t.after for t in filled.transitions.order_by("pk")] == [
        "roster_in", "registered", "paid", "running", "closed",
    ]  # fmt: skip
    with pytest.raises(Refused):
        acts.add_addendum(filled, by=None, as_of=AS_OF, on=AS_OF, because="terlambat", value=1)
    assert AuditEvent.objects.filter(subject=f"work {filled.pk}").count() == 4


@pytest.mark.parametrize("vat", [False, True])
@pytest.mark.parametrize("value", [1, 48_750_000, 100_000_000, 246_900_000, 999_999_999, 7_250_000_001])
def test_the_contribution_is_that_of_the_rules(register, value, vat):
    work = noted(value=value, vat_included=vat)
    work.refresh_from_db()
    given = {"contract_value": value, "vat_included": vat, "month": "2026-10"}
    assert work.due == evaluate("jakon_contribution", given).values["total"]


def test_an_addendum_changes_value_and_end_and_what_is_due(filled):
    acts.add_addendum(
        filled, by=None, as_of=AS_OF, on=AS_OF, because="tambah volume", value=300_000_000, ends_on=date(2026, 12, 15)
    )
    filled.refresh_from_db()
    given = {"contract_value": 300_000_000, "vat_included": False, "month": "2026-10"}
    assert filled.due == evaluate("jakon_contribution", given).values["total"]
    assert (filled.value, filled.value_now, filled.ends_now) == (246_900_000, 300_000_000, date(2026, 12, 15))


def test_the_contribution_from_wages(filled):
    Work.objects.update(by_wages=True)
    assess([filled.pk], AS_OF)
    filled.refresh_from_db()
    assert filled.due == evaluate("jakon_contribution", {"wage": filled.wages, "month": "2026-10"}).values["total"]


@pytest.mark.parametrize("most", [1, 2, 3, 7])
def test_pages_forwards_and_backwards_show_every_work_once(register, whole, most):
    for day in (1, 5, 5, 9, None, None, 20):
        noted(starts_on=date(2026, 10, day) if day else None)
    pages = [queries.page_of(queries.works(whole), most=most)]
    while pages[-1].after:
        pages.append(queries.page_of(queries.works(whole), most=most, after=pages[-1].after))
    shown = [work.starts_on for page in pages for work in page.works]
    days = [20, 9, 5, 5, 1]
    assert shown == [*(date(2026, 10, day) for day in days), None, None]
    back = [pages[-1]]
    while back[-1].before:
        back.append(queries.page_of(queries.works(whole), most=most, before=back[-1].before))
    assert [[w.pk for w in page.works] for page in reversed(back)] == [[w.pk for w in page.works] for page in pages]


def jakon() -> tuple[int, int]:
    """Workers and covered on village works in the coverage table of the day."""
    refresh_measures(AS_OF)
    table = lists.coverage(Scope(("32.02",)), AS_OF)
    row = table.filter((pl.col("region_code") == CITEPUS) & (pl.col("segment") == "jakon"))
    return row["workers"].item(), row["covered"].item()


def test_only_registered_works_that_run_cover_their_builders(register, roster_list, village_list, member_list):
    village_list([(name, nik, f"{nik[6:8]}-{nik[8:10]}-19{nik[10:12]}", "L") for nik, name, *_ in CREW[:2]])
    nik, name, *_ = CREW[0]
    member_list([("26000000001", nik, name, "12-03-1980", "L", "BPU", "2026-10")])
    roster_list(CREW[:2])
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    work = Work.objects.get()
    assert jakon() == (2, 1)  # nobody knows whether it is registered: by a membership of their own
    Work.objects.update(registered=False)
    assert jakon() == (2, 0)
    step(work, State.REGISTERED, paper="SERT-1")
    assert jakon() == (2, 2)
    line = work.roster.get(name=name)
    rosters.remove_worker(line, by=None, as_of=AS_OF, on=date(2026, 10, 20), because="sakit")
    assert jakon() == (1, 1)
    Work.objects.update(ends_on=date(2026, 10, 30), ends_now=date(2026, 10, 30))
    assert jakon() == (0, 0)


def test_who_may_see_and_who_may_write(filled):
    outside = Scope(("32.02.16",), may_write=True)
    assert not queries.works(outside).exists()
    reader, stranger = signed_in(Role.READER), signed_in(area="32.02.16")
    assert stranger.get(f"/proyek-desa/{filled.pk}/").status_code == 404
    assert reader.get(f"/proyek-desa/{filled.pk}/").status_code == 200
    told = {"to": "cancelled", "on": "2026-10-10", "because": "salah catat"}
    reader.post(f"/proyek-desa/{filled.pk}/langkah/", told)
    filled.refresh_from_db()
    assert filled.state == State.ROSTER_IN
    signed_in().post(f"/proyek-desa/{filled.pk}/langkah/", told)
    filled.refresh_from_db()
    assert filled.state == State.CANCELLED
    assert filled.worker_days_lost == 0


def test_the_pages_and_the_workbook(filled):
    client = signed_in(area="32.02")
    page = client.get("/proyek-desa/?gap=open").content.decode()
    assert "3 pekerja bekerja tanpa perlindungan" in page
    assert "Pembangunan TPT" in page
    assert "Tidak ada proyek dengan saringan ini" in client.get("/proyek-desa/?year=2026&q=jembatan").content.decode()
    for odd in ("?region=99.99", "?region=x", "?year=1900"):
        assert client.get(f"/proyek-desa/{odd}").status_code == 302
    assert client.get("/proyek-desa/celah/?region=99.99").status_code == 200
    detail = client.get(f"/proyek-desa/{filled.pk}/").content.decode()
    assert "3202011203803841" not in detail
    assert "81 hari-orang tanpa perlindungan" in detail
    assert "PP 44/2015" in detail
    book = CalamineWorkbook.from_filelike(BytesIO(client.get("/proyek-desa/buku-kerja/").content))
    head, row = book.get_sheet_by_index(0).to_python()
    told = dict(zip(head, row, strict=True))
    assert told["Mulai"] == date(2026, 10, 5)
    assert told["Iuran seharusnya"] == filled.due
    assert told["Kode desa"] == CITEPUS


def test_a_work_is_noted_in_the_form(register):
    set_fact("as_of", AS_OF.isoformat())
    client = signed_in(area="32.02")
    told = {
        "activity": "Rehab Posyandu", "village": CITEPUS, "owner": "agency", "value": "Rp 48.750.000",
        "starts_on": "2026-11-05", "ends_on": "2026-11-01",
    }  # fmt: skip
    page = client.post("/proyek-desa/baru/", told).content.decode()
    assert "Tulis nama dinas" in page
    page = client.post("/proyek-desa/baru/", told | {"owner": "village"}).content.decode()
    assert "Tanggal selesai mendahului tanggal mulai" in page
    answer = client.post("/proyek-desa/baru/", told | {"owner": "village", "ends_on": "2026-11-30"})
    work = Work.objects.get()
    assert answer.headers["Location"] == f"/proyek-desa/{work.pk}/"
    assert (work.state, work.registered, work.value, work.has_gap) == (State.PLANNED, False, 48_750_000, False)
