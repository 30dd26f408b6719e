"""What others have published: quotations with date, source and status, never computed and never mixed with the by-name
share. Sources: the addresses beside each figure, read in 2025."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class PublishedFigure(NamedTuple):
    """A figure as printed. `status`: verified (two sources), secondary (one) or assumed; `percent` 0-100."""

    region_code: str
    region_name: str
    indicator: str
    percent: float
    on: date
    status: str
    source: str


_UCJ = "UCJ"
PUBLISHED = (
    PublishedFigure(
        "32.02", "Kabupaten Sukabumi", _UCJ, 37.7, date(2024, 12, 20), "secondary",
        "https://ragambahasa.com/2024/12/21/sekda-ade-suryaman-hadiri-fgd-untuk-tingkatkan-perlindungan-jaminan-sosial-di-sukabumi",
    ),
    PublishedFigure(
        "32", "Jawa Barat", _UCJ, 37.2, date(2024, 12, 20), "secondary",
        "https://ragambahasa.com/2024/12/21/sekda-ade-suryaman-hadiri-fgd-untuk-tingkatkan-perlindungan-jaminan-sosial-di-sukabumi",
    ),
    PublishedFigure(
        "32.02", "Kabupaten Sukabumi", _UCJ, 41.0, date(2025, 7, 14), "secondary",
        "https://sukabumi.jabarekspres.com/2025/07/15/pemkab-dan-bpjs-bahas-percepatan-jaminan-sosial-ketenagakerjaan",
    ),
)  # fmt: skip

TARGETS = (
    PublishedFigure(
        "", "Indonesia", "Target UCJ Kemendagri/BPJSTK 2025", 52.15, date(2025, 12, 31), "secondary",
        "https://beritausukabumi.com/pemkab-sukabumi-evaluasi-capaian-program-jamsosnaker-fokus-perluasan-kepesertaan/peristiwa/peristiwa-sukabumi/",
    ),
)  # fmt: skip
