"""Pengguna, Cuti, Akses darurat, Catatan: rights are given, reviewed, lent, and all of it stands in the record."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.registry.conftest import regions, register

from jangkau.core.kernel import Refused
from jangkau.registry.access import actions, queries
from jangkau.registry.access.models import Assignment, AuditEvent, Role, User
from jangkau.registry.access.permissions import scope_of
from jangkau.web.site.cli import main

__all__ = ["regions", "register"]
VILLAGE, DISTRICT = "32.02.01.2003", "32.02.01"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(user: User) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend=BACKEND)
    return client


def account(name: str, role: str = Role.OFFICER, area: str = "32.02", agency: str = "") -> User:
    return actions.create_user(username=name, password="x", area_code=area, role=role, agency=agency)


@pytest.fixture
def keeper(register) -> User:
    return account("keeper", Role.ADMINISTRATOR)


def test_an_administrator_opens_an_account_gives_a_village_and_ends_it(keeper):
    client = signed_in(keeper)
    page = client.post("/pengguna/tambah/", {"username": "asep", "agency": "village"})
    password = re.search(r"<code>(.+)</code>", page.text).group(1)
    asep = User.objects.get(username="asep")
    assert asep.check_password(password) and scope_of(asep).areas == ()
    assert password not in client.get(f"/pengguna/{asep.pk}/").text
    client.post(f"/pengguna/{asep.pk}/", {"role": "village_clerk", "area_code": VILLAGE, "last": "2099-12-31"})
    assert scope_of(asep).areas == (VILLAGE,)
    listed = client.get("/pengguna/").text
    assert "Operator desa/kelurahan" in listed and "Citepus" in listed
    held = Assignment.objects.get(user=asep)
    client.post(f"/pengguna/hak/{held.pk}/", {"act": "keep"})
    held.refresh_from_db()
    assert held.reviewed_by == keeper
    assert client.get("/pengguna/unduh/").content[:2] == b"PK"
    client.post(f"/pengguna/hak/{held.pk}/", {"act": "end"})
    assert scope_of(asep).areas == ()
    client.post(f"/pengguna/{asep.pk}/instansi/", {"agency": "branch"})
    asep.refresh_from_db()
    assert asep.agency == "branch" and "Cabang BPJS" in client.get(f"/pengguna/{asep.pk}/").text
    told = set(AuditEvent.objects.filter(subject=f"user {asep.pk}").values_list("action", flat=True))
    assert told >= {"account_created", "role_given", "role_confirmed", "role_ended", "agency_set"}
    client.post(f"/pengguna/{asep.pk}/tutup/")
    assert not User.objects.get(pk=asep.pk).is_active


def test_rights_are_not_given_to_oneself_nor_outside_the_own_area(register, keeper):
    with pytest.raises(Refused):
        actions.give_role(scope_of(keeper), keeper, role=Role.OFFICER, area_code="32.02")
    local = account("local", Role.ADMINISTRATOR, DISTRICT)
    other = account("other", Role.READER, "32.02.29")
    with pytest.raises(Refused):
        actions.give_role(scope_of(local), other, role=Role.READER, area_code="32.02")
    owner = actions.create_user(username="owner", password="x", area_code=None)
    with pytest.raises(Refused):
        actions.set_active(scope_of(keeper), owner, active=False)
    assert signed_in(account("officer")).get("/pengguna/").status_code == 403
    assert signed_in(local).get(f"/pengguna/{other.pk}/").status_code == 404


def test_leave_lends_roles_until_a_day_and_no_longer_than_they_hold(register):
    away, stays = account("away", agency="district"), account("stays", Role.READER, DISTRICT, agency="district")
    stranger = account("stranger", agency="branch")
    soon = timezone.now() + timedelta(days=7)
    with pytest.raises(Refused):
        actions.lend_roles(away, stranger, until=soon, because="cuti")
    client = signed_in(away)
    client.post("/cuti/", {"to": stays.pk, "last": f"{soon:%Y-%m-%d}", "because": "cuti tahunan"})
    lent = Assignment.objects.get(on_behalf_of=away)
    assert (lent.user, lent.role) == (stays, Role.OFFICER) and scope_of(stays).may_write
    assert "stays" in client.get("/cuti/").text
    actions.end_role(scope_of(account("keeper2", Role.ADMINISTRATOR)), Assignment.objects.get(user=away))
    assert not scope_of(stays).may_write, "what ends for the one who lent it ends for the other"


def test_emergency_access_ends_by_itself_and_is_seen_by_administrators(keeper):
    clerk = account("clerk", Role.VILLAGE_CLERK, VILLAGE)
    client = signed_in(clerk)
    client.post("/cuti/darurat/", {"because": "pendek"})
    assert not Assignment.objects.filter(role=Role.GLASS).exists()
    client.post("/cuti/darurat/", {"because": "keluarga menunggu di rumah sakit"})
    glass = Assignment.objects.get(role=Role.GLASS)
    assert glass.valid_until - glass.valid_from == timedelta(hours=1) and "32.02" in scope_of(clerk).areas
    assert "keluarga menunggu" in signed_in(keeper).get("/pengguna/").text
    Assignment.objects.filter(pk=glass.pk).update(
        valid_from=timezone.now() - timedelta(hours=2), valid_until=timezone.now() - timedelta(hours=1)
    )
    assert scope_of(clerk).areas == (VILLAGE,)


def test_the_record_is_searched_and_taken_home_with_its_proof(keeper, tmp_path, capsys):
    officer, client = account("officer"), signed_in(keeper)
    assert signed_in(officer).get("/catatan/").status_code == 403
    assert "Membuat akun dengan hak" in client.get(f"/catatan/?subject=user {officer.pk}").text
    assert "Membuat akun" not in client.get("/catatan/?action=list_published").text
    lines = b"".join(client.get("/catatan/unduh/").streaming_content).decode().splitlines(keepends=True)
    assert len(lines) == AuditEvent.objects.count() and queries.first_false_line(lines) is None
    forged = [lines[0], lines[1].replace('"action": "', '"action": "un', 1), *lines[2:]]
    assert queries.first_false_line(forged) == 2 and queries.first_false_line(lines[:1] + lines[:1]) == 2
    place = tmp_path / "catatan.jsonl"
    place.write_text("".join(forged))
    assert main(["record", str(place)]) == 1 and "2" in capsys.readouterr().out
