"""Which published lists does another take the place of? Those of the same path, or those it is the corrected answer to
(uploaded without a folder, or sent back in the same one). Lists of another kind never are."""

from __future__ import annotations

from collections import defaultdict

from jangkau.core.reading.answers import corrected_name
from jangkau.registry.lists.models import SentList, State

HEAVY = ("tables", "problem_counts", "report", "project", "told")  # nothing that is asked of an older version
_Key = tuple[str | None, ...]


class Versions:
    """The published lists, found by the one that takes their place."""

    def __init__(self) -> None:
        """Reads them once: a run asks for hundreds of lists."""
        self._found: defaultdict[_Key, dict[int, SentList]] = defaultdict(dict)
        for item in SentList.objects.filter(state=State.PUBLISHED).defer(*HEAVY).order_by("pk"):
            self.add(item)

    def add(self, item: SentList) -> None:
        """From now on `item` is published."""
        for key in _keys(item):
            self._found[key][item.pk] = item

    def remove(self, item: SentList) -> None:
        """From now on `item` is not published any more."""
        for key in _keys(item):
            self._found[key].pop(item.pk, None)

    def before(self, item: SentList) -> list[SentList]:
        """The lists whose place `item` takes, those of its path first."""
        folder = item.path.rpartition("/")[0]
        same = self._found[(item.kind, item.path)].values()
        answered = self._found[(item.kind, item.village_id, item.file_name)].values()
        fitting = [old for old in answered if old.path != item.path and folder in ("", old.path.rpartition("/")[0])]
        return [old for old in (*same, *fitting) if old.pk != item.pk]


def _keys(item: SentList) -> tuple[_Key, _Key]:
    """By what another list finds this one: its path, and what the answer to it would be called."""
    return (item.kind, item.path), (item.kind, item.village_id, corrected_name(item.path))
