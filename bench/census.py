"""W2 forms of 2019 and the census of 2020, from the sample data of pseudopeople (which is no part of Jangkau: it is
installed in an environment of its own), as the tables and the truth that `bench.linkage --step` takes.

python bench/census.py FOLDER && python -m bench.linkage --step jangkau --folder FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pseudopeople  # type: ignore[import-not-found]  # not among the dependencies


def table(rows: Any, prefix: str) -> Any:
    """Name, address and postcode in canonical columns; a social security number has no counterpart in the census."""

    def together(*columns: str) -> Any:
        return rows[list(columns)].astype(object).fillna("").agg(" ".join, axis=1).str.split().str.join(" ")

    street = [prefix + part for part in ("street_number", "street_name", "unit_number")]
    made = rows[["simulant_id"]].assign(
        id=[str(n) for n in range(len(rows))],
        name=together("first_name", "middle_initial", "last_name"),
        address=together(*street),
        village_code=rows[prefix + "zipcode"].astype(object),
    )
    return made.reset_index(drop=True)


def main() -> None:
    folder = Path(sys.argv[1])
    forms = pseudopeople.generate_taxes_w2_and_1099(year=2019).drop_duplicates("ssn")  # a person may have many jobs
    left = table(forms, "mailing_address_")
    right = table(pseudopeople.generate_decennial_census(year=2020), "")
    pairs = left.merge(right, on="simulant_id").rename(columns={"id_x": "left_id", "id_y": "right_id"})
    pairs[["left_id", "right_id"]].to_parquet(folder / "pairs.parquet")
    for side, rows in (("left", left), ("right", right)):
        rows.drop(columns="simulant_id").to_parquet(folder / f"{side}.parquet")


main()
