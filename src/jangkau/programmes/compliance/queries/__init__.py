"""What is known of employers that fall short, their cases, and what came of them. First argument: scope. An employer
sees its own firm and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from jangkau.programmes.compliance.models import EmployerAccount, LetterRun
from jangkau.programmes.compliance.states import EMPLOYER, KIND, LETTERS, TOPICS
from jangkau.registry.access.permissions import Scope
from jangkau.registry.cases import queries as cases
from jangkau.registry.cases.models import Case, Note, SentLetter, Transition
from jangkau.registry.lists.models import SentList
from jangkau.registry.lists.queries import lists
from jangkau.registry.people import queries as people
from jangkau.registry.people.models import Employer


class Results(NamedTuple):
    """What cases brought since a day: how many ended with a proof, workers newly protected, rupiah paid."""

    complied: int
    protected: int
    recovered: int


def employers(scope: Scope) -> QuerySet[Employer]:
    """Employers, those with the most workers affected first."""
    return people.employers(scope).select_related("village", "district").order_by("-affected", "pk")


def falling_short(scope: Scope) -> QuerySet[Employer]:
    """The employers with a finding."""
    return employers(scope).exclude(finding__in=("", "registered"))


def counts_by_finding(scope: Scope) -> dict[str, tuple[int, int]]:
    """Finding -> employers, and the workers whom all their findings touch."""
    of = {code: Q(finding__contains=code) for code in TOPICS}
    told = falling_short(scope).order_by().aggregate(
        **{f"{code}_n": Count("pk", filter=that) for code, that in of.items()},
        **{f"{code}_w": Sum("affected", filter=that) for code, that in of.items()},
    )  # fmt: skip
    return {code: (told[f"{code}_n"] or 0, told[f"{code}_w"] or 0) for code in TOPICS}


def with_finding(found: QuerySet[Employer], code: str) -> QuerySet[Employer]:
    """Those of some employers that have a finding; no code is a part of another."""
    return found.filter(finding__contains=code)


def open_cases_on(scope: Scope, employer_ids: Iterable[int]) -> dict[int, dict[str, Case]]:
    """Employer -> finding -> its open case."""
    found: dict[int, dict[str, Case]] = {}
    for case in cases.cases_on(scope, EMPLOYER, employer_ids).filter(kind=KIND, ended=False):
        found.setdefault(case.subject_id, {})[case.topic] = case
    return found


def source_lists(scope: Scope, employer: Employer) -> dict[int, SentList]:
    """The lists that name an employer, as far as somebody may see them."""
    return lists(scope).in_bulk({source["list"] for source in employer.sources if source["list"]})


def letter_runs(scope: Scope) -> QuerySet[LetterRun]:
    """The orders of many letters that somebody gave, newest first."""
    return LetterRun.objects.filter(asked_by=scope.user).select_related("job").order_by("-pk")


def results(scope: Scope, since: date) -> Results:
    """What came of the cases since a day. A payment counts when it was written down, workers when they were proved."""
    steps = Transition.objects.filter(scope.where("case__region_id"), case__kind=KIND, on__gte=since)

    def total(name: str) -> int:
        told = steps.filter(**{f"facts__{name}__isnull": False})
        amount = Cast(KT(f"facts__{name}"), BigIntegerField())
        return told.aggregate(total=Sum(amount))["total"] or 0

    complied = steps.filter(to_state="complied").exclude(from_state=F("to_state")).count()
    return Results(complied, total("protected"), total("recovered"))


def accounts(scope: Scope, employer: Employer) -> QuerySet[EmployerAccount]:
    """The accounts of an employer that somebody may see, those that are closed last."""
    found = EmployerAccount.objects.filter(employer_id__in=employers(scope).filter(pk=employer.pk).values("pk"))
    return found.select_related("user").order_by(F("closed_at").asc(nulls_first=True), "pk")


def own_employer(scope: Scope) -> Employer | None:
    """The employer whose account asks."""
    return Employer.objects.select_related("village", "district").filter(pk__in=_own(scope)).first()


def own_cases(scope: Scope) -> QuerySet[Case]:
    """The cases of the employer whose account asks, open ones first."""
    found = Case.objects.filter(kind=KIND, subject_kind=EMPLOYER, subject_id__in=_own(scope))
    return found.order_by("ended", F("due_on").asc(nulls_last=True), "pk")


def own_letters(scope: Scope) -> QuerySet[SentLetter]:
    """The letters that were written to the employer whose account asks, newest first; what agencies write to each
    other about it is not for its eyes."""
    to_others = [name for name, kind in LETTERS.items() if kind.to]
    return SentLetter.objects.filter(case__in=own_cases(scope)).exclude(kind__in=to_others).order_by("-pk")


def own_answers(scope: Scope) -> QuerySet[Note]:
    """What the account that asks has said on its cases, newest first."""
    return Note.objects.filter(case__in=own_cases(scope), written_by=scope.user).order_by("-pk")


def unanswered(scope: Scope) -> QuerySet[Note]:
    """What employers said on open cases since the last step: for an officer to read, the oldest first."""
    accounts = EmployerAccount.objects.values("user")
    later = Transition.objects.filter(case=OuterRef("case"), taken_at__gt=OuterRef("written_at"))
    found = Note.objects.filter(scope.where("case__region_id"), case__kind=KIND, case__ended=False)
    return found.filter(~Exists(later), written_by__in=accounts).select_related("case").order_by("pk")


def _own(scope: Scope) -> QuerySet[EmployerAccount, int]:
    """The number of the employer whose account asks."""
    held = EmployerAccount.objects.filter(user=scope.user, closed_at=None)
    return held.values_list("employer_id", flat=True)
