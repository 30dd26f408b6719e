"""Column by column from raw text to values: identity numbers, names, dates, sexes, addresses, money. A text that
occurs a thousand times is parsed once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl

from jangkau.core.reading.births import day_month_told, zero_restored
from jangkau.core.reading.cells import amounts, dates
from jangkau.core.reading.cells.names import ODD_BLANKS, clean_text, read_names
from jangkau.core.reading.cells.nik import clean_numbers, read_niks
from jangkau.core.reading.sheets import DATE, NUMBER

_RT_RW = r"\bRT[\s.:]*0*(\d{1,3})[\s.]*[/,\-]?\s*(?:RW)?[\s.:/]*0*(\d{1,3})"
_PAIR = r"(?:^|[^\d/])0*(\d{1,3})\s*/\s*0*(\d{1,3})(?:[^\d/]|$)"
_DEAD = r"(?i)\balm(?:h|arhum|arhumah)?\b|meninggal|wafat|\bMD\b|\bmaot\b"
_MOVED = r"(?i)\bpindah\b|\bpndh\b|\bmutasi keluar\b"
_PLAIN_BIRTH = r"^(?P<place>[^\d]*)(?P<d>[0-9]{1,2})[-/.](?P<m>[0-9]{1,2})[-/.](?P<y>(?:19|20)[0-9]{2})$"
_ISO_DAY = r"^((?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})$"
_UPPER = ("mother_name", "occupation", "position", "employer", "agent", "office", "member_status", "scale")
_PLAIN = ("address", "activity", "fund", "location", "moved_to", "change")
_IDENTITIES = ("kk", "kpj", "npp", "nib", "phone", "kbli")
_DAYS = ("since", "until", "event_date", "died_on", "moved_on")
_AMOUNTS: dict[str, tuple[str, Callable[[str], object], pl.DataType]] = {
    "monthly_income": ("income", amounts.rupiah, pl.Int64()),
    "wage_sum": ("wage_sum", amounts.rupiah, pl.Int64()),
    "daily_wage": ("daily_wage", amounts.rupiah, pl.Int64()),
    "days": ("days", amounts.count, pl.Int32()),
    "value": ("value", amounts.rupiah, pl.Int64()),
    "arrears": ("arrears", amounts.rupiah, pl.Int64()),
    "arrears_months": ("arrears_months", amounts.count, pl.Int32()),
    "decile": ("decile", amounts.decile, pl.Int8()),
    "programmes": ("programmes", amounts.programmes, pl.String()),
    "segment": ("segment", amounts.segment, pl.String()),
    "paid_until": ("paid_until", dates.parse_month, pl.Date()),
}
CLEAN_TYPES: dict[str, pl.DataType] = {
    "nik": pl.String(), "nik_problem": pl.String(), "nik_digits": pl.String(), "name": pl.String(), "sex": pl.String(),
    "birth_date": pl.Date(), "birth_place": pl.String(), "birth_state": pl.String(),
    "rt": pl.String(), "rw": pl.String(),
    "workers": pl.Int32(), "dead_name": pl.Boolean(), "dead_note": pl.Boolean(), "moved_out": pl.Boolean(),
    "income_bad": pl.Boolean(),
    **{name: pl.String() for name in (*_UPPER, *_PLAIN, *_IDENTITIES)},
    **{name: pl.Date() for name in _DAYS},
    **{name: kind for name, (_, _, kind) in _AMOUNTS.items()},
}  # fmt: skip

_ABSENT = {  # a scalar column takes no memory
    name: pl.lit(False if kind == pl.Boolean() else None, dtype=kind).alias(name) for name, kind in CLEAN_TYPES.items()
}


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
    """A frame with the columns of CLEAN_TYPES, one line for each raw row. Besides the columns of the schema it holds
    what the checks need: `nik_problem`, `nik_digits`, `birth_state`, `dead_name`, `dead_note`, `income_bad`."""
    asked = frozenset(raw.columns)
    found = [
        *_people(raw, asked, as_of),
        *(
            by_distinct(raw[source], parse, kind).alias(name)
            for name, (source, parse, kind) in _AMOUNTS.items()
            if source in asked
        ),
        *(_day(raw, name, (as_of.year + 1) % 100) for name in _DAYS if name in asked),
        *(_identity(raw, name) for name in _IDENTITIES if name in asked),
        *raw.lazy().select(clean_text(pl.col(name)).alias(name) for name in _UPPER if name in asked).collect(),
        *(raw[name].str.replace_all(ODD_BLANKS, " ") for name in _PLAIN if name in asked),
    ]
    frame = pl.DataFrame(found) if found else raw.select()
    if "income" in asked:
        said = raw["income"].str.contains(r"[\p{L}\d]")
        frame = frame.with_columns(income_bad=(pl.lit(said) & pl.col("monthly_income").is_null()).fill_null(False))
    absent = [name for name in CLEAN_TYPES if name not in frame.columns]
    return frame.with_columns(_ABSENT[name] for name in absent).select(*CLEAN_TYPES)


def _people(raw: pl.DataFrame, asked: frozenset[str], as_of: date) -> list[pl.Series]:
    """What only people have: numbers, names, births, sexes, homes, remarks."""
    found: list[pl.Series] = []
    if "nik" in asked:
        found += read_niks(raw["nik"], kinds(raw, "nik")).get_columns()
    if "name" in asked:
        names = read_names(raw["name"])
        found += [names["name"], names["dead"].alias("dead_name")]
    if asked & {"birth_date", "birth", "birth_day", "birth_month", "birth_year"}:
        born = _births(raw, as_of)
        niks = found[0] if "nik" in asked else None
        found += (born if niks is None else day_month_told(born, raw, niks)).get_columns()
    elif "birth_place" in asked:
        found.append(by_distinct(raw["birth_place"], dates.clean_place, pl.String()))
    if asked & {"sex", "male", "female"}:
        found.append(_sexes(raw).alias("sex"))
    if asked & {"men", "women", "workers"}:
        found.append(_workers(raw))
    if asked & {"rt", "rw", "rtrw", "address"}:
        found += homes(raw).get_columns()
    if "note" in asked:
        found.append(raw["note"].str.contains(_DEAD).fill_null(False).alias("dead_note"))
        found.append(raw["note"].str.contains(_MOVED).fill_null(False).alias("moved_out"))
    return found


def _births(raw: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """`birth_date, birth_place, birth_state` (ok, missing, unreadable; null when the list asks for no date)."""
    latest = (as_of.year - 15) % 100  # a worker is 15 or older
    if "birth_date" in raw.columns:
        found = _parsed_births(raw, "birth_date", dates.parse_birth_day, latest)
    elif "birth" in raw.columns:
        found = _parsed_births(raw, "birth", dates.parse_place_and_day, latest)
    else:
        parts = raw.select(
            pl.concat_str(
                [column(raw, f"birth_{part}").fill_null("").alias(part) for part in ("day", "month", "year")],
                separator="-",
            ).alias("birth_date")
        )
        found = _parsed_births(parts, "birth_date", dates.parse_birth_day, latest)
        found = found.with_columns(birth_place=pl.lit(None, dtype=pl.String))  # words in them are no place
    place = by_distinct(column(raw, "birth_place"), dates.clean_place, pl.String())
    return found.with_columns(birth_place=pl.coalesce(place, "birth_place"))


def _parsed_births(raw: pl.DataFrame, name: str, parse: Callable[..., dates.PlaceAndDate], latest: int) -> pl.DataFrame:
    kind = kinds(raw, name)
    keys = pl.DataFrame({"text": raw[name], "number": (kind == NUMBER) if kind is not None else False})
    if kind is not None:
        keys = keys.with_columns(text=zero_restored(keys))
    known = _plain_births(keys.unique())
    rest = known.filter(pl.col("birth_date").is_null())
    read = [
        parse(text, latest, number=number) if text is not None else dates.PlaceAndDate(None, None, "missing")
        for text, number in rest.select("text", "number").iter_rows()
    ]
    rest = rest.with_columns(
        birth_place=pl.Series([r.place for r in read], dtype=pl.String),
        birth_date=pl.Series([r.day for r in read], dtype=pl.Date),
        birth_state=pl.Series([r.state for r in read], dtype=pl.String),
    )
    known = pl.concat([known.drop_nulls("birth_date"), rest])
    return keys.join(known, on=["text", "number"], how="left", nulls_equal=True, maintain_order="left").select(
        "birth_place", "birth_date", "birth_state"
    )


def _plain_births(keys: pl.DataFrame) -> pl.DataFrame:
    """What most cells hold, all at once: a day in figures with a whole year, perhaps after the place. The parsers read
    these alike; all others are null."""
    parts = keys["text"].str.extract_groups(_PLAIN_BIRTH).struct
    named = parts.field("y") + "-" + parts.field("m") + "-" + parts.field("d")
    day = named.zip_with(named.is_not_null(), keys["text"].str.extract(_ISO_DAY))
    return keys.with_columns(
        birth_place=by_distinct(parts.field("place"), dates.clean_place, pl.String()),
        birth_date=day.str.to_date("%Y-%m-%d", strict=False),
        birth_state=pl.lit("ok"),
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


def _day(raw: pl.DataFrame, name: str, latest: int) -> pl.Series:
    """A column of days that are no births; a number is Excel's serial."""
    kind = kinds(raw, name)
    text = raw[name]
    if kind is not None:
        marked = pl.when(pl.lit(kind == NUMBER)).then(pl.concat_str(pl.lit("#"), name)).otherwise(name)
        text = raw.select(marked.alias(name)).to_series()
    return by_distinct(text, lambda t: dates.parse_day(t.lstrip("#"), latest, number=t.startswith("#")), pl.Date())


def _workers(raw: pl.DataFrame) -> pl.Series:
    """The number stated, else men and women together."""
    counts = pl.DataFrame(
        {name: by_distinct(column(raw, name), amounts.count, pl.Int32()) for name in ("workers", "men", "women")}
    )
    both = pl.when(pl.any_horizontal(pl.col("men", "women").is_not_null())).then(pl.sum_horizontal("men", "women"))
    return counts.select(pl.coalesce("workers", both).cast(pl.Int32).alias("workers")).to_series()


def _identity(raw: pl.DataFrame, name: str) -> pl.Series:
    """Digits (and letters, old member numbers have them) of a number; placeholders are null. An NIB has 13 digits, so
    that zeros lost by a number cell are known."""
    frame = raw.lazy().select(t=clean_numbers(pl.col(name)).str.to_uppercase())
    text: pl.Expr = pl.when(pl.col("t").str.contains(r"[1-9]") & (pl.col("t").str.len_chars() > 2)).then("t")
    kind = kinds(raw, name)
    if name == "nib" and kind is not None:
        text = pl.when(pl.lit(kind == NUMBER)).then(text.str.zfill(13)).otherwise(text)
    return frame.select(text.alias(name)).collect().to_series()


def homes(raw: pl.DataFrame) -> pl.DataFrame:
    """`rt` and `rw` without leading zeros: from their columns, the joint column (Excel made dates of some: the day is
    the RT, the month the RW), else from the address. What many lines say is read once."""
    said = raw.select(name for name in ("rt", "rw", "rtrw", "rtrw_kind", "address") if name in raw.columns)
    known = said.unique()
    read = known.hstack(_homes(known).rename({"rt": "rt_read", "rw": "rw_read"}))
    found = said.join(read, on=said.columns, how="left", nulls_equal=True, maintain_order="left")
    return found.select(rt="rt_read", rw="rw_read")


def _homes(raw: pl.DataFrame) -> pl.DataFrame:
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
    return frame.select(
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
