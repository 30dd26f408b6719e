"""Which people have a name with these words? An index of the words of all names that the database keeps by itself:
FTS5 with triggers on SQLite, a GIN index over to_tsvector on PostgreSQL. Made after every migration where it is
missing, so that a table made anew does not lose it. It knows where words begin; within words it finds nobody."""

from __future__ import annotations

import re

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.expressions import CombinedExpression, RawSQL

from jangkau.registry.people.gateways import bulk

_LONG = 3  # letters: of shorter ones so many words begin that a page of them is soon found among all names
_WORD = re.compile(r"[^\W_]+")  # as FTS5 cuts them: an underscore stands between two
_MAKE_SQLITE = (
    # lengths of names (columnsize) serve to rank them, which nobody asks: they cost two thirds of making the index
    "CREATE VIRTUAL TABLE people_name_words USING fts5(name, content='people_person', content_rowid='id', detail=none, "
    "columnsize=0)",
    "INSERT INTO people_name_words(people_name_words) VALUES ('rebuild')",
)
_ADD = "INSERT INTO people_name_words(rowid, name) VALUES (NEW.id, NEW.name);"
_TAKE = "INSERT INTO people_name_words(people_name_words, rowid, name) VALUES ('delete', OLD.id, OLD.name);"
_TRIGGERS = {
    "people_name_added": f"AFTER INSERT ON people_person BEGIN {_ADD} END",
    "people_name_removed": f"AFTER DELETE ON people_person BEGIN {_TAKE} END",
    "people_name_changed": "AFTER UPDATE OF name ON people_person WHEN OLD.name IS NOT NEW.name "
    f"BEGIN {_TAKE} {_ADD} END",
}
_KEEP_SQLITE = [f"CREATE TRIGGER IF NOT EXISTS {name} {does}" for name, does in _TRIGGERS.items()]
_WORDS = "to_tsvector('simple', regexp_replace(coalesce(%(expressions)s, ''), '\\W+', ' ', 'g'))"
_INDEXED = _WORDS % {"expressions": "name"}
_MAKE_POSTGRES = f"CREATE INDEX IF NOT EXISTS people_name_words ON people_person USING gin ({_INDEXED})"


def keep_index() -> None:
    """Makes what is missing of the index, and fills it."""
    if connection.vendor == "postgresql":
        bulk.run([_MAKE_POSTGRES])
        return
    there = _there()
    if there < {"people_name_words", *_TRIGGERS}:
        bulk.run(_MAKE_SQLITE if "people_name_words" not in there else _MAKE_SQLITE[1:])
        bulk.run(_KEEP_SQLITE)


def set_aside() -> list[str]:
    """Stops keeping the index while a table is filled; returns the statements that make it right again."""
    if connection.vendor != "sqlite" or not _there() & _TRIGGERS.keys():
        return []
    bulk.run(f"DROP TRIGGER IF EXISTS {name}" for name in _TRIGGERS)
    return [*_KEEP_SQLITE, _MAKE_SQLITE[1]]


def have_words(sought: str) -> Q | CombinedExpression | None:
    """The condition that each sought word begins a word of a person's name; None: a search of all names does as well,
    as every word is short, or letters are among them that databases tell apart in their own ways."""
    words = _WORD.findall(sought)
    if max(map(len, words), default=0) < _LONG or not sought.isascii():
        return None
    if connection.vendor == "postgresql":
        query = Func(Value(" & ".join(f"{word}:*" for word in words)), template="to_tsquery('simple', %(expressions)s)")
        return CombinedExpression(Func(F("name"), template=_WORDS), "@@", query, output_field=BooleanField())
    asked = " ".join(f'"{word}"*' for word in words)
    return Q(pk__in=RawSQL("SELECT rowid FROM people_name_words WHERE people_name_words MATCH %s", [asked]))


def _there() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE 'people_name_%%'")
        return {name for (name,) in cursor.fetchall()}
