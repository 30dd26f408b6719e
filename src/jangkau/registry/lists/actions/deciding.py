"""Decisions of human beings about who is who: pairs judged, people merged and split, each undone again. Where the place
asks for two people, the first proposes and another confirms; nobody confirms what they said themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from jangkau.core.kernel import Refused
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.lists.actions.standing import Row, carry_out, stands_of, take_away
from jangkau.registry.lists.gateways import store
from jangkau.registry.lists.models import Appearance, Plan, ReviewPair, Ruling
from jangkau.registry.people.models import Person
from jangkau.registry.people.queries import survivor


def decide_pairs(pairs: Sequence[ReviewPair], *, same: bool, by: User | None) -> Ruling:
    """Says of every pair that it is one person, or two. Raises Refused when one of them is decided already."""
    with _writing():
        numbers = [pair.pk for pair in pairs]
        still = list(ReviewPair.objects.select_for_update().filter(pk__in=numbers, ruling=None).order_by("pk"))
        if len(still) < len(set(numbers)) or not still:
            raise Refused(
                "Pasangan ini sudah diputuskan oleh petugas lain. Lanjutkan ke pasangan berikutnya.",
                "This pair was decided by somebody else already. Go on to the next one.",
            )
        steps = [step for pair in still for step in _steps(pair, same)]
        village = Person.objects.filter(pk=survivor(still[0].asked_id)).values_list("village_id", flat=True).first()
        kind = Ruling.Kind.SAME if same else Ruling.Kind.DIFFERENT
        return _rule(kind, steps, village=village, by=by, pairs=still)


def _steps(pair: ReviewPair, same: bool) -> list[dict[str, object]]:
    row = [pair.sent_list_id, pair.line]
    owner = Appearance.objects.filter(sent_list_id=row[0], line=row[1]).values_list("person_id", flat=True).first()
    asked = survivor(pair.asked_id)
    say = {"do": "say", "row": row, "person": asked, "same": same}
    if same:
        join = {"do": "join", "one": asked, "other": owner}
        return [say] if owner in (asked, None) else [join, say]
    return [{"do": "part", "person": asked, "rows": [row]}] if owner == asked else [say]


def merge_people(one: Person, other: Person, *, by: User | None) -> Ruling:
    """Says that two people are one: the older number remains, the other goes on pointing to it."""
    if one.pk == other.pk:
        raise Refused("Ini orang yang sama, dengan nomor yang sama.", "This is one person, with one number.")
    with _writing():
        steps: list[dict[str, object]] = [{"do": "join", "one": one.pk, "other": other.pk}]
        both = {one.pk, other.pk}
        about = ReviewPair.objects.filter(ruling=None, person_id__in=both)
        moot = [pair for pair in about if pair.person_id != pair.asked_id and pair.asked_id in both]
        return _rule(Ruling.Kind.MERGE, steps, village=one.village_id, by=by, pairs=moot)


def split_person(person: Person, rows: Sequence[Row], *, by: User | None) -> Ruling:
    """Says that some of a person's rows belong to somebody else, who gets a number of their own."""
    with _writing():
        standing = set(stands_of([person.pk]))
        chosen = [row for row in rows if row in standing]
        if not chosen or len(chosen) == len(standing):
            raise Refused(
                "Pilih baris milik orang lain, tetapi sisakan paling sedikit satu baris untuk orang ini.",
                "Choose the rows of the other person, but leave this person at least one.",
            )
        steps: list[dict[str, object]] = [{"do": "part", "person": person.pk, "rows": [list(row) for row in chosen]}]
        return _rule(Ruling.Kind.SPLIT, steps, village=person.village_id, by=by, pairs=[])


def confirm_ruling(ruling: Ruling, *, by: User | None) -> None:
    """The second person agrees; from now on the ruling holds. Raises Refused for the one who proposed it."""
    with _writing():
        ruling = _fresh(ruling, Ruling.State.PROPOSED)
        if by is None or by.pk == ruling.said_by_id:
            raise Refused(
                "Keputusan ini Anda usulkan sendiri. Orang lain yang harus menyetujuinya.",
                "You proposed this decision yourself. Somebody else has to confirm it.",
            )
        ruling.state, ruling.confirmed_at, ruling.confirmed_by = Ruling.State.IN_FORCE, timezone.now(), by
        _put_in_force(ruling, by=by)
        record(by=by, action="ruling_confirmed", subject=f"ruling {ruling.pk}", kind=ruling.kind)


def refuse_ruling(ruling: Ruling, *, by: User | None) -> None:
    """A proposal is not confirmed, or taken back by its maker: its pairs are open again."""
    with _writing():
        ruling = _fresh(ruling, Ruling.State.PROPOSED)
        _end(ruling, Ruling.State.REFUSED, by=by)


def undo_ruling(ruling: Ruling, *, by: User | None) -> None:
    """Restores what was before a ruling; its pairs are open again. Raises Refused when later ones build on it."""
    with _writing():
        ruling = _fresh(ruling, Ruling.State.IN_FORCE)
        take_away(ruling)
        _end(ruling, Ruling.State.UNDONE, by=by)


def _end(ruling: Ruling, state: Ruling.State, *, by: User | None) -> None:
    ReviewPair.objects.filter(ruling=None, person_id__in=ruling.before.get("made", [])).delete()  # asked because of it
    ReviewPair.objects.filter(ruling=ruling).update(ruling=None)
    ruling.state, ruling.ended_at, ruling.ended_by = state, timezone.now(), by
    ruling.save()
    record(by=by, action=f"ruling_{state}", subject=f"ruling {ruling.pk}", kind=ruling.kind)


def _rule(
    kind: Ruling.Kind, steps: list[dict[str, object]], *, village: str | None, by: User | None, pairs: list[ReviewPair]
) -> Ruling:
    two = settings.JANGKAU_TWO_PEOPLE
    state = Ruling.State.PROPOSED if two else Ruling.State.IN_FORCE
    ruling = Ruling.objects.create(kind=kind, state=state, village_id=village, steps=steps, said_by=by)
    ReviewPair.objects.filter(pk__in=[pair.pk for pair in pairs]).update(ruling=ruling)
    if not two:
        _put_in_force(ruling, by=by)
    record(by=by, action=f"ruling_{state}", subject=f"ruling {ruling.pk}", kind=kind, pairs=len(pairs))
    return ruling


def _put_in_force(ruling: Ruling, *, by: User | None) -> None:
    carry_out(ruling, by=by)
    ruling.save()
    for pair in ruling.pairs.exclude(candidate=None) if ruling.kind == Ruling.Kind.DIFFERENT else ():
        own = Appearance.objects.get(sent_list=pair.sent_list_id, line=pair.line).person_id
        if own in ruling.before["made"]:  # who is not the first candidate may be the second
            ReviewPair.objects.create(
                sent_list_id=pair.sent_list_id, line=pair.line, person_id=own, candidate_id=pair.candidate_id,
                probability=1 - pair.probability, decision=pair.decision,
            )  # fmt: skip


def _fresh(ruling: Ruling, state: Ruling.State) -> Ruling:
    found = Ruling.objects.select_for_update().filter(pk=ruling.pk, state=state).first()
    if found is None:
        raise Refused(
            "Keputusan ini sudah ditangani oleh petugas lain.", "Somebody else has dealt with this decision already."
        )
    return found


@contextmanager
def _writing() -> Iterator[None]:
    """The only writer, in one transaction, while no plan is half published."""
    with store.only_writer(wait=False), transaction.atomic():
        if Plan.objects.filter(applied_at__isnull=True).exists():
            raise Refused(
                "Publikasi daftar terputus di tengah jalan. Jalankan lagi publikasinya, lalu putuskan pasangan ini.",
                "The publishing of lists was interrupted. Run it again, then decide this pair.",
            )
        yield
