"""A signal in the words of an officer: what was seen, what to ask, and why it may be harmless."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext

from jangkau.core.kernel import Month
from jangkau.programmes.agents.models import Signal
from jangkau.registry.people.presenters.figures import month, people


class SignalWords(NamedTuple):
    found: str
    question: str
    innocent: str


def signal_words(signal: Signal) -> SignalWords:
    """The words for a signal."""
    n, of = people(signal.n), people(signal.of)
    if signal.kind == Signal.Kind.SHARED_PHONE:
        return SignalWords(
            gettext("%(n)s anggota dari beberapa keluarga memakai satu nomor HP") % {"n": n},
            gettext("Siapa pemegang nomor itu, dan tahukah anggotanya bahwa mereka didaftarkan?"),
            gettext("Bisa jadi agen menolong orang yang tidak punya HP."),
        )
    if signal.kind == Signal.Kind.SHARED_ACCOUNT:
        return SignalWords(
            gettext("Iuran %(n)s anggota dari beberapa keluarga dibayar dari satu rekening") % {"n": n},
            gettext("Rekening siapa itu, dan dari mana uangnya?"),
            gettext("Bisa jadi majikan, kelompok tani, atau agen menyetorkan iuran yang ditagih tunai."),
        )
    if signal.kind == Signal.Kind.BRIEF_MEMBERS:
        when = month(Month.parse(signal.key).first_day)
        return SignalWords(
            gettext("%(n)s dari %(of)s anggota yang mendaftar %(month)s hanya membayar satu atau dua bulan")
            % {"n": n, "of": of, "month": when},
            gettext("Mengapa begitu banyak yang berhenti: siapa yang membayar bulan pertama, dan untuk apa?"),
            gettext("Bisa jadi pendaftaran massal dengan iuran pertama dari donatur."),
        )
    return _about_people(signal, n)


def _about_people(signal: Signal, n: str) -> SignalWords:
    if signal.kind == Signal.Kind.DEAD:
        return SignalWords(
            gettext("%(n)s anggota tercatat meninggal sebelum tanggal daftarnya") % {"n": n},
            gettext("Siapa yang mendaftar dengan identitas itu?"),
            gettext("Bisa jadi tanggal meninggal atau tanggal daftar salah tulis, atau orangnya lain."),
        )
    if signal.kind == Signal.Kind.OVER_AGE:
        return SignalWords(
            gettext("%(n)s anggota melewati batas usia pada tanggal daftarnya") % {"n": n},
            gettext("Apakah tanggal lahirnya benar, dan mengapa cabang menerimanya?"),
            gettext("Bisa jadi tahun lahir salah tulis; pendaftarannya mungkin perpanjangan yang sah."),
        )
    if signal.kind == Signal.Kind.NIK_CLUSTER:
        return SignalWords(
            gettext("%(n)s anggota punya NIK dari satu kecamatan dan tanggal lahir dengan nomor urut berdekatan")
            % {"n": n},
            gettext("Dapatkah orangnya ditemui dan KTP-nya dilihat?"),
            gettext("Kembar punya NIK seperti ini, tetapi jarang lebih dari dua orang."),
        )
    return SignalWords(
        gettext("%(n)s anggota sudah menjadi peserta ketika didaftarkan") % {"n": n},
        gettext("Apakah mereka pindah dari kepesertaan lain, atau dihitung dua kali?"),
        gettext(
            "Orang boleh punya dua pekerjaan. Bila cabang tidak menyebut sejak kapan, tahunnya diambil dari nomor KPJ."
        ),
    )
