"""What the help desk would have done in the invented register before its pages are opened: claims at each station, a
child with a scholarship, and what villages reported. The newest deaths wait for the visitor."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from jangkau.core.kernel import Refused
from jangkau.programmes.claims import queries
from jangkau.programmes.claims.actions.opening import keep_papers, open_on_deaths
from jangkau.programmes.claims.actions.reports import Row, keep_reports
from jangkau.programmes.claims.actions.scholarships import name_child
from jangkau.programmes.claims.states import KIND, PAPERS
from jangkau.registry.access.models import User
from jangkau.registry.access.permissions import Scope
from jangkau.registry.cases.actions import move_case
from jangkau.registry.cases.models import Case
from jangkau.registry.people.models import Person
from jangkau.web.site.views import DEMO_USER

WAITING, MOST, REPORTS = 3, 30, 5
HANDED_IN, PAID = 10, 15  # days after opening
BEGUN = 60  # days before the day of the demo


def live_claims(as_of: date) -> None:
    """Claims on all but the newest deaths: paid, with the branch, or waiting for papers; reports of accidents."""
    officer, branch = (User.objects.get(username=name) for name in (DEMO_USER, "contoh-cabang"))
    scope = Scope((settings.JANGKAU_AREA,), may_write=True, user=officer)
    dead = queries.rights(scope)["person_id"].to_list()[WAITING : WAITING + MOST]
    opened = as_of - timedelta(days=BEGUN)
    if dead:
        open_on_deaths(scope, dead, on=opened, by=officer)
    for place, case in enumerate(Case.objects.filter(kind=KIND, entered_on=opened).order_by("pk")):
        _walk(scope, case, place % 3, opened, officer, branch)
    _report(scope, as_of, officer)


def _walk(scope: Scope, case: Case, station: int, opened: date, officer: User, branch: User) -> None:
    papers = list(PAPERS[case.topic])
    if station == 2:
        keep_papers(scope, case, papers[:4], by=officer)
        return
    keep_papers(scope, case, papers, by=officer)
    case = move_case(case.pk, "hand_in_death", on=opened + timedelta(days=HANDED_IN), by=officer)
    if station == 1:
        return
    paid_on = opened + timedelta(days=PAID)
    told = {"paid": case.facts.get("estimate", 0), "paid_on": paid_on.isoformat()}
    case = move_case(case.pk, "pay", on=paid_on, facts=told, by=branch)
    with suppress(Refused):  # fewer than 36 months of contributions
        name_child(scope, case, name=f"ANAK {case.subject_label}", birth_date=date(2013, 5, 2), level="sd", by=officer)


def _report(scope: Scope, as_of: date, officer: User) -> None:
    alive = Person.objects.filter(deceased=False, memberships__paid_until__gte=as_of - timedelta(days=60))
    on = min(as_of - timedelta(days=9), timezone.localdate())
    rows = [
        Row(who.name or "", who.nik or "", who.birth_date, who.village_id, "accident", on, "jatuh saat bekerja")
        for who in alive.exclude(nik=None).order_by("pk").distinct()[:REPORTS]
    ]
    unknown = Row("WARGA CONTOH", "", None, f"{settings.JANGKAU_AREA}.01.2003", "death", on, "kata ketua RT")
    keep_reports(scope, [*rows, unknown], by=officer)
