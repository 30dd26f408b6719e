"""What other rooms may ask about cases and follow-ups. First argument: scope."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet

from jangkau.registry.access.models import Agency
from jangkau.registry.access.permissions import Scope
from jangkau.registry.cases.models import Case, FollowUp, Letterhead, Paper, SentLetter, Transition


def cases(scope: Scope) -> QuerySet[Case]:
    """The cases somebody may see: those whose deadline is nearest first."""
    found = Case.objects.filter(scope.where("region_id")).select_related("region", "owner")
    return found.order_by("ended", F("due_on").asc(nulls_last=True), "-weight", "pk")


def cases_on(scope: Scope, subject_kind: str, subject_ids: Iterable[int]) -> QuerySet[Case]:
    """The cases on some subjects."""
    return cases(scope).filter(subject_kind=subject_kind, subject_id__in=list(subject_ids))


def counts_by_state(scope: Scope, kind: str, today: date) -> dict[str, tuple[int, int]]:
    """State -> cases of a kind, and how many of them are past their deadline."""
    found = Case.objects.filter(scope.where("region_id"), kind=kind).values("state").order_by()
    late = Count("pk", filter=Q(ended=False, due_on__lt=today))
    return {row["state"]: (row["n"], row["late"]) for row in found.annotate(n=Count("pk"), late=late)}


def history(scope: Scope, case: Case) -> QuerySet[Transition]:
    """Everything that happened to a case, from the first day on."""
    return (
        Transition.objects.filter(scope.where("case__region_id"), case=case)
        .select_related("taken_by")
        .order_by("number")
    )


def papers(scope: Scope) -> QuerySet[Paper]:
    """The files somebody may see."""
    return Paper.objects.filter(scope.where("region_id")).order_by("pk")


def letters(scope: Scope) -> QuerySet[SentLetter]:
    """The letters that somebody may see, newest first."""
    return SentLetter.objects.filter(scope.where("region_id")).select_related("written_by").order_by("-pk")


def letter_with_code(code: str) -> SentLetter | None:
    """The letter whose QR code says this: for everybody who holds the paper."""
    return SentLetter.objects.filter(code=code).first()


def letterhead(code: str, agency: str = "") -> Letterhead:
    """The letterhead of an agency in a region or the nearest area above; an empty one where nobody has filled it in."""
    above = [code[:length] for length in (13, 8, 5) if length <= len(code)]
    found = Letterhead.objects.filter(area_code__in=above, agency=agency).order_by("-area_code").first()
    return found or Letterhead(area_code=settings.JANGKAU_AREA, agency=agency)


def letterhead_agency(agency: str) -> str:
    """Under which agency a letterhead is kept: that of the labour office is the one reports are written on."""
    return "" if agency == Agency.LABOUR_OFFICE else agency


def has_letterhead(case: Case, agency: str) -> bool:
    """Does an agency give numbers where a case lies?"""
    return letterhead(case.region_id or settings.JANGKAU_AREA, letterhead_agency(agency)).pk is not None


def follow_ups(scope: Scope) -> QuerySet[FollowUp]:
    """What was agreed, the nearest deadline first."""
    found = FollowUp.objects.filter(scope.where("region_id")).select_related("region", "owner")
    return found.order_by(F("due_on").asc(nulls_last=True), "pk")


def agreed_at(scope: Scope, source_kind: str, source_id: int) -> QuerySet[FollowUp]:
    """What one meeting agreed, whatever became of it."""
    return follow_ups(scope).filter(source_kind=source_kind, source_id=source_id)


def agenda(scope: Scope, source_kind: str, series: str) -> QuerySet[FollowUp]:
    """What a series of meetings has still to ask for: the agenda that the next one opens with."""
    return follow_ups(scope).filter(source_kind=source_kind, series=series, state=FollowUp.State.OPEN)


def overdue(scope: Scope, today: date) -> QuerySet[FollowUp]:
    """Open points whose deadline has passed."""
    return follow_ups(scope).filter(state=FollowUp.State.OPEN, due_on__lt=today)


def belonging_to(user_id: int, agency: str) -> Q:
    """The points of a person, and those of the agency they work for that name nobody."""
    return Q(owner_id=user_id) | (Q(owner=None, agency=agency) if agency else Q(pk__in=[]))
