"""Names, resemblance, candidates, clusters: the parts, by themselves."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.linkage import candidates
from jangkau.core.linkage.clusters import gather
from jangkau.core.linkage.names import canonical_token, clean_name, name_forms
from jangkau.core.linkage.resemblance import (
    DIFFERENT,
    INITIALS,
    LOOSE,
    PART,
    SAME,
    SIBLING,
    SLIP,
    abbreviates,
    may_agree,
    name_levels,
)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("hj. nina amalia", "NINA AMALIA"), ("H.ADUN", "ADUN"), ("DRS. H. MUHAMAD RAKA", "MUHAMAD RAKA"),
        ("YENI RO'AENI, S.PD", "YENI ROAENI"), ("DEDI S.Kom", "DEDI"), ("TETI BINTI SARIP", "TETI"),
        ("OBAY (alm)", "OBAY"), ("IMAN H.", "IMAN H"), ("HASAN", "HASAN"), ("USTADZAH IIS", "IIS"), ("H.", "H"),
        ("-", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_clean_name(written: str | None, clean: str | None) -> None:
    frame = pl.DataFrame({"name": [written]}, schema={"name": pl.String})
    assert frame.select(clean_name(pl.col("name"))).item() == clean


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=12))
def test_a_canonical_token_never_vanishes(token: str) -> None:
    assert canonical_token(token)


LEVELS = [
    ("MOCH. ALI", "MUHAMMAD ALI", SAME), ("NUR HAYATI", "NURHAYATI", SAME), ("SOEPARMAN", "SUPARMAN", SAME),
    ("RAHAYUU", "RAHAYU", SAME), ("RIZAL FAUZI", "RIJAL PAUJI", SAME), ("DEDI ISAMIL", "DEDI ISMAIL", SLIP),
    ("ITA S.", "ITA SUMARNI", INITIALS), ("DADANG", "DADANG SURYANA", PART), ("RINA", "RINI", SIBLING),
    ("EUIS SITI RUKMINI", "NENG RUKMINI", LOOSE), ("ASEP SUHENDAR", "UJANG KOSASIH", DIFFERENT),
    ("A. B.", "ASEP BUDI", DIFFERENT),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "level"), LEVELS)
def test_levels_of_resemblance_are_the_same_both_ways(left: str, right: str, level: int) -> None:
    forms = name_forms([pl.Series([left, right])])
    number = dict(forms.select("name", "name_id").rows())
    pairs = pl.DataFrame({"left_name": [number[left], number[right]], "right_name": [number[right], number[left]]})
    assert name_levels(pairs.cast(pl.UInt32), forms)["name_level"].to_list() == [level, level]


_NAMES = st.lists(
    st.sampled_from(["ITA", "S", "SUMARNI", "SUMARNO", "ANI", "A", "MUHAMMAD", "NI", "UJANGANI"]),
    min_size=1,
    max_size=3,
)


@given(st.lists(_NAMES.map(" ".join), min_size=2, max_size=12), st.data())
def test_names_that_cannot_agree_do_not(names: list[str], data: st.DataObject) -> None:
    slips = [name[: (at := data.draw(st.integers(0, len(name))))] + name[at + 1 :] for name in names]
    forms = name_forms([pl.Series([*names, *slips])])
    number = pl.int_range(forms.height, dtype=pl.UInt32, eager=True)
    pairs = pl.DataFrame({"left": number}).join(pl.DataFrame({"right": number}), how="cross")
    records = pl.DataFrame({"name_id": [*number, None]}, schema={"name_id": pl.UInt32})
    levels = name_levels(pairs.rename({"left": "left_name", "right": "right_name"}), forms)["name_level"]
    agree = (levels < LOOSE).to_numpy()
    assert (may_agree(records, records, forms)(pairs) | ~agree).all()


def test_names_of_two_people_need_no_comparison() -> None:
    forms = name_forms([pl.Series(["ASEP SUHENDAR", "UJANG KOSASIH"])])
    records = pl.DataFrame({"name_id": [0, 1, None]}, schema={"name_id": pl.UInt32})
    pairs = pl.DataFrame({"left": [0, 0, 2], "right": [0, 1, 0]}, schema={"left": pl.UInt32, "right": pl.UInt32})
    assert may_agree(records, records, forms)(pairs).tolist() == [True, False, False]


def test_no_name_no_level() -> None:
    forms = name_forms([pl.Series(["ASEP"])])
    pairs = pl.DataFrame(
        {"left_name": [None, 0], "right_name": [0, None]}, schema={"left_name": pl.UInt32, "right_name": pl.UInt32}
    )
    assert name_levels(pairs, forms)["name_level"].to_list() == [None, None]


def test_abbreviation_needs_the_same_number_of_tokens_and_the_same_letters() -> None:
    assert not abbreviates(["ITA"], ["ITA", "S"])
    assert not abbreviates(["ITA", "S"], ["ITA", "MARYANI"])
    assert not abbreviates(["ITA", "S"], ["EUIS", "SUMARNI"])


def _keys(pairs: list[tuple[int, int]]) -> candidates.Keys:
    strong = pl.DataFrame(pairs, schema={"key": pl.Int64, "at": pl.UInt32}, orient="row")
    return candidates.Keys(strong, strong.clear().with_columns(dateless=pl.lit(True)))


def test_large_groups_are_left_out_and_parts_join_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "_LARGE", 3)
    monkeypatch.setattr(candidates, "_PART", 2)
    left = _keys([(1, 0), (2, 1), (1, 2), (7, 2), (1, 3)])
    right = _keys([(1, 0), (1, 1), *((2, n) for n in range(4)), (7, 0)])
    parts = list(candidates.pairs_in_parts(left, right, 4))
    assert len(parts) == 2
    assert pl.concat(parts).rows() == [(0, 0), (0, 1), (2, 0), (2, 1), (3, 0), (3, 1)]


def _pairs(*rows: tuple[int, int, float, bool]) -> pl.DataFrame:
    schema = {"left": pl.Int64, "right": pl.Int64, "bits": pl.Float64, "contrary": pl.Boolean}
    return pl.DataFrame(list(rows), schema=schema, orient="row").with_columns(rule=pl.lit("nik_name"))


def _facts(*days: int | None) -> pl.DataFrame:
    return pl.DataFrame(
        {"row": list(range(len(days))), "day": days, "nik": [None] * len(days)},
        schema={"row": pl.Int64, "day": pl.Int32, "nik": pl.Int64},
    )


def test_clusters_refuse_rows_known_to_differ() -> None:
    found = gather(_pairs((0, 1, 20, False), (1, 2, 18, False), (0, 2, -20, True)), _facts(None, None, None))
    assert found.members["root"].to_list() == [0, 0, 2]
    assert found.doubts["row"].to_list() == [2]


def test_clusters_refuse_two_birth_dates_joined_by_a_row_without_one() -> None:
    found = gather(_pairs((0, 1, 20, False), (1, 2, 18, False)), _facts(10190, None, 20290))
    assert found.members["root"].to_list() == [0, 0, 2]


def test_a_weak_pair_is_a_doubt() -> None:
    found = gather(_pairs((0, 1, 0.2, False), (0, 2, -1.5, False), (3, 4, 30, False)), _facts(*[None] * 5))
    assert found.doubts.select("row", "root").rows() == [(1, 0), (2, 0)]
    assert found.members["root"].to_list() == [0, 1, 2, 3, 3]
