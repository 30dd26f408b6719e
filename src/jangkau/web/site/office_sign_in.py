"""The sign-in of an office: what its provider signed opens the account of the same name here. It makes no account and
gives no right. OpenID Connect Core 1.0, 3.1.3.7 (what is checked of an answer) and 5.3.2 (the second address)."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any, NoReturn

import jwt
import structlog
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User

_log = structlog.get_logger("jangkau.sign_in")
SIGNED_WITH = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]  # key pairs
NEEDED = ["iss", "aud", "exp", "iat", "sub"]


class SignedAnswer(OpenIDConnectOAuth2Adapter):
    """Believes what the provider signed for us and for this attempt; the library believes the connection."""

    @property
    def openid_config(self) -> dict[str, Any]:
        told: dict[str, Any] = super().openid_config
        if str(told.get("issuer", "")).rstrip("/") != settings.OIDC_ISSUER:
            raise OAuth2Error("the address tells of another issuer")
        return told

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        try:
            claims = self._signed(app, str(kwargs["response"].get("id_token", "")))
        except jwt.PyJWTError as error:
            raise OAuth2Error("the answer is not signed as it should be") from error
        if not constant_time_compare(str(claims.get("nonce", "")), nonce_of(request.GET["state"])):
            raise OAuth2Error("the answer belongs to another attempt")
        name = claims.get("preferred_username") or self._told_beside(token.token, claims["sub"])
        kept = {"sub": claims["sub"], "preferred_username": name}  # nothing else an office knows about its people
        return self.get_provider().sociallogin_from_response(request, kept)

    def _signed(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """What the token says, when a key of the provider signed it for us."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        kid = jwt.get_unverified_header(id_token).get("kid")
        key = next((key for key in jwt.PyJWKSet.from_dict(answer.json()) if kid in (None, key.key_id)), None)
        if key is None:
            raise jwt.InvalidKeyError("the provider has no such key")
        claims: dict[str, Any] = jwt.decode(
            id_token, key.key, algorithms=SIGNED_WITH, audience=app.client_id, issuer=self.openid_config["issuer"],
            leeway=60, options={"require": NEEDED},
        )  # fmt: skip
        if claims.get("azp", app.client_id) != app.client_id:
            raise jwt.InvalidAudienceError("signed for another program")
        return claims

    def _told_beside(self, access_token: str, sub: str) -> str:
        """The name at the provider's second address, for those that leave it out of the token."""
        if "userinfo_endpoint" not in self.openid_config:
            return ""
        told = self._fetch_user_info(access_token)
        if told.get("sub") != sub:
            raise OAuth2Error("the second address tells of somebody else")
        return str(told.get("preferred_username", ""))


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    """Whoever comes through the sign-in of an office needs an account of the same name here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        known = {"pk": sociallogin.user.pk} if sociallogin.is_existing else {
            "username": sociallogin.account.extra_data["preferred_username"]
        }  # fmt: skip
        user = User.objects.filter(**known, is_active=True, is_superuser=False).first()
        if user is None:
            _refuse(request, _("Akun kantor Anda belum dikenal di sini. Minta akun kepada pengelola."))
        record(by=user, action="came_from_office", subject=f"user {user.pk}")
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:  # fmt: skip
        """Back to the sign-in with a sentence; the log has the kind of error, whose words may quote a token."""
        if exception is not None:
            _log.warning("office_sign_in_refused", reason=type(exception.__cause__ or exception).__name__)
        _refuse(request, _("Masuk dengan akun kantor tidak berhasil. Coba lagi, atau masuk dengan kata sandi."))


def _refuse(request: HttpRequest, sentence: str) -> NoReturn:
    messages.error(request, sentence)
    raise ImmediateHttpResponse(redirect("account_login"))


def nonce_of(state: str) -> str:
    """What the provider must sign for the attempt with this state: the state waits in the visitor's session, once."""
    return hashlib.sha256(f"nonce {state}".encode()).hexdigest()


@login_not_required
@require_POST
def go(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider."""
    provider = _provider(request, provider_id)
    state = secrets.token_urlsafe()
    try:
        answer: HttpResponse = provider.redirect(
            request, process=AuthProcess.LOGIN, next_url=get_next_redirect_url(request), state_id=state,
            auth_params={"nonce": nonce_of(state)},
        )  # fmt: skip
    except (OAuth2Error, RequestException) as error:
        return render_authentication_error(request, provider, exception=error)
    return answer


@login_not_required
@require_GET
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """From the provider."""
    _provider(request, provider_id)
    answer: HttpResponse = OAuth2CallbackView.adapter_view(SignedAnswer(request, provider_id))(request)
    return answer


def _provider(request: HttpRequest, provider_id: str) -> Any:
    try:
        provider = get_adapter().get_provider(request, provider_id)
    except SocialApp.DoesNotExist as missing:
        raise Http404 from missing
    provider.oauth2_adapter_class = SignedAnswer
    return provider
