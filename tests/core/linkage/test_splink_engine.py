"""The same model on Splink's engines: they find what the own engine finds, regency by regency, too."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from splink.backends.duckdb import DuckDBAPI

from jangkau.core.kernel import RegionCode
from jangkau.core.linkage.pairs import Engine, link_by_regency, link_tables, splink_pairs, weighed_pairs
from jangkau.core.synthetic import invent
from jangkau.core.synthetic.two_tables import TwoTables, two_tables
from jangkau.registry.people.gateways.gazetteer import gazetteer


@pytest.fixture(scope="module")
def tables() -> TwoTables:
    regency = invent(gazetteer(), area=RegionCode("32.02"), workers=2_000, seed=8, as_of=date(2026, 10, 31))
    return two_tables(regency.people, left=1_500, right=600, seed=4, like="office")


def f1(pairs: pl.DataFrame, truth: pl.DataFrame) -> float:
    links = pairs.filter(pl.col("decision") == "link")
    return 2 * links.join(truth, on=["left_id", "right_id"]).height / (links.height + truth.height)


def spark() -> Engine:
    pytest.importorskip("pyspark", reason="pip install 'jangkau[spark]' to test the Spark engine")
    from jangkau.web.site.cli.linking import spark_api

    return splink_pairs(spark_api)


@pytest.mark.slow
def test_splink_on_duckdb_links_with_the_same_model_what_the_own_engine_links(tables: TwoTables) -> None:
    found = link_tables(tables.left, tables.right, engine=splink_pairs(DuckDBAPI)).pairs
    assert f1(found, tables.pairs) >= 0.99
    own = link_tables(tables.left, tables.right).pairs
    assert f1(own, found.filter(pl.col("decision") == "link").select("left_id", "right_id")) >= 0.99


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["own", "duckdb", "spark"])
def test_regency_by_regency_people_who_moved_are_found_among_the_rest(tables: TwoTables, engine: str) -> None:
    by = {"own": lambda: weighed_pairs, "duckdb": lambda: splink_pairs(DuckDBAPI), "spark": spark}[engine]()
    moved = tables.left.with_columns(
        pl.when(pl.int_range(pl.len()) % 10 == 0)
        .then(pl.lit("32.04.05.2003"))
        .otherwise("village_code")
        .alias("village_code")
    )
    assert f1(link_by_regency(moved, tables.right, engine=by).pairs, tables.pairs) >= 0.985
