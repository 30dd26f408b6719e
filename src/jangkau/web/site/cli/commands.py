"""One function a command; each returns its exit code."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.utils import get_random_secret_key

from jangkau.core.kernel import JangkauError, Refused, RegionCode, Unknown
from jangkau.core.reading import is_archive, read_file, unpack
from jangkau.core.synthetic import invent, write_lists
from jangkau.core.synthetic.conversions import with_conversions
from jangkau.registry.access.actions import create_user
from jangkau.registry.access.models import GIVEN_ROLES, Agency, Role, User
from jangkau.registry.access.permissions import Scope
from jangkau.registry.access.queries import first_false_line
from jangkau.registry.lists import queries
from jangkau.registry.lists.actions import run_paths
from jangkau.registry.lists.actions.running import RunSummary, files_under
from jangkau.registry.people.actions import (
    draw_indicative_cells,
    load_boundaries,
    load_regions,
    set_fact,
    store_packaged_figures,
)
from jangkau.registry.people.gateways.gazetteer import gazetteer
from jangkau.web.site.cli import (
    answers,
    exports,
    health,
    keeping,
    keys,
    law,
    linking,
    measured,
    register,
    reports,
    serving,
    upgrading,
    working,
)
from jangkau.web.site.cli.living import register_works
from jangkau.web.site.cli.living_claims import live_claims
from jangkau.web.site.cli.living_scheme import live_scheme, nominated
from jangkau.web.site.cli.meeting import hold_meetings
from jangkau.web.site.cli.pursuing import pursue_employers
from jangkau.web.site.views import DEMO_CHECKER, DEMO_KEEPER, DEMO_USER

backup, backup_key, restore, migrate_store = keeping.backup, keeping.backup_key, keeping.restore, keeping.migrate_store
token, store_key = keys.token, keys.store_key
retain = keeping.retain
jobs = working.jobs
upgrade = upgrading.upgrade
FULL_DEMO = 1_150_000
DEMO_DAY = date(2026, 10, 31)


def say(text: str) -> None:
    """Tells the person at the terminal how far the work is."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def answer(text: str) -> None:
    """A line of the result, for people and for pipes."""
    sys.stdout.write(text + "\n")


def init(given: argparse.Namespace) -> int:
    """An empty register: secret, database, regions, map."""
    folder = Path(settings.JANGKAU_DATA)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    secret = folder / "secret.key"
    if not secret.exists():
        beside = folder / "secret.part"
        beside.touch(mode=0o600)
        beside.write_text(get_random_secret_key())
        beside.replace(secret)
    settings.SECRET_KEY = secret.read_text()
    call_command("migrate", verbosity=0)
    if not register.is_ready():
        load_regions(gazetteer())
        draw_indicative_cells(gazetteer(), RegionCode(settings.JANGKAU_AREA))
        set_fact("ready", True)
    store_packaged_figures()
    say(f"Register siap di {folder}.")
    return 0


def user(given: argparse.Namespace) -> int:
    """A new account; the password is asked for, or read from the first line of the input."""
    register.need()
    if User.objects.filter(username=given.name).exists():
        raise Refused(f"Akun “{given.name}” sudah ada.", f"The account “{given.name}” exists already.")
    if given.agency and given.agency not in Agency.values:
        known = ", ".join(Agency.values)
        raise Refused(f"Instansi “{given.agency}” tidak dikenal. Pilih: {known}.", f"No such agency. Choose: {known}.")
    if given.role not in GIVEN_ROLES:
        known = ", ".join(GIVEN_ROLES)
        raise Refused(f"Peran “{given.role}” tidak dikenal. Pilih: {known}.", f"No such role. Choose: {known}.")
    area = str(RegionCode(given.area)) if given.area else None
    password = getpass.getpass("Kata sandi / password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password, User(username=given.name))
    except ValidationError as error:
        raise Refused(f"Kata sandi ditolak: {' '.join(error.messages)}", "The password is too weak.") from None
    create_user(username=given.name, password=password, area_code=area, role=given.role, agency=given.agency)
    return 0


def demo(given: argparse.Namespace) -> int:
    """The invented regency from nothing to pages."""
    started = time.monotonic()
    workers = FULL_DEMO if given.full else given.workers
    folder = Path(settings.JANGKAU_DATA)
    if (folder / "secret.key").exists() and not (folder / "DEMO").exists():
        raise Refused(
            f"{folder} berisi register sungguhan. Pilih folder lain dengan --data.",
            f"{folder} holds a real register. Choose another folder with --data.",
        )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "DEMO").touch()
    init(given)
    set_fact("invented", True)
    maker, checker = (
        create_user(username=name, password=get_random_secret_key(), area_code=settings.JANGKAU_AREA)
        for name in (DEMO_USER, DEMO_CHECKER)
    )
    area, chance = settings.JANGKAU_AREA, get_random_secret_key()
    create_user(username=DEMO_KEEPER, password=chance, area_code=area, role=Role.ADMINISTRATOR)
    with tempfile.TemporaryDirectory(dir=folder) as made:
        lists = Path(made) / "daftar"
        regency = invent(
            gazetteer(), area=RegionCode(settings.JANGKAU_AREA), workers=workers, seed=given.seed, as_of=DEMO_DAY
        )
        regency = with_conversions(regency)
        write_lists(regency, lists, processes=given.processes)
        say(f"{workers:,} pekerja rekaan dan daftarnya dibuat ({time.monotonic() - started:.0f} s).")
        works, proposed = regency.projects, nominated(regency)
        del regency
        summary = run_paths([lists], as_of=DEMO_DAY, by=None, processes=given.processes, progress=_bar())
    register_works(works, seed=given.seed, as_of=DEMO_DAY)
    live_scheme(proposed, maker, checker)
    pursue_employers(as_of=DEMO_DAY)
    live_claims(DEMO_DAY)
    hold_meetings(as_of=DEMO_DAY, by=maker)
    _tell(summary)
    say(f"Selesai dalam {time.monotonic() - started:.0f} s.")
    return 0 if given.no_serve else serving.serve(host="127.0.0.1", port=given.port, with_worker=True)


def run(given: argparse.Namespace) -> int:
    """The whole loop on files."""
    if not (Path(settings.JANGKAU_DATA) / "secret.key").exists() or not register.exists():
        init(given)
    register.need()
    summary = run_paths(given.paths, as_of=given.as_of, by=None, processes=given.processes, progress=_bar())
    if given.json:
        table = queries.coverage(_whole(), given.as_of)
        total = table.filter((pl.col("level") == "regency") & (pl.col("segment") == "all")).to_dicts()[0]
        _print_json(
            {"files": summary.files, "new_files": summary.new_files, "published": summary.published,
             "waiting": summary.waiting, "unreadable": dict(summary.unreadable)}
            | {key: total[key] for key in ("workers", "covered", "percent")}
        )  # fmt: skip
    else:
        _tell(summary)
    return 1 if summary.unreadable else 0


def _tell(summary: RunSummary) -> None:
    for path, sentence in summary.unreadable:
        say(f"{path}: {sentence['en'] if os.environ.get('LANG', '').startswith('en') else sentence['id']}")
    say(f"{summary.files} berkas, {summary.new_files} baru, {summary.published} dipublikasikan, "
        f"{len(summary.unreadable)} tidak terbaca, {summary.waiting} belum dikenali jenisnya.")  # fmt: skip
    as_of = queries.measured_on()
    if as_of:
        for line in queries.coverage(_whole(), as_of).filter(pl.col("level") == "regency").to_dicts():
            percent = "tidak terukur" if line["percent"] is None else f"{line['percent']:.2f} %"
            say(f"  {line['segment']:6s} {line['covered']:>9,} dari {line['workers']:>9,} pekerja: {percent}")


def read(given: argparse.Namespace) -> int:
    """Reads files and says what they are and what is wrong with them; keeps nothing."""
    told: list[dict[str, object]] = []
    written: set[Path] = set()
    for source, given_path in files_under(given.paths):
        try:
            inside = _lists_in(source, given_path)
        except JangkauError as error:
            told.append(_not_read(given_path, error))
            continue
        for path, content in inside:
            try:
                told.append(_read_one(source, path, content, given, written))
            except JangkauError as error:
                told.append(_not_read(path, error))
    if given.json:
        _print_json(told)
    return 1 if any("error" in one for one in told) else 0


def _lists_in(source: Path, path: str) -> list[tuple[str, Callable[[], bytes]]]:
    """The list in a file, or all lists in a zip, each with its path and how to get its bytes: a long list must not
    stand in memory beside what is read from it."""
    content = source.read_bytes()
    if not is_archive(content):
        return [(path, source.read_bytes)]
    return [(f"{path}/{inner}", partial(bytes, unpacked)) for inner, unpacked in unpack(content, path)]


def _not_read(path: str, error: JangkauError) -> dict[str, object]:
    say(f"{path}: {error}")
    return {"file": path, "error": str(error)}


def _read_one(
    source: Path, path: str, content: Callable[[], bytes], given: argparse.Namespace, written: set[Path]
) -> dict[str, object]:
    reading = read_file(
        content(),
        path,
        gazetteer=gazetteer(),
        area=RegionCode(settings.JANGKAU_AREA),
        as_of=given.as_of or date.today(),  # noqa: DTZ011  the terminal's own day
    )
    if given.corrected:
        answers.write_corrected(given.corrected, source, content(), reading, written)
    counts = dict(reading.problems["code"].value_counts().sort("code").rows())
    data_rows = reading.rows.filter(pl.col("state") == "data").height
    if not given.json:
        found = ", ".join(f"{code} {n}" for code, n in counts.items())
        answer(f"{path}: {reading.kind}, {data_rows} baris data dari {reading.rows.height}. {found}")
    return {
        "file": path,
        "kind": reading.kind,
        "village_code": reading.village_code,
        "month": str(reading.month) if reading.month else None,
        "rows": reading.rows.height,
        "data_rows": data_rows,
        "tables": [asdict(table) for table in reading.tables],
        "hidden": [asdict(one) for one in reading.hidden],
        "problems": counts,
    }


def coverage(given: argparse.Namespace) -> int:
    """The measures of the last run (or of a day that was measured)."""
    register.need()
    return measured.coverage(given)


def export(given: argparse.Namespace) -> int:
    """Writes evidence."""
    register.need()
    exports.write(given.what, given.out, public=given.public, study=given.pseudonymised)
    return 0


def link(given: argparse.Namespace) -> int:
    """Links two tables and says how many pairs there are."""
    links, doubts = linking.link_files(
        given.left, given.right, out=given.out, review=given.review, model=given.model, engine=given.engine
    )  # fmt: skip
    if given.json:
        _print_json({"links": links, "review": doubts})
    else:
        say(f"{links} pasangan, {doubts} perlu dilihat.")
    return 0


def linkage(given: argparse.Namespace) -> int:
    """Trains a model for `jangkau link --model`, or says what another model would change."""
    if given.action == "train":
        linking.train_model(given.left, given.right, out=given.out)
        return 0
    counts = linking.compare_models(given.left, given.right, model=given.model, used=given.used, out=given.out)
    if given.json:
        _print_json(counts)
        return 0
    for kind, pairs in counts.items():
        answer(f"{kind:18s}{pairs:>10,}")
    return 0


def regions(given: argparse.Namespace) -> int:
    """Loads boundaries and says what does not fit."""
    register.need()
    if not given.file.is_file():
        raise Unknown(f"“{given.file}” tidak ada.", f"“{given.file}” does not exist.")
    reading = load_boundaries(given.file.read_bytes(), gazetteer=gazetteer(), by=None)
    if given.json:
        _print_json({"shapes": len(reading.shapes), "problems": [problem._asdict() for problem in reading.problems]})
    else:
        say(f"{len(reading.shapes)} batas wilayah dimuat.")
        for problem in reading.problems:
            say(f"- {problem.indonesian}")
    return 1 if reading.problems else 0


def rules(given: argparse.Namespace) -> int:
    """The law as computation; needs no register."""
    return law.rules(given)


def report(given: argparse.Namespace) -> int:
    """Reports on paper."""
    register.need()
    return reports.report(given)


def serve(given: argparse.Namespace) -> int:
    """The pages and the worker behind them."""
    register.need()
    return serving.serve(host=given.host, port=given.port, with_worker=not given.no_worker)


def work(given: argparse.Namespace) -> int:
    """The worker: started by serve."""
    register.need()
    return working.work(beside=given.beside)


def record(given: argparse.Namespace) -> int:
    """Is every event of an exported record as it was written?"""
    with given.file.open(encoding="utf-8") as lines:
        wrong = first_false_line(lines)
    sys.stdout.write("utuh / whole\n" if wrong is None else f"baris {wrong} tidak asli / line {wrong} is not genuine\n")
    return 0 if wrong is None else 1


def doctor(given: argparse.Namespace) -> int:
    """Checks database, list store and measures."""
    register.need()
    findings = health.findings()
    if given.json:
        _print_json([finding._asdict() for finding in findings])
    else:
        for finding in findings:
            answer(f"{'baik ' if finding.good else 'SALAH'} {finding.what}")
    return 0 if all(finding.good for finding in findings) else 1


def _whole() -> Scope:
    return Scope((settings.JANGKAU_AREA,), may_write=True)


def _bar() -> ProgressLine:
    return ProgressLine()


class ProgressLine:
    """Tells each stage once when it ends, and how long it took."""

    words = {
        "receive": "diterima",
        "read": "dibaca",
        "link": "dipadankan",
        "publish": "dipublikasikan",
        "measure": "diukur",
    }

    def __init__(self) -> None:
        self.since = time.monotonic()

    def __call__(self, stage: str, done: int, total: int) -> None:
        if done == total and total:
            now = time.monotonic()
            say(f"  {self.words[stage]}: {done} ({now - self.since:.1f} s)")
            self.since = now


def _print_json(value: object) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1, default=str)
    sys.stdout.write("\n")
