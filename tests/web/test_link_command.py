"""`jangkau link` and `jangkau linkage train` on files."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars as pl
import pytest

from jangkau.web.site.cli import main

PEOPLE = pl.DataFrame(
    {
        "id": [f"P{n}" for n in range(200)],
        "name": [f"{a} {b}" for a in ("ASEP", "DADANG", "ETI", "NINING", "OMAN") for b in
                 ("SUHENDAR", "KOSASIH", "MARYATI", "ROHAYATI", "JUHANA", "HIDAYAT", "RUSTANDI", "SAEPUDIN")] * 5,
        "birth_date": [f"{1950 + n % 50}-{n % 12 + 1:02d}-{n % 28 + 1:02d}" for n in range(200)],
        "shoe_size": ["39"] * 200,
    }
)  # fmt: skip


def test_two_files_are_linked_and_the_model_can_be_trained_and_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left, right, out, model = (tmp_path / name for name in ("left.csv", "right.parquet", "pairs.csv", "model.json"))
    PEOPLE.write_csv(left, separator=";")
    PEOPLE.sample(fraction=1, shuffle=True, seed=1).drop("shoe_size").write_parquet(right)
    assert main(["link", str(left), str(right), "--out", str(out), "--review", str(tmp_path / "r.csv"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"links": 200, "review": 0}
    pairs = pl.read_csv(out)
    assert pairs.columns == ["left_id", "right_id", "probability", "decision", "evidence"]
    assert (pairs["left_id"] == pairs["right_id"]).all() and set(pairs["decision"]) == {"link"}
    assert main(["linkage", "train", str(left), str(right), "--out", str(model)]) == 0
    assert json.loads(model.read_text())["trained"]["left"]["rows"] == 200
    assert main(["link", str(left), str(right), "--out", str(out), "--model", str(model)]) == 0
    assert pl.read_csv(out).height == 200


def test_what_another_model_would_change_is_listed_before_it_is_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left, right, strict, out = (tmp_path / name for name in ("left.csv", "right.csv", "strict.json", "changes.csv"))
    PEOPLE.write_csv(left)
    unlike = pl.when(pl.col("id") == "P7").then(pl.lit("NINING KOMALA")).otherwise("name").alias("name")
    PEOPLE.select("id", unlike, "birth_date").write_csv(right)
    assert main(["linkage", "train", str(left), str(right), "--out", str(strict)]) == 0
    model = json.loads(strict.read_text())
    compare = ["linkage", "compare", str(left), str(right), "--model", str(strict), "--out", str(out), "--json"]
    strict.write_text(json.dumps({**model, "link_from": 1.0}))
    assert main(compare) == 0
    counts, lines = json.loads(capsys.readouterr().out), pl.read_csv(out)
    assert counts["link_to_review"] > 0 and counts["kept"] + counts["link_to_review"] + counts["lost"] >= 199
    assert dict(lines["change"].value_counts().rows()) == {k: n for k, n in counts.items() if n and k != "kept"}
    assert main([*compare, "--used", str(strict)]) == 0
    assert json.loads(capsys.readouterr().out)["kept"] == counts["kept"] and not pl.read_csv(out).height
    assert main(["linkage", "compare", str(left), str(right), "--out", str(out)]) == 1
    assert "--model" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "word"), [("name\nASEP\n", "id"), ("id,name\n1,ASEP\n1,ETI\n", "id"), ("", "CSV"), (None, "tidak ada")]
)
def test_a_file_that_cannot_be_linked_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "id_ID.UTF-8")
    place = tmp_path / "left.csv"
    if content is not None:
        place.write_text(content)
    assert main(["link", str(place), str(place), "--out", str(tmp_path / "pairs.csv")]) == 1
    told = capsys.readouterr().err
    assert word in told and told.count("\n") == 1 and "ASEP" not in told


def test_another_engine_is_an_option_and_one_that_is_missing_says_how_to_install_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    table, out = tmp_path / "left.csv", tmp_path / "pairs.csv"
    PEOPLE.head(40).write_csv(table)
    assert main(["link", str(table), str(table), "--out", str(out), "--engine", "splink"]) == 0
    assert pl.read_csv(out).height == 40
    monkeypatch.setattr(sys, "meta_path", [])  # nothing more is found, as if it were not installed
    monkeypatch.delitem(sys.modules, "pyspark", raising=False)
    assert main(["link", str(table), str(table), "--out", str(out), "--engine", "spark"]) == 1
    assert "jangkau[spark]" in capsys.readouterr().err
