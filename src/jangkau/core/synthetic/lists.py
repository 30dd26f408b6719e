"""The lists about an invented regency as officers send them, written into a folder; and which row is whom.
A note beside them says that nobody in them exists."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import polars as pl

from jangkau.core.synthetic.branch import write_memberships
from jangkau.core.synthetic.regency import InventedRegency
from jangkau.core.synthetic.villages import DistrictWork, district_works, write_district

NOTE = """# Data rekaan

Semua berkas di folder ini rekaan. Tidak ada orang atau perusahaan di dalamnya yang sungguh ada; hanya nama dan kode
wilayah yang asli. NIK rekaan berakhiran 9000-9999 atau 7000-7999 (warga) dan 8000-8999 (pekerja dari luar).

# Invented data

Every file in this folder is invented. No person or firm in it exists; only names and codes of regions are real.
"""


@dataclass(frozen=True)
class WrittenLists:
    """What was written: `rows` tells for every line of every file about people what it holds."""

    rows: pl.DataFrame


def write_lists(regency: InventedRegency, folder: Path, *, mess: float = 1.0, processes: int = 1) -> WrittenLists:
    """Writes all lists below `folder` (made when missing) and returns the trail that `write_truth` needs. `mess` scales
    the slips (0: none, 1: as usual); the same regency gives the same bytes, whatever the number of `processes`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "DATA-REKAAN.md").write_text(NOTE, encoding="utf-8")
    works = district_works(folder, regency.places, regency.people, seed=regency.seed, as_of=regency.as_of, mess=mess)
    rng = np.random.Generator(np.random.PCG64([regency.seed, 4]))
    branch = write_memberships(folder, regency.people, regency.memberships, regency.employers, rng, regency.as_of, mess)
    return WrittenLists(
        pl.concat([branch, *_districts(works, processes)]).sort("file", "sheet", "row", maintain_order=True)
    )


def _districts(works: list[DistrictWork], processes: int) -> list[pl.DataFrame]:
    if processes <= 1 or len(works) == 1:
        return [write_district(work) for work in works]
    # "spawn", because a fork of a process with Polars threads may hang
    with ProcessPoolExecutor(min(processes, len(works)), mp_context=get_context("spawn")) as pool:
        return list(pool.map(write_district, works))
