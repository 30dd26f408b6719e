"""Losses of the table of disabilities (annex of PP 44/2015) in an officer's words; the percentages stand in the law."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

DISABILITIES: dict[str, Any] = {
    "1": _("Lengan kanan dari bahu"),
    "2": _("Lengan kiri dari bahu"),
    "3": _("Lengan kanan dari atau di atas siku"),
    "4": _("Lengan kiri dari atau di atas siku"),
    "5": _("Tangan kanan dari atau di atas pergelangan"),
    "6": _("Tangan kiri dari atau di atas pergelangan"),
    "7": _("Kedua tungkai dari pangkal paha"),
    "8": _("Satu tungkai dari pangkal paha"),
    "9": _("Kedua kaki dari mata kaki"),
    "10": _("Satu kaki dari mata kaki"),
    "11": _("Kedua mata"),
    "12": _("Satu mata, atau penglihatan ganda pada jarak dekat"),
    "13": _("Pendengaran kedua telinga"),
    "14": _("Pendengaran satu telinga"),
    "15": _("Ibu jari tangan kanan"),
    "16": _("Ibu jari tangan kiri"),
    "17": _("Telunjuk tangan kanan"),
    "18": _("Telunjuk tangan kiri"),
    "19": _("Satu jari lain tangan kanan"),
    "20": _("Satu jari lain tangan kiri"),
    "21": _("Ruas pertama telunjuk kanan"),
    "22": _("Ruas pertama telunjuk kiri"),
    "23": _("Ruas pertama jari lain tangan kanan"),
    "24": _("Ruas pertama jari lain tangan kiri"),
    "25": _("Satu ibu jari kaki"),
    "26": _("Satu jari telunjuk kaki"),
    "27": _("Satu jari kaki lain"),
    "29": _("Impotensi"),
    "30a": _("Tungkai memendek kurang dari 5 cm"),
    "30b": _("Tungkai memendek 5 sampai kurang dari 7,5 cm"),
    "30c": _("Tungkai memendek 7,5 cm atau lebih"),
    "33": _("Satu daun telinga"),
    "34": _("Kedua daun telinga"),
    "35": _("Cuping hidung"),
    "36": _("Sekat rongga hidung berlubang"),
    "37": _("Daya penciuman"),
    "38a": _("Kemampuan kerja fisik hilang 51 sampai 70 persen"),
    "38b": _("Kemampuan kerja fisik hilang 26 sampai 50 persen"),
    "38c": _("Kemampuan kerja fisik hilang 10 sampai 25 persen"),
    "39": _("Hilangnya kemampuan kerja mental untuk selamanya"),
    "43": _("Penglihatan warna"),
}
# rows that count by a measure
MEASURED: dict[str, Any] = {
    "28": _("Kulit kepala terkelupas (penilaian dokter, persen)"),
    "31": _("Pendengaran kedua telinga berkurang (dB)"),
    "32": _("Pendengaran satu telinga berkurang (dB)"),
    "40": _("Daya penglihatan berkurang (persen)"),
    "44": _("Lapang pandang berkurang (persen)"),
}
