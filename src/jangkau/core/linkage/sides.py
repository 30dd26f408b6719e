"""Two sides of one question, row and person: the fingerprint of what is compared, what each field weighs for or
against, and how people keep their numbers when a list comes back. What a human being said is kept by these."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

import polars as pl
from rapidfuzz.distance import JaroWinkler

from jangkau.core.linkage.evidence import weigh
from jangkau.core.linkage.records import as_records
from jangkau.core.linkage.tables import PEOPLE_SCHEMA, with_columns_of

# Who somebody is; what changes from month to month (address, phone, work) asks no question anew.
COMPARED = ("nik", "kk", "name", "sex", "birth_date", "mother_name", "village_code")
_WEIGHED = (*COMPARED, "rt", "rw", "phone", "kpj")


class FieldWeight(NamedTuple):
    """What a field says: `agreement` (same, near, different, missing), the likeness of two names 0-1, and `bits`, by
    how much the field raises or lowers the weight of the pair (log2 of the odds); 0 when missing."""

    agreement: str
    likeness: float | None
    bits: float


def fingerprints(frame: pl.DataFrame) -> list[str]:
    """One fingerprint (SHA-256, 64 hexadecimal digits) for each line of `frame`, rows or people, over COMPARED.

    >>> ita = pl.DataFrame({"name": ["ITA", "ITA"], "rt": ["001", "002"]})
    >>> first, second = fingerprints(ita)
    >>> first == second, first == fingerprints(ita.with_columns(name=pl.lit("ITI")))[0]
    (True, False)
    """
    known = frame.select(
        pl.col(c).cast(pl.String).fill_null("") if c in frame.columns else pl.lit("").alias(c) for c in COMPARED
    )
    texts = known.select(pl.concat_str(COMPARED, separator="\x1f")).to_series()
    return [hashlib.sha256(text.encode()).hexdigest() for text in texts]


def weights_between(left: Mapping[str, object], right: Mapping[str, object]) -> dict[str, FieldWeight]:
    """What each field of two sides (mappings in the columns of PEOPLE_SCHEMA and kpj) says of their being one person,
    by field. The bits of a field are the weight of the pair with it less the weight without it (Fellegi and Sunter
    1969); fields that repeat each other (NIK and birth date) share theirs.

    >>> a = {"name": "ITA SUMARNI", "nik": "3202016009769004", "sex": "P"}
    >>> found = weights_between(a, {"name": "ITA SUMARNO", "nik": "3202016009769004", "sex": None})
    >>> found["nik"].agreement, found["nik"].bits > 10, found["name"].agreement, found["sex"].agreement
    ('same', True, 'near', 'missing')
    """
    schema = {"row_id": pl.Int64(), "person_id": pl.Int64(), **PEOPLE_SCHEMA, "kpj": pl.String()}
    asked = [field for field in _WEIGHED if left.get(field) is not None and right.get(field) is not None]
    sides = [dict(left), *({k: v for k, v in left.items() if k != field} for field in asked)]
    rows = pl.DataFrame([{c: side.get(c) for c in schema} for side in sides], schema=schema)
    rows = rows.with_columns(row_id=pl.int_range(pl.len(), dtype=pl.Int64))
    person = with_columns_of(pl.DataFrame([{c: right.get(c) for c in schema}], schema=schema), schema)
    person = person.with_columns(person_id=pl.lit(-1, dtype=pl.Int64), kpjs=pl.concat_list("kpj"))
    records, known, forms = as_records(rows, person.drop("kpj", "row_id"))
    pairs = pl.DataFrame(
        {"left": range(len(sides)), "right": [0] * len(sides)}, schema_overrides={"left": pl.UInt32, "right": pl.UInt32}
    )
    weighed = dict(weigh(pairs, records, known, forms, 1_000).select("left", "bits").rows())
    whole = weighed.get(0, 0.0)
    found = {field: FieldWeight("missing", None, 0.0) for field in _WEIGHED}
    for position, field in enumerate(asked, 1):
        agreement, likeness = _agreement(field, left[field], right[field])
        found[field] = FieldWeight(agreement, likeness, whole - weighed.get(position, 0.0))
    return found


def _agreement(field: str, left: object, right: object) -> tuple[str, float | None]:
    if field in ("name", "mother_name"):
        likeness = JaroWinkler.similarity(str(left), str(right))
        return "same" if left == right else "near" if likeness >= 0.8 else "different", likeness
    if left == right:
        return "same", None
    near = field == "nik" and sum(a != b for a, b in zip(str(left), str(right), strict=False)) <= 2
    return "near" if near else "different", None


def keep_numbers(links: pl.DataFrame, earlier: pl.DataFrame, taken: pl.Series, *, first_new_id: int) -> pl.DataFrame:
    """`links` (LINK_SCHEMA) in which a new person gets back the number its rows had before (`earlier`: row_id,
    person_id) when nobody has it (`taken`: numbers of the register). A number returns once: to the first row.

    >>> from jangkau.core.linkage import LINK_SCHEMA
    >>> links = pl.DataFrame([[0, 9, "new", 1.0, "new", None], [1, 9, "linked", 1.0, "nik_name", None]],
    ...     schema=LINK_SCHEMA, orient="row")
    >>> earlier = pl.DataFrame({"row_id": [1], "person_id": [4]})
    >>> keep_numbers(links, earlier, pl.Series([1, 2]), first_new_id=9)["person_id"].to_list()
    [4, 4]
    """
    used = pl.concat([taken.cast(pl.Int64), links["person_id"].drop_nulls()]).implode()
    back = (
        links.select("row_id", fresh="person_id")
        .filter(pl.col("fresh") >= first_new_id)
        .join(earlier.select("row_id", number="person_id"), on="row_id")
        .filter(~pl.col("number").is_in(used))
        .sort("row_id")
        .unique("fresh", keep="first", maintain_order=True)
        .unique("number", keep="first", maintain_order=True)
    )
    if back.is_empty():
        return links
    table = dict(back.select("fresh", "number").rows())
    return links.with_columns(pl.col("person_id", "candidate_id").replace(table))
