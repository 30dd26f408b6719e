"""The words of which invented people, places and firms are made. Given names are common ones of West Java and
of Indonesia at large, ordered by how often they are drawn; firms and co-operatives are compounds that no register
holds."""


def _split(text: str) -> list[str]:
    return text.split()


MEN = _split("""
    asep muhamad ahmad dadang agus ujang deden iwan dede cecep andi aep yayan rudi budi endang hendra wawan eman
    dedi adang ade encep rizki deni aldi yusuf iman ridwan heri tatang maman usep jajang entis rahmat irfan
    herman abdul mochamad solihin yadi eko toni apud oman didin suherman lili ajat asep unang nandang ismail
    hasan jaenal saepul acep fajar dian bayu rian galih gilang reza wahyu taufik anwar karna oyo ujep dayat egi
    bambang slamet joko supri wiwin pepen atang entang ojak mumu udin aceng nana sobari sahrul dimas arif ilham
    fauzan zaki rendi yoga
""")

WOMEN = _split("""
    siti neng ai euis yayah nani iis rina dewi lilis cucu enung ani imas yanti tuti elis teti nining eneng rini
    sri ratna eha mimin iroh kokom oneng ipah odah popon eulis dede wiwi yuyun nurlela fitri rika lina santi
    tita reni leni yeni ika mira intan putri ayu nia wulan lusi rosita dini sinta selvi novi anisa nabila salma
    aisyah maryam halimah rohmah hapsah julaeha maesaroh khodijah fatimah aminah saadah atikah zahra tini iyah
    mae engkar epon onih encum ocih uum nurjanah devi resti gina desi ratih sari mega citra linda yulia
""")

MEN_LAST = _split("""
    hidayat supriatna sutisna permana gunawan kurniawan saputra setiawan mulyana suryana rahman hermawan
    iskandar ruswandi nugraha sopandi ramdani saepudin komarudin wijaya firmansyah maulana rustandi hamdani
    kusnadi sanjaya suhendar padilah baehaki jamaludin pratama sumarna rukmana karta solehudin fauzi burhanudin
    wahyudin mubarok sukmana ramadan efendi ardiansyah hendrawan budiman darusman juanda suryadi subagja misbah
    alamsyah taryana abdulah rohendi mustopa syamsudin aripin junaedi suparman wiranata kartiwa sasmita prayoga
    baharudin nurdin
""")

WOMEN_LAST = _split("""
    nurhayati rahmawati lestari sumiati nuraeni hasanah solihat kurniasih yuningsih maryati komalasari
    susilawati nurjanah rohaeni permatasari kartini marlina herawati suryani anggraeni mulyati wulandari
    fitriani handayani sukaesih rosmiati juariah apriliani nurlaela agustina sobariah mulyani novianti oktaviani
    puspita aprianti suhartini robiah latipah sariningsih utami rosdiana setiawati hamidah sukmawati kurniati
    ratnasari maemunah karwati nurhasanah amelia yulianti supartini hernawati rukmini fauziah rahayu masitoh
    sopiah damayanti
""")

HAMLETS = [
    f"{head}{tail}"
    for head in ("BABAKAN ", "PASIR", "LEUWI", "KEBON", "BOJONG", "CI", "TEGAL", "SINDANG")
    for tail in ("JATI", "SARI", "KALAPA", "GENTENG", "AWI", "LANGGENG", "MANGGU", "NANGKA")
]
ELSEWHERE = ("PURWANEGARA", "SIDAMAJU", "KARANGJATI BARU", "WANASALAM", "TANJUNGREJA")  # places no register holds

FIRM_HEADS = _split("""
    GANDRA NIRMA SURYA WIRATA BINTARA LOKA TUNJUNG KENCANA MANDALA RANGGA PUSPA SAGARA WANDA TIRTA
""")
FIRM_TAILS = _split("""
    WASTRA DIPURA LAKSANA SEMBADA PARAGON GUNITA DARMIN KERTAMA SANDITA JENGGALA WIJAYAN SORAYA
""")
FIRM_ENDS = _split("""
    MANDIRI UTAMA SENTOSA ABADI JAYA PRIMA MAKMUR LESTARI
""")

# kbli, title as the licence prints it, word in the firm's name
TRADES = (
    ("14111", "Industri Pakaian Jadi (Konveksi) Dari Tekstil", "GARMINDO"),
    ("15201", "Industri Sepatu Sehari-hari", "FOOTWEAR"),
    ("11050", "Industri Air Minum Dalam Kemasan", "TIRTA"),
    ("10710", "Industri Produk Roti Dan Kue", "BOGA"),
    ("23953", "Industri Mortar Atau Beton Siap Pakai", "BETON"),
    ("16221", "Industri Barang Bangunan Dari Kayu", "KAYU"),
    ("47111", "Perdagangan Eceran Minimarket/Supermarket", "MART"),
    ("47112", "Perdagangan Eceran Toko Kelontong", "TOKO"),
    ("56101", "Restoran", "RESTO"),
    ("49432", "Angkutan Bermotor Untuk Barang Khusus", "LOGISTIK"),
    ("41011", "Konstruksi Gedung Hunian", "KARYA"),
    ("55110", "Hotel Bintang", "HOTEL"),
)

# occupation, how often, ways that officers write it
SELF_EMPLOYED = (
    ("pedagang", 20, ("Pedagang", "PEDAGANG", "Dagang", "Pdg", "Perdagangan")),
    ("petani", 18, ("Petani", "Tani", "tani", "Petani/Pekebun", "PETANI")),
    ("buruh harian", 16, ("Buruh Harian Lepas", "BHL", "Buruh", "BURUH HARIAN LEPAS")),
    ("buruh tani", 12, ("Buruh Tani", "BURUH TANI", "buruhtani")),
    ("wiraswasta", 10, ("Wiraswasta", "Wira swasta", "WIRASWASTA", "Usaha")),
    ("pedagang keliling", 8, ("Pedagang Keliling", "Pdg. Klg", "Dagang keliling")),
    ("ojek", 5, ("Ojek", "OJEG", "Tukang Ojek", "Ojol")),
    ("tukang bangunan", 5, ("Tukang Bangunan", "Tk. Bangunan", "Tukang", "Tukang Batu")),
    ("sopir angkot", 3, ("Sopir", "Sopir Angkot", "Driver", "SOPIR ANGKOT")),
    ("pengrajin", 2, ("Pengrajin", "Perajin", "PENGRAJIN")),
    ("peternak", 2, ("Peternak", "Ternak", "PETERNAK")),
    ("guru ngaji", 2, ("Guru Ngaji", "Ustadz", "GURU NGAJI")),
    ("nelayan", 0, ("Nelayan", "NELAYAN", "Nelayan/Perikanan")),
)
EMPLOYED = (
    ("karyawan pabrik", 60, ("Karyawan Pabrik", "Buruh Pabrik", "Buruh pabrik garmen", "Karyawan")),
    ("karyawan toko", 20, ("Karyawan Toko", "Pelayan Toko", "Karyawan Swasta")),
    ("karyawan", 12, ("Kary. Swasta", "KARYAWAN SWASTA", "Karyawan")),
    ("satpam", 4, ("Satpam", "Security", "SATPAM")),
    ("sopir", 4, ("Sopir", "Driver", "SOPIR")),
)
PUBLIC = (
    ("guru honorer", 50, ("Guru Honorer", "Guru Honor", "Honorer")),
    ("non-ASN", 35, ("Non ASN", "NON ASN", "Honorer")),
    ("tenaga kebersihan", 15, ("Tenaga Kebersihan", "Petugas Kebersihan")),
)
OFFICIAL = (("perangkat desa", 1, ("Perangkat Desa", "PERANGKAT DESA", "Staf Desa")),)
WRITTEN = {word: forms for word, _, forms in (*SELF_EMPLOYED, *EMPLOYED, *PUBLIC, *OFFICIAL)}

POSTS = (
    "Sekdes", "Kaur Keuangan", "Kaur Umum", "Kaur Perencanaan", "Kasi Pemerintahan", "Kasi Kesra", "Kasi Pelayanan",
    "Kadus", "Kadus", "Kadus", "Staf", "Staf",
)  # fmt: skip
WORKS = (
    "Pembangunan TPT", "Pengaspalan Jalan Desa", "Pembangunan Drainase", "Pembangunan MCK", "Rehab Posyandu",
    "Pembangunan Jembatan Desa", "Rabat Beton Jalan Lingkungan",
)  # fmt: skip
BUDGET_WORKS = (*WORKS, "Pembangunan Irigasi Tersier", "Rehab Kantor Desa", "Pembangunan Gedung PAUD",
                "Pembangunan Sumur Bor", "Pemeliharaan Jalan Desa")  # fmt: skip
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
