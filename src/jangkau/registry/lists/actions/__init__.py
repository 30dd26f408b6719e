"""The only place that writes lists: receive, read, plan, publish, refuse, take back."""

from jangkau.registry.lists.actions.planning import make_plan
from jangkau.registry.lists.actions.publishing import apply_plan, refuse_list, take_back_list
from jangkau.registry.lists.actions.reading import read_lists
from jangkau.registry.lists.actions.receiving import receive_list, receive_lists
from jangkau.registry.lists.actions.running import publish_lists, run_paths

__all__ = [
    "apply_plan",
    "make_plan",
    "publish_lists",
    "read_lists",
    "receive_list",
    "receive_lists",
    "refuse_list",
    "run_paths",
    "take_back_list",
]
