"""Words that stand over columns: Indonesian, Sundanese short forms, English. Each field has whole-header patterns over
capital letters with single spaces and no punctuation; the first field that fits wins, so the particular stands before
the general. Seen on lists of villages, agencies and the branch; new spellings are added here."""

from __future__ import annotations

HEADER_RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ignored", (
        r"(NIK|KTP|KK|NAMA|KPJ).*\b(LAMA|SALAH|OLD)\b", "TTD", "TANDA TANGAN", "PARAF", "HUB(UNGAN)?( KEL.*)?",
        "STATUS HUB.*", "ID KELUARGA", "NO(MOR)? (REGISTRASI|PELAPORAN|SK)", "NOMOR INDUK", "JUDUL KBLI",
        "URAIAN KBLI", "NAMA KAPAL", "GT", "(NO )?KUSUKA", "PEMILIK ?/?ABK", "PEMILIK ABK", "BLN TERBAYAR",
        "BULAN TERBAYAR", "PETUGAS", "AHLI WARIS.*", "AGAMA", "PENDIDIKAN( TERAKHIR)?",
        "STATUS (KAWIN|PERKAWINAN|NIKAH)", "GOL(ONGAN)? DARAH", "UMUR", "USIA", "AGE",
        "STATUS JANGKAU", "PERLU DIPERBAIKI",  # the columns of a corrected workbook that comes back
    )),
    ("number", ("NO", "NOMOR", "NO URUT", "NO URT", "NR", "NUMBER", "#", "NMR", "N O", "URUT", "NOURUT",)),
    ("kk", ("(NO(MOR)? )?(KK|KARTU KELUARGA|NKK)( BARU)?", "FAMILY CARD.*",)),
    ("nik", (
        "(NO(MOR)? )?(NIK|KTP|E KTP|EKTP|KTP EL|N I K|IDENTITAS|INDUK KEPENDUDUKAN)( KTP| NIK| BARU| EL)?", "NIK.*",
        "NO(MOR)? (NIK|KTP).*", "(NATIONAL )?ID (NUMBER|NO|CARD)", "NATIONAL ID.*", "NOMOR INDUK KEPENDUDUKAN.*",
    )),
    ("kpj", (
        "(NO(MOR)? )?(KPJ|KPJ LAMA|PESERTA|KEPESERTAAN|KARTU PESERTA|JAMSOSTEK)", "NO(MOR)? BPJS.*", "KPJ.*",
        "MEMBER (NO|NUMBER|ID)",
    )),
    ("npp", ("(NO(MOR)? )?(NPP|PENDAFTARAN PERUSAHAAN)", "NPP.*",)),
    ("nib", ("(NO(MOR)? )?NIB", "NOMOR INDUK BERUSAHA", "NIB.*",)),
    ("agent", ("(NAMA )?(AGEN|AGENT)( PERISAI)?", "PERISAI",)),
    ("office", ("(NAMA )?(KANTOR|WADAH)( PERISAI)?", "PERISAI OFFICE",)),
    ("mother_name", ("(NAMA )?(IBU|GADIS IBU)( KANDUNG)?", "NM IBU.*", "MOTHER.*", "NAMA GADIS IBU.*",)),
    ("men", ("(TENAGA KERJA|(JUMLAH |JML )?TK|PEKERJA|KARYAWAN|WORKERS)( L P)? (L|LK|PRIA|LAKI LAKI|LAKI|MEN|MALE)",)),
    ("women", (
        "(TENAGA KERJA|JUMLAH TK|TK|PEKERJA|KARYAWAN|JML TK|WORKERS)( L P)? (P|PR|WANITA|PEREMPUAN|WOMEN|FEMALE)",
    )),
    ("workers", (
        "(JUMLAH|JML|TOTAL|BANYAK(NYA)?) (TK|TKI|TENAGA KERJA|PEKERJA|KARYAWAN|PESERTA|BURUH).*", "TENAGA KERJA",
        "(JUMLAH |JML )?(HADIR|KEHADIRAN|YANG HADIR|PESERTA HADIR)", "(NUMBER OF )?WORKERS", "EMPLOYEES",
        "ATTENDANCE",
    )),
    ("employer", (
        "(NAMA |NM )?(PERUSAHAAN|BADAN USAHA|PEMBERI KERJA|PERUSH|PRSHN|BU|INSTANSI|OPD|SKPD|UNIT KERJA|SATUAN KERJA)",
        "(NAMA |NM )?(SATKER|SEKOLAH|LEMBAGA|YAYASAN|TEMPAT (KE|BE)?KERJA)",
        "PENUGASAN UNIT KERJA", "COMPANY( NAME)?", "EMPLOYER( NAME)?",
    )),
    ("daily_wage", (
        "UPAH ?/? ?(HARI|HARIAN|HOK).*", "(UPAH|TARIF) (PER HARI|SATUAN).*", "HARGA SATUAN.*", "DAILY WAGE", "HOK",
    )),
    ("days", ("(JML|JUMLAH) (HARI|HOK)( KERJA)?", "HARI KERJA", "DAYS",)),
    ("wage_sum", ("(JML|JUMLAH|TOTAL) (UPAH|BAYAR|DITERIMA|HONOR|TERIMA)",)),
    ("arrears_months", ("(BLN|BULAN|JML BLN|JUMLAH BULAN|LAMA) (TUNGGAKAN|MENUNGGAK)", "MONTHS IN ARREARS",)),
    ("arrears", ("(NILAI |JUMLAH |TOTAL |RP )?TUNGGAKAN( IURAN| RP)?", "PIUTANG( IURAN)?", "ARREARS",)),
    ("paid_until", (
        "(BLTH|BLN TH|BULAN TAHUN)( TERAKHIR| IURAN| LUNAS| AKHIR)*",
        "(BULAN |IURAN )?(TERAKHIR|LUNAS)( BAYAR| IURAN)?", "IURAN TERAKHIR", "PAID UNTIL",
        "LAST (PAID|CONTRIBUTION).*", "PEMBAYARAN TERAKHIR",
    )),
    ("income", (
        "(UPAH|GAJI|PENGHASILAN|PENDAPATAN|HONOR|HONORARIUM|INSENTIF|SILTAP|SILTAP INSENTIF|UMK)"
        "( POKOK| TK| RATA RATA| TERENDAH| DILAPORKAN)?( PER ?BULAN| BLN| BULAN| SEBULAN| RP)?",
        "UPAH.*", "HONOR.*", "(MONTHLY )?(WAGE|INCOME|SALARY)", "RATA RATA UPAH",
    )),
    ("programmes", ("(NAMA |IKUT )?PROGRAM(ME)?S?( JAMSOSTEK| YANG DIIKUTI)?",)),
    ("segment", ("SEGMEN(T)?( PESERTA| KEPESERTAAN)?", "JENIS (KE)?PESERTA(AN)?",)),
    ("died_on", (
        "(TGL|TANGGAL|HARI TANGGAL) (MENINGGAL( DUNIA)?|WAFAT|KEMATIAN|MD)", "MENINGGAL (TGL|TANGGAL|PADA)",
        "(DATE OF DEATH|DEATH DATE|DIED( ON)?)",
    )),
    ("moved_on", (
        "(TGL|TANGGAL) (PINDAH|KEPINDAHAN|MUTASI)( KELUAR)?", "PINDAH (TGL|TANGGAL|PADA)",
        "(MOVED ON|DATE MOVED|MOVE DATE)",
    )),
    ("moved_to", (
        "((ALAMAT|DAERAH|DESA|TEMPAT|KOTA|KAB|KABUPATEN) )?(TUJUAN( PINDAH)?|PINDAH KE)", "PINDAH KE.*",
        "ALAMAT (TUJUAN|BARU|PINDAH).*", "(MOVED TO|DESTINATION)",
    )),
    ("change", (
        "(JENIS )?(PERISTIWA|PERUBAHAN|MUTASI|KEJADIAN)", "(JENIS|ALASAN) (LAPORAN|MUTASI|KELUAR)",
        "(SEBAB|PENYEBAB)( (KEMATIAN|MENINGGAL|MUTASI))?", "STATUS (KEPENDUDUKAN|WARGA|PENDUDUK)",
        "MENINGGAL ?PINDAH",
    )),
    ("member_status", (
        "HASIL( (VERIFIKASI|VALIDASI|PENDAFTARAN))?", "STATUS (PENDAFTARAN|VALIDASI|VERIFIKASI|PENGAJUAN)",
        "KONFIRMASI", "RESULT",
        "STATUS( PESERTA| KEPESERTAAN| AKTIF| TK| KEAKTIFAN)?", "MEMBER STATUS",
        "(STATUS )?BPJS( TK| KETENAGAKERJAAN)?",
    )),
    ("since", (
        r"(TGL|TANGGAL|TGL\.) (DAFTAR|KEPESERTAAN|PENDAFTARAN|MASUK|AKTIF|REKRUT|AKUISISI|BERGABUNG)", "TMT.*",
        "PENUGASAN TMT", "MULAI (KE|BE)?KERJA", "TGL MULAI.*", "TERHITUNG MULAI.*",
        "(START|JOIN|EFFECTIVE) DATE", "SINCE",
        "(MULAI|AWAL|(TGL|TANGGAL)( MULAI| AWAL)?) (PERLINDUNGAN|KEPESERTAAN|PROGRAM|BERLAKU|EFEKTIF|AKTIF)",
        "COVER(AGE|ED)? (START|FROM)",
    )),
    ("until", ("(TGL|TANGGAL) (SELESAI|BERAKHIR|AKHIR|KELUAR|NON ?AKTIF)", "END DATE", "UNTIL",
        "((TGL|TANGGAL) )?(AKHIR|BERAKHIR|SELESAI) (PERLINDUNGAN|KEPESERTAAN|PROGRAM)",)),
    ("birth_day", (
        "(TGL|TANGGAL|HARI|DD) (TGL|TANGGAL|HARI|DD)",
        "(KELAHIRAN|LAHIR|TTL|TANGGAL LAHIR|TGL LAHIR|BIRTH).* (TGL|TANGGAL|HARI|DAY|DD)",
    )),
    ("birth_month", (
        "(KELAHIRAN|LAHIR|TTL|TANGGAL LAHIR|TGL LAHIR|BIRTH).* (BLN|BULAN|BL|MONTH|MM)", "(BLN|BULAN) LAHIR",
    )),
    ("birth_year", (
        "(KELAHIRAN|LAHIR|TTL|TANGGAL LAHIR|TGL LAHIR|BIRTH).* (THN|TAHUN|TH|YEAR|YYYY)", "(THN|TAHUN) LAHIR",
    )),
    ("birth", (
        r"(TEMPAT|TMP|TPT|TMPT|KOTA|TMPT\.)( |,|/|DAN|&|, )*(TGL|TANGGAL|TG)\.?( |DAN)*(KE)?LAHIR(AN)?", "T ?T ?L",
        "TEMPAT TANGGAL LAHIR", "TEMPAT TGL( LAHIR)?", "TTGL LAHIR", "(KE)?LAHIR(AN)?", "PLACE AND DATE OF BIRTH",
        "BIRTH",
    )),
    ("birth_place", (
        r"(TEMPAT|TMP|TPT|TMPT|KOTA|KAB|KABUPATEN)\.? (KE)?LAHIR(AN)?", "(TTL|KELAHIRAN|LAHIR) (TEMPAT|TMP|KOTA)",
        "(PLACE OF BIRTH|BIRTH ?PLACE)",
    )),
    ("birth_date", (
        "(TGL|TANGGAL) (BLN|BULAN|BL) (THN|TAHUN|TH) (KE)?LAHIR(AN)?",
        r"(TGL|TANGGAL|TG|TGGL)\.? ?(KE)?LAHIR(AN)?.*", "TTL (TANGGAL|TGL)", "(DATE OF BIRTH|BIRTH ?DATE|DOB)",
        "LAHIR (TGL|TANGGAL)", "TITI ?MANGSA( (LAHIR|MEDAL|KALAHIRAN))?", "T ?L", "(TGL|TANGGAL) L",
    )),
    ("male", ("(JENIS KELAMIN|KELAMIN|JK|SEX|GENDER|L P)( L P)? (L|LK|LAKI|LAKI LAKI|PRIA|M|MALE)",)),
    ("female", ("(JENIS KELAMIN|KELAMIN|JK|SEX|GENDER|L P)( L P)? (P|PR|PEREMPUAN|WANITA|F|FEMALE)",)),
    ("sex", (
        "JENIS KEL(AMIN)?( L P)?", "J ?K", "L ?P", "LK PR", "P L", "KELAMIN", "JNS KELAMIN", "J KEL(AMIN)?", "JENKEL",
        "GENDER", "SEX", "LAKI LAKI PEREMPUAN", "JNS KEL",
    )),
    ("rtrw", ("(ALAMAT |ADDRESS )?R ?T ?R ?W", "(ALAMAT )?RT DAN RW",)),
    ("rt", ("(ALAMAT |ADDRESS |NO )?R ?T",)),
    ("rw", ("(ALAMAT |ADDRESS |NO )?R ?W",)),
    ("location", (
        "(DESA ?KEL ?LOKASI|LOKASI|TEMPAT|DESA LOKASI|LOKASI KEGIATAN|TEMPAT KEGIATAN|LOKASI DESA|VENUE)",
    )),
    ("village", (
        "(ALAMAT |NAMA |NM )?(DESA|KELURAHAN|KEL|DS|DESA ?KEL(URAHAN)?|KEL(URAHAN)? ?DESA|VILLAGE)( DOMISILI| ASAL)?",
    )),
    ("district", ("(ALAMAT |NAMA |NM )?(KECAMATAN|KEC|DISTRICT|SUBDISTRICT)( DOMISILI| ASAL)?",)),
    ("regency", ("(ALAMAT )?(KABUPATEN|KAB|KOTA|KAB KOTA|KABUPATEN KOTA|REGENCY)",)),
    ("scale", ("SKALA( USAHA)?", "(BUSINESS )?SCALE",)),
    ("kbli", ("(KODE )?KBLI",)),
    ("activity", ("JENIS( KEGIATAN| SOSIALISASI)?", "KEGIATAN", "KIND", "EVENT",)),
    ("event_date", ("TANGGAL", "TGL", "TGL KEGIATAN", "TANGGAL KEGIATAN", "HARI TANGGAL", "WAKTU", "DATE",)),
    ("decile", ("DESIL", "DECILE", "DESIL KESEJAHTERAAN", "DESIL NASIONAL", "PERINGKAT KESEJAHTERAAN",)),
    ("phone", (
        "(NO(MOR)? )?(HP|TELP|TELEPON|TLP|TELEPHONE|WA|WHATSAPP|HANDPHONE|KONTAK)( WA| HP| AKTIF)?",
        "PHONE.*",
    )),
    ("position", ("JABATAN.*", "PENUGASAN JABATAN", "TUGAS", "POSISI", "POSITION",)),
    ("occupation", (
        "(JENIS |JNS |BIDANG )?(PEKERJAAN|KERJA|PKRJAAN|PROFESI|USAHA|MATA PENCAHARIAN)( UTAMA| POKOK| USAHA)?",
        "OCCUPATION", "JOB", "(PADAMELAN|PAGAWEAN)",
        "JENIS USAHA",
    )),
    ("address", (
        "ALAMAT.*", "((KAMPUNG|KP|DUSUN|DSN|LINGKUNGAN|BLOK|JALAN)\\b ?)+", "DOMISILI", "ADDRESS.*",
        "STREET", "BLOK",
    )),
    ("note", ("KET", "KETERANGAN.*", "CATATAN", "NOTE", "NOTES", "REMARKS?", "INFO", "STATUS KET",
        "ALASAN.*", "(REASON|CAUSE).*",)),
    ("name", (
        "(NAMA|NM|NAME|NAMI)( LENGKAP| KTP| SESUAI KTP| PEKERJA| PESERTA| TK| TENAGA KERJA| ANGGOTA| WARGA| PEGAWAI)*",
        "(FULL|MEMBER|WORKER) NAME", "NAMA.*", "(NGARAN|NAMI|JENENGAN).*",
    )),
)  # fmt: skip

SHORT_WORDS = {
    "LHR": "LAHIR", "LHIR": "LAHIR", "TMPT": "TEMPAT", "TMP": "TEMPAT", "TPT": "TEMPAT", "TG": "TGL", "TGGL": "TGL",
    "ALMT": "ALAMAT", "ALMAT": "ALAMAT", "NM": "NAMA", "JNS": "JENIS", "KLMN": "KELAMIN", "PKJ": "PEKERJAAN",
    "PEK": "PEKERJAAN", "PEKJ": "PEKERJAAN", "KETR": "KETERANGAN", "JML": "JUMLAH", "NMR": "NOMOR",
}  # fmt: skip
