"""`jangkau report`: the same files as the page Laporan makes, from the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.conf import settings

from jangkau.core.kernel import Unknown
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.queries import measured_on
from jangkau.web.reports.actions import Wanted, make_report
from jangkau.web.reports.models import Audience, Bundle


def report(given: argparse.Namespace) -> int:
    """Makes a report into the file `--out`; what belongs to it goes beside, under the same name."""
    on = given.as_of or measured_on()
    if on is None:
        raise Unknown(
            "Register belum diukur. Jalankan: jangkau run FOLDER --as-of TANGGAL.",
            "The register was not measured yet. Run: jangkau run FOLDER --as-of DAY.",
        )
    out: Path = given.out
    wanted = Wanted(
        kind=given.kind,
        code=given.region or settings.JANGKAU_AREA,
        on=on,
        audience=Audience.PUBLIC if given.public else Audience.INTERNAL,
        bundle=Bundle.ZIP if out.suffix.lower() == ".zip" else Bundle.PDF,
        number=given.number or "",
        dated_on=given.dated,
    )
    for file in make_report(Scope((settings.JANGKAU_AREA,)), wanted, progress=_tell):
        place = out.with_suffix(Path(file.name).suffix)
        place.write_bytes(file.content)
        sys.stdout.write(f"{place}\n")
    return 0


def _tell(done: int, total: int) -> None:
    if total > 1 and (done % 50 == 0 or done == total):
        sys.stderr.write(f"  {done} / {total}\n")
