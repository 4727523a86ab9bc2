"""From text to figures: find amounts, then say of each what it is about, whose, when and where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from sokhu.core.narrative.about import give_topics, opens_as_continuation
from sokhu.core.narrative.comparisons import COMPARED, give_comparisons
from sokhu.core.narrative.confidence import Grounds, confidence, leaning, signs
from sokhu.core.narrative.figure import CERTAIN, Comparison, Figure, Maturity, Status
from sokhu.core.narrative.ownership import give_ownership
from sokhu.core.narrative.passage import Passage, Spot, passage_of
from sokhu.core.narrative.periods import Periods
from sokhu.core.narrative.places import Places
from sokhu.core.narrative.scope import Scopes
from sokhu.core.narrative.status import is_plan_value, is_target, maturity, repeats
from sokhu.core.narrative.vocabulary import Vocabulary
from sokhu.core.narrative.when import UNKNOWN, When
from sokhu.core.problems import Problem

_ZONES = ("KCN", "KKT", "KCX", "CCN")
_WHOLES = {
    "projects": "projects_valid",
    "zones": "zones_count",
    "procedures": "procedures_total",
    "ha": "industrial_land_area",
}
_LEASED = frozenset({"land_leased", "factory_leased"})
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
    return _Writer(passage, hosts, article).figures()


@dataclass(slots=True)
class _Told:
    """What was found out about one spot besides topic and ownership."""

    when: When
    asof: bool
    scope: str | None
    status: Status
    maturity: Maturity | None
    sure: float


class _Writer:
    def __init__(self, passage: Passage, hosts: dict[int, int], article: str) -> None:
        self.passage, self.hosts, self.article = passage, hosts, article
        self.periods = Periods(passage)
        self.scopes = Scopes(
            passage.source, passage.layout, Places(passage.vocabulary).find(passage.source), passage.is_heading
        )
        self._doubting: Any = passage.vocabulary.indicators["confidence"]
        self.told: list[_Told] = []
        self.seen: set[tuple[Decimal, str, str | None, str | None, str | None]] = set()

    def figures(self) -> list[Figure]:
        for spot in self.passage.spots:
            self.told.append(self._tell(spot))
        said: dict[int, Comparison] = {}
        for index, host in self.hosts.items():
            spot = self.passage.spots[index]
            if spot.indicator:
                said.setdefault(host, Comparison(spot.indicator, spot.amount.value, spot.amount.unit))
        found: list[Figure] = []
        for spot, told in zip(self.passage.spots, self.told, strict=True):
            figure = self._figure(spot, told, said.get(spot.index))
            on = [found[index] for index in (spot.parent, self.hosts.get(spot.index)) if index is not None]
            sure = leaning(self._doubting, figure, on) if figure.confidence >= CERTAIN else figure.confidence
            found.append(figure if sure == figure.confidence else replace(figure, confidence=sure))
        return found

    def _tell(self, spot: Spot) -> _Told:
        scope, sure = self.scopes.of(spot.amount.first, spot.amount.last)
        target = is_target(self.passage, spot)
        host = self.hosts.get(spot.index)
        if host is not None and not self._own_window(spot, host):
            base = self.told[host]
            when, asof, scope = base.when, base.asof, base.scope
        else:
            self._settle(spot, target=target, zone=scope is not None and scope[:3] in _ZONES)
            asof = self._is_stock(spot)
            if spot.indicator == "plan_value":
                when = self.periods.year_of_plan(spot)
            else:
                when = self.periods.of(spot, stock=asof, target=target)
            if spot.indicator == "zone_area" and self._by_plan_alone(spot, scope):
                when, asof = When(doubt=0.15), False
        status: Status = "target" if target else repeats(self.seen, spot, scope, when.name)
        return _Told(when, asof, scope, status, maturity(self.passage, spot), sure)

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

    def _settle(self, spot: Spot, *, target: bool, zone: bool) -> None:
        """The indicator of a spot from its topic, its unit, and whether it counts what stands or what came in."""
        if spot.amount.unit in COMPARED or spot.indicator == "jobs_net_change":
            return
        tables: Any = self.passage.vocabulary.indicators
        unit = spot.amount.unit
        if is_plan_value(self.passage, spot):
            spot.indicator = "plan_value"
            return
        if unit in ("enterprises", "projects", "USD", "VND") and self._changed(spot):
            spot.indicator = None
            return
        if amount_of_money(unit) and self._raised(spot):
            spot.indicator, spot.doubts["indicator"] = "capital_registered_total", 0.2
            return
        if spot.amount.role == "whole":
            spot.indicator = self._whole(spot)
            return
        indicator = self.passage.vocabulary.topics[spot.topic].indicators.get(unit) if spot.topic else None
        if indicator is None:
            standing = self.periods.standing(spot, cumulated_only=False) or (
                self.periods.counts_on(spot, near=False) and not self.periods.windowed(spot)
            )
            standing = standing or (not self.periods.windowed(spot) and (zone or self._beside_stock(spot)))
            standing = standing or (spot.amount.column is not None and self.periods.counted_above(spot))
            kind: Literal["stock", "flow"] = "stock" if standing and not target else "flow"
            indicator = tables["default"][kind].get(unit)
            spot.doubts["indicator"] = 0.25
        elif target and spot.topic == "new" and spot.parent is not None and self._to_attract(spot):
            indicator = "capital_new_and_added"  # a plan speaks of all that is to come
        elif spot.topic == "added" and amount_of_money(unit) and self._one_project(spot):
            indicator = "project_capital_added"
        elif not target:
            indicator = self._standing(spot, indicator, tables["standing"])
        spot.indicator = None if indicator == "none" else indicator

    def _whole(self, spot: Spot) -> str | None:
        """What the second number of "18/26" counts: what was planned where the text compares with a plan, else all."""
        if spot.topic == "disbursed" and amount_of_money(spot.amount.unit):
            return "capital_registered_total"
        ahead = " ".join(self.passage.words(self.passage.sentence(spot).start, spot.amount.first))
        if amount_of_money(spot.amount.unit) or (spot.amount.unit == "projects" and "kế hoạch" in ahead):
            return "plan_value"
        return _WHOLES.get(spot.amount.unit)

    def _raised(self, spot: Spot) -> bool:
        """ "tăng vốn ... từ 230 triệu USD lên 350 triệu USD": what was registered before, and after."""
        before, after = (
            self.passage.words(spot.amount.first - 1, spot.amount.first),
            self.passage.words(spot.amount.last, spot.amount.last + 1),
        )
        earlier = self.passage.spots[spot.index - 1] if spot.index else None
        second = before == ["lên"] and earlier is not None and earlier.amount.last == spot.amount.first - 1
        first = before == ["từ"] and after == ["lên"]
        return spot.topic in ("added", "adjusted") and (
            first or (second and earlier is not None and earlier.indicator == "capital_registered_total")
        )

    def _changed(self, spot: Spot) -> bool:
        """ "tăng 22 doanh nghiệp so với cùng kỳ": a change that no indicator counts."""
        before = self.passage.words(spot.amount.first - 2, spot.amount.first)
        if before and before[-1] in ("gần", "hơn", "khoảng", "trên"):
            before.pop()
        if before[-1:] not in (["tăng"], ["giảm"]):
            return False
        after = self.passage.words(spot.amount.last, min(spot.amount.last + 12, self.passage.sentence(spot).end))
        return "so" in after[:3] or (spot.amount.unit == "projects" and "so" in after)

    def _standing(self, spot: Spot, indicator: str, table: dict[str, str]) -> str:
        """The stock in place of the flow where the time says that all that stands is counted; and the other way
        round.
        """
        if spot.topic == "operating" and indicator == "projects_operating":
            return self._starting(spot)
        if indicator not in table:
            return indicator
        parent = self.passage.spots[spot.parent] if spot.parent is not None else None
        if parent is not None and parent.topic == spot.topic:
            spot.converted = parent.converted
        elif spot.topic == "jobs_created":
            words = self.passage.text(spot.left, spot.right)
            spot.converted = (
                "mới" not in words
                and "thêm" not in words
                and not self.periods.windowed(spot)
                and self._among_stocks(spot)
            )
        elif spot.topic == "new" and self._issued_so_far(spot):
            spot.converted = True
        else:
            firm = spot.topic == "attracted"
            standing = self.periods.standing(spot, cumulated_only=not firm)
            done = bool({"đã", "được"} & set(self.passage.words(spot.left, spot.amount.first)))
            idle = firm and self.periods.counts_on(spot, near=not done) and not self.periods.told(spot)
            window = self.periods.told(spot) or self.periods.flow or self.periods.home
            timeless = firm and "đã" in self.passage.words(spot.left, spot.amount.first) and not window
            grown = spot.topic == "attracted" and (self._more(spot) or self._grown(spot) or self._of_new_and_more(spot))
            spot.converted = not grown and (standing or idle or timeless or self._of_all_that_stand(spot))
        return table[indicator] if spot.converted else indicator

    def _grown(self, spot: Spot) -> bool:
        """What is set against the same time last year came in since New Year: "đã thu hút 3,2 tỷ USD, gấp 3 lần so
        với cùng kỳ".
        """
        after = self.passage.words(spot.amount.last, min(spot.amount.last + 16, self.passage.sentence(spot).end))
        told = " ".join(after)
        return "cùng kỳ" in told or "kế hoạch" in told

    def _more(self, spot: Spot) -> bool:
        """ "đã thu hút thêm 5 dự án": what came on top is of a window."""
        return "thêm" in self.passage.words(spot.amount.first - 3, spot.amount.first)

    def _of_new_and_more(self, spot: Spot) -> bool:
        """ "Tính đến 31/5, thành phố thu hút 890 triệu USD. Trong đó, cấp mới ...; tăng vốn ...": parts of a window."""
        parts = self.passage.spots[spot.index + 1 : spot.index + 7]
        parts = [part for part in parts if part.sentence == spot.sentence + 1]
        topics = {part.topic for part in parts}
        split = "new" in topics and bool(topics & {"added", "adjusted"})
        return split and opens_as_continuation(self.passage, spot.sentence + 1)

    def _of_all_that_stand(self, spot: Spot) -> bool:
        """ "có 300 dự án còn hiệu lực, vốn cấp mới và điều chỉnh 4 tỷ USD": the money of a standing count."""
        licensed = spot.topic == "new" and "mới" not in self.passage.words(spot.left, spot.amount.first)
        if not (licensed or spot.topic == "new_and_added") or not amount_of_money(spot.amount.unit):
            return False
        for before in reversed(self.passage.spots[max(0, spot.index - 4) : spot.index]):
            if before.sentence != spot.sentence or amount_of_money(before.amount.unit):
                return False
            if before.depth <= spot.depth:
                near = ";" not in self.passage.words(before.amount.last, spot.amount.first)
                return before.indicator == "projects_valid" and near and not self.periods.windowed(spot)
        return False

    def _to_attract(self, spot: Spot) -> bool:
        """ "phấn đấu thu hút 25 dự án mới, vốn 300 triệu USD": the money of a plan is of all that is to come."""
        words = self.passage.words(self.passage.sentence(spot).start, spot.amount.first)
        return amount_of_money(spot.amount.unit) and "hút" in words

    def _one_project(self, spot: Spot) -> bool:
        """One named project or company adds capital, and no count of projects stands before it in the sentence."""
        before = self.passage.spots[spot.index - 1] if spot.index else None
        if (
            before is not None
            and before.sentence == spot.sentence
            and before.amount.unit in ("projects", "adjustments", "certificates")
        ):
            return False
        words = self.passage.text(spot.left, spot.amount.first)
        return any(
            name in words
            for name in (
                "công ty",
                "tập đoàn",
                "dự án sản xuất",
                "dự án nhà máy",
                "dự án của",
                "nhà máy",
                "dự án đầu tư",
            )
        )

    def _issued_so_far(self, spot: Spot) -> bool:
        """ "Đến nay đã cấp giấy chứng nhận cho 2.050 dự án": all that stand, unless the text says new ones."""
        words = self.passage.words(spot.left, spot.right)
        if spot.amount.unit not in ("projects", "certificates") or "mới" in words or self.periods.windowed(spot):
            return False
        before = self.passage.spots[spot.index - 1] if spot.index else None
        if (
            opens_as_continuation(self.passage, spot.sentence)
            and before is not None
            and before.sentence == spot.sentence - 1
        ):
            return before.indicator in self.passage.vocabulary.stocks and not self.periods.told(spot)
        return self.periods.until_now(spot)

    def _beside_stock(self, spot: Spot) -> bool:
        before = self.passage.spots[spot.index - 1] if spot.index else None
        return before is not None and before.sentence == spot.sentence and self.told[before.index].asof

    def _among_stocks(self, spot: Spot) -> bool:
        if self.periods.standing(spot, cumulated_only=False):
            return True
        before = self.passage.spots[spot.index - 1] if spot.index else None
        near = (
            before is not None
            and before.sentence == spot.sentence
            and before.indicator in self.passage.vocabulary.stocks
        )
        return near or (self.periods.counts_on(spot, near=False) and not self.periods.windowed(spot))

    def _starting(self, spot: Spot) -> str:
        """ "đi vào hoạt động" in a window, without "đã" or "đang", is what began then."""
        words = self.passage.words(spot.left, spot.right)
        plain = "đã" not in words and "đang" not in words and "đi" in words
        if "thêm" in self.passage.words(spot.amount.first - 1, spot.amount.first):
            return "projects_started_operation"
        return "projects_started_operation" if plain and self.periods.windowed(spot) else "projects_operating"

    def _is_stock(self, spot: Spot) -> bool:
        """Counted on a day. Disbursed capital is both: cumulated beside stocks, else of a window."""
        stocks = self.passage.vocabulary.stocks
        if spot.indicator in _LEASED and self._newly_leased(spot):
            return False
        if spot.indicator in stocks or spot.amount.unit in ("households", "provinces"):
            return True
        if spot.indicator in ("capital_disbursed", "disbursement_rate"):
            if self.periods.standing(spot, cumulated_only=False):
                return True
            return not self.periods.windowed(spot) and (self._after_stock(spot) or self._among_totals(spot))
        if spot.indicator in ("share", "growth_rate", "yoy_ratio", "jobs_net_change"):
            return not self.periods.windowed(spot) and (
                self.periods.standing(spot, cumulated_only=False) or self._after_stock(spot)
            )
        return False

    def _newly_leased(self, spot: Spot) -> bool:
        """ "Trong 6 tháng, diện tích cho thuê tăng thêm 38 ha": what was let in the window, not what stands let."""
        words = self.passage.words(self.passage.sentence(spot).start, spot.amount.last)
        if {"đã", "lũy", "tổng", "hiện"} & set(words):
            return False
        return self.periods.windowed(spot) or "thêm" in words[-8:]

    def _among_totals(self, spot: Spot) -> bool:
        """Money paid in after a sentence, in the same paragraph, that counted what stands; no time of its own."""
        before = self.passage.spots[spot.index - 1] if spot.index else None
        if before is None or self.periods.told(spot) or before.sentence < spot.sentence - 1:
            return False
        paragraph = self.passage.layout.sentences[before.sentence].paragraph
        return paragraph == self.passage.sentence(spot).paragraph and self.told[before.index].asof

    def _after_stock(self, spot: Spot) -> bool:
        if not spot.index:
            return False
        before = self.passage.spots[spot.index - 1]
        return (
            before.sentence >= spot.sentence - (spot.indicator in ("share", "jobs_net_change"))
            and self.told[spot.index - 1].asof
        )

    def _unit(self, spot: Spot) -> str:
        """Certificates count adjustments, or projects where they are new."""
        if spot.amount.unit != "certificates":
            return spot.amount.unit
        return "adjustments" if spot.indicator == "projects_adjusted" else "projects"

    def _figure(self, spot: Spot, told: _Told, comparison: Comparison | None) -> Figure:
        source, amount = self.passage.source, spot.amount
        start, end = source.span(source.tokens[amount.first].start, source.tokens[amount.last - 1].end)
        when = told.when if told.when is not UNKNOWN else When()
        quote = source.given[start:end]
        zoned, several = self.scopes.zoned, self.scopes.several
        grounds = Grounds(told.when, told.asof, told.scope, told.sure, told.status == "target", zoned, several)
        doubts = signs(self.passage, spot, grounds)
        return Figure(
            article=self.article,
            start=start,
            end=end,
            quote=quote,
            value=amount.value,
            unit=self._unit(spot),
            indicator=spot.indicator,
            ownership=spot.ownership,  # type: ignore[arg-type]
            scope=told.scope,
            period=when.name,
            asof=told.asof,
            approx=amount.approx,
            comparison=comparison,
            status="target" if spot.indicator == "plan_value" else told.status,
            confidence=confidence(self._doubting, doubts),
            doubts=tuple(doubts),
            maturity=told.maturity,
            as_written=quote,
            window=when.window,
            zone_kind=told.scope.split(" ")[0] if told.scope and told.scope[:3] in _ZONES else None,
        )


def amount_of_money(unit: str) -> bool:
    return unit in ("USD", "VND")
