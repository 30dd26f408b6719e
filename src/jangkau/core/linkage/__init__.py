"""Who is who: names brought to comparable forms, candidates found, evidence weighed, decisions made and explained."""

from jangkau.core.linkage.decisions import HALF
from jangkau.core.linkage.employer_numbers import KEY_SCHEMA, number_employers
from jangkau.core.linkage.employers import EMPLOYER_SCHEMA, compose_employers, sources_as_composed
from jangkau.core.linkage.explanations import explain
from jangkau.core.linkage.linking import link_rows
from jangkau.core.linkage.people import compose_people
from jangkau.core.linkage.segments import work_segment
from jangkau.core.linkage.sides import COMPARED, FieldWeight, fingerprints, keep_numbers, weights_between
from jangkau.core.linkage.tables import LINK_SCHEMA, PEOPLE_SCHEMA, LinkOutcome, kind_rank

__all__ = [
    "COMPARED",
    "EMPLOYER_SCHEMA",
    "HALF",
    "KEY_SCHEMA",
    "LINK_SCHEMA",
    "PEOPLE_SCHEMA",
    "FieldWeight",
    "LinkOutcome",
    "compose_employers",
    "compose_people",
    "explain",
    "fingerprints",
    "keep_numbers",
    "kind_rank",
    "link_rows",
    "number_employers",
    "sources_as_composed",
    "weights_between",
    "work_segment",
]
