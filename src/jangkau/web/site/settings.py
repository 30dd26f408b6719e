"""Django settings. Everything a place has to say is said by a few environment variables:
JANGKAU_DATA (folder of the register), JANGKAU_AREA (Kemendagri code), DATABASE_URL (PostgreSQL instead of SQLite),
JANGKAU_HOSTS (names the server answers to), JANGKAU_ADDRESS (how others reach it). Secrets are made at `jangkau init`
and lie in the data folder."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from jangkau.web.site.logs import logging_settings

JANGKAU_DATA = Path(os.environ.get("JANGKAU_DATA", "jangkau-data")).resolve()
JANGKAU_TWO_PEOPLE = os.environ.get("JANGKAU_TWO_PEOPLE", "") == "1"  # a second person confirms who is who
JANGKAU_ADDRESS = os.environ.get("JANGKAU_ADDRESS", "http://127.0.0.1:8000").rstrip("/")  # in the QR code of letters
JANGKAU_WEBHOOK_HOSTS = [host for host in os.environ.get("JANGKAU_WEBHOOK_HOSTS", "").split(",") if host]
JANGKAU_WEB_ROLE = os.environ.get("JANGKAU_WEB_ROLE", "")  # PostgreSQL: see registry/access/gateways/wall.py
JANGKAU_STORE_KEY = os.environ.get("JANGKAU_STORE_KEY", "")  # a file; in the data folder without it
JANGKAU_AREA = os.environ.get("JANGKAU_AREA", "32.02")

_secret = JANGKAU_DATA / "secret.key"
SECRET_KEY = _secret.read_text() if _secret.exists() else "no-register-yet"  # without a register nothing is served
DEBUG = False
ALLOWED_HOSTS = os.environ.get("JANGKAU_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if "." in host]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # the page of own sessions
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks_db",
    "jangkau.registry.access",
    "jangkau.registry.people",
    "jangkau.registry.lists",
    "jangkau.registry.cases",
    "jangkau.programmes.construction",
    "jangkau.programmes.agents",
    "jangkau.programmes.subsidy",
    "jangkau.programmes.outreach",
    "jangkau.programmes.compliance",
    "jangkau.programmes.claims",
    "jangkau.web.dashboards",
    "jangkau.web.reports",
    "jangkau.web.api",
    "jangkau.web.site",
]
MIDDLEWARE = [
    "jangkau.web.site.watching.WatchMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "jangkau.web.site.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jangkau.web.site.second_wall.SecondWallMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "jangkau.web.site.gates.GateMiddleware",
]
ROOT_URLCONF = "jangkau.web.site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jangkau.web.site.context.register",
                "jangkau.web.dashboards.views.frame",
            ]
        },
    }
]


def database(url: str) -> dict[str, object]:
    """The settings of the database at this address; SQLite in the data folder without one."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": JANGKAU_DATA / "jangkau.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000; "
                "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "OPTIONS": dict(parse_qsl(parts.query)),  # of libpq: sslmode, sslrootcert, target_session_attrs
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,  # a database that was restarted is not a page that fails
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""))}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "jangkau.web.site.accounts.ClosedAccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/5m/key"}  # of one address; of one account from one address
# else all visitors share the limits of the proxy's address
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("JANGKAU_PROXIES", os.environ.get("JANGKAU_HTTPS", "0")))
MFA_ADAPTER = "jangkau.web.site.accounts.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = os.environ.get("JANGKAU_HTTPS", "") != "1"  # keys work on the own machine, too
MFA_TOTP_ISSUER = "Jangkau"
MFA_TOTP_TOLERANCE = 1  # a code counts half a minute longer: slow lines, clocks of phones (RFC 6238, 5.2)
SESSION_COOKIE_AGE = 12 * 3600  # a working day
ACCOUNT_SESSION_REMEMBER = True


def office(issuer: str, client: str, secret: str) -> dict[str, object]:
    """The providers of allauth: the sign-in of the regency or of the branch, where it has an address."""
    app = {
        "provider_id": "kantor", "name": "kantor", "client_id": client, "secret": secret,
        "settings": {"server_url": issuer},
    }  # fmt: skip
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app] if issuer else []}}


OIDC_ISSUER = os.environ.get("JANGKAU_OIDC_ISSUER", "").rstrip("/")
OIDC_NAME = os.environ.get("JANGKAU_OIDC_NAME", "akun kantor")
SOCIALACCOUNT_ADAPTER = "jangkau.web.site.office_sign_in.KnownPeopleOnly"
SOCIALACCOUNT_PROVIDERS = office(
    OIDC_ISSUER, os.environ.get("JANGKAU_OIDC_CLIENT", ""), os.environ.get("JANGKAU_OIDC_SECRET", "")
)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesia")), ("en", _("Inggris"))]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

_IN_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
_SHARED = {  # failed sign-ins are counted over all processes; nobody pushes out a count by many others
    "BACKEND": "jangkau.web.site.shared_cache.SharedCache",
    "LOCATION": JANGKAU_DATA / "cache",
    "OPTIONS": {"MAX_ENTRIES": 10_000},
}
CACHES = {"default": _SHARED, "pages": {**_IN_MEMORY, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 1000}}}

STATIC_URL = "static/"
STATIC_ROOT = JANGKAU_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]  # large lists go to disk
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20  # form fields; files are not counted

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF, *(["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_ISSUER))] if OIDC_ISSUER else [])],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True  # forms carry the token, no script reads it
LANGUAGE_COOKIE_SAMESITE = "Lax"
if os.environ.get("JANGKAU_HTTPS", "") == "1":  # a TLS proxy stands in front, and says so in a header it sets itself
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
JANGKAU_METRICS_KEY = os.environ.get("JANGKAU_METRICS_KEY", "")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING = logging_settings(os.environ.get("JANGKAU_LOG", ""))
