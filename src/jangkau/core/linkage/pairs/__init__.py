"""Two tables of people in canonical columns: which row of the one is which row of the other, and why."""

from jangkau.core.linkage.pairs.forms import CANONICAL
from jangkau.core.linkage.pairs.matching import PAIR_SCHEMA, PairOutcome, link_tables, train
from jangkau.core.linkage.pairs.model import Model

__all__ = ["CANONICAL", "PAIR_SCHEMA", "Model", "PairOutcome", "link_tables", "train"]
