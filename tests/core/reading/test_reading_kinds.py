"""Which kind of list is it, and what do its own columns become?"""

from datetime import date

import pytest
from workbooks import data, line_kinds, workbook

ANI, BUDI, CECEP = "3202014107905001", "3202010203859002", "3202011512709003"
EXPORT = f"""KPJ;NIK;NAMA;TGL LAHIR;JK;NPP;NAMA PERUSAHAAN;SEGMEN;PROGRAM;UPAH;BLTH;STATUS
05039747522;{ANI};ANI;01-07-1990;P;15998868;PT CAFÉ RASA;PU;JKK,JKM,JHT,JP;4100000;2026-09;AKTIF
26468477570;{BUDI};BUDI;02-03-1985;L;;;BPU;JKK,JKM;1600000;2026-06;AKTIF
26468477571;{BUDI};BUDI BIN A;02-03-1985;L;;;BPU;JKK,JKM;tidak tetap;2026-07;NON AKTIF
26468477572;;CECEP;15-12-1970;L;;;BPU;JKK,JKM;;2025-07;MENINGGAL
"""


def test_the_export_of_memberships(read):
    found = read(EXPORT.replace("\n", "\r\n").encode("cp1252"), "01/peserta.csv")
    assert (found.kind, found.village_code) == ("membership", None)
    assert found.rows["sheet"].to_list() == [""] * 5 and line_kinds(found) == {1: "header"}
    assert data(found, "kpj", "npp", "employer", "segment", "programmes", "monthly_income", "paid_until")[0] == (
        "05039747522",
        "15998868",
        "PT CAFÉ RASA",
        "pu",
        "jkk,jkm,jht,jp",
        4100000,
        date(2026, 9, 1),
    )
    assert data(found, "problems") == [
        [],
        ["status_contradicts_month"],
        ["status_contradicts_month", "wage_unreadable", "second_membership"],
        ["nik_missing", "deceased"],
    ]
    assert data(found, "deceased") == [False, False, False, True]
    assert data(found, "member_status")[2] == "NON AKTIF"


def test_workers_of_a_village_project(read):
    rows = [
        ["DAFTAR TENAGA KERJA KEGIATAN PEMBANGUNAN DESA"],
        ["Nama Kegiatan", ":", "Pembangunan TPT"],
        ["Lokasi", ":", "Kp. Kadu Desa Citepus Kec. Palabuhanratu"],
        ["Nilai RAB", ":", "Rp 187.350.000,-"],
        ["Sumber Dana", ":", "Dana Desa TA 2026"],
        ["Tanggal Mulai", ":", date(2026, 9, 12)],
        ["Tanggal Selesai", ":", "25 November 2026"],
        ["Pelaksana", ":", "TPK Desa Citepus"],
        ["No. Sertifikat: belum ada"],
        [],
        ["NO", "NIK", "NAMA", "ALAMAT", "TUGAS", "UPAH/HARI (HOK)", "JML HARI", "JUMLAH UPAH", "TTD"],
        [1, ANI, "ANI", "Kp. A RT 01/05", "Pekerja", 110000, 20, 2200000, ""],
        [2, BUDI, "BUDI", "Kp. B RT 01/05 Ds. Cibolang Kaler", "Tukang", 150000, 10, 1500000, ""],
        ["JUMLAH", "", "", "", "", "", "", 3700000, ""],
    ]
    found = read(workbook(rows), "03/Daftar.xlsx")
    assert found.kind == "jakon"
    assert found.project == {
        "registered": False,
        "activity": "Pembangunan TPT",
        "location": "Kp. Kadu Desa Citepus Kec. Palabuhanratu",
        "value": 187350000,
        "source": "Dana Desa TA 2026",
        "start": date(2026, 9, 12),
        "end": date(2026, 11, 25),
        "executor": "TPK Desa Citepus",
        "village": "32.02.01.2003",
    }
    assert set(line_kinds(found).values()) == {"title", "project_header", "header", "total"}
    assert data(found, "village_code", "since", "until", "segment", "position", "problems") == [
        ("32.02.01.2003", date(2026, 9, 12), date(2026, 11, 25), "jakon", "PEKERJA", []),
        ("32.02.29.2011", date(2026, 9, 12), date(2026, 11, 25), "jakon", "TUKANG", []),  # rosters may hold anybody
    ]


def test_business_licences(read):
    rows = [
        [
            "No",
            "NIB",
            "Nama Perusahaan",
            "KBLI",
            "Judul KBLI",
            "Skala Usaha",
            "Alamat",
            "Kecamatan",
            "Kelurahan/Desa",
            "Jumlah TKI",
        ],
        [1, 608239813165, "Cv. Rasa", "56101", "Restoran", "Usaha Mikro", "Jl. Raya 1", "Cisaat", "Cisaat", 3],
        [2, "2810241077340", "PT Kayu", "16221", "Kayu", "Usaha Kecil", "Jl. Raya 2", "Palabuhan Ratu", "Citepuus", 0],
    ]
    found = read(workbook(rows))
    assert found.kind == "licences"
    assert data(found, "nib", "employer", "name", "kbli", "scale", "village_code", "workers") == [
        ("0608239813165", "CV. RASA", None, "56101", "USAHA MIKRO", "32.02.29.2004", 3),
        ("2810241077340", "PT KAYU", None, "16221", "USAHA KECIL", "32.02.01.2003", 0),
    ]


def test_company_reports_add_men_and_women(read):
    rows = [
        ["REKAPITULASI WAJIB LAPOR KETENAGAKERJAAN"],
        [
            "NO",
            "NO PELAPORAN",
            "NAMA PERUSAHAAN",
            "NIB",
            "ALAMAT",
            "KEC",
            "TENAGA KERJA",
            "",
            "UPAH TERENDAH",
            "BPJS TK",
        ],
        ["", "", "", "", "", "", "L", "P", "", ""],
        [1, "43152.1", "PT A", "", "Ds. Citepus", "Palabuhanratu", 86, 47, "Rp 3.831.926,-", "Sudah"],
        ["JUMLAH", "", "", "", "", "", 133, "", "", ""],
    ]
    found = read(workbook(rows))
    assert found.kind == "company_reports"
    assert data(found, "employer", "workers", "village_code", "monthly_income", "member_status") == [
        ("PT A", 133, "32.02.01.2003", 3831926, "SUDAH")
    ]


def test_employers_of_the_branch(read):
    rows = [
        [
            "NPP",
            "NAMA PERUSAHAAN",
            "SKALA",
            "KECAMATAN",
            "JML TK AKTIF",
            "PROGRAM",
            "UPAH RATA-RATA",
            "BLTH TERAKHIR",
            "BLN TUNGGAKAN",
            "NILAI TUNGGAKAN",
        ],
        [
            "46284887",
            "PEMERINTAH DESA X",
            "PEMERINTAH",
            "Cicurug",
            2,
            "JKK,JKM,JHT,JP",
            3250000,
            "2026-09",
            9,
            23573430,
        ],
    ]
    found = read(workbook(rows))
    assert found.kind == "branch_employers"
    assert data(
        found,
        "npp",
        "district_code",
        "village_code",
        "workers",
        "monthly_income",
        "paid_until",
        "arrears_months",
        "arrears",
    ) == [("46284887", "32.02.16", None, 2, 3250000, date(2026, 9, 1), 9, 23573430)]


def test_staff_who_are_no_civil_servants(read):
    rows = [
        ["DATA PEGAWAI NON ASN PER 30 SEPTEMBER 2026"],
        [
            "NO",
            "NAMA (TANPA GELAR)",
            "NIK",
            "TEMPAT, TANGGAL LAHIR",
            "L/P",
            "PENUGASAN",
            "",
            "",
            "HONOR/BLN",
            "BPJS TK",
        ],
        ["", "", "", "", "", "UNIT KERJA", "JABATAN", "TMT", "", ""],
        [1, "ANI", ANI, "Sukabumi, 01-07-1990", "P", "SDN 1", "Guru", date(2016, 6, 1), 950000, "Tidak"],
    ]
    found = read(workbook(rows))
    assert (found.kind, str(found.month)) == ("non_asn", "2026-09")
    assert data(found, "employer", "position", "since", "monthly_income", "village_code") == [
        ("SDN 1", "GURU", date(2016, 6, 1), 950000, None)
    ]


def test_village_officials_sheet_by_district_with_subtotals(read):
    def sheet(district, village):
        return [
            [f"DATA PERANGKAT DESA DAN RT/RW KECAMATAN {district}"],
            ["DINAS PEMBERDAYAAN MASYARAKAT DAN DESA"],
            ["NO", "NIK", "NAMA", "JABATAN", "DESA", "L/P", "TGL LAHIR", "SILTAP/INSENTIF"],
            [1, ANI, "ANI", "Sekdes", village, "P", "01-07-1990", 2022200],
            ["", "", f"JUMLAH {village}", 1],
        ]

    found = read(workbook(sheet("CICURUG", "CISAAT"), sheet("CISAAT", "CISAAT"), names=["Cicurug", "Cisaat"]))
    assert found.kind == "village_officials"
    assert data(found, "village_code", "position", "monthly_income") == [
        ("32.02.16.2006", "SEKDES", 2022200),
        ("32.02.29.2004", "SEKDES", 2022200),
    ]


@pytest.mark.parametrize(
    ("title", "extra", "kind"),
    [("Daftar nelayan", "Nama Kapal", "fishers"), ("DATA", "desil", "poverty"), ("DAFTAR PEKERJA", "X", "workers")],
)
def test_other_lists_of_people(read, title, extra, kind):
    rows = [
        [title],
        ["No", "Nama", "NIK", "Desa/Kel", "Kecamatan", extra],
        [1, "ANI", ANI, "CITEPUS", "PALABUHANRATU", 4],
    ]
    found = read(workbook(rows))
    assert found.kind == kind
    assert data(found, "village_code", "decile") == [("32.02.01.2003", 4 if kind == "poverty" else None)]


def test_acquisitions_of_agents_in_districts_of_their_own(read):
    rows = [
        [
            "NO",
            "KANTOR PERISAI",
            "NAMA AGEN",
            "TGL DAFTAR",
            "KPJ",
            "NIK",
            "NAMA PESERTA",
            "TGL LAHIR",
            "DESA",
            "PROGRAM",
        ]
    ]
    rows += [
        [n, "Koperasi A", "Encep", date(2020, 1, 20), f"1604909159{n}", "", f"ORANG {'ABC'[n]}", "", v, "JKK+JKM"]
        for n, v in enumerate(["CITEPUS", "TONJONG", "MEKARSARI"])
    ]
    found = read(workbook(rows))
    assert found.kind == "perisai"
    assert data(found, "agent", "office", "since", "kpj", "programmes")[0] == (
        "ENCEP",
        "KOPERASI A",
        date(2020, 1, 20),
        "16049091590",
        "jkk,jkm",
    )
    assert data(found, "problems")[2] == ["date_missing", "region_ambiguous", "nik_missing"]


def test_outreach_with_misspelt_places(read):
    rows = [
        ["LOG SOSIALISASI"],
        ["NO", "TANGGAL", "JENIS", "KECAMATAN", "DESA/KEL/LOKASI", "HADIR", "PETUGAS", "KET"],
        [1, date(2025, 1, 7), "desa", "Palabuhan Ratu", "Ds. Citepuss", "± 64", "Tim A", ""],
        [2, "12 Februari 2025", "TPI", "Cisat", "TPI Cisaat ", "58 org", "Tim A", ""],
        [3, "12 Februari 2025", "pabrik", "Cisaat", "PT. KAYU JAYA", 12, "Tim A", ""],
        [4, "12 Februari 2025", "desa", "", "mekarsari", "", "Tim A", ""],
        [5, "12 Februari 2025", "desa", "Cisaat", "Xyz", "", "Tim A", ""],
        ["JUMLAH", "", "", "", "", 134, "", ""],
    ]
    found = read(workbook(rows))
    assert found.kind == "outreach"
    assert data(found, "since", "activity", "village_code", "workers", "employer", "problems") == [
        (date(2025, 1, 7), "desa", "32.02.01.2003", 64, None, []),
        (date(2025, 2, 12), "TPI", "32.02.29.2004", 58, None, []),
        (date(2025, 2, 12), "pabrik", None, 12, "PT. KAYU JAYA", []),
        (date(2025, 2, 12), "desa", None, None, None, ["region_ambiguous"]),
        (date(2025, 2, 12), "desa", None, None, None, ["region_unknown"]),
    ]


def test_works_in_village_budgets(read):
    rows = [
        ["DAFTAR KEGIATAN PEMBANGUNAN DESA APBDES DAN BANKEU 2026"],
        ["NO", "KECAMATAN", "DESA", "NAMA KEGIATAN", "LOKASI", "SUMBER DANA", "PAGU", "RENCANA MULAI", "SELESAI"],
        [1, "Palabuhanratu", "Ds. Citepuss", "Pembangunan TPT", "Kp. A", "Bankeu Provinsi", "Rp 98.750.000",
         date(2026, 9, 1), "30 September 2026"],
        [2, "Cisaat", "Cisaat", "Rehab Posyandu", "Kp. B", "ADD", 63400000, "", ""],
        ["JUMLAH", "", "", "", "", "", 162150000, "", ""],
    ]  # fmt: skip
    found = read(workbook(rows), "05_dinas/kegiatan.xlsx")
    assert found.kind == "village_budget"
    days = (date(2026, 9, 1), date(2026, 9, 30))
    assert data(found, "activity", "village_code", "fund", "value", "since", "until", "name", "problems") == [
        ("Pembangunan TPT", "32.02.01.2003", "Bankeu Provinsi", 98_750_000, *days, None, []),
        ("Rehab Posyandu", "32.02.29.2004", "ADD", 63_400_000, None, None, None, []),
    ]


def test_firms_told_by_few_columns_and_lists_of_nothing_known(read):
    assert read(workbook([["NO", "NAMA PERUSAHAAN", "JUMLAH TENAGA KERJA"], [1, "PT A", 3]])).kind == "company_reports"
    assert read(workbook([["NO", "UPAH", "ALAMAT"], [1, 3000, "Kp. A"]])).kind == "unknown"
