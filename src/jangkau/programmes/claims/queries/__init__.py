"""What pages may ask about rights, claims and the people of the help desk. First argument: scope."""

from jangkau.programmes.claims.queries.claims import (
    Line,
    Results,
    claim_lines,
    claimed,
    claims,
    claims_on,
    given_up,
    results,
    settled,
)
from jangkau.programmes.claims.queries.rights import Unclaimed, held_by, rights, unclaimed, undated

__all__ = [
    "Line", "Results", "Unclaimed", "claim_lines", "claimed", "claims", "claims_on", "given_up", "held_by", "results",
    "rights", "settled", "unclaimed", "undated",
]  # fmt: skip
