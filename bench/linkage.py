"""Two tables linked, beside the least work (reading them and one hash join) and beside Splink as its documentation
sets it up; each in a process of its own on the same files. Writes the first part of bench/LINKAGE.md.

python -m bench.linkage [--left 1000000] [--runs 3] [--large]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

RESULTS = Path(__file__).parent / "LINKAGE.md"
_KEPT = "## Measured otherwise"  # what stands below is written by hand
_STEP = [sys.executable, "-m", "bench.linkage", "--step"]
COLUMNS = ["id", "nik", "name", "sex", "birth_date", "village_code"]


def make(folder: Path, left: int, like: str) -> None:
    """Tables and truth of an invented regency, as Parquet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangkau.web.site.settings")
    from datetime import date

    from jangkau.core.kernel import RegionCode
    from jangkau.core.synthetic import invent
    from jangkau.core.synthetic.two_tables import two_tables
    from jangkau.registry.people.gateways.gazetteer import gazetteer

    regency = invent(gazetteer(), area=RegionCode("32.02"), workers=left, seed=5, as_of=date(2026, 10, 31))
    made = two_tables(regency.people, left=left, right=left * 3 // 10, seed=3, like=like)
    for name, frame in made._asdict().items():
        frame.write_parquet(folder / f"{name}.parquet")


def floor(folder: Path) -> pl.DataFrame:
    """Both tables read and joined on the NIK."""
    left, right = (pl.read_parquet(folder / f"{side}.parquet") for side in ("left", "right"))
    return left.join(right.drop_nulls("nik"), on="nik").select(left_id="id", right_id="id_right")


def jangkau(folder: Path) -> pl.DataFrame:
    from jangkau.core.linkage.pairs import link_tables

    left, right = (pl.read_parquet(folder / f"{side}.parquet") for side in ("left", "right"))
    pairs = link_tables(left, right).pairs
    return pairs.filter(pl.col("decision") == "link").select("left_id", "right_id")


def splink(folder: Path) -> pl.DataFrame:
    """Comparisons of its library, blocking on pairs of columns, training and prediction as in its tutorial."""
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    engine = DuckDBAPI()
    frames = {side: pl.read_parquet(folder / f"{side}.parquet", columns=COLUMNS) for side in ("left", "right")}
    tables = [engine.register(frame.to_arrow(), table_name=f"{side}_rows") for side, frame in frames.items()]
    rules = [
        block_on("nik"), block_on("name", "birth_date"), block_on("name", "village_code"),
        block_on("birth_date", "village_code"),
    ]  # fmt: skip
    comparisons = [
        cl.ExactMatch("nik"), cl.NameComparison("name").configure(term_frequency_adjustments=True),
        cl.DateOfBirthComparison("birth_date", input_is_string=True), cl.ExactMatch("sex"),
        cl.ExactMatch("village_code").configure(term_frequency_adjustments=True),
    ]  # fmt: skip
    settings = SettingsCreator(
        link_type="link_only", unique_id_column_name="id", comparisons=comparisons,
        blocking_rules_to_generate_predictions=rules, retain_matching_columns=False,
    )  # fmt: skip
    linker = Linker(tables, settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match([block_on("nik")], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in ("birth_date", "name"):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(rule))
    found = linker.inference.predict(threshold_match_probability=0.9).as_duckdbpyrelation()
    return pl.DataFrame(found.to_arrow_table()).select(left_id="id_l", right_id="id_r")


def step(name: str, folder: Path) -> dict[str, float]:
    started, used = time.perf_counter(), time.process_time()
    found: pl.DataFrame = globals()[name](folder)
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    truth = pl.read_parquet(folder / "pairs.parquet")
    right = found.join(truth, on=["left_id", "right_id"]).height
    shares = {"precision": right / found.height, "recall": right / truth.height}
    return {"seconds": seconds, "cpu": cpu, "peak": peak, **shares}


def run(name: str, folder: Path) -> dict[str, float]:
    done = subprocess.run([*_STEP, name, "--folder", str(folder)], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    found["load"] = os.getloadavg()[0]
    print(name, found, flush=True)
    return found


def measure(left: int, runs: int, names: tuple[str, ...], like: str = "office") -> list[str]:
    """A line for each of `names`: the best of `runs`; of Splink one."""
    lines = []
    with tempfile.TemporaryDirectory(prefix="jangkau-linkage-") as place:
        folder = Path(place)
        # in a process of its own: a process begins with the memory peak of the one that started it
        subprocess.run([*_STEP, "make", "--folder", place, "--left", str(left), "--like", like], check=True)
        found = {name: [run(name, folder) for _ in range(1 if name == "splink" else runs)] for name in names}
    for name, times in found.items():
        best = min(times, key=lambda one: one["cpu"])
        wall = min(one["seconds"] for one in times)
        f1 = 2 * best["precision"] * best["recall"] / (best["precision"] + best["recall"])
        shares = f"{best['precision']:.4f} | {best['recall']:.4f} | {f1:.4f}"
        tables = f"{left:,} x {left * 3 // 10:,}, {like}"
        took = f"{wall:.1f} | {best['cpu']:.1f} | {best['peak']:.0f} MB"
        lines.append(f"| {tables} | {name} | {took} | {shares} | {best['load']:.1f} |")
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.linkage", description=__doc__)
    parser.add_argument("--left", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--large", action="store_true", help="three times as many rows, too")
    parser.add_argument("--step", choices=["make", "floor", "jangkau", "splink"])
    parser.add_argument("--like", default="office")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.step == "make":
        make(given.folder, given.left, given.like)
        return 0
    if given.step:
        print(json.dumps(step(given.step, given.folder)))
        return 0
    lines = measure(given.left, given.runs, ("floor", "jangkau", "splink"))
    lines += measure(given.left, 1, ("floor", "jangkau"), "export")
    if given.large:
        lines += measure(3 * given.left, given.runs, ("floor", "jangkau"))
    head = [
        "# Two tables linked",
        "",
        f"An invented regency; best of {given.runs} runs (Splink: one), each in a process of its own.",
        "`office`: the right table states the village; `export`: no address at all, as in the branch's export.",
        "CPU seconds are those of all threads together, and depend less on what else the machine does. Load: how many",
        "processes wanted to run, ours among them, when it ended.",
        f"Python {platform.python_version()}, {os.cpu_count()} cores. Made by `python -m bench.linkage --large`.",
        "",
        "| tables | by | seconds | CPU seconds | peak memory | precision | recall | F1 | load |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    _, mark, kept = RESULTS.read_text().partition(_KEPT)
    RESULTS.write_text("\n".join([*head, *lines]) + "\n\n" + mark + kept)
    print(RESULTS.read_text())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
