"""Publishes planned lists, each in one transaction; refuses a list; takes a published one back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import polars as pl
from django.db import transaction
from django.utils import timezone

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import record
from jangkau.registry.access.events import announce
from jangkau.registry.access.models import User
from jangkau.registry.lists.actions.standing import compose_from_rows, memberships_in
from jangkau.registry.lists.actions.superseding import note_taken_back, supersede
from jangkau.registry.lists.actions.versions import Versions
from jangkau.registry.lists.events import ListPublished
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Appearance, Kind, Plan, ReviewPair, SentList, State
from jangkau.registry.lists.states import MEMBER_KINDS, PUBLISHABLE, REFUSABLE
from jangkau.registry.people.actions import replace_memberships, replace_project, set_fact, store_people
from jangkau.registry.people.gateways import bulk, names
from jangkau.registry.people.gateways.snapshots import last_person_id
from jangkau.registry.people.models import Membership, Person
from jangkau.registry.people.queries import register_fact

ROWS_TOGETHER = 200_000  # of the lists that are published in one transaction
INDEXES_ASIDE = "indexes_aside"  # a fact of the register: the statements that make its indexes again


def apply_plan(plan: Plan, *, by: User | None, progress: Callable[[int], None] = lambda done: None) -> int:
    """Publishes the lists of a plan that are not published yet, in its order, several in one transaction; returns how
    many it published."""
    folder = store.plan_folder(plan.key)
    links = pl.read_parquet(folder / "links.parquet")
    people = pl.read_parquet(folder / "people.parquet")
    by_list = links.partition_by("list_id", as_dict=True)
    lists = SentList.objects.in_bulk(plan.lists)
    _begin_filling()
    waiting = [lists[number] for number in plan.lists if lists[number].state in PUBLISHABLE]
    done = len(plan.lists) - len(waiting)
    for together, superseded in _portions(waiting):
        own = [by_list.get((item.pk,), links.clear()) for item in together]
        _publish(together, own, people, superseded, by=by)
        done += len(together)
        progress(done)
    with transaction.atomic():
        _end_filling()
        highest = people["person_id"].max()
        set_fact("last_person_id", max(last_person_id(), int(highest) if isinstance(highest, int) else 0))
        plan.applied_at, plan.applied_by = timezone.now(), by
        plan.save(update_fields=["applied_at", "applied_by"])
    return len(waiting)


def _portions(lists: list[SentList]) -> Iterator[tuple[list[SentList], list[SentList]]]:
    """The lists in their order, as many together as one transaction takes, with the lists whose place they take: one
    that does so stands alone."""
    versions = Versions()
    together: list[SentList] = []
    for item in lists:
        superseded = versions.before(item)
        if together and (superseded or sum(one.rows_of_people for one in together) > ROWS_TOGETHER):
            yield together, []
            together = []
        together.append(item)
        versions.add(item)
        if superseded:
            yield together, superseded
            together = []
        for old in superseded:
            versions.remove(old)
    if together:
        yield together, []


@transaction.atomic
def _begin_filling() -> None:
    """An empty register is filled without most indexes; they are made at the end, also when a killed run goes on. By
    list the rows are found all the time: other rooms ask for them when a list is published."""
    if not Person.objects.exists():
        aside = [
            *bulk.drop_indexes(Person),
            *names.set_aside(),
            *bulk.drop_indexes(Membership, but="list_number"),
            *bulk.drop_indexes(Appearance, but="sent_list_id"),
        ]
        set_fact(INDEXES_ASIDE, [*(register_fact(INDEXES_ASIDE) or []), *aside])


def _end_filling() -> None:
    bulk.run(register_fact(INDEXES_ASIDE) or [])
    set_fact(INDEXES_ASIDE, [])


@transaction.atomic
def _publish(
    lists: list[SentList],
    links: list[pl.DataFrame],
    people: pl.DataFrame,
    superseded: list[SentList],
    *,
    by: User | None,
) -> None:
    """Publishes lists with their `links`; `superseded` are the lists whose place the only one of them takes."""
    for item, own in zip(lists, links, strict=True):
        store.write_frame(own.drop("list_id"), store.folder_of(item.sha256) / store.LINKS)
    every = pl.concat(links)
    linked = every.drop_nulls("person_id").select("line", "person_id", sent_list_id="list_id")
    if superseded:
        [item] = lists
        # all its people are written again; others with the first list they stand on
        store_people(people.join(linked, on="person_id", how="semi"))
        supersede(item, superseded, linked, by=by)
    else:
        numbers = [item.pk for item in lists]
        store_people(people.filter(pl.col("first_list").is_in(numbers)))
        bulk.insert(Appearance, linked)
        for item, own in zip(lists, links, strict=True):
            if item.kind in MEMBER_KINDS:
                replace_memberships(item.pk, memberships_in(item, own.drop_nulls("person_id")))
    doubts = every.filter(pl.col("link_state") == "review")
    bulk.insert(
        ReviewPair,
        doubts.select("line", "person_id", "candidate_id", "probability", "decision", sent_list_id="list_id"),
    )
    for item, own in zip(lists, links, strict=True):
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
