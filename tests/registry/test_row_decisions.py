"""Single rows that wait are refused with a reason or sent on, and wait again when that is undone; the rows of each
outcome can be fetched as a workbook."""

from __future__ import annotations

import io
import re

import openpyxl
import polars as pl
import pytest
from django.test import Client
from tests.registry.conftest import AS_OF

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import AuditEvent, Role
from jangkau.registry.lists.actions import publish_lists, read_lists, receive_list, take_back_list
from jangkau.registry.lists.actions.holding import hold_rows, refuse_rows, send_rows_on, undo_row_decisions
from jangkau.registry.lists.models import RowDecision, SentList, Verdict
from jangkau.registry.lists.queries.outcomes import outcome_counts, outcomes, row_key
from jangkau.registry.people.models import Person
from jangkau.web.site.cli import exports

UJANG = ("UJANG SUKMANA", "3202011203809001", "12-03-1980", "L")
EUIS = ("EUIS KARTINI", "32020152048", "12-04-1985", "P")
FORMULA = ("@SITI", "320201530790", "13-07-1990", "P")
NOBODY = ("", "3202", "01-05-1990", "L")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def item(register, village_list) -> SentList:
    place = village_list([UJANG, EUIS, FORMULA, NOBODY])
    received, _ = receive_list(place, path="Data Pekerja Desa Citepus.xlsx", by=None)
    read_lists([received], as_of=AS_OF, processes=0)
    found = SentList.objects.get()
    hold_rows(found, ["nik_length"], by=None)
    return found


def client_of(area: str = "32.02", role: str = Role.OFFICER) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(create_user(username=f"{area}-{role}", password="x", area_code=area, role=role), backend=BACKEND)
    return client


def published(item: SentList) -> SentList:
    publish_lists([item], as_of=AS_OF, by=None, progress=lambda *told: None)
    return SentList.objects.get(pk=item.pk)


def keys(item: SentList, whole, *rows: int) -> list[str]:
    found = outcomes(whole, item).filter(pl.col("row").is_in(rows)).select(row_key()).collect()
    return found.to_series().to_list()


def exported(register) -> list[tuple[str | None, ...]]:
    out = register / "rows.csv"
    exports.write("rows", out)
    told = pl.read_csv(out, infer_schema_length=0).filter(pl.col("state") == "data")
    return told.select("row", "link_state", "decision").rows()


def test_a_row_is_refused_another_goes_on_and_the_rest_waits(item, whole, register):
    assert outcome_counts(whole, item) == {"waiting": 3}
    assert send_rows_on(item, keys(item, whole, 6), by=None) == 1
    assert refuse_rows(item, keys(item, whole, 8), because="tidak menyebut siapa pun", by=None) == 1
    assert outcome_counts(whole, item) == {"waiting": 1, "sent_on": 1, "refused": 1}
    assert outcome_counts(whole, published(item)) == {"new": 2, "waiting": 1, "refused": 1}
    assert sorted(Person.objects.values_list("name", flat=True)) == ["EUIS KARTINI", "UJANG SUKMANA"]
    assert exported(register) == [
        ("5", "new", "new"), ("6", "new", "new"), ("7", "unlinked", "held"), ("8", "unlinked", "refused"),
    ]  # fmt: skip
    details = AuditEvent.objects.filter(action__in=("rows_refused", "rows_sent_on")).values_list("action", "detail")
    assert dict(details) == {"rows_sent_on": {"rows": 1}, "rows_refused": {"rows": 1}}


def test_what_was_decided_is_undone_before_publishing_and_kept_as_undone(item, whole):
    assert refuse_rows(item, None, because="tanpa bukti", by=None) == 3
    assert undo_row_decisions(item, Verdict.REFUSED, keys(item, whole, 6), by=None) == 1
    assert outcome_counts(whole, item) == {"waiting": 1, "refused": 2}
    assert undo_row_decisions(item, Verdict.REFUSED, None, by=None) == 2
    assert outcome_counts(whole, item) == {"waiting": 3}
    assert RowDecision.objects.filter(undone_at__isnull=False, because="tanpa bukti").count() == 3
    assert refuse_rows(item, None, because="tetap tanpa bukti", by=None) == 3  # and decided again


def test_decisions_outlive_a_new_reading_and_end_with_publishing(item, whole):
    refuse_rows(item, keys(item, whole, 6), because="bukan warga", by=None)
    read_lists([item], as_of=AS_OF, processes=0)
    assert outcome_counts(whole, SentList.objects.get()) == {"waiting": 2, "refused": 1}
    with pytest.raises(Refused, match="Tarik kembali"):
        undo_row_decisions(published(item), Verdict.REFUSED, None, by=None)
    take_back_list(SentList.objects.get(), by=None)
    assert outcome_counts(whole, SentList.objects.get()) == {"waiting": 2, "refused": 1}


@pytest.mark.parametrize(
    ("rows", "because", "sentence"), [((6,), " ", "Tulis alasan"), ((5,), "x", "Pilih baris"), ((), "x", "Pilih baris")]
)
def test_what_cannot_be_refused_is_told(item, whole, rows, because, sentence):
    with pytest.raises(Refused, match=sentence):
        refuse_rows(item, keys(item, whole, *rows), because=because, by=None)
    assert not RowDecision.objects.exists()


def test_a_row_that_names_nobody_does_not_go_on(item, whole):
    assert send_rows_on(item, None, by=None) == 2
    with pytest.raises(Refused, match="tanpa nama"):
        send_rows_on(item, keys(item, whole, 8), by=None)


def test_the_pages_decide_for_the_rows_that_are_ticked(item):
    client = client_of()
    address = f"/daftar/{item.pk}/hasil/menunggu/"
    page = client.get(address).text
    found = re.findall(r'name="row" value="([^"]+)"', page)
    assert len(found) == 3
    client.post(f"{address}putuskan/", {"row": found[0], "act": "send_on"})
    client.post(f"{address}putuskan/", {"row": found[1:], "act": "refuse", "because": "nama tidak wajar"})
    assert "Tidak ada baris" in client.get(address).text
    refused = client.get(f"/daftar/{item.pk}/hasil/ditolak/").text
    assert "nama tidak wajar" in refused
    assert "Ditolak 32.02-officer" in refused
    assert "EUIS KARTINI" in client.get(f"/daftar/{item.pk}/hasil/diteruskan/").text
    assert "2 ditolak" in client.get(f"/daftar/{item.pk}/").text
    client.post(f"/daftar/{item.pk}/hasil/ditolak/putuskan/", {"all": "1"})
    assert RowDecision.objects.filter(undone_by__username="32.02-officer").count() == 2
    published(item)
    done = client.get(f"/daftar/{item.pk}/hasil/baru/").text
    assert "Diteruskan 32.02-officer" in done
    assert "putuskan" not in client.get(address).text


def test_the_sender_reads_the_reason_in_the_answer(item, whole):
    refuse_rows(item, keys(item, whole, 6), because="bukan warga desa ini", by=None)
    answer = client_of().get(f"/daftar/{item.pk}/perbaikan/")
    page = openpyxl.load_workbook(io.BytesIO(answer.content))["DATA"]
    assert page["J6"].value == "ditolak"
    assert page["K6"].value.startswith("Ditolak: bukan warga desa ini C6: NIK bukan 16 angka.")


def test_the_rows_of_an_outcome_come_as_a_workbook(item, whole):
    refuse_rows(item, keys(item, whole, 6), because="bukan warga", by=None)
    officer = client_of()
    answer = officer.get(f"/daftar/{item.pk}/hasil/menunggu/unduh/")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    page = book.active
    assert page.freeze_panes == "D2"
    assert [cell.value for cell in page[1]][:4] == ["Lembar", "Baris", "Nama", "NIK"]
    named = page["C2"]
    assert (named.value, named.data_type, named.number_format) == ("@SITI", "s", "@")
    assert (page["D2"].value, page["D2"].data_type) == (FORMULA[1], "s")
    assert "NIK bukan 16 angka." in page["H2"].value
    refused = openpyxl.load_workbook(
        io.BytesIO(officer.get(f"/daftar/{item.pk}/hasil/ditolak/unduh/").content)
    ).active  # fmt: skip
    assert (refused.max_row, "bukan warga" in refused["G2"].value) == (2, True)
    event = AuditEvent.objects.filter(action="outcome_downloaded").latest("pk")
    assert event.detail == {"outcome": "refused", "masked": False}


def test_readers_get_masked_numbers_and_decide_nothing_and_strangers_nothing(item):
    reader, stranger = client_of(role=Role.READER), client_of(area="32.02.29")
    address = f"/daftar/{item.pk}/hasil/menunggu/"
    page = openpyxl.load_workbook(io.BytesIO(reader.get(f"{address}unduh/").content)).active
    assert page["D2"].value == "3202***2048"
    assert "putuskan" not in reader.get(address).text
    for client, status in ((reader, 302), (stranger, 404)):
        assert client.post(f"{address}putuskan/", {"all": "1", "act": "send_on"}).status_code == status
    assert stranger.get(f"{address}unduh/").status_code == 404
    assert not RowDecision.objects.exists()
