"""How sure a reading is: near one when every property was said beside the figure, less with each one inherited.

The factors were set on labelled texts so that CERTAIN keeps what is right in every step (counts: docs/reading.md).
"""

from __future__ import annotations

from sokhu.core.narrative.passage import Passage, Spot


def confidence(passage: Passage, spot: Spot, *, period_doubt: float, scope_sure: float, target: bool) -> float:
    """0 to 1. Doubts of value, topic, ownership, period and scope multiply."""
    sure = scope_sure * (1 - spot.amount.doubt) * (1 - period_doubt)
    for doubt in spot.doubts.values():
        sure *= 1 - doubt
    if spot.indicator is None:
        sure *= 0.6
    elif spot.indicator not in passage.vocabulary.indicators["confidence"]["plain"]:
        sure *= 0.93
    if target:
        sure *= 0.92
    if spot.amount.role or spot.amount.bare or spot.amount.column is not None:
        sure *= 0.94
    if spot.topic == "adjusted" and spot.amount.unit in ("USD", "VND"):
        sure *= 0.9  # "điều chỉnh" may also leave the capital as it was
    if _of_one_enterprise(passage, spot):
        sure *= 0.9
    if scope_sure < 0.6 or _owner_nearby(passage, spot):
        sure *= 0.92
    return round(sure, 4)


def _of_one_enterprise(passage: Passage, spot: Spot) -> bool:
    """The label names one company or project: the figure is not the zone's or the province's."""
    label = " ".join(passage.words(spot.left, spot.amount.first))
    return any(words in label for words in ("công ty", "tập đoàn", "dự án này", "nhà máy", "điển hình", "tiêu biểu"))


def _owner_nearby(passage: Passage, spot: Spot) -> bool:
    """No owner is given to the figure although its sentence, or the one before, speaks of one: it may have been
    missed.
    """
    owned = passage.vocabulary.indicators["confidence"]["owned"]
    if spot.ownership is not None or spot.owner_said or spot.indicator not in owned:
        return False
    start = passage.layout.sentences[max(0, spot.sentence - 1)].start
    end = min(passage.sentence(spot).end, spot.amount.last + 40)
    return any(cue.meanings[0] != "none" for cue in passage.cues(passage.owners, start, end))
