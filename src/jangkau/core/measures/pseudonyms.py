"""People for analysis without names: keyed pseudonyms, districts instead of villages, years instead of days, and nobody
whose combination of what is told is shared by fewer than THRESHOLD people (k-anonymity by generalisation, then
suppression: Sweeney 2002). UU 27/2022 knows no such export (assumed). Knowledge from elsewhere is left out."""

from __future__ import annotations

import hashlib
import hmac

import polars as pl

from jangkau.core.measures.disclosure import THRESHOLD

TOLD = ("district_code", "birth_year", "sex", "segment")
_BLURRED = ((), ("birth_year",), ("birth_year", "district_code"))  # what is left out, from the least on


def pseudonym(key: bytes, person_id: int) -> str:
    """The name of a person in one study: the same under the same key, and without it no way back.

    >>> pseudonym(b"a" * 32, 7) == pseudonym(b"a" * 32, 7), pseudonym(b"b" * 32, 7) == pseudonym(b"a" * 32, 7)
    (True, False)
    """
    return hmac.digest(key, str(person_id).encode(), hashlib.sha256).hex()[:20]


def pseudonymised(people: pl.DataFrame, key: bytes, *, threshold: int = THRESHOLD) -> pl.DataFrame:
    """`people` (`person_id, village_code, birth_date, sex, segment, active`) as `pseudonym`, the columns of TOLD and
    `active`, in the order of the pseudonyms. Where fewer than `threshold` people share district, birth year, sex and
    segment, the year is left out, then the district, too; who still stands alone is left out whole.

    >>> one = {"person_id": 1, "village_code": "32.02.01.2003", "birth_date": None, "sex": "L", "segment": "bpu"}
    >>> pseudonymised(pl.DataFrame([one | {"active": True}]), b"a" * 32).height
    0
    """
    rest = people.select(
        pl.col("person_id").map_elements(lambda number: pseudonym(key, number), pl.String).alias("pseudonym"),
        district_code=pl.col("village_code").str.slice(0, 8),
        birth_year=pl.col("birth_date").cast(pl.Date).dt.year(),
        sex="sex",
        segment="segment",
        active="active",
    )
    told = [rest.clear()]
    for blurred in _BLURRED:
        rest = rest.with_columns(pl.lit(None, rest.schema[name]).alias(name) for name in blurred)
        enough = pl.len().over(TOLD) >= threshold
        told.append(rest.filter(enough))
        rest = rest.filter(~enough)
    return pl.concat(told).sort("pseudonym")
