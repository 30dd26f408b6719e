"""Cases are opened on findings, and close by themselves once the lists prove that the duty is met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from jangkau.core.kernel import Refused
from jangkau.programmes.compliance import queries
from jangkau.programmes.compliance.states import EMPLOYER, KIND, TOPICS
from jangkau.registry.access.models import User
from jangkau.registry.access.permissions import Scope, require_write
from jangkau.registry.cases.actions import Opening, move_case, open_cases
from jangkau.registry.cases.models import Case
from jangkau.registry.lists.events import MeasuresRefreshed
from jangkau.registry.people.models import Employer

FACTS = (
    "npp", "nib", "workers_found", "workers_registered", "monthly_income", "lowest_wage", "programmes",
    "arrears_months", "arrears",
)  # fmt: skip
_WHAT_PROVES = {
    "pwbd": "workers_registered",
    "pds_tk": "workers_registered",
    "pds_upah": "monthly_income",
    "pds_program": "programmes",
    "arrears": "arrears_months",
}  # the value of the branch that has to be another than when the case was opened


def open_on(
    scope: Scope, employer_ids: Iterable[int], topics: Sequence[str], *, on: date, by: User | None
) -> tuple[int, int]:
    """Opens a case for every finding of the employers that is among `topics`; gives how many are new, and how many
    findings there were. Raises Refused when none of them has such a finding."""
    require_write(scope)
    openings = [
        _opening(employer, code)
        for employer in queries.falling_short(scope).filter(pk__in=list(employer_ids))
        for code in employer.finding.split("|")
        if code in topics and code in TOPICS
    ]
    if not openings:
        raise Refused(
            "Tidak ada temuan pada perusahaan yang ditandai. Tandai perusahaan dengan temuan.",
            "The employers that are ticked have no finding. Tick employers with a finding.",
        )
    agency = by.agency if by else ""
    return len(open_cases(KIND, openings, on=on, agency=agency, by=by)), len(openings)


def _opening(employer: Employer, code: str) -> Opening:
    facts = {name: getattr(employer, name) for name in FACTS if getattr(employer, name) is not None}
    return Opening(
        topic=code,
        subject_kind=EMPLOYER,
        subject_id=employer.pk,
        subject_label=employer.name or employer.nib or employer.npp or str(employer.pk),
        region=employer.village_id or employer.district_id,
        weight=employer.affected,
        facts=facts,
    )


@transaction.atomic
def close_what_is_proved(event: MeasuresRefreshed) -> None:
    """Ends every open case whose finding is gone because the branch tells another value than before. A list that was
    taken back proves nothing: then the value is the same, and the case stays."""
    waiting = list(Case.objects.filter(kind=KIND, ended=False).order_by("pk"))
    known = Employer.objects.in_bulk({case.subject_id for case in waiting})
    for case in waiting:
        employer = known.get(case.subject_id)
        if employer is None or case.topic in employer.finding.split("|") or not _is_proved(case, employer):
            continue
        on = max(event.as_of, case.entered_on)
        move_case(case.pk, "prove", on=on, facts=_proof(case, employer, event.as_of), by=None)


def _is_proved(case: Case, employer: Employer) -> bool:
    name = _WHAT_PROVES[case.topic]
    before, now = case.facts.get(name), getattr(employer, name)
    if case.topic == "pds_program":
        return employer.in_branch and now != before
    if case.topic == "arrears":
        return employer.in_branch and not now
    return (now or 0) > (before or 0)


def _proof(case: Case, employer: Employer, as_of: date) -> dict[str, Any]:
    told: dict[str, Any] = {"proved_by": f"peserta dan daftar cabang, keadaan {as_of:%d-%m-%Y}"}
    told["workers_registered"] = employer.workers_registered
    if case.topic in ("pwbd", "pds_tk"):
        told["protected"] = (employer.workers_registered or 0) - (case.facts.get("workers_registered") or 0)
    if case.topic == "arrears":
        told["recovered"] = max((case.facts.get("arrears") or 0) - (employer.arrears or 0), 0)
    return told
