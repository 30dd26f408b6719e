"""`jangkau upgrade`: a register of an earlier version for this one: kept first, changed, looked at."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from jangkau.core.kernel import Refused, Unknown
from jangkau.registry.lists.actions.sealing import seal_what_lies_open
from jangkau.registry.lists.gateways import turns
from jangkau.web.site.backups import archive
from jangkau.web.site.cli import health, register
from jangkau.web.site.cli.keeping import named_by_moment

BACKUPS = "backups"  # in the data folder, where no backup keeps it


def upgrade(given: argparse.Namespace) -> int:
    """Keeps the register in a backup, brings it up to date, checks it. One that is up to date is left as it is."""
    if not register.exists():
        register.need()  # says how to make one
    executor = MigrationExecutor(connection)
    register.refuse_newer(executor)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        _say("Register sudah mutakhir. / The register is up to date.")
        return 0
    if turns.worker_lives():
        raise Refused(
            "Jangkau sedang berjalan pada register ini. Hentikan dahulu (systemctl stop jangkau-web jangkau-worker),"
            " lalu ulangi.",
            "Jangkau runs on this register. Stop it first (systemctl stop jangkau-web jangkau-worker), then repeat.",
        )
    kept = _keep(executor, given.recipient)
    _say("Memutakhirkan ...")
    call_command("migrate", verbosity=0)
    seal_what_lies_open()
    return _looked_at(kept)


def _keep(executor: MigrationExecutor, recipient: str | None) -> Path:
    """A backup by the tables as they stand, before anything changes."""
    graph, applied = executor.loader.graph, executor.loader.applied_migrations
    state = executor.loader.project_state([node for node in graph.nodes if node in applied])
    folder = Path(settings.JANGKAU_DATA) / BACKUPS
    folder.mkdir(mode=0o700, exist_ok=True)
    target = named_by_moment(folder, "-before-upgrade")
    archive.back_up(target, recipient=recipient, tell=_say, apps=state.apps)
    _say(f"Cadangan: {target}")
    return target


def _looked_at(kept: Path) -> int:
    wrong = [finding.what for finding in health.findings() if not finding.good]
    if wrong:
        raise Unknown(
            f"Register sudah dimutakhirkan, tetapi: {'; '.join(wrong)}. Keadaan sebelumnya ada di {kept}.",
            f"The register is up to date, but: {'; '.join(wrong)}. As it was before: {kept}.",
        )
    _say("Register mutakhir dan utuh. / The register is up to date and whole.")
    return 0


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
