"""What pages may ask about schemes and nominees. First argument: scope. A scheme is seen by those of its area and by
those whose own area lies in it; of its nominees everybody sees those of the own area."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from jangkau.programmes.subsidy.models import Batch, Decree, Nominee, Scheme
from jangkau.registry.access.permissions import Scope


def schemes(scope: Scope) -> QuerySet[Scheme]:
    """The schemes somebody may see, newest first."""
    around = {area[:length] for area in scope.areas for length in (2, 5, 8) if length < len(area)}
    found = Scheme.objects.filter(scope.where("area_id") | Q(area_id__in=around))
    return found.select_related("area").order_by("-first_month", "-pk")


def nominees(scope: Scope, scheme: Scheme) -> QuerySet[Nominee]:
    """Those proposed for a scheme who live in the areas of the scope, in the order in which they were proposed."""
    found = scheme.nominees.filter(scope.where("village_id")).select_related("village", "village__parent")
    return found.order_by("pk")


def counts_by_state(scope: Scope, scheme: Scheme) -> dict[str, int]:
    """How many nominees stand in each state."""
    return dict(nominees(scope, scheme).order_by().values_list("state").annotate(n=Count("pk")))


def counts_by_reason(scope: Scope, scheme: Scheme) -> dict[str, int]:
    """How many were refused for each first reason, most first."""
    return _first_codes(nominees(scope, scheme).filter(state="refused"), "reasons")


def counts_by_missing(scope: Scope, scheme: Scheme) -> dict[str, int]:
    """Of how many something has to be told first, by what comes first."""
    return _first_codes(nominees(scope, scheme).filter(state="to_check"), "missing")


def _first_codes(found: QuerySet[Nominee], column: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for codes, count in found.order_by().values_list(column).annotate(n=Count("pk")):
        first = codes.split("|")[0]
        counts[first] = counts.get(first, 0) + count
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def decrees(scope: Scope) -> QuerySet[Decree]:
    """Decrees and drafts of the schemes somebody may see, newest first."""
    return (
        Decree.objects.filter(scheme__in=schemes(scope))
        .select_related("scheme", "made_by", "signed_by")
        .order_by("-pk")
    )


def batches(scope: Scope) -> QuerySet[Batch]:
    """Batches of the schemes somebody may see, newest month first."""
    return Batch.objects.filter(scheme__in=schemes(scope)).select_related("scheme", "made_by").order_by("-month", "-pk")
