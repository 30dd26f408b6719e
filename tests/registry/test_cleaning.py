"""Cells of a list are changed before it is published: looked at first, applied, undone, the last change first."""

from __future__ import annotations

import io

import openpyxl
import polars as pl
import pytest
from django.test import Client
from tests.registry.conftest import AS_OF

from jangkau.core.kernel import Refused
from jangkau.core.reading.changes import Change, RowFilter
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.gateways import seal
from jangkau.registry.access.models import AuditEvent, Role, User
from jangkau.registry.lists.actions import publish_lists, read_lists, receive_list
from jangkau.registry.lists.actions.cleaning import ask_to_apply, ask_to_undo, discard_change, propose_change
from jangkau.registry.lists.actions.jobs import ask_for, do_job
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Job, ListChange, SentList
from jangkau.registry.lists.queries import filtered_rows, last_change, rows_sample
from jangkau.web.site.cli import exports

UJANG = ("UJANG SUKMANA", "3202011203809001", "12-03-1980", "L")
ASEP = ("ASEP HIDAYAT", "3202010105909001", "31-02-1990", "L")
EUIS = ("EUIS KARTINI", "32020152048", "12-04-1985", "P")
EVERYBODY = RowFilter()
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def later(number: int) -> None:
    """Leaves a job for the test to do."""


def work() -> None:
    do_job(Job.objects.latest("pk").pk)


@pytest.fixture
def item(register, village_list) -> SentList:
    received, _ = receive_list(village_list([UJANG, ASEP, EUIS]), path="Data Pekerja Desa Citepus.xlsx", by=None)
    read_lists([received], as_of=AS_OF, processes=0)
    return SentList.objects.get()


def proposed(item: SentList, column: str, change: Change, where: RowFilter = EVERYBODY) -> ListChange:
    found = propose_change(item, rows=where, column=column, change=change, by=None, start=later)
    work()
    found.refresh_from_db()
    return found


def applied(item: SentList, column: str, change: Change, where: RowFilter = EVERYBODY) -> ListChange:
    found = proposed(item, column, change, where)
    ask_to_apply(found, by=None, start=later)
    work()
    found.refresh_from_db()
    item.refresh_from_db()
    return found


def cells(whole, item: SentList, position: int) -> list[str]:
    return [row[position] for row in rows_sample(whole, item, 0, 50).filter(state="data")["cells"].to_list()]


def test_a_proposal_tells_what_it_would_do_and_changes_nothing(item, whole):
    before = rows_sample(whole, item, 0, 50)
    found = proposed(item, "birth_date", Change("28-02-1990"), RowFilter(problem="date_unreadable"))
    assert (found.cells, found.gone, found.come) == (1, {"date_unreadable": 1}, {"nik_birthdate_mismatch": 1})
    assert rows_sample(whole, item, 0, 50).equals(before)
    assert last_change(item) is None


def test_an_applied_change_is_read_again_and_undone(item, whole):
    kept = seal.hash_of(store.folder_of(item.sha256) / store.ORIGINAL)
    rows = rows_sample(whole, item, 0, 50)
    change = applied(item, "birth_date", Change("01-05-1990"), RowFilter(problem="date_unreadable"))
    assert cells(whole, item, 3) == ["12-03-1980", "01-05-1990", "12-04-1985"]
    assert item.problem_counts == {"nik_length": 1}
    ask_to_undo(change, by=None, start=later)
    work()
    item.refresh_from_db()
    assert rows_sample(whole, item, 0, 50).equals(rows)
    assert item.problem_counts == {"date_unreadable": 1, "nik_length": 1}
    assert seal.hash_of(store.folder_of(item.sha256) / store.ORIGINAL) == kept == item.sha256


def test_changes_lie_over_each_other_and_the_last_is_undone_first(item, whole):
    first = applied(item, "occupation", Change("Nelayan"))
    second = applied(item, "occupation", Change("Buruh Nelayan", find="Nelayan"), RowFilter("name", "asep"))
    assert cells(whole, item, 8) == ["Nelayan", "Buruh Nelayan", "Nelayan"]
    with pytest.raises(Refused, match="yang terakhir"):
        ask_to_undo(first, by=None, start=later)
    read_lists([item], as_of=AS_OF, processes=0)  # what was changed holds when the list is read again
    assert cells(whole, item, 8) == ["Nelayan", "Buruh Nelayan", "Nelayan"]
    ask_to_undo(second, by=None, start=later)
    work()
    assert cells(whole, item, 8) == ["Nelayan"] * 3


def test_a_step_repeated_after_a_crash_is_done_once(item, whole):
    applied(item, "occupation", Change("Nelayan"))
    last = applied(item, "occupation", Change("Petani"))
    ask_to_undo(last, by=None, start=later)
    for _ in range(2):
        Job.objects.filter(kind="undo_change").update(state=Job.State.RUNNING)
        work()
    assert cells(whole, item, 8) == ["Nelayan"] * 3
    assert AuditEvent.objects.filter(action="change_undone").count() == 1


def test_one_proposal_at_a_time_and_none_is_kept_that_was_discarded(item):
    first = proposed(item, "occupation", Change("Nelayan"))
    second = proposed(item, "occupation", Change("Petani"), RowFilter("name", "tidak ada"))
    assert list(item.changes.all()) == [second]
    assert not store.change_place(item.sha256, first.pk).exists()
    with pytest.raises(Refused, match="tidak mengubah"):
        ask_to_apply(second, by=None, start=later)
    discard_change(second, by=None)
    assert not item.changes.exists()


def test_a_published_or_busy_list_is_not_cleaned(item):
    waiting = ask_for("read", [item], by=None, start=later)
    with pytest.raises(Refused, match="sedang dikerjakan"):
        propose_change(item, rows=RowFilter(), column="name", change=Change(), by=None, start=later)
    Job.objects.filter(pk=waiting.pk).update(state=Job.State.CANCELLED)
    publish_lists([item], as_of=AS_OF, by=None, progress=lambda *told: None)
    item.refresh_from_db()
    with pytest.raises(Refused, match="Tarik kembali"):
        propose_change(item, rows=RowFilter(), column="name", change=Change(), by=None, start=later)
    assert not ListChange.objects.exists()


def test_rows_are_found_by_cell_problem_and_state(item, whole):
    expected = [
        ({}, ["UJANG SUKMANA", "ASEP HIDAYAT", "EUIS KARTINI"]),
        ({"column": "name", "text": " as"}, ["ASEP HIDAYAT"]),
        ({"column": "name", "text": "asep hidayat", "whole": True}, ["ASEP HIDAYAT"]),
        ({"column": "name", "text": "", "whole": True}, []),
        ({"problem": "nik_length"}, ["EUIS KARTINI"]),
        ({"state": "faulty"}, ["ASEP HIDAYAT", "EUIS KARTINI"]),
        ({"state": "good"}, ["UJANG SUKMANA"]),
        ({"state": "faulty", "column": "sex", "text": "p"}, ["EUIS KARTINI"]),
    ]
    for where, names in expected:
        asked = RowFilter(**{"state": "data"} | where)
        found, count = filtered_rows(whole, item, asked, 0, 50)
        assert (found["name"].to_list(), count) == (names, len(names)), where
        part, count = filtered_rows(whole, item, asked, 1, 1)
        assert (part["name"].to_list(), count) == (names[1:2], len(names)), where


def test_the_answer_and_the_export_hold_what_was_changed(item, register, officer):
    applied(item, "birth_date", Change("01-05-1990"), RowFilter(problem="date_unreadable"))
    out = register / "rows.csv"
    exports.write("rows", out)
    told = pl.read_csv(out, infer_schema_length=0).filter(pl.col("state") == "data")
    assert told["birth_date"].to_list() == ["1980-03-12", "1990-05-01", "1985-04-12"]
    assert told["problems"].to_list() == ["", "", "nik_length"]
    answer = officer.get(f"/daftar/{item.pk}/perbaikan/")
    page = openpyxl.load_workbook(io.BytesIO(answer.content))["DATA"]
    assert page["D6"].value == "01-05-1990"
    assert [page.cell(row, 10).value for row in (5, 6, 7)] == ["terbaca baik", "terbaca baik", "perlu diperbaiki"]


def signed_in(name: str, role: str, area: str = "32.02") -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(create_user(username=name, password="x", area_code=area, role=role), backend=BACKEND)
    return client


@pytest.fixture
def officer() -> Client:
    return signed_in("officer", Role.OFFICER)


WHERE = {"where_column": "name", "where_text": "asep", "state": "data"}
FILL = WHERE | {"column": "occupation", "action": "set", "text": "Nelayan"}


@pytest.fixture
def no_worker(monkeypatch):
    monkeypatch.setattr("jangkau.registry.lists.views.cleaning.start", later)


def test_the_page_filters_and_hides_numbers(item, officer, no_worker):
    address = f"/daftar/{item.pk}/bersihkan/"
    page = officer.get(address).text
    assert "UJANG SUKMANA" in page
    assert "3202********9001" in page
    assert UJANG[1] not in page
    found = officer.post(address, WHERE).text
    assert "ASEP HIDAYAT" in found
    assert "UJANG SUKMANA" not in found
    assert 'value="asep"' in found
    assert "Tidak ada baris" in officer.post(address, WHERE | {"where_text": "tidak ada"}).text
    assert "SUKMANA" not in officer.post(address, {"state": "not_data"}).text


def test_a_change_is_proposed_seen_applied_and_undone_on_pages(item, whole, officer, no_worker):
    answer = officer.post(f"/daftar/{item.pk}/bersihkan/usul/", FILL)
    change = ListChange.objects.get()
    assert answer["Location"] == f"/daftar/{item.pk}/bersihkan/{change.pk}/"
    assert "Melihat akibat perubahan" in officer.get(answer["Location"]).text
    work()
    page = officer.get(answer["Location"]).text
    assert "Terapkan pada 1 sel" in page
    assert "I6" in page
    assert "Petani" in page
    officer.post(f"{answer['Location']}terapkan/")
    work()
    assert cells(whole, item, 8) == ["Petani", "Nelayan", "Petani"]
    history = officer.get(f"/daftar/{item.pk}/bersihkan/").text
    assert "I PEKERJAAN diisi “Nelayan”" in history
    assert "officer" in history
    officer.post(f"{answer['Location']}batalkan/")
    work()
    assert cells(whole, item, 8) == ["Petani"] * 3
    assert "dibatalkan officer" in officer.get(f"/daftar/{item.pk}/bersihkan/").text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": ""}, "Tulis isi barunya"),
        ({"action": "replace"}, "Tulis apa yang dicari"),
        ({"column": "entah"}, "entah"),
    ],
)
def test_what_cannot_be_asked_is_told_and_what_was_typed_stays(item, officer, no_worker, wrong, sentence):
    answer = officer.post(f"/daftar/{item.pk}/bersihkan/usul/", FILL | wrong)
    assert answer.status_code == 200
    assert sentence in answer.text
    assert 'value="asep"' in answer.text
    assert not ListChange.objects.exists()


def test_readers_look_and_strangers_do_not(item, officer, no_worker):
    officer.post(f"/daftar/{item.pk}/bersihkan/usul/", FILL)
    change = ListChange.objects.get()
    reader, stranger = signed_in("reader", Role.READER), signed_in("stranger", Role.OFFICER, area="32.02.29")
    page = reader.get(f"/daftar/{item.pk}/bersihkan/").text
    assert "Lihat akibatnya" not in page
    jobs = Job.objects.count()
    for client in (reader, stranger):
        for step in ("usul/", f"{change.pk}/terapkan/", f"{change.pk}/batalkan/", f"{change.pk}/buang/"):
            answer = client.post(f"/daftar/{item.pk}/bersihkan/{step}", FILL)
            assert answer.status_code == (302 if client is reader else 404)
    assert stranger.get(f"/daftar/{item.pk}/bersihkan/").status_code == 404
    assert stranger.get(f"/daftar/{item.pk}/bersihkan/{change.pk}/").status_code == 404
    assert (Job.objects.count(), ListChange.objects.count()) == (jobs, 1)


def test_the_record_holds_nothing_that_was_typed(item):
    applied(item, "name", Change("SITI RAHASIA"))
    assert "RAHASIA" not in str(list(AuditEvent.objects.values()))
    actions = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions)[2:] == [
        "change_proposed", "job_try_change", "change_tried", "job_apply_change", "change_applied", "list_read",
    ]  # fmt: skip


def test_the_proposal_of_another_is_not_replaced_but_shown(item, officer, no_worker):
    second = signed_in("second", Role.OFFICER)
    officer.post(f"/daftar/{item.pk}/bersihkan/usul/", FILL)
    work()
    first = ListChange.objects.get()
    told = second.post(f"/daftar/{item.pk}/bersihkan/usul/", FILL | {"text": "Nelayan kecil"})
    assert (told.status_code, "orang lain masih menunggu" in told.text) == (200, True)
    assert "officer mengusulkan perubahan pada 1 sel" in told.text
    assert f"/daftar/{item.pk}/bersihkan/{first.pk}/" in told.text
    assert 'value="Nelayan kecil"' in told.text  # what was typed stays
    assert list(item.changes.all()) == [first]
    assert "Terapkan pada 1 sel" in second.get(f"/daftar/{item.pk}/bersihkan/{first.pk}/").text
    second.post(f"/daftar/{item.pk}/bersihkan/{first.pk}/buang/")
    second.post(f"/daftar/{item.pk}/bersihkan/usul/", FILL)
    assert item.changes.get().asked_by.username == "second"


def test_an_undo_does_not_take_the_proposal_of_another_along(item, officer):
    done = applied(item, "occupation", Change("Nelayan"))
    proposed(item, "occupation", Change("Petani"))
    with pytest.raises(Refused, match="orang lain"):
        ask_to_undo(done, by=User.objects.get(username="officer"), start=later)


def test_a_look_that_failed_says_why_on_its_page(item, officer, no_worker):
    officer.post(f"/daftar/{item.pk}/bersihkan/usul/", FILL)
    (store.folder_of(item.sha256) / store.ORIGINAL).write_bytes(b"")
    work()
    page = officer.get(f"/daftar/{item.pk}/bersihkan/{ListChange.objects.get().pk}/").text
    assert "Akibatnya tidak dapat dihitung" in page
    assert Job.objects.latest("pk").error["id"].split(" ")[0] in page
    second = signed_in("second", Role.OFFICER)  # nobody has to look at what cannot be applied
    second.post(f"/daftar/{item.pk}/bersihkan/usul/", FILL)
    assert item.changes.get().asked_by.username == "second"
