"""Which licences, company reports and branch records speak of the same employer, and what that shows. Joined on NIB,
then NPP, then the cleaned name within the district, where a letter may differ; what a list does not say stays empty.
What it shows of a duty not met is found by core.measures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import polars as pl
from rapidfuzz.distance import JaroWinkler, Levenshtein
from rapidfuzz.process import cdist

EMPLOYER_SCHEMA: dict[str, pl.DataType] = {
    "employer_id": pl.Int64(),
    "npp": pl.String(),
    "nib": pl.String(),
    "name": pl.String(),
    "village_code": pl.String(),
    "district_code": pl.String(),
    "scale": pl.String(),
    "workers_found": pl.Int64(),
    "workers_registered": pl.Int64(),
    "monthly_income": pl.Int64(),
    "programmes": pl.String(),
    "arrears_months": pl.Int64(),
    "arrears": pl.Int64(),
    "lowest_wage": pl.Int64(),
    "paid_below": pl.Int64(),
    "in_branch": pl.Boolean(),
    "sources": pl.String(),
}
_WORDS, _NUMBERS = ("kind", "sheet"), ("row", "list", "workers", "wage")
_SOURCES = pl.List(pl.Struct(dict.fromkeys(_WORDS, pl.String()) | dict.fromkeys(_NUMBERS, pl.Int64())))
CLEARLY_LESS = 0.8  # assumed: a lowest wage is told roughly, and some work part of the time
SOURCES_KEPT = 12  # rows of lists that are named as evidence of one employer
FEWEST_LETTERS = 3  # of a cleaned name that tells firms apart
LOOKED_AT = 80  # least likeness at which the words are compared one by one: KONV. PRIMA, KONVEKSI PRIMA
MOST_CHANGED, LONG_WORD = 2, 5  # words that may differ; letters of a word in which one may be wrong
ALIKE = 95  # least likeness (0-100) of two names within a district that are taken for one
APART = 3  # by which the second most alike stays behind
EMPLOYER_LISTS = ("licences", "company_reports", "branch_employers")
_FORMS = r"\b(PT|CV|UD|PD|TOKO|KOPERASI|YAYASAN|PERUM|FIRMA|TB|APOTEK|KLINIK|TBK|PERSERO)\b"


def employer_key(name: pl.Expr) -> pl.Expr:
    """A firm's name without its legal form, punctuation and spaces, so that spellings of one firm meet.

    >>> pl.select(employer_key(pl.lit("Maju Jaya, CV."))).item()
    'JAYAMAJU'
    """
    return _words(name).list.sort().list.join("")


def _words(name: pl.Expr) -> pl.Expr:
    written = name.str.to_uppercase().str.replace_all(r"\b([PCU])[. ]{1,2}([TVD])\b", "${1}${2}")  # P.T., C. V.
    words = written.str.replace_all(r"[^A-Z0-9 ]", " ").str.replace_all(_FORMS, " ")
    return words.str.strip_chars().str.split(" ").list.eval(pl.element().filter(pl.element() != ""))


def compose_employers(lists: Sequence[pl.DataFrame], registered: pl.DataFrame) -> pl.DataFrame:
    """One line per employer in EMPLOYER_SCHEMA. `lists`: data rows of licences, company_reports and branch_employers,
    each with a column `kind`; `registered`: `npp, active, known` counted from the memberships, perhaps with the
    `wages` of the active ones. While contributions are in arrears nobody is active: those `known` count as registered.
    `monthly_income` is the mean wage the branch knows, `lowest_wage` what the firm itself reports, `paid_below` how
    many members are recorded with clearly less (whole rupiah). `sources`: the rows that say so, as JSON (list, kind,
    sheet, row, workers, wage); lists may carry their `list_number`."""
    if not lists:
        return pl.DataFrame(schema=EMPLOYER_SCHEMA)
    rows = (
        pl.concat(lists, how="diagonal_relaxed")
        .filter(pl.col("employer").is_not_null() | pl.col("nib").is_not_null() | pl.col("npp").is_not_null())
        .with_columns(
            name_key=employer_key(pl.col("employer")),
            name_words=_words(pl.col("employer")),
            district=pl.coalesce("district_code", pl.col("village_code").str.slice(0, 8)),
        )
        .with_row_index("n")
    )
    rows = rows.with_columns(group=_groups(rows))
    for name, kind in (("list_number", pl.Int64), ("sheet", pl.String), ("row", pl.Int64)):
        if name not in rows.columns:
            rows = rows.with_columns(pl.lit(None, dtype=kind).alias(name))
    return _compose(rows.with_columns(group=_nearly_same(rows)), registered)


def _groups(rows: pl.DataFrame) -> pl.Series:
    """The lowest row number that shares a NIB, an NPP, or name and district, spread until nothing changes."""
    group = rows["n"].cast(pl.Int64)
    place_name = pl.when(pl.col("name_key").str.len_chars() >= FEWEST_LETTERS).then(
        pl.concat_str("name_key", pl.col("district").fill_null("?"), separator="|")
    )
    frame = rows.select("nib", "npp", place=place_name)
    while True:
        before = group
        for key in ("nib", "npp", "place"):
            lowest = frame.with_columns(g=group).select(
                pl.when(pl.col(key).is_null()).then(pl.col("g")).otherwise(pl.col("g").min().over(key))
            )
            group = lowest.to_series()
        if group.equals(before):
            return group


def _nearly_same(rows: pl.DataFrame) -> pl.Series:
    """The groups once more: two of a district that no list names both, and neither number tells apart, are one when
    they bear nearly the same name and no other fits as well. Again until nothing changes: a firm may stand in three
    lists under three spellings."""
    group = rows["group"]
    named = rows.filter(pl.col("district").is_not_null(), pl.col("name_key").str.len_chars() >= FEWEST_LETTERS)
    spellings = named.group_by("district", "group", "name_key", maintain_order=True).agg(
        pl.col("name_words").first(), *(pl.col(name).is_not_null().any() for name in ("nib", "npp")),
        *((pl.col("kind") == kind).any().alias(kind) for kind in EMPLOYER_LISTS),
    )  # fmt: skip
    for firms in spellings.partition_by("district"):
        while joins := _joins(firms):
            firms = firms.with_columns(pl.col("group").replace(joins))
            group = group.replace(joins)
    return group


def _joins(firms: pl.DataFrame) -> dict[int, int]:
    """Groups of one district and the group that each is."""
    flags = ("nib", "npp", *EMPLOYER_LISTS)
    firms = firms.with_columns(pl.col(flags).any().over("group")).filter(~pl.all_horizontal(EMPLOYER_LISTS))
    group, words, keys = firms["group"].to_numpy(), firms["name_words"].to_list(), firms["name_key"].to_list()
    nib, npp, *held = (firms[name].to_numpy() for name in flags)
    lists = np.sum([has * 2**bit for bit, has in enumerate(held)], axis=0)
    one, other, alike = _likeness(keys, lists)
    told_apart = (nib[one] & nib[other]) | (npp[one] & npp[other])
    one, other, alike = (side[~told_apart] for side in (one, other, alike))
    same = [_same_words(words[a], words[b]) for a, b in zip(one.tolist(), other.tolist(), strict=True)]
    alike[np.array(same, dtype=bool)] = 100
    # every pair from both of its sides, those of one firm together
    near, far, both = np.r_[one, other], np.r_[other, one], np.r_[alike, alike]
    order = np.argsort(near, kind="stable")
    begins = np.searchsorted(near[order], np.arange(len(keys) + 1))
    joins: dict[int, int] = {}
    strong = np.flatnonzero(alike >= ALIKE)
    for pair in strong[np.lexsort((other[strong], one[strong], -alike[strong]))]:
        rivals = []
        for a, b in ((one[pair], other[pair]), (other[pair], one[pair])):
            others = order[begins[a] : begins[a + 1]]
            rival = (lists[far[others]] & lists[b] != 0) & (group[far[others]] != group[b])
            rivals.append(both[others][rival])
        clear = max(found.max(initial=0) for found in rivals) + APART <= alike[pair]
        low, high = sorted((int(group[one[pair]]), int(group[other[pair]])))
        if clear and not {low, high} & {*joins, *joins.values()}:
            joins[high] = low
    return joins


def _likeness(keys: list[str], lists: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The pairs of names (places of the first and of the second) that no list (a bit of `lists`) holds both and that
    are at all alike, and how much (LOOKED_AT to 100): most firms stand in one list, and most pairs in it together."""
    places = {held: np.flatnonzero(lists == held) for held in np.unique(lists)}
    found = [(np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0, np.float32))]
    for (one, left), (other, right) in combinations(places.items(), 2):
        if not one & other:
            sides = [[keys[place] for place in side] for side in (left, right)]
            alike = 100 * cdist(*sides, scorer=JaroWinkler.normalized_similarity, score_cutoff=LOOKED_AT / 100)
            at = np.nonzero(alike)
            pair = np.sort([left[at[0]], right[at[1]]], axis=0)
            found.append((pair[0], pair[1], alike[at]))
    return tuple(np.concatenate(column) for column in zip(*found, strict=True))  # type: ignore[return-value]  # 3 of 3


def _same_words(words: list[str], others: list[str]) -> bool:
    """Two words or more in the same order, one of them the same, the others cut short or a letter apart.

    >>> _same_words(["KONV", "PRIMA"], ["KONVEKSI", "PRIMA"]), _same_words(["JAYA", "SARI"], ["JAYA", "MURNI"])
    (True, False)
    """
    changed = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    few = 0 < len(changed) <= MOST_CHANGED and len(changed) < len(words) == len(others)
    return few and all(_same_word(*pair) for pair in changed)


def _same_word(one: str, other: str) -> bool:
    """One is the beginning of the other (KONV.), its consonants (MDR, MANDIRI), or a letter of it is wrong."""
    short, long = sorted((one, other), key=len)
    if len(short) < FEWEST_LETTERS:
        return False
    letters = iter(long)
    consonants = short[0] == long[0] and not set(short) & set("AEIOU") and all(letter in letters for letter in short)
    slip = len(long) >= LONG_WORD and Levenshtein.distance(short, long) == 1
    return long.startswith(short) or consonants or slip


def _compose(rows: pl.DataFrame, registered: pl.DataFrame) -> pl.DataFrame:
    branch = pl.col("kind") == "branch_employers"
    first = {
        name: pl.col(name).sort_by(~branch).drop_nulls().first()
        for name in ("npp", "nib", "village_code", "scale", "programmes", "arrears_months", "arrears")
    }
    return (
        rows.sort("n")
        .group_by("group", maintain_order=True)
        .agg(
            name=pl.col("employer").sort_by(~branch).drop_nulls().first(),
            district_code=pl.col("district").drop_nulls().first(),
            workers_found=pl.col("workers").filter(~branch).max().cast(pl.Int64),
            stated=pl.col("workers").filter(branch).max().cast(pl.Int64),
            in_branch=branch.any(),
            monthly_income=pl.col("monthly_income").filter(branch).drop_nulls().first(),
            lowest_wage=pl.col("monthly_income").filter(pl.col("kind") == "company_reports").min(),
            sources=_source().head(SOURCES_KEPT).str.join(","),
            **first,
        )
        .join(registered, on="npp", how="left")
        .with_columns(pl.format("[{}]", "sources").alias("sources"), workers_registered=_registered())
        .with_row_index("employer_id", offset=1)
        .pipe(_with_paid_below)
        .select(pl.col(name).cast(dtype) for name, dtype in EMPLOYER_SCHEMA.items())
    )


def _with_paid_below(employers: pl.DataFrame) -> pl.DataFrame:
    if "wages" not in employers.columns:
        return employers.with_columns(paid_below=pl.lit(None, dtype=pl.Int64))
    told = employers.drop_nulls(["lowest_wage", "wages"]).select("employer_id", "lowest_wage", "wages").explode("wages")
    below = told.group_by("employer_id").agg(paid_below=(pl.col("wages") < pl.col("lowest_wage") * CLEARLY_LESS).sum())
    return employers.join(below, on="employer_id", how="left", maintain_order="left")


def sources_as_composed(written: pl.Expr) -> pl.Expr:
    """`sources` in the spelling of `compose_employers`, from the same JSON spelled otherwise.

    >>> pl.select(sources_as_composed(pl.lit('[{"row": 7, "kind": "licences", "sheet": "A, B"}]'))).item()
    '[{"kind":"licences","sheet":"A, B","row":7,"list":null,"workers":null,"wage":null}]'
    """
    each = pl.element().struct.json_encode()
    return pl.format("[{}]", written.str.json_decode(_SOURCES).list.eval(each).list.join(","))


def _source() -> pl.Expr:
    told = {"list": "list_number", "workers": "workers", "wage": "monthly_income"}
    renamed = [pl.col(column).alias(name) for name, column in told.items()]
    return pl.struct("kind", "sheet", "row", *renamed).struct.json_encode()


def _registered() -> pl.Expr:
    in_arrears = pl.col("arrears_months").fill_null(0) > 0
    counted = pl.when(in_arrears).then(pl.max_horizontal("known", "active")).otherwise(pl.col("active"))
    return pl.coalesce(counted, "stated").fill_null(0).cast(pl.Int64)
