"""`jangkau link` and `jangkau linkage`: two tables in canonical person columns, as files; needs no register."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
from polars.exceptions import PolarsError

from jangkau.core.kernel import Refused, Unknown
from jangkau.core.linkage.pairs import (
    CANONICAL,
    CHANGES,
    Engine,
    Model,
    changes,
    link_by_regency,
    link_tables,
    splink_pairs,
    train,
    weighed_pairs,
)

if TYPE_CHECKING:
    from splink.backends.spark import SparkAPI


def link_files(
    left: Path, right: Path, *, out: Path, review: Path | None, model: Path | None, engine: str
) -> tuple[int, int]:
    """Writes the links to `out` and the pairs to be reviewed to `review`; returns how many there are of each. With the
    engine `spark` regency by regency."""
    for target in (out, review):
        if target is not None:
            _writable(target)
    chosen = _model(model)
    by = link_by_regency if engine == "spark" else link_tables
    pairs = by(_table(left), _table(right), model=chosen, engine=_engine(engine)).pairs
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


def compare_models(left: Path, right: Path, *, model: Path | None, used: Path | None, out: Path) -> dict[str, int]:
    """Writes to `out` which pairs the new `model` would change against the model in `used` (else the one that `link`
    takes by itself); returns how many there are of each kind of CHANGES, and links `kept`."""
    _writable(out)
    if model is None:
        raise Refused(
            "Model baru belum disebut. Tambahkan --model MODEL.", "The new model is not named. Add --model MODEL."
        )
    tables, models = (_table(left), _table(right)), (_model(used), _model(model))
    before, after = (link_tables(*tables, model=one).pairs for one in models)
    found = changes(before, after)
    _write(found, out)
    counts = {kind: found.filter(pl.col("change") == kind).height for kind in CHANGES.values()}
    links = before.filter(pl.col("decision") == "link").height
    return {"kept": links - counts["lost"] - counts["link_to_review"], **counts}


def _model(path: Path | None) -> Model | None:
    return Model.read(_text(path)) if path else None


def _engine(name: str) -> Engine:
    if name == "own":
        return weighed_pairs
    if name == "splink":
        from splink.backends.duckdb import DuckDBAPI  # loaded when asked for: it takes a second

        return splink_pairs(DuckDBAPI)
    if find_spec("pyspark") is None:
        raise Refused(
            "Mesin spark belum dipasang. Pasang dengan: pip install 'jangkau[spark]' (perlu Java 17).",
            "The engine spark is not installed. Install it with: pip install 'jangkau[spark]' (needs Java 17).",
        )
    return splink_pairs(spark_api)


def spark_api() -> SparkAPI:
    """Splink on the Spark that its own configuration names (spark-defaults.conf); without one, on this machine."""
    from pyspark.sql import SparkSession
    from splink.backends.spark import SparkAPI, similarity_jar_location

    session = SparkSession.builder.appName("jangkau").config("spark.jars", similarity_jar_location()).getOrCreate()
    session.catalog.clearCache()  # of the regency before
    parts = 2 * session.sparkContext.defaultParallelism
    # kept in Spark's memory: by default Splink writes what lies between, names and numbers, to files
    return SparkAPI(spark_session=session, break_lineage_method="persist", num_partitions_on_repartition=parts)


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
