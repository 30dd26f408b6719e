"""Every route is shown with a request and its answer; what is shown fits the description, and the register gives an
answer of the same form. To write the page anew: JANGKAU_WRITE_EXAMPLES=1 pytest tests/web/api/test_examples.py."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.api.conftest import AS_OF, UJANG

from jangkau.programmes.construction.models import Work
from jangkau.registry.access.models import Token
from jangkau.registry.cases.actions import open_case
from jangkau.registry.cases.actions.moving import Opening
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.lists.models import SentList
from jangkau.registry.people.models import Employer, Person
from jangkau.web.api.api import api
from jangkau.web.api.models import Delivery, Webhook

PAGE = Path(__file__).parents[3] / "docs/guide/api-examples.md"
HEAD = """# Examples of the API

One request and its answer for each route, from a register with two invented people. A test keeps this page true: the
answers fit the description of the API, and the register gives answers of the same form. Keys, errors and permissions:
[the API](api.md).
"""
Example = tuple[str, str, str, dict[str, Any] | None]  # operation, verb, address, body


@pytest.fixture
def examples(register, village_list, member_list, program, settings) -> tuple[Client, list[Example]]:
    village_list([UJANG, ("ASEP", "320201", "1-1-1990", "L")])
    member_list([("26000000001", UJANG[1], UJANG[0], UJANG[2], "L", "BPU", "2026-10")])
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    settings.JANGKAU_WEBHOOK_HOSTS = ["siap.example.go.id"]
    client, token = program("32.02"), Token.objects.latest("pk")
    village = "32.02.01.2003"
    firm = Employer.objects.create(id=15, name="CV REKAAN JAYA", village_id=village, finding="pwbd", workers_found=12)
    work = Work.objects.create(activity="Pengerasan jalan", village_id=village, value=85_000_000, value_now=85_000_000)
    opening = Opening("pwbd", "employer", firm.pk, firm.name, region=village, weight=12)
    case = open_case("compliance", opening, on=AS_OF, agency="branch", by=None)
    office = "https://siap.example.go.id/jangkau"
    hook = Webhook.objects.create(token=token, address=office, events=["list_published"], salt="x")
    attempt = {"on": "2026-11-01T08:00:00+07:00", "status": 204, "problem": None}
    Delivery.objects.create(
        webhook=hook, event="list_published", about={"list": 1}, state="delivered", attempts=[attempt]
    )
    sent = SentList.objects.get(kind="workers")
    person = Person.objects.order_by("pk").first()
    assert person is not None
    financing = {"rule": "financing", "given": {"people": 2, "monthly": 16800, "months": 3}}
    return client, [
        ("/regions", "get", "/regions?inside=32.02.01&limit=1", None),
        ("/regions/{code}", "get", f"/regions/{village}", None),
        ("/coverage/days", "get", "/coverage/days", None),
        ("/coverage", "get", "/coverage?region=32.02.01.2003&segment=all", None),
        ("/lists", "post", "/lists", None),
        ("/lists", "get", "/lists?kind=workers&limit=1", None),
        ("/lists/{number}", "get", f"/lists/{sent.pk}", None),
        ("/lists/{number}/problems/{code}", "get", f"/lists/{sent.pk}/problems/nik_length", None),
        ("/lists/{number}/corrected", "get", f"/lists/{sent.pk}/corrected", None),
        ("/lists/{number}/corrected", "post", f"/lists/{sent.pk}/corrected", None),
        ("/lists/{number}/publish", "post", "/lists/{sent}/publish", None),
        ("/jobs/{number}", "get", "/jobs/{job}", None),
        ("/people/search", "post", "/people/search", {"q": UJANG[1]}),
        ("/people/{number}", "get", f"/people/{person.pk}", None),
        ("/employers", "get", "/employers?finding=pwbd&limit=1", None),
        ("/employers/{number}", "get", f"/employers/{firm.pk}", None),
        ("/projects", "get", "/projects?region=32.02.01&limit=1", None),
        ("/projects/{number}", "get", f"/projects/{work.pk}", None),
        ("/cases", "get", "/cases?kind=compliance&limit=1", None),
        ("/cases/{number}", "get", f"/cases/{case.pk}", None),
        ("/rules", "get", "/rules?limit=1", None),
        ("/rules/evaluate", "post", "/rules/evaluate", {"cases": [financing]}),
        ("/webhooks", "post", "/webhooks", {"address": office, "events": ["list_published"]}),
        ("/webhooks", "get", "/webhooks?limit=1", None),
        ("/webhooks/{number}/deliveries", "get", f"/webhooks/{hook.pk}/deliveries", None),
        ("/webhooks/{number}", "delete", f"/webhooks/{hook.pk}", None),
    ]


def asked(client: Client, examples: list[Example], place: Path) -> list[tuple[Example, int, Any]]:
    """Every example with the status and the answer of the register; None for what is no JSON."""
    sent = SentList.objects.get(kind="workers").pk
    found, job = [], 0
    for path, verb, address, body in examples:
        if address == "/lists/{sent}/publish":
            SentList.objects.filter(pk=sent).update(state="read")
        address = "/api/v1" + address.format(sent=sent, job=job)
        if (path, verb) == ("/lists", "post"):
            content = place.read_bytes().replace(b"peserta", b"peserta ")
            answer = client.post(address, {"sent": SimpleUploadedFile("peserta.csv", content + b"\r\n")})
        else:
            answer = client.generic(verb.upper(), address, json.dumps(body or {}), content_type="application/json")
        assert answer.status_code < 300, (address, answer.content)
        is_json = answer.content and answer.headers["Content-Type"].startswith("application/json")
        told = answer.json() if is_json else None
        job = told["id"] if path.endswith("publish") else job
        found.append(((path, verb, address, body), answer.status_code, told))
    return found


def section(example: Example, status: int, told: Any) -> str:
    path, verb, address, body = example
    sent = "" if verb == "get" else f" -X {verb.upper()}"
    if body:
        sent = f" --json '{json.dumps(body)}'"
    elif (path, verb) == ("/lists", "post"):
        sent = ' -F sent=@"peserta.csv"'
    shown = "a file" if told is None else json.dumps(told, indent=1, ensure_ascii=False)
    kind = "json" if told is not None else "text"
    shown = "nothing" if status == 204 else shown
    return f"\n## {verb.upper()} {path}\n\n```\n$ASK{address}{sent}\n```\n\n{status}:\n\n```{kind}\n{shown}\n```\n"


def form(value: Any) -> Any:
    """What a value looks like, whatever it says."""
    if isinstance(value, dict):
        return {name: form(each) for name, each in value.items()}
    if isinstance(value, list):
        return [form(each) for each in value]
    return type(value).__name__


def test_every_route_is_shown_with_a_true_answer(examples, register):
    client, wanted = examples
    found = asked(client, wanted, register / "lists/peserta.csv")
    description = api.get_openapi_schema()
    routes = {(path.removeprefix("/api/v1"), verb) for path, verbs in description["paths"].items() for verb in verbs}
    assert {(path, verb) for (path, verb, *_), *_ in found} == routes
    if os.environ.get("JANGKAU_WRITE_EXAMPLES"):
        PAGE.write_text(HEAD + "".join(section(*each) for each in found))
    shown = re.findall(r"^## (\w+) (\S+)\n.*?^(\d+):\n\n```\w+\n(.*?)\n```$", PAGE.read_text(), re.M | re.S)
    for ((path, verb, *_), status, told), (named_verb, named, code, answer) in zip(found, shown, strict=True):
        assert (named_verb.lower(), named, int(code)) == (verb, path, status)
        if told is None:
            continue
        operation = description["paths"]["/api/v1" + path][verb]
        schema = operation["responses"][status]["content"]["application/json"]["schema"]
        fits = jsonschema_rs.validator_for({**schema, "components": description["components"]})
        for each in (told, json.loads(answer)):
            fits.validate(each)
        assert form(json.loads(answer)) == form(told), path


def test_the_descriptions_of_two_things_never_share_a_name():
    from ninja import Schema

    named: dict[str, set[str]] = {}
    rest = [Schema]
    while rest:
        for each in rest.pop().__subclasses__():
            rest.append(each)
            if each.__module__.startswith("jangkau."):
                named.setdefault(each.__name__, set()).add(each.__module__)
    assert {name: places for name, places in named.items() if len(places) > 1} == {}
