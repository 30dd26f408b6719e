"""The Python client is the one that the description makes, and it asks a register that is really served."""

from __future__ import annotations

import hashlib
import hmac
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.db import connections
from django.test.testcases import LiveServerThread, _StaticFilesHandler
from tests.web.api.conftest import UJANG

from jangkau.registry.lists.actions.jobs import do_job
from jangkau.web.api.api import api

ROOT = Path(__file__).parents[3]


def module(place: str) -> ModuleType:
    told = importlib.util.spec_from_file_location(Path(place).stem, ROOT / place)
    assert told and told.loader
    made = importlib.util.module_from_spec(told)
    told.loader.exec_module(made)
    return made


client = module("clients/python/jangkau_client.py")


def test_the_client_is_that_of_the_description():
    made = module("tools/api_client.py").client(api.get_openapi_schema())
    assert made == (ROOT / "clients/python/jangkau_client.py").read_text(), "run: python tools/api_client.py"


@pytest.fixture
def served(register: Path) -> Iterator[str]:
    """The address of the register, served by a thread inside the transaction of the test."""
    connections["default"].inc_thread_sharing()
    server = LiveServerThread(
        "127.0.0.1", _StaticFilesHandler, connections_override={"default": connections["default"]}
    )
    server.start()
    server.is_ready.wait()
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()
    server.join()
    connections["default"].dec_thread_sharing()


def test_the_client_asks_a_register(served, program, village_list):
    key = program("32.02").defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    office = client.Jangkau(served, key, language="en")
    place = village_list([UJANG, ("ASEP", "320201", "1-1-1990", "L")])
    sent = office.send_list(place, idempotency_key="satu")
    assert office.send_list(place, idempotency_key="satu") == sent
    do_job(sent["job"]["id"])
    number = sent["items"][0]["id"]
    assert office.lists(kind="workers", limit=1)["items"][0]["state"] == "read"
    assert office.problems(number, "nik_length")["items"]
    assert office.corrected(number)[:2] == b"PK"
    do_job(office.publish(number)["id"])
    assert office.search({"q": UJANG[1]})["items"][0]["name"] == UJANG[0]
    assert office.region("32.02.01.2003")["name"] == "Citepus"
    with pytest.raises(client.Problem, match=r"404: That list is not in the area") as told:
        office.one_list(999)
    assert told.value.status == 404
    with pytest.raises(client.Problem) as told:
        client.Jangkau(served, "jgk_x").days()
    assert told.value.status == 401


def test_the_client_knows_the_messages_of_the_register():
    signed = hmac.new(b"jgw_x", b"1000.{}", hashlib.sha256).hexdigest()
    header = f"t=1000,v1={signed}"
    assert client.is_signed("jgw_x", header, b"{}", now=1100)
    assert not client.is_signed("jgw_x", header, b"{ }", now=1100)
    assert not client.is_signed("jgw_y", header, b"{}", now=1100)
    assert not client.is_signed("jgw_x", header, b"{}", now=2000)
