"""Events: told by lists and planned by hand, held once, taken back with the list; reached means the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from django.test import Client
from openpyxl import load_workbook

from jangkau.core.kernel import Refused, RegionCode
from jangkau.core.synthetic import invent
from jangkau.core.synthetic.field import write_outreach
from jangkau.programmes.outreach import queries
from jangkau.programmes.outreach.actions import holding
from jangkau.programmes.outreach.models import Event
from jangkau.programmes.outreach.queries import reach
from jangkau.programmes.outreach.queries.routes import route_plan
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import AuditEvent, Role
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.actions import publish_lists, read_lists, receive_list, run_paths, take_back_list
from jangkau.registry.lists.models import SentList
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.registry.people.models import Employer
from jangkau.registry.people.queries import register_fact

AS_OF = date(2026, 10, 31)
CITEPUS, CITARIK, CIKADU = "32.02.01.2003", "32.02.01.2008", "32.02.01.2007"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LOG = [
    ("2026-03-02", "desa", "Palabuhanratu", "Ds. Citepus", 40),
    ("2026-03-05", "pasar", "Palabuhanratu", "Pasar Citarik", 25),
    ("2026-04-01", "pabrik", "Palabuhanratu", "PT SINAR LAUT", 120),
    (None, "desa", "Cisolok", "Cikahuripan", None),
]


@pytest.fixture
def sent(register: Path) -> Callable[..., SentList]:
    """Publishes an outreach log."""

    def send(lines: list[tuple[object, ...]], name: str = "log_sosialisasi.xlsx") -> SentList:
        place = register / name
        with xlsxwriter.Workbook(place) as book:
            sheet = book.add_worksheet("LOG")
            sheet.write_row(0, 0, ["NO", "TANGGAL", "JENIS", "KECAMATAN", "DESA/KEL/LOKASI", "HADIR"])
            for number, line in enumerate(lines, 1):
                sheet.write_row(number, 0, [number, *("" if cell is None else cell for cell in line)])
        item, _ = receive_list(place, path=name, by=None)
        read_lists([item], as_of=AS_OF)
        publish_lists([SentList.objects.get(pk=item.pk)], as_of=AS_OF, by=None, progress=lambda *told: None)
        return SentList.objects.get(pk=item.pk)

    return send


def said(**other: object) -> dict[str, object]:
    return {
        "kind": "village", "place": CITEPUS, "planned_on": date(2026, 3, 2), "title": "", "employer_name": "",
        "series": "", "team": "Tim 1", "speaker": "", "cost": None,
    } | other  # fmt: skip


def states() -> list[tuple[str, str, str | None, int | None]]:
    return list(Event.objects.order_by("pk").values_list("kind", "state", "place_id", "attendance"))


def test_a_log_becomes_events_and_goes_with_the_list(sent, whole):
    item = sent(LOG)
    assert states() == [
        ("village", "held", CITEPUS, 40),
        ("market", "held", CITARIK, 25),
        ("factory", "held", "32.02.01", 120),
        ("village", "held", "32.02.05.2003", None),
    ]
    assert register_fact("villages_reached") == [CITEPUS, CITARIK, "32.02.05.2003"]
    assert queries.visits(whole, CITEPUS, AS_OF) == [(date(2026, 3, 2), "Ds. Citepus", 40)]
    assert queries.meetings(whole, "32.02.01", date(2026, 1, 1), AS_OF) == (2, 2, 65)
    take_back_list(item, by=None)
    assert (Event.objects.count(), register_fact("villages_reached")) == (0, None)


def test_a_planned_event_and_a_line_of_the_log_are_one(sent):
    planned = holding.plan_event(said(), by=None)
    other = holding.plan_event(said(planned_on=date(2026, 3, 3)), by=None)
    item = sent(LOG)
    assert Event.objects.count() == len(LOG) + 1
    planned.refresh_from_db()
    assert (planned.state, planned.attendance, planned.list_number) == ("held", 40, item.pk)
    take_back_list(item, by=None)
    planned.refresh_from_db()
    assert (planned.state, planned.attendance, planned.held_on, planned.list_number) == ("planned", None, None, None)
    assert [change.state for change in planned.changes.order_by("pk")] == ["planned", "held", "planned"]
    assert set(Event.objects.values_list("pk", flat=True)) == {planned.pk, other.pk}


def test_what_somebody_worked_on_stays_and_meets_its_line_again(sent):
    item = sent(LOG)
    event = Event.objects.get(place_id=CITEPUS)
    told = {
        "place": CITEPUS,
        "held_on": date(2026, 3, 2),
        "attendance": 41,
        "speaker": "Camat",
        "cost": 500_000,
        "result": "",
    }
    holding.hold_event(event, told | {"result": ""}, by=None)
    take_back_list(item, by=None)
    event.refresh_from_db()
    assert (event.state, event.attendance, event.list_number, Event.objects.count()) == ("held", 41, None, 1)
    publish_lists([SentList.objects.get(pk=item.pk)], as_of=AS_OF, by=None, progress=lambda *told: None)
    event.refresh_from_db()
    assert (event.attendance, event.list_number, Event.objects.count()) == (41, item.pk, len(LOG))


def test_a_factory_is_found_by_its_name_and_counts_for_itself(sent, whole):
    Employer.objects.create(pk=7, name="Sinar Laut, PT", village_id=CIKADU, finding="pwbd", workers_found=90)
    Employer.objects.create(pk=8, name="CV Bukit Raya", village_id=CITEPUS, finding="pwbd", workers_found=300)
    sent(LOG)
    # employers are composed from lists at every measuring, and no list tells of any here
    assert Event.objects.get(kind="factory").employer_id is None
    Employer.objects.create(pk=3, name="Sinar Laut, PT", village_id=CIKADU, finding="pwbd", workers_found=90)
    Employer.objects.create(pk=8, name="CV Bukit Raya", village_id=CITEPUS, finding="pwbd", workers_found=300)
    holding.name_employers()
    assert [(firm.employer.pk, firm.visits) for firm in reach.unregistered(whole, AS_OF)] == [(8, 0), (3, 1)]
    rows = {row.code: row for row in reach.villages(whole, AS_OF, reach.unregistered(whole, AS_OF))}
    assert (rows[CIKADU].reached, rows[CIKADU].firms, rows[CIKADU].firms_visited) == (False, 1, 1)
    assert (rows[CITEPUS].reached, rows[CITEPUS].firms, rows[CITEPUS].firms_visited) == (True, 1, 0)
    assert rows[CIKADU].asked and not rows["32.02.16.2006"].asked


def test_only_what_its_state_allows(register):
    event = holding.plan_event(said(planned_on=date(2026, 11, 9)), by=None)
    holding.enter_state(event, "invited", by=None)
    holding.enter_state(event, "cancelled", because="hujan", by=None)
    with pytest.raises(Refused):
        holding.enter_state(event, "held", by=None)
    holding.enter_state(event, "planned", by=None)
    assert [change.state for change in event.changes.order_by("pk")] == ["planned", "invited", "cancelled", "planned"]
    assert AuditEvent.objects.filter(subject=f"event {event.pk}").count() == 4


def test_pages_keep_to_the_area_and_go_on_from_the_last_event(register, whole):
    days = [date(2026, 1, 1 + number // 4) for number in range(110)]
    Event.objects.bulk_create(
        Event(kind="village", state="held", place_id=CITEPUS, day=day, held_on=day) for day in days
    )
    elsewhere = Event.objects.create(kind="village", state="held", place_id="32.02.16.2006", day=AS_OF, held_on=AS_OF)
    wanted = list(Event.objects.order_by("-day", "-pk").values_list("pk", flat=True))
    page = queries.page_of(queries.events(whole))
    seen, backwards = [], []
    while True:
        seen += [event.pk for event in page.events]
        if page.after is None:
            break
        page = queries.page_of(queries.events(whole), after=page.after)
    assert seen == wanted
    while page.before is not None:
        page = queries.page_of(queries.events(whole), before=page.before)
        backwards.append([event.pk for event in page.events])
    assert backwards[-1] == wanted[:50]
    district = Scope(("32.02.01",))
    assert elsewhere.pk not in set(queries.events(district).values_list("pk", flat=True))
    assert queries.events(district, {"place": "32.02.16.2006"}).count() == 0
    assert len(queries.page_of(queries.events(whole, {"since": date(2026, 1, 28)})).events) == 3


def test_pages(sent, client: Client):
    reader = create_user(username="pembaca", password="x", area_code="32.02.01", role=Role.READER)
    officer = create_user(username="petugas", password="x", area_code="32.02.01", role=Role.OFFICER)
    client.force_login(officer, backend=BACKEND)
    assert "Belum ada kegiatan" in client.get("/sosialisasi/").content.decode()
    sent(LOG)
    page = client.get("/sosialisasi/?kind=market").content.decode()
    assert "Pasar Citarik" in page and "SINAR LAUT" not in page
    asked = {**said(), "planned_on": "2026-11-20", "cost": "1.500.000"}
    answer = client.post("/sosialisasi/baru/", asked)
    event = Event.objects.latest("pk")
    assert (answer.status_code, event.cost, event.entered_by) == (302, 1_500_000, officer)
    outside = client.post("/sosialisasi/baru/", {**asked, "place": "32.02.16.2006"})
    assert outside.status_code == 200 and Event.objects.latest("pk") == event
    client.post(f"/sosialisasi/{event.pk}/laksanakan/", {"place": CITEPUS, "held_on": "2026-11-21", "attendance": "33"})
    event.refresh_from_db()
    assert (event.state, event.day, event.attendance) == ("held", date(2026, 11, 21), 33)
    book = load_workbook(BytesIO(client.get("/sosialisasi/jangkau.xlsx?state=held").content))
    assert book.active["A2"].value.date() == date(2026, 11, 21) and book.active.max_row == 5
    assert "desa sudah dijangkau" in client.get("/sosialisasi/capaian/").content.decode()
    assert load_workbook(BytesIO(client.get("/sosialisasi/capaian/jangkau.xlsx").content)).sheetnames[0] == "Desa"
    client.force_login(reader, backend=BACKEND)
    assert client.get(f"/sosialisasi/{event.pk}/").status_code == 200
    assert client.post(f"/sosialisasi/{event.pk}/laksanakan/", {"held_on": "2026-11-21"}).status_code == 302
    assert client.get(f"/sosialisasi/{Event.objects.get(title='Cikahuripan').pk}/").status_code == 404


def test_an_unclear_place_is_named_and_settled_once(sent, client: Client, whole):
    unclear = ("2025-05-10", "desa", "", "mekarsari", 19)
    item = sent([*LOG, unclear, ("2026-05-11", "desa", "Cicurug", "Ds. Benda", 10)])
    client.force_login(create_user(username="a", password="x", area_code=None), backend=BACKEND)
    [event] = [each.event for each in reach.unclear_events(whole)]
    assert "32.02.16.2011" in reach.unclear_events(whole)[0].may_be
    page = client.get("/sosialisasi/capaian/").content.decode()
    assert "Di desa mana kegiatan ini?" in page and "1 perlu dipastikan" in page
    assert client.post(f"/sosialisasi/{event.pk}/desa/", {"place": "32.04.01.2001"}).status_code == 404
    client.post(f"/sosialisasi/{event.pk}/desa/", {"place": "32.02.16.2011"})
    assert "32.02.16.2011" in register_fact("villages_reached") and not reach.unclear_events(whole)
    with pytest.raises(Refused):
        holding.settle_place(Event.objects.get(pk=event.pk), CITEPUS, by=None)
    count = Event.objects.count()
    take_back_list(item, by=None)
    sent([*LOG, unclear, ("2026-05-12", "desa", "Cicurug", "Ds. Benda", 12)], name="log_lagi.xlsx")
    event.refresh_from_db()  # the line of the next log is the event that was settled
    assert (event.place_id, Event.objects.count(), len(reach.unclear_events(whole))) == ("32.02.16.2011", count, 0)


def test_the_three_villages_nobody_reached_are_named(register, whole):
    regency = invent(gazetteer(), area=RegionCode("32.02"), workers=9_000, seed=5, as_of=AS_OF)
    told = regency.outreach.join(regency.places.select("village_code", "village", "district"), on="village_code")
    told = told.join(regency.employers.select("employer_id", company="name"), on="employer_id", how="left")
    write_outreach(register, told.sort("date", "village_code", "officer"), regency.seed, 1.0)
    run_paths([register], as_of=AS_OF, by=None)
    desa = {code for code in regency.places["village_code"] if not RegionCode(code).is_kelurahan}
    missed = desa - set(told.filter(pl.col("kind") != "pabrik")["village_code"])
    rows = [row for row in reach.villages(whole, AS_OF, []) if row.asked and row.is_desa]
    assert (len(rows), len(missed)) == (381, 3)
    assert {row.code for row in rows if not row.reached} == missed
    assert reach.unclear_events(whole) == []
    assert Event.objects.filter(cost__gt=0).count() > 0.7 * told.height


def test_what_is_left_becomes_a_calendar_and_then_events(sent, client: Client, whole):
    sent(LOG)
    since = date(2026, 11, 20)  # a Friday
    days = route_plan(whole, AS_OF, since=since, teams=2, a_day=3, old=False)
    stops = [stop.code for day in days for stop in day.stops]
    assert len(stops) == len(set(stops)) == 10 - 2 + 13 - 1  # of the two districts that the log speaks of
    assert max(len(day.stops) for day in days) == 3 and {day.team for day in days} == {1, 2}
    assert [day.on for day in days[:4]] == [since, since, date(2026, 11, 23), date(2026, 11, 23)]
    assert len({stop.code[:8] for stop in days[0].stops}) == 1
    client.force_login(create_user(username="a", password="x", area_code=None), backend=BACKEND)
    page = client.get("/sosialisasi/rencana/?since=2026-11-20&teams=2&a_day=3").content.decode()
    assert "20 desa dalam" in page
    asked = {"place": stops[:2], f"planned_on-{stops[0]}": "2026-11-25", f"team-{stops[0]}": "Tim A",
             f"planned_on-{stops[1]}": "2026-11-26", f"team-{stops[1]}": ""}  # fmt: skip
    client.post("/sosialisasi/rencana/ambil/", asked)
    planned = Event.objects.filter(state="planned").order_by("day").values_list("place_id", "day", "team")
    assert list(planned) == [(stops[0], date(2026, 11, 25), "Tim A"), (stops[1], date(2026, 11, 26), "")]
    again = route_plan(whole, AS_OF, since=since, teams=2, a_day=3, old=True)
    assert not set(stops[:2]) & {stop.code for day in again for stop in day.stops}
    book = load_workbook(BytesIO(client.get("/sosialisasi/rencana/jangkau.xlsx").content))
    assert book.active.max_row == 19
