"""Who is who: names brought to comparable forms, candidates found, evidence weighed, decisions made and explained."""

from jangkau.core.linkage.employers import EMPLOYER_SCHEMA, compose_employers
from jangkau.core.linkage.explanations import explain
from jangkau.core.linkage.linking import link_rows
from jangkau.core.linkage.people import compose_people
from jangkau.core.linkage.segments import work_segment
from jangkau.core.linkage.tables import LINK_SCHEMA, PEOPLE_SCHEMA, LinkOutcome, kind_rank

__all__ = [
    "EMPLOYER_SCHEMA",
    "LINK_SCHEMA",
    "PEOPLE_SCHEMA",
    "LinkOutcome",
    "compose_employers",
    "compose_people",
    "explain",
    "kind_rank",
    "link_rows",
    "work_segment",
]
