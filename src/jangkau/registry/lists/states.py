"""Which kinds of lists speak of people, and what may be done with a list in which state."""

from jangkau.core.kernel.problems import PROBLEM_CODES
from jangkau.core.reading.answers.marks import NOTES
from jangkau.registry.lists.models import Kind, State

PERSON_KINDS = frozenset(
    {
        Kind.MEMBERSHIP,
        Kind.WORKERS,
        Kind.JAKON,
        Kind.NON_ASN,
        Kind.VILLAGE_OFFICIALS,
        Kind.FISHERS,
        Kind.POVERTY,
        Kind.PERISAI,
        Kind.CONFIRMATION,
        Kind.DEATHS_AND_MOVES,
    }
)
MEMBER_KINDS = frozenset({Kind.MEMBERSHIP, Kind.CONFIRMATION})  # they bring memberships
EMPLOYER_KINDS = frozenset({Kind.LICENCES, Kind.COMPANY_REPORTS, Kind.BRANCH_EMPLOYERS})

PUBLISHABLE = frozenset({State.READ, State.TAKEN_BACK})
REFUSABLE = frozenset({State.RECEIVED, State.READ, State.UNREADABLE, State.TAKEN_BACK})
CHANGEABLE = frozenset({State.READ, State.TAKEN_BACK})  # what was understood may be changed and read again

# problems for which the publisher may let rows wait until they are repaired; a row without name and NIK always waits
MAY_WAIT = frozenset(PROBLEM_CODES) - NOTES
