"""From text to figures: find amounts, then say of each what it is about, whose, when and where."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sokhu.core.narrative.about import give_topics
from sokhu.core.narrative.comparisons import COMPARED, give_comparisons
from sokhu.core.narrative.confidence import Doubts, PlacesTold, Told, confidence, leaning
from sokhu.core.narrative.figure import CERTAIN, Comparison, Figure, Status
from sokhu.core.narrative.indicators import Indicators
from sokhu.core.narrative.ownership import give_ownership
from sokhu.core.narrative.passage import Passage, Spot, passage_of
from sokhu.core.narrative.periods import Periods
from sokhu.core.narrative.places import Places
from sokhu.core.narrative.scope import Scopes
from sokhu.core.narrative.sole_owner import of_lone_comparisons
from sokhu.core.narrative.status import is_target, maturity, repeats
from sokhu.core.narrative.vocabulary import Vocabulary
from sokhu.core.narrative.when import When
from sokhu.core.problems import Problem

_ZONES = ("KCN", "KKT", "KCX", "CCN")
_DONE = frozenset({"đã", "được", "hiện", "ước", "có", "còn", "so", "kết"})  # words of what is, not of what is aimed at
MAX_LENGTH = 4_000_000  # code points; a longer text is no report


def read(
    text: str, *, article: str = "", dateline: date | None = None, vocabulary: Vocabulary | None = None
) -> list[Figure]:
    """The figures of a Vietnamese report, in reading order.

    text: as extracted; offsets of the figures count its code points. article: its name, copied into the figures.
    dateline: the day of the text where it is known from elsewhere; else it is looked for in the text.
    Raises Problem("narrative.too_long", found, limit). Rules: docs/reading.md.
    """
    if len(text) > MAX_LENGTH:
        raise Problem("narrative.too_long", where=article, found=len(text), limit=MAX_LENGTH)
    words = vocabulary or Vocabulary.packaged()
    passage = passage_of(text, words, dateline)
    give_topics(passage)
    give_ownership(passage)
    hosts = give_comparisons(passage)
    of_lone_comparisons(passage, hosts)
    return _Writer(passage, hosts, article).figures()


class _Writer:
    def __init__(self, passage: Passage, hosts: dict[int, int], article: str) -> None:
        self.passage, self.hosts, self.article = passage, hosts, article
        self.periods = Periods(passage)
        self.scopes = Scopes(
            passage.source, passage.layout, Places(passage.vocabulary).find(passage.source), passage.is_heading
        )
        self.doubts = Doubts(passage, PlacesTold(self.scopes.zoned, self.scopes.several, self.scopes.faint))
        self._doubting: Any = passage.vocabulary.indicators["confidence"]
        self.told: list[Told] = []
        self.counted: list[bool] = []
        self.indicators = Indicators(passage, self.periods, self.counted)
        self.seen: set[tuple[Decimal, str, str | None, str | None, str | None]] = set()
        self._sure: dict[tuple[str, ...], float] = {}  # the confidence that each set of signs leaves

    def figures(self) -> list[Figure]:
        for spot in self.passage.spots:
            self.told.append(told := self._tell(spot))
            self.counted.append(told.asof)
        said: dict[int, Comparison] = {}
        for index, host in self.hosts.items():
            spot = self.passage.spots[index]
            if spot.indicator:
                said.setdefault(host, Comparison(spot.indicator, spot.amount.value, spot.amount.unit))
        found: list[Figure] = []
        for spot, told in zip(self.passage.spots, self.told, strict=True):
            figure = self._figure(spot, told, said.get(spot.index))
            if figure.confidence >= CERTAIN:
                on = [found[index] for index in (spot.parent, self.hosts.get(spot.index)) if index is not None]
                figure = figure._replace(confidence=leaning(self._doubting, figure, on))
            found.append(figure)
        return found

    def _tell(self, spot: Spot) -> Told:
        scope, sure = self.scopes.of(spot.sentence, spot.amount.first, spot.amount.last)
        target = is_target(self.passage, spot) or self._still_aimed(spot)
        host = self.hosts.get(spot.index)
        if host is not None and not self._own_window(spot, host):
            base = self.told[host]
            when, asof, scope = base.when, base.asof, base.scope
        else:
            self.indicators.settle(spot, target=target, zone=scope is not None and scope[:3] in _ZONES)
            asof = self.indicators.is_stock(spot)
            if spot.indicator == "plan_value":
                when = self.periods.year_of_plan(spot)
            else:
                when = self.periods.of(spot, stock=asof, target=target)
            if spot.indicator == "zone_area" and self._by_plan_alone(spot, scope):
                when, asof = When(doubt=0.15), False
        status: Status = "target" if target else repeats(self.seen, spot, scope, when.name)
        return Told(when, asof, scope, status, maturity(self.passage, spot), sure)

    def _still_aimed(self, spot: Spot) -> bool:
        """The sentence before told a plan, and this one, in its paragraph, goes on without a word of time or of having
        done: "Năm 2013, tỉnh phấn đấu thu hút 2.900 tỷ đồng. Xuất khẩu tăng 15%".
        """
        before = self.told[-1] if self.told else None
        if before is None or before.status != "target" or spot.amount.column is not None:
            return False
        there = self.passage.spots[spot.index - 1]
        first = self.passage.first_in(there.sentence)
        if there.sentence == spot.sentence:
            return not is_target(self.passage, first)  # itself carried on
        sentence, earlier = self.passage.sentence(spot), self.passage.sentence(there)
        near = spot.sentence - there.sentence == 1 and earlier.paragraph == sentence.paragraph
        told = _DONE - {"ước"} if "ước" in self.passage.words(earlier.start, earlier.end) else _DONE
        done = not told.isdisjoint(self.passage.words(sentence.start, spot.amount.first))
        timed = self.passage.times_between(sentence.start, spot.amount.first)
        return near and self.told[first.index].status == "target" and not done and not timed

    def _own_window(self, spot: Spot, host: int) -> bool:
        """Between a figure and the comparison a window of its own is named: "..., để cả năm vượt 5% kế hoạch"."""
        start = self.passage.spots[host].amount.last
        return any(t.kind == "flow" and t.name for t in self.passage.times_between(start, spot.amount.first))

    def _by_plan_alone(self, spot: Spot, scope: str | None) -> bool:
        """ "Theo quy hoạch, KKT ... có diện tích": an area with no time, unless the text goes on about the same
        place.
        """
        start = self.passage.sentence(spot).start
        opened = self.passage.words(start, start + 3) == ["theo", "quy", "hoạch"]
        elsewhere = not self.told or self.told[-1].scope != scope
        return opened and elsewhere and not self.passage.times_between(start, spot.amount.first)

    def _unit(self, spot: Spot) -> str:
        """Certificates count adjustments, or projects where they are new."""
        if spot.amount.unit != "certificates":
            return spot.amount.unit
        return "adjustments" if spot.indicator == "projects_adjusted" else "projects"

    def _confidence(self, doubts: tuple[str, ...]) -> float:
        sure = self._sure.get(doubts)
        if sure is None:
            sure = self._sure[doubts] = confidence(self._doubting, doubts)
        return sure

    def _figure(self, spot: Spot, told: Told, comparison: Comparison | None) -> Figure:
        source, amount, when = self.passage.source, spot.amount, told.when
        start, end = source.span(source.tokens[amount.first].start, source.tokens[amount.last - 1].end)
        quote = source.given[start:end]
        doubts = self.doubts.of(spot, told, hosted=amount.unit not in COMPARED or spot.index in self.hosts)
        # By place, in the order of the fields: the names of so many arguments would cost more than all else here.
        return Figure(
            self.article,
            start,
            end,
            quote,
            amount.value,
            self._unit(spot),
            spot.indicator,
            spot.ownership,  # type: ignore[arg-type]
            told.scope,
            when.name,
            told.asof,
            amount.approx,
            comparison,
            "target" if spot.indicator == "plan_value" else told.status,
            self._confidence(doubts),
            told.maturity,
            quote,  # as written
            when.window,
            None,  # country
            told.scope.split(" ")[0] if told.scope and told.scope[:3] in _ZONES else None,
            doubts,
        )
