"""Why a row was given to a person, in a sentence for the officer who reads the profile or decides a doubtful pair."""

from __future__ import annotations

from jangkau.core.kernel import Unknown

_SENTENCES = {
    "nik_name": ("NIK sama dan nama cocok.", "Same NIK, and the names match."),
    "nik_birth_date": (
        "NIK dan tanggal lahir sama; baris ini tanpa nama.",
        "Same NIK and birth date; the row has no name.",
    ),
    "nik_alone": ("NIK sama; nama dan tanggal lahir tidak tercantum.", "Same NIK; name and birth date are not stated."),
    "nik_shared": (
        "NIK sama tetapi namanya berbeda: mungkin satu NIK dipakai dua orang.",
        "Same NIK but different names: perhaps two people under one NIK.",
    ),
    "nik_near": (
        "NIK berbeda satu angka atau dua angka tertukar, nama cocok.",
        "The NIKs differ by one digit or two swapped digits, and the names match.",
    ),
    "kpj_name": ("Nomor KPJ sama dan nama cocok.", "Same KPJ number, and the names match."),
    "kpj_shared": (
        "Nomor KPJ sama tetapi namanya berbeda.",
        "Same KPJ number but different names.",
    ),
    "sibling_name": (
        "Nama hanya berbeda satu huruf hidup: mungkin saudara kembar.",
        "The names differ by one vowel only: perhaps twins.",
    ),
    "name_birth_date_village": ("Nama, tanggal lahir, dan desa cocok.", "Name, birth date and village match."),
    "name_birth_date_family": (
        "Nama, tanggal lahir, dan keluarga (KK atau nama ibu) cocok.",
        "Name, birth date and family (family card or mother's name) match.",
    ),
    "name_birth_date_district": ("Nama, tanggal lahir, dan kecamatan cocok.", "Name, birth date and district match."),
    "name_birth_date": ("Nama dan tanggal lahir cocok.", "Name and birth date match."),
    "name_village_rt": ("Nama, desa, RT, dan RW cocok.", "Name, village, RT and RW match."),
    "name_family": (
        "Nama dan keluarga (KK atau nama ibu) cocok.",
        "Name and family (family card or mother's name) match.",
    ),
    "name_village": ("Nama cocok, keterangan lain kurang.", "The names match; little else is stated."),
    "decided": ("Diputuskan oleh petugas.", "Decided by an officer."),
    "kept": ("Hubungan yang sudah ada dipertahankan.", "The link that existed is kept."),
    "new": ("Belum ada orang yang cocok: orang baru.", "Nobody matched: a new person."),
    "no_identity": ("Tanpa nama dan NIK: tidak dapat dihubungkan.", "Neither name nor NIK: cannot be linked."),
}


def explain(decision: str) -> tuple[str, str]:
    """The Indonesian and the English sentence for a rule; raises Unknown for a rule that does not exist.

    >>> explain("nik_name")[1]
    'Same NIK, and the names match.'
    """
    try:
        return _SENTENCES[decision]
    except KeyError:
        raise Unknown(
            "Alasan hubungan ini tidak dikenal. Jalankan ulang penghubungan.",
            "The reason for this link is not known. Run the linking again.",
        ) from None
