"""What codes are called on screen: problems with advice, fields, steps, states, work."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# code -> (what is wrong, what to do)
PROBLEM_WORDS = {
    "nik_missing": (_("NIK tidak ada"), _("Baris tetap dicari dengan nama dan tanggal lahir.")),
    "nik_length": (_("NIK bukan 16 angka"), _("Ketik ulang dari KTP atau KK.")),
    "nik_characters": (_("NIK berisi huruf atau tanda"), _("Ketik ulang dari KTP atau KK.")),
    "nik_precision_lost": (
        _("NIK kehilangan angka terakhir"),
        _("Excel menyimpannya sebagai bilangan. Ketik ulang dari KTP atau KK; jangan ditebak."),
    ),
    "nik_region_unknown": (_("Kode wilayah dalam NIK tidak dikenal"), _("Periksa enam angka pertama.")),
    "nik_birthdate_mismatch": (_("Tanggal lahir berbeda dengan NIK"), _("Periksa keduanya dengan KTP.")),
    "nik_sex_mismatch": (_("Jenis kelamin berbeda dengan NIK"), _("Periksa keduanya dengan KTP.")),
    "nik_shared": (_("Satu NIK dipakai beberapa orang"), _("Periksa siapa pemiliknya; sering tertukar dalam satu KK.")),
    "name_missing": (_("Nama tidak ada"), _("Lengkapi namanya.")),
    "date_missing": (_("Tanggal lahir tidak ada"), _("Lengkapi bila ada.")),
    "date_unreadable": (_("Tanggal lahir tidak terbaca"), _("Tulis tanggal-bulan-tahun, misalnya 12-03-1985.")),
    "date_implausible": (_("Tanggal lahir tidak masuk akal"), _("Periksa tahunnya.")),
    "region_unknown": (_("Desa tidak dikenal"), _("Pilih desa yang dimaksud.")),
    "region_ambiguous": (_("Nama desa ada di beberapa kecamatan"), _("Tulis kecamatannya.")),
    "other_village": (_("Alamat di desa lain"), _("Dihitung di desa yang tertulis pada barisnya.")),
    "duplicate_in_list": (_("Muncul dua kali di daftar ini"), _("Disatukan; tidak perlu diperbaiki.")),
    "deceased": (_("Ditandai meninggal"), _("Tidak dihitung lagi; periksa hak ahli warisnya.")),
    "moved_out_note": (_("Ditandai pindah"), _("Tidak dihitung lagi di sini.")),
    "over_age": (_("Lebih dari 65 tahun"), _("Tidak dapat didaftarkan baru; tetap dicatat.")),
    "under_age": (_("Di bawah 15 tahun"), _("Periksa tanggal lahirnya.")),
    "wage_unreadable": (_("Upah tidak terbaca"), _("Tulis rupiah dengan angka saja.")),
    "second_membership": (_("Punya lebih dari satu kepesertaan"), _("Disatukan; yang terbaru dipakai.")),
    "status_contradicts_month": (
        _("Status bertentangan dengan bulan iuran"),
        _("Yang dipakai bulan iuran terakhir; tanyakan ke cabang."),
    ),
    "struck_out": (
        _("Dicoret di berkas"),
        _("Tetap dihitung. Tanyakan artinya: hapus barisnya, tulis meninggal atau pindah, atau hapus coretannya."),
    ),
}
STEPS = (_("Diterima"), _("Terbaca"), _("Diperiksa"), _("Dipadankan"), _("Dipublikasikan"))
FIELD_WORDS = {
    "nik": _("NIK"),
    "kk": _("Nomor KK"),
    "name": _("Nama"),
    "sex": _("Jenis kelamin"),
    "birth_date": _("Tanggal lahir"),
    "birth_place": _("Tempat lahir"),
    "mother_name": _("Nama ibu"),
    "address": _("Alamat"),
    "rt": _("RT"),
    "rw": _("RW"),
    "rtrw": _("RT/RW"),
    "village": _("Desa/kelurahan"),
    "district": _("Kecamatan"),
    "phone": _("Nomor HP"),
    "occupation": _("Pekerjaan"),
    "employer": _("Perusahaan"),
    "monthly_income": _("Upah/penghasilan"),
    "kpj": _("KPJ"),
    "npp": _("NPP"),
    "nib": _("NIB"),
    "segment": _("Segmen"),
    "programmes": _("Program"),
    "since": _("Mulai"),
    "paid_until": _("Iuran terakhir"),
    "member_status": _("Status"),
    "decile": _("Desil"),
    "agent": _("Agen"),
    "office": _("Kantor Perisai"),
    "position": _("Jabatan"),
    "workers": _("Jumlah pekerja"),
    "scale": _("Skala usaha"),
    "kbli": _("KBLI"),
    "number": _("Nomor urut (diabaikan)"),
    "ignored": _("diabaikan"),
    "birth": _("Tempat + tanggal lahir"),
    "birth_day": _("Hari lahir"),
    "birth_month": _("Bulan lahir"),
    "birth_year": _("Tahun lahir"),
    "male": _("Laki-laki (dicentang)"),
    "female": _("Perempuan (dicentang)"),
    "daily_wage": _("Upah per hari"),
    "days": _("Hari kerja"),
    "wage_sum": _("Jumlah upah"),
    "value": _("Pagu atau nilai"),
    "fund": _("Sumber dana"),
    "income": _("Penghasilan"),
    "activity": _("Kegiatan"),
    "event_date": _("Tanggal kegiatan"),
    "location": _("Tempat"),
    "note": _("Keterangan"),
    "regency": _("Kabupaten/kota"),
    "men": _("Pekerja laki-laki"),
    "women": _("Pekerja perempuan"),
    "arrears": _("Tunggakan"),
    "arrears_months": _("Bulan tunggakan"),
    "until": _("Sampai"),
    "nik_part": _("Bagian NIK"),
    "died_on": _("Tanggal meninggal"),
    "moved_on": _("Tanggal pindah"),
    "moved_to": _("Pindah ke"),
    "change": _("Peristiwa"),
}


STATE_WORDS = {
    "paid_up": (_("Terlindungi, iuran lunas"), "good"),
    "grace": (_("Terlindungi, menunggak hingga tiga bulan"), "warn"),
    "lapsed": (_("Pernah peserta, kini tidak terlindungi"), "bad"),
    "never": (_("Belum terlindungi"), "bad"),
    "deceased": (_("Tercatat meninggal"), "none"),
    "moved_out": (_("Tercatat pindah"), "none"),
}


JOB_WORDS = {
    "read": _("Membaca daftar"),
    "publish": _("Memadankan dan mempublikasikan"),
    "take_back": _("Menarik kembali daftar"),
    "try_change": _("Melihat akibat perubahan"),
    "apply_change": _("Menerapkan perubahan"),
    "undo_change": _("Membatalkan perubahan"),
    "report": _("Menyusun laporan"),
    "letters": _("Membuat surat"),
    "book": _("Menyusun buku kerja"),
    "decree": _("Menyusun lampiran SK"),
}


def in_language(error: dict[str, str] | None) -> str:
    if not error:
        return ""
    return error["en" if (get_language() or "id").startswith("en") else "id"]
