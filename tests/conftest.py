"""The data folder of a test session lies in a temporary place; it is set before Django reads its settings."""

import os
import tempfile
from pathlib import Path

os.environ["JANGKAU_DATA"] = tempfile.mkdtemp(prefix="jangkau-test-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangkau.web.site.settings")
Path(os.environ["JANGKAU_DATA"], "secret.key").write_text("only-for-tests")
