"""Which words of time govern a figure: those before it in its sentence, right behind it, or further on."""

from __future__ import annotations

import re

from sokhu.core.narrative.mentions import any_of
from sokhu.core.narrative.passage import Passage, Spot
from sokhu.core.narrative.times import Time

PER_YEAR = any_of("/ năm")
_PER_YEAR_THEN = any_of("/ năm ,")
_EVERY_YEAR = any_of(" hàng năm", " hằng năm", " mỗi năm")
_YEARLY = re.compile(r"(?<!\w)(?:hàng|hằng|mỗi) năm(?! \d)")
_LATER = frozenset({"hoạt", "vận", "khánh", "khởi", "hoàn"})  # "... sẽ đi vào hoạt động từ quý II": when it opens
_AHEAD = any_of("dự kiến", "phấn đấu")
BEHIND = 45  # tokens after a figure in which a word of time may still be its own


def words_before(passage: Passage, spot: Spot) -> list[Time]:
    """The words of time in front of the figure that may govern it."""
    if spot.times is None:
        spot.times = _open_before(passage, spot)
    return spot.times


def _open_before(passage: Passage, spot: Spot) -> list[Time]:
    here, layout = spot.amount.first, passage.layout
    return [
        t
        for t in passage.times_between(passage.sentence(spot).start, here)
        if t.kind != "reference" and layout.depth[t.start] <= layout.depth[here] and not layout.closed(t.start, here)
    ]


def word_after(passage: Passage, spot: Spot) -> Time | None:
    end = passage.sentence(spot).end
    for time in passage.times_between(spot.amount.last, min(spot.amount.last + 9, end)):
        between = passage.words(spot.amount.last, time.start)
        if time.kind in ("flow", "since", "goal") and not any(
            word in ",;.()" or word[:1].isdigit() or word == "so" for word in between
        ):
            return time
        return None
    return None


def word_behind(passage: Passage, spot: Spot, kinds: tuple[str, ...]) -> Time | None:
    """A word of time later in the sentence, when none stands before the figure: "... tính đến tháng 9/2019"."""
    end = min(passage.sentence(spot).end, spot.amount.last + BEHIND)
    times = [t for t in passage.times_between(spot.amount.last, end) if t.kind in kinds]
    if not times or not _LATER.isdisjoint(passage.words(times[0].start - 4, times[0].start)):
        return None
    if passage.says(_AHEAD, spot.amount.last, times[0].start):
        return None  # "17 khu đang hoạt động và dự kiến nâng lên 23 khu vào cuối năm 2020"
    closing = passage.layout.depth[times[0].start] > 0 and times[0].end + 3 >= passage.sentence(spot).end
    if ";" in passage.words(spot.amount.last, times[0].start) and not closing:
        return None
    return times[0]


def is_timed(passage: Passage, spot: Spot) -> bool:
    """Some word of time stands in the sentence or close by."""
    sentence, amount = passage.sentence(spot), spot.amount
    start, end = min(sentence.start, amount.first - 8), max(sentence.end, amount.last + 4)
    return bool(passage.times_between(start, end))


def is_yearly(passage: Passage, spot: Spot) -> bool:
    """ "mỗi năm nộp 40 tỷ đồng", "1.000 tỷ đồng/năm": of every year, so of none."""
    sentence = passage.sentence(spot)
    start, first, last = sentence.start, spot.amount.first, spot.amount.last
    if passage.says(PER_YEAR, last, last + 3) or passage.says(_PER_YEAR_THEN, start, first):
        return True
    if not passage.says(_EVERY_YEAR, start, first):
        return False
    named = [t.end for t in passage.times_between(start, first) if t.name and t.kind in ("flow", "goal")]
    return bool(_YEARLY.search(passage.text(named[-1] if named else start, first)))  # "tăng hàng năm, năm 2021 đạt"


def stands(passage: Passage, spot: Spot, *, cumulated_only: bool) -> bool:
    """The nearest word of time before the figure counts what stands ("đến nay", "tính đến", "lũy kế"), not a
    window.
    """
    governing = None
    cumulated = False
    for time in words_before(passage, spot):
        cumulated = cumulated or time.cumulated
        if time.kind in ("flow", "since"):
            governing, cumulated = time, False
        elif time.kind in ("stock", "now") and not (governing and governing.kind == "since"):
            governing = time
    if governing is None or governing.kind not in ("stock", "now"):
        return False
    return cumulated if cumulated_only else True


def until_now(passage: Passage, spot: Spot) -> bool:
    """ "đến nay" governs the figure, and no start of a window before it."""
    times = [t for t in words_before(passage, spot) if t.kind in ("now", "stock", "flow", "since")]
    return bool(times) and times[-1].kind == "now" and not any(t.kind == "since" for t in times)


def is_told(passage: Passage, spot: Spot) -> bool:
    """Some word of time governs the figure from inside its sentence."""
    return bool(words_before(passage, spot)) or word_after(passage, spot) is not None


def is_windowed(passage: Passage, spot: Spot) -> bool:
    """A word of time before the figure in its sentence names a window, and none a day of count."""
    governing = [time for time in words_before(passage, spot) if time.kind in ("flow", "since", "stock", "now")]
    if governing:
        ranged = len(governing) > 1 and governing[-2].kind == "since"
        return governing[-1].kind in ("flow", "since") or ranged
    after = word_after(passage, spot)
    return after is not None and after.kind in ("flow", "since")


def counted_above(passage: Passage, spot: Spot) -> bool:
    """The last word of time before a table's cell, as a rule in its caption, tells a day of count."""
    times = passage.times_between(max(0, spot.amount.first - 400), spot.amount.first)
    last = next((time for time in reversed(times) if time.name), None)
    return last is not None and last.kind in ("stock", "now")
