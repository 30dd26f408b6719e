"""Publishes planned lists, each in one transaction; refuses a list; takes a published one back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
from django.db import transaction
from django.utils import timezone

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import record
from jangkau.registry.access.events import announce
from jangkau.registry.access.models import User
from jangkau.registry.lists.actions.filling import begin_filling, end_filling, unchecked
from jangkau.registry.lists.actions.portions import Portion, portions_of
from jangkau.registry.lists.actions.standing import compose_from_rows
from jangkau.registry.lists.actions.superseding import note_taken_back, supersede
from jangkau.registry.lists.events import ListPublished
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Appearance, Kind, Plan, ReviewPair, SentList, State
from jangkau.registry.lists.states import PUBLISHABLE, REFUSABLE
from jangkau.registry.people.actions import replace_memberships, replace_project, set_fact, store_people
from jangkau.registry.people.gateways import bulk
from jangkau.registry.people.gateways.snapshots import last_person_id


def apply_plan(plan: Plan, *, by: User | None, progress: Callable[[int], None] = lambda done: None) -> int:
    """Publishes the lists of a plan that are not published yet, in its order, several in one transaction; returns how
    many it published."""
    folder = store.plan_folder(plan.key)
    people = store.read_frame(folder / store.PLANNED_PEOPLE)
    lists = SentList.objects.in_bulk(plan.lists)
    begin_filling()
    waiting = [lists[number] for number in plan.lists if lists[number].state in PUBLISHABLE]
    done = len(plan.lists) - len(waiting)
    with unchecked():
        for portion in portions_of(waiting, store.read_frame(folder / store.LINKS)):
            _publish(portion, people, by=by)
            done += len(portion.lists)
            progress(done)
    with transaction.atomic():
        end_filling()
        highest = people["person_id"].max()
        set_fact("last_person_id", max(last_person_id(), int(highest) if isinstance(highest, int) else 0))
        plan.applied_at, plan.applied_by = timezone.now(), by
        plan.save(update_fields=["applied_at", "applied_by"])
        record(by=by, action="plan_applied", subject=f"plan {plan.pk}", lists=len(waiting))
    return len(waiting)


@transaction.atomic
def _publish(portion: Portion, people: pl.DataFrame, *, by: User | None) -> None:
    for item, own in zip(portion.lists, portion.links, strict=True):
        store.write_unsealed(own.drop("list_id"), store.folder_of(item.sha256) / store.LINKS)
    linked = portion.linked()
    if portion.superseded:
        [item] = portion.lists
        # all its people are written again; others with the first list they stand on
        store_people(people.join(linked, on="person_id", how="semi"))
        supersede(item, portion.superseded, linked, by=by)
    else:
        store_people(portion.newcomers(people))
        bulk.insert(Appearance, linked)
        for number, memberships in portion.memberships():
            replace_memberships(number, memberships)
    every = pl.concat(portion.links)
    doubts = every.filter(pl.col("link_state") == "review")
    bulk.insert(
        ReviewPair,
        doubts.select("line", "person_id", "candidate_id", "probability", "decision", sent_list_id="list_id"),
    )
    for item, own in zip(portion.lists, portion.links, strict=True):
        if item.kind == Kind.JAKON:
            replace_project(item.pk, _project(item, own.drop_nulls("person_id")))
        counts = dict(own["link_state"].value_counts().rows())
        item.state, item.published_at, item.published_by = State.PUBLISHED, timezone.now(), by
        item.linked, item.new, item.review = (counts.get(state, 0) for state in ("linked", "new", "review"))
        item.save(update_fields=["state", "published_at", "published_by", "linked", "new", "review"])
        record(by=by, action="list_published", subject=f"list {item.pk}", rows=own.height)
        announce(ListPublished(item.pk, Kind(item.kind)))


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
    numbers = Appearance.objects.filter(sent_list=item).values_list("person_id", flat=True).distinct()
    affected = pl.Series(list(numbers), dtype=pl.Int64)
    Appearance.objects.filter(sent_list=item)._raw_delete("default")
    ReviewPair.objects.filter(sent_list=item)._raw_delete("default")
    replace_memberships(item.pk, pl.DataFrame(schema={"person_id": pl.Int64, "kpj": pl.String}))
    replace_project(item.pk, None)
    note_taken_back(item, people=len(affected), gone=compose_from_rows(affected), by=by)
