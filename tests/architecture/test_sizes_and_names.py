"""The house rules on files: sizes, names, docstrings, and what may not be written."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(p for p in (ROOT / "src").rglob("*.py") if "migrations" not in p.parts)
ROOM_FILES = {
    "urls", "views", "api", "admin", "tasks", "management", "forms", "presenters", "actions", "queries", "models",
    "gateways", "states", "events", "permissions", "apps", "migrations", "templates", "locale", "__init__",
}  # fmt: skip
BANNED = re.compile(r"(^|_)(utils?|helpers?|common|misc|manager|service|handler|nextgen|v2)(_|$)")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_files_and_functions_stay_small(path: Path):
    text = path.read_text()
    assert text.count("\n") <= 400, "a file that outgrows 400 lines becomes a folder"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= 50, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_modules_open_with_a_docstring(path: Path):
    if path.name in ("apps.py", "urls.py", "__main__.py"):
        return
    docstring = ast.get_docstring(ast.parse(path.read_text()), clean=False)
    assert docstring, "say which question the module answers"
    assert docstring.count("\n") <= 6


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_names_say_what_things_are(path: Path):
    assert not BANNED.search(path.stem)
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            assert not BANNED.search(node.name.lower()), node.name


def test_a_django_room_holds_the_known_files_only():
    for room in [
        *(ROOT / "src/jangkau/registry").iterdir(),
        ROOT / "src/jangkau/web/dashboards",
        ROOT / "src/jangkau/web/reports",
    ]:
        if not room.is_dir() or room.name == "__pycache__":
            continue
        found = {p.stem for p in room.iterdir() if p.name != "__pycache__" and p.suffix in ("", ".py")}
        assert found <= ROOM_FILES, found - ROOM_FILES


def test_no_registry_host_no_machine_path_no_tool_of_a_workplace_in_committed_files():
    hosts = "|".join(
        ["pypi" + "[.]org", "python" + "hosted", "npm" + "js[.]", "deb[.]" + "debian", "/(tmp|work|farm|root)" + "/"]
    )
    found = subprocess.run(
        ["git", "grep", "-nIE", hosts, "--", ".", ":!*.min.js", ":!tests/architecture"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if found.returncode == 128:
        pytest.skip("not a git checkout: nothing is committed here")
    assert found.stdout == ""


def test_core_never_silences_the_checkers_without_a_reason():
    for path in SOURCES:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            for mark in ("# noqa", "# type: ignore", "# pragma: no cover"):
                if mark in line:
                    after = line.split(mark, 1)[1]
                    reason = re.sub(r"^(: ?[A-Z0-9, ]+|\[[a-z-, ]+\])?", "", after).strip()
                    assert reason, f"{name_of(path)}:{number} needs a reason beside it"
