"""Which trade do the words for an occupation mean? Lists write PDG, dagang, Pedagang keliling for one trade; people are
counted by trade. The words are those that village and agency lists use; what fits no trade is "other"."""

from __future__ import annotations

import polars as pl

# The first that fits wins, so the particular stands before the general.
_TRADES = (
    ("fisher", r"NELAYAN|NLYN|\bABK\b|PERIKANAN"),
    ("farm_labourer", r"\b(BURUH|BR\.?) ?TANI|KULI TANI"),
    ("farmer", r"TANI|PEKEBUN|TERNAK|PENDERES|PENYADAP|KEBUN"),
    ("trader", r"DAGANG|\bPDG|WARUNG|JUALAN"),
    ("driver", r"OJE[KG]|OJOL|SOPIR|SUPIR|DRIVER|KURIR|KENEK"),
    ("builder", r"BANGUNAN|TUKANG BATU|TUKANG KAYU|KULI|^TUKANG$|^TK\.?$"),
    ("craft", r"JAHIT|RAJIN|BENGKEL|MONTIR|SALON|CUKUR"),
    ("factory_worker", r"PABRIK|GARMEN"),
    ("shop_worker", r"TOKO|KASIR|PRAMUNIAGA"),
    ("religious_worker", r"NGAJI|MARBOT|USTA[DZ]|IMAM"),
    ("teacher", r"\bGURU\b|\bGTT\b|\bDOSEN\b"),
    ("village_official", r"PERANGKAT|APARAT|STAF DESA|KADER|KETUA R|SEKDES|\bKAUR\b|\bKASI\b|KADUS|KADES|LINMAS"),
    ("guard_or_cleaner", r"SATPAM|SECURITY|KEBERSIHAN|PENJAGA"),
    ("non_asn", r"HONOR|NON.?ASN|\bTHL\b|\bPTT\b"),
    ("day_labourer", r"BURUH|\bBHL\b|HARIAN|SERABUTAN"),
    ("employee", r"KARY|PEGAWAI|\bPEG\b|SWASTA$"),
    ("own_business", r"WIRA|USAHA"),
)  # fmt: skip
TRADES = (*(code for code, _ in _TRADES), "other")

# assumed: the sector in which most people of a trade work; those that tell none stand under "services"
SECTORS = {
    "farming": ("fisher", "farm_labourer", "farmer"),
    "industry": ("craft", "factory_worker"),
    "construction": ("builder",),
    "trade": ("trader", "shop_worker"),
    "transport": ("driver",),
    "public": ("teacher", "religious_worker", "village_official", "non_asn"),
    "services": ("guard_or_cleaner", "day_labourer", "employee", "own_business", "other"),
}
SECTOR_OF = {trade: sector for sector, trades in SECTORS.items() for trade in trades}


def trade_of(occupation: pl.Expr) -> pl.Expr:
    """The code of a trade, one of TRADES, for each occupation (str); null where none is stated.

    >>> words = pl.Series(["PDG. KLG", "Br. Tani", "WIRA SWASTA", "Kary. Swasta", "penari", "-", None])
    >>> words.to_frame("w").select(trade_of(pl.col("w"))).to_series().to_list()
    ['trader', 'farm_labourer', 'own_business', 'employee', 'other', None, None]
    """
    words = occupation.str.to_uppercase()
    ordered = [("own_business", r"WIRA ?SWASTA"), *_TRADES]
    found = [pl.when(words.str.contains(pattern)).then(pl.lit(code)) for code, pattern in ordered]
    return pl.coalesce([*found, pl.when(words.str.contains(r"[A-Z]")).then(pl.lit("other"))])
