"""The commands: exit codes, one sentence for what went wrong, results for people and for programs."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import polars as pl
import pytest

NIK = "3202011203809001"
pytestmark = pytest.mark.slow


def jangkau(*arguments: str, data: Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("JANGKAU_DATA", "DATABASE_URL")}
    return subprocess.run(
        [sys.executable, "-m", "jangkau.web.site", *arguments, "--data", str(data)],
        env=kept | {"LANG": "id_ID.UTF-8"}, capture_output=True, text=True, input=typed, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists")
    (folder / "peserta.csv").write_bytes(
        (
            "KPJ;NIK;NAMA;TGL LAHIR;JK;NPP;NAMA PERUSAHAAN;SEGMEN;PROGRAM;UPAH;BLTH;STATUS\r\n"
            f"26000000001;{NIK};UJANG SUKMANA;12-03-1980;L;;;BPU;JKK,JKM;1500000;2026-10;AKTIF\r\n"
        ).encode("cp1252")
    )
    (folder / "Data Pekerja Desa Citepus.csv").write_text(
        "DAFTAR PEKERJA DESA CITEPUS KECAMATAN PALABUHANRATU\n"
        "NO;NAMA;NIK;TANGGAL LAHIR;L/P;ALAMAT;PEKERJAAN\n"
        f"1;UJANG SUKMANA;{NIK};12-03-1980;L;Kp. Cibuntu;Petani\n"
        "2;EUIS KARTINI;3202015204859001;12-04-1985;P;Kp. Cibuntu;Pedagang\n"
    )
    return folder


@pytest.fixture(scope="module")
def data(lists: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("register") / "data"
    done = jangkau("run", str(lists), "--as-of", "2026-10-31", data=place)
    assert done.returncode == 0, done.stderr
    return place


def test_run_makes_the_register_when_there_is_none(data: Path):
    assert (data / "jangkau.sqlite3").exists()
    assert (data / "secret.key").stat().st_mode & 0o077 == 0


def test_run_again_reports_nothing_new(data: Path, lists: Path):
    done = jangkau("run", str(lists), "--as-of", "2026-10-31", "--json", data=data)
    told = json.loads(done.stdout)
    assert (told["new_files"], told["published"], told["workers"], told["covered"]) == (0, 0, 2, 1)


def test_a_bad_file_is_one_sentence_and_exit_1(data: Path, lists: Path, tmp_path: Path):
    (tmp_path / "foto.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    done = jangkau("run", str(tmp_path), "--as-of", "2026-10-31", data=data)
    assert done.returncode == 1
    told = [line for line in done.stderr.splitlines() if line.startswith("foto.xlsx: ")]
    assert len(told) == 1
    assert "Traceback" not in done.stderr


def test_coverage_in_words_and_as_json(data: Path):
    words = jangkau("coverage", "--by", "village,segment", "--region", "32.02.01", data=data)
    assert "Citepus" in words.stdout
    rows = json.loads(jangkau("coverage", "--json", data=data).stdout)
    assert {row["region_code"] for row in rows} >= {"32.02", "32.02.01"}
    assert next(row["percent"] for row in rows if row["region_code"] == "32.02") == 50.0


def test_a_day_that_was_not_measured_is_told(data: Path):
    done = jangkau("coverage", "--as-of", "2025-01-31", data=data)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "jangkau run" in done.stderr


def test_changes_since_a_measured_day(data: Path):
    line = json.loads(jangkau("coverage", "--since", "2026-10-31", "--json", data=data).stdout)
    assert (line["before"], line["after"], sum(line.values())) == (1, 1, 2)
    assert "before" in jangkau("coverage", "--since", "2026-10-31", data=data).stdout
    done = jangkau("coverage", "--since", "2024-01-31", data=data)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)


def test_coverage_to_be_handed_out_hides_small_counts(data: Path):
    told = json.loads(jangkau("coverage", "--by", "village,segment", "--json", "--public", data=data).stdout)
    shown = [line[name] for line in told for name in ("workers", "covered") if line[name] is not None]
    assert shown and not [count for count in shown if 0 < count < 5]
    hidden = [line for line in told if line["suppressed"]]
    assert hidden and all(line["percent"] is None for line in hidden if line["covered"] is None)
    assert all("allocated" not in line for line in told)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
@pytest.mark.parametrize("what", ["rows", "people", "coverage", "employers", "pairs"])
def test_exports(data: Path, tmp_path: Path, what: str, ending: str):
    out = tmp_path / f"{what}.{ending}"
    assert jangkau("export", what, "--out", str(out), data=data).returncode == 0
    frame = pl.read_csv(out) if ending == "csv" else pl.read_parquet(out)
    first = {"rows": "file", "people": "person_id", "coverage": "as_of", "employers": "employer_id", "pairs": "left_id"}
    assert frame.columns[0] == first[what]
    if what == "rows":
        assert frame.height == 6
        assert frame.filter(pl.col("state") == "data")["person_id"].n_unique() == 2


def test_an_unknown_ending_is_refused(data: Path, tmp_path: Path):
    done = jangkau("export", "rows", "--out", str(tmp_path / "rows.pdf"), data=data)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_read_unpacks_a_zip_and_goes_on_after_a_broken_one(lists: Path, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "kiriman.zip", "w") as archive:
        for place in sorted(lists.iterdir()):
            archive.write(place, f"desa/{place.name}")
    with zipfile.ZipFile(tmp_path / "kosong.zip", "w") as archive:
        archive.writestr("catatan.zip", "x")
    done = jangkau("read", str(tmp_path), "--json", "--corrected", str(tmp_path / "jawaban"), data=tmp_path / "none")
    told = json.loads(done.stdout)
    assert done.returncode == 1 and "catatan.zip" in done.stderr
    assert [(one["file"], one.get("kind")) for one in told] == [
        ("kiriman.zip/desa/Data Pekerja Desa Citepus.csv", "workers"),
        ("kiriman.zip/desa/peserta.csv", "membership"),
        ("kosong.zip", None),
    ]
    assert len(list((tmp_path / "jawaban/kiriman.zip/desa").iterdir())) == 2


def test_read_keeps_nothing(lists: Path, tmp_path: Path):
    done = jangkau("read", str(lists), "--json", data=tmp_path / "none")
    told = {item["file"]: item for item in json.loads(done.stdout)}
    assert told["peserta.csv"]["kind"] == "membership"
    assert told["Data Pekerja Desa Citepus.csv"]["village_code"] == "32.02.01.2003"
    assert not (tmp_path / "none").exists()
    assert NIK not in done.stdout


def test_official_boundaries(data: Path, tmp_path: Path):
    square = [[[106.5, -7.0], [106.6, -7.0], [106.6, -6.9], [106.5, -6.9], [106.5, -7.0]]]
    feature = {
        "type": "Feature",
        "properties": {"code": "32.02.01.2003"},
        "geometry": {"type": "Polygon", "coordinates": square},
    }
    place = tmp_path / "batas.geojson"
    place.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    done = jangkau("regions", "load", str(place), "--json", data=data)
    told = json.loads(done.stdout)
    assert told["shapes"] == 1
    assert "villages_missing" in {problem["code"] for problem in told["problems"]}
    place.write_text("bukan json")
    done = jangkau("regions", "load", str(place), data=data)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


LOOK = """
import django; django.setup()
from jangkau.registry.access.actions import record_look
record_look(by=None, action="person_opened", subject="person 77")
"""


def test_a_look_waits_for_no_publication_and_is_recorded_once(data: Path):
    waiting, asked = data / ".looks-waiting", "SELECT COUNT(*) FROM access_auditevent WHERE subject = 'person 77'"
    writer = sqlite3.connect(data / "jangkau.sqlite3", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")  # somebody publishes
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    told = kept | {"JANGKAU_DATA": str(data), "DJANGO_SETTINGS_MODULE": "jangkau.web.site.settings"}
    subprocess.run([sys.executable, "-c", LOOK], env=told, check=True, timeout=25)  # who waited would give up after 30
    [line] = waiting.read_text().splitlines()
    writer.execute("ROLLBACK")
    for _ in range(2):  # the second time as if it had been killed before the file was emptied
        waiting.write_text(f"{line}\n")
        assert jangkau("doctor", data=data).returncode == 0
        assert (writer.execute(asked).fetchone(), waiting.read_text()) == ((1,), "")
    writer.close()


def test_doctor_finds_a_changed_original(data: Path):
    assert jangkau("doctor", data=data).returncode == 0
    original = next((data / "lists").rglob("original"))
    kept = original.read_bytes()
    original.write_bytes(kept + b" ")
    done = jangkau("doctor", "--json", data=data)
    original.write_bytes(kept)
    assert done.returncode == 1
    assert any(not finding["good"] for finding in json.loads(done.stdout))


def test_no_register_is_told_in_one_sentence(tmp_path: Path):
    done = jangkau("coverage", data=tmp_path / "nothing")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "jangkau init" in done.stderr


def test_wrong_usage_is_exit_2(tmp_path: Path):
    assert jangkau("run", data=tmp_path).returncode == 2
    assert jangkau("run", "x", "--as-of", "31-10-2026", data=tmp_path).returncode == 2


def test_accounts(data: Path):
    assert jangkau("user", "clerk", "--area", "32.02.01", data=data, typed="rahasia-sekali\n").returncode == 0
    issued = jangkau("token", "issue", "--user", "clerk", "--area", "32.02.01", "--may", "lists", data=data)
    assert (issued.returncode, issued.stdout[:4]) == (0, "jgk_"), issued.stderr
    listed = jangkau("token", "list", data=data)
    assert "lists" in listed.stdout and issued.stdout.strip() not in listed.stdout
    assert jangkau("token", "revoke", "--number", "1", data=data).returncode == 0
    assert "dicabut" in jangkau("token", "list", data=data).stdout
    assert jangkau("token", "issue", "--user", "nobody", data=data).returncode == 1
    weak = jangkau("user", "guest", data=data, typed="12345\n")
    assert (weak.returncode, weak.stderr.count("\n")) == (1, 1)
    again = jangkau("user", "clerk", data=data, typed="x\n")
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    assert jangkau("user", "other", "--area", "3202", data=data, typed="rahasia-sekali\n").returncode == 1


def test_the_demo_never_overwrites_a_real_register(data: Path):
    done = jangkau("demo", "--no-serve", data=data)
    assert done.returncode == 1
    assert (data / "jangkau.sqlite3").exists()


def test_nothing_personal_is_said(lists: Path, tmp_path: Path):
    done = jangkau("run", str(lists), "--as-of", "2026-10-31", data=tmp_path / "data")
    assert "SUKMANA" not in done.stdout + done.stderr
    assert NIK not in done.stdout + done.stderr


def test_a_register_of_an_earlier_version_is_told_and_brought_up_to_date(tmp_path: Path):
    assert jangkau("init", data=tmp_path).returncode == 0
    with sqlite3.connect(tmp_path / "jangkau.sqlite3") as register:
        register.execute("DELETE FROM django_migrations WHERE app = 'sites'")
        register.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        register.execute("DROP TABLE django_session")
    told = jangkau("coverage", data=tmp_path)
    assert (told.returncode, told.stderr.count("\n")) == (1, 1)
    assert "jangkau upgrade" in told.stderr
    done = jangkau("upgrade", data=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "backups").iterdir())) == 1
    assert "jangkau run" in jangkau("coverage", data=tmp_path).stderr
