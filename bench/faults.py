"""kill -9 at random moments of upload, publication, taking back, decree, letters and backup; after each the register
must be whole: nothing lost, nothing twice, no half list, the chain intact.

python -m bench.faults [--moments 200] [--seed 1] [--postgres] [--small] [--workers 400] [--only letters]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.cluster import Cluster, binaries

PATIENCE = 120  # seconds that a piece of work may take after the kill, also on a loaded machine
VILLAGE = "DAFTAR PEKERJA DESA CITEPUS KECAMATAN PALABUHANRATU\nNO;NAMA;NIK;TANGGAL LAHIR;L/P;ALAMAT;PEKERJAAN\n"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--small", action="store_true", help="a few lists instead of the invented regency")
    parser.add_argument("--workers", type=int, default=400)
    parser.add_argument("--only", choices=["upload", "publication", "backup", "decree", "letters"])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jangkau-faults-") as folder:
        os.environ["JANGKAU_DATA"] = str(Path(folder) / "data")
        os.environ.pop("DATABASE_URL", None)
        cluster = None
        if given.postgres:
            programs = binaries()
            assert programs, "install the package postgresql"
            cluster = Cluster(programs)
            os.environ["DATABASE_URL"] = cluster.address
        try:
            _make(Path(folder), given)
            from bench.moments import Moments  # its models need the register

            told = Moments(Path(folder), random.Random(given.seed), cluster).run(given.moments, given.only)
        finally:
            if cluster is not None:
                cluster.end()
    print(json.dumps(told, indent=1))
    return 1 if told["wrong"] else 0


def _make(folder: Path, given: argparse.Namespace) -> None:
    if given.small:
        lists = folder / "lists"
        lists.mkdir()
        people = "".join(f"{n};{name(n)};;{n % 28 + 1:02}-04-1985;P;Kp. A;Petani\n" for n in range(1, 120))
        (lists / "Data Pekerja Desa Citepus.csv").write_text(VILLAGE + people)
        command = ["run", str(lists), "--as-of", "2026-10-31", "--processes", "1"]
    else:
        command = ["demo", "--workers", str(given.workers), "--no-serve", "--processes", "1"]
    data = ["--data", os.environ["JANGKAU_DATA"]]
    subprocess.run([sys.executable, "-m", "jangkau.web.site", *command, *data], check=True, capture_output=True)


def name(number: int) -> str:
    """An invented name, different for each number."""
    word = hashlib.sha256(str(number).encode()).hexdigest().translate(str.maketrans("0123456789", "ghijklmnop"))
    return f"{word[:6]} {word[6:12]}".upper()


if __name__ == "__main__":
    sys.exit(main())
