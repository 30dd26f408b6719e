"""Lists are received once, published whole, taken back whole; one bad file does not stop the others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from jangkau.core.kernel import Refused, Unknown
from jangkau.registry.access.models import AuditEvent
from jangkau.registry.lists import queries
from jangkau.registry.lists.actions import refuse_list, run_paths, take_back_list
from jangkau.registry.lists.actions.running import publish_lists
from jangkau.registry.lists.models import Appearance, Plan, SentList, State
from jangkau.registry.people.models import Membership, Person

AS_OF = date(2026, 10, 31)

UJANG = ("UJANG SUKMANA", "3202011203809001", "12-03-1980", "L")
EUIS = ("EUIS KARTINI", "3202015204859001", "12-04-1985", "P")
ASEP = ("ASEP HIDAYAT", "3202010105909001", "01-05-1990", "L")
UJANG_PAYS = ("26000000001", "3202011203809001", "UJANG SUKMANA", "12-03-1980", "L", "BPU", "2026-10")


def run(place: Path):
    return run_paths([place / "lists"], as_of=AS_OF, by=None)


def percent(whole, code: str) -> tuple[int, int]:
    table = queries.coverage(whole, AS_OF)
    row = table.filter((pl.col("region_code") == code) & (pl.col("segment") == "all")).row(0, named=True)
    return row["workers"], row["covered"]


def test_the_loop_links_rows_to_people_and_counts_them(register, whole, village_list, member_list):
    village_list([UJANG, EUIS, ASEP])
    member_list([UJANG_PAYS])
    summary = run(register)
    assert (summary.files, summary.published, summary.unreadable) == (2, 2, [])
    assert Person.objects.count() == 3
    assert Appearance.objects.filter(person__name="UJANG SUKMANA").count() == 2
    assert percent(whole, "32.02.01.2003") == (3, 1)
    assert percent(whole, "32.02") == (3, 1)


def test_the_same_files_twice_change_nothing(register, whole, village_list, member_list):
    village_list([UJANG, EUIS])
    member_list([UJANG_PAYS])
    run(register)
    before = list(Person.objects.order_by("pk").values())
    summary = run(register)
    assert (summary.new_files, summary.published) == (0, 0)
    assert list(Person.objects.order_by("pk").values()) == before
    assert Plan.objects.count() == 1


def test_a_new_list_links_to_people_already_known(register, whole, village_list, member_list):
    village_list([UJANG, EUIS])
    run(register)
    ids = dict(Person.objects.values_list("name", "pk"))
    member_list([UJANG_PAYS, ("26000000002", EUIS[1], EUIS[0], EUIS[2], "P", "BPU", "2026-09")])
    run(register)
    assert dict(Person.objects.values_list("name", "pk")) == ids
    assert percent(whole, "32.02.01.2003") == (2, 2)


def test_a_newer_version_of_a_list_takes_the_place_of_the_older(register, whole, village_list):
    village_list([UJANG, EUIS])
    run(register)
    village_list([UJANG, ASEP])
    run(register)
    assert set(Person.objects.values_list("name", flat=True)) == {"UJANG SUKMANA", "ASEP HIDAYAT"}
    assert sorted(SentList.objects.values_list("state", flat=True)) == [State.PUBLISHED, State.TAKEN_BACK]
    assert percent(whole, "32.02.01.2003") == (2, 0)


def test_taking_back_undoes_and_publishing_again_redoes(register, whole, village_list, member_list):
    village_list([UJANG, EUIS])
    member_list([UJANG_PAYS])
    run(register)
    members = SentList.objects.get(kind="membership")
    take_back_list(members, by=None)
    publish_lists([], as_of=AS_OF, by=None, progress=lambda *_: None)
    assert Membership.objects.count() == 0
    assert Person.objects.count() == 2
    assert percent(whole, "32.02.01.2003") == (2, 0)
    publish_lists([members], as_of=AS_OF, by=None, progress=lambda *_: None)
    assert percent(whole, "32.02.01.2003") == (2, 1)


def test_who_stands_on_no_list_any_more_leaves_the_register(register, village_list):
    village_list([UJANG])
    run(register)
    take_back_list(SentList.objects.get(), by=None)
    assert not Person.objects.exists()
    assert not Appearance.objects.exists()


def test_ids_are_never_given_twice(register, village_list):
    village_list([UJANG])
    run(register)
    first = Person.objects.get().pk
    take_back_list(SentList.objects.get(), by=None)
    village_list([ASEP], name="lists/Palabuhanratu/lain.xlsx")
    run(register)
    assert Person.objects.get(name="ASEP HIDAYAT").pk > first


def test_one_bad_file_is_told_in_a_sentence_and_the_others_go_on(register, whole, village_list):
    good = village_list([UJANG])
    (good.parent / "kosong.xlsx").write_bytes(b"")
    (good.parent / "terpotong.xlsx").write_bytes(good.read_bytes()[:2000])
    (good.parent / "foto.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    summary = run(register)
    assert {path.rpartition("/")[2] for path, _ in summary.unreadable} == {"kosong.xlsx", "terpotong.xlsx", "foto.xlsx"}
    for _, sentence in summary.unreadable:
        assert sentence["id"].endswith(".")
        assert sentence["en"].endswith(".")
    assert summary.published == 1
    assert percent(whole, "32.02.01.2003") == (1, 0)


def test_a_list_is_refused_with_a_reason_and_not_when_published(register, village_list):
    village_list([UJANG])
    run(register)
    with pytest.raises(Refused, match="Tarik kembali"):
        refuse_list(SentList.objects.get(), because="salah desa", by=None)
    take_back_list(SentList.objects.get(), by=None)
    with pytest.raises(Refused, match="alasan"):
        refuse_list(SentList.objects.get(), because=" ", by=None)
    refuse_list(SentList.objects.get(), because="salah desa", by=None)
    assert SentList.objects.get().state == State.REFUSED


def test_a_path_that_does_not_exist_is_told(register):
    with pytest.raises(Unknown, match="tidak ada"):
        run(register)


def test_every_change_leaves_an_audit_event_without_names(register, village_list):
    village_list([UJANG])
    run(register)
    take_back_list(SentList.objects.get(), by=None)
    actions = list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))
    assert actions == [
        "list_received", "list_read", "plan_made", "list_published", "plan_applied", "employers_composed", "measured",
        "list_taken_back",
    ]  # fmt: skip
    told = str(list(AuditEvent.objects.values()))
    assert "UJANG" not in told
    assert UJANG[1] not in told
