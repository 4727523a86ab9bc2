"""The word of time in the lines above a table: "CÁC KCN TỈNH ... (đến 15/12/2017)"."""

from __future__ import annotations

from sokhu.core.narrative.passage import Passage, Spot
from sokhu.core.narrative.times import Time


class Captions:
    """Answers, cell by cell in reading order, which word of time stands above the running table."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.captioned: Time | None = None

    def above(self, spot: Spot) -> Time | None:
        """The last word of time in the lines above the table: "CÁC KCN TỈNH ... (đến 15/12/2017)"."""
        earlier = self.passage.spots[spot.index - 1] if spot.index else None
        if earlier is not None and earlier.amount.column is not None and earlier.sentence == spot.sentence:
            return self.captioned
        last = max(earlier.sentence if earlier is not None else -1, spot.sentence - 8)
        head = self.passage.layout.sentence_of(spot.amount.header[0]) if spot.amount.header else -1
        if earlier is None or earlier.amount.column is None:
            self.captioned = None
        for index in range(last + 1, spot.sentence):
            lines = self.passage.layout.sentences[index]
            for time in self.passage.times_between(lines.start, lines.end) if index != head else []:
                if time.kind in ("stock", "flow") and time.name and time.first:
                    self.captioned = time
        return self.captioned
