"""What people send by mistake is told in one clear sentence for each file; what they sent beside it goes on."""

from __future__ import annotations

import io
import zipfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import Role
from jangkau.registry.lists.actions.jobs import do_job
from jangkau.registry.lists.models import Job, SentList, State

UJANG = ("UJANG SUKMANA", "3202011203809001", "12-03-1980", "L")


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as parts:
        for name in names:
            parts.writestr(name, "<x/>")
    return stream.getvalue()


# content, and the words of the sentence that tell it from all others
WRONG = {
    "surat.docx": (archive("[Content_Types].xml", "word/document.xml"), "bukan buku kerja"),
    "surat.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "bukan buku kerja"),
    "film.mp4": (b"\0\0\0 ftypisom" + bytes(range(256)), "tidak berjenis yang dapat dibaca"),
    "kosong.xlsx": (b"", "kosong"),
    "hampa.csv": (b"\xef\xbb\xbf\r\n \r\n", "kosong"),
    "terkunci.xlsx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), "kata sandi",
    ),
    "foto.xlsx": (b"\x89PNG\r\n\x1a\n" + b"x" * 200, "gambar atau PDF"),
    "pindaian.pdf": (b"%PDF-1.7" + b"x" * 200, "gambar atau PDF"),
    "foto.csv": (b"\xff\xd8\xff\xe0" + b"x" * 200, "gambar atau PDF"),
    "setengah.xlsx": (archive("[Content_Types].xml", "xl/workbook.xml")[:120], "rusak"),
}  # fmt: skip


@pytest.fixture
def officer(register) -> Client:
    client = Client(headers={"host": "localhost"})
    user = create_user(username="petugas", password="x", area_code="32.02", role=Role.OFFICER)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def send(client: Client, files: dict[str, bytes] | list[tuple[str, bytes]]) -> str:
    """Sends the files, does the work that was asked for, returns the page the sender was led to."""
    pairs = files.items() if isinstance(files, dict) else files
    sent = [SimpleUploadedFile(name, content) for name, content in pairs]
    told = unescape(client.post("/daftar/kirim/", {"sent": sent}, follow=True).text)
    for job in Job.objects.filter(state=Job.State.WAITING):
        do_job(job.pk)
    return told


def test_each_wrong_file_has_its_sentence_and_the_list_beside_them_is_read(officer, village_list):
    good = village_list([UJANG])
    send(officer, {**{name: content for name, (content, _) in WRONG.items()}, good.name: good.read_bytes()})
    assert SentList.objects.get(path=good.name).state == State.READ
    page = unescape(officer.get("/daftar/").text)
    for name, (_, words) in WRONG.items():
        told = SentList.objects.get(path=name)
        assert told.state == State.UNREADABLE and words in told.error["id"] and f"“{name}”" in told.error["id"]
        assert told.error["id"] in page and told.error["en"] != told.error["id"]


def test_a_file_sent_twice_counts_once(officer, village_list):
    content = village_list([UJANG]).read_bytes()
    together = send(officer, [("Desa Citepus.xlsx", content), ("Salinan.xlsx", content)])
    assert "Sudah pernah diterima, isinya sama: Salinan.xlsx (dulu Desa Citepus.xlsx)." in together
    assert Job.objects.get().lists == [SentList.objects.get().pk]
    assert "isinya sama: Desa Citepus.xlsx." in send(officer, {"Desa Citepus.xlsx": content})
    assert SentList.objects.count() == Job.objects.count() == 1


def test_sixty_files_at_once_and_once_more(officer):
    sent = [SimpleUploadedFile(f"desa {n}.csv", f"NIK;NAMA\n;WARGA {n}\n".encode()) for n in range(60)]
    page = officer.post("/daftar/kirim/", {"sent": sent}, follow=True).text
    assert "menunggu giliran" in page and "50 dari 60" in page
    assert len(set(Job.objects.get().lists)) == SentList.objects.filter(state=State.RECEIVED).count() == 60
    for file in sent:
        file.seek(0)
    again = officer.post("/daftar/kirim/", {"sent": sent}, follow=True).text
    assert "isinya sama: desa 0.csv, desa 1.csv, desa 2.csv, desa 3.csv, dan 56 lagi." in again
    assert SentList.objects.count() == 60


def test_nothing_chosen_is_told(officer):
    page = officer.post("/daftar/kirim/", {}, follow=True).text
    assert "Pilih paling sedikit satu berkas." in page and not SentList.objects.exists()


def test_more_files_than_one_sending_takes_are_told(officer, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    sent = [SimpleUploadedFile(f"{n}.csv", b"NIK") for n in range(3)]
    answer = officer.post("/daftar/kirim/", {"sent": sent})
    assert answer.status_code == 400 and not SentList.objects.exists()
    assert "bagi menjadi beberapa kiriman atau satukan dalam zip" in answer.text
