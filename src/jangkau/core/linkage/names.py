"""One person, many spellings: brings names as written (titles, degrees, bin/binti, old spelling, Muhammad variants)
to comparable forms. Every form is computed once for each distinct name. Nothing here judges whether two people are
the same; see `resemblance`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from zlib import crc32

import polars as pl

_TITLES = (
    "HJ?|HAJI|HAJJAH|HAJAH|DRS|DRA|DR|IR|PROF|USTADZAH|USTADZ|USTADZ?AH|USTAD|USTD|USTZ|UST|KH|K\\.H|KYAI|KIAI|BU|IBU|"
    "PAK|BAPAK|BPK|SDRI?|NY|TN|ALMH?|ALMARHUM(?:AH)?"
)
_DEGREES = (
    "S\\.?\\s?PD(?:\\.?\\s?I)?|S\\.\\s?E|S\\.\\s?H|S\\.\\s?T|S\\.?\\s?(?:KOM|SOS|AG|IP|AP|KM|KEP|HUT|PT|TR|TH|HI)|"
    "M\\.\\s?M|M\\.\\s?H|M\\.?\\s?(?:PD|SI|AG|KOM|KES|AP)|A\\.?\\s?MD(?:\\.?\\s?[A-Z]+)?"
)
_LEADING = rf"^(?:(?:{_TITLES})(?:\.\s*|\s+))+"
_TRAILING = rf"(?:\s+(?:{_DEGREES})\.?)+$"
_MUHAMAD = re.compile(r"(?:M[UO](?:C?H)A?M+[AE]D|MUHAMAD|MUH|MOH|MOCH|MUCH|MHD|MHMD|MD|MUHD|MOHD)")
_SPELLING = (
    ("TJ", "C"), ("DJ", "J"), ("SJ", "SY"), ("NJ", "NY"), ("OE", "U"), ("CH", "H"), ("KH", "H"), ("SY", "S"),
    ("DH", "D"), ("TH", "T"), ("PH", "P"), ("DZ", "J"), ("Z", "J"), ("F", "P"), ("V", "P"), ("Q", "K"), ("X", "KS"),
    ("AE", "AI"),
)  # fmt: skip
# Shares counted in few names mean little: as if so many names had been seen before, in which a full name stands once
# in 16,000 and a token once in 500.
_SEEN, _NAME_SHARE, _TOKEN_SHARE = 2_000, 1 / 16_000, 1 / 500
_COMMON = {"SITI", "MUHAMAD", "ABDUL"}  # too frequent to look anybody up by, unless the name has nothing else

NAME_FORMS = {
    "name": pl.String,  # as written
    "name_id": pl.UInt32,
    "canon": pl.String,  # tokens in order, canonical spelling
    "ordered": pl.String,  # the same tokens in alphabetical order
    "tokens": pl.List(pl.String),
    "spelled": pl.String,  # letters as written, run together
    "keys": pl.List(pl.UInt32),  # what to look the name up by
    "whole": pl.UInt32,  # the full name, in any order
    "run": pl.UInt32,  # the full name without spaces
    "head": pl.UInt32,  # the first letters, run together
    "initials": pl.UInt8,  # how many tokens are a single letter
    "letters": pl.UInt32,  # which letters occur, one bit each
    "marks": pl.UInt64,  # which tokens occur, one bit each; some share a bit
    "size": pl.Int16,  # how many letters
    "bits": pl.Float64,  # how rare the full name is, in bits
    "part_bits": pl.Float64,  # how rare its full tokens are together
}


def canonical_token(token: str) -> str:
    """A token of a name in canonical spelling: old to new (OE to U, TJ to C), sounds that lists mix up (F, V and P;
    Z and J; AE and AI), one letter for two, I for a final Y.

    >>> [canonical_token(t) for t in ("MOCHAMMAD", "SOEPARMAN", "FAUZI", "RAHAYUU", "RIZKY", "KHODIJAH")]
    ['MUHAMAD', 'SUPARMAN', 'PAUJI', 'RAHAYU', 'RIJKI', 'HODIJAH']
    """
    if _MUHAMAD.fullmatch(token):
        return "MUHAMAD"
    for old, modern in _SPELLING:
        token = token.replace(old, modern)
    token = re.sub(r"(.)\1+", r"\1", token)
    return token[:-1] + "I" if token.endswith("Y") and len(token) > 2 else token


def lookup_key(token: str) -> str:
    """What stays of a canonical token when its vowels go (the first letter stays, Y counts as J): misspellings and
    the names of siblings meet under one key.

    >>> lookup_key("HIDAYAH") == lookup_key("HIDAYIH"), lookup_key("YULI") == lookup_key("JULI")
    (True, True)
    """
    token = token.replace("Y", "J")
    return token[:1] + re.sub(r"[AIUEO]", "", token[1:])


def clean_name(name: pl.Expr) -> pl.Expr:
    """Names without titles, degrees, bin/binti, alias, punctuation; upper case, single spaces; null when nothing
    is left.

    >>> pl.Series("name", ["Hj. Ro'aeni, S.Pd", "DADAN BIN YAYAN"]).to_frame().select(clean_name(pl.col("name"))).rows()
    [('ROAENI',), ('DADAN',)]
    """
    upper = name.str.to_uppercase().str.strip_chars()
    plain = (
        upper.str.replace_all(r"\(.*?\)|,.*$", " ")
        .str.replace_all(r"\s(?:BIN|BINTI|BINTE|BTI|ALIAS|ALS)\b.*$", "")
        .str.strip_chars()
        .str.replace(_TRAILING, "")
    )
    bare = plain.str.replace(_LEADING, "")
    kept = pl.when(bare.str.contains("[A-Z]")).then(bare).otherwise(plain)
    return (
        kept.str.replace_all("['’‘´`\"]", "")  # noqa: RUF001 - the apostrophes that lists use
        .str.replace_all("[^A-Z]+", " ")
        .str.strip_chars()
        .replace("", None)
    )


def name_forms(names: Iterable[pl.Series]) -> pl.DataFrame:
    """The comparable forms (NAME_FORMS) of all distinct names in `names`, by name. Rarity is counted over all the
    names given, repeated ones included: a full name that one in 1,024 bears carries 10 bits.

    >>> forms = name_forms([pl.Series(["H. MOH. ALI", "ALI MUHAMMAD", None])])
    >>> forms.select("canon", "ordered", "initials").rows()
    [('ALI MUHAMAD', 'ALI MUHAMAD', 0), ('MUHAMAD ALI', 'ALI MUHAMAD', 0)]
    """
    counted = pl.concat([series.cast(pl.String).alias("name") for series in names]).value_counts().drop_nulls("name")
    counted = counted.sort("name").with_row_index("name_id").with_columns(clean=clean_name(pl.col("name")))
    long = (
        counted.select("name_id", "count", token=pl.col("clean").str.split(" ").fill_null([]))
        .explode("token", empty_as_null=False)
        .join(_token_forms(counted), on="token", how="left", maintain_order="left")
    )
    grouped = long.group_by("name_id", maintain_order=True).agg(
        tokens=pl.col("canonical"),
        initials=(pl.col("canonical").str.len_chars() == 1).sum().cast(pl.UInt8),
        letters=pl.col("letters").bitwise_or(),
        marks=pl.col("mark").bitwise_or(),
        size=pl.col("canonical").str.len_chars().sum().cast(pl.Int16),
        part_bits=pl.col("token_bits").sum().clip(0, 17),
        keys=pl.col("key_id").filter((pl.col("canonical").str.len_chars() > 1) & ~pl.col("common")).unique().sort(),
        all_keys=pl.col("key_id").filter(pl.col("canonical").str.len_chars() > 1).unique().sort(),
    )
    forms = counted.join(grouped, on="name_id", how="left", maintain_order="left").with_columns(
        pl.col("tokens", "keys", "all_keys").fill_null([]),
        pl.col("initials", "letters", "marks", "size").fill_null(0),
        pl.col("part_bits").fill_null(0.0),
    )
    return _finished(forms)


def _token_forms(counted: pl.DataFrame) -> pl.DataFrame:
    """Each distinct token with its canonical spelling, number of its lookup key, and rarity."""
    tokens = (
        counted.select("count", token=pl.col("clean").str.split(" "))
        .explode("token")
        .drop_nulls("token")
        .group_by("token")
        .agg(pl.col("count").sum())
        .sort("token")
    )
    canonical = [canonical_token(token) for token in tokens["token"].to_list()]
    tokens = tokens.with_columns(
        canonical=pl.Series(canonical, dtype=pl.String),
        key=pl.Series([lookup_key(token) for token in canonical], dtype=pl.String),
        letters=pl.Series(
            [sum(1 << ord(letter) - 65 for letter in set(token)) for token in canonical], dtype=pl.UInt32
        ),
        mark=pl.Series([1 << crc32(token.encode()) % 64 for token in canonical], dtype=pl.UInt64),
    )
    total = int(tokens["count"].sum()) + _SEEN
    return tokens.select(
        "token",
        "canonical",
        common=pl.col("canonical").is_in(list(_COMMON)),
        key_id=pl.col("key").rank("dense").cast(pl.UInt32),
        letters="letters",
        mark="mark",
        token_bits=pl.when(pl.col("canonical").str.len_chars() > 1)
        .then(-((pl.col("count").sum().over("canonical") + _SEEN * _TOKEN_SHARE) / total).log(2))
        .otherwise(4.0),
    )


def _finished(forms: pl.DataFrame) -> pl.DataFrame:
    ordered = pl.col("tokens").list.sort().list.join(" ")
    total = int(forms["count"].sum()) + _SEEN
    forms = forms.with_columns(canon=pl.col("tokens").list.join(" "), ordered=ordered)
    return forms.with_columns(
        spelled=pl.col("clean").str.replace_all(" ", "").fill_null(""),
        whole=ordered.rank("dense").cast(pl.UInt32),
        run=pl.col("canon").str.replace_all(" ", "").rank("dense").cast(pl.UInt32),
        head=pl.col("canon").str.replace_all(" ", "").str.slice(0, 2).rank("dense").cast(pl.UInt32),
        keys=pl.when(pl.col("keys").list.len() > 0).then("keys").otherwise("all_keys"),
        bits=(-((pl.col("count").sum().over("ordered") + _SEEN * _NAME_SHARE) / total).log(2)).clip(0, 17),
    ).select(*NAME_FORMS)
