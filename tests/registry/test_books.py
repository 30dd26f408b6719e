"""The workbooks of a long list are written by the worker, once for each version of the list, and fetched when ready."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.test import Client
from tests.registry.conftest import AS_OF

from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import AuditEvent, Role
from jangkau.registry.lists.actions import read_lists, receive_list
from jangkau.registry.lists.actions.holding import hold_rows
from jangkau.registry.lists.actions.understanding import require_changeable
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Job, SentList
from jangkau.registry.lists.tasks import write_book

UJANG = ("UJANG SUKMANA", "3202011203809001", "12-03-1980", "L")
EUIS = ("EUIS KARTINI", "32020152048", "12-04-1985", "P")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def item(register, village_list, monkeypatch) -> SentList:
    monkeypatch.setattr("jangkau.registry.lists.presenters.books.ROWS_AT_ONCE", 4)  # a long list, as far as this goes
    monkeypatch.setattr("jangkau.registry.lists.views.books.start_book", lambda number: None)
    received, _ = receive_list(village_list([UJANG, EUIS]), path="Data Pekerja Desa Citepus.xlsx", by=None)
    read_lists([received], as_of=AS_OF, processes=0)
    return SentList.objects.get()


def client_of(role: str, area: str = "32.02") -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(create_user(username=f"{area}-{role}", password="x", area_code=area, role=role), backend=BACKEND)
    return client


def rows_in(answer) -> list[tuple[object, ...]]:
    content = b"".join(answer.streaming_content)
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


def test_the_answer_to_a_long_list_is_written_by_the_worker(item):
    officer = client_of(Role.OFFICER)
    page = f"/daftar/{item.pk}/buku/perbaikan/"
    assert officer.get(f"/daftar/{item.pk}/perbaikan/")["Location"] == page
    assert "disusun di belakang layar" in officer.get(page).text
    assert officer.get(f"{page}unduh/").status_code == 404
    for _ in range(2):  # asked twice, written once
        officer.post(page)
    job = Job.objects.get()
    assert "Menyusun buku kerja" in officer.get(page).text
    require_changeable(item)  # nobody has to wait for it
    write_book.func(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (Job.State.DONE, round(0.7 * item.rows), item.rows)
    assert f"{page}unduh/" in officer.get(page).text
    answer = officer.get(f"{page}unduh/")
    assert "Data Pekerja Desa Citepus-diperbaiki.xlsx" in answer["Content-Disposition"]
    assert rows_in(answer)[5][9] == "perlu diperbaiki"
    assert AuditEvent.objects.get(action="book_downloaded").detail == {"book": "corrected", "masked": False}


def test_a_list_that_changed_gets_another_workbook_and_the_old_one_goes(item):
    hold_rows(item, ["nik_length"], by=None)
    officer = client_of(Role.OFFICER)
    page = f"/daftar/{item.pk}/buku/menunggu/"
    assert officer.get(f"/daftar/{item.pk}/hasil/menunggu/unduh/")["Location"] == page
    officer.post(page)
    write_book.func(Job.objects.latest("pk").pk)
    assert rows_in(officer.get(f"{page}unduh/"))[1][2:4] == (EUIS[0], EUIS[1])
    hold_rows(item, [], by=None)
    assert officer.get(f"{page}unduh/").status_code == 404
    officer.post(page)
    write_book.func(Job.objects.latest("pk").pk)
    assert len(rows_in(officer.get(f"{page}unduh/"))) == 1
    assert len(list((store.folder_of(item.sha256) / "books").iterdir())) == 1


def test_work_that_failed_says_why_and_may_be_asked_for_again(item):
    officer = client_of(Role.OFFICER)
    page = f"/daftar/{item.pk}/buku/perbaikan/"
    officer.post(page)
    SentList.objects.update(rows=0)  # it is being read anew
    write_book.func(Job.objects.get().pk)
    SentList.objects.update(rows=item.rows)
    told = officer.get(page).text
    assert "Belum ada yang terbaca" in told
    assert "Susun buku kerja" in told


def test_readers_get_masked_rows_and_no_answer_and_strangers_nothing(item):
    hold_rows(item, ["nik_length"], by=None)
    reader, stranger = client_of(Role.READER), client_of(Role.OFFICER, area="32.02.29")
    assert reader.get(f"/daftar/{item.pk}/buku/perbaikan/").status_code == 302
    page = f"/daftar/{item.pk}/buku/menunggu/"
    reader.post(page)
    write_book.func(Job.objects.get().pk)
    assert rows_in(reader.get(f"{page}unduh/"))[1][3] == "3202***2048"
    officer = client_of(Role.OFFICER)
    assert officer.get(f"{page}unduh/").status_code == 404  # whole numbers are another workbook
    for address in (page, f"{page}unduh/", f"/daftar/{item.pk}/buku/entah/"):
        assert stranger.get(address).status_code == 404
