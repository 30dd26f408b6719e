"""What the properties by which coverage is cut are called on screen, and their values, in the order in which they are
shown."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jangkau.core.measures.cube import AGE_BANDS
from jangkau.core.measures.slices import LISTED, UNKNOWN
from jangkau.registry.lists.models import Kind
from jangkau.registry.lists.presenters.shares import TRADE_WORDS
from jangkau.registry.people.models import Segment

Words = Mapping[str, str | Promise]
ON_LISTS = "list"  # the page of all kinds of lists; each of them is a dimension of its own

DIMENSION_WORDS: Words = {
    "segment": _("Segmen"),
    "sex": _("Jenis kelamin"),
    "age_band": _("Umur"),
    "sector": _("Sektor"),
    "trade": _("Pekerjaan"),
    "employer_size": _("Besar pemberi kerja"),
    "wage_band": _("Upah atau penghasilan"),
    "payer": _("Pembayar iuran"),
    ON_LISTS: _("Daftar"),
    "agent": _("Agen Perisai"),
}
SECTOR_WORDS: Words = {
    "farming": _("Pertanian dan perikanan"),
    "industry": _("Industri dan kerajinan"),
    "construction": _("Bangunan"),
    "trade": _("Perdagangan"),
    "transport": _("Angkutan"),
    "public": _("Pemerintahan, pendidikan, keagamaan"),
    "services": _("Jasa dan lain-lain"),
}
VALUE_WORDS: Mapping[str, Words] = {
    "segment": dict(Segment.choices),
    "sex": {"L": _("Laki-laki"), "P": _("Perempuan")},
    "age_band": {name: name.replace("-", "\N{EN DASH}") for name, _oldest in AGE_BANDS},
    "sector": SECTOR_WORDS,
    "trade": TRADE_WORDS,
    "employer_size": {
        "1-4": _("1 sampai 4 pekerja"),
        "5-19": _("5 sampai 19 pekerja"),
        "20-99": _("20 sampai 99 pekerja"),
        "100+": _("100 pekerja ke atas"),
    },
    "wage_band": {
        "0-1": _("di bawah Rp1 juta"),
        "1-2": _("Rp1 juta sampai di bawah Rp2 juta"),
        "2-3": _("Rp2 juta sampai di bawah Rp3 juta"),
        "3-5": _("Rp3 juta sampai di bawah Rp5 juta"),
        "5+": _("Rp5 juta ke atas"),
    },
    "payer": {
        "employer": _("pemberi kerja"),
        "government": _("pemerintah atau penyandang lain, menurut konfirmasi cabang"),
        "own": _("peserta sendiri"),
    },
}
UNKNOWN_WORDS: Words = {
    "employer_size": _("tanpa pemberi kerja yang dikenal"),
    "payer": _("belum terlindungi"),
    "agent": _("tanpa agen"),
}


def value_words(dimension: str, value: str) -> str:
    """The words for a value; agents are called by their name."""
    if value == UNKNOWN:
        return str(UNKNOWN_WORDS.get(dimension, pgettext_lazy("irisan", "tidak disebut")))
    if dimension.startswith(LISTED):
        kind = str(Kind(dimension.removeprefix(LISTED)).label)
        return kind if value == "on" else gettext("tidak di daftar %(kind)s") % {"kind": kind}
    return str(VALUE_WORDS.get(dimension, {}).get(value, value))


def order_of(dimension: str) -> list[str]:
    """The values of a dimension in the order of the page; those not among them come after."""
    return list(VALUE_WORDS.get(dimension, {}))
