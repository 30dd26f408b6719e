"""A small area to read lists of; names and codes of places are real, everything else is invented."""

import sys
from datetime import date
from pathlib import Path

import pytest

from jangkau.core.kernel import Gazetteer, RegionCode
from jangkau.core.reading import ListReading, read_file

sys.path.insert(0, str(Path(__file__).parent))  # so that tests find workbooks.py in every import mode

AREA = RegionCode("32.02")
TODAY = date(2026, 10, 31)
TABLE = """32|Jawa Barat||
32.02|Kabupaten Sukabumi||
32.02.01|Palabuhanratu||
32.02.01.1001|Palabuhanratu||
32.02.01.2002|Tonjong||
32.02.01.2003|Citepus||
32.02.16|Cicurug||
32.02.16.2006|Cisaat||
32.02.16.2011|Mekarsari||
32.02.29|Cisaat||
32.02.29.2004|Cisaat||
32.02.29.2011|Cibolang Kaler||
32.02.33|Sukaraja||
32.02.33.2001|Mekarsari||
32.72|Kota Sukabumi||"""


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.parse(TABLE)


@pytest.fixture
def read(gazetteer):
    def reader(content: bytes, name: str = "daftar.xlsx", as_of: date = TODAY) -> ListReading:
        return read_file(content, name, gazetteer=gazetteer, area=AREA, as_of=as_of)

    return reader
