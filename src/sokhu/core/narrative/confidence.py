"""How sure a reading is: near one when every property was said beside the figure, less with each one inherited."""

from __future__ import annotations

from sokhu.core.narrative.passage import Spot


def confidence(spot: Spot, period_doubt: float, scope_sure: float) -> float:
    """0 to 1. Doubts of value, topic, ownership, period and scope multiply."""
    sure = scope_sure * (1 - spot.amount.doubt) * (1 - period_doubt)
    for doubt in spot.doubts.values():
        sure *= 1 - doubt
    return round(sure if spot.indicator else sure * 0.6, 4)
