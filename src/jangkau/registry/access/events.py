"""What happened, told to whoever acts on it. A room tells its own events; web/site/wiring.py says who listens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Event = TypeVar("Event")
_listeners: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def listen(event: type[Event], act: Callable[[Event], None]) -> None:
    """From now on `act` is called with every event of this type, in the order in which listeners were named."""
    _listeners[event].append(act)


def announce(event: object) -> None:
    """Calls everybody who listens, inside the transaction of the change: when one of them fails, nothing happened."""
    for act in _listeners[type(event)]:
        act(event)
