"""Which field does a column hold? First by its header (Indonesian, Sundanese short forms, English), then by what stands
in it: a column of 16-digit values is a NIK whatever its header says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import polars as pl

from jangkau.core.reading.cells.amounts import sex, ticked
from jangkau.core.reading.cells.dates import parse_place_and_day

# Field -> pattern over the header in capital letters, single spaces, punctuation gone. The first rule that fits wins, so
# the particular stands before the general.
_RULES: tuple[tuple[str, str], ...] = (
    ("ignored", r"(NIK|KTP|KK|NAMA|KPJ).*\b(LAMA|SALAH|OLD)\b|TTD|TANDA TANGAN|PARAF|HUB(UNGAN)?( KEL.*)?|STATUS HUB.*|"
                r"ID KELUARGA|NO(MOR)? (REGISTRASI|PELAPORAN|SK)|NOMOR INDUK|JUDUL KBLI|URAIAN KBLI|NAMA KAPAL|GT|"
                r"(NO )?KUSUKA|PEMILIK ?/?ABK|PEMILIK ABK|BLN TERBAYAR|BULAN TERBAYAR|PETUGAS|"
                r"AHLI WARIS.*|AGAMA|PENDIDIKAN( TERAKHIR)?|STATUS (KAWIN|PERKAWINAN|NIKAH)|GOL(ONGAN)? DARAH|UMUR|USIA|AGE"),
    ("number", r"NO|NOMOR|NO URUT|NO URT|NR|NUMBER|#|NMR|N O|URUT|NOURUT"),
    ("kk", r"(NO(MOR)? )?(KK|KARTU KELUARGA|NKK)( BARU)?|FAMILY CARD.*"),
    ("nik", r"(NO(MOR)? )?(NIK|KTP|E KTP|EKTP|KTP EL|N I K|IDENTITAS|INDUK KEPENDUDUKAN)( KTP| NIK| BARU| EL)?|NIK.*|"
            r"NO(MOR)? (NIK|KTP).*|(NATIONAL )?ID (NUMBER|NO|CARD)|NATIONAL ID.*|NOMOR INDUK KEPENDUDUKAN.*"),
    ("kpj", r"(NO(MOR)? )?(KPJ|KPJ LAMA|PESERTA|KEPESERTAAN|KARTU PESERTA|JAMSOSTEK)|NO(MOR)? BPJS.*|KPJ.*|MEMBER (NO|NUMBER|ID)"),
    ("npp", r"(NO(MOR)? )?(NPP|PENDAFTARAN PERUSAHAAN)|NPP.*"),
    ("nib", r"(NO(MOR)? )?NIB|NOMOR INDUK BERUSAHA|NIB.*"),
    ("agent", r"(NAMA )?(AGEN|AGENT)( PERISAI)?|PERISAI"),
    ("office", r"(NAMA )?(KANTOR|WADAH)( PERISAI)?|PERISAI OFFICE"),
    ("mother_name", r"(NAMA )?(IBU|GADIS IBU)( KANDUNG)?|NM IBU.*|MOTHER.*|NAMA GADIS IBU.*"),
    ("men", r"(TENAGA KERJA|JUMLAH TK|TK|PEKERJA|KARYAWAN|JML TK|WORKERS).* (L|LK|PRIA|LAKI LAKI|LAKI|MEN|MALE)"),
    ("women", r"(TENAGA KERJA|JUMLAH TK|TK|PEKERJA|KARYAWAN|JML TK|WORKERS).* (P|PR|WANITA|PEREMPUAN|WOMEN|FEMALE)"),
    ("workers", r"(JUMLAH|JML|TOTAL|BANYAK(NYA)?) (TK|TKI|TENAGA KERJA|PEKERJA|KARYAWAN|PESERTA|BURUH).*|TENAGA KERJA|"
                r"(JUMLAH |JML )?(HADIR|KEHADIRAN|YANG HADIR|PESERTA HADIR)|(NUMBER OF )?WORKERS|EMPLOYEES|ATTENDANCE"),
    ("employer", r"(NAMA |NM )?(PERUSAHAAN|BADAN USAHA|PEMBERI KERJA|PERUSH|PRSHN|BU|INSTANSI|OPD|SKPD|UNIT KERJA|SATUAN KERJA|"
                 r"SATKER|SEKOLAH|LEMBAGA|YAYASAN|TEMPAT (KE|BE)?KERJA)|PENUGASAN UNIT KERJA|COMPANY( NAME)?|EMPLOYER( NAME)?"),
    ("daily_wage", r"UPAH ?/? ?(HARI|HARIAN|HOK).*|(UPAH|TARIF) (PER HARI|SATUAN).*|HARGA SATUAN.*|DAILY WAGE|HOK"),
    ("days", r"(JML|JUMLAH) (HARI|HOK)( KERJA)?|HARI KERJA|DAYS"),
    ("wage_sum", r"(JML|JUMLAH|TOTAL) (UPAH|BAYAR|DITERIMA|HONOR|TERIMA)"),
    ("arrears_months", r"(BLN|BULAN|JML BLN|JUMLAH BULAN|LAMA) (TUNGGAKAN|MENUNGGAK)|MONTHS IN ARREARS"),
    ("arrears", r"(NILAI |JUMLAH |TOTAL |RP )?TUNGGAKAN( IURAN| RP)?|PIUTANG( IURAN)?|ARREARS"),
    ("paid_until", r"(BLTH|BLN TH|BULAN TAHUN)( TERAKHIR| IURAN| LUNAS| AKHIR)*|(BULAN |IURAN )?(TERAKHIR|LUNAS)( BAYAR| IURAN)?|"
                   r"IURAN TERAKHIR|PAID UNTIL|LAST (PAID|CONTRIBUTION).*|PEMBAYARAN TERAKHIR"),
    ("income", r"(UPAH|GAJI|PENGHASILAN|PENDAPATAN|HONOR|HONORARIUM|INSENTIF|SILTAP|SILTAP INSENTIF|UMK)( POKOK| TK| RATA RATA| TERENDAH|"
               r" DILAPORKAN)?( PER ?BULAN| ?/? ?BLN| BULAN| SEBULAN| RP)?|UPAH.*|HONOR.*|(MONTHLY )?(WAGE|INCOME|SALARY)|RATA RATA UPAH"),
    ("programmes", r"(NAMA |IKUT )?PROGRAM(ME)?S?( JAMSOSTEK| YANG DIIKUTI)?"),
    ("segment", r"SEGMEN(T)?( PESERTA| KEPESERTAAN)?|JENIS (KE)?PESERTA(AN)?"),
    ("member_status", r"STATUS( PESERTA| KEPESERTAAN| AKTIF| TK| KEAKTIFAN)?|MEMBER STATUS|(STATUS )?BPJS( TK| KETENAGAKERJAAN)?"),
    ("since", r"(TGL|TANGGAL|TGL\.) (DAFTAR|KEPESERTAAN|PENDAFTARAN|MASUK|AKTIF|REKRUT|AKUISISI|BERGABUNG)|TMT.*|PENUGASAN TMT|"
              r"MULAI (KE|BE)?KERJA|TGL MULAI.*|TERHITUNG MULAI.*|(START|JOIN) DATE|SINCE"),
    ("until", r"(TGL|TANGGAL) (SELESAI|BERAKHIR|AKHIR|KELUAR|NON ?AKTIF)|END DATE|UNTIL"),
    ("birth_day", r"(TGL|TANGGAL|HARI|DD) (TGL|TANGGAL|HARI|DD)|(KELAHIRAN|LAHIR|TTL|TANGGAL LAHIR|TGL LAHIR|BIRTH).* (TGL|TANGGAL|HARI|DAY|DD)"),
    ("birth_month", r"(KELAHIRAN|LAHIR|TTL|TANGGAL LAHIR|TGL LAHIR|BIRTH).* (BLN|BULAN|BL|MONTH|MM)|(BLN|BULAN) LAHIR"),
    ("birth_year", r"(KELAHIRAN|LAHIR|TTL|TANGGAL LAHIR|TGL LAHIR|BIRTH).* (THN|TAHUN|TH|YEAR|YYYY)|(THN|TAHUN) LAHIR"),
    ("birth", r"(TEMPAT|TMP|TPT|TMPT|KOTA|TMPT\.)( |,|/|DAN|&|, )*(TGL|TANGGAL|TG)\.?( |DAN)*(KE)?LAHIR(AN)?|T ?T ?L|TEMPAT TANGGAL LAHIR|"
              r"TEMPAT TGL( LAHIR)?|TTGL LAHIR|(KE)?LAHIR(AN)?|PLACE AND DATE OF BIRTH|BIRTH"),
    ("birth_place", r"(TEMPAT|TMP|TPT|TMPT|KOTA|KAB|KABUPATEN)\.? (KE)?LAHIR(AN)?|(TTL|KELAHIRAN|LAHIR) (TEMPAT|TMP|KOTA)|(PLACE OF BIRTH|BIRTH ?PLACE)"),
    ("birth_date", r"(TGL|TANGGAL|TG|TGGL)\.? ?(KE)?LAHIR(AN)?.*|TTL (TANGGAL|TGL)|(DATE OF BIRTH|BIRTH ?DATE|DOB)|LAHIR (TGL|TANGGAL)"),
    ("male", r"(JENIS KELAMIN|KELAMIN|JK|SEX|GENDER|L P).* (L|LK|LAKI|LAKI LAKI|PRIA|M|MALE)"),
    ("female", r"(JENIS KELAMIN|KELAMIN|JK|SEX|GENDER|L P).* (P|PR|PEREMPUAN|WANITA|F|FEMALE)"),
    ("sex", r"JENIS KEL(AMIN)?( L P)?|J ?K|L ?P|LK PR|P L|KELAMIN|JNS KELAMIN|J KEL(AMIN)?|JENKEL|GENDER|SEX|LAKI LAKI PEREMPUAN|JNS KEL"),
    ("rtrw", r"(ALAMAT |ADDRESS )?R ?T ?R ?W|(ALAMAT )?RT DAN RW"),
    ("rt", r"(ALAMAT |ADDRESS |NO )?R ?T"),
    ("rw", r"(ALAMAT |ADDRESS |NO )?R ?W"),
    ("location", r"(DESA ?KEL ?LOKASI|LOKASI|TEMPAT|DESA LOKASI|LOKASI KEGIATAN|TEMPAT KEGIATAN|LOKASI DESA|VENUE)"),
    ("village", r"(ALAMAT |NAMA |NM )?(DESA|KELURAHAN|KEL|DS|DESA ?KEL(URAHAN)?|KEL(URAHAN)? ?DESA|VILLAGE)( DOMISILI| ASAL)?"),
    ("district", r"(ALAMAT |NAMA |NM )?(KECAMATAN|KEC|DISTRICT|SUBDISTRICT)( DOMISILI| ASAL)?"),
    ("regency", r"(ALAMAT )?(KABUPATEN|KAB|KOTA|KAB KOTA|KABUPATEN KOTA|REGENCY)"),
    ("scale", r"SKALA( USAHA)?|(BUSINESS )?SCALE"),
    ("kbli", r"(KODE )?KBLI"),
    ("activity", r"JENIS( KEGIATAN| SOSIALISASI)?|KEGIATAN|KIND|EVENT"),
    ("event_date", r"TANGGAL|TGL|TGL KEGIATAN|TANGGAL KEGIATAN|HARI TANGGAL|WAKTU|DATE"),
    ("decile", r"DESIL|DECILE|DESIL KESEJAHTERAAN|DESIL NASIONAL|PERINGKAT KESEJAHTERAAN"),
    ("phone", r"(NO(MOR)? )?(HP|TELP|TELEPON|TLP|TELEPHONE|WA|WHATSAPP|HP WA|HANDPHONE|PHONE|TELEPON HP|KONTAK)( WA| HP| AKTIF)?|PHONE.*"),
    ("position", r"JABATAN.*|PENUGASAN JABATAN|TUGAS|POSISI|POSITION"),
    ("occupation", r"(JENIS |JNS |BIDANG )?(PEKERJAAN|KERJA|PEKERJAN|PKRJAAN|PROFESI|USAHA|MATA PENCAHARIAN|OCCUPATION|JOB)( UTAMA| POKOK)?|JENIS USAHA"),
    ("address", r"ALAMAT.*|KAMPUNG|KP|DUSUN|DSN|KP DUSUN|LINGKUNGAN|JALAN|DOMISILI|ADDRESS.*|STREET|BLOK"),
    ("note", r"KET|KETERANGAN.*|CATATAN|NOTE|NOTES|REMARKS?|INFO|STATUS KET"),
    ("name", r"(NAMA|NM|NAME|NAMI)( LENGKAP| KTP| SESUAI KTP| PEKERJA| PESERTA| TK| TENAGA KERJA| NELAYAN| PETANI| ANGGOTA| WARGA| PEGAWAI|"
             r" PENERIMA| TANPA GELAR| PEMOHON| KEPALA KELUARGA| KK| JELAS| PENDUDUK)*|(FULL|MEMBER|WORKER) NAME|NAMA.*"),
)  # fmt: skip
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _RULES)
_WORDS_OF_HEADERS = re.compile(
    r"\b(NO|NIK|NAMA|KTP|KK|ALAMAT|LAHIR|TTL|TGL|TANGGAL|KELAMIN|JK|RT|RW|DESA|KECAMATAN|KEC|PEKERJAAN|KET|KETERANGAN|"
    r"TEMPAT|JUMLAH|JML|NPP|NIB|KPJ|PROGRAM|UPAH|STATUS|JABATAN|NAME|ADDRESS|DATE|BIRTH)\b"
)


def normal(header: str) -> str:
    """A header in capitals with single spaces, punctuation gone, spaced-out letters joined.

    >>> normal("N I K"), normal("Tempat/Tgl. Lahir"), normal("no_kk"), normal("UPAH/HARI (HOK)")
    ('NIK', 'TEMPAT TGL LAHIR', 'NO KK', 'UPAH HARI HOK')
    """
    text = " ".join(re.findall(r"[^\W_]+|#", header.upper()))
    return text.replace(" ", "") if re.fullmatch(r"(?:[A-Z] ){2,}[A-Z]", text) else text


@cache
def field_of(header: str) -> str | None:
    """The field that a header names, None when it names none; "ignored" for columns known to be of no use here.

    >>> [field_of(h) for h in ("NO. KTP", "Tempat/Tgl. Lahir", "JENIS KELAMIN L", "NIK LAMA", "Nama Ibu Kandung", "Pdg")]
    ['nik', 'birth', 'male', 'ignored', 'mother_name', None]
    """
    text = normal(header)
    if not text or len(text) > 60:
        return None
    for name, pattern in _COMPILED:
        if pattern.fullmatch(text):
            return name
    return None


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """What one column was taken for. `confidence` 0-1: 1 header and content agree, 0.5 content alone or a doubtful header."""

    letter: str
    header: str
    field: str | None
    confidence: float


def name_columns(headers: list[str], parents: list[str], body: pl.DataFrame) -> list[tuple[str | None, float]]:
    """Field and confidence for every column of a table. `headers` the lowest header cell of a column, `parents` what
    stands over it (empty when nothing), `body` the text cells under them."""
    found: list[tuple[str | None, float]] = []
    for column, (header, parent) in enumerate(zip(headers, parents, strict=True)):
        field = _by_header(header, parent)
        found.append(_with_content(field, bool(header or parent), body[:, column]))
    _one_each(found)
    named = {field for field, _ in found}
    if "birth_day" in named and "birth_year" not in named:  # "TTL | Tanggal" is the whole date
        found = [("birth_date" if field == "birth_day" else field, sure) for field, sure in found]
    return found


def _by_header(header: str, parent: str) -> str | None:
    both = f"{parent} {header}".strip()
    if parent and header:
        return field_of(both) or field_of(header) or field_of(parent)
    return field_of(both)


def _with_content(field: str | None, has_header: bool, cells: pl.Series) -> tuple[str | None, float]:
    """Corrects or confirms a field by a sample of what stands in the column."""
    sample = cells.drop_nulls().head(200)
    if sample.len() < 3:
        return field, 0.8 if field else 0.0
    digits = sample.str.replace_all(r"['`´’‘\s\u00a0.\-]", "")
    identity = digits.str.contains(r"^\d{15,17}$").mean() or 0.0
    if identity > 0.6 and field not in ("nik", "kk", "ignored", "kpj", "npp"):
        return "nik", 0.6 if field is None else 0.5
    if field is not None:
        return field, 1.0 if field not in ("nik", "kk") or identity > 0.3 else 0.7
    return _by_content(sample) if not has_header else (None, 0.0)


def _by_content(sample: pl.Series) -> tuple[str | None, float]:
    """A column without a header: sex, birth date and name can be told by what stands in it."""
    texts = sample.to_list()
    if sum(sex(t) is not None for t in texts) > 0.8 * len(texts):
        return "sex", 0.5
    read = [parse_place_and_day(t, 11) for t in texts]
    if sum(r.state == "ok" for r in read) > 0.6 * len(texts):
        return ("birth" if sum(r.place is not None for r in read) > len(texts) / 2 else "birth_date"), 0.5
    words = sample.str.contains(r"^[\p{L}'.,’ ]{3,}$").mean() or 0.0
    if words > 0.9 and sample.n_unique() > 0.8 * sample.len():
        return "name", 0.4
    return None, 0.0


def _one_each(found: list[tuple[str | None, float]]) -> None:
    """Every field once: the surest column keeps it, the first among equals."""
    best: dict[str, int] = {}
    for column, (field, confidence) in enumerate(found):
        if field is None or field in ("ignored", "note"):
            continue
        holder = best.get(field)
        if holder is None:
            best[field] = column
        elif confidence > found[holder][1]:
            found[holder] = (_second(field, found, best), 0.4)
            best[field] = column
        else:
            found[column] = (_second(field, found, best), 0.4)


def _second(field: str, found: list[tuple[str | None, float]], best: dict[str, int]) -> str | None:
    """A second column of 16-digit numbers is the family card when none was named."""
    if field == "nik" and not any(f == "kk" for f, _ in found) and "kk" not in best:
        return "ignored"
    return "note" if field in ("address", "activity") else "ignored"


def tick_columns(cells: pl.Series) -> bool:
    """Do only tick marks stand in the column?"""
    sample = cells.drop_nulls().head(50).to_list()
    return bool(sample) and sum(map(ticked, sample)) > 0.8 * len(sample)


def is_header_word(text: str) -> bool:
    """Could this cell be part of a header? Short, without many digits, and a word that headers are made of."""
    return len(text) <= 45 and not re.search(r"\d{3}", text) and (
        field_of(text) is not None or bool(_WORDS_OF_HEADERS.search(normal(text)))
    )  # fmt: skip
