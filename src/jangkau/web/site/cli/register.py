"""Is there a register in the data folder, and does it fit this version?"""

from __future__ import annotations

from pathlib import Path

from django.apps import apps as installed
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from jangkau.core.kernel import Refused, Unknown
from jangkau.registry.people.queries import register_fact


def need() -> None:
    """Raises Unknown where there is no register, or one that an earlier version made and nobody brought up to date."""
    folder = settings.JANGKAU_DATA
    if not exists():
        raise Unknown(
            f"Tidak ada register di {folder}. Buat dahulu dengan: jangkau init --data {folder}.",
            f"There is no register in {folder}. Make one first: jangkau init --data {folder}.",
        )
    executor = MigrationExecutor(connection)
    refuse_newer(executor)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Unknown(
            f"Register di {folder} dibuat oleh versi sebelumnya. Perbarui dengan: jangkau upgrade --data {folder}."
            " Isinya tetap.",
            f"The register in {folder} was made by an earlier version. Bring it up to date:"
            f" jangkau upgrade --data {folder}. What it holds stays.",
        )


def refuse_newer(executor: MigrationExecutor) -> None:
    """Raises Refused when a newer version has written this register; an older one would misread it."""
    rooms = {app.label for app in installed.get_app_configs() if app.name.startswith("jangkau.")}
    known = set(executor.loader.graph.nodes)
    if any(app in rooms and (app, name) not in known for app, name in executor.loader.applied_migrations):
        folder = settings.JANGKAU_DATA
        raise Refused(
            f"Register di {folder} ditulis oleh Jangkau yang lebih baru. Pasang versi itu; tidak ada yang diubah.",
            f"The register in {folder} was written by a newer Jangkau. Install that version; nothing was changed.",
        )


def exists() -> bool:
    """A register that was made to the end."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return False
    return "people_registerfact" in connection.introspection.table_names() and is_ready()


def is_ready() -> bool:
    """Its regions are loaded."""
    return bool(register_fact("ready"))
