"""Runs one step in this process: python -m bench.alone STEP FOLDER WORKERS. It imports nothing until it runs, because
every process that reads a list imports the module that was started."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

MODULES = {
    "bench.busy": ("busy_day",),
    "bench.events": ("events",),
    "bench.law": ("rules", "bill", "person"),  # need no register
    "bench.load": ("load",),
    "bench.paint": ("paint",),
    "bench.long": ("long_lists", "workbook", "village_text", "export_text"),
    "bench.regency": ("two_months", "first_month", "second_month", "cube"),
    "bench.claims": ("claims",),
    "bench.compliance": ("letters", "compliance"),
    "bench.subsidy": ("subsidy",),
    "bench.perisai": ("agents",),
    "bench.works": ("works",),
    "bench.steps": ("invent", "write", "read", "link", "publish", "measure", "pages"),
}


def main() -> None:
    name, folder, workers = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    module = next(module for module, names in MODULES.items() if name in names)
    told = getattr(importlib.import_module(module), f"step_{name}")(folder, workers)
    importlib.import_module("bench.outcome").tell(*(told if isinstance(told[0], tuple) else (told,)))


if __name__ == "__main__":
    main()
