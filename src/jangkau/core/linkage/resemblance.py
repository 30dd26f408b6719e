"""How two names resemble each other, in a few levels that can be said in words. The costly comparison of letters is
made on candidate pairs only, once for each distinct pair of names."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

Bools = NDArray[np.bool_]
# Levels, from equal to different. SIBLING: one vowel stands for another (RINA, RINI): the way twins are named, and
# seldom a slip of the pen. LOOSE: a token in common or few letters apart; says something beside an equal number only.
SAME, SLIP, INITIALS, PART, SIBLING, LOOSE, DIFFERENT = range(7)
_FORMS = ("canon", "ordered", "spelled", "tokens", "keys", "initials", "bits", "part_bits")
_CHUNK = 500_000  # pairs whose letters are in memory at once
_VOWELS = frozenset("AIUEO")


def may_agree(left: pl.DataFrame, right: pl.DataFrame, forms: pl.DataFrame) -> Callable[[pl.DataFrame], Bools]:
    """Tells of pairs (left, right: positions of records with a name_id) whether their names could stand on a level
    above LOOSE: what letters and tokens occur in each says so for a tenth of what the levels cost. False is sure."""
    one, other = _outline(left, forms), _outline(right, forms)

    def may(pairs: pl.DataFrame) -> Bools:
        at, to = pairs["left"].to_numpy(), pairs["right"].to_numpy()
        apart = np.bitwise_count(one.letters[at] ^ other.letters[to])
        size, other_size = one.size[at], other.size[to]
        short = np.minimum(size, other_size)
        allowed = (short >= 4).astype(np.int16) + (short >= 16)  # as many letters as two spellings differ by
        close = (apart <= 2 * allowed) & (np.abs(size - other_size) <= allowed)
        marks, other_marks = one.marks[at], other.marks[to]
        both = marks & other_marks
        part = (both == marks) | (both == other_marks)
        abbreviated = (one.words[at] == other.words[to]) & (one.initials[at] | other.initials[to])
        found: Bools = close | part | abbreviated
        return found

    return may


class _Outline(NamedTuple):
    """Of each record what its name is made of; a record without a name resembles none that has one."""

    letters: NDArray[np.uint32]
    marks: NDArray[np.uint64]
    size: NDArray[np.int16]
    words: NDArray[np.uint32]
    initials: Bools


def _outline(records: pl.DataFrame, forms: pl.DataFrame) -> _Outline:
    known = forms.select("letters", "marks", "size", words=pl.col("tokens").list.len(), initials=pl.col("initials") > 0)
    nobody = {"letters": 1 << 31, "marks": 1 << 63, "size": -9, "words": 0, "initials": False}
    named = known.select(pl.all().gather(records["name_id"]))
    return _Outline(
        *(named[name].fill_null(pl.lit(value, dtype=known.schema[name])).to_numpy() for name, value in nobody.items())
    )


def name_levels(pairs: pl.DataFrame, forms: pl.DataFrame) -> pl.DataFrame:
    """`pairs` (left_name, right_name: name_id of `forms`, u32, null when missing) with `name_level` (u8; null when a
    name is missing) and `name_bits`, the weight of the agreement in bits.

    >>> from jangkau.core.linkage.names import name_forms
    >>> forms = name_forms([pl.Series(["ITA SUMARNI", "ITA S.", "ITA SUMARNO"])])
    >>> pairs = pl.DataFrame({"left_name": [0, 0], "right_name": [1, 2]}).cast(pl.UInt32)
    >>> name_levels(pairs, forms)["name_level"].to_list() == [INITIALS, INITIALS]
    True
    """
    same = pl.col("left_name") == pl.col("right_name")
    distinct = pairs.select("left_name", "right_name").filter(~same).unique().sort("left_name", "right_name")
    levels = [_levels_of(part, forms) for part in distinct.iter_slices(_CHUNK)]
    table = pl.concat(levels) if levels else _levels_of(distinct, forms)
    found = pairs.join(table, on=["left_name", "right_name"], how="left", maintain_order="left")
    return found.with_columns(
        name_level=pl.when(same).then(pl.lit(SAME, dtype=pl.UInt8)).otherwise("name_level"),
        name_bits=pl.when(same).then(forms["bits"].gather(found["left_name"])).otherwise("name_bits"),
    )


def _levels_of(pairs: pl.DataFrame, forms: pl.DataFrame) -> pl.DataFrame:
    left = forms.select(_FORMS)[pairs["left_name"]]
    right = forms.select(_FORMS)[pairs["right_name"]]
    both = pl.concat([left, right.rename({c: f"{c}_r" for c in right.columns})], how="horizontal")
    both = both.with_columns(
        run=pl.col("canon").str.replace_all(" ", "", literal=True),
        run_r=pl.col("canon_r").str.replace_all(" ", "", literal=True),
    )
    edits = np.minimum(_edits(both["run"], both["run_r"]), _edits(both["ordered"], both["ordered_r"]))
    length = pl.min_horizontal(pl.col("run").str.len_chars(), pl.col("run_r").str.len_chars())
    allowed = pl.when(length >= 16).then(2).when(length >= 4).then(1).otherwise(0)
    both = both.with_columns(edits=pl.Series(edits)).with_columns(close=pl.col("edits") <= allowed)
    level = pl.Series(_level_array(both), dtype=pl.UInt8)
    shorter = pl.min_horizontal("part_bits", "part_bits_r")
    rare = pl.min_horizontal("bits", "bits_r")
    weighed = both.select(
        name_level=level,
        name_bits=pl.when(level == SAME).then(rare)
        .when(level == SLIP).then(rare - 4 * pl.Series(edits).clip(1, 2).cast(pl.Int8))
        .when(level == INITIALS).then(shorter - 2)
        .when(level == PART).then(shorter - 7)
        .when(level == SIBLING).then(rare - 7)
        .when(level == LOOSE).then(-4.0)
        .otherwise(-12.0),
    )  # fmt: skip
    return pl.concat([pairs, weighed], how="horizontal")


def _edits(left: pl.Series, right: pl.Series) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    """Letters inserted, left out, exchanged or swapped with the neighbour; 3 stands for more than two."""
    return process.cpdist(
        left.to_list(), right.to_list(), scorer=OSA.distance, score_cutoff=2, workers=-1, dtype=np.uint8
    )


def _level_array(both: pl.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    level = np.full(both.height, DIFFERENT, dtype=np.uint8)
    subset = (pl.col("tokens").list.set_difference("tokens_r").list.len() == 0) | (
        pl.col("tokens_r").list.set_difference("tokens").list.len() == 0
    )
    named = (pl.col("tokens").list.len() > 0) & (pl.col("tokens_r").list.len() > 0)
    shared = pl.col("keys").list.set_intersection("keys_r").list.len() > 0
    marks = both.select(
        loose=shared | (pl.col("edits") <= 2),
        part=named & subset,
        short=(pl.col("initials") + pl.col("initials_r")) > 0,
        close="close",
        same=pl.col("edits") == 0,
    )
    level[marks["loose"].to_numpy()] = LOOSE
    level[marks["part"].to_numpy()] = PART
    short = marks["short"].to_numpy().nonzero()[0]
    if short.size:
        some = both[short]
        fits = [abbreviates(a, b) for a, b in zip(some["tokens"].to_list(), some["tokens_r"].to_list(), strict=True)]
        level[short[np.array(fits, dtype=bool)]] = INITIALS
    close = (marks["close"] & ~marks["short"]).to_numpy().nonzero()[0]
    if close.size:
        some = both[close]
        sibling = [
            vowel_differs(a, b) for a, b in zip(some["spelled"].to_list(), some["spelled_r"].to_list(), strict=True)
        ]
        level[close] = np.where(np.array(sibling, dtype=bool), SIBLING, SLIP)
    level[marks["same"].to_numpy()] = SAME
    return level


def abbreviates(left: list[str], right: list[str]) -> bool:
    """Do the two names agree token by token, a single letter standing for a name that begins with it? At least one
    token must agree in full.

    >>> abbreviates(["ITA", "S"], ["ITA", "SUMARNI"]), abbreviates(["I", "S"], ["ITA", "SUMARNI"])
    (True, False)
    """
    if len(left) != len(right):
        return False
    full = 0
    for a, b in zip(left, right, strict=True):
        if len(a) == 1 or len(b) == 1:
            if a[0] != b[0]:
                return False
        elif a == b or (min(len(a), len(b)) >= 5 and OSA.distance(a, b, score_cutoff=1) <= 1):
            full += 1
        else:
            return False
    return full > 0


def vowel_differs(left: str, right: str) -> bool:
    """Is one vowel replaced by another the only difference?

    >>> vowel_differs("SULASTRI", "SULISTRI"), vowel_differs("SULASTRI", "SULASRTI"), vowel_differs("RANI", "RINO")
    (True, False, False)
    """
    if len(left) != len(right):
        return False
    changed = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    return len(changed) == 1 and changed[0][0] in _VOWELS and changed[0][1] in _VOWELS
