"""What a step tells `python -m bench`: one line of JSON with its time, its floor and the peak memory of its process."""

from __future__ import annotations

import json
import resource

Outcome = tuple[float, str, float, str]  # seconds, floor in words, its seconds, amount


def tell(outcome: Outcome) -> None:
    seconds, floor, floor_seconds, amount = outcome
    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(
        json.dumps(
            {
                "seconds": round(seconds, 6),
                "floor": floor,
                "floor_seconds": round(floor_seconds, 6),
                "amount": amount,
                "peak_mb": max(own, children) // 1024,
            }
        )
    )
