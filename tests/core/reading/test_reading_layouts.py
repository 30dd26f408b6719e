"""Every way of laying out a list that officers were seen to use: what are the rows, what are the other lines?"""

from datetime import date

from workbooks import data, line_kinds, workbook

from jangkau.core.reading import ROW_SCHEMA

ANI, BUDI, CECEP = "3202014107905001", "3202010203859002", "3202011512709003"


def test_a_clean_table_from_the_first_row(read):
    found = read(
        workbook(
            [
                ["NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "Jenis Kelamin", "Alamat", "RT/RW", "Pekerjaan"],
                [ANI, "Ani  Rohani", "Sukabumi", date(1990, 7, 1), "Perempuan", "Kp. Tarisi", "01/02", "Petani"],
                [BUDI, "budi", "Bogor", "02-03-1985", "Laki-laki", "Kp. Tarisi", "003/004", "Ojek"],
            ]
        ),
        "02_desa/Palabuhanratu/Citepus_2026 (1).xlsx",
    )
    assert (found.kind, found.village_code, found.district_code) == ("workers", "32.02.01.2003", "32.02.01")
    assert found.rows.schema == ROW_SCHEMA
    assert line_kinds(found) == {1: "header"}
    assert data(found, "row", "nik", "name", "birth_date", "birth_place", "sex", "rt", "rw", "village_code") == [
        (2, ANI, "ANI ROHANI", date(1990, 7, 1), "SUKABUMI", "P", "1", "2", "32.02.01.2003"),
        (3, BUDI, "BUDI", date(1985, 3, 2), "BOGOR", "L", "3", "4", "32.02.01.2003"),
    ]
    assert data(found, "problems") == [[], []]
    assert data(found, "cells")[0][:2] == [ANI, "Ani  Rohani"]


def test_titles_merged_header_column_numbers_total_and_signatures(read):
    rows = [
        ["DAFTAR PEKERJA RENTAN DESA CITEPUS"],
        ["KECAMATAN PALABUHANRATU KABUPATEN SUKABUMI"],
        [],
        ["NO", "NAMA LENGKAP", "NIK", "L/P", "TEMPAT, TGL LAHIR", "ALAMAT", "", "", "PEKERJAAN", "KET"],
        ["", "", "", "", "", "KAMPUNG", "RT", "RW", "", ""],
        list(range(1, 11)),
        [1, "ANI", ANI, "P", "SUKABUMI,01-07-1990", "Kp. GENTENG", 2, "008", "BURUH", ""],
        [2, "BUDI", BUDI, "L", "SUKABUMI 02-03-1985", "Kp. GENTENG", "005", 9, "TANI", "alm"],
        ["JUMLAH", "2 orang"],
        [],
        ["*) data menyusul"],
        ["", "", "", "", "", "", "", "Citepus, 20 Oktober 2026"],
        ["Mengetahui,", "", "", "", "", "", "", "Operator Desa,"],
        ["( EPUL )", "", "", "", "", "", "", "( IROH )"],
    ]
    found = read(workbook(rows))
    assert line_kinds(found) == {
        1: "title",
        2: "title",
        4: "header",
        5: "header",
        6: "column_numbers",
        9: "total",
        11: "note",
        12: "signature",
        13: "signature",
        14: "signature",
    }
    assert data(found, "rt", "rw", "deceased", "problems") == [("2", "8", False, []), ("5", "9", True, ["deceased"])]
    assert str(found.month) == "2026-10"
    assert found.title == "DAFTAR PEKERJA RENTAN DESA CITEPUS"
    assert [c.field for c in found.tables[0].columns][4:9] == ["birth", "address", "rt", "rw", "occupation"]
    assert found.tables[0].header_row == 4 and found.tables[0].rows == 2


def test_header_repeated_on_every_page_after_a_carry_over(read):
    head = ["No", "NAMA", "N I K", "TTL", "", "L / P", "KET."]
    sub = ["", "", "", "Tempat", "Tanggal", "", ""]
    rows = [
        head,
        sub,
        [1, "ani", "32.02.01.410790.5001", "Sukabumi", "1990-07-01", "Pr", ""],
        ["Jumlah dipindahkan", 1],
        head,
        sub,
        [2, "budi", "32.02.01.020385.9002", "Bogor", "2 Maret 1985", "Lk", "-"],
    ]
    found = read(workbook(rows))
    assert line_kinds(found) == {1: "header", 2: "header", 4: "total", 5: "header_repeat", 6: "header_repeat"}
    assert data(found, "nik", "birth_date") == [(ANI, date(1990, 7, 1)), (BUDI, date(1985, 3, 2))]


def test_three_tables_under_each_other_with_their_own_titles(read):
    head = ["NO", "NO. KTP", "NAMA", "TGL LAHIR", "L/P"]
    rows = [
        ["DUSUN 1"],
        head,
        [1, "3202 0141 0790 5001", "ANI", "01/07/90", "P"],
        [],
        ["DUSUN 2"],
        head,
        [1, "3202 0102 0385 9002", "BUDI", "02/03/85", "L"],
        ["JUMLAH", "1 orang"],
        [],
        ["DUSUN 3"],
        head,
        [1, "3202 0115 1270 9003", "CECEP", "15/12/70", "L"],
    ]
    found = read(workbook(rows))
    assert list(line_kinds(found).values()) == [
        "title",
        "header",
        "title",
        "header",
        "total",
        "title",
        "header",
    ]
    assert data(found, "nik") == [ANI, BUDI, CECEP]


def test_one_sheet_per_rw_a_summary_and_a_hidden_sheet(read):
    head = ["No.", "Nama", "No KTP", "Alamat"]
    found = read(
        workbook(
            [["DAFTAR PEKERJA KELURAHAN PALABUHANRATU RW 01"], head, [1, "Ani", "'" + ANI, "Kp. A RT.01 RW.02"]],
            [["DAFTAR PEKERJA KELURAHAN PALABUHANRATU RW 02"], head, [1, "Budi", "'" + BUDI, "Kp. A Rt 03/ Rw 02"]],
            [["REKAP PER RW"], ["RW", "JUMLAH"], ["RW 01", 1], ["RW 02", 1]],
            [["DATA LAMA"], ["NO", "NAMA", "NIK"], [1, "ANI", BUDI]],
            names=["RW 01", "rw2", "REKAP", "lama"],
            hidden=(3,),
        )
    )
    assert data(found, "sheet", "nik", "rt", "rw") == [("RW 01", ANI, "1", "2"), ("rw2", BUDI, "3", "2")]
    assert found.village_code == "32.02.01.1001"
    assert found.hidden_sheets == ("lama",)
    rest = found.rows.filter(found.rows["state"] == "not_data")
    kinds = rest.filter(rest["sheet"] == "lama")["problems"].to_list()
    assert kinds == [["hidden_sheet"]] * 3
    assert rest.filter(rest["sheet"] == "REKAP")["problems"].to_list() == [["title"], ["header"], ["total"], ["total"]]


def test_an_old_number_beside_the_new_one_is_left_alone(read):
    found = read(
        workbook(
            [
                ["NO", "NAMA", "NIK LAMA", "NIK", "TGL. LAHIR"],
                [1, "ANI", BUDI, ANI, 33055],
                [2, "BUDI", ANI, BUDI, 31108],
            ]
        )
    )
    assert data(found, "nik", "birth_date") == [(ANI, date(1990, 7, 1)), (BUDI, date(1985, 3, 2))]


def test_day_month_and_year_in_three_columns_and_sex_by_ticks(read):
    rows = [
        ["NO", "NAMA LENGKAP", "NIK", "KELAHIRAN", "", "", "", "JENIS KELAMIN", "", "ALAMAT"],
        ["", "", "", "TEMPAT", "TGL", "BLN", "THN", "L", "P", ""],
        [1, "ANI", "`" + ANI, "SUKABUMI", 1, 7, 1990, "", "√", "Kp. A RT 5/2"],
        [2, "BUDI", "`" + BUDI, "SUKABUMI", 2, "Maret", 1985, "v", "", "Kp. B 006/005"],
        [3, "CECEP", "`" + CECEP, "SUKABUMI", 31, 2, 1970, "x", "", "Kp. B"],
        [4, "DEDE", "", "SUKABUMI", "", "", "", "x", "", "Kp. B"],
    ]
    found = read(workbook(rows))
    assert data(found, "birth_date", "sex", "rt", "rw") == [
        (date(1990, 7, 1), "P", "5", "2"),
        (date(1985, 3, 2), "L", "6", "5"),
        (None, "L", None, None),
        (None, "L", None, None),
    ]
    assert data(found, "problems")[2:] == [["date_unreadable"], ["date_missing", "nik_missing"]]


def test_rt_and_rw_that_excel_turned_into_a_date(read):
    found = read(
        workbook([["NO", "NAMA", "NIK", "RT/RW"], [1, "ANI", ANI, date(2026, 10, 3)], [2, "BUDI", BUDI, "RT 01 RW 04"]])
    )
    assert data(found, "rt", "rw") == [("3", "10"), ("1", "4")]


def test_a_list_without_a_header_is_told_by_what_stands_in_it(read):
    found = read(
        workbook(
            [
                [ANI, "ANI ROHANI", "P", "01-07-1990"],
                [BUDI, "BUDI", "L", "02-03-1985"],
                [CECEP, "CECEP A", "L", "15-12-1970"],
            ]
        )
    )
    assert data(found, "nik", "name", "sex", "birth_date")[0] == (ANI, "ANI ROHANI", "P", date(1990, 7, 1))
    assert len(data(found, "nik")) == 3 and line_kinds(found) == {}


def test_a_column_of_identity_numbers_is_a_nik_whatever_its_header_says(read):
    rows = [["NO", "NAMA", "KODE"], [1, "ANI", ANI], [2, "BUDI", BUDI], [3, "CECEP", CECEP]]
    found = read(workbook(rows))
    assert data(found, "nik") == [ANI, BUDI, CECEP]
    assert found.tables[0].columns[2].confidence < 0.7


def test_headers_far_down_in_english_short_or_misspelt(read):
    rows = [[] for _ in range(20)]
    rows += [["No Urut", "Full Name", "National ID Number", "Gender (M/F)", "TGL LHR", "Tempt Lahir", "No. HP / WA"]]
    rows += [[1, "Ani", ANI, "F", "1-7-1990", "Garut", "0812 3456 7890"]]
    found = read(workbook(rows))
    assert data(found, "row", "nik", "sex", "birth_date", "birth_place", "phone") == [
        (22, ANI, "P", date(1990, 7, 1), "GARUT", "081234567890")
    ]


def test_rows_without_numbers_stay_when_they_stand_among_rows_and_signatures_do_not(read):
    rows = [
        ["NAMA", "NIK", "ALAMAT"],
        ["ANI", ANI, "Kp. A"],
        ["BUDI", "", "Kp. A"],
        ["CECEP", CECEP, "Kp. B"],
        ["Mengetahui", "", "Citepus, 10 Mei 2026"],
        ["Kepala Desa", "", "Operator"],
    ]
    found = read(workbook(rows))
    assert data(found, "name") == ["ANI", "BUDI", "CECEP"]
    assert line_kinds(found) == {1: "header", 5: "signature", 6: "signature"}


def test_numbers_of_rows_are_those_that_excel_shows_and_nothing_is_lost(read):
    rows = [
        [],
        [],
        ["", "NO", "NAMA", "NIK"],
        [],
        ["", 1, "ANI", ANI],
        [],
        [],
        ["", "", "catatan: x"],
        ["", 2, "BUDI", BUDI],
    ]
    found = read(workbook(rows))
    assert found.rows["row"].to_list() == [3, 5, 8, 9]
    assert line_kinds(found)[8] == "note"
    assert found.tables[0].columns[2].letter == "D"


def test_a_workbook_without_any_list(read):
    found = read(workbook([["Yth. Bapak Camat"], ["Terlampir"]], []))
    assert (found.kind, found.rows["state"].to_list()) == ("unknown", ["not_data", "not_data"])
    assert found.problems.height == 0 and found.project == {}


def test_family_cards_beside_niks_without_headers(read):
    card = "3202012910099001"
    rows = [[card, ANI, "ANI R"], [card, BUDI, "BUDI S"], ["3202010410149001", CECEP, "CECEP T"]]
    assert data(read(workbook(rows)), "kk", "nik")[0] == (card, ANI)
    named = [["NO", "NO KK", "NIK", "NIK KTP", "NAMA"], [1, card, ANI, BUDI, "ANI"], [2, card, BUDI, ANI, "BUDI"]]
    assert data(read(workbook(named)), "kk", "nik") == [(card, ANI), (card, BUDI)]


def test_two_addresses_of_which_one_is_a_remark(read):
    found = read(workbook([["NO", "NAMA", "NIK", "ALAMAT", "ALAMAT"], [1, "ANI", ANI, "Kp. A", "meninggal"]]))
    assert data(found, "address", "deceased") == [("Kp. A", True)]


def test_the_surer_of_two_columns_keeps_the_field(read):
    rows = [["NO", "NAMA", "NIK", "KTP"]]
    rows += [[n, f"ORANG {chr(65 + n)}", "ada", f"320201410790500{n}"] for n in range(4)]
    assert data(read(workbook(rows)), "nik")[1] == "3202014107905001"


def test_columns_that_say_nothing_without_headers(read):
    rows = [[ANI, "ANI ROHANI", "Sukabumi, 01-07-1990", "7a", "x"], [BUDI, "BUDI", "Bogor, 02-03-1985", "8b", "x"]]
    rows += [[CECEP, "CECEP", "Bogor, 15-12-1970", "9c", "x"]]
    assert data(read(workbook(rows)), "birth_place", "birth_date")[1] == ("BOGOR", date(1985, 3, 2))


def test_a_header_that_nothing_follows_and_sub_headers_that_are_data(read):
    rows = [["NO", "NAMA", "", "NIK"], ["", "ANI", "12", ANI], [1, "BUDI", "x", BUDI]]
    assert data(read(workbook(rows)), "nik") == [ANI, BUDI]
    assert read(workbook([["NO", "NAMA", "NIK"]])).rows.height == 1
