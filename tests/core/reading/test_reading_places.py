"""Whose village is it: title, path, code, column, address, note."""

import pytest
from workbooks import data, workbook

from jangkau.core.kernel import Gazetteer, Month, RegionCode
from jangkau.core.reading.cells.places import Place, Places
from jangkau.core.reading.lists import month_of

ANI, BUDI = "3202014107905001", "3202010203859002"
HEAD = ["NO", "NAMA", "NIK", "ALAMAT", "KET"]


def one(address="Kp. A", note=""):
    return [HEAD, [1, "ANI", ANI, address, note]]


@pytest.mark.parametrize(
    ("name", "titles", "village"),
    [
        ("x/32.02.29.2004 Anything.xlsx", [], "32.02.29.2004"),
        ("x/y.xlsx", [["DAFTAR PEKERJA DESA CIBOLANG KALER RW 01"]], "32.02.29.2011"),
        ("x/y.xlsx", [["Data pekerja Desa Cisaat Kec. Cicurug"]], "32.02.16.2006"),
        ("02_desa/Cicurug/CISAAT BNBA.xlsx", [], "32.02.16.2006"),
        ("02_desa/Cisaat/data cisaat fix.xlsx", [], "32.02.29.2004"),
        ("Pekerja Rentan Ds. Citepus Kec. Palabuhanratu.xlsx", [], "32.02.01.2003"),
        ("a/Tonjong_2026 (1).xlsx", [], "32.02.01.2002"),
        ("a/daftar.xlsx", [["DAFTAR PEKERJA DESA MEKARSARI"]], None),  # two villages of that name, no district said
        ("a/daftar.xlsx", [], None),
        ("02_desa/Cicurug/Cisaat_2026 (1).xlsx", [], "32.02.16.2006"),  # the file is called after its village
    ],
)
def test_the_village_of_a_list(read, name, titles, village):
    found = read(workbook([*titles, *one()]), name)
    assert found.village_code == village
    assert data(found, "village_code") == [village]


@pytest.mark.parametrize(
    ("address", "note", "village", "problems"),
    [
        ("Kp. A RT 01/02", "", "32.02.01.2003", []),
        ("Kp. A Ds. Tonjong", "", "32.02.01.2002", ["other_village"]),
        ("Kp. A RT 2/7 Desa Citepus, Kec. Palabuhanratu Kab. Sukabumi", "", "32.02.01.2003", []),
        ("Kp. A Desa Cisaat Kec. Cicurug", "", "32.02.16.2006", ["other_village"]),
        ("Kp. A", "warga Ds. Tonjong", "32.02.01.2002", ["other_village"]),
        ("Kp. A Ds. Sukamulus Kec. Gekbrong", "", None, ["region_unknown"]),
        ("Kp. A Ds. ???", "", None, ["region_unknown"]),
        ("Kp. A Desa Entahlah", "", None, ["region_unknown"]),
        ("Kp. A Kel. Tonjong Kota Skbmi", "", None, ["region_unknown"]),
        ("Kp. A Ds. Mekarsari", "", None, ["region_ambiguous"]),
        ("Kp. A Ds. Tonjonq", "", "32.02.01.2002", ["other_village"]),
    ],
)
def test_the_village_of_a_row(read, address, note, village, problems):
    rows = [["DAFTAR PEKERJA DESA CITEPUS"], HEAD]
    rows += [[n, f"ORANG {chr(64 + n)}", "", "Kp. Z", ""] for n in range(1, 8)]
    found = read(workbook([*rows, [8, "ANI", ANI, address, note]]))
    assert (data(found, "village_code")[-1], data(found, "problems")[-1]) == (village, problems)


def test_a_village_column_beats_the_title_and_an_address_abroad_beats_the_column(read):
    rows = [
        ["DAFTAR PEKERJA DESA CITEPUS"],
        ["NO", "NAMA", "NIK", "ALAMAT", "DESA", "KABUPATEN"],
        [1, "A B", ANI, "Kp. A", "Citepus", "Sukabumi"],
        [2, "C D", "", "Kp. A Kota Bogor", "Citepus", "-"],
        [3, "E F", "", "Kp. A Ds. Sukamulus Kec. Gekbrong", "Citepus", ""],
        [4, "G H", "", "Kp. A", "Tonjong", ""],
        [5, "I J", "", "Kp. A", "Citepus", "Kab. Cianjur"],
    ]
    found = read(workbook(rows))
    assert data(found, "village_code") == ["32.02.01.2003", None, None, "32.02.01.2002", None]
    assert data(found, "problems")[3] == ["other_village", "nik_missing"]


def test_a_list_that_names_many_villages_has_none_of_its_own(read):
    rows = [["DAFTAR PEKERJA DESA CITEPUS"], ["NO", "NAMA", "NIK", "DESA"]]
    rows += [[n, f"ORANG {chr(65 + n)}", "", v] for n, v in enumerate(["Citepus", "Tonjong"] + ["Cibolang Kaler"] * 5)]
    found = read(workbook(rows))
    assert found.village_code is None and set(data(found, "village_code")) == {
        "32.02.01.2003",
        "32.02.01.2002",
        "32.02.29.2011",
    }


def test_a_list_whose_rows_all_name_one_village_is_of_that_village(read):
    rows = [["NO", "NAMA", "NIK", "DESA"]] + [[n, f"ORANG {chr(65 + n)}", "", "Citepus"] for n in range(5)]
    assert read(workbook(rows)).village_code == "32.02.01.2003"


def test_only_a_district_in_the_row_leaves_the_village_open(read):
    found = read(workbook([["NO", "NAMA", "NIK", "KECAMATAN"], [1, "ANI", ANI, "Cicurug"]]))
    assert data(found, "village_code", "district_code") == [(None, "32.02.16")]


def test_an_area_that_the_gazetteer_does_not_know_finds_nothing():
    places = Places(Gazetteer([]), RegionCode("99.99"))
    assert places.find("Citepus") == Place(None, None, "region_unknown")
    assert not places.is_outside("KOTA", "Sukabumi")


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Agustus 2026", Month(2026, 8)),
        ("data_2026-09", Month(2026, 9)),
        ("tarikan 15/10/2026", Month(2026, 10)),
        ("TA 2026", None),
    ],
)
def test_the_month_of_a_list(text, month):
    assert month_of([text]) == month


def test_a_misspelt_name_that_many_villages_bear_is_ambiguous(gazetteer):
    places = Places(gazetteer, RegionCode("32.02"))
    assert places.find("Mekarsarri").problem == "region_ambiguous"
    assert places.find("Cibolang Kalerr").village == "32.02.29.2011"
