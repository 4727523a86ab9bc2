"""The window a whole text reports on."""

from __future__ import annotations

from sokhu.core.narrative.mentions import any_of
from sokhu.core.narrative.passage import Passage
from sokhu.core.narrative.ranges import Told, ranged
from sokhu.core.narrative.when import When, when_of

_ELSEWHEN = any_of(" dự kiến hoàn thành", " dự kiến đưa vào", " dự kiến đi vào", " trước đó ,")
OPEN = 0.2  # the doubt of a window of which only the start is told


def home_window(passage: Passage) -> When | None:
    """The window the whole text reports on: the first one named near its beginning that is no plan's."""
    first = None
    limit = passage.source.token_at(2200)
    candidates = [t for t in passage.times if t.start <= limit and t.kind in ("flow", "since") and t.name and t.first]
    for time in candidates:
        before = passage.text(max(0, time.start - 7), time.start)
        if any(
            word in before
            for word in (
                "nhiệm vụ",
                "phương hướng",
                "triển khai kế hoạch",
                "đến",
                "chủ đề",
                "dự kiến",
                "phấn đấu",
                "mục tiêu",
                "giai đoạn",
                "chỉ thị",
                "luật",
            )
        ):
            continue
        if time.name and ".." in time.name and time.name.count("-") == 0:
            continue
        if passage.says(_ELSEWHEN, passage.layout.sentences[passage.layout.sentence_of(time.start)].start, time.start):
            continue  # "dự kiến đi vào hoạt động từ quý II/2025", "Trước đó, năm 2018, công ty ..."
        if passage.words(time.start, time.end)[1:2] in (["ngoái"], ["trước"]):
            continue
        found = when_of(time) if time.kind == "flow" else ranged(passage, time, None, Told(None, None, None))
        if found is None or found.name is None:
            continue
        if time.kind == "since" and found.doubt >= OPEN:
            first = first or found  # "từ đầu năm đến nay" of a text without a day ends where a later window does
            continue
        return found
    return first
