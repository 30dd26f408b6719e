"""Wage earner or self-employed, from the words for an occupation. Source: UU 24/2011 article 1 (who receives a wage);
the words are those that village and agency lists use. A row that states its segment needs none of this."""

from __future__ import annotations

import polars as pl

# Self-employed although a word of the second list stands in it: a teacher of the Quran, a head of RT.
_OWN = r"NGAJI|MARBOT|KETUA R[TW]|KETUA RUKUN|WIRA\s?SWASTA|WIRAUSAHA|LEPAS|HARIAN|\bTANI|NELAYAN|BANGUNAN|KADER|MITRA"
_WAGE = (
    r"KARYAWAN|KARYAWATI|\bKARY?\b|PEGAWAI|\bPEG\b|PABRIK|GARMEN|HONOR|NON.?ASN|\bPPPK\b|\bGTT\b|\bPTT\b|\bTHL\b|SATPAM|"
    r"SECURITY|PERANGKAT DESA|APARAT|STAF|SEKDES|SEKRETARIS DESA|KEPALA DESA|\bKADES\b|\bKAUR\b|\bKASI\b|KADUS|"
    r"KEPALA DUSUN|PELAYAN TOKO|PENJAGA TOKO|KASIR|\bSALES\b|PRAMUNIAGA|OPERATOR|ADMIN|PERAWAT|BIDAN|\bGURU\b|"
    r"\bDOSEN\b|TENAGA KEBERSIHAN|\bBURUH (?:GUDANG|PERUSAHAAN)\b"
)


def segment_of(occupation: pl.Expr) -> pl.Expr:
    """ "pu" or "bpu" for each occupation (str); null where none is stated."""
    words = occupation.str.to_uppercase()
    own, wage = words.str.contains(_OWN), words.str.contains(_WAGE)
    return pl.when(wage & ~own).then(pl.lit("pu")).when(words.str.contains(r"[A-Z]")).then(pl.lit("bpu"))


def work_segment(occupation: str | None) -> str:
    """ "pu" for the occupation of a wage earner, "bpu" for every other, also when none is stated.

    >>> [work_segment(w) for w in ("Kary. Swasta", "Buruh Pabrik Garmen", "Guru ngaji", "BHL", None)]
    ['pu', 'pu', 'bpu', 'bpu', 'bpu']
    """
    return str(pl.select(segment_of(pl.lit(occupation, dtype=pl.String)).fill_null("bpu")).item())
