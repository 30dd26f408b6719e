"""What pages may ask about lists, jobs and measures. First argument: scope."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from jangkau.core.kernel import Unknown
from jangkau.core.measures import changes_between
from jangkau.core.measures.coverage import COVERED
from jangkau.core.reading import ColumnReading
from jangkau.core.reading.changes import ListColumn, RowFilter, columns_of, together
from jangkau.core.reading.differences import name_without_dates
from jangkau.registry.access.gateways import seal
from jangkau.registry.access.models import Permission, User
from jangkau.registry.access.permissions import Scope
from jangkau.registry.lists.gateways import store, turns
from jangkau.registry.lists.models import (
    Appearance,
    Job,
    ListChange,
    RuledRow,
    Ruling,
    SentList,
    State,
)
from jangkau.registry.people.queries import register_fact

UNFINISHED = (Job.State.WAITING, Job.State.RUNNING)


def lists(scope: Scope) -> QuerySet[SentList]:
    """The lists somebody may see, newest first: those of their areas, and those they sent themselves."""
    found = SentList.objects.select_related("village", "district").order_by("-pk")
    if scope.allows(None):
        return found
    own = Q(received_by=scope.user) if scope.user else Q(pk__in=[])
    return found.filter(scope.where("village_id") | own)


def scope_at(scope: Scope, item: SentList) -> Scope:
    """The scope, answering for this list alone: what somebody may do in its village or district. A list that names no
    place is put right by its sender, and published by those who look after the whole register."""
    code = item.village_id or item.district_id
    sent = scope.user is not None and item.received_by_id == scope.user.pk
    return scope if code is None and sent and scope.changes != Permission.PUBLISH else scope.at(code)


def jobs(scope: Scope) -> QuerySet[Job]:
    """Work that somebody started, newest first; everybody's for those who see the whole register."""
    found = Job.objects.order_by("-pk")
    return found if scope.allows(None) else found.filter(created_by=scope.user)


def open_jobs(scope: Scope) -> QuerySet[Job]:
    """Work that waits or runs."""
    return jobs(scope).filter(state__in=UNFINISHED)


def jobs_left() -> list[Job]:
    """Work of the whole register that waits, or that a dead worker left, oldest first; for the worker and `doctor`."""
    found = Job.objects.filter(state__in=UNFINISHED).order_by("pk")
    return [job for job in found if not turns.is_worked_on(job.pk)]


def work_on(scope: Scope, item: SentList) -> list[Job]:
    """Work that waits or runs and may change a list."""
    return [job for job in open_jobs(scope).exclude(kind="book") if item.pk in job.lists]


def counts_by_state(scope: Scope) -> dict[str, int]:
    """How many lists stand in each state."""
    counted = lists(scope).order_by().values_list("state").annotate(n=Count("pk"))
    return dict(counted)


def rows_with_problem(scope: Scope, item: SentList, code: str, limit: int, *, skip: int = 0) -> pl.DataFrame:
    """`sheet, row, cell, shown` of `limit` findings of a kind after the first `skip`."""
    assert lists(scope).filter(pk=item.pk).exists()
    found = store.scan_frame(store.folder_of(item.sha256) / store.PROBLEMS).filter(pl.col("code") == code)
    return found.slice(skip, limit).collect()


def rows_sample(scope: Scope, item: SentList, offset: int, limit: int) -> pl.DataFrame:
    """`limit` stored rows of a list from `offset`, data or not, in ROW_SCHEMA."""
    assert lists(scope).filter(pk=item.pk).exists()
    return store.rows_at(store.folder_of(item.sha256) / store.ROWS, range(offset, offset + limit))


def columns_in(item: SentList) -> list[ListColumn]:
    """The columns of a list as people see them."""
    return columns_of([ColumnReading(**column) for column in table["columns"]] for table in item.tables)


def filtered_rows(scope: Scope, item: SentList, where: RowFilter, first: int, limit: int) -> tuple[pl.DataFrame, int]:
    """`limit` of the rows that are meant, from the one numbered `first`, in ROW_SCHEMA, and how many there are."""
    assert lists(scope).filter(pk=item.pk).exists()
    rows = store.scan_frame(store.folder_of(item.sha256) / store.ROWS).filter(where.condition(columns_in(item)))
    count, found = pl.collect_all([rows.select(pl.len()), rows.slice(first, limit)])
    return found, count.item()


def list_changes(scope: Scope, item: SentList) -> QuerySet[ListChange]:
    """What was changed in the cells of a list or is proposed, newest first."""
    assert lists(scope).filter(pk=item.pk).exists()
    return item.changes.select_related("asked_by", "applied_by", "undone_by").order_by("-pk")


def proposal_of_another(item: SentList, user: User | None) -> ListChange | None:
    """A change that somebody else proposed for a list, that would alter cells and waits."""
    waiting = item.changes.filter(applied_at__isnull=True, cells__gt=0).exclude(asked_by=user)
    return waiting.order_by("pk").last()


def why_not_seen(change: ListChange) -> dict[str, str] | None:
    """Why a change could not be looked at, if its last look failed."""
    looked = Job.objects.filter(change=change, kind="try_change").order_by("pk").last()
    return looked.error if looked else None


def last_change(item: SentList) -> ListChange | None:
    """The change that would be undone."""
    return changes_applied(item).last()


def changes_applied(item: SentList) -> QuerySet[ListChange]:
    """The changes that hold, in the order in which they are laid over the file."""
    return item.changes.filter(applied_at__isnull=False, undone_at__isnull=True).order_by("applied_at", "pk")


def edits_of_change(scope: Scope, change: ListChange, limit: int) -> pl.DataFrame:
    """The first `limit` cells that a change alters, in EDIT_SCHEMA."""
    assert lists(scope).filter(pk=change.sent_list_id).exists()
    return store.scan_frame(store.change_place(change.sent_list.sha256, change.pk)).head(limit).collect()


def edits_applied(scope: Scope, item: SentList) -> pl.DataFrame:
    """What now stands in the changed cells of a list, in EDIT_SCHEMA."""
    assert lists(scope).filter(pk=item.pk).exists()
    places = [store.change_place(item.sha256, change.pk) for change in changes_applied(item)]
    return together([store.read_frame(place) for place in places])


def previous_list(scope: Scope, item: SentList) -> SentList | None:
    """The latest earlier list of the same sender and kind that was read: of the same village, and for lists without a
    village of the same name but for dates and numbers. Earlier: of an earlier month, or within a month received."""
    read = (State.READ, State.PUBLISHED, State.TAKEN_BACK)
    found = lists(scope).filter(kind=item.kind, state__in=read, rows__gt=0, village_id=item.village_id)
    earlier = [other for other in found.exclude(pk=item.pk) if _came_before(other, item)]
    if item.village_id is None:
        name = name_without_dates(item.path)
        earlier = [other for other in earlier if name_without_dates(other.path) == name]
    return max(earlier, key=lambda other: (other.month or date.min, other.pk), default=None)


def _came_before(other: SentList, item: SentList) -> bool:
    if other.month and item.month and other.month != item.month:
        return other.month < item.month
    return other.pk < item.pk


def rows_and_problems(scope: Scope, item: SentList) -> tuple[pl.DataFrame, pl.DataFrame]:
    """All stored rows of a list in ROW_SCHEMA, and all its problems in PROBLEM_SCHEMA."""
    assert lists(scope).filter(pk=item.pk).exists()
    folder = store.folder_of(item.sha256)
    return store.read_frame(folder / store.ROWS), store.read_frame(folder / store.PROBLEMS)


def original(scope: Scope, item: SentList) -> bytes:
    """The file as it was sent."""
    assert lists(scope).filter(pk=item.pk).exists()
    if item.forgotten_at is not None:
        raise Unknown(
            "Berkas asli daftar ini sudah dihapus menurut masa simpannya.",
            "The file of this list was deleted when the time it may be kept had passed.",
        )
    return seal.content_of(store.folder_of(item.sha256) / store.ORIGINAL)


def decided_rows(scope: Scope, item: SentList) -> pl.DataFrame:
    """Rows of a list about which a human being spoke: line, person_id today, link_state, decision, probability."""
    assert lists(scope).filter(pk=item.pk).exists()
    lines = RuledRow.objects.filter(sent_list=item, ruling__state=Ruling.State.IN_FORCE).values("line")
    stands = Appearance.objects.filter(sent_list=item, line__in=lines).values_list("line", "person_id")
    schema = {"line": pl.Int32(), "person_id": pl.Int64()}
    return pl.DataFrame(list(stands), schema=schema, orient="row").with_columns(
        link_state=pl.lit("linked"), decision=pl.lit("decided"), probability=pl.lit(1.0)
    )


def appearances(scope: Scope, person_id: int, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """Where a person stands: `list, line, values` (the row in ROW_SCHEMA, or these columns of it), `decision,
    link_state, probability`, oldest list first."""
    ruled = RuledRow.objects.filter(
        ruling__state=Ruling.State.IN_FORCE, sent_list_id=OuterRef("sent_list_id"), line=OuterRef("line")
    )
    found = []
    for stand in stands(scope, person_id).annotate(ruled=Exists(ruled)):
        values = row_at(stand.sent_list, stand.line, columns)
        found.append({"list": stand.sent_list, "line": stand.line, "values": values} | _why(stand))
    return found


def stands(scope: Scope, person_id: int) -> QuerySet[Appearance]:
    """The rows in which a person stands, oldest list first."""
    found = Appearance.objects.filter(scope.where("person__village_id"), person_id=person_id)
    return found.select_related("sent_list").order_by("sent_list_id", "line")


def _why(stand: Appearance) -> dict[str, Any]:
    """Why a row was given to its person; `stand` is annotated with `ruled`."""
    if stand.ruled:  # type: ignore[attr-defined]  # annotated
        return {"decision": "decided", "link_state": "linked", "probability": 1.0}
    links = store.scan_frame(store.folder_of(stand.sent_list.sha256) / store.LINKS)
    asked = links.filter(pl.col("line") == stand.line).select("decision", "link_state", "probability")
    return asked.collect().row(0, named=True)


def row_at(item: SentList, line: int, columns: Sequence[str] | None = None) -> dict[str, Any]:
    """One stored row of a list in ROW_SCHEMA, or these columns of it, which a long list gives five times faster."""
    return store.rows_at(store.folder_of(item.sha256) / store.ROWS, [line], columns).row(0, named=True)


def rulings(scope: Scope) -> QuerySet[Ruling]:
    """What was said of who is who in the areas of the scope, newest first."""
    found = Ruling.objects.filter(scope.where("village_id")).select_related("said_by", "confirmed_by", "ended_by")
    return found.order_by("-pk")


def measured_on() -> date | None:
    """The day the register was measured for last."""
    found = register_fact("as_of")
    return date.fromisoformat(found) if found else None


def days_measured() -> list[date]:
    """All days for which measures are kept, newest first."""
    folder = store.measures_folder(date.min).parent
    return sorted((date.fromisoformat(p.parent.name) for p in folder.glob("*/coverage.parquet")), reverse=True)


def measured_at(as_of: date) -> str:
    """Changes whenever a day is measured, this one or another; empty for a day that was never measured."""
    folder = store.measures_folder(as_of)
    kept = [folder / "coverage.parquet", folder.parent]
    return "-".join(str(place.stat().st_mtime_ns) for place in kept if place.exists())


def coverage(scope: Scope, as_of: date) -> pl.DataFrame:
    """The coverage table of a day for the areas of the scope."""
    return inside(scope, kept_frame(store.measures_folder(as_of) / "coverage.parquet"), "region_code")


def cube(scope: Scope, as_of: date) -> pl.DataFrame:
    """Counts of people by place and kind on a day, for the areas of the scope."""
    frame = kept_frame(store.measures_folder(as_of) / "cube.parquet")
    return inside(scope, frame, "village_code")


def changes(scope: Scope, earlier: date, later: date, by: Sequence[str] = ()) -> pl.DataFrame:
    """The covered of two measured days and every change between them by columns of the standing (see
    core.measures.changes_between), for the areas of the scope. Raises Unknown for a day without a standing."""
    before, after = (inside(scope, standing(day).collect(), "village_code") for day in (earlier, later))
    return changes_between(before, after, by)


def changes_kept(scope: Scope, region: str, on: date) -> pl.DataFrame | None:
    """`segment` (all, pu, bpu), `since` and the columns of CHANGES: how the covered of a region changed between the
    measured day before and this one, as it was written down at measuring; None where there was no day before."""
    place = store.measures_folder(on) / "changes.parquet"
    if not place.exists():
        return None
    return inside(scope, kept_frame(place), "region_code").filter(pl.col("region_code") == region)


def share_of_kind(scope: Scope, kind: str, region: str, as_of: date) -> tuple[int, int]:
    """People counted on a day in a region who stand on the published lists of a kind, and how many are covered."""
    named = Appearance.objects.filter(sent_list__kind=kind, sent_list__state=State.PUBLISHED)
    numbers = pl.Series("person_id", list(named.values_list("person_id", flat=True).distinct()), dtype=pl.Int64)
    counted = inside(scope, standing(as_of).collect(), "village_code").filter(pl.col("not_counted").is_null())
    if region != settings.JANGKAU_AREA:
        counted = counted.filter((pl.col("village_code") + ".").str.starts_with(f"{region}."))
    found = counted.join(numbers.to_frame(), on="person_id", how="semi")
    return found.height, found.filter(pl.col("state").is_in(COVERED)).height


def standing(day: date) -> pl.LazyFrame:
    """How everybody stood on a measured day (see core.measures.standing_of). Raises Unknown for another day."""
    place = store.measures_folder(day) / "standing.parquet"
    if not place.exists():
        raise Unknown(
            f"Belum ada pengukuran untuk {day:%d-%m-%Y}. Jalankan: jangkau run FOLDER --as-of {day}.",
            f"There is no measurement for {day}. Run: jangkau run FOLDER --as-of {day}.",
        )
    return store.scan_frame(place)


def inside(scope: Scope, frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """The rows of a frame whose region in `column` lies in the areas of the scope."""
    within = pl.lit(False)
    for area in scope.areas:
        within = within | (pl.col(column) + ".").str.starts_with(area + ".")
    return frame.filter(within | pl.col(column).is_null() if scope.allows(None) else within)


def kept_frame(place: Path) -> pl.DataFrame:
    """A frame that was kept, read once by every process until it changes."""
    return _cached(place, place.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _cached(place: Path, changed: int) -> pl.DataFrame:
    return store.read_frame(place)
