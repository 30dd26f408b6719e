"""Children are named on a claim that was paid, and their scholarships claimed, school year by school year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import override

from jangkau.core.kernel import Refused
from jangkau.core.rules.scholarships import scholarship_rate
from jangkau.programmes.claims.models import Child, SchoolYear
from jangkau.programmes.claims.queries.rights import held_by
from jangkau.programmes.claims.queries.scholarships import due_children, gives_scholarship, most_children
from jangkau.programmes.claims.states import ENDED, KIND, LEVELS, PAPERS, PERSON
from jangkau.registry.access.actions import record
from jangkau.registry.access.models import User
from jangkau.registry.access.permissions import Scope, require_write
from jangkau.registry.cases.actions import Opening, open_cases
from jangkau.registry.cases.models import Case


@transaction.atomic
def name_child(scope: Scope, case: Case, *, name: str, birth_date: date, level: str, by: User | None) -> Child:
    """Names a child with a right to a scholarship. Raises Refused when the claim was not paid or gives no scholarship,
    when as many children as the law allows are named, or when this one is."""
    require_write(scope)
    held = held_by(scope, [case.subject_id]).get(case.subject_id, [])
    if case.state != "paid" or not gives_scholarship(case, held):
        raise Refused(
            "Klaim ini tidak memberi beasiswa: belum dibayar, atau masa iurannya kurang.",
            "This claim gives no scholarship: it was not paid yet, or too few months were paid.",
        )
    standing = Child.objects.select_for_update().filter(case=case, ended_because="")
    if standing.count() >= most_children(case):
        raise Refused(
            "Sudah sebanyak anak yang boleh mendapat beasiswa.", "As many children as may have a scholarship are named."
        )
    child, fresh = Child.objects.get_or_create(
        case=case, name=name.strip(), birth_date=birth_date, defaults={"level": level, "added_by": by}
    )
    if not fresh:
        raise Refused("Anak ini sudah didata.", "This child is named already.")
    record(by=by, action="child_named", subject=f"case {case.pk}")
    return child


@transaction.atomic
def end_scholarship(scope: Scope, child: Child, because: str, *, by: User | None) -> None:
    """No scholarship any more. Raises Refused for a reason that is none."""
    require_write(scope)
    if because not in ENDED:
        raise Refused("Pilih alasan berakhirnya.", "Choose why it ends.")
    Child.objects.filter(pk=child.pk).update(ended_because=because)
    record(by=by, action="scholarship_ended", subject=f"case {child.case_id}", because=because)


@transaction.atomic
def claim_scholarships(scope: Scope, year: int, levels: Mapping[int, str], *, on: date, by: User | None) -> int:
    """Claims the scholarship of a school year for children (number to the level they go to); one claim a family, with
    its sum. Gives how many children; raises Refused when nothing is due to one of them, or while the claim of another
    year runs."""
    require_write(scope)
    due = {each.child.pk: each.child for each in due_children(scope, year) if each.due}
    if not levels or not set(levels) <= set(due) or not set(levels.values()) <= set(LEVELS):
        raise Refused(
            "Centang anak yang beasiswanya jatuh tempo, dan pilih sekolahnya.",
            "Tick children whose scholarship is due, and choose their school.",
        )
    families: dict[int, list[Child]] = {}
    for number in sorted(levels):
        families.setdefault(due[number].case_id, []).append(due[number])
    for children in families.values():
        _claim_family(children, year, {child.pk: levels[child.pk] for child in children}, on=on, by=by)
    record(by=by, action="scholarships_claimed", subject=f"school year {year}", children=len(levels))
    return len(levels)


def _claim_family(children: list[Child], year: int, levels: Mapping[int, str], *, on: date, by: User | None) -> None:
    source = children[0].case
    amounts = {number: scholarship_rate(level, year) for number, level in levels.items()}
    with override("id"):  # a case speaks Indonesian, whoever opens it
        papers = "; ".join(str(words) for words in PAPERS["scholarship"].values())
    facts = {
        "event_on": source.facts["event_on"], "school_year": f"{year}/{year + 1}", "children": len(children),
        "estimate": sum(amounts.values()), "papers": papers,
    }  # fmt: skip
    told = Opening(
        "scholarship", PERSON, source.subject_id, source.subject_label, source.region_id, len(children), facts
    )
    opened = open_cases(KIND, [told], on=on, agency=by.agency if by else "", by=by)
    if not opened:
        raise Refused(
            f"Klaim beasiswa untuk keluarga {source.subject_label} masih berjalan. Selesaikan dahulu.",
            f"A scholarship claim of the family of {source.subject_label} still runs. Finish it first.",
        )
    for child in children:
        SchoolYear.objects.create(
            child=child, year=year, level=levels[child.pk], amount=amounts[child.pk], case=opened[0], claimed_by=by
        )
        Child.objects.filter(pk=child.pk).update(level=levels[child.pk])
