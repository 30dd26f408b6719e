"""What is shown passes the boundary between branch and local government: a file that shows a value of a bounded column
takes it out, or stands below with the reason why it need not. And showing it waits for no publication."""

from __future__ import annotations

import re
from pathlib import Path

from jangkau.registry.access.permissions import COLUMN_OF

SOURCE = Path(__file__).parents[2] / "src" / "jangkau"
FACES = ("presenters", "views", "api", "presenters.py", "views.py", "api.py", "templates")
PASSES = re.compile(r"\b(taken_out|value_for|withheld|hidden_facts|column_of|columns_of)\b|\.sees\(")
NAMES = re.compile(rf"""\.({"|".join(COLUMN_OF)})\b|["']({"|".join(COLUMN_OF)})["']""")
NOBODYS = "figures of a scheme, a plan or a calculator, typed by who asks"
REASONS = {
    "web/dashboards/presenters/calculators": NOBODYS,
    "web/dashboards/presenters/plan.py": NOBODYS,
    "programmes/subsidy/views/schemes.py": NOBODYS,
    "programmes/subsidy/templates/subsidy/nominees.html": "rows of presenters/nominees.py",
    "programmes/agents/templates": "rows of agents.queries; an agent's own portfolio",
    "programmes/claims/presenters/entitlement.py": "memberships of claims.queries.rights, without wages",
    "programmes/construction": "what a village pays its builders, told by the village",
    "programmes/compliance/templates": "the employer of views/employers.py",
    "registry/people/templates/people/person.html": "rows of lists/views/people.py",
    "registry/lists/presenters/people.py": "whether somebody is covered, from the months paid",
    "registry/lists/presenters/words.py": "names of columns",
    "registry/lists/templates/lists/_rows.html": "the branch's answer in a confirmation, which is government's",
}  # fmt: skip


def test_a_face_that_names_a_bounded_field_takes_it_out_or_has_a_reason():
    bare, used = [], set()
    for path in [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")]:
        place = str(path.relative_to(SOURCE))
        text = path.read_text()
        if not set(FACES) & set(path.relative_to(SOURCE).parts) or not NAMES.search(text) or PASSES.search(text):
            continue
        reasons = {known for known in REASONS if place.startswith(known)}
        used |= reasons
        if not reasons:
            bare.append(place)
    assert bare == []
    assert sorted(set(REASONS) - used) == [], "no such file any more"


def test_a_face_records_looks_alone():
    """`record` waits for whoever publishes; changes are recorded by the actions that make them."""
    waits = re.compile(r"(?<!_)\brecord\(by|actions import record\b")
    faces = [path for path in SOURCE.rglob("*.py") if {"views", "views.py", "api"} & set(path.parts)]
    found = [str(path) for path in faces if "actions" not in path.parts and waits.search(path.read_text())]
    assert found == []


def test_parquet_is_opened_where_it_is_sealed():
    """`store` knows which files name people; backups lie in one archive, the command line reads and writes files of
    whoever calls it."""
    opens = re.compile(r"(read|scan|write|sink)_parquet|ParquetFile")
    found = {str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py") if opens.search(path.read_text())}
    mine = {f"web/site/{name}.py" for name in ("backups/tables", "cli/exports", "cli/linking")}
    assert found == {"registry/lists/gateways/store.py", *mine}
