"""Every measure says what it divides by what, in both languages, and stands in the guide."""

from __future__ import annotations

from pathlib import Path

import pytest

from jangkau.core.kernel import Unknown
from jangkau.core.measures.definitions import MEASURES, Measure, Words, measure

GUIDE = (Path(__file__).parents[3] / "docs/guide/coverage.md").read_text()


@pytest.mark.parametrize("told", MEASURES, ids=lambda m: m.code)
def test_a_measure_is_whole(told: Measure):
    assert f"`{told.code}`" in GUIDE
    assert told.status in ("verified", "secondary", "assumed")
    assert (told.denominator is None) == (told.unit.en == "people")
    for value in told:
        assert not isinstance(value, Words) or (value.id and value.en)
    assert measure(told.code) is told


def test_the_three_percentages_never_share_a_denominator():
    told = [measure(code).denominator for code in ("by_name_share", "official_ucj", "share_of_employed")]
    assert len(set(told)) == 3


def test_an_unknown_measure_is_told():
    with pytest.raises(Unknown, match="official_ucj"):
        measure("coverage")
