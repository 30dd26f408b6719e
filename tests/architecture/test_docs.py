"""What can be typed or read by others stands in the docs."""

from __future__ import annotations

import argparse
import ast
import re
from pathlib import Path

from jangkau.core.kernel import LINE_KINDS, PROBLEM_CODES
from jangkau.core.reading.headers import HEADER_RULES
from jangkau.registry.lists.models import Kind
from jangkau.registry.lists.presenters.words import FIELD_WORDS, PROBLEM_WORDS
from jangkau.web.site.cli.main import _parser

ROOT = Path(__file__).parents[2]
COMMANDS = (ROOT / "docs/guide/commands.md").read_text()
GLOSSARY = (ROOT / "GLOSSARY.md").read_text()
# legal abbreviations that must not appear in code without standing in the glossary
INSTITUTIONS = (
    "nik", "kk", "npp", "kpj", "nib", "jkk", "jkm", "jht", "jp", "jkp", "pu", "bpu", "jakon", "pmi", "perisai", "dtsen",
    "wlkp", "oss", "pwbd", "pds_tk", "non_asn", "kbli", "ucj", "sakernas", "umk", "bnba", "skk", "kpknl",
)  # fmt: skip


def _commands() -> dict[str, argparse.ArgumentParser]:
    actions = [a for a in _parser()._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(actions[0].choices)


def test_every_command_and_its_options_stand_in_its_rows_and_no_others():
    rows: dict[str, str] = {}
    for line in COMMANDS.splitlines():
        for name in re.findall(r"^\| `jangkau ([a-z-]+)", line):
            rows[name] = rows.get(name, "") + line
    told = {name: set(re.findall(r"--[a-z-]+", row)) for name, row in rows.items()}
    options = {name: {option for action in parser._actions for option in action.option_strings}
               for name, parser in _commands().items()}  # fmt: skip
    everywhere = {"-h", "--help", "--data"}
    assert told == {name: known - everywhere for name, known in options.items()}


def test_settings_and_their_table_agree():
    sources = [(ROOT / "src/jangkau/web/site" / name).read_text() for name in ("settings.py", "cli/main.py")]
    read = set(re.findall(r'environ\.get\(\s*"([A-Z_]+)"', "".join(sources))) - {"LANG"}
    table = COMMANDS.split("## Settings")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `([A-Z_]+)`", table, re.MULTILINE)) == read


def test_every_kind_of_list_and_every_code_is_documented_and_has_words():
    for kind in Kind.values:
        assert f"`{kind}`" in COMMANDS, kind
    for code in (*PROBLEM_CODES, *LINE_KINDS):
        assert f"`{code}`" in COMMANDS, code
    assert set(PROBLEM_WORDS) == set(PROBLEM_CODES)


def test_every_field_a_column_can_hold_has_words():
    assert {field for field, _ in HEADER_RULES} <= set(FIELD_WORDS)


def test_institutional_terms_used_in_code_stand_in_the_glossary():
    used = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            name = node.id if isinstance(node, ast.Name) else node.arg if isinstance(node, ast.arg) else ""
            name = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else name
            used |= {term for term in INSTITUTIONS if name.lower() == term}
    missing = [term for term in sorted(used) if f"`{term}`" not in GLOSSARY and term.upper() not in GLOSSARY]
    assert not missing


def test_the_guide_names_files_that_exist():
    for page in [*(ROOT / "docs/guide").glob("*.md"), ROOT / "ARCHITECTURE.md", ROOT / "README.md"]:
        text = page.read_text()
        for name in re.findall(r"`((?:registry|core|web)/[a-z_/]+\.py)`", text):
            assert (ROOT / "src/jangkau" / name).exists(), f"{page.name}: {name}"
        for name in re.findall(r"`(tests/[a-z_/]+\.py)`", text):
            assert (ROOT / name).exists(), f"{page.name}: {name}"
        for name in re.findall(r"\]\(((?!http)[^)#]+)\)", text):
            assert (page.parent / name).exists(), f"{page.name}: {name}"
