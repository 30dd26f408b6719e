"""`jangkau link`: two tables in canonical person columns, as files; needs no register."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from jangkau.core.kernel import Refused, Unknown
from jangkau.core.linkage.pairs import CANONICAL, Model, link_tables, train


def link_files(left: Path, right: Path, *, out: Path, review: Path | None, model: Path | None) -> tuple[int, int]:
    """Writes the links to `out` and the pairs to be reviewed to `review`; returns how many there are of each."""
    for target in (out, review):
        if target is not None:
            _writable(target)
    chosen = Model.read(_text(model)) if model else None
    pairs = link_tables(_table(left), _table(right), model=chosen).pairs
    links, doubts = (pairs.filter(pl.col("decision") == kind) for kind in ("link", "review"))
    _write(links, out)
    if review is not None:
        _write(doubts, review)
    return links.height, doubts.height


def train_model(left: Path, right: Path, *, out: Path) -> None:
    """Writes a model of two tables to `out`, with what they were."""
    tables = _table(left), _table(right)
    about = {
        side: {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "rows": table.height}
        for side, path, table in zip(("left", "right"), (left, right), tables, strict=True)
    }
    model = train(*tables, trained={**about, "jangkau": version("jangkau")})
    out.write_text(model.as_json(), encoding="utf-8")


def _table(path: Path) -> pl.DataFrame:
    """The canonical columns of a file as text; raises Unknown or Refused."""
    if not path.is_file():
        raise Unknown(f"“{path}” tidak ada.", f"“{path}” does not exist.")
    try:
        if path.suffix == ".parquet":
            lazy = pl.scan_parquet(path)
        else:
            lazy = pl.scan_csv(path, infer_schema=False, separator=_separator(path))
        wanted = [name for name in lazy.collect_schema().names() if name in CANONICAL]
        table = lazy.select(wanted).collect()
    except PolarsError:
        raise Refused(
            f"“{path.name}” bukan CSV atau Parquet yang dapat dibaca. Simpan sebagai CSV UTF-8 berjudul kolom.",
            f"“{path.name}” is no CSV or Parquet that can be read. Save it as CSV in UTF-8 with one header line.",
        ) from None
    if "id" not in wanted or len(wanted) < 2 or table["id"].null_count() or not table["id"].is_unique().all():
        raise Refused(
            f"“{path.name}” perlu kolom id (terisi, tidak berulang) dan kolom orang seperti nik, name, birth_date.",
            f"“{path.name}” needs a column id (filled, never twice) and columns such as nik, name, birth_date.",
        )
    return table


def _separator(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as file:
        header = file.readline()
    return max(",;\t|", key=header.count)


def _text(path: Path) -> str:
    if not path.is_file():
        raise Unknown(f"“{path}” tidak ada.", f"“{path}” does not exist.")
    return path.read_text(encoding="utf-8")


def _writable(target: Path) -> None:
    if target.suffix not in (".csv", ".parquet"):
        raise Refused(
            f"“{target.name}”: pakai akhiran .csv atau .parquet.",
            f"“{target.name}”: use the ending .csv or .parquet.",
        )


def _write(frame: pl.DataFrame, target: Path) -> None:
    beside = target.with_name(target.name + ".part")
    if target.suffix == ".parquet":
        frame.write_parquet(beside)
    else:
        frame.write_csv(beside)
    beside.replace(target)
