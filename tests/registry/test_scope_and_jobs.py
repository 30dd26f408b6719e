"""Who sees what, and long work that survives a restart."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from django.test import Client

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import Assignment, AuditEvent, Role
from jangkau.registry.access.permissions import Scope, require_write, scope_of
from jangkau.registry.lists import queries
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.lists.actions.jobs import ask_for, cancel_job, do_job, resume_jobs
from jangkau.registry.lists.models import Job, SentList, State
from jangkau.registry.people import queries as people_queries
from jangkau.registry.people.models import Person

AS_OF = date(2026, 10, 31)
UJANG = ("UJANG SUKMANA", "3202011203809001", "12-03-1980", "L")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def filled(register, village_list, member_list):
    village_list([UJANG])
    member_list([("26000000001", UJANG[1], UJANG[0], UJANG[2], "L", "BPU", "2026-10")])
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    return register


def signed_in(user) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend=BACKEND)
    return client


def test_a_district_user_sees_the_own_district_alone(filled):
    here = scope_of(create_user(username="palabuhanratu", password="x", area_code="32.02.01"))
    there = scope_of(create_user(username="cisaat", password="x", area_code="32.02.29"))
    assert [p.name for p in people_queries.people(here)] == ["UJANG SUKMANA"]
    assert not people_queries.people(there).exists()
    assert [item.kind for item in queries.lists(here)] == ["workers"]  # not the branch's export of the whole regency
    assert not queries.lists(there).exists()
    assert set(queries.coverage(here, AS_OF)["region_code"].str.slice(0, 8)) == {"32.02.01"}
    assert queries.cube(there, AS_OF).is_empty()


@pytest.mark.parametrize("area", ["32.02.29", "32.02.29.2001", "32.03"])
def test_pages_of_another_area_do_not_exist_for_a_stranger(filled, area):
    client = signed_in(create_user(username="stranger", password="x", area_code=area))
    person = Person.objects.get()
    assert client.get(f"/pekerja/{person.pk}/").status_code == 404
    assert client.post(f"/pekerja/{person.pk}/nik/", {"because": "ingin tahu saja"}).status_code == 404
    assert client.get("/wilayah/32.02.01/").status_code == 403
    assert client.get("/wilayah/32.02.01/buku-kerja/").status_code in (403, 404)
    assert client.get(f"/daftar/{SentList.objects.get(kind='workers').pk}/").status_code == 404
    answer = client.post("/pekerja/", {"q": "ujang"})
    assert "SUKMANA" not in answer.content.decode()


def test_nobody_gets_in_without_signing_in(filled):
    client = Client(headers={"host": "localhost"})
    for address in ("/", "/wilayah/32.02/", "/daftar/", "/pekerja/", "/pekerja/1/", "/peta/"):
        assert client.get(address).status_code == 302, address
    assert client.post("/akun/contoh/").status_code == 404, "the door of the invented register is shut in a real one"


def test_a_reader_may_look_and_not_change(filled):
    reader = create_user(username="reader", password="x", area_code="32.02", role=Role.READER)
    with pytest.raises(Refused, match="hanya dapat melihat"):
        require_write(scope_of(reader))
    client = signed_in(reader)
    item = SentList.objects.get(kind="workers")
    client.post(f"/daftar/{item.pk}/tarik/")
    assert not Job.objects.exists()
    assert "Tarik kembali" not in client.get(f"/daftar/{item.pk}/").content.decode()


def test_the_whole_nik_is_shown_for_a_reason_that_is_recorded(filled):
    officer = create_user(username="officer", password="x", area_code="32.02")
    client = signed_in(officer)
    person = Person.objects.get()
    assert UJANG[1] not in client.get(f"/pekerja/{person.pk}/").content.decode()
    assert UJANG[1] not in client.post(f"/pekerja/{person.pk}/nik/", {"because": ""}).content.decode()
    answer = client.post(f"/pekerja/{person.pk}/nik/", {"because": "mencocokkan dengan KTP"})
    assert UJANG[1] in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    event = AuditEvent.objects.get(action="nik_revealed")
    assert (event.by, event.detail["because"]) == (officer, "mencocokkan dengan KTP")


@pytest.mark.parametrize("sought", ["ujang", "sukmana ujang", UJANG[1], "3202 0112 0380 9001", "26000000001"])
def test_people_are_found_by_name_nik_and_kpj(filled, whole, sought):
    assert len(people_queries.search(whole, sought).page().people) == 1


def test_a_village_sees_its_list_as_it_was_sent_and_nobody_of_it_who_lives_elsewhere(register, village_list, tmp_path):
    """The right to a list is that to its village; the people in it are seen by who sees where they live."""
    place = village_list([UJANG])
    book = openpyxl.load_workbook(place)
    sheet = book.worksheets[0]
    sheet.cell(4, 10, "DESA")
    sheet.cell(5, 10, "CITEPUS")
    sheet.append(
        [2, "EUIS KARTINI", "3202015204859001", "12-04-1985", "P", "Kp. Ciloa", "001", "002", "Petani", "BUNIWANGI"]
    )
    book.save(place)
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    item, euis = SentList.objects.get(), Person.objects.get(name="EUIS KARTINI")
    assert (item.village_id, euis.village_id) == ("32.02.01.2003", "32.02.01.2004")
    clerk = create_user(username="citepus", password="x", area_code=item.village_id, role=Role.VILLAGE_CLERK)
    client, scope = signed_in(clerk), scope_of(clerk)
    assert "EUIS KARTINI" in client.get(f"/daftar/{item.pk}/").text  # the village sent it
    assert client.get(f"/pekerja/{euis.pk}/").status_code == 404
    assert f"/pekerja/{euis.pk}/" not in client.get(f"/daftar/{item.pk}/hasil/baru/").text
    for sought in ("euis", euis.nik, f"{euis.nik}\n{UJANG[1]}"):
        assert euis not in people_queries.search(scope, sought).page().people
    assert [person.name for person in people_queries.people(scope)] == ["UJANG SUKMANA"]
    assert queries.appearances(scope, euis.pk) == []
    neighbour = scope_of(create_user(username="buniwangi", password="x", area_code=euis.village_id))
    assert people_queries.people(neighbour).get() == euis and not queries.lists(neighbour).exists()


def test_who_reads_the_whole_register_and_writes_in_one_village_stops_nobodys_work(filled):
    torn = create_user(username="torn", password="x", area_code="32.02", role=Role.READER)
    Assignment.objects.create(user=torn, area_code="32.02.01.2003", role=Role.OFFICER)
    job = ask_for("take_back", [SentList.objects.get(kind="workers")], by=None, start=lambda number: None)
    signed_in(torn).post(f"/pekerjaan/{job.pk}/batal/")
    job.refresh_from_db()
    assert job.state == Job.State.WAITING
    Assignment.objects.create(user=torn, area_code="32.02", role=Role.OFFICER)
    signed_in(torn).post(f"/pekerjaan/{job.pk}/batal/")
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


def test_a_pasted_column_of_nik_tells_how_many_are_unknown(filled, whole):
    found = people_queries.search(whole, f"{UJANG[1]}\n3202011203809002\n'3202 0112 0380 9003")
    assert (found.people.count(), found.numbers_asked, len(found.numbers_unknown)) == (1, 3, 2)


def test_a_job_that_was_running_when_the_machine_stopped_goes_on(filled, django_capture_on_commit_callbacks):
    started: list[int] = []
    item = SentList.objects.get(kind="workers")
    with django_capture_on_commit_callbacks(execute=True):
        job = ask_for("take_back", [item], by=None, start=started.append)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)  # the machine stops here
    assert resume_jobs(started.append, {}) == 1
    assert started == [job.pk, job.pk]
    do_job(job.pk)
    do_job(job.pk)  # the queue hands it over a second time: nothing happens
    job.refresh_from_db()
    item.refresh_from_db()
    assert (job.state, item.state) == (Job.State.DONE, State.TAKEN_BACK)


def test_a_job_that_cannot_be_done_says_why(filled):
    item = SentList.objects.get(kind="workers")
    SentList.objects.filter(pk=item.pk).update(state=State.READ)
    job = Job.objects.create(kind="take_back", lists=[item.pk], total=1)
    do_job(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert "belum dipublikasikan" in job.error["id"]


def test_a_waiting_job_is_cancelled_and_an_ended_one_is_not(filled):
    job = Job.objects.create(kind="read", lists=[], total=0)
    cancel_job(job, by=None)
    do_job(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED
    with pytest.raises(Refused):
        cancel_job(job, by=None)


def test_scope_says_what_it_allows():
    district = Scope(("32.02.01",))
    assert district.allows("32.02.01.2001") and district.allows("32.02.01")
    assert not district.allows("32.02.011") and not district.allows("32.02") and not district.allows(None)
    assert Scope(("32.02",)).allows(None)
