"""Blank forms, one for each kind of list: headers that the reading knows, NIKs kept as text, drop-downs, a help sheet.
A form is an offer: lists in any other layout are read as well."""

from __future__ import annotations

import io

import xlsxwriter

from jangkau.core.kernel import Unknown
from jangkau.core.reading.schema import LIST_KINDS

LINES = 2_000  # lines of a form that are ready for text NIKs and drop-downs

_PERSON = ("NO", "NIK", "NAMA LENGKAP", "TEMPAT LAHIR", "TANGGAL LAHIR", "L/P")
_HOME = ("ALAMAT", "RT", "RW", "DESA/KELURAHAN", "KECAMATAN")
_FORMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "membership": ("DAFTAR PESERTA BPJS KETENAGAKERJAAN", (
        "NO", "KPJ", "NIK", "NAMA LENGKAP", "TANGGAL LAHIR", "L/P", "NPP", "NAMA PERUSAHAAN", "SEGMEN", "PROGRAM",
        "UPAH", "BULAN TERAKHIR BAYAR", "STATUS KEPESERTAAN",
    )),
    "workers": ("DAFTAR PEKERJA", (*_PERSON, *_HOME, "NO HP", "PEKERJAAN", "PENGHASILAN PER BULAN", "KETERANGAN")),
    "jakon": ("DAFTAR PEKERJA PADAT KARYA", (*_PERSON, *_HOME, "UPAH/HARI", "JUMLAH HARI", "JUMLAH UPAH")),
    "licences": ("DAFTAR IZIN USAHA", ("NO", "NIB", "NAMA PERUSAHAAN", "SKALA USAHA", "KBLI", *_HOME[:1], *_HOME[3:],
                                       "JUMLAH TENAGA KERJA")),
    "company_reports": ("WAJIB LAPOR KETENAGAKERJAAN", (
        "NO", "NAMA PERUSAHAAN", "NIB", "TENAGA KERJA L", "TENAGA KERJA P", *_HOME[:1], *_HOME[3:],
    )),
    "branch_employers": ("DAFTAR PERUSAHAAN PESERTA", (
        "NO", "NPP", "NAMA PERUSAHAAN", *_HOME[:1], *_HOME[3:], "JUMLAH TENAGA KERJA", "BULAN TUNGGAKAN", "TUNGGAKAN",
    )),
    "non_asn": ("DAFTAR PEGAWAI NON ASN", (*_PERSON, *_HOME, "UNIT KERJA", "JABATAN", "TMT", "GAJI PER BULAN")),
    "village_officials": ("DAFTAR PERANGKAT DESA", (*_PERSON, *_HOME, "JABATAN", "TMT", "SILTAP")),
    "fishers": ("DAFTAR NELAYAN", (*_PERSON, *_HOME, "NO HP", "PEKERJAAN")),
    "poverty": ("DATA KESEJAHTERAAN KELUARGA", ("NO", "NO KK", *_PERSON[1:], *_HOME, "PEKERJAAN", "DESIL")),
    "perisai": ("DAFTAR PESERTA AGEN PERISAI", (
        *_PERSON, *_HOME, "NO HP", "PEKERJAAN", "TANGGAL DAFTAR", "NAMA AGEN", "KANTOR PERISAI",
    )),
    "outreach": ("DAFTAR KEGIATAN SOSIALISASI", (
        "NO", "TANGGAL KEGIATAN", "KEGIATAN", "LOKASI", "DESA/KELURAHAN", "KECAMATAN", "JUMLAH PESERTA HADIR",
    )),
    "village_budget": ("DAFTAR KEGIATAN PEMBANGUNAN APBDES", (
        "NO", "NAMA KEGIATAN", "DESA", "KECAMATAN", "SUMBER DANA", "PAGU", "RENCANA MULAI", "RENCANA SELESAI",
    )),
    "confirmation": ("KONFIRMASI PENDAFTARAN PESERTA", (
        *_PERSON[:3], "TANGGAL LAHIR", "KPJ", "STATUS PENDAFTARAN", "ALASAN DITOLAK", "MULAI PERLINDUNGAN",
        "AKHIR PERLINDUNGAN",
    )),
    "deaths_and_moves": ("LAPORAN KEMATIAN DAN PINDAH", (
        *_PERSON[:3], "TANGGAL LAHIR", *_HOME, "PERISTIWA", "TANGGAL MENINGGAL", "TANGGAL PINDAH", "PINDAH KE",
        "KETERANGAN",
    )),
}  # fmt: skip
_CHOICES = {
    "L/P": ["L", "P"],
    "SEGMEN": ["PU", "BPU", "JAKON", "PMI"],
    "PROGRAM": ["JKK,JKM", "JKK,JKM,JHT", "JKK,JKM,JHT,JP"],
    "STATUS PENDAFTARAN": ["DITERIMA", "DITOLAK"],
    "PERISTIWA": ["MENINGGAL", "PINDAH"],
    "STATUS KEPESERTAAN": ["AKTIF", "NON AKTIF"],
    "SKALA USAHA": ["MIKRO", "KECIL", "MENENGAH", "BESAR"],
    "DESIL": [str(decile) for decile in range(1, 11)],
}
_TEXTS = ("NIK", "NO KK", "KPJ", "NPP", "NIB", "NO HP", "RT", "RW", "KBLI")
_WIDE = ("NIK", "NO KK", "NAMA LENGKAP", "ALAMAT")
_DAYS = (
    "TANGGAL LAHIR", "TANGGAL DAFTAR", "TANGGAL KEGIATAN", "TMT", "MULAI PERLINDUNGAN", "AKHIR PERLINDUNGAN",
    "TANGGAL MENINGGAL", "TANGGAL PINDAH", "RENCANA MULAI", "RENCANA SELESAI",
)  # fmt: skip
_HELP = (
    "Cara mengisi",
    "Satu orang (atau satu perusahaan, satu kegiatan) satu baris; jangan menggabungkan sel.",
    "Kolom NIK sudah berjenis teks: ketik 16 angka dari KTP atau KK. Jangan menebak angka yang tidak terbaca.",
    "Tanggal ditulis tanggal-bulan-tahun. Bila hanya tahunnya yang diketahui, kosongkan.",
    "Kolom yang tidak diketahui dikosongkan; barisnya tetap terbaca.",
    "Desa dan kecamatan ditulis pada setiap baris bila berbeda-beda.",
)


def template_for(kind: str) -> bytes:
    """A blank xlsx form for a kind of list of LIST_KINDS; raises Unknown for a kind without one.

    >>> template_for("workers")[:2]
    b'PK'
    """
    if kind not in _FORMS:
        raise Unknown(
            f"Tidak ada contoh untuk jenis daftar “{kind}”. Pilih salah satu: {', '.join(form_kinds())}.",
            f"There is no form for the kind of list “{kind}”. Choose one of: {', '.join(form_kinds())}.",
        )
    title, headers = _FORMS[kind]
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet("DAFTAR")
    head = book.add_format({"bold": True, "bg_color": "#E2EFDA", "border": 1, "text_wrap": True, "valign": "vcenter"})
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "dd-mm-yyyy"})
    page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    for column, header in enumerate(headers):
        page.write_string(2, column, header, head)
        look = text if header in _TEXTS else day if header in _DAYS else None
        page.set_column(column, column, 22 if header in _WIDE else max(len(header) + 3, 6), look)
        if header in _CHOICES:
            rule = {"validate": "list", "source": _CHOICES[header], "error_type": "warning"}
            page.data_validation(3, column, 2 + LINES, column, rule)
        if header == "NIK":
            page.data_validation(3, column, 2 + LINES, column, _sixteen_digits())
    page.freeze_panes(3, 3)
    _write_help(book)
    book.close()
    return stream.getvalue()


def _sixteen_digits() -> dict[str, object]:
    return {
        "validate": "length", "criteria": "==", "value": 16, "error_type": "warning",
        "error_title": "NIK", "error_message": "NIK terdiri dari 16 angka. Periksa lagi dari KTP atau KK.",
    }  # fmt: skip


def _write_help(book: xlsxwriter.Workbook) -> None:
    page = book.add_worksheet("PETUNJUK")
    page.set_column(0, 0, 110)
    for row, sentence in enumerate(_HELP):
        page.write_string(row, 0, sentence, book.add_format({"bold": not row, "text_wrap": True}))


def form_kinds() -> tuple[str, ...]:
    """The kinds of lists that have a form, in the order of LIST_KINDS."""
    return tuple(kind for kind in LIST_KINDS if kind in _FORMS)
