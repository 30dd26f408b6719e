"""The only place that writes regions, people, employers, memberships and measures."""

from jangkau.registry.people.actions.regions import draw_indicative_cells, load_boundaries, load_regions
from jangkau.registry.people.actions.register import (
    remove_people,
    replace_employers,
    replace_memberships,
    replace_project,
    set_fact,
    store_people,
)

__all__ = [
    "draw_indicative_cells",
    "load_boundaries",
    "load_regions",
    "remove_people",
    "replace_employers",
    "replace_memberships",
    "replace_project",
    "set_fact",
    "store_people",
]
