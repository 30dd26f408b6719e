"""Publishes planned lists, each in one transaction; refuses a list; takes a published one back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
from django.db import transaction
from django.utils import timezone

from jangkau.core.kernel import Refused
from jangkau.core.linkage import compose_people
from jangkau.registry.access.actions import record
from jangkau.registry.access.events import announce
from jangkau.registry.access.models import User
from jangkau.registry.lists.actions.planning import rows_of, versions_before
from jangkau.registry.lists.actions.standing import memberships_in
from jangkau.registry.lists.events import ListPublished, ListTakenBack
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Appearance, Kind, Plan, ReviewPair, SentList, State
from jangkau.registry.lists.states import PUBLISHABLE, REFUSABLE
from jangkau.registry.people.actions import (
    remove_people,
    replace_memberships,
    replace_project,
    set_fact,
    store_people,
)
from jangkau.registry.people.gateways import bulk
from jangkau.registry.people.gateways.snapshots import last_person_id, people_frame


def apply_plan(plan: Plan, *, by: User | None, progress: Callable[[int], None] = lambda done: None) -> int:
    """Publishes the lists of a plan that are not published yet, in its order; returns how many it published."""
    folder = store.plan_folder(plan.key)
    links = pl.read_parquet(folder / "links.parquet")
    people = pl.read_parquet(folder / "people.parquet")
    by_list = links.partition_by("list_id", as_dict=True)
    first_of = people.partition_by("first_list", as_dict=True)
    published = 0
    for position, number in enumerate(plan.lists):
        item = SentList.objects.get(pk=number)
        if item.state in PUBLISHABLE:
            own = by_list.get((number,), links.clear())
            _publish(item, own, first_of.get((number,), people.clear()), people, by=by)
            published += 1
        progress(position + 1)
    with transaction.atomic():
        highest = people["person_id"].max()
        set_fact("last_person_id", max(last_person_id(), int(highest) if isinstance(highest, int) else 0))
        plan.applied_at, plan.applied_by = timezone.now(), by
        plan.save(update_fields=["applied_at", "applied_by"])
    return published


@transaction.atomic
def _publish(
    item: SentList, links: pl.DataFrame, first: pl.DataFrame, people: pl.DataFrame, *, by: User | None
) -> None:
    superseded = versions_before(item)
    for old in superseded:
        _take_back(old, by=by)
    store.write_frame(links.drop("list_id"), store.folder_of(item.sha256) / store.LINKS)
    linked = links.drop_nulls("person_id")
    # everybody is written with the first list they stand on; a list that replaces another writes all its people again
    store_people(people.join(linked, on="person_id", how="semi") if superseded else first)
    bulk.insert(Appearance, linked.select("line", "person_id", sent_list_id=pl.lit(item.pk)))
    _keep_reviews(item, links)
    if item.kind in (Kind.MEMBERSHIP, Kind.CONFIRMATION):
        replace_memberships(item.pk, memberships_in(item, linked))
    if item.kind == Kind.JAKON:
        replace_project(item.pk, _project(item, linked))
    counts = dict(links["link_state"].value_counts().rows())
    item.state, item.published_at, item.published_by = State.PUBLISHED, timezone.now(), by
    item.linked, item.new, item.review = (counts.get(state, 0) for state in ("linked", "new", "review"))
    item.save(update_fields=["state", "published_at", "published_by", "linked", "new", "review"])
    record(by=by, action="list_published", subject=f"list {item.pk}", rows=links.height)
    announce(ListPublished(item.pk, Kind(item.kind)))


def _keep_reviews(item: SentList, links: pl.DataFrame) -> None:
    pairs = links.filter(pl.col("link_state") == "review")
    bulk.insert(
        ReviewPair,
        pairs.select("line", "person_id", "candidate_id", "probability", "decision", sent_list_id=pl.lit(item.pk)),
    )


def _project(item: SentList, linked: pl.DataFrame) -> dict[str, object]:
    told = item.project
    return {
        "activity": told.get("activity"),
        "village_id": item.village_id,
        "value": told.get("value"),
        "source": told.get("source"),
        "executor": told.get("executor"),
        "starts_on": date.fromisoformat(told["start"]) if told.get("start") else None,
        "ends_on": date.fromisoformat(told["end"]) if told.get("end") else None,
        "workers": linked["person_id"].n_unique(),
    }


@transaction.atomic
def refuse_list(item: SentList, *, because: str, by: User | None) -> None:
    """Puts a list aside with a reason; nothing of it enters the register. Raises Refused when it is published."""
    if item.state not in REFUSABLE:
        raise Refused(
            "Daftar ini sudah dipublikasikan atau ditolak. Tarik kembali dahulu.",
            "This list is published or refused already. Take it back first.",
        )
    if not because.strip():
        raise Refused("Tulis alasan penolakan.", "Write the reason for the refusal.")
    item.state, item.refused_at, item.refused_by, item.refused_because = (
        State.REFUSED,
        timezone.now(),
        by,
        because[:500],
    )
    item.save(update_fields=["state", "refused_at", "refused_by", "refused_because"])
    record(by=by, action="list_refused", subject=f"list {item.pk}")


@transaction.atomic
def take_back_list(item: SentList, *, by: User | None) -> None:
    """Undoes the publishing of a list: its memberships go, people are composed from the lists that remain, and who
    stands on none any more leaves the register. Raises Refused when it is not published."""
    if item.state != State.PUBLISHED:
        raise Refused(
            "Daftar ini belum dipublikasikan, jadi tidak ada yang ditarik.",
            "This list is not published, so there is nothing to take back.",
        )
    _take_back(item, by=by)


def _take_back(item: SentList, *, by: User | None) -> None:
    affected = pl.Series(
        list(Appearance.objects.filter(sent_list=item).values_list("person_id", flat=True).distinct()), dtype=pl.Int64
    )
    Appearance.objects.filter(sent_list=item)._raw_delete("default")
    ReviewPair.objects.filter(sent_list=item)._raw_delete("default")
    replace_memberships(item.pk, pl.DataFrame(schema={"person_id": pl.Int64, "kpj": pl.String}))
    replace_project(item.pk, None)
    remaining = _remaining_rows(affected)
    links = remaining.select(
        "row_id", "person_id", link_state=pl.lit("linked"), probability=pl.lit(1.0), decision=pl.lit("kept"),
        candidate_id=pl.lit(None, dtype=pl.Int64),
    )  # fmt: skip
    store_people(compose_people(remaining.drop("person_id"), links, people_frame().clear()))
    gone = affected.filter(~affected.is_in(remaining["person_id"].implode()))
    ReviewPair.objects.filter(candidate_id__in=gone.to_list()).delete()
    remove_people(gone.to_list())
    item.state, item.taken_back_at, item.taken_back_by = State.TAKEN_BACK, timezone.now(), by
    item.last_person_number = last_person_id()
    item.save(update_fields=["state", "taken_back_at", "taken_back_by", "last_person_number"])
    record(by=by, action="list_taken_back", subject=f"list {item.pk}", people=len(affected), gone=len(gone))
    announce(ListTakenBack(item.pk, Kind(item.kind)))


def _remaining_rows(people: pl.Series) -> pl.DataFrame:
    """The rows of all published lists in which these people still stand, with their person_id."""
    stands = bulk.read(
        "SELECT sent_list_id, line, person_id FROM lists_appearance ORDER BY sent_list_id, line",
        {"list_id": pl.Int64(), "line": pl.Int32(), "person_id": pl.Int64()},
    ).filter(pl.col("person_id").is_in(people.implode()))
    lists = SentList.objects.in_bulk(stands["list_id"].unique().to_list())
    rows = rows_of([lists[number] for number in sorted(lists)])
    return rows.join(stands, on=["list_id", "line"], how="inner").sort("row_id")
