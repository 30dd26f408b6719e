"""What a whole column, or the NIK beside it, says about births that one cell leaves open: is 71085 a serial number or
7 October 1985 without its zero; is 03/12/1985 the third of December or the twelfth of March?"""

from __future__ import annotations

import polars as pl

_PARTS = r"^\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})\s*$"


def zero_restored(keys: pl.DataFrame) -> pl.Expr:
    """The texts of number cells (`text`, `number`); where many have six digits, ddmmyy, those of five have lost the
    zero in front and are no serial numbers.

    >>> cells = pl.DataFrame({"text": ["120385", "71085", "230190"], "number": [True] * 3})
    >>> cells.select(zero_restored(cells).alias("t"))["t"].to_list()
    ['120385', '071085', '230190']
    """
    sizes = keys.filter(pl.col("number"))["text"].str.len_chars()
    text = pl.col("text")
    six = int((sizes == 6).sum())  # no serial number of a birth has six digits; a third of all days have one digit
    if not six or 2 * six < int((sizes == 5).sum()):
        return text
    return pl.when(pl.col("number") & (text.str.len_chars() == 5)).then(text.str.zfill(6)).otherwise(text)


def day_month_told(born: pl.DataFrame, raw: pl.DataFrame, niks: pl.Series) -> pl.DataFrame:
    """`birth_date, birth_state` with day and month exchanged where the NIK agrees with the exchanged date and not with
    the date as written (programs that put the month first). Year, month and day must all agree."""
    day = pl.col("birth_date")
    source = next((name for name in ("birth_date", "birth") if name in raw.columns), None)
    number, month, year = (pl.col("nik").str.slice(start, 2).cast(pl.Int8, strict=False) for start in (6, 8, 10))
    frame = born.with_columns(nik=niks).with_columns(
        told_day=pl.when(number > 40).then(number - 40).otherwise(number), told_month=month, told_year=year
    )
    swap = (
        (pl.col("told_day") == day.dt.month())
        & (pl.col("told_month") == day.dt.day())
        & (pl.col("told_year") == day.dt.year() % 100)
        & (pl.col("told_day") != pl.col("told_month"))
        & (day.dt.day() <= 12)
    ).fill_null(False)
    swapped = frame.select(swap.alias("swap")).to_series()
    if swapped.any():
        other = pl.date(day.dt.year(), pl.when(swapped).then(day.dt.day()).otherwise(1), day.dt.month())
        frame = frame.with_columns(birth_date=pl.when(swapped).then(other).otherwise(day))
    unread = ((frame["birth_state"] == "unreadable") & frame["nik"].is_not_null()).arg_true()
    if source and len(unread):
        told = _unreadable_told(frame[unread].with_columns(text=raw[source][unread]))
        frame = frame.with_columns(frame[name].scatter(unread, told[name]) for name in ("birth_state", "birth_date"))
    return frame.select(born.columns)


def _unreadable_told(frame: pl.DataFrame) -> pl.DataFrame:
    """Unreadable as day-month-year, but month-day-year is what the NIK says: 03/25/1985."""
    part = [pl.col("text").str.extract(_PARTS, n) for n in (1, 2, 3)]
    year = part[2].str.tail(2)
    said = pl.concat_str(part[1].str.zfill(2), part[0].str.zfill(2), year)
    told = pl.concat_str(pl.col("told_day").cast(pl.String).str.zfill(2), pl.col("nik").str.slice(8, 4))
    fits = (said == told).fill_null(False)
    full = pl.when(part[2].str.len_chars() == 4).then(part[2]).otherwise(
        pl.concat_str(pl.when(year.cast(pl.Int16, strict=False) > 15).then(pl.lit("19")).otherwise(pl.lit("20")), year)
    )  # fmt: skip
    day = pl.concat_str(full, part[0].str.zfill(2), part[1].str.zfill(2), separator="-").str.to_date(strict=False)
    found = pl.when(fits).then(day)
    return frame.with_columns(
        birth_state=pl.when(found.is_not_null()).then(pl.lit("ok")).otherwise("birth_state"),
        birth_date=pl.coalesce("birth_date", found),
    )
