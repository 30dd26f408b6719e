"""Column by column from raw text to values: identity numbers, names, dates, sexes, addresses, money. A text that occurs a
thousand times is parsed once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl

from jangkau.core.reading.cells import amounts, dates
from jangkau.core.reading.cells.names import clean_text, read_names
from jangkau.core.reading.cells.nik import clean_numbers, read_niks
from jangkau.core.reading.sheets import DATE, NUMBER

_RT_RW = r"\bRT[\s.:]*0*(\d{1,3})[\s.]*[/,\-]?\s*(?:RW)?[\s.:/]*0*(\d{1,3})"
_PAIR = r"(?:^|[^\d/])0*(\d{1,3})\s*/\s*0*(\d{1,3})(?:[^\d/]|$)"
_DEAD = r"(?i)\balm(?:h|arhum|arhumah)?\b|meninggal|wafat|\bMD\b|\bmaot\b"
_MOVED = r"(?i)\bpindah\b|\bpndh\b|\bmutasi keluar\b"
_UPPER = ("mother_name", "occupation", "position", "employer", "agent", "office", "member_status", "scale")


def column(raw: pl.DataFrame, name: str) -> pl.Series:
    """A raw column, all null when the list has none."""
    return raw[name] if name in raw.columns else pl.Series(name, [None], dtype=pl.String).new_from_index(0, raw.height)


def kinds(raw: pl.DataFrame, name: str) -> pl.Series | None:
    """The kinds of the cells of a raw column, None when all are text."""
    return raw[f"{name}_kind"].fill_null(0) if f"{name}_kind" in raw.columns else None


def by_distinct(texts: pl.Series, function: Callable[[str], object], dtype: pl.DataType) -> pl.Series:
    """Applies a function once to every distinct text; null stays null."""
    known = texts.drop_nulls().unique()
    if not len(known):
        return pl.Series(texts.name, [None], dtype=dtype).new_from_index(0, len(texts))
    found = pl.Series([function(text) for text in known.to_list()], dtype=dtype)
    return texts.replace_strict(known, found, default=None, return_dtype=dtype)


def clean(raw: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Values for the columns of people and employers, with the helpers `nik_problem`, `nik_digits`, `dead_name`,
    `birth_state`, `income_bad`."""
    names = read_names(column(raw, "name"))
    niks = read_niks(column(raw, "nik"), kinds(raw, "nik"))
    births = _births(raw, as_of)
    note = column(raw, "note")
    wage = by_distinct(column(raw, "income"), amounts.rupiah, pl.Int64())
    frame = pl.DataFrame(
        [
            *niks.get_columns(),
            names["name"],
            names["dead"].alias("dead_name"),
            *births.get_columns(),
            _sexes(raw).alias("sex"),
            wage.alias("monthly_income"),
            (column(raw, "income").str.contains(r"[\p{L}\d]") & wage.is_null()).fill_null(False).alias("income_bad"),
            note.str.contains(_DEAD).fill_null(False).alias("dead_note"),
            note.str.contains(_MOVED).fill_null(False).alias("moved_out"),
            *_days(raw, as_of),
            *_numbers(raw),
            *_words(raw),
        ]
    )
    return frame.with_columns(**_addresses(raw))


def _births(raw: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """`birth_date, birth_place, birth_state` (ok, missing, unreadable; null when the list asks for no date)."""
    latest = (as_of.year - 15) % 100  # a worker is 15 or older
    if "birth_date" in raw.columns:
        found = _parsed_births(raw, "birth_date", dates.parse_birth_day, latest)
    elif "birth" in raw.columns:
        found = _parsed_births(raw, "birth", dates.parse_place_and_day, latest)
    elif {"birth_day", "birth_month", "birth_year"} & set(raw.columns):
        parts = raw.select(
            pl.concat_str(
                [column(raw, f"birth_{part}").fill_null("").alias(part) for part in ("day", "month", "year")],
                separator="-",
            ).alias("birth_date")
        )
        found = _parsed_births(parts, "birth_date", dates.parse_birth_day, latest)
    else:
        nothing = {"birth_place": pl.String, "birth_date": pl.Date, "birth_state": pl.String}
        found = pl.DataFrame([pl.Series(n, [None], dtype=t).new_from_index(0, raw.height) for n, t in nothing.items()])
    place = by_distinct(column(raw, "birth_place"), dates.clean_place, pl.String())
    return found.with_columns(birth_place=pl.coalesce(place, "birth_place"))


def _parsed_births(raw: pl.DataFrame, name: str, parse: Callable[..., dates.PlaceAndDate], latest: int) -> pl.DataFrame:
    kind = kinds(raw, name)
    keys = pl.DataFrame({"text": raw[name], "number": (kind == NUMBER) if kind is not None else False})
    known = keys.unique()
    read = [
        parse(text, latest, number=number) if text is not None else dates.PlaceAndDate(None, None, "missing")
        for text, number in known.iter_rows()
    ]
    known = known.with_columns(
        birth_place=pl.Series([r.place for r in read], dtype=pl.String),
        birth_date=pl.Series([r.day for r in read], dtype=pl.Date),
        birth_state=pl.Series([r.state for r in read], dtype=pl.String),
    )
    return keys.join(known, on=["text", "number"], how="left", nulls_equal=True, maintain_order="left").select(
        "birth_place", "birth_date", "birth_state"
    )


def _sexes(raw: pl.DataFrame) -> pl.Series:
    stated = by_distinct(column(raw, "sex"), amounts.sex, pl.String())
    if "male" not in raw.columns and "female" not in raw.columns:
        return stated
    male = by_distinct(column(raw, "male"), _mark, pl.Boolean()).fill_null(False)
    female = by_distinct(column(raw, "female"), _mark, pl.Boolean()).fill_null(False)
    marks = pl.DataFrame({"s": stated, "l": male, "p": female})
    return marks.select(
        pl.coalesce(
            "s",
            pl.when(pl.col("l") & ~pl.col("p")).then(pl.lit("L")).when(~pl.col("l") & pl.col("p")).then(pl.lit("P")),
        )
    ).to_series()


def _mark(text: str) -> bool:
    return amounts.ticked(text) or amounts.sex(text) is not None


def _days(raw: pl.DataFrame, as_of: date) -> list[pl.Series]:
    latest = (as_of.year + 1) % 100
    found = []
    for source, target in (("since", "since"), ("until", "until"), ("event_date", "event_date")):
        kind = kinds(raw, source)
        text = column(raw, source)
        if kind is not None:
            text = pl.DataFrame({"t": text, "n": kind == NUMBER}).select(
                pl.when("n").then(pl.concat_str(pl.lit("#"), "t")).otherwise("t")
            ).to_series()  # fmt: skip
        found.append(by_distinct(text, lambda t: _day(t, latest), pl.Date()).alias(target))
    paid = by_distinct(column(raw, "paid_until"), dates.parse_month, pl.Date())
    return [*found, paid.alias("paid_until")]


def _day(text: str, latest: int) -> date | None:
    return dates.parse_day(text.lstrip("#"), latest, number=text.startswith("#"))


def _numbers(raw: pl.DataFrame) -> list[pl.Series]:
    found = [_identity(column(raw, name)).alias(name) for name in ("kk", "kpj", "npp", "nib", "phone", "kbli")]
    found.append(_padded(found[3], kinds(raw, "nib"), 13).alias("nib_padded"))
    men = by_distinct(column(raw, "men"), amounts.count, pl.Int32())
    women = by_distinct(column(raw, "women"), amounts.count, pl.Int32())
    both = pl.DataFrame({"m": men, "w": women, "all": by_distinct(column(raw, "workers"), amounts.count, pl.Int32())})
    workers = both.select(
        pl.coalesce(
            "all", pl.when(pl.col("m").is_not_null() | pl.col("w").is_not_null()).then(pl.sum_horizontal("m", "w"))
        )
    ).to_series()
    found.append(workers.cast(pl.Int32).alias("workers"))
    found.append(by_distinct(column(raw, "arrears_months"), amounts.count, pl.Int32()).alias("arrears_months"))
    found.append(by_distinct(column(raw, "arrears"), amounts.rupiah, pl.Int64()).alias("arrears"))
    decile = by_distinct(column(raw, "decile"), amounts.count, pl.Int32())
    found.append(decile.set((decile < 1) | (decile > 10), None).cast(pl.Int8).alias("decile"))
    found.append(by_distinct(column(raw, "programmes"), amounts.programmes, pl.String()).alias("programmes"))
    found.append(by_distinct(column(raw, "segment"), amounts.segment, pl.String()).alias("segment"))
    found.append(by_distinct(column(raw, "wage_sum"), amounts.rupiah, pl.Int64()).alias("wage_sum"))
    return found


def _identity(text: pl.Series) -> pl.Series:
    """Digits (and letters, old member numbers have them) of a number; placeholders are null."""
    frame = text.to_frame("t").select(t=clean_numbers(pl.col("t")).str.to_uppercase())
    return frame.select(
        pl.when(pl.col("t").str.contains(r"[1-9]") & (pl.col("t").str.len_chars() > 2)).then("t")
    ).to_series()


def _padded(digits: pl.Series, kind: pl.Series | None, width: int) -> pl.Series:
    """A number of known length that lost its leading zeros because the cell held a number."""
    if kind is None:
        return digits
    frame = pl.DataFrame({"d": digits, "n": kind == NUMBER})
    return frame.select(pl.when("n").then(pl.col("d").str.zfill(width)).otherwise("d")).to_series()


def _words(raw: pl.DataFrame) -> list[pl.Series]:
    found = [column(raw, name).to_frame("t").select(clean_text(pl.col("t"))).to_series().alias(name) for name in _UPPER]
    for name in ("address", "activity", "location"):
        text = column(raw, name).str.replace_all(r"[\s\u00a0]+", " ")
        found.append(text.alias(name))
    return found


def _addresses(raw: pl.DataFrame) -> dict[str, pl.Expr]:
    """`rt` and `rw` without leading zeros: from their columns, the joint column (Excel made dates of some: the day is
    the RT, the month the RW), else from the address."""
    joint, kind = column(raw, "rtrw"), kinds(raw, "rtrw")
    as_date = (kind == DATE) if kind is not None else pl.repeat(False, raw.height, eager=True)
    address = column(raw, "address").str.to_uppercase()
    frame = pl.DataFrame(
        {
            "rt": column(raw, "rt"),
            "rw": column(raw, "rw"),
            "joint": joint.str.to_uppercase(),
            "d": as_date,
            "a": address,
        }
    )
    parts = frame.select(
        rt=pl.coalesce(
            pl.col("rt").str.extract(r"0*(\d{1,3})\s*$", 1),
            pl.when("d").then(pl.col("joint").str.extract(r"^\d{4}-\d\d-0*(\d+)", 1)),
            pl.col("joint").str.extract(_RT_RW, 1),
            pl.col("joint").str.extract(_PAIR, 1),
            pl.col("a").str.extract(_RT_RW, 1),
            pl.col("a").str.extract(_PAIR, 1),
            pl.col("a").str.extract(r"\bRT[\s.:]*0*(\d{1,3})", 1),
        ),
        rw=pl.coalesce(
            pl.col("rw").str.extract(r"0*(\d{1,3})\s*$", 1),
            pl.when("d").then(pl.col("joint").str.extract(r"^\d{4}-0*(\d+)-", 1)),
            pl.col("joint").str.extract(_RT_RW, 2),
            pl.col("joint").str.extract(_PAIR, 2),
            pl.col("a").str.extract(_RT_RW, 2),
            pl.col("a").str.extract(_PAIR, 2),
            pl.col("a").str.extract(r"\bRW[\s.:]*0*(\d{1,3})", 1),
        ),
    )
    return {"rt": pl.lit(parts["rt"]), "rw": pl.lit(parts["rw"])}
