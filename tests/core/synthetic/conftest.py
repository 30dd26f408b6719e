"""A small gazetteer with invented neighbours: real enough in shape, no file needed."""

from datetime import date

import pytest

from jangkau.core.kernel import Gazetteer, RegionCode
from jangkau.core.synthetic import InventedRegency, invent

AS_OF = date(2026, 10, 31)


def region_lines(regency: str, name: str, districts: int, villages: int, latitude: float) -> list[str]:
    lines = [f"{regency}|{name}|{latitude}|106.7"]
    for district in range(1, districts + 1):
        code = f"{regency}.{district:02d}"
        lines.append(f"{code}|Kecamatan {district}|{latitude + 0.05 * district:.4f}|{106.5 + 0.03 * district:.4f}")
        for village in range(1, villages + 1):
            kind = 1 if village == 1 and district % 4 == 0 else 2
            lines.append(f"{code}.{kind}{village:03d}|Sukamaju {district}-{village}|{latitude}|106.{village}")
    return lines


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    lines = ["32|Jawa Barat|-6.9|107.5", "33|Jawa Tengah|-7.2|110.1"]
    lines += region_lines("32.02", "Kabupaten Sukabumi", 36, 8, -7.0)
    lines += region_lines("32.03", "Kabupaten Cianjur", 4, 5, -6.8)
    lines += region_lines("32.72", "Kota Sukabumi", 3, 4, -6.9)
    lines += region_lines("33.01", "Kabupaten Cilacap", 6, 6, -7.6)
    return Gazetteer.parse("\n".join(lines))


@pytest.fixture(scope="session")
def regency(gazetteer: Gazetteer) -> InventedRegency:
    return invent(gazetteer, area=RegionCode("32.02"), workers=30_000, seed=7, as_of=AS_OF)


@pytest.fixture(scope="session")
def small(gazetteer: Gazetteer) -> InventedRegency:
    return invent(gazetteer, area=RegionCode("33.01"), workers=4_500, seed=3, as_of=AS_OF)
