"""The running window a year earlier, and what a figure is set against: "(cùng kỳ là 4 dự án)", "so với năm 2022"."""

from __future__ import annotations

from sokhu.core.narrative.passage import Passage, Spot
from sokhu.core.narrative.times import Time
from sokhu.core.narrative.when import UNKNOWN, When, shifted, when_of

NEAR, FAR = 10, 24  # tokens from "cùng kỳ năm trước" to a figure outside brackets; far where it opens the sentence


def compared_with(passage: Passage, spot: Spot, base: When | None) -> When | None:
    """The figure something is compared with: "so với năm 2022 (963,2 triệu USD)", "so với 5 dự án của cùng kỳ"."""
    first, last = spot.amount.first, spot.amount.last
    before = passage.words(first - 8, first)
    if before[-1:] == ["("]:
        near = [t for t in passage.times_between(first - 8, first) if t.kind == "reference" and t.end >= first - 2]
        return _year_earlier(near[-1], base) if near else None
    after = [t for t in passage.times_between(last, last + 4) if t.kind in ("reference", "last_year", "flow")]
    against = " ".join(before[-5:])
    if (
        after
        and ("so với" in against or "từ" in before[-2:])
        and not any(word in ",;.(" for word in passage.words(last, after[0].start))
    ):
        return _year_earlier(after[0], base)
    return None


def _year_earlier(time: Time, base: When | None) -> When | None:
    if time.first is not None:
        return when_of(time, 0.05)
    if base is None or base.first is None or base.last is None:
        return None
    return shifted(base, base.first.year - int(time.name) if time.name else 1)


def last_years(passage: Passage, spot: Spot, base: When | None) -> When | None:
    """ "(cùng kỳ năm trước là 4 dự án, 512 tỷ đồng)": the running window, a year earlier."""
    start = passage.sentence(spot).start
    times = [t for t in passage.times_between(start, spot.amount.first) if t.kind == "last_year"]
    depth = passage.layout.depth
    if not times or depth[times[-1].start] > depth[spot.amount.first]:
        return None
    between = passage.words(times[-1].end, spot.amount.first)
    opens = times[-1].start - start <= 4 and "so" not in passage.words(start, times[-1].start)
    reach = FAR if opens else NEAR
    same = depth[times[-1].start] == depth[spot.amount.first]
    if (same and ";" in between) or "." in between or (depth[times[-1].start] == 0 and len(between) > reach):
        return None
    if base is None or base.first is None or base.last is None:
        return UNKNOWN
    return shifted(base, base.first.year - int(times[-1].name) if times[-1].name else 1)
