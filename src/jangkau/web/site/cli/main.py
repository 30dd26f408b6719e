"""Reads the arguments, points Django at the data folder, runs one command, tells errors in one sentence."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import django

from jangkau.core.kernel import JangkauError

DEFAULT_DATA = "jangkau-data"
DEMO_DATA = "demo-data"
FIGURES = ".figures"  # what the processes of the server count together; starts with a dot: no backup keeps it
POLITE = 10  # who waits for a page comes before the worker
SLICES = ("segment", "sex", "age_band", "sector", "trade", "employer_size", "wage_band", "payer", "agent", "list")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit code."""
    given = _parser().parse_args(arguments)
    os.environ["JANGKAU_DATA"] = str(Path(given.data).resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "jangkau.web.site.settings"
    if given.command in ("serve", "demo"):  # prometheus_client reads it when it is imported
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(Path(given.data).resolve() / FIGURES)
    if given.command == "work":  # before a library starts threads, which keep what they begin with
        os.nice(POLITE)
    django.setup()
    from jangkau.registry.lists.gateways.machine import MACHINE_ERRORS, trouble
    from jangkau.web.site.cli import commands  # its models need the set-up above

    try:
        return int(getattr(commands, given.command.replace("-", "_"))(given))
    except JangkauError as error:
        return _tell(error)
    except MACHINE_ERRORS as error:
        told = trouble(error)
        if told is None:
            raise
        return _tell(told)
    except KeyboardInterrupt:
        return 130


def _tell(error: JangkauError) -> int:
    sys.stderr.write(error.sentence(os.environ.get("LANG", "id")[:2]) + "\n")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="jangkau",
        description="Siapa yang terlindungi, menurut nama dan alamat. / Who is covered, by name and by address.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_making(commands)
    _add_working(commands)
    _add_figures(commands)
    _add_law(commands)
    _add_linking(commands)
    _add_reports(commands)
    _add_serving(commands)
    _add_keeping(commands)
    _add_keys(commands)
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str, *, data: str = DEFAULT_DATA
) -> argparse.ArgumentParser:
    added: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    added.add_argument(
        "--data",
        default=os.environ.get("JANGKAU_DATA", data),
        metavar="DIR",
        help="folder register / folder of the register (default: %(default)s)",
    )
    return added


def _add_making(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    demo = _command(
        commands, "demo",
        "Membuat kabupaten rekaan, menjalankan seluruh alur, membuka halamannya. / "
        "Invents a regency, runs the whole loop on its files, opens the pages.",
        data=DEMO_DATA,
    )  # fmt: skip
    demo.add_argument("--workers", type=int, default=20_000, help="banyaknya pekerja / number of workers")
    demo.add_argument("--full", action="store_true", help="1,15 juta pekerja / 1.15 million workers")
    demo.add_argument("--no-serve", action="store_true", help="tanpa membuka halaman / do not open the pages")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--seed", type=int, default=1)
    demo.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    _command(commands, "init", "Membuat register kosong. / Makes an empty register.")
    user = _command(commands, "user", "Membuat akun pengguna. / Makes an account.")
    user.add_argument("name", help="nama pengguna / user name")
    user.add_argument(
        "--area", help="kode wilayah; tanpa ini menjadi pengelola / region code; without it an administrator"
    )
    user.add_argument("--role", default="officer", help="peran, misalnya village_clerk / role")
    user.add_argument("--agency", default="", help="instansi, misalnya branch atau prosecutor / agency")


def _add_working(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    run = _command(
        commands, "run",
        "Membaca, memadankan, mempublikasikan, dan mengukur semua berkas. / "
        "Reads, links, publishes and measures all files.",
    )  # fmt: skip
    run.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    run.add_argument(
        "--as-of", required=True, type=_day, metavar="YYYY-MM-DD", help="tanggal pengukuran / day measured for"
    )
    run.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    run.add_argument("--json", action="store_true")
    read = _command(commands, "read", "Membaca saja, tanpa menyimpan. / Reads only, keeps nothing.")
    read.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    read.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD")
    read.add_argument(
        "--corrected",
        type=Path,
        metavar="DIR",
        help="tulis berkas yang diperbaiki ke folder ini / write corrected workbooks here",
    )
    read.add_argument("--json", action="store_true")
    regions = _command(commands, "regions", "Memuat batas wilayah resmi. / Loads official boundaries.")
    regions.add_argument("action", choices=["load"])
    regions.add_argument("file", type=Path, metavar="FILE")
    regions.add_argument("--json", action="store_true")


def _add_figures(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    coverage = _command(commands, "coverage", "Menampilkan cakupan. / Shows the coverage.")
    coverage.add_argument("--region", metavar="CODE")
    coverage.add_argument("--by", default="district", metavar="district,village,segment")
    coverage.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD")
    coverage.add_argument("--json", action="store_true")
    coverage.add_argument(
        "--since",
        type=_day,
        metavar="YYYY-MM-DD",
        help="perubahan sejak hari yang diukur / changes since a measured day",
    )
    coverage.add_argument("--slice", choices=SLICES, help="menurut satu sifat / cut by one property")
    coverage.add_argument(
        "--public",
        action="store_true",
        help="hitungan kecil disembunyikan, untuk diumumkan / small counts hidden, to be handed out",
    )
    export = _command(commands, "export", "Menulis bukti ke CSV atau Parquet. / Writes evidence as CSV or Parquet.")
    export.add_argument("what", choices=["rows", "people", "coverage", "slices", "employers", "pairs"])
    export.add_argument("--out", required=True, type=Path, metavar="FILE")
    export.add_argument(
        "--pseudonymised", metavar="STUDY", help="people: tanpa nama dan NIK, untuk kajian ini / without names"
    )
    export.add_argument(
        "--public",
        action="store_true",
        help="coverage, slices: hitungan kecil disembunyikan / small counts hidden",
    )


def _add_law(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    rules = _command(
        commands, "rules", "Hukum sebagai hitungan: aturan, kasus, dan angka yang perlu diperiksa. / "
        "The law as computation: rules, cases, and figures to check.",
    )  # fmt: skip
    rules.add_argument("action", choices=["list", "show", "evaluate", "due"])
    rules.add_argument("what", nargs="?", metavar="NAME|FILE.yaml")
    rules.add_argument("--json", action="store_true")
    rules.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help="due: pada tanggal ini / on this day")
    rules.add_argument(
        "--within", type=int, default=90, metavar="DAYS", help="due: dalam berapa hari / within how many days"
    )


def _add_linking(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    link = _command(
        commands, "link",
        "Memadankan dua tabel orang (CSV atau Parquet). / Links two tables of people (CSV or Parquet).",
    )  # fmt: skip
    link.add_argument("left", type=Path, metavar="LEFT")
    link.add_argument("right", type=Path, metavar="RIGHT")
    link.add_argument("--out", required=True, type=Path, metavar="PAIRS", help="pasangan yang pasti / certain pairs")
    link.add_argument("--review", type=Path, metavar="REVIEW", help="pasangan yang perlu dilihat / pairs to look at")
    link.add_argument("--model", type=Path, metavar="MODEL", help="model JSON (bawaan: otomatis / default: automatic)")
    link.add_argument(
        "--engine", choices=["own", "splink", "spark"], default="own",
        help="own: satu komputer / one machine; splink: DuckDB; spark: banyak komputer / many machines",
    )  # fmt: skip
    link.add_argument("--json", action="store_true")
    linkage = _command(
        commands, "linkage",
        "Model pemadanan: dilatih dari dua tabel, atau dibandingkan. / "
        "A model of linkage: trained from two tables, or compared.",
    )  # fmt: skip
    linkage.add_argument("action", choices=["train", "compare"])
    linkage.add_argument("left", type=Path, metavar="LEFT")
    linkage.add_argument("right", type=Path, metavar="RIGHT")
    linkage.add_argument(
        "--out", required=True, type=Path, metavar="OUT", help="train: model JSON; compare: CSV, Parquet"
    )
    linkage.add_argument("--model", type=Path, metavar="MODEL", help="compare: model baru / the new model")
    linkage.add_argument(
        "--used", type=Path, metavar="MODEL",
        help="compare: model yang dipakai (bawaan: otomatis) / model in use (default: automatic)",
    )  # fmt: skip
    linkage.add_argument("--json", action="store_true", help="compare")


def _add_reports(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    report = _command(
        commands, "report",
        "Membuat laporan: bulanan, Inpres 2/2021, lembar desa. / "
        "Makes a report: monthly, Inpres 2/2021, village sheets.",
    )  # fmt: skip
    report.add_argument("kind", choices=["monthly", "inpres", "village"])
    report.add_argument("--region", metavar="CODE", help="kode wilayah (bawaan: semua) / region code (default: all)")
    report.add_argument(
        "--as-of",
        type=_day,
        metavar="YYYY-MM-DD",
        help="hari yang diukur / measured day (default: terakhir / last)",
    )
    report.add_argument(
        "--out",
        required=True,
        type=Path,
        metavar="FILE",
        help="berkas .pdf; lembar desa juga .zip / sheets also .zip",
    )
    report.add_argument("--number", metavar="TEXT", help="nomor surat / number of the letter")
    report.add_argument("--dated", type=_day, metavar="YYYY-MM-DD", help="tanggal surat / day of the letter")
    report.add_argument(
        "--public",
        action="store_true",
        help="lembar desa untuk umum, hitungan kecil disembunyikan / sheets to be handed out, small counts hidden",
    )


def _add_serving(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    serve = _command(commands, "serve", "Menjalankan halaman. / Serves the pages.")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument(
        "--no-worker", action="store_true", help="tanpa pengolah di sampingnya / without a worker beside it"
    )
    proving = _command(
        commands,
        "record",
        "Membuktikan catatan yang diunduh. / Proves a record that was taken home, without a register.",
    )
    proving.add_argument("file", type=Path, metavar="FILE")
    doctor = _command(commands, "doctor", "Memeriksa register. / Checks the register.")
    doctor.add_argument("--json", action="store_true")
    work = _command(
        commands, "work", "Mengerjakan antrean (dijalankan oleh serve). / Works off the queue (started by serve)."
    )
    work.add_argument("--beside", type=int, metavar="PID", help="berhenti bersama proses ini / ends with this process")
    jobs = _command(commands, "jobs", "Pekerjaan yang menunggu, berjalan, selesai. / Work that waits, runs, ended.")
    jobs.add_argument("action", choices=["list", "cancel"])
    jobs.add_argument("--number", type=int, help="pekerjaan yang dibatalkan / work to cancel")
    jobs.add_argument("--json", action="store_true")


def _add_keeping(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    backup = _command(
        commands, "backup",
        "Menyimpan seluruh register dalam satu berkas. / Keeps the whole register in one file.",
    )  # fmt: skip
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.add_argument(
        "--for", dest="recipient", default=os.environ.get("JANGKAU_BACKUP_FOR"), metavar="AGE_KEY",
        help="kunci penerima (age1...); bawaan JANGKAU_BACKUP_FOR / public key the backup is encrypted for",
    )  # fmt: skip
    backup.add_argument(
        "--keep", type=int, metavar="N", help="FILE folder: simpan N terbaru / FILE a folder: the newest N stay"
    )
    backup.add_argument("--json", action="store_true")
    upgrade = _command(
        commands, "upgrade",
        "Mencadangkan register lalu memutakhirkannya ke versi ini. / Backs the register up, then brings it up to date.",
    )  # fmt: skip
    upgrade.add_argument(
        "--for", dest="recipient", default=os.environ.get("JANGKAU_BACKUP_FOR"), metavar="AGE_KEY",
        help="kunci penerima cadangan / public key the backup is encrypted for",
    )  # fmt: skip
    key = _command(commands, "backup-key", "Membuat sepasang kunci cadangan. / Makes a pair of keys for backups.")
    key.add_argument("file", type=Path, metavar="FILE", help="tempat kunci rahasia / where the secret key goes")
    restore = _command(
        commands, "restore",
        "Memulihkan cadangan ke folder baru. / Restores a backup into a new folder.",
    )  # fmt: skip
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--identity", type=Path, metavar="FILE", help="kunci rahasia / secret key")
    restore.add_argument("--json", action="store_true")
    move = _command(
        commands, "migrate-store",
        "Memindahkan register SQLite ke PostgreSQL kosong pada DATABASE_URL. / "
        "Moves an SQLite register to the empty PostgreSQL at DATABASE_URL.",
    )  # fmt: skip
    move.add_argument("--json", action="store_true")


def _add_keys(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    token = _command(commands, "token", "Kunci program untuk API. / Keys of programs for the API.")
    token.add_argument("action", choices=["issue", "list", "revoke"])
    token.add_argument("--user", metavar="NAME", help="akun yang diwakili / account it acts for")
    token.add_argument("--name", metavar="TEXT", help="nama program / name of the program")
    token.add_argument("--area", metavar="CODE", help="wilayah kunci / area of the key")
    token.add_argument("--may", default="", metavar="measures,lists,...", help="hak / permissions")
    token.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help="hari terakhir (bawaan: setahun) / last day")
    token.add_argument("--number", type=int, help="nomor kunci yang dicabut / key to revoke")
    retain = _command(
        commands, "retain",
        "Daftar yang melewati masa simpan: ditampilkan, atau dihapus dengan --carry-out. / "
        "Lists kept longer than they may be: shown, or deleted with --carry-out.",
    )  # fmt: skip
    retain.add_argument("--carry-out", action="store_true", help="hapus / delete")
    retain.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help="pada tanggal ini / on this day")
    retain.add_argument("--json", action="store_true")
    keys = _command(
        commands, "store-key",
        "Kunci berkas yang tersimpan tersandi: berapa berkas per kunci, atau kunci baru untuk semuanya. / "
        "Keys of files that are kept encrypted: how many files a key has, or a fresh key for all of them.",
    )  # fmt: skip
    keys.add_argument("action", choices=["show", "rotate"])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}”: tulis tahun-bulan-tanggal / write year-month-day: 2026-10-31"
        ) from None
