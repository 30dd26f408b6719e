"""What pages may ask about schemes and nominees. First argument: scope. A scheme is seen by those of its area and by
those whose own area lies in it; of its nominees everybody sees those of the own area."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from jangkau.programmes.subsidy.models import Batch, Decree, Nominee, Scheme
from jangkau.programmes.subsidy.states import TELLS_DECILE, State
from jangkau.registry.access.models import Column, Permission
from jangkau.registry.access.permissions import Scope

NOMINEES_ON_A_PAGE = 50


def schemes(scope: Scope) -> QuerySet[Scheme]:
    """The schemes somebody may see, newest first."""
    found = Scheme.objects.select_related("area").order_by("-first_month", "-pk")
    if scope.allows(None):
        return found
    around = {area[:length] for area in scope.areas for length in (2, 5, 8) if length < len(area)}
    return found.filter(scope.where("area_id") | Q(area_id__in=around))


def enrolled(scope: Scope) -> int:
    """How many are paid for in the schemes that somebody may see."""
    return Nominee.objects.filter(scheme__in=schemes(scope).order_by(), state=State.ENROLLED).count()


def nominees(scope: Scope, scheme: Scheme) -> QuerySet[Nominee]:
    """Those proposed for a scheme who live in the areas of the scope, in the order in which they were proposed."""
    found = scheme.nominees.filter(scope.where("village_id")).select_related("village", "village__parent")
    return found.order_by("pk")


class NomineePage(NamedTuple):
    """A page of nominees; `before` and `after` are the nominees from whom the pages beside it are asked for."""

    nominees: list[Nominee]
    before: int | None = None
    after: int | None = None


def chosen(
    scope: Scope, scheme: Scheme, *, state: str = "", reason: str = "", village: str = "", **_: object
) -> QuerySet[Nominee]:
    """The nominees that a filter means; `reason` is the first reason, or the first thing that is missing."""
    found = nominees(scope, scheme)
    if state:
        found = found.filter(state=state)
    if village:
        found = found.filter(village_id=village)
    if reason == TELLS_DECILE and not scope.sees(Column.DECILE):
        return found.none()
    if reason:
        why = Q(pk__in=[])
        for column in ("reasons", "missing"):
            why |= Q(**{column: reason}) | Q(**{f"{column}__startswith": f"{reason}|"})
        found = found.filter(why | Q(left_because=reason))
    return found


def page_of(
    found: QuerySet[Nominee], *, after: int | None = None, before: int | None = None, most: int = NOMINEES_ON_A_PAGE
) -> NomineePage:
    """The `most` nominees of `found` after or before one of them; a deep page costs what the first one costs."""
    if before is not None:
        kept = list(found.filter(pk__lt=before).order_by("-pk")[: most + 1])
        more, shown = len(kept) > most, kept[:most][::-1]
        more_after = bool(shown)
    else:
        kept = list(found.filter(pk__gt=after or 0)[: most + 1])
        more_after, shown = len(kept) > most, kept[:most]
        more = after is not None
    if not shown:
        return NomineePage([])
    return NomineePage(shown, shown[0].pk if more else None, shown[-1].pk if more_after else None)


def villages(scope: Scope, scheme: Scheme) -> list[tuple[str, str]]:
    """Code and name of the villages that nominees live in, by name."""
    named = nominees(scope, scheme).order_by().values_list("village_id", "village__name").distinct()
    return sorted(((code, name) for code, name in named if code), key=lambda pair: (pair[1], pair[0]))


def counts_by_village(scope: Scope, scheme: Scheme) -> dict[tuple[str, str], dict[str, int]]:
    """(code, name) of a village to how many of its nominees stand in each state."""
    counted: dict[tuple[str, str], dict[str, int]] = {}
    rows = nominees(scope, scheme).order_by().values_list("village_id", "village__name", "state")
    for code, name, state, count in rows.annotate(n=Count("pk")):
        counted.setdefault((code or "", name or ""), {})[state] = count
    return counted


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


def to_sign(scope: Scope) -> list[Decree]:
    """Drafts of others that somebody may sign, the oldest first."""
    waiting = decrees(scope).filter(signed_at=None, withdrawn_at=None).exclude(made_by=scope.user).order_by("pk")
    return [decree for decree in waiting if scope.may(Permission.SIGN_SUBSIDY, decree.scheme.area_id)]


def batches(scope: Scope) -> QuerySet[Batch]:
    """Batches of the schemes somebody may see, newest month first."""
    return Batch.objects.filter(scheme__in=schemes(scope)).select_related("scheme", "made_by").order_by("-month", "-pk")


def decree_with_code(code: str) -> Decree | None:
    """The signed decree whose QR code says `code`; asked by strangers, so it takes no scope."""
    return Decree.objects.filter(code=code).select_related("scheme__area").first()
