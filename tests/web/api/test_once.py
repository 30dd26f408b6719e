"""A request that is sent again, and a key that asks too often, whichever process answers."""

from __future__ import annotations

from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.pool import ThreadPool

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.web.api.conftest import EUIS, UJANG
from tests.web.api.test_api import problem_of

from jangkau.registry.lists.models import Job, SentList
from jangkau.web.api.actions import answers
from jangkau.web.api.gateways.limits import count_one
from jangkau.web.api.models import KeptAnswer


def test_the_same_request_with_the_same_key_is_done_once(register, program, village_list):
    office, place = program("32.02"), village_list([UJANG])
    place_of_another = village_list([EUIS], name="lain/Data Pekerja Desa Citepus.xlsx")

    def send(client: Client, content: bytes, key: str = "a-1"):
        sent = {"sent": SimpleUploadedFile("daftar.xlsx", content)}
        return client.post("/api/v1/lists", sent, headers={"idempotency-key": key})

    first = send(office, place.read_bytes())
    assert first.status_code == 201 and first.json()["job"]
    again = send(office, place.read_bytes())
    assert (again.status_code, again.json()) == (201, first.json())
    assert Job.objects.count() == 1
    other = send(office, place_of_another.read_bytes())
    assert problem_of(other)["status"] == 422 and SentList.objects.count() == 1
    assert send(program("32.02"), place_of_another.read_bytes()).status_code == 201  # keys belong to a program
    assert problem_of(send(office, b"", key="dua kata"))["fields"][0]["field"] == "Idempotency-Key"

    KeptAnswer.objects.update(begun=timezone.now() - answers.KEPT - timedelta(minutes=1))
    assert send(office, place.read_bytes()).json()["job"] is not None  # a day later it is a request like any other
    assert KeptAnswer.objects.count() == 1


def test_what_failed_may_be_tried_again_and_what_is_being_done_waits(filled, program):
    office = program("32.02")
    number = SentList.objects.filter(kind="workers").get().pk
    ask = f"/api/v1/lists/{number}/publish"
    key = {"idempotency-key": "terbit"}
    assert problem_of(office.post(ask, headers=key))["status"] == 409  # published already: not kept
    assert KeptAnswer.objects.count() == 0
    SentList.objects.filter(pk=number).update(state="read")
    started = office.post(ask, headers=key)
    assert started.status_code == 202
    KeptAnswer.objects.update(status=0, body="")
    assert problem_of(office.post(ask, headers=key))["status"] == 409
    assert Job.objects.filter(kind="publish").count() == 1
    KeptAnswer.objects.update(begun=timezone.now() - answers.STUCK - timedelta(minutes=1))
    assert office.post(ask, headers=key).status_code == 202  # its process had died


def count_forty(_: int) -> None:
    for _number in range(40):
        count_one("kunci", 7)


def test_all_processes_count_together(register):
    with ThreadPool(2) as pool:
        pool.map(count_forty, range(2))
    forked = get_context("fork").Process(target=count_forty, args=(0,))
    forked.start()
    forked.join()
    assert count_one("kunci", 7) == 121
    assert count_one("kunci", 8) == 1
