"""Attacks from outside. Each is made twice: as the product stands, where it must fail, and with its guard taken away
inside the test, where it must succeed. A guard that nobody would miss is no guard."""

from __future__ import annotations

import ast
import io
import tarfile
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from django.contrib.auth import base_user
from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from django.template import base as template_base
from django.test import Client, RequestFactory
from tests.registry.conftest import AS_OF, regions, register, village_list

from jangkau.core.kernel import Corrupt, Refused
from jangkau.core.reading import limits
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import User
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.lists.models import Job, SentList
from jangkau.registry.people.gateways import names
from jangkau.registry.people.models import Person
from jangkau.registry.people.presenters.sheets import Sheet, workbook
from jangkau.web.reports.models import Report
from jangkau.web.reports.views import pages as reports
from jangkau.web.site.backups import archive

__all__ = ["regions", "register", "village_list"]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LOGIN = "/akun/login/"
PASSWORD = "rahasia-9-sekali"
EVIL = "https://jahat.example/"
NAME = "UJANG <script>alert(1)</script>"
HERE, ELSEWHERE = "32.02.01", "32.02.29"
SRC = Path(__file__).parents[2] / "src"


@pytest.fixture(params=["guarded", "open"])
def guarded(request: pytest.FixtureRequest) -> bool:
    """Does the guard stand? A test asks this once and takes it away where it does not."""
    return request.param == "guarded"


@pytest.fixture
def filled(register, village_list) -> SentList:
    cache.clear()
    village_list([("UJANG SUKMANA", "3202011203809001", "12-03-1980", "L"), ("EUIS KARTINI", "", "12-04-1985", "P")])
    run_paths([register / "lists"], as_of=AS_OF, by=None)
    return SentList.objects.get()


def client(**options: object) -> Client:
    return Client(headers={"host": "localhost"}, **options)


def signed_in(area: str = HERE, **options: object) -> Client:
    asked = client(**options)
    asked.force_login(create_user(username="imas", password=PASSWORD, area_code=area), backend=BACKEND)
    return asked


def enter(asked: Client, password: str = PASSWORD, name: str = "imas", address: str = LOGIN):
    return asked.post(address, {"login": name, "password": password})


def test_a_form_of_another_site_sends_nothing(filled, guarded, settings):
    if not guarded:
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "Csrf" not in name]
    asked = signed_in(enforce_csrf_checks=True)
    asked.post("/daftar/kirim/", {"sent": SimpleUploadedFile("a.csv", b"NIK;NAMA\n;JAHAT\n")})
    assert SentList.objects.filter(path="a.csv").exists() != guarded


@pytest.mark.parametrize("sought", ["' OR '1'='1", "%' --", "x'; DROP TABLE people_person; --", "ujang\x00", '"*"'])
def test_what_is_sought_is_never_a_statement(filled, sought):
    answer = signed_in().post("/pekerja/", {"q": sought})
    assert answer.status_code == 200 and "KARTINI" not in answer.text
    assert Person.objects.count() == 2


def test_words_that_are_sought_are_no_query_of_the_index(filled, guarded, monkeypatch):
    if not guarded:
        monkeypatch.setattr(names, "_WORD", names.re.compile(r".+"))
    words = names.have_words('zzz" OR "euis')
    assert Person.objects.filter(words).exists() != guarded


def test_a_number_in_the_address_opens_nothing_of_another_area(filled, guarded, monkeypatch):
    if not guarded:
        monkeypatch.setattr(Scope, "allows", lambda self, code: True)
        monkeypatch.setattr(Scope, "where", lambda self, field: Q())
    asked = signed_in(ELSEWHERE)
    assert (asked.get(f"/daftar/{filled.pk}/").status_code == 404) == guarded
    assert (asked.get(f"/pekerja/{Person.objects.first().pk}/").status_code == 404) == guarded


@pytest.mark.parametrize("target", [EVIL, "//jahat.example/", "https:jahat.example", "javascript:alert(1)"])
def test_after_signing_in_nobody_is_led_away(filled, target):
    create_user(username="imas", password=PASSWORD, area_code=HERE)
    answer = enter(client(), address=f"{LOGIN}?next={target}")
    assert answer.status_code == 302 and answer.headers["Location"] == "/"


def test_the_guard_against_leading_away_is_needed(filled, guarded, monkeypatch):
    if not guarded:
        monkeypatch.setattr("django.views.i18n.url_has_allowed_host_and_scheme", lambda *given, **kept: True)
        monkeypatch.setattr("allauth.account.adapter.DefaultAccountAdapter.is_safe_url", lambda self, url: True)
    create_user(username="imas", password=PASSWORD, area_code=HERE)
    answer = enter(client(), address=f"{LOGIN}?next={EVIL}")
    language = client().post("/bahasa/", {"language": "en", "next": EVIL})
    assert (answer.headers["Location"] == EVIL, language.headers["Location"] == EVIL) == (not guarded, not guarded)


def test_names_of_files_lead_out_of_no_folder(filled, guarded, monkeypatch, settings):
    (settings.JANGKAU_DATA / "secret.key").write_text("rahasia mesin")
    asked = signed_in("32.02")
    job = Job.objects.create(kind="report")
    report = Report.objects.create(kind="monthly", region_id="32.02", on=AS_OF, files=[["a.pdf", 1]], job=job)
    (settings.JANGKAU_DATA / "reports" / str(report.pk)).mkdir(parents=True)
    if not guarded:
        monkeypatch.setattr(reports.queries, "reports", _with_any_file(reports.queries.reports))
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=asked.session["_auth_user_id"])
    try:
        answer = reports.download(request, report.pk, "../../secret.key")
        shown = b"".join(answer.streaming_content)
    except reports.Http404:
        shown = b""
    assert (b"rahasia mesin" in shown) != guarded


def _with_any_file(before):
    """The check of the name taken away: the report claims to have the file."""

    def reports_of(scope):
        found = before(scope)
        found.update(files=[["../../secret.key", 1]])
        return found

    return reports_of


def test_a_backup_writes_nothing_beside_its_folder(tmp_path, guarded, monkeypatch):
    with tarfile.open(tmp_path / "kept", "w") as tar:
        tar.addfile(tarfile.TarInfo("../beside"), io.BytesIO())
        made = tarfile.TarInfo(archive.MANIFEST)
        made.size = 2
        tar.addfile(made, io.BytesIO(b"{}"))
    if not guarded:
        monkeypatch.setattr(Path, "is_relative_to", lambda *_: True)
    inside = tmp_path / "in"
    inside.mkdir()
    try:
        archive._unpack(tmp_path / "kept", inside, None)
    except Corrupt:
        assert guarded
    assert (tmp_path / "beside").exists() != guarded


def test_a_name_is_no_formula_in_a_workbook(guarded, monkeypatch):
    if not guarded:
        plain = xlsxwriter.Workbook
        monkeypatch.setattr(
            xlsxwriter, "Workbook", lambda target, kept: plain(target, {**kept, "strings_to_formulas": True})
        )
        monkeypatch.setattr(xlsxwriter.worksheet.Worksheet, "write_string", xlsxwriter.worksheet.Worksheet.write)
    made = workbook(
        "x", [Sheet("x", [], [("NAMA", 9)], [('=HYPERLINK("https://jahat.example","klik")',), ("@SUM(1)",)])]
    )
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        assert (b"<f>" in book.read("xl/worksheets/sheet1.xml")) != guarded


def test_every_workbook_is_made_with_formulas_shut():
    for place in SRC.rglob("*.py"):
        if "xlsxwriter.Workbook(" not in place.read_text() or "synthetic" in place.parts:  # invents lists of others
            continue
        for node in ast.walk(ast.parse(place.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "xlsxwriter.Workbook":
                assert "'strings_to_formulas': False" in ast.unparse(node), place


def book_with(part: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b"<workbook/>")
        made.writestr(part, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "guard", "gone"),
    [
        (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', "_DECLARES", limits.re.compile(rb"(?!)")),
        (b"<x>" + b"A" * 30_000_000 + b"</x>", "MAX_RATIO", 10**9),
    ],
    ids=["declared entities", "zip bomb"],
)
def test_a_workbook_that_is_a_trap_is_refused_unopened(guarded, monkeypatch, content, guard, gone):
    if not guarded:
        monkeypatch.setattr(limits, guard, gone)
    try:
        limits.refuse_bombs(book_with("xl/worksheets/sheet1.xml", content), "a.xlsx")
    except Refused:
        assert guarded
    else:
        assert not guarded


def test_a_session_that_was_planted_is_worth_nothing_after_signing_in(filled, guarded, monkeypatch):
    if not guarded:
        monkeypatch.setattr(SessionBase, "cycle_key", lambda self: None)
    create_user(username="imas", password=PASSWORD, area_code=HERE)
    victim, thief = client(), client()
    planted = thief.session
    planted["any"] = 1
    planted.save()
    victim.cookies["sessionid"] = thief.cookies["sessionid"] = planted.session_key
    assert enter(victim).status_code == 302
    assert (thief.get("/daftar/").status_code == 200) != guarded


def test_passwords_are_not_guessed_one_after_the_other(filled, guarded, settings):
    if not guarded:
        settings.ACCOUNT_RATE_LIMITS = False
    create_user(username="imas", password=PASSWORD, area_code=HERE)
    asked = client()
    for number in range(8):
        enter(asked, f"tebakan-{number}")
    enter(asked)
    assert ("_auth_user_id" in asked.session) != guarded


def test_who_has_an_account_is_not_told(filled, guarded, monkeypatch):
    """By no word, and by no time: a password is hashed for a stranger, too."""
    hashed: list[str] = []

    def counting(before):
        return lambda *given, **kept: (hashed.append("x"), before(*given, **kept))[1]

    for name in ("make_password", "check_password"):
        monkeypatch.setattr(base_user, name, counting(getattr(base_user, name)))
    if not guarded:
        monkeypatch.setattr(
            "allauth.account.auth_backends.AuthenticationBackend._mitigate_timing_attack", lambda self, password: None,
            raising=False,
        )  # fmt: skip
    create_user(username="imas", password=PASSWORD, area_code=HERE)
    told, effort = {}, {}
    for name in ("imas", "orang-lain"):
        hashed.clear()
        told[name] = enter(client(), "salah", name).text.replace(name, "")
        effort[name] = len(hashed)
    assert len(told["imas"]) == len(told["orang-lain"])
    assert (effort["orang-lain"] >= effort["imas"] > 0) == guarded


def test_a_name_in_a_list_is_no_script_on_a_page(filled, guarded, monkeypatch):
    if not guarded:
        monkeypatch.setattr(template_base, "conditional_escape", str)
    Person.objects.update(name=NAME)
    page = signed_in().get(f"/pekerja/{Person.objects.first().pk}/").text
    assert "alert(1)" in page and ("<script>alert" in page) != guarded


@pytest.mark.parametrize(
    ("header", "guard"),
    [
        ("content-security-policy", "csp."),
        ("x-frame-options", "XFrame"),
        ("x-content-type-options", "SecurityMiddleware"),
        ("permissions-policy", "WatchMiddleware"),
    ],
)
def test_a_header_comes_from_its_guard_alone(filled, guarded, settings, header, guard):
    if not guarded:
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if guard not in name]
    assert (header in client().get("/hidup/").headers) == guarded


@pytest.mark.parametrize("address", ["/lists/", "/secret.key", "/static/../secret.key", "/static/%2e%2e/secret.key"])
def test_what_was_sent_lies_behind_no_address(filled, settings, address):
    (settings.JANGKAU_DATA / "secret.key").write_text("rahasia mesin")
    hashed = f"{address}{filled.sha256[:2]}/{filled.sha256}/original" if address == "/lists/" else address
    answer = signed_in().get(hashed)
    assert answer.status_code == 404 and "rahasia mesin" not in answer.text


OUTGOING = {"urllib.request", "http.client", "httpx", "requests", "smtplib", "ftplib", "aiohttp", "urllib3"}
TELLS_OTHERS = {
    "jangkau/web/api/gateways/receivers.py",  # webhooks, to hosts that the settings name
    "jangkau/web/site/office_sign_in.py",  # the provider that the settings name
}


def test_two_files_alone_speak_to_other_machines():
    found = set()
    for place in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(place.read_text())):
            asked = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            asked += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if OUTGOING & set(asked):
                found.add(place.relative_to(SRC).as_posix())
    assert found == TELLS_OTHERS
