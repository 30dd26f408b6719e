"""Corrected workbooks of `jangkau read --corrected`, in the folders that the lists came in."""

from __future__ import annotations

from pathlib import Path

from jangkau.core.reading import ListReading
from jangkau.core.reading.answers import corrected_name, corrected_workbook
from jangkau.registry.lists.presenters.answers import problem_sentences


def write_corrected(folder: Path, source: Path, content: bytes, reading: ListReading, taken: set[Path]) -> None:
    """Writes the answer to one list below `folder`. `taken`: the answers of this run, which, like the list itself, are
    never overwritten."""
    made = corrected_workbook(
        content,
        reading.name,
        rows=reading.rows,
        problems=reading.problems,
        tables=reading.tables,
        sentences=problem_sentences(),
    )
    first = folder.resolve() / Path(reading.name).parent / corrected_name(reading.name)
    place, number = first, 1
    while place in taken or place == source.resolve():
        number += 1
        place = first.with_stem(f"{first.stem} ({number})")
    taken.add(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(made)
