"""What each role may do. A role is code, so that what somebody may do is read in one place and tested; who holds which
role where and until when is data (Assignment)."""

from __future__ import annotations

from jangkau.registry.access.models import Permission, Role

P = Permission
_LOOK = frozenset({P.MEASURES, P.LISTS, P.PEOPLE, P.EMPLOYERS, P.CASES, P.PROJECTS, P.PROGRAMMES})
READING = _LOOK | {P.NIK, P.READ_AUDIT}
_KEEP = frozenset({P.ADMINISTER_USERS, P.READ_AUDIT})  # who gives rights does not also use them

MAY: dict[str, frozenset[Permission]] = {
    Role.READER: _LOOK,
    Role.OFFICER: frozenset(P) - _KEEP,
    Role.DISTRICT_OFFICER: _LOOK
    | {P.NIK, P.SEND_LISTS, P.DECIDE_PAIRS, P.WORK_CASES, P.PLAN_OUTREACH, P.NOTE_WORKS, P.HELP_CLAIMS, P.MAKE_REPORTS},
    Role.VILLAGE_CLERK: _LOOK | {P.NIK, P.SEND_LISTS, P.PLAN_OUTREACH, P.NOTE_WORKS, P.HELP_CLAIMS},
    Role.BRANCH_OFFICER: _LOOK
    | {P.NIK, P.SEND_LISTS, P.PUBLISH, P.DECIDE_PAIRS, P.WORK_CASES, P.PLAN_OUTREACH, P.NOTE_WORKS, P.HELP_CLAIMS}
    | {P.RUN_AGENTS, P.MAKE_REPORTS, P.WEBHOOKS},
    Role.COMPLIANCE_OFFICER: _LOOK | {P.NIK, P.WORK_CASES, P.SEND_LISTS, P.MAKE_REPORTS},
    Role.STATE_ATTORNEY: frozenset({P.MEASURES, P.EMPLOYERS, P.CASES, P.WORK_CASES}),
    Role.SUBSIDY_OFFICER: _LOOK | {P.NIK, P.SEND_LISTS, P.RUN_SUBSIDY, P.MAKE_REPORTS},
    Role.CHECKER: _LOOK | {P.NIK, P.DECIDE_PAIRS, P.SIGN_SUBSIDY},
    Role.HELP_DESK: frozenset({P.MEASURES, P.LISTS, P.PEOPLE, P.PROGRAMMES, P.NIK, P.HELP_CLAIMS}),
    Role.INSPECTOR: _LOOK | {P.READ_AUDIT},
    Role.ADMINISTRATOR: frozenset({P.MEASURES, P.KEEP_FIGURES}) | _KEEP,
    Role.GLASS: frozenset({P.MEASURES, P.PEOPLE, P.NIK}),
}


def may_of(role: str) -> frozenset[Permission]:
    """The permissions of a role; none for one that a newer release wrote."""
    return MAY.get(role, frozenset())
