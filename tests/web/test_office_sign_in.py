"""The sign-in of an office, against a provider that really answers on loopback: who comes in, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from tests.openid_provider import Claims, Provider, running
from tests.registry.conftest import regions, register
from tests.web.test_signing_in import LOGIN, client, imas

from jangkau.registry.access.models import Assignment, AuditEvent, User
from jangkau.web.site.settings import office

__all__ = ["client", "imas", "regions", "register"]
pytestmark = pytest.mark.django_db
GO = "/akun/kantor/oidc/kantor/login/"


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    with running() as provider:
        settings.OIDC_ISSUER = provider.issuer
        settings.SOCIALACCOUNT_PROVIDERS = office(provider.issuer, Provider.client, Provider.secret)
        yield provider


class Stays(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def agree(asked: str, name: str) -> str:
    """Agrees at the provider; where it sends the browser."""
    try:
        build_opener(Stays).open(Request(asked, data=urlencode({"username": name}).encode()))
    except HTTPError as sent:
        return str(sent.headers["Location"])
    raise AssertionError("the provider sends nobody back")


def come(client: Client, name: str = "imas"):
    """Through the provider and back; the last page."""
    back = agree(client.post(GO)["Location"], name)
    return client.get(back.removeprefix("http://localhost"), follow=True)


def inside(client: Client) -> str:
    return client.session.get("_auth_user_id", "")


def test_the_account_of_the_same_name_opens_and_the_office_gives_it_no_right(imas, client, provider):
    provider.known = {"roles": ["administrator"], "groups": ["owner"], "is_superuser": True, "email": "i@contoh.go.id"}
    before = list(Assignment.objects.values_list("role", "area_code"))
    come(client)
    assert inside(client) == str(imas.pk)
    imas.refresh_from_db()
    assert list(Assignment.objects.values_list("role", "area_code")) == before and not imas.is_superuser
    assert SocialAccount.objects.get().extra_data == {"sub": "nomor-imas", "preferred_username": "imas"}
    assert imas.email == "" and AuditEvent.objects.filter(action="came_from_office", subject=f"user {imas.pk}").exists()


def test_who_came_once_is_known_by_the_number_and_not_by_a_name(imas, client, provider):
    come(client)
    client.logout()
    provider.twist = lambda claims: {**claims, "sub": "nomor-imas", "preferred_username": "imas-baru"}
    come(client, "imas-baru")
    assert inside(client) == str(imas.pk)


def test_a_second_step_is_asked_for_after_the_office_too(imas, client, provider):
    TOTP.activate(imas, generate_totp_secret())
    assert "dua-langkah" in come(client).redirect_chain[-1][0] and not inside(client)


def other_key(provider: Provider) -> Callable[[Claims], str]:
    return lambda claims: provider.signed(claims, rsa.generate_private_key(public_exponent=65537, key_size=2048))


def unsigned(provider: Provider) -> Callable[[Claims], str]:
    return lambda claims: jwt.encode(claims, None, algorithm="none", headers={"kid": "satu"})


def shared_secret(provider: Provider) -> Callable[[Claims], str]:
    return lambda claims: jwt.encode(claims, Provider.secret * 3, algorithm="HS256", headers={"kid": "satu"})


@pytest.mark.parametrize("sign", [other_key, unsigned, shared_secret])
def test_what_the_provider_did_not_sign_opens_nothing(imas, client, provider, sign):
    provider.sign = sign(provider)
    refused(come(client), client)


def refused(page, client: Client) -> None:
    assert page.redirect_chain == [(LOGIN, 302)] and "tidak berhasil" in page.text and not inside(client)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "twisted",
    [
        {"iss": "https://lain.contoh.go.id"}, {"aud": "program-lain"}, {"aud": ["jangkau", "lain"], "azp": "lain"},
        {"nonce": "milik-upaya-lain"}, {"nonce": ""}, {"exp": 1_700_000_000}, {"sub": None}, {"exp": None},
    ],
    ids=lambda twisted: "-".join(map(str, twisted.items())),
)  # fmt: skip
def test_an_answer_for_somebody_else_or_another_time_opens_nothing(imas, client, provider, twisted):
    provider.twist = lambda claims: {key: said for key, said in {**claims, **twisted}.items() if said is not None}
    refused(come(client), client)


def test_a_provider_that_calls_itself_otherwise_is_not_asked(imas, client, provider, settings):
    settings.OIDC_ISSUER = "https://masuk.contoh.go.id"
    page = client.post(GO, follow=True)
    refused(page, client)


def test_the_name_may_stand_at_the_second_address_of_the_same_person_alone(imas, client, provider):
    provider.twist = lambda claims: {key: said for key, said in claims.items() if key != "preferred_username"}
    provider.beside = {"sub": "nomor-lain", "preferred_username": "imas"}
    refused(come(client), client)
    provider.beside = {"sub": "nomor-imas", "preferred_username": "imas"}
    come(client)
    assert inside(client) == str(imas.pk)


def nobody(imas: User) -> str:
    return "tak-dikenal"


def closed(imas: User) -> str:
    User.objects.filter(pk=imas.pk).update(is_active=False)
    return "imas"


def owner(imas: User) -> str:
    return User.objects.create(username="pemilik", is_superuser=True).username


@pytest.mark.parametrize("who", [nobody, closed, owner])
def test_whom_nobody_invited_is_told_so(imas, client, provider, who):
    before = User.objects.count()
    name = who(imas)
    page = come(client, name)
    assert "belum dikenal" in page.text and not inside(client)
    assert User.objects.exclude(username="pemilik").count() == before and not SocialAccount.objects.exists()


def test_who_was_let_in_once_stays_out_after_the_account_is_closed(imas, client, provider):
    come(client)
    client.logout()
    closed(imas)
    come(client)
    assert not inside(client)


def test_an_answer_belongs_to_the_browser_that_began(imas, client, provider):
    back = agree(client.post(GO)["Location"], "imas").removeprefix("http://localhost")
    other = Client(headers={"host": "localhost"})
    refused(other.get(back, follow=True), other)
    client.get(back)
    assert inside(client) == str(imas.pk)
    client.logout()
    refused_again = client.get(back, follow=True)
    assert refused_again.redirect_chain == [(LOGIN, 302)] and not inside(client), "an answer counts once"


def test_a_provider_that_is_away_or_says_no_leads_back_to_the_sign_in(imas, client, provider, settings):
    state = parse_qs(urlsplit(client.post(GO)["Location"]).query)["state"][0]
    refused(client.get(f"{GO}callback/?error=access_denied&state={state}", follow=True), client)
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    settings.SOCIALACCOUNT_PROVIDERS = office("http://127.0.0.1:9", "jangkau", "")
    refused(client.post(GO, follow=True), client)
