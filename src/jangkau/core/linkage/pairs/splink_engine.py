"""The same model on Splink's engines: candidate pairs by the same keys, the levels of the comparisons written in SQL, m
and u from the model. A DuckDB or Spark connection is handed in; what comes back is weighed and chosen here as ever.
Source: Linacre and others (2022), Splink. SQL reads addresses by letters; the own engine knows rare words, too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from jangkau.core.linkage.candidates import Keys, without_large
from jangkau.core.linkage.pairs.comparisons import COMPARISONS
from jangkau.core.linkage.pairs.forms import Forms
from jangkau.core.linkage.pairs.keys import keys_of
from jangkau.core.linkage.pairs.model import Model, comparable, weigh

if TYPE_CHECKING:
    from splink.internals.database_api import DatabaseAPISubClass

_SLACK = 30.0  # bits by which rarity may lift a pair above what m and u alone say
_VOWELS = "[AIUEO]"


class _Words(NamedTuple):
    """What the two dialects call differently; {a} and {b} are columns."""

    alike: str  # Jaro-Winkler
    overlap: str
    within: str  # is every element of {a} in {b}?


_DIALECTS = {
    "duckdb": _Words("jaro_winkler_similarity({a}, {b})", "list_has_any({a}, {b})", "list_has_all({b}, {a})"),
    "spark": _Words("jaro_winkler({a}, {b})", "arrays_overlap({a}, {b})", "size(array_except({a}, {b})) = 0"),
}


def splink_pairs(connect: Callable[[], DatabaseAPISubClass]) -> Callable[[Forms, Model, float], pl.DataFrame]:
    """An engine for `link_tables`: weighed pairs (left, right, bits) by Splink on a new connection for each question,
    such as `splink.DuckDBAPI`, or a function that gives a `SparkAPI` on a session that has Splink's functions."""

    def weighed(forms: Forms, model: Model, odds: float) -> pl.DataFrame:
        import splink  # loaded when asked for: it takes a second

        api = connect()
        asked = [c.name for c in comparable(forms)]
        words = _DIALECTS[api.sql_dialect.sql_dialect_str]
        settings = _settings(asked, model, odds, words)
        tables = [api.register(side.to_arrow()) for side in _tables(forms)]
        linker = splink.Linker(tables, settings, log_level="ERROR")
        predicted = linker.inference.predict(threshold_match_weight=-_SLACK)
        wanted = ", ".join(["at_l", "at_r", *(f"gamma_{name}" for name in asked)])
        found: Any = predicted.query_sql(f"SELECT {wanted} FROM {{this}}")
        return _bits(pl.DataFrame(found.as_pyarrow_table()), asked, forms, model, odds)

    return weighed


def _bits(found: pl.DataFrame, asked: list[str], forms: Forms, model: Model, odds: float) -> pl.DataFrame:
    """Pairs (left, right) with what the levels that Splink found weigh together."""
    told = found.sort("at_l", "at_r")
    pairs = told.select(left=pl.col("at_l").cast(pl.UInt32), right=pl.col("at_r").cast(pl.UInt32))
    seen = told.select(pl.col(f"gamma_{name}").cast(pl.Int8).replace(-1, None).alias(name) for name in asked)
    return pairs.with_columns(bits=weigh(forms, pairs, seen, model, odds))


def _settings(asked: list[str], model: Model, odds: float, words: _Words) -> dict[str, Any]:
    conditions = _conditions(words)
    comparisons = []
    for comparison in (c for c in COMPARISONS if c.name in asked):
        unknown, *known = conditions[comparison.name]
        shares = list(zip(model.m[comparison.name], model.u[comparison.name], strict=True))[::-1]
        levels = [{"sql_condition": unknown, "is_null_level": True, "label_for_charts": "?"}]
        levels += [
            {"sql_condition": sql, "m_probability": m, "u_probability": u, "label_for_charts": word}
            for sql, (m, u), word in zip([*known, "ELSE"], shares, comparison.words[::-1], strict=True)
        ]
        comparisons.append({"output_column_name": comparison.name, "comparison_levels": levels})
    dateless = "(l.day IS NULL OR r.day IS NULL)"
    return {
        "link_type": "link_only", "unique_id_column_name": "at", "comparisons": comparisons,
        "probability_two_random_records_match": 2.0**odds / (1 + 2.0**odds),
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": "l.strong = r.strong", "arrays_to_explode": ["strong"]},
            {"blocking_rule": f"l.weak = r.weak AND {dateless}", "arrays_to_explode": ["weak"]},
        ],
        "retain_matching_columns": True,  # only then Splink gives the levels, too
    }  # fmt: skip


def _tables(forms: Forms) -> list[pl.DataFrame]:
    """Both sides with the columns that the conditions ask for, and the keys that bring records together."""
    names = forms.names.select(
        "name_id", "tokens", "keys", "ordered", "spelled", run=pl.col("canon").str.replace_all(" ", ""),
        skeleton=pl.col("spelled").str.replace_all(_VOWELS, "_"),
        letters=pl.col("tokens").list.eval(pl.element().str.slice(0, 1)).list.join(""),
        head=pl.col("tokens").list.first(), last=pl.col("tokens").list.last(), short=pl.col("initials") > 0,
    )  # fmt: skip
    made = []
    for side, keys in zip((forms.left, forms.right), keys_of(forms), strict=True):
        table = side.with_row_index("at").with_columns(
            nik_text=pl.col("nik").cast(pl.String), day_text=pl.col("day").cast(pl.String),
            nik_digits=_sorted(pl.col("nik")), day_digits=_sorted(pl.col("day")),
            words=pl.col("address").str.split(" "),
        )  # fmt: skip
        for prefix in ("name", "mother"):
            own = names.rename({c: f"{prefix}_{c}" for c in names.columns if c != "name_id"})
            table = table.join(own, left_on=f"{prefix}_id", right_on="name_id", how="left", maintain_order="left")
        for name, found in zip(Keys._fields, keys, strict=True):
            lists = without_large(found).group_by("at").agg(pl.col("key").unique().sort().alias(name))
            table = table.join(lists, on="at", how="left", maintain_order="left")
        unsigned = pl.UInt32, pl.List(pl.UInt32)  # which Spark does not know
        made.append(
            table.with_columns(
                pl.col(c).cast(pl.Int64 if kind == pl.UInt32 else pl.List(pl.Int64))
                for c, kind in table.schema.items()
                if kind in unsigned
            )
        )
    return made


def _sorted(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.String).str.split("").list.sort().list.join("")


def _conditions(words: _Words) -> dict[str, tuple[str, ...]]:
    """For each comparison: when it is unknown, then its levels from the highest to 1."""
    edits = "levenshtein({0}_text_l, {0}_text_r)"
    near = f"({edits} <= 1 OR ({{0}}_digits_l = {{0}}_digits_r AND {edits} <= 2))"  # one digit, or two swapped
    parts = " + ".join(f"CASE WHEN {_part(*p)} THEN 1 ELSE 0 END" for p in ((1, 4), (5, 2), (7, 2)))
    exchanged = f"({_part(1, 4)} AND {_cut('l', 5, 2)} = {_cut('r', 7, 2)} AND {_cut('l', 7, 2)} = {_cut('r', 5, 2)})"
    found = {
        "nik": (_missing("nik"), "nik_l = nik_r", f"abs(nik_l - nik_r) > 3 AND {near.format('nik')}",
                "abs(nik_l - nik_r) <= 3"),
        "birth_date": (_missing("day"), "day_l = day_r", f"{near.format('day')} OR {exchanged}",
                       f"({parts}) = 2 OR levenshtein(day_text_l, day_text_r) <= 2"),
        "village": ("village_code_l IS NULL OR village_code_r IS NULL", "village_code_l = village_code_r",
                    "district_l = district_r"),
        "rt_rw": ("(rt_l IS NULL OR rt_r IS NULL) AND (rw_l IS NULL OR rw_r IS NULL)", "rt_l = rt_r AND rw_l = rw_r",
                  "rt_l = rt_r OR rw_l = rw_r"),
        "address": (_missing("address"), *(f"{_likeness('address')} >= {least}" for least in (0.92, 0.82, 0.72, 0.5)),
                    words.overlap.format(a="words_l", b="words_r")),
        "name": _name("name", words), "mother_name": _name("mother", words),
    }  # fmt: skip
    found |= {c: (_missing(c), f"{c}_l = {c}_r") for c in ("sex", "kk", "phone")}
    for column in ("birth_place", "occupation", "employer"):
        alike = words.alike.format(a=f"{column}_l", b=f"{column}_r")
        found[column] = (_missing(column), f"{column}_l = {column}_r", f"{alike} >= 0.9", f"{alike} >= 0.75")
    return found


def _missing(column: str) -> str:
    return f"{column}_l IS NULL OR {column}_r IS NULL"


def _cut(side: str, start: int, length: int) -> str:
    return f"substr(day_text_{side}, {start}, {length})"


def _part(start: int, length: int) -> str:
    return f"{_cut('l', start, length)} = {_cut('r', start, length)}"


def _likeness(column: str) -> str:
    a, b = f"{column}_l", f"{column}_r"
    return f"1.0 - levenshtein({a}, {b}) / cast(greatest(length({a}), length({b})) AS double)"


def _name(prefix: str, words: _Words) -> tuple[str, ...]:
    """The levels of `resemblance` from equal to loose."""

    def of(template: str, form: str) -> str:
        return template.format(a=f"{prefix}_{form}_l", b=f"{prefix}_{form}_r")

    def same(form: str) -> str:
        return of("{a} = {b}", form)

    def edits(form: str) -> str:
        return of("levenshtein({a}, {b})", form)

    short = of("({a} OR {b})", "short")
    length = of("least(length({a}), length({b}))", "run")
    allowed = f"CASE WHEN {length} >= 16 THEN 2 WHEN {length} >= 4 THEN 1 ELSE 0 END"
    sibling = f"{same('skeleton')} AND {edits('spelled')} = 1"
    tokens = f"{prefix}_tokens_l", f"{prefix}_tokens_r"
    within = [words.within.format(a=a, b=b) for a, b in (tokens, tokens[::-1])]
    return (
        _missing(f"{prefix}_id"),
        f"{same('run')} OR {same('ordered')}",
        f"NOT {short} AND NOT ({sibling}) AND least({edits('run')}, {edits('ordered')}) <= {allowed}",
        f"{short} AND {same('letters')} AND ({same('head')} OR {same('last')})",
        f"NOT ({sibling}) AND (({within[0]}) OR ({within[1]}))",
        sibling,
        f"{of(words.overlap, 'keys')} OR least({edits('run')}, {edits('ordered')}) <= 2",
    )
