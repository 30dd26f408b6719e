"""Two tables of people in canonical columns: which row of the one is which row of the other, and why."""

from jangkau.core.linkage.pairs.changing import CHANGES, changes
from jangkau.core.linkage.pairs.forms import CANONICAL
from jangkau.core.linkage.pairs.matching import (
    PAIR_SCHEMA,
    Engine,
    PairOutcome,
    link_by_regency,
    link_tables,
    train,
    weighed_pairs,
)
from jangkau.core.linkage.pairs.model import Model
from jangkau.core.linkage.pairs.splink_engine import splink_pairs

__all__ = [
    "CANONICAL",
    "CHANGES",
    "PAIR_SCHEMA",
    "Engine",
    "Model",
    "PairOutcome",
    "changes",
    "link_by_regency",
    "link_tables",
    "splink_pairs",
    "train",
    "weighed_pairs",
]
