"""`jangkau token`: keys for programs that ask the API. `jangkau store-key`: keys of files that are kept encrypted."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import date, timedelta

from django.conf import settings

from jangkau.core.kernel import Unknown
from jangkau.registry.access.actions import issue_token, revoke_token
from jangkau.registry.access.gateways import seal
from jangkau.registry.access.models import Token, User
from jangkau.registry.lists.actions.sealing import rotate_store_key
from jangkau.registry.lists.gateways import store
from jangkau.web.site.cli import register

DAYS = 365  # a key ends by itself


def token(given: argparse.Namespace) -> int:
    """Issues, lists or revokes."""
    register.need()
    return {"issue": _issue, "list": _list, "revoke": _revoke}[given.action](given)


def _issue(given: argparse.Namespace) -> int:
    user = User.objects.filter(username=given.user, is_active=True).first()
    if user is None:
        raise Unknown(f"Akun “{given.user}” tidak ada.", f"There is no account “{given.user}”.")
    today = date.today()  # noqa: DTZ011  keys end by the day of the office
    _, key = issue_token(
        name=given.name or given.user,
        user=user,
        area_code=given.area or settings.JANGKAU_AREA,
        permissions=[each for each in given.may.split(",") if each],
        ends_on=given.until or today + timedelta(days=DAYS),
        by=None,
    )
    sys.stderr.write("Kunci ini hanya ditampilkan sekali. / This key is shown only once.\n")
    sys.stdout.write(key + "\n")
    return 0


def _list(given: argparse.Namespace) -> int:
    for each in Token.objects.select_related("user").order_by("pk"):
        ended = "dicabut" if each.revoked_at else f"sampai {each.ends_on}"
        may = ",".join(each.permissions)
        sys.stdout.write(f"{each.pk}  {each.name}  {each.user.username}  {each.area_code}  {may}  {ended}\n")
    return 0


def _revoke(given: argparse.Namespace) -> int:
    found = Token.objects.filter(pk=given.number).first()
    if found is None:
        raise Unknown(f"Kunci nomor {given.number} tidak ada.", f"There is no key number {given.number}.")
    revoke_token(found, by=None)
    return 0


def store_key(given: argparse.Namespace) -> int:
    """How many files each key has; or a fresh key for all of them."""
    register.need()
    if given.action == "rotate":
        rotate_store_key(by=None)
    found = Counter(seal.number_of(place) for place in store.sealed_files())
    for number in dict.fromkeys([*seal.keys_in(seal.key_place()), *found]):
        name = number.hex() if number else "tanpa sandi / not encrypted"
        sys.stdout.write(f"{name}  {found[number]}\n")
    return 0
