"""Where the papers of a decree lie: below the data folder, by the number of the decree."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

PAPERS = {"lampiran": True, "lampiran-umum": False}  # name to whether NIKs are whole


def place_of(decree: int, paper: str) -> Path:
    """Where a paper of a decree lies or will lie."""
    return Path(settings.JANGKAU_DATA) / "decrees" / str(decree) / f"{paper}.pdf"
