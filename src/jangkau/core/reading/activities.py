"""What kind of meeting an outreach log tells of, by the words of its column: desa, rakor kecamatan, TPI, FGD."""

from __future__ import annotations

import polars as pl

_KINDS = (  # the first that fits
    ("focus_group", r"\bFGD\b|DISKUSI KELOMPOK|FOCUS"),
    ("meeting", r"RAKOR|KOORDINASI|\bRAPAT\b|EVALUASI"),
    ("hrd_forum", r"\bHRD\b|FORUM"),
    ("fishery_port", r"\bTPI\b|\bPPI\b|\bPPN\b|PELABUHAN|PELELANGAN|NELAYAN"),
    ("market", r"\bPASAR\b|PEDAGANG"),
    ("school", r"SEKOLAH|\bSM[AK]\b|\bMTS\b|KAMPUS|UNIVERSITAS|PESANTREN"),
    ("factory", r"PABRIK|PERUSAHAAN|\bPT\b|\bCV\b|INDUSTRI|FACTORY"),
    ("village", r"\bDESA\b|\bDS\b|\bKEL(URAHAN)?\b|\bRT\b|\bRW\b|DUSUN|KAMPUNG"),
    ("district", r"\bKEC(AMATAN)?\b"),
)


def event_kinds(activity: pl.Expr) -> pl.Expr:
    """The kind of every event by what stands in its column: focus_group, meeting, hrd_forum, fishery_port, market,
    school, factory, village, district; null where no word tells.

    >>> said = pl.DataFrame({"a": ["Rakor Kecamatan", "desa", "TPI", "?"]})
    >>> said.select(event_kinds(pl.col("a"))).to_series().to_list()
    ['meeting', 'village', 'fishery_port', None]
    """
    words = activity.str.to_uppercase()
    found = pl.lit(None, dtype=pl.String)
    for kind, pattern in reversed(_KINDS):
        found = pl.when(words.str.contains(pattern)).then(pl.lit(kind)).otherwise(found)
    return found
