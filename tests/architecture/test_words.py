"""Every word on a screen is there in English, too: what the code marks for translation stands in a catalogue."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

from jangkau.programmes.construction.states import State as WorkState
from jangkau.programmes.outreach.states import State as EventState
from jangkau.programmes.subsidy.states import RoundKind
from jangkau.registry.access.presenters import deed
from jangkau.registry.cases.models import FollowUp
from jangkau.registry.cases.states import case_types
from jangkau.registry.lists.models import Ruling, State, Verdict
from jangkau.registry.lists.presenters.words import JOB_WORDS

SOURCE = Path(__file__).parents[2] / "src" / "jangkau"
CALLS = ("_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy")
SINGLE = re.compile(r"{%\s*trans(?:late)?\s+(?:\"([^\"]*)\"|'([^']*)')|_\(\"([^\"]*)\"\)")
BLOCK = re.compile(r"{%\s*blocktrans(?:late)?([^%]*)%}(.*?){%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
VARIABLE = re.compile(r"{{\s*(\w+)\s*}}")


def translated() -> set[str]:
    found: set[str] = set()
    for path in SOURCE.rglob("locale/en/LC_MESSAGES/django.mo"):
        with path.open("rb") as stream:
            catalogue = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]  # has no public reading
        keys = (key[0] if isinstance(key, tuple) else key for key in catalogue)
        found |= {key.rsplit("\x04", 1)[-1] for key in keys}
    return found


def in_python() -> Iterator[tuple[str, Path]]:
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Call) and name in CALLS:
                told = node.args[1 if name.startswith("pget") else 0]
                if isinstance(told, ast.Constant):
                    yield str(told.value), path


def in_templates() -> Iterator[tuple[str, Path]]:
    for path in SOURCE.rglob("templates/**/*.html"):
        text = path.read_text()
        for match in SINGLE.finditer(text):
            yield next(part for part in match.groups() if part is not None).replace("%", "%%"), path
        for options, body in BLOCK.findall(text):
            said = re.split(r"{%\s*plural\s*%}", body)[0]
            if "trimmed" in options:
                said = " ".join(line.strip() for line in said.strip().splitlines())
            yield VARIABLE.sub(r"%(\1)s", said.replace("%", "%%")), path


def test_every_marked_word_has_its_english():
    known = translated()
    missing = sorted({(str(path.relative_to(SOURCE)), said) for said, path in (*in_python(), *in_templates())
                      if said and said not in known})  # fmt: skip
    assert missing == []


STATES = {  # the values that the variable part of an action takes
    "follow_up_": FollowUp.State, "job_": JOB_WORDS, "ruling_": Ruling.State, "rows_": Verdict, "subsidy_": RoundKind,
    "list_": (State.READ, State.UNREADABLE), "change_": ("applied", "undone"), "event_": EventState, "work_": WorkState,
    "case_": {step for declared in case_types().values() for step in declared.steps},
}  # fmt: skip
HANDED_ON = {  # files where a function takes the action as an argument
    "web/site/accounts.py": ("signed_in", "password_changed", "second_step_added", "second_step_removed",
                             "second_step_reset"),
}  # fmt: skip


RECORDS = ("record", "record_look")


def recorded() -> Iterator[str]:
    """Every action that the code writes into the record of changes."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                not isinstance(node, ast.Call)
                or getattr(node.func, "attr", getattr(node.func, "id", "")) not in RECORDS
            ):
                continue
            for said in (word.value for word in node.keywords if word.arg == "action"):
                if isinstance(said, ast.JoinedStr):
                    before = said.values[0]
                    assert isinstance(before, ast.Constant)
                    yield from (f"{before.value}{value}" for value in STATES[str(before.value)])
                elif isinstance(said, ast.Name):
                    yield from HANDED_ON[str(path.relative_to(SOURCE))]
                else:
                    yield from (str(part.value) for part in ast.walk(said) if isinstance(part, ast.Constant))


def test_every_action_of_the_record_has_its_words():
    actions = set(recorded())
    assert len(actions) > 150
    assert sorted(action for action in actions if deed(action) == action.replace("_", " ")) == []
