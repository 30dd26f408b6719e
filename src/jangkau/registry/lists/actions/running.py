"""The whole loop on a folder: receive, read, plan, publish, measure. Safe to repeat and to kill at any moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from jangkau.core.kernel import JangkauError, Unknown
from jangkau.registry.access.models import User
from jangkau.registry.lists.actions.measuring import refresh_measures
from jangkau.registry.lists.actions.planning import make_plan
from jangkau.registry.lists.actions.publishing import apply_plan
from jangkau.registry.lists.actions.reading import read_lists
from jangkau.registry.lists.actions.receiving import receive_lists
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Kind, Plan, SentList, State
from jangkau.registry.lists.states import PUBLISHABLE
from jangkau.registry.people.gateways.snapshots import RegisterAhead

Progress = Callable[[str, int, int], None]  # stage, done, total
NOT_LISTS = {"thumbs.db", "desktop.ini"}


@dataclass
class RunSummary:
    """What a run did: numbers of files and people, and one sentence for every file that could not be read."""

    files: int = 0
    new_files: int = 0
    published: int = 0
    waiting: int = 0  # read, but nobody knows yet what kind of list it is
    unreadable: list[tuple[str, dict[str, str]]] = field(default_factory=list)


def files_under(paths: Iterable[Path]) -> list[tuple[Path, str]]:
    """Every file below `paths` with its path relative to what was given, in a fixed order. Hidden files, lock files of
    office programs and notes (.md) are left out. Raises Unknown when a path does not exist."""
    found = []
    for given in paths:
        if not given.exists():
            raise Unknown(
                f"“{given}” tidak ada. Periksa nama berkas atau foldernya.",
                f"“{given}” does not exist. Check the name of the file or folder.",
            )
        inside = [given] if given.is_file() else [p for p in given.rglob("*") if p.is_file()]
        base = given.parent if given.is_file() else given
        found += [(p, p.relative_to(base).as_posix()) for p in inside if _may_be_list(p)]
    return sorted(found, key=lambda pair: pair[1])


def _may_be_list(path: Path) -> bool:
    return not path.name.startswith((".", "~$")) and path.name.lower() not in NOT_LISTS and path.suffix.lower() != ".md"


def run_paths(
    paths: Iterable[Path],
    *,
    as_of: date,
    by: User | None,
    processes: int = 0,
    progress: Progress = lambda stage, done, total: None,
) -> RunSummary:
    """Brings everything under `paths` into the register and measures it for `as_of`. Lists are read in `processes` of
    their own, or in this one when there are none."""
    files = files_under(paths)
    summary = RunSummary()
    with store.only_writer():
        finish_plans(by=by)
        lists = _receive(files, summary, by=by, progress=progress)
        unread = [item for item in lists.values() if item.state in (State.RECEIVED, State.UNREADABLE)]
        register = RegisterAhead()
        for item in read_lists(
            unread,
            as_of=as_of,
            processes=processes,
            progress=lambda done: progress("read", done, len(unread)),
            meanwhile=register.read_on,
        ):
            lists[item.pk] = item
        summary.unreadable += [(item.path, item.error) for item in lists.values() if item.error]
        ready = [item for item in lists.values() if item.state in PUBLISHABLE and item.kind != Kind.UNKNOWN]
        summary.waiting = sum(item.state == State.READ and item.kind == Kind.UNKNOWN for item in lists.values())
        summary.published = _publish(ready, as_of=as_of, by=by, progress=progress, register=register)
    return summary


def _receive(
    files: list[tuple[Path, str]], summary: RunSummary, *, by: User | None, progress: Progress
) -> dict[int, SentList]:
    """The lists in the files, by number; a zip that cannot be unpacked is told in the summary."""
    lists: dict[int, SentList] = {}
    for position, (source, path) in enumerate(files):
        try:
            received = receive_lists(source, path=path, by=by)
        except JangkauError as error:
            received = []
            summary.files += 1
            summary.unreadable.append((path, {"id": error.indonesian, "en": error.english}))
        for item, is_new in received:
            lists[item.pk] = item
            summary.files += 1
            summary.new_files += is_new
        progress("receive", position + 1, len(files))
    return lists


def publish_lists(lists: Iterable[SentList], *, as_of: date, by: User | None, progress: Progress) -> int:
    """Plans and publishes lists that were read before, and measures again; returns how many were published."""
    with store.only_writer():
        finish_plans(by=by)
        ready = [item for item in lists if item.state in PUBLISHABLE]
        return _publish(ready, as_of=as_of, by=by, progress=progress)


def _publish(
    ready: list[SentList], *, as_of: date, by: User | None, progress: Progress, register: RegisterAhead | None = None
) -> int:
    published = 0
    if ready:
        progress("link", 0, 1)
        plan = make_plan(ready, by=by, register=register)
        progress("link", 1, 1)
        published = apply_plan(plan, by=by, progress=lambda done: progress("publish", done, len(ready)))
    progress("measure", 0, 1)
    refresh_measures(as_of)
    progress("measure", 1, 1)
    return published


def finish_plans(*, by: User | None) -> None:
    """Goes on where a killed run stopped."""
    for plan in Plan.objects.filter(applied_at__isnull=True).order_by("pk"):
        apply_plan(plan, by=by)
