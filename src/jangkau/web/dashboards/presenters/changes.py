"""Who came and who went since the measured day before: lines that add up from one stock to the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from jangkau.core.measures.changes import CAME, CHANGES, WENT
from jangkau.registry.lists.queries.facts import Facts

SEGMENTS = ("all", "pu", "bpu")
CHANGE_WORDS = {
    "first": gettext_lazy("peserta baru"),
    "reactivated": gettext_lazy("aktif kembali"),
    "counted_again": gettext_lazy("terhitung kembali"),
    "moved_in": gettext_lazy("pindah ke sini dari wilayah atau segmen lain, tetap terlindungi"),
    "lapsed": gettext_lazy("iuran berhenti lebih dari tiga bulan"),
    "deceased": gettext_lazy("meninggal"),
    "moved_out": gettext_lazy("pindah ke luar kabupaten"),
    "over_age": gettext_lazy("mencapai 65 tahun"),
    "under_age": gettext_lazy("ternyata belum 15 tahun"),
    "outside": gettext_lazy("ternyata tinggal di luar kabupaten"),
    "withdrawn": gettext_lazy("daftar yang menyebut kepesertaannya ditarik kembali"),
    "moved_away": gettext_lazy("pindah ke wilayah atau segmen lain, tetap terlindungi"),
}


@dataclass(frozen=True)
class ChangeLine:
    """A reason, its sign, and the people of all segments, of wage earners and of the self-employed."""

    words: str | Promise
    sign: str
    people: tuple[int, ...]


@dataclass(frozen=True)
class Changes:
    """The covered of two days and the lines between them."""

    since: date
    before: tuple[int, ...]
    lines: tuple[ChangeLine, ...]
    after: tuple[int, ...]


def changes_of(facts: Facts) -> Changes | None:
    """The changes of a region; None when only one day was measured or nobody was covered on either."""
    if facts.changes is None or facts.changes.is_empty():
        return None
    by_segment = {row["segment"]: row for row in facts.changes.iter_rows(named=True)}
    counts = {name: tuple(by_segment.get(segment, {}).get(name, 0) for segment in SEGMENTS) for name in CHANGES}
    lines = [(name, "+") for name in CAME] + [(name, "\N{MINUS SIGN}") for name in WENT]
    return Changes(
        facts.changes.select(pl.col("since").first()).item(),
        counts["before"],
        tuple(ChangeLine(CHANGE_WORDS[name], sign, counts[name]) for name, sign in lines if any(counts[name])),
        counts["after"],
    )
