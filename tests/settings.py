"""The settings of the product with a data folder of the session's own, set before anything reads it."""

import os
import tempfile
from pathlib import Path

os.environ["JANGKAU_DATA"] = tempfile.mkdtemp(prefix="jangkau-test-")
Path(os.environ["JANGKAU_DATA"], "secret.key").write_text("only-for-tests")

from jangkau.web.site.settings import *  # noqa: E402, F403  Django reads settings as one namespace

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # accounts of tests alone
from pathlib import Path as _P

_P(os.environ["JANGKAU_DATA"], "static").mkdir()
