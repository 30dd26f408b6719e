"""`jangkau rules`: the rules there are, what one needs and rests on, cases from a file, figures to check again."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import date
from pathlib import Path

from jangkau.core import rules as law
from jangkau.core.kernel import Refused, Unknown
from jangkau.core.rules import Rule, parameters
from jangkau.core.rules.cases import evaluate_case, read_cases
from jangkau.core.rules.describing import parameter_section, rule_page
from jangkau.core.rules.given import Input


def rules(given: argparse.Namespace) -> int:
    """Dispatches to list, show, evaluate or due."""
    if given.action in ("show", "evaluate") and not given.what:
        sys.stderr.write(f"jangkau rules {given.action} NAME|FILE.yaml\n")
        return 2
    return {"list": _list, "show": _show, "evaluate": _evaluate, "due": _due}[given.action](given)


def _list(given: argparse.Namespace) -> int:
    if given.json:
        _print([_summary(rule) for rule in law.rules().values()])
        return 0
    for rule in law.rules().values():
        _say(f"{rule.name:26s}{rule.english if _english() else rule.indonesian}")
    return 0


def _show(given: argparse.Namespace) -> int:
    rule = dict(law.rules()).get(given.what)
    if rule and given.json:
        _print(_summary(rule))
        return 0
    if rule:
        _say(rule_page(rule, parameters()))
    if given.what in parameters():
        _say(parameter_section(parameters()[given.what]))
    elif not rule:
        raise Unknown(
            f"Tidak ada aturan atau parameter “{given.what}”. Lihat: jangkau rules list.",
            f"There is no rule or parameter “{given.what}”. See: jangkau rules list.",
        )
    return 0


def _evaluate(given: argparse.Namespace) -> int:
    path = Path(given.what)
    if not path.is_file():
        raise Unknown(f"“{path}” tidak ada.", f"“{path}” does not exist.")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Refused(f"“{path}” bukan teks UTF-8.", f"“{path}” is not UTF-8 text.") from None
    told = [evaluate_case(case, "en" if _english() else "id") for case in read_cases(text)]
    if given.json:
        _print(told)
    else:
        for case in told:
            mark = {True: "sama ", False: "BEDA ", None: "     "}[case["equal"]]  # type: ignore[index]  # bool or None
            _say(f"{mark}{case['rule']}: {case['title']}: {case.get('computed', case.get('error'))}")
    return 1 if any(case["equal"] is False for case in told) else 0


def _due(given: argparse.Namespace) -> int:
    today = given.as_of or date.today()  # noqa: DTZ011  the terminal's own day
    found = parameters().due(today, given.within)
    if given.json:
        _print(
            [
                {"parameter": parameter.name, "title": parameter.english, "from": value.since, "to": value.until,
                 "status": value.status, "check_by": value.check_by,
                 "past": value.check_by < today, "source": value.source}
                for parameter, value in found
            ]
        )  # fmt: skip
        return 0
    for parameter, value in found:
        title = parameter.english if _english() else parameter.indonesian
        _say(f"{value.check_by}  {parameter.name:30s}{title} ({value.status})")
    return 0


def _summary(rule: Rule) -> dict[str, object]:
    return {
        "name": rule.name, "title": {"id": rule.indonesian, "en": rule.english}, "law": rule.law,
        "forms": [
            {"given": [_field(each) for each in form.inputs.values()], "gives": list(form.outputs)}
            for form in rule.forms
        ],
    }  # fmt: skip


def _field(entry: Input) -> dict[str, object]:
    titles = {"id": entry.indonesian, "en": entry.english}
    return {"name": entry.name, "kind": entry.kind, "options": list(entry.options), "title": titles}


def _english() -> bool:
    return os.environ.get("LANG", "").startswith("en")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _print(value: object) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1, default=str)
    sys.stdout.write("\n")
