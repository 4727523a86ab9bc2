"""Topics that a row of figures has together: in turn, said at its end, or new because its neighbour is changed."""

from __future__ import annotations

from itertools import pairwise, zip_longest

from sokhu.core.narrative.mentions import any_of
from sokhu.core.narrative.passage import Passage, Spot

_COME_SO_FAR = frozenset({"new", "established", "operating", "construction", "delayed", "not_started"})
_THERE_ARE = frozenset({"hiện có", "đã có", "đang có"})
_EACH = any_of("lần lượt", "tương ứng")


def of_rows(passage: Passage) -> None:
    """Set the topics that only the figures of one sentence together tell, once each has what its own words say."""
    _in_turn(passage)
    _said_at_the_end(passage)
    _new_beside_adjusted(passage)
    _of_both_kinds(passage)


def _of_both_kinds(passage: Passage) -> None:
    """ "316 khu công nghiệp và 16 khu kinh tế đã được thành lập", "47 dự án FDI và 12 dự án trong nước đang hoạt động":
    what stands behind the second is said of both.
    """
    for one, other in pairwise(passage.spots):
        alike = one.amount.unit == other.amount.unit and one.amount.unit in ("zones", "projects")
        if alike and _joined(passage, one, other) and _left_open(passage, one) and _said_behind(passage, other):
            one.topic, one.doubts["topic"] = other.topic, 0.12


def _joined(passage: Passage, one: Spot, other: Spot) -> bool:
    return passage.words(one.right, other.amount.first) == ["và"]


def _left_open(passage: Passage, spot: Spot) -> bool:
    """The words around the figure say no more than that there are so many."""
    cues = passage.topics.within(spot.left, spot.right)
    bare = all(passage.text(cue.start, cue.end) in _THERE_ARE for cue in cues if "valid" in cue.meanings)
    return spot.topic is None or (spot.topic == "valid" and bare and spot.parent is None)


def _said_behind(passage: Passage, spot: Spot) -> bool:
    """The words behind the figure say how far its project or zone has come."""
    cues = passage.topics.within(spot.amount.last, spot.right)
    return spot.topic in _COME_SO_FAR and any(spot.topic in cue.meanings for cue in cues)


def _new_beside_adjusted(passage: Passage) -> None:
    """ "thu hút 35 dự án, điều chỉnh tăng vốn cho 18 dự án": what was attracted, with the increases apart, is new."""
    for spot in passage.spots:
        if spot.topic not in ("added", "adjusted") or spot.amount.unit not in ("projects", "adjustments"):
            continue
        for earlier in reversed(passage.spots[max(0, spot.index - 8) : spot.index]):
            if earlier.sentence != spot.sentence or earlier.topic == "new":
                break  # "24 dự án, trong đó 14 dự án cấp mới, 10 dự án điều chỉnh": new ones have their own count
            if earlier.topic == "attracted" and earlier.amount.unit == "projects" and earlier.depth >= spot.depth:
                earlier.topic, earlier.doubts["topic"] = "new", 0.12


def _said_at_the_end(passage: Passage) -> None:
    """ "22 dự án trong nước vốn A, 18 dự án FDI vốn B được cấp mới": the predicate holds for the whole list."""
    for last, after in zip_longest(passage.spots, passage.spots[1:]):
        if last.amount.unit not in ("USD", "VND") or (after is not None and after.sentence == last.sentence):
            continue
        if passage.words(last.amount.last, last.amount.last + 1) != ["được"]:
            continue
        end = min(passage.sentence(last).end, last.amount.last + 6)
        named = [cue.meanings[0] for cue in passage.topics.within(last.amount.last, end)]
        topic = next((name for name in named if name in ("new", "added", "adjusted")), None)
        for spot in reversed(passage.spots[: last.index + 1]) if topic else ():
            if spot.sentence != last.sentence:
                break
            spot.topic, spot.parent = topic, None


def _in_turn(passage: Passage) -> None:
    """ "xuất khẩu, nhập khẩu và nộp ngân sách lần lượt đạt A, B và C": as many topics in the label as figures after
    it.
    """
    if not passage.mentions(_EACH).found:
        return
    for spot in passage.spots:
        if not passage.says(_EACH, max(spot.left, spot.amount.first - 8), spot.amount.first):
            continue
        topics = passage.vocabulary.topics
        unit = spot.amount.unit
        named = [
            cue.meanings[0]
            for cue in passage.topics.within(spot.left, spot.amount.first)
            if unit in topics[cue.meanings[0]].indicators
        ]
        row = passage.spots[spot.index : spot.index + len(named)]
        if len(named) < 2 or len(row) < len(named) or any(each.sentence != spot.sentence for each in row):
            continue
        if len(set(named)) == len(named):
            for each, topic in zip(row, named, strict=True):
                each.topic = topic
