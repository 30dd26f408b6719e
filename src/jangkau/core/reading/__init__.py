"""An officer's file in; clean rows, named problems and what every column was taken for out."""

from jangkau.core.reading.archives import is_archive, unpack
from jangkau.core.reading.columns import ColumnReading
from jangkau.core.reading.read import ListReading, TableReading, read_file
from jangkau.core.reading.schema import LIST_KINDS, PROBLEM_SCHEMA, ROW_SCHEMA

__all__ = [
    "LIST_KINDS",
    "PROBLEM_SCHEMA",
    "ROW_SCHEMA",
    "ColumnReading",
    "ListReading",
    "TableReading",
    "is_archive",
    "read_file",
    "unpack",
]
