"""Nobody is told apart from fewer than five others, and no number leads back without the key."""

from __future__ import annotations

from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.measures.disclosure import THRESHOLD
from jangkau.core.measures.pseudonyms import TOLD, pseudonymised

KEY = b"k" * 32
PERSON = st.fixed_dictionaries(
    {
        "village_code": st.sampled_from(["32.02.01.2003", "32.02.01.2004", "32.02.29.2001", None]),
        "birth_date": st.one_of(st.none(), st.dates(date(1980, 1, 1), date(1982, 12, 31))),
        "sex": st.sampled_from(["L", "P", None]),
        "segment": st.sampled_from(["bpu", "pu"]),
        "active": st.booleans(),
    }
)
SCHEMA = {
    "village_code": pl.String, "birth_date": pl.Date, "sex": pl.String, "segment": pl.String, "active": pl.Boolean,
}  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PERSON, max_size=60))
def test_whatever_is_told_of_somebody_is_told_of_four_others(people):
    frame = pl.DataFrame(people, schema=SCHEMA).with_row_index("person_id").cast({"person_id": pl.Int64})
    told = pseudonymised(frame, KEY)
    assert told.group_by(TOLD).len().filter(pl.col("len") < THRESHOLD).is_empty()
    assert told["pseudonym"].n_unique() == told.height <= len(people)
    assert told["active"].sum() <= frame["active"].sum()


def test_people_who_share_everything_keep_district_and_year():
    same = {
        "village_code": "32.02.01.2003",
        "birth_date": date(1980, 5, 1),
        "sex": "L",
        "segment": "bpu",
        "active": True,
    }
    frame = pl.DataFrame([same] * 5, schema=SCHEMA).with_row_index("person_id").cast({"person_id": pl.Int64})
    told = pseudonymised(frame, KEY)
    assert told.select(TOLD).unique().rows() == [("32.02.01", 1980, "L", "bpu")]
    other = pseudonymised(frame, b"j" * 32)
    assert not set(told["pseudonym"]) & set(other["pseudonym"])
    assert set(told.columns) == {"pseudonym", *TOLD, "active"}
