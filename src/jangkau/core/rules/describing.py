"""A page for each rule and for the parameters, made from the code: what goes in, what comes out, every step with its
article, every dated value with its status, source and day of checking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jangkau.core.rules.engine import HISTORY, Form, Rule
from jangkau.core.rules.given import ALWAYS, WHEN_USED, Input
from jangkau.core.rules.parameters import Book, Parameter, Table, Value
from jangkau.core.rules.words import law_in, plain, shown


def rule_page(rule: Rule, book: Book, cases: Iterable[Mapping[str, object]] = ()) -> str:
    """The page of a rule in Markdown; `cases` are shown as worked examples."""
    lines = [f"# `{rule.name}`", "", f"{rule.english}. ({rule.indonesian}.)", ""]
    if rule.law:
        lines += [f"Law: {law_in(rule.law, 'en')}.", ""]
    for number, form in enumerate(rule.forms, 1):
        if len(rule.forms) > 1:
            lines += [f"## Way {number} to ask", ""]
        lines += _form(form, book)
    shown_cases = [case for case in cases if case["rule"] == rule.name]
    if shown_cases:
        lines += ["## Worked cases", "", "| case | given | expected |", "|---|---|---|"]
        lines += [
            f"| {case.get('title', '')} | {_pairs(case['given'])} | {_pairs(case['expected'])} |"
            for case in shown_cases
        ]
        lines.append("")
    return "\n".join(lines)


def _pairs(values: object) -> str:
    assert isinstance(values, dict)
    return ", ".join(f"{key} {plain(value)}" for key, value in values.items()).replace("|", "\\|")


def _form(form: Form, book: Book) -> list[str]:
    lines = ["| input | kind | meaning | needed |", "|---|---|---|---|"]
    for entry in form.inputs.values():
        kind = " \\| ".join(entry.options) if entry.options else entry.kind
        lines.append(f"| `{entry.name}` | {kind} | {entry.english} ({entry.indonesian}) | {_needed(entry)} |")
    dated = f"The law of: `{form.dated_by}`." if form.dated_by else "Without a date: the law without a known end."
    lines += ["", f"Gives: {', '.join(f'`{name}`' for name in form.outputs)}. {dated}", ""]
    lines += ["| step | what | law | from | condition |", "|---|---|---|---|---|"]
    for quantity in form.quantities.values():
        names = []
        for name in quantity.arguments:
            called = name.removesuffix(HISTORY)
            names.append(
                f"[{called}](parameters.md#{called})" if called in book and name not in form.quantities else name
            )
        when = f"only when {quantity.when}" if quantity.when else ""
        lines.append(
            f"| {quantity.name} | {quantity.english} | {law_in(quantity.law, 'en')} | {', '.join(names)} | {when} |"
        )
    return [*lines, ""]


def _needed(entry: Input) -> str:
    if entry.default is ALWAYS:
        return "always"
    if entry.default is WHEN_USED:
        return "when the case gets there"
    return "no" if entry.default is None else f"no: {plain(entry.default)}"


def parameter_section(parameter: Parameter) -> str:
    """The part of the page of parameters about one of them."""
    lines = [f"## {parameter.name}", "", f"{parameter.english} ({parameter.indonesian}), {parameter.unit}.", ""]
    lines += ["| from | to | value | law | status | source | check by |", "|---|---|---|---|---|---|---|"]
    for value in parameter.values:
        until = value.until.isoformat() if value.until else "open"
        law = law_in(value.law, "en")
        source = f"<{value.source}>" if value.source.startswith("http") else value.source.lstrip("- ")
        figure = _content(parameter, value)
        lines.append(f"| {value.since} | {until} | {figure} | {law} | {value.status} | {source} | {value.check_by} |")
    if parameter.after[1]:
        lines += ["", parameter.after[1]]
    return "\n".join([*lines, ""])


def _content(parameter: Parameter, value: Value) -> str:
    content = value.content
    if isinstance(content, Table):
        parts = zip(content.keys, content.entries, content.statuses, strict=True)
        return "; ".join(
            f"{key}: {shown(entry, parameter.unit, 'en')}{f' ({status})' if status else ''}"
            for key, entry, status in parts
        )
    if isinstance(content, tuple):
        return ", ".join(f"{day:%m-%d}" for day in content)
    return shown(content, parameter.unit, "en")


def parameters_page(book: Book) -> str:
    """All parameters, by name."""
    head = "# Parameters\n\nEvery dated figure of the law, made from `core/rules/law/*.yaml`.\n"
    return "\n".join([head, *(parameter_section(book[name]) for name in sorted(book))])


def rules_index(rules: Iterable[Rule]) -> str:
    """The page that names all rules."""
    lines = [
        "# Rules", "", "What `jangkau rules evaluate` computes; [every figure it uses](parameters.md). Made from",
        "the code by `python -m tools.build_rules_pages`.", "", "| rule | gives | law |", "|---|---|---|",
    ]  # fmt: skip
    lines += [f"| [`{rule.name}`]({rule.name}.md) | {rule.english} | {law_in(rule.law, 'en')} |" for rule in rules]
    return "\n".join([*lines, ""])
