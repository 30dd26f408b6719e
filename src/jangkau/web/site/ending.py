"""A process that serves another ends when that one is gone, also when it was killed."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

LOOK_EVERY = 1.0  # seconds


def end_with_parent(parent: int, end: Callable[[], None]) -> None:
    """From now on `end` is called, once, when `parent` is not the parent of this process any more."""

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_EVERY)
        end()

    threading.Thread(target=look, daemon=True).start()
