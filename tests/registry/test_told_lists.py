"""What a person says about a list wins, is remembered for the sender and the layout, and can be forgotten."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from jangkau.core.kernel import Month, Refused
from jangkau.core.reading.told import layout_of
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import AuditEvent, Role
from jangkau.registry.lists.actions import read_lists, receive_list, run_paths
from jangkau.registry.lists.actions.jobs import ask_for, do_job
from jangkau.registry.lists.actions.understanding import forget_layout, tell_list
from jangkau.registry.lists.models import Job, KnownLayout, SentList, State
from jangkau.registry.lists.queries import rows_sample

AS_OF = date(2026, 10, 31)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
UJANG = ("UJANG SUKMANA", "3202011203809001", "12-03-1980", "L")
ASEP = ("ASEP HIDAYAT", "3202010105909001", "01-05-1990", "L")
HEADERS = ["NO", "NAMA", "NIK", "TANGGAL LAHIR", "L/P", "ALAMAT", "RT", "RW", "PEKERJAAN"]
FIELDS = ["number", "name", "nik", "birth_date", "sex", "address", "rt", "rw", "occupation"]
LAYOUT = layout_of(HEADERS)


def sent(place, folder: str = "Palabuhanratu") -> SentList:
    item, _ = receive_list(place, path=f"{folder}/{place.name}", by=None)
    read_lists([item], as_of=AS_OF)
    return fresh(item)


def fresh(item: SentList) -> SentList:
    return SentList.objects.get(pk=item.pk)


def tell(item: SentList, *, columns=None, **said) -> SentList:
    """Tells and does the job that comes of it."""
    told = {"kind": item.kind, "village": item.village_id or "", "month": None} | said
    job = tell_list(item, columns=columns or {}, by=None, start=lambda number: None, **told)
    do_job(job.pk)
    return fresh(item)


def as_found(**other: str) -> dict[str, dict[int, str]]:
    """The columns as they are found, but for the headers given."""
    return {LAYOUT: {n: other.get(HEADERS[n].lower(), field) for n, field in enumerate(FIELDS)}}


def read_as(item: SentList) -> list[str | None]:
    return [column["field"] for column in item.tables[0]["columns"]]


@pytest.fixture
def item(register, village_list) -> SentList:
    return sent(village_list([UJANG], name="Pekerja Desa Citepus.xlsx"))


@pytest.fixture
def officer() -> Client:
    return signed_in("officer", Role.OFFICER)


def signed_in(name: str, role: str, area: str = "32.02") -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(create_user(username=name, password="x", area_code=area, role=role), backend=BACKEND)
    return client


def test_kind_village_and_month_told_win_and_stay(item, whole):
    told = tell(item, kind="fishers", village="32.02.01.2002", month=Month(2026, 9))
    assert (told.kind, told.village_id, told.district_id, told.month) == (
        "fishers", "32.02.01.2002", "32.02.01", date(2026, 9, 1),
    )  # fmt: skip
    rows = rows_sample(whole, told, 0, 50).filter(state="data")
    assert rows["village_code"].to_list() == ["32.02.01.2002"]
    read_lists([told], as_of=AS_OF)
    assert fresh(item).kind == "fishers"


def test_a_list_told_to_be_of_no_village_has_none(item):
    assert item.village_id == "32.02.01.2003"
    assert tell(item, village="").village_id is None


def test_a_wrong_month_can_be_taken_off(register, village_list):
    item = sent(village_list([UJANG], name="Pekerja Desa Citepus September 2026.xlsx"))
    assert item.month == date(2026, 9, 1)
    assert tell(item, month=None).month is None


def test_columns_told_are_remembered_for_the_next_list_of_the_sender(item, village_list):
    assert read_as(item) == FIELDS
    told = tell(item, columns=as_found(alamat="note"))
    assert read_as(told) == [*FIELDS[:5], "note", *FIELDS[6:]]
    following = sent(village_list([UJANG, ASEP], name="Pekerja Desa Citepus 2.xlsx"))
    assert read_as(following) == read_as(told)
    known = KnownLayout.objects.get()
    assert following.told["layouts"] == [known.pk]
    assert known.uses == 2
    assert AuditEvent.objects.filter(action="layout_used").count() == 2


def test_another_sender_and_another_layout_are_read_as_ever(item, village_list, member_list):
    tell(item, columns=as_found(alamat="note"))
    elsewhere = sent(village_list([ASEP], name="Pekerja Desa Citepus 3.xlsx"), folder="Cisolok")
    assert read_as(elsewhere) == FIELDS
    members = sent(member_list([("1", UJANG[1], UJANG[0], UJANG[2], "L", "BPU", "2026-10")], name="peserta.csv"))
    assert "layouts" not in members.told


def test_telling_again_replaces_what_was_remembered(item):
    tell(item, columns=as_found(alamat="note"))
    told = tell(fresh(item), columns=as_found())
    assert read_as(told) == FIELDS
    assert KnownLayout.objects.count() == 1


def test_a_forgotten_layout_is_not_used_any_more(item):
    told = tell(item, columns=as_found(alamat="note"))
    forget_layout(KnownLayout.objects.get(), told, by=None, start=lambda number: None)
    do_job(Job.objects.latest("pk").pk)
    assert read_as(fresh(item)) == FIELDS
    assert not KnownLayout.objects.exists()
    assert fresh(item).told["layouts"] == []


def test_a_published_list_is_left_alone(register, village_list):
    village_list([UJANG])
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    item = SentList.objects.get()
    with pytest.raises(Refused, match="Tarik kembali"):
        tell(item)
    job = ask_for("read", [item], by=None, start=lambda number: None)  # asked for before it was published
    do_job(job.pk)
    assert fresh(item).state == State.PUBLISHED


def test_a_list_that_is_being_worked_on_has_to_wait(item):
    ask_for("publish", [item], by=None, start=lambda number: None)
    with pytest.raises(Refused, match="sedang dikerjakan"):
        tell(item)
    assert fresh(item).told == {}


def test_every_step_is_recorded_without_names_or_numbers(item):
    told = tell(item, columns=as_found())
    forget_layout(KnownLayout.objects.get(), told, by=None, start=lambda number: None)
    actions = list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))[2:]
    assert actions == [
        "layout_confirmed",
        "list_told",
        "job_read",
        "layout_used",
        "list_read",
        "job_read",
        "layout_forgotten",
    ]
    assert UJANG[1] not in str(list(AuditEvent.objects.values()))


def posted(item: SentList, **other: str) -> dict[str, str]:
    columns = {f"column-0-{n}": field for n, field in enumerate(FIELDS)}
    return (
        {"kind": "workers", "village": "Citepus, Palabuhanratu (32.02.01.2003)", "month": "2026-10"} | columns | other
    )


@pytest.fixture
def no_worker(monkeypatch):
    monkeypatch.setattr("jangkau.registry.lists.views.understood.start", lambda number: None)


def test_the_page_shows_what_was_understood_and_takes_what_is_told(item, officer, no_worker):
    page = officer.get(f"/daftar/{item.pk}/").content.decode()
    assert "Ubah yang dipahami" in page
    assert "Citepus, Palabuhanratu (32.02.01.2003)" in page
    assert UJANG[1] not in page
    answer = officer.post(f"/daftar/{item.pk}/pahami/", posted(item, **{"column-0-5": "note", "village": "citepus"}))
    assert answer.status_code == 302
    assert Job.objects.latest("pk").kind == "read"
    do_job(Job.objects.latest("pk").pk)
    assert fresh(item).month == date(2026, 10, 1)
    known = KnownLayout.objects.get()
    assert known.columns["5"] == "note"
    page = officer.get(f"/daftar/{item.pk}/").content.decode()
    assert "Dibaca seperti yang ditetapkan officer pada" in page
    assert officer.post(f"/daftar/{item.pk}/pahami/{known.pk}/lupakan/").status_code == 302
    assert not KnownLayout.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"column-0-1": "nik"}, "dipilih untuk beberapa kolom: B, C"),
        ({"column-0-1": "ignored", "column-0-2": "ignored"}, "Pilih kolom nama atau nomornya"),
        ({"village": "Negeri Entah"}, "tidak dikenal atau namanya tidak tunggal"),
        ({"village": "32.01.01.2001"}, "tidak dikenal atau namanya tidak tunggal"),
        ({"month": "Oktober"}, "bukan bulan"),
        ({"kind": "entah"}, "entah"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence_and_what_was_typed_stays(item, officer, no_worker, wrong, sentence):
    answer = officer.post(f"/daftar/{item.pk}/pahami/", posted(item, **wrong))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert 'id="pahami" open' in page
    assert not KnownLayout.objects.exists()


def test_readers_and_strangers_change_nothing(item, no_worker):
    reader = signed_in("reader", Role.READER)
    assert "Ubah yang dipahami" not in reader.get(f"/daftar/{item.pk}/").content.decode()
    reader.post(f"/daftar/{item.pk}/pahami/", posted(item))
    stranger = signed_in("stranger", Role.OFFICER, area="32.02.29")
    assert stranger.post(f"/daftar/{item.pk}/pahami/", posted(item)).status_code == 404
    assert not KnownLayout.objects.exists()
    assert fresh(item).told == {}


def test_a_layout_that_was_not_used_cannot_be_forgotten_from_here(item, officer, village_list, no_worker):
    tell(item, columns=as_found())
    other = sent(village_list([ASEP], name="lain.xlsx"), folder="Cisolok")
    assert officer.post(f"/daftar/{other.pk}/pahami/{KnownLayout.objects.get().pk}/lupakan/").status_code == 404


STRANGE = "urutan;siapa;kartu;kerjaan\n1;UJANG SUKMANA;x;Tani\n2;ASEP HIDAYAT;y;Tani\n"


def strange(folder, name: str) -> SentList:
    place = folder / name
    place.write_text(f"DESA CITEPUS;;;\n{name};;;\n{STRANGE}")
    return sent(place)


def test_a_header_row_that_was_pointed_at_is_known_in_the_next_list(register, officer):
    item = strange(register, "satu.csv")
    assert (item.rows_of_people, item.tables, item.kind) == (0, [], "unknown")
    page = f"/daftar/{item.pk}/"
    assert b'name="header_row"' in officer.get(page).content
    found = tell(item, kind="unknown", header_row=3)
    assert (found.tables[0]["header_row"], found.told["header_row"], found.kind) == (3, 3, "unknown")
    columns = {
        layout_of(["urutan", "siapa", "kartu", "kerjaan"]): {0: "number", 1: "name", 2: "ignored", 3: "occupation"}
    }
    found = tell(found, columns=columns, kind="unknown", header_row=3)
    assert (found.rows_of_people, found.kind) == (2, "workers")
    following = strange(register, "dua.csv")
    assert (following.rows_of_people, following.kind) == (2, "workers")
