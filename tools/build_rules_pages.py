"""Writes docs/rules: a page for each rule with its worked cases, one for all parameters, and an index.

python -m tools.build_rules_pages
"""

from __future__ import annotations

from pathlib import Path

from jangkau.core.rules import parameters, rules
from jangkau.core.rules.cases import read_cases
from jangkau.core.rules.describing import parameters_page, rule_page, rules_index

ROOT = Path(__file__).parents[1]


def pages() -> dict[str, str]:
    """Every page by file name."""
    cases = read_cases((ROOT / "tests/core/rules/cases.yaml").read_text(encoding="utf-8"))
    found = {f"{rule.name}.md": rule_page(rule, parameters(), cases) for rule in rules().values()}
    return found | {"README.md": rules_index(rules().values()), "parameters.md": parameters_page(parameters())}


if __name__ == "__main__":
    folder = ROOT / "docs/rules"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.md"):
        old.unlink()
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
