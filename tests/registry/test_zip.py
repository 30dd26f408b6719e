"""A zip is only the wrapping: every list in it is received under its own path; a trap in it stops nobody else's."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import Role
from jangkau.registry.lists.actions import receive_lists, run_paths
from jangkau.registry.lists.models import Job, SentList, State

AS_OF = date(2026, 10, 31)
UJANG = ("UJANG SUKMANA", "3202011203809001", "12-03-1980", "L")
EUIS = ("EUIS KARTINI", "3202015204859001", "12-04-1985", "P")
MEMBERS = "NIK;NAMA;TGL LAHIR;JK\n3202010105909001;ASEP HIDAYAT;01-05-1990;L\n"


def zipped(place: Path, parts: dict[str, bytes]) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return place


def test_every_file_of_a_zip_is_a_list_of_its_own(register, village_list):
    one = village_list([UJANG, EUIS])
    content = one.read_bytes()
    one.unlink()
    zipped(register / "lists" / "kiriman.zip", {"Palabuhanratu/Desa Citepus.xlsx": content, "b.csv": MEMBERS.encode()})
    summary = run_paths([register / "lists"], as_of=AS_OF, by=None)
    assert (summary.files, summary.new_files, summary.unreadable) == (2, 2, [])
    paths = list(SentList.objects.order_by("path").values_list("path", flat=True))
    assert paths == ["kiriman.zip/Palabuhanratu/Desa Citepus.xlsx", "kiriman.zip/b.csv"]
    assert SentList.objects.get(path__endswith="Citepus.xlsx").village_id == "32.02.01.2003"
    assert run_paths([register / "lists"], as_of=AS_OF, by=None).new_files == 0


def test_a_workbook_is_no_zip_of_lists(register, village_list):
    place = village_list([UJANG])
    assert [item.path for item, _ in receive_lists(place, path="a.xlsx", by=None)] == ["a.xlsx"]


def test_a_zip_in_a_zip_is_refused_and_the_other_lists_are_read(register, village_list):
    village_list([UJANG])
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.csv", MEMBERS)
    trap = zipped(register / "lists" / "kiriman.zip", {"lagi.zip": inner.getvalue()})
    summary = run_paths([register / "lists"], as_of=AS_OF, by=None)
    assert [path for path, _ in summary.unreadable] == ["kiriman.zip"] and summary.published == 1
    assert "kiriman.zip" in summary.unreadable[0][1]["id"]
    with pytest.raises(Refused):
        receive_lists(trap, path="kiriman.zip", by=None)


def test_a_broken_list_in_a_zip_does_not_stop_the_others(register):
    zipped(register / "lists" / "kiriman.zip", {"a.xlsx": b"bukan", "b.csv": MEMBERS.encode()})
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    states = dict(SentList.objects.values_list("path", "state"))
    assert states == {"kiriman.zip/a.xlsx": State.UNREADABLE, "kiriman.zip/b.csv": State.PUBLISHED}


def test_a_broken_zip_does_not_stop_the_files_sent_beside_it(register, village_list):
    client = Client(headers={"host": "localhost"})
    user = create_user(username="petugas", password="x", area_code="32.02", role=Role.OFFICER)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    good = village_list([UJANG])
    sent = [SimpleUploadedFile("rusak.zip", b"PK\x03\x04" + b"x" * 50)]
    trap = zipped(register / "trap.zip", {"a.rar": b"x"})
    sent += [SimpleUploadedFile(place.name, place.read_bytes()) for place in (trap, good)]
    page = client.post("/daftar/kirim/", {"sent": sent}, follow=True)
    assert "Di dalam “trap.zip” ada arsip lain" in page.text
    assert set(SentList.objects.values_list("path", flat=True)) == {"rusak.zip", good.name}
    assert sorted(Job.objects.get().lists) == sorted(SentList.objects.values_list("pk", flat=True))
