"""The only place that writes regions, people, employers, memberships and measures."""

from jangkau.registry.people.actions.identities import (
    forget_merge,
    merge_number,
    new_person_number,
    replace_memberships_of,
    restore_people,
    set_project_workers,
)
from jangkau.registry.people.actions.official import store_figures, store_packaged_figures, withdraw_figure
from jangkau.registry.people.actions.regions import draw_indicative_cells, load_boundaries, load_regions
from jangkau.registry.people.actions.register import (
    change_memberships,
    remove_people,
    replace_employers,
    replace_memberships,
    replace_project,
    set_fact,
    store_people,
)

__all__ = [
    "change_memberships",
    "draw_indicative_cells",
    "forget_merge",
    "load_boundaries",
    "load_regions",
    "merge_number",
    "new_person_number",
    "remove_people",
    "replace_employers",
    "replace_memberships",
    "replace_memberships_of",
    "replace_project",
    "restore_people",
    "set_fact",
    "set_project_workers",
    "store_figures",
    "store_packaged_figures",
    "store_people",
    "withdraw_figure",
]
