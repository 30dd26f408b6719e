"""What this room tells others (see web/site/wiring.py)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CaseMoved:
    """A case took a step; told in the transaction of the step."""

    number: int
    kind: str
    step: str
    state: str
