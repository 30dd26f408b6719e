"""The settings of the product with a data folder of the session's own, set before anything reads it."""

import os
import tempfile
from pathlib import Path

_data = Path(tempfile.mkdtemp(prefix="jangkau-test-"))
_data.joinpath("secret.key").write_text("only-for-tests")
_data.joinpath("static").mkdir()
os.environ["JANGKAU_DATA"] = str(_data)

from jangkau.web.site.settings import *  # noqa: E402, F403  Django reads settings as one namespace

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": CACHES["default"], "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}  # noqa: F405  see above
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # accounts of tests alone
INSTALLED_APPS = [*INSTALLED_APPS, "tests.watching_writes.WatchedWork"]  # noqa: F405  see above
MIDDLEWARE = ["tests.watching_writes.EveryWriteHasItsEvent", *MIDDLEWARE]  # noqa: F405  see above
