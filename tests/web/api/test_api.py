"""What programs get from the API: what their key allows, of their area, and problems in two languages."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from tests.web.api.conftest import EUIS, UJANG

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import create_user, issue_token, revoke_token
from jangkau.registry.access.models import AuditEvent, Role, Token
from jangkau.registry.lists.actions.jobs import do_job
from jangkau.registry.lists.models import SentList
from jangkau.registry.lists.tasks import write_book
from jangkau.registry.people.models import Person
from jangkau.web.api.api import LIMIT, api


def problem_of(answer) -> dict[str, object]:
    assert answer["Content-Type"] == "application/problem+json"
    told = json.loads(answer.content)
    assert told["status"] == answer.status_code and told["detail_id"] != told["detail_en"]
    return told


def test_without_a_key_that_opens_something_there_is_nothing(filled, program):
    assert problem_of(Client(headers={"host": "localhost"}).get("/api/v1/coverage"))["status"] == 401
    bad = Client(headers={"host": "localhost", "authorization": "Bearer jgk_nobody"})
    assert problem_of(bad.get("/api/v1/lists"))["status"] == 401
    over = program("32.02", days=-1)
    assert over.get("/api/v1/coverage").status_code == 401
    known = program("32.02")
    assert known.get("/api/v1/coverage").status_code == 200
    revoke_token(Token.objects.latest("pk"), by=None)
    assert known.get("/api/v1/coverage").status_code == 401


def test_a_key_is_kept_as_a_digest_and_noted_when_issued(program):
    user = create_user(username="pemilik", password="x", area_code="32.02.01")
    token, key = issue_token(
        name="kantor", user=user, area_code="32.02.01", permissions=["lists"], ends_on=date(2099, 1, 1), by=user
    )
    assert key not in str(Token.objects.values()) and key not in str(AuditEvent.objects.values())
    assert AuditEvent.objects.filter(action="token_issued", subject=f"token {token.pk}").count() == 1
    with pytest.raises(Refused):
        issue_token(name="x", user=user, area_code="32.02.02", permissions=[], ends_on=date(2099, 1, 1), by=user)
    with pytest.raises(Refused):
        issue_token(name="x", user=user, area_code="32.02.01", permissions=["all"], ends_on=date(2099, 1, 1), by=user)


def test_every_route_needs_its_permission(filled, program):
    """Each operation of the description is asked with a key that may do nothing: only regions and the law answer."""
    nothing = program("32.02", "nik")
    open_to_all = {"/regions", "/regions/{code}", "/rules", "/rules/evaluate"}
    for path, operations in api.get_openapi_schema()["paths"].items():
        place = path.format(code="x", number=1)
        for method in operations:
            answer = nothing.generic(method.upper(), place, "{}", content_type="application/json")
            allowed = path.removeprefix("/api/v1") in open_to_all
            assert (answer.status_code != 403) == allowed, (method, path, answer.status_code)


def test_coverage_is_that_of_the_area(filled, program):
    table = program("32.02.01").get("/api/v1/coverage?segment=all&level=village").json()["items"]
    citepus = next(row for row in table if row["region_code"] == "32.02.01.2003")
    assert (citepus["workers"], citepus["covered"], citepus["percent"]) == (2, 1, 50.0)
    assert {row["region_code"][:8] for row in table} == {"32.02.01"}
    assert program("32.02.29").get("/api/v1/coverage?region=32.02.01").json() == {"items": [], "next": None}
    assert problem_of(program("32.02").get("/api/v1/coverage?as_of=2020-01-01"))["status"] == 404
    assert program("32.02").get("/api/v1/coverage/days").json() == {"days": ["2026-10-31"], "next": None}


def test_people_are_sought_in_the_body_masked_and_noted(filled, program):
    masked, whole = program("32.02.01", "people"), program("32.02.01", "people", "nik")
    answer = masked.post("/api/v1/people/search", {"q": UJANG[1]}, content_type="application/json")
    (found,) = answer.json()["items"]
    assert (found["nik"], found["standing"], found["village_code"]) == ("3202********9001", "paid_up", "32.02.01.2003")
    assert [each["paid_until"] for each in found["memberships"]] == ["2026-10-01"]
    assert whole.get(f"/api/v1/people/{found['id']}").json()["nik"] == UJANG[1]
    assert AuditEvent.objects.filter(action__in=("people_sought", "person_seen")).count() == 2
    assert UJANG[1] not in str(list(AuditEvent.objects.values()))

    stranger = program("32.02.29", "people", "nik")
    elsewhere = stranger.post("/api/v1/people/search", {"q": EUIS[0]}, content_type="application/json")
    assert elsewhere.json() == {"items": [], "unknown": 0, "next": None}
    assert problem_of(stranger.get(f"/api/v1/people/{found['id']}"))["status"] == 404


def test_a_problem_never_repeats_what_was_sent(program):
    sent = {"q": UJANG[1], "after": "bukan angka 3202011203809001"}
    answer = program("32.02").post("/api/v1/people/search", sent, content_type="application/json")
    told = problem_of(answer)
    assert [field["field"] for field in told["fields"]] == ["body.sought.after"]
    assert UJANG[1] not in answer.content.decode()
    english = program("32.02").get("/api/v1/lists/999", headers={"accept-language": "en"})
    assert problem_of(english)["detail"] == "That list is not in the area of this key."


def test_a_list_is_sent_read_corrected_and_published(register, program, village_list, monkeypatch):
    office = program("32.02")
    place = village_list([UJANG, ("ASEP", "320201", "1-1-1990", "L")], name="kirim/Data Pekerja Desa Citepus.xlsx")
    file = SimpleUploadedFile(place.name, place.read_bytes())
    answer = office.post("/api/v1/lists", {"sent": file})
    assert answer.status_code == 201
    (received,), job = answer.json()["items"], answer.json()["job"]
    do_job(job["id"])
    number = received["id"]
    told = office.get(f"/api/v1/lists/{number}").json()
    assert (told["state"], told["kind"], told["rows_of_people"]) == ("read", "workers", 2)
    assert told["problems"]["nik_length"] == 1
    cells = office.get(f"/api/v1/lists/{number}/problems/nik_length").json()["items"]
    assert len(cells) == 1 and cells[0]["cell"]
    book = load_workbook(io.BytesIO(office.get(f"/api/v1/lists/{number}/corrected").content))
    assert book.sheetnames
    monkeypatch.setattr("jangkau.registry.lists.presenters.books.ROWS_AT_ONCE", 1)  # a long list, as far as this goes
    assert problem_of(office.get(f"/api/v1/lists/{number}/corrected"))["status"] == 409
    asked = [office.post(f"/api/v1/lists/{number}/corrected") for _ in range(2)]
    assert [each.status_code for each in asked] == [202, 202] and asked[0].json() == asked[1].json()
    write_book.func(asked[0].json()["id"])
    assert office.get(f"/api/v1/jobs/{asked[0].json()['id']}").json()["state"] == "done"
    whole = office.get(f"/api/v1/lists/{number}/corrected")
    assert load_workbook(io.BytesIO(whole.content)).sheetnames == book.sheetnames

    again = office.post("/api/v1/lists", {"sent": SimpleUploadedFile("lain.xlsx", place.read_bytes())})
    assert (again.json()["items"][0]["id"], again.json()["job"]) == (number, None)

    started = office.post(f"/api/v1/lists/{number}/publish")
    assert started.status_code == 202
    do_job(started.json()["id"])
    assert office.get(f"/api/v1/jobs/{started.json()['id']}").json()["state"] == "done"
    assert office.get(f"/api/v1/lists/{number}").json()["state"] == "published"
    assert problem_of(office.post(f"/api/v1/lists/{number}/publish"))["status"] == 409
    assert Person.objects.count() == 2


def test_who_may_only_look_sends_nothing(filled, program, village_list):
    reader = program("32.02", role=Role.READER)
    sent = reader.post("/api/v1/lists", {"sent": SimpleUploadedFile("a.csv", b"NO;NAMA\n1;A\n")})
    assert problem_of(sent)["status"] == 409
    number = SentList.objects.filter(kind="workers").get().pk
    assert problem_of(reader.get(f"/api/v1/lists/{number}/corrected"))["status"] == 409
    assert reader.get(f"/api/v1/lists/{number}").status_code == 200
    assert program("32.02.29").get(f"/api/v1/lists/{number}").status_code == 404


def test_lists_come_in_pages(filled, program):
    office = program("32.02")
    first = office.get("/api/v1/lists?limit=1").json()
    second = office.get(f"/api/v1/lists?limit=1&after={first['next']}").json()
    assert {first["items"][0]["kind"], second["items"][0]["kind"]} == {"workers", "membership"}
    assert second["next"] is None


def test_the_law_is_computed_and_says_what_is_missing(program):
    cases = [
        {"rule": "financing", "given": {"people": 2, "monthly": 16800, "months": 3}, "expected": {"amount": 100800}},
        {"rule": "financing", "given": {"people": 2}},
    ]
    answer = program("32.02").post("/api/v1/rules/evaluate", {"cases": cases}, content_type="application/json").json()
    assert (answer["items"][0]["computed"], answer["items"][0]["equal"]) == ({"amount": 100800}, True)
    assert answer["items"][1]["error"]


def test_regions_of_a_district(program):
    office = program("32.02")
    told = office.get("/api/v1/regions?inside=32.02.01&limit=3").json()
    assert [row["parent"] for row in told["items"]] == ["32.02.01"] * 3
    further = office.get(f"/api/v1/regions?inside=32.02.01&after={told['next']}").json()
    assert not {row["code"] for row in told["items"]} & {row["code"] for row in further["items"]}
    assert office.get("/api/v1/regions/32.02.01.2003").json()["name"] == "Citepus"
    assert problem_of(office.get("/api/v1/regions/99.99"))["status"] == 404


def test_a_key_that_asks_too_often_waits(program, monkeypatch):
    monkeypatch.setattr(LIMIT, "requests", 3)
    monkeypatch.setattr(LIMIT, "clock", lambda: 0.0)
    office = program("32.02")
    assert [office.get("/api/v1/rules").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert problem_of(office.get("/api/v1/rules"))["status"] == 429
    assert program("32.02").get("/api/v1/rules").status_code == 200  # another key goes on


def test_every_route_is_shown_with_an_example():
    guide = (Path(__file__).parents[3] / "docs/guide/api.md").read_text()
    for path, operations in api.get_openapi_schema()["paths"].items():
        for method in operations:
            assert f"| `{method.upper()} {path.removeprefix('/api/v1')}` | `$ASK/api/v1/" in guide
