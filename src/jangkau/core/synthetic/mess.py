"""What officers' hands do to the facts: numbers left out, shortened or mistyped, dates that are none, names
abbreviated or run together, people twice in a list, people of another village. Each entry keeps what a careful
reader can still take from the row, and which problems he should name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import polars as pl
from numpy.random import Generator

from jangkau.core.synthetic import words

MISSING_NIK = ("", "", "-", "belum ada", "x", "0000000000000000")
MARKS = {"L": (" (alm)", " (Alm.)"), "P": (" (almh)", " (Almh.)")}
MOVES = ("pindah ke Cianjur", "PINDAH KE BOGOR", "Pindah ke Bandung", "Pindah domisili")
NOTES = ("", "", "", "", "", "", "ok", "KPM PKH", "BPNT", "KIS", "-", "")


@dataclass(slots=True)
class Entry:
    """One line of a list: what is written, and what is true of the writing."""

    person_id: int
    name: str
    nik: str
    birth: date | str | None  # what is written: a date, something unreadable, nothing
    sex: str
    birth_place: str
    kk: str
    mother: str
    hamlet: str
    rt: int
    rw: int
    occupation: str
    facts: dict[str, Any]  # further columns of the frame, as they are
    note: str = ""
    mark: str = ""  # "(alm)" behind the name
    place: str = ""  # a village named in the row, when it is not the list's own
    nik_true: str = ""  # the digits a careful reader takes; empty when they cannot be known
    nik_is_right: bool = True
    birth_true: date | None = None
    village_code: str = ""
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Habits:
    """How often each slip happens, per row."""

    nik_missing: float = 0.055
    nik_short: float = 0.013
    nik_mistyped: float = 0.022
    nik_of_neighbour: float = 0.0015
    date_missing: float = 0.010
    date_unreadable: float = 0.008
    date_shifted: float = 0.008
    name_shortened: float = 0.03
    name_mistyped: float = 0.03
    name_run_together: float = 0.02
    patronym: float = 0.01
    repeated: float = 0.013
    noted: float = 0.12
    place_unknown: float = 0.003
    death_marked: float = 0.5
    move_noted: float = 0.45

    def times(self, mess: float) -> Habits:
        """All frequencies times `mess`, at most one half each."""
        return Habits(**{name: min(0.5, getattr(self, name) * mess) for name in self.__dataclass_fields__})


# Offices enter with more care than villages.
OFFICE = Habits(
    nik_missing=0.03,
    nik_short=0.006,
    repeated=0.0,
    noted=0.0,
    place_unknown=0.0,
    name_run_together=0.005,
    death_marked=0.0,
    move_noted=0.0,
)


def entries(people: pl.DataFrame, rng: Generator, habits: Habits, *, says_place: bool = False) -> list[Entry]:
    """One entry for each line of `people`, in that order, as an officer would write it."""
    draws = rng.random((people.height, 10)).tolist()
    picks = rng.integers(0, 1 << 30, (people.height, 4)).tolist()
    made: list[Entry] = []
    for row, draw, pick in zip(people.iter_rows(named=True), draws, picks, strict=True):
        entry = Entry(
            person_id=row["person_id"],
            name=f"{row['title']} {row['name']}" if row["title"] and pick[0] % 3 else row["name"],
            nik=row["nik"],
            birth=row["birth_date"],
            sex=row["sex"],
            birth_place=row["birth_place"],
            kk=row["kk"],
            mother=row["mother_name"],
            hamlet=row["hamlet"],
            rt=row["rt"],
            rw=row["rw"],
            occupation=_written(row["occupation"], pick[0]),
            facts=row,
            village_code=row["village_code"] or "",
            nik_true=row["nik"],
            birth_true=row["birth_date"],
        )
        _mess_nik(entry, draw, pick, habits, made)
        _mess_birth(entry, draw, pick, habits)
        _mess_name(entry, draw, pick, habits)
        if draw[7] < habits.noted:
            entry.note = NOTES[pick[3] % len(NOTES)]
        _mess_life(entry, draw, pick, habits)
        if says_place and draw[8] < habits.place_unknown:
            entry.place, entry.village_code = words.ELSEWHERE[pick[3] % len(words.ELSEWHERE)], ""
            entry.problems.append("region_unknown")
        made.append(entry)
    return made


def in_slices(people: pl.DataFrame, rng: Generator, habits: Habits) -> Iterator[Entry]:
    """The same for long lists, a few thousand people at a time."""
    for part in people.iter_slices(5_000):
        yield from entries(part, rng, habits)


def check(entry: Entry, as_of: date, *, sex_stated: bool = True) -> Entry:
    """Adds the problems that can be seen by comparing what the row says: NIK with date and sex, age."""
    born, nik = entry.birth_true, entry.nik_true
    if len(nik) == 16:
        day = int(nik[6:8])
        woman = day > 40
        if born and f"{day - 40 * woman:02d}{nik[8:12]}" != f"{born:%d%m}{born.year % 100:02d}":
            entry.problems.append("nik_birthdate_mismatch")
        if sex_stated and woman != (entry.sex == "P"):
            entry.problems.append("nik_sex_mismatch")
    if born and as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day)) > 65:
        entry.problems.append("over_age")
    return entry


def forget_birth(entry: Entry) -> Entry:
    """The list states no birth date, so nothing about it can be known or wrong."""
    entry.birth = entry.birth_true = None
    entry.problems = [code for code in entry.problems if code not in ("date_missing", "date_unreadable")]
    return entry


def place_text(name: str, pick: int, mess: float = 1.0) -> str:
    """The name of a village or district as officers write it: capitals, a prefix, now and then a slip of the pen that
    a careful reader still understands.

    >>> place_text("Buniwangi", 43), place_text("Buniwangi", 1003)
    ('Buniwangi', 'Buniwwangi')
    """
    text = (name, name.upper(), name, name, f"Ds. {name}", name, name.upper(), name)[pick % 8]
    if pick % 1000 < 40 * mess and len(name) > 5:
        at = len(text) - len(name) + 2 + pick % (len(name) - 4)
        return text[:at] + text[at - 1] + text[at:]
    return text


def lose_digits(entry: Entry) -> Entry:
    """The NIK went through a number cell: sixteen digits keep fifteen, and nobody may guess the last."""
    if entry.nik_true:
        entry.nik_true, entry.nik_is_right = "", False
        entry.problems = [code for code in entry.problems if code != "nik_shared"] + ["nik_precision_lost"]
    return entry


def _mess_life(entry: Entry, draw: list[float], pick: list[int], habits: Habits) -> None:
    """Some officers mark the dead and note who has moved away; others simply carry them on."""
    if entry.facts["died"] and draw[9] < habits.death_marked:
        entry.mark = MARKS[entry.sex][pick[0] % 2]
        entry.problems.append("deceased")
    elif entry.facts["moved_out"] and draw[9] < habits.move_noted:
        entry.note = MOVES[pick[0] % len(MOVES)]
        entry.problems.append("moved_out_note")


def repeat_some(made: list[Entry], rng: Generator, share: float) -> list[Entry]:
    """A few people stand in the list twice, the second time near its end."""
    chosen = rng.permutation(len(made))[: rng.binomial(len(made), share)].tolist()
    again = [replace(made[index], note="") for index in chosen]
    for entry in again:
        entry.problems = [*entry.problems, "duplicate_in_list"]
    return [*made, *again]


def _written(occupation: str, pick: int) -> str:
    forms = words.WRITTEN[occupation]
    return forms[pick % len(forms)]


def _mess_nik(entry: Entry, draw: list[float], pick: list[int], habits: Habits, before: list[Entry]) -> None:
    edge = habits.nik_missing
    if draw[0] < edge:
        entry.nik, entry.nik_true, entry.nik_is_right = MISSING_NIK[pick[1] % len(MISSING_NIK)], "", False
        entry.problems.append("nik_missing")
    elif draw[0] < (edge := edge + habits.nik_short):
        cut = 6 + pick[1] % 10
        entry.nik = (
            entry.nik[:cut] + entry.nik[cut + 1 :]
            if pick[2] % 3
            else entry.nik[:cut] + entry.nik[cut] + entry.nik[cut:]
        )
        entry.nik_true, entry.nik_is_right = "", False
        entry.problems.append("nik_length")
    elif draw[0] < (edge := edge + habits.nik_mistyped):
        at = 6 + pick[1] % 10
        entry.nik = entry.nik_true = (
            entry.nik[:at] + str((int(entry.nik[at]) + 1 + pick[2] % 9) % 10) + entry.nik[at + 1 :]
        )
        entry.nik_is_right = False
    elif draw[0] < edge + habits.nik_of_neighbour and before and before[-1].nik_true:
        entry.nik = entry.nik_true = before[-1].nik_true
        entry.nik_is_right = False
        entry.problems.append("nik_shared")  # of the two rows the one that is wrong


def _mess_birth(entry: Entry, draw: list[float], pick: list[int], habits: Habits) -> None:
    born = entry.birth_true
    if born is None:
        return
    edge = habits.date_missing
    if draw[1] < edge:
        entry.birth, entry.birth_true = None, None
        entry.problems.append("date_missing")
    elif draw[1] < (edge := edge + habits.date_unreadable):
        entry.birth = (f"31-02-{born.year}", f"{born.day:02d}-{13 + born.month}-{born.year}", str(born.year))[
            pick[1] % 3
        ]
        entry.birth_true = None
        entry.problems.append("date_unreadable")
    elif draw[1] < edge + habits.date_shifted:
        shifted = born.replace(day=born.day % 28 + 1)
        entry.birth = entry.birth_true = shifted


def _mess_name(entry: Entry, draw: list[float], pick: list[int], habits: Habits) -> None:
    parts = entry.name.split()
    if draw[2] < habits.name_shortened and len(parts) > 1 and len(parts[-1]) > 2:
        entry.name = " ".join([*parts[:-1], parts[-1][0] + ("." if pick[2] % 2 else "")])
    elif draw[3] < habits.name_mistyped and len(entry.name) > 4:
        at = 1 + pick[2] % (len(entry.name) - 3)
        text = entry.name
        swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        doubled = text[: at + 1] + text[at:]
        entry.name = swapped if pick[3] % 2 and " " not in text[at : at + 2] else doubled
    elif draw[4] < habits.name_run_together and len(parts) > 1:
        entry.name = "".join(parts[:2]) + (" " + " ".join(parts[2:]) if parts[2:] else "")
    elif draw[5] < habits.patronym and len(parts) < 3:
        entry.name += (" BINTI " if entry.sex == "P" else " BIN ") + words.MEN[pick[3] % 40].upper()
    entry.name = " ".join(entry.name.split())
