"""Words by which a sentence or a figure goes on with what was said before it."""

from __future__ import annotations

from sokhu.core.narrative.passage import Passage, Spot

_CONTINUING = (
    "trong đó",
    "trong số đó",
    "cụ thể",
    "bao gồm",
    "gồm",
    "trong số này",
    "trong số các",
    "theo đó",
    "riêng",
)


_AGAIN = frozenset({"đó", "này", "trên"})
_MONEY = frozenset({"USD", "VND"})
_ABOUT = frozenset({"hơn", "gần", "khoảng", "trên", "tương", "đương", "xấp", "xỉ"})


def opens_as_continuation(passage: Passage, sentence: int) -> bool:
    """The sentence begins with "trong đó", "cụ thể", "gồm" and the like."""
    start = passage.layout.sentences[sentence].start
    opening = passage.text(start, start + 4).lstrip("-+* ,")
    return opening.startswith(_CONTINUING)


def said_before(passage: Passage, spot: Spot) -> Spot | None:
    """ "Trong 784 dự án đó": the figure that is said again."""
    behind = passage.words(spot.amount.last, spot.amount.last + 3)
    if _AGAIN.isdisjoint(behind):
        return None
    if ("trên" in behind[:1] and "địa" in behind) or behind[:1] in ([","], [";"], ["."]):
        return None  # "trên địa bàn"; "6 dự án, trong đó ..."
    for index in range(spot.index - 1, max(-1, spot.index - 30), -1):
        earlier = passage.spots[index]
        if earlier.amount.value == spot.amount.value and earlier.amount.unit == spot.amount.unit:
            return earlier
    return None


def same_money(passage: Passage, spot: Spot) -> Spot | None:
    """ "275 triệu USD (4.000 tỷ đồng)": the money just before, told again in the other currency."""
    before = passage.spots[spot.index - 1] if spot.index and spot.amount.unit in _MONEY else None
    if before is None or {before.amount.unit, spot.amount.unit} != _MONEY:
        return None
    between = passage.words(before.amount.last, spot.amount.first)
    if between[:3] == [",", "tương", "đương"] and _ABOUT.issuperset(between[3:]):
        return before
    alone = between[:1] == ["("] and _ABOUT.issuperset(between[1:])
    return before if alone and passage.words(spot.amount.last, spot.amount.last + 1) == [")"] else None
