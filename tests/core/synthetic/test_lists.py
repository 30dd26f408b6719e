"""The lists can be read, the trail points at the right rows, and the bytes do not depend on who writes."""

import hashlib
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from jangkau.core.kernel import Gazetteer, RegionCode
from jangkau.core.synthetic import InventedRegency, WrittenLists, invent, write_lists, write_truth

AS_OF = date(2026, 10, 31)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lists")


@pytest.fixture(scope="module")
def written(small: InventedRegency, folder: Path) -> WrittenLists:
    return write_lists(small, folder)


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def sheet(folder: Path, file: str, name: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(str(folder / file)).get_sheet_by_name(name).to_python(skip_empty_area=False)


def test_the_bytes_do_not_depend_on_the_number_of_processes(
    small: InventedRegency, folder: Path, written: WrittenLists, tmp_path: Path
) -> None:
    beside = write_lists(small, tmp_path, processes=2)
    assert digests(tmp_path) == digests(folder)
    assert beside.rows.equals(written.rows)


def test_every_line_of_every_workbook_about_people_is_in_the_trail(folder: Path, written: WrittenLists) -> None:
    people = written.rows.filter(pl.col("file").str.ends_with(".xlsx") & ~pl.col("file").str.contains("^0[478]"))
    for (file, name), part in people.partition_by("file", "sheet", as_dict=True).items():
        lines = sheet(folder, file, name)
        filled = {number for number, cells in enumerate(lines, 1) if any(str(cell).strip() for cell in cells)}
        assert filled == set(part["row"]), (file, name)
        for row, shown in part.filter(pl.col("kind") == "person").select("row", "name").iter_rows():
            assert any(shown in " ".join(str(cell).upper().split()) for cell in lines[row - 1]), (file, row)


def test_a_nik_of_the_truth_stands_in_its_row(folder: Path, written: WrittenLists) -> None:
    rows = written.rows.filter(pl.col("nik").is_not_null() & pl.col("file").str.starts_with("02_desa"))
    assert rows.height > 1_500
    for (file, name), part in rows.partition_by("file", "sheet", as_dict=True).items():
        lines = sheet(folder, file, name)
        for row, nik in part.select("row", "nik").iter_rows():
            texts = ["".join(sign for sign in str(cell) if sign.isdigit()) for cell in lines[row - 1]]
            assert nik in texts, (file, row)


def test_all_layouts_and_kinds_of_lists_are_there(folder: Path, written: WrittenLists) -> None:
    names = {path.split("/")[0] for path in digests(folder)}
    assert names == {
        "DATA-REKAAN.md", "01_bpjstk", "02_desa", "03_jakon", "04_perusahaan", "05_dinas", "06_perisai",
        "07_sosialisasi", "08_anggaran",
    }  # fmt: skip
    sheets = set(written.rows["sheet"])
    assert {"REKAP", "KK", "lama", "Lembar1", "HOK", "NON ASN", "AKUISISI"} <= sheets
    kinds = set(written.rows.filter(pl.col("kind") == "not_a_data_row")["problems"])
    assert kinds >= {
        "title",
        "header",
        "header_repeat",
        "column_numbers",
        "total",
        "signature",
        "hidden_sheet",
        "project_header",
    }


def test_the_usual_problems_occur(written: WrittenLists) -> None:
    told = set(written.rows["problems"].drop_nulls().str.split("|").explode())
    assert told >= {
        "nik_missing", "nik_length", "nik_precision_lost", "nik_birthdate_mismatch", "nik_shared", "date_missing",
        "date_unreadable", "deceased", "moved_out_note", "duplicate_in_list", "other_village", "over_age",
        "second_membership", "status_contradicts_month",
    }  # fmt: skip


def test_rt_and_rw_became_dates_and_numbers_lost_digits(folder: Path, written: WrittenLists) -> None:
    lost = written.rows.filter(pl.col("problems").str.contains("nik_precision_lost"))
    assert lost["nik"].null_count() == lost.height
    file, name, row = lost.select("file", "sheet", "row").row(0)
    numbers = [cell for cell in sheet(folder, file, name)[row - 1] if isinstance(cell, float) and cell > 1e15]
    assert len(numbers) == 1 and numbers[0] % 10 == 0
    cells = [
        cell
        for file in written.rows.filter(pl.col("file").str.starts_with("02_desa"))["file"].unique()
        for line in CalamineWorkbook.from_path(str(folder / file)).get_sheet_by_index(0).to_python()
        for cell in line
    ]
    became = [cell for cell in cells if isinstance(cell, date | datetime) and cell.year == 2026]
    assert became and all(cell.day <= 6 for cell in became)


def test_the_branch_export_is_as_the_branch_writes_it(
    folder: Path, small: InventedRegency, written: WrittenLists
) -> None:
    body = (folder / "01_bpjstk/peserta.csv").read_bytes().decode("cp1252")
    lines = body.split("\r\n")
    assert lines[0] == "KPJ;NIK;NAMA;TGL LAHIR;JK;NPP;NAMA PERUSAHAAN;SEGMEN;PROGRAM;UPAH;TGL KEPESERTAAN;BLTH;STATUS"
    assert len(lines) == small.memberships.height + 2 and lines[-1] == ""
    assert {len(line.split(";")) for line in lines[:-1]} == {13}
    trail = written.rows.filter(pl.col("file") == "01_bpjstk/peserta.csv")
    for row, nik, name in trail.filter(pl.col("kind") == "person").select("row", "nik", "name").iter_rows():
        cells = lines[row - 1].split(";")
        assert (cells[1] or None) == nik and name in cells[2]


def test_a_share_of_workers_stands_on_no_village_list(small: InventedRegency, written: WrittenLists) -> None:
    listed = written.rows.filter(pl.col("file").str.starts_with("02_desa")).select("person_id").unique()
    residents = small.people.filter(~pl.col("commuter"))
    missing = residents.join(listed, on="person_id", how="anti").height / residents.height
    assert 0.13 < missing < 0.21


def test_without_mess_every_number_is_right(gazetteer: Gazetteer, tmp_path: Path) -> None:
    regency = invent(gazetteer, area=RegionCode("32.72"), workers=600, seed=2, as_of=AS_OF)
    clean = write_lists(regency, tmp_path, mess=0.0).rows.filter(pl.col("kind") == "person")
    told = set(clean["problems"].drop_nulls().str.split("|").explode()) - {""}
    assert told <= {
        "nik_birthdate_mismatch", "nik_precision_lost", "over_age", "second_membership", "status_contradicts_month",
        "deceased",
    }  # fmt: skip
    assert clean.filter(pl.col("nik").is_not_null())["nik_correct"].all()


def test_the_truth_agrees_with_the_regency(small: InventedRegency, written: WrittenLists, tmp_path: Path) -> None:
    write_truth(small, tmp_path, written)
    read = {path.stem: pl.read_csv(path, infer_schema_length=0) for path in tmp_path.glob("*.csv")}
    assert set(read) == {
        "rows", "persons", "coverage", "employers", "employer_rows", "perisai_rows", "outreach_rows", "jakon_projects",
        "budget_rows",
    }  # fmt: skip
    persons = read["persons"]
    assert persons.height == small.people.height
    total = read["coverage"].filter((pl.col("level") == "regency") & (pl.col("segment_work") == "TOTAL"))
    assert int(total["covered"][0]) == persons.filter(pl.col("covered") == "1").height == small.people["covered"].sum()
    assert read["rows"].join(persons, on="person_id", how="semi").height == read["rows"]["person_id"].count()
    assert read["rows"].select("file", "sheet", "row").is_duplicated().sum() == 0
    assert persons.filter((pl.col("why") == "covered") & (pl.col("covered") != "1")).is_empty()


def test_employer_rows_point_at_the_firm(small: InventedRegency, folder: Path, written: WrittenLists) -> None:
    rows = written.tables["employer_rows"].join(small.employers, on="employer_id", suffix="_true")
    for (file, name), part in rows.partition_by("file", "sheet", as_dict=True).items():
        lines = sheet(folder, file, name)
        for row, firm in part.select("row", "name").iter_rows():
            assert any(firm in str(cell).upper() for cell in lines[row - 1]), (file, row)


def test_villages_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    lines = ["33|Jawa||", "33.01|Kabupaten A||", "33.01.01|Satu/Dua||", "33.01.02|Satu Dua||"]
    lines += [f"33.01.0{district}.200{village}|Sukamaju||" for district in (1, 2) for village in range(1, 10)]
    regency = invent(Gazetteer.parse("\n".join(lines)), area=RegionCode("33.01"), workers=720, seed=1, as_of=AS_OF)
    written = write_lists(regency, tmp_path)
    files = written.rows.filter(pl.col("file").str.starts_with("02_desa"))["file"].unique()
    assert len(files) == 18 and all((tmp_path / file).exists() for file in files)
    works = written.rows.filter(pl.col("file").str.starts_with("03_jakon"))["file"].n_unique()
    assert works == regency.projects.height
