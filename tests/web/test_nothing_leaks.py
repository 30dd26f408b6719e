"""Every address of the site, asked by somebody of another area: nothing of this area is shown, nothing is changed.
A row of every table lies in one district and carries a mark; new tables and new addresses take part by themselves."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from tests.registry.conftest import AS_OF, member_list, regions, register, village_list

from jangkau.registry.access.actions import create_user
from jangkau.registry.access.gateways.sealed import SealedJSON, SealedNumber
from jangkau.registry.access.models import Assignment, AuditEvent, Role, User
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.people.actions.corrections import correct_person
from jangkau.registry.people.actions.identities import merge_number
from jangkau.registry.people.models import Person, Region
from jangkau.web.api.api import api
from jangkau.web.api.permissions import Key
from jangkau.web.site.backups import tables
from jangkau.web.site.gates import GATES, gate_of

__all__ = ["member_list", "regions", "register", "village_list"]
pytestmark = pytest.mark.slow
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
VILLAGE, OTHER = "32.02.01.2003", "32.02.29"
MARK, NUMBER, NIK = "ZZRAHASIA", 77, "3202011203807717"
SENSIBLE = {  # where a mark in a column would be refused by the database or by the room
    "cases_case": {"kind": "claims", "topic": "jkm", "state": "reported", "subject_kind": "person", "ended": False},
    "cases_transition": {"from_state": "", "to_state": "reported", "step": "opened"},
    "construction_transition": {"before": "", "after": "planned"},
    "construction_work": {"state": "planned"},
    "lists_sentlist": {"kind": "workers", "state": "read"},
    "people_person": {"sex": "L"},
    "people_employer": {"finding": "pwbd"},
    "people_mergedperson": {"number": 999},
}  # fmt: skip
SEALED: dict[type, object] = {SealedNumber: NIK, SealedJSON: {}}
GLOBAL = {
    "people_region", "people_regionshape", "access_user", "access_columnopening", "people_officialfigure",
    "people_registerfact", "compliance_arrearsscale",
}  # fmt: skip
VALUES = {
    "number": [NUMBER], "change": [NUMBER, "new"], "layout": [NUMBER], "account": [NUMBER], "attendee": [NUMBER],
    "follow_up": [NUMBER],
    "code": [VILLAGE, VILLAGE[:8]], "kind": ["claims", "compliance", "workers"], "outcome": ["waiting"],
    "slug": ["perbaikan"], "rule": ["same"], "step": ["publish"], "paper": ["lampiran"], "name": ["gather", "x.pdf"],
    "key": ["x"], "pk": [NUMBER], "uidb36": ["x"], "provider_id": ["kantor"],
}  # fmt: skip


def addresses() -> list[str]:
    """Every address, with a value for each part."""
    found: list[str] = []

    def walk(patterns: list[Any], before: str) -> None:
        for each in patterns:
            route = before + str(each.pattern)
            if isinstance(each, URLResolver):
                walk(each.url_patterns, route)
            elif isinstance(each, URLPattern):
                found.extend(_filled(re.sub(r"\(\?P(<\w+>)[^)]*\)|[\^$]", lambda m: m.group(1) or "", route)))

    walk(get_resolver().url_patterns, "/")
    return found


def _filled(route: str) -> list[str]:
    part = re.search(r"<(?:\w+:)?(\w+)>", route)
    if part is None:
        return [route]
    values = VALUES[part.group(1)]  # a new kind of part: say here which values reach the marked rows
    return [one for value in values for one in _filled(route.replace(part.group(), str(value), 1))]


Value = Callable[[str, str], object]  # table and field -> what stands there instead, None for the usual mark


def marked_row(model: type[models.Model], made: dict[type[models.Model], models.Model], value: Value) -> models.Model:
    """A row of a table in VILLAGE whose texts carry the mark; what it points to is made first."""
    if model in made:
        return made[model]
    if model is Region:
        return Region.objects.get(pk=VILLAGE)
    row = model()
    for field in model._meta.concrete_fields:
        instead = value(model._meta.db_table, field.name)
        setattr(row, field.attname, _value(model, field, made, value) if instead is None else instead)
    for name, value in SENSIBLE.get(model._meta.db_table, {}).items():
        setattr(row, name, value)
    model._base_manager.bulk_create([row])  # some rows refuse to be saved with a number of their own
    made[model] = row
    return row


def _value(model: type[models.Model], field: Any, made: dict[type[models.Model], models.Model], value: Value) -> object:
    if isinstance(field, models.ForeignKey):
        target = field.related_model
        if target is model or (field.null and target is User):
            return None
        return marked_row(target, made, value).pk
    if field.primary_key:
        return NUMBER
    if field.choices:
        return field.choices[0][0]
    if type(field) in SEALED:
        return SEALED[type(field)]
    if isinstance(field, models.CharField | models.TextField):
        return VILLAGE if field.name.endswith("_code") else f"{MARK} {model.__name__}"[: field.max_length]
    if isinstance(field, models.JSONField):
        default = field.get_default()
        return {} if default is None and not field.null else default
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.DateTimeField):
        return None if field.null else timezone.now()
    return date(2026, 10, 1) if isinstance(field, models.DateField) else 1


@pytest.fixture
def marked(register, village_list, member_list) -> int:
    village_list([(f"{MARK} UJANG", NIK[:-1] + "2", "12-03-1980", "L")])
    member_list([("26000000001", NIK[:-1] + "2", f"{MARK} UJANG", "12-03-1980", "L", "BPU", "2026-10")])
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    return marked_rows()


def marked_rows(value: Value = lambda table, name: None) -> int:
    """A marked row of every table."""
    made: dict[type[models.Model], models.Model] = {User: create_user(username="any", password="x", area_code=None)}
    ours = [model for model in apps.get_models() if model.__module__.startswith("jangkau.")]
    for model in ours:
        if model._meta.db_table not in GLOBAL and model is not AuditEvent:
            marked_row(model, made, value)
    return len(ours)


def signed_in(area: str, role: str) -> Client:
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    client.force_login(create_user(username=f"{role}{area}", password="x", area_code=area, role=role), backend=BACKEND)
    return client


def shown(answer: Any) -> bytes:
    """What an answer holds, out of its workbook when it is one."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:4] != b"PK\x03\x04":
        return bytes(content)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"".join(book.read(name) for name in book.namelist())


OUR_KINDS = {
    "", "text/html", "text/plain", "text/javascript", "image/svg+xml",
    "application/json", "application/problem+json", "application/geo+json",
}  # fmt: skip


def is_page_or_attachment(answer: Any) -> bool:
    """A browser shows our own pages alone: files are handed over under a name, and never taken for another kind."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    handed = answer.headers.get("Content-Disposition", "").startswith("attachment")
    return (kind in OUR_KINDS or handed) and answer.headers["X-Content-Type-Options"] == "nosniff"


def state() -> dict[str, object]:
    """What every table holds, but for the record of what was asked."""
    return {table.name: tables.count(table) for table in tables.tables() if table.name != "access_auditevent"}


def test_another_area_sees_nothing_and_changes_nothing(marked):
    stranger = signed_in(OTHER, Role.OFFICER)
    before = state()
    asked = addresses()
    assert len(asked) > 200
    wrong = []
    for address in asked:
        for answer in (stranger.get(address), stranger.post(address, {"person": ["77"], "because": "uji saja"})):
            content = shown(answer)
            if MARK.encode() in content or NIK.encode() in content or answer.status_code == 500:
                wrong.append((address, answer.request["REQUEST_METHOD"], answer.status_code))
    assert wrong == []
    after = state()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == set(), changed


def test_no_number_lies_open_in_the_database(marked):
    """Whatever wrote it: lists, pages, a correction, a merge. (The hexadecimal digits of digests are no numbers.)"""
    person = Person.objects.get(nik=NIK)
    correct_person(person, "nik", NIK[:-1] + "3", by=None)
    merge_number(person.pk, Person.objects.exclude(pk=person.pk).first().pk, by=None)
    open_ones = [
        (table.name, name)
        for table in tables.tables()
        for piece in tables.pieces(table)
        for name in piece.select(pl.col(pl.String)).columns
        if piece[name].str.contains(r"(?:^|[^0-9a-f])\d{16}(?:[^0-9a-f]|$)").any()
    ]
    assert open_ones == []
    assert Person.objects.exclude(nik=None).count() > 1


TYPED = {  # the reason is too short to open the register for an hour, which everybody may
    "person": ["77"], "because": "uji saja", "text": "catatan", "answer": "same", "act": "confirm", "pair": ["77"],
    "row": ["1-1"], "number": "77", "on": "2026-10-01", "agency": "branch", "reason": "uji", "name": "uji",
    "all": "1", "code": ["nik_length"], "held_on": "2026-10-01", "place": VILLAGE, "number_form": "{n}", "kind": "jkm",
    "topic": "jkm", "occurred_on": "2026-10-01", "state": "done",
}  # fmt: skip


def test_who_writes_elsewhere_writes_nothing_here(marked):
    """An officer of one district who may read another one; then an officer of that other one, typing the same."""
    torn = create_user(username="torn", password="x", area_code=OTHER, role=Role.OFFICER)
    Assignment.objects.create(user=torn, area_code=VILLAGE[:8], role=Role.READER)
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    client.force_login(torn, backend=BACKEND)
    assert client.get(f"/proyek-desa/{NUMBER}/").status_code == 200
    officer = signed_in(VILLAGE[:8], Role.OFFICER)
    before = state()
    whole = [a for a in addresses() if NIK.encode() in shown(client.get(a)) + shown(client.post(a, TYPED))]
    after = state()
    assert whole == []
    assert {name for name in before if before[name] != after[name]} == set()
    for address in addresses():
        officer.post(address, TYPED)
    changed = {name for name, held in state().items() if after[name] != held}
    assert len(changed) > 3, changed


def all_keys(asked: list[Any]) -> bool:
    return all(isinstance(each, Key) for each in asked)


def test_every_address_says_what_it_asks_of_those_who_come():
    names: set[str] = set()

    def walk(patterns: list[Any], before: str) -> None:
        for each in patterns:
            if isinstance(each, URLResolver):
                walk(each.url_patterns, before + (f"{each.namespace}:" if each.namespace else ""))
            else:
                assert each.name, f"{each.pattern} has no name, so nothing can be declared for it"
                names.add(before + each.name)

    walk(get_resolver().url_patterns, "")
    assert {name for name in names if gate_of(name) is None} == set(), "declare them in web/site/gates.py"
    assert set(GATES) - names == set(), "declared, but there is no such address"
    operations = [o for _, r in api._routers for view in r.path_operations.values() for o in view.operations]
    assert api.auth and all_keys(api.auth) and len(operations) > 15  # who declares nothing is asked for a key
    assert [o.path for o in operations if o.auth_param is None or not all_keys(o.auth_callbacks)] == []


def test_a_reader_of_the_area_sees_it_with_masked_numbers(marked):
    """The other side of the coin: the marks are there to be seen, so the test above can fail."""
    reader = signed_in(VILLAGE[:8], Role.READER)
    seen, whole = 0, []
    for address in addresses():
        answer = reader.get(address)
        content = shown(answer)
        assert is_page_or_attachment(answer), address
        seen += MARK.encode() in content
        if NIK.encode() in content:
            whole.append(address)
    assert whole == []
    assert seen > 20


@pytest.mark.django_db
def test_without_an_account_there_is_only_the_way_in():
    for address in addresses():
        answer = Client(headers={"host": "localhost"}).get(address)
        allowed = answer.status_code in (302, 401, 404, 405) or address.startswith(
            ("/akun/", "/hidup/", "/siap/", "/metrik/", "/surat/", "/api/")
        )
        assert allowed, (address, answer.status_code)
