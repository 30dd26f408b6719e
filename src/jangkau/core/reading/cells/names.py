"""A column of names in the form that is compared: upper case, single spaces, without the mark for the dead. Titles and
spelling are kept as written."""

from __future__ import annotations

import polars as pl

_DEAD = r"ALM(?:H|ARHUM|ARHUMAH)?"
_DEAD_BEFORE = rf"^\(?\s*{_DEAD}(?:[.)\s:]+|$)\s*"
_DEAD_AFTER = rf"(?:\s*\(\s*{_DEAD}\.?\s*\)|[\s,]+{_DEAD}\.?)$"

ODD_BLANKS = r"\s{2,}|[^\S ]"  # all that is no single blank; no-break spaces are blanks here


def clean_text(text: pl.Expr) -> pl.Expr:
    """Upper case with single spaces; a dash, a zero or nothing is null."""
    upper = text.str.to_uppercase().str.replace_all(ODD_BLANKS, " ").str.strip_chars(" ")
    return pl.when(upper.str.contains(r"[\p{L}\d]") & ~upper.str.contains(r"^0+$")).then(upper)


def read_names(text: pl.Series) -> pl.DataFrame:
    """`name` (null when the cell holds no letter) and `dead` (the cell carries the mark).

    >>> read_names(pl.Series(["Almh.  siti  aminah", "UJANG (Alm)", "Almasyah", "-"])).rows()
    [('SITI AMINAH', True), ('UJANG', True), ('ALMASYAH', False), (None, False)]
    """
    upper = text.to_frame("text").lazy().select(upper=clean_text(pl.col("text").str.replace_all(r"^['`]+", "")))
    bare = pl.col("upper").str.replace(_DEAD_BEFORE, "").str.replace(_DEAD_AFTER, "")
    return upper.select(  # lazy, so that what is said twice is done once
        name=pl.when(bare.str.contains(r"\p{L}")).then(bare),
        dead=(pl.col("upper") != bare).fill_null(False),
    ).collect()
