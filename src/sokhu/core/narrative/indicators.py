"""Which indicator a figure is of: from its topic, its unit, and whether it counts what stands or what came in."""

from __future__ import annotations

from typing import Any, Literal

from sokhu.core.narrative.comparisons import COMPARED
from sokhu.core.narrative.continuing import opens_as_continuation, same_money
from sokhu.core.narrative.governing import counted_above, is_told, is_windowed, stands, until_now
from sokhu.core.narrative.passage import Passage, Spot, named_project
from sokhu.core.narrative.periods import Periods
from sokhu.core.narrative.status import is_plan_value

_WHOLES = {
    "projects": "projects_valid",
    "zones": "zones_count",
    "procedures": "procedures_total",
    "ha": "industrial_land_area",
}
_OFTEN_COMPARED = frozenset({"enterprises", "projects", "USD", "VND", "VND/person/month"})
_SUMS = (None, "attracted", "new_and_added")
_SEVERAL = ("một số dự án", "nhiều dự án", "các dự án", "những dự án", "có dự án")
_OF_THE_YEAR = ("cả năm", "trong năm", "từ đầu năm", "năm nay")
_EXAMPLES = ("điển hình", "nổi bật", "tiêu biểu", "đáng chú ý")
_SUCH_AS = ("như :", "như dự án", "kể đến", "trọng điểm :", "gồm :", *_EXAMPLES)
_LEASED = frozenset({"land_leased", "factory_leased"})


class Indicators:
    """Settles, figure by figure in reading order, what each is of.

    counted: by figure settled so far, whether it is counted on a day; whoever asks keeps it.
    """

    def __init__(self, passage: Passage, periods: Periods, counted: list[bool]) -> None:
        self.passage, self.periods, self.counted = passage, periods, counted

    def settle(self, spot: Spot, *, target: bool, zone: bool) -> None:
        """The indicator of a spot from its topic, its unit, and whether it counts what stands or what came in."""
        if spot.amount.unit in COMPARED or spot.indicator == "jobs_net_change":
            return
        tables: Any = self.passage.vocabulary.indicators
        unit = spot.amount.unit
        if (twin := same_money(self.passage, spot)) is not None and twin.indicator is not None:
            spot.indicator, spot.converted = twin.indicator, twin.converted
            return
        if is_plan_value(self.passage, spot):
            spot.indicator = "plan_value"
            return
        if unit in _OFTEN_COMPARED and self._changed(spot):
            spot.indicator = None
            return
        if amount_of_money(unit) and self._raised(spot):
            spot.indicator, spot.doubts["indicator"] = "capital_registered_total", 0.2
            return
        if amount_of_money(unit) and spot.topic in _SUMS and self._one_of_list(spot) and self._listed(spot):
            spot.indicator = "capital_new"
            return
        if spot.amount.role == "whole":
            spot.indicator = self._whole(spot)
            return
        indicator = self.passage.vocabulary.topics[spot.topic].indicators.get(unit) if spot.topic else None
        if indicator is None:
            standing = self.periods.timeless or stands(self.passage, spot, cumulated_only=False)
            standing = standing or (self.periods.counts_on(spot, near=False) and not is_windowed(self.passage, spot))
            standing = standing or (not is_windowed(self.passage, spot) and (zone or self._beside_stock(spot)))
            standing = standing or (spot.amount.column is not None and counted_above(self.passage, spot))
            standing = standing or self._more_than_came(spot)
            grown = amount_of_money(unit) and self._grown(spot) and not stands(self.passage, spot, cumulated_only=True)
            standing = standing and not (grown and not self._beside_stock(spot) and spot.amount.column is None)
            kind: Literal["stock", "flow"] = "stock" if standing and not target else "flow"
            indicator = tables["default"][kind].get(unit)
            if unit == "workers" and self._more(spot):
                indicator = "jobs_created"  # "đã thu hút thêm 20.000 lao động"
            if (
                amount_of_money(unit)
                and (kind == "flow" or self._licensing(spot) or self._listed(spot))
                and self._one_project(spot)
            ):
                indicator = "capital_new"  # what one project brings is no sum
            spot.doubts["indicator"] = 0.25
        elif target and spot.topic == "new" and spot.parent is not None and self._to_attract(spot):
            indicator = "capital_new_and_added"  # a plan speaks of all that is to come
        elif spot.topic == "added" and amount_of_money(unit) and self._one_project(spot):
            indicator = "project_capital_added"
        elif spot.topic == "valid" and (self._had_in_window(spot) or self._raised_in_window(spot)):
            indicator = tables["default"]["flow"][unit]
        elif spot.topic == "operating" and indicator == "projects_operating":
            indicator = self._starting(spot)
        elif not target:
            indicator = self._standing(spot, indicator, tables["standing"])
        spot.indicator = None if indicator == "none" else indicator

    def _more_than_came(self, spot: Spot) -> bool:
        """117 projects, where 14 new ones were told before of the window: more than came in can only stand."""
        if spot.amount.unit != "projects" or spot.topic is not None or is_told(self.passage, spot):
            return False
        came = [
            earlier.amount.value
            for earlier in self.passage.spots[max(0, spot.index - 24) : spot.index]
            if earlier.indicator in ("projects_new", "projects_attracted") and earlier.ownership == spot.ownership
        ]
        return bool(came) and spot.amount.value > sum(came)

    def _whole(self, spot: Spot) -> str | None:
        """What the second number of "18/26" counts: what was planned where the text compares with a plan, else all."""
        if spot.topic == "disbursed" and amount_of_money(spot.amount.unit):
            return "capital_registered_total"
        if spot.topic == "new" and spot.amount.unit == "projects":
            return "projects_new"  # "66/98 dự án cấp mới"
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
        """ "tăng 22 doanh nghiệp so với cùng kỳ", "cao hơn 0,6 triệu đồng so với": a change no indicator counts."""
        before = self.passage.words(spot.amount.first - 2, spot.amount.first)
        more = before[-1:] == ["hơn"] and before[0] in ("cao", "thấp", "nhiều", "ít")
        if before and before[-1] in ("gần", "hơn", "khoảng", "trên"):
            before.pop()
        if not more and before[-1:] not in (["tăng"], ["giảm"]):
            return False
        after = self.passage.words(spot.amount.last, min(spot.amount.last + 12, self.passage.sentence(spot).end))
        return "so" in after[:3] or (spot.amount.unit == "projects" and "so" in after)

    def _standing(self, spot: Spot, indicator: str, table: dict[str, str]) -> str:
        """The stock in place of the flow where the time says that all that stands is counted; and the other way
        round.
        """
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
                and not is_windowed(self.passage, spot)
                and self._among_stocks(spot)
            )
        elif spot.topic == "new" and self._issued_so_far(spot):
            spot.converted = True
        else:
            firm = spot.topic == "attracted"
            standing = stands(self.passage, spot, cumulated_only=not firm)
            done = bool({"đã", "được"} & set(self.passage.words(spot.left, spot.amount.first)))
            idle = firm and self.periods.counts_on(spot, near=not done) and not is_told(self.passage, spot)
            window = is_told(self.passage, spot) or self.periods.flow or self.periods.reported_before(spot)
            already = "đã" in self.passage.words(spot.left, spot.amount.first)
            timeless = firm and not window and (already or self.periods.timeless)
            grown = spot.topic == "attracted" and (
                self._more(spot) or self._grown(spot) or self._of_new_and_more(spot) or self._after_new_and_more(spot)
            )
            whole = firm and not window and self._of_standing_parts(spot)
            spot.converted = not grown and (standing or idle or timeless or whole or self._of_all_that_stand(spot))
        return table[indicator] if spot.converted else indicator

    def _had_in_window(self, spot: Spot) -> bool:
        """ "Sáu tháng đầu năm, đã có 7 dự án đăng ký": a window and "đã có" alone count what came in."""
        words = self.passage.words(spot.amount.first - 2, spot.amount.first)
        cues = self.passage.topics.within(spot.left, spot.right)
        alone = all(
            "valid" not in cue.meanings or self.passage.words(cue.start, cue.end) == ["đã", "có"] for cue in cues
        )
        return spot.amount.unit == "projects" and words == ["đã", "có"] and alone and is_windowed(self.passage, spot)

    def _raised_in_window(self, spot: Spot) -> bool:
        """ "nâng tổng vốn FDI cả năm lên 520 triệu USD": the sum of the window, not of all that stands."""
        label = self.passage.text(spot.left, spot.amount.first)
        raised = label[max(label.rfind("nâng"), label.rfind("đưa"), 0) :]
        return raised.startswith(("nâng", "đưa")) and any(window in raised for window in _OF_THE_YEAR)

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
        after = self.passage.spots[spot.index + 1 : spot.index + 7]
        here = [part for part in after if part.sentence == spot.sentence]
        if here and "trong đó" in (between := self.passage.text(spot.amount.last, here[0].amount.first)):
            new = amount_of_money(spot.amount.unit) and {part.topic for part in here} == {"new"}
            return self._split(here) or (new and "dự án" not in between)
        there = [part for part in after if part.sentence == spot.sentence + 1]
        return self._split(there) and opens_as_continuation(self.passage, spot.sentence + 1)

    def _after_new_and_more(self, spot: Spot) -> bool:
        """ "đến nay thu hút 7 dự án cấp mới ...; 2 dự án tăng vốn ...; tổng vốn thu hút đạt ...": the sum of both."""
        before = self.passage.spots[max(0, spot.index - 6) : spot.index]
        here = [part for part in before if part.sentence == spot.sentence and not part.converted]
        return amount_of_money(spot.amount.unit) and self._split(here)

    def _split(self, parts: list[Spot]) -> bool:
        topics = {part.topic for part in parts}
        return "new" in topics and bool(topics & {"added", "adjusted"})

    def _of_standing_parts(self, spot: Spot) -> bool:
        """ "thu hút được 54 dự án, trong đó 38 dự án đã đi vào hoạt động": what has parts that stand, stands."""
        after = self.passage.spots[spot.index + 1 : spot.index + 2]
        if not after or spot.amount.unit != "projects" or after[0].topic not in ("operating", "construction", "valid"):
            return False
        words = self.passage.text(spot.amount.last, after[0].amount.first)
        return "trong đó" in words and after[0].sentence - spot.sentence <= 1

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
                return before.indicator == "projects_valid" and near and not is_windowed(self.passage, spot)
        return False

    def _to_attract(self, spot: Spot) -> bool:
        """ "phấn đấu thu hút 25 dự án mới, vốn 300 triệu USD": the money of a plan is of all that is to come."""
        words = self.passage.words(self.passage.sentence(spot).start, spot.amount.first)
        return amount_of_money(spot.amount.unit) and "hút" in words

    def _one_project(self, spot: Spot) -> bool:
        """One named project or company adds capital, and no count of projects stands before it in the sentence."""
        if named_project(self.passage, spot):
            return True
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
                "dự án có vốn",
                "dự án có tổng vốn",
            )
        )

    def _licensing(self, spot: Spot) -> bool:
        """The sentences just before told of certificates given: "trao giấy chứng nhận cho 5 dự án ... Dự án A, vốn"."""
        start = self.passage.sentence(spot).start
        if not self.passage.text(start, start + 4).startswith(("theo đó", "cụ thể", "dự án", "trong đó")):
            return False
        before = self.passage.spots[max(0, spot.index - 5) : spot.index]
        near = [earlier for earlier in before if spot.sentence - earlier.sentence <= 3]
        return any(earlier.indicator in ("projects_new", "capital_new") for earlier in near)

    def _listed(self, spot: Spot) -> bool:
        """A list of single projects: "Một số dự án nổi bật như: Nhà máy A với tổng vốn ...; Nhà máy B ..."."""
        start = self.passage.sentence(spot).start
        opening = self.passage.text(start, min(start + 30, spot.amount.first))
        if opening.startswith(_EXAMPLES) and "dự án" in opening:
            return True  # "Tiêu biểu như dự án A có tổng vốn ..."
        if opening.startswith(("thứ nhất là dự án", "thứ hai là dự án", "thứ ba là dự án")):
            return True
        return any(said in opening for said in _SEVERAL) and any(said in opening for said in _SUCH_AS)

    def _one_of_list(self, spot: Spot) -> bool:
        """The money in brackets behind one project's name: "dự án Trang trại A (320 tỷ đồng)"."""
        label = self.passage.text(spot.left, spot.amount.first)
        return "dự án" in label and label.endswith("(")

    def _issued_so_far(self, spot: Spot) -> bool:
        """ "Đến nay đã cấp giấy chứng nhận cho 2.050 dự án": all that stand, unless the text says new ones."""
        words = self.passage.words(spot.left, spot.right)
        if spot.amount.unit not in ("projects", "certificates") or "mới" in words or is_windowed(self.passage, spot):
            return False
        before = self.passage.spots[spot.index - 1] if spot.index else None
        if (
            opens_as_continuation(self.passage, spot.sentence)
            and before is not None
            and before.sentence == spot.sentence - 1
        ):
            return before.indicator in self.passage.vocabulary.stocks and not is_told(self.passage, spot)
        return until_now(self.passage, spot)

    def _beside_stock(self, spot: Spot) -> bool:
        before = self.passage.spots[spot.index - 1] if spot.index else None
        if before is not None and before.amount.unit == "countries" and before.index:
            earlier = self.passage.spots[before.index - 1]  # "với 1.548 dự án từ 42 quốc gia, tổng vốn ..."
            before = earlier if earlier.sentence == spot.sentence and earlier.amount.unit == "projects" else before
        if before is None or before.amount.unit == "countries":
            return False  # "Trong 103 quốc gia đầu tư, ... dẫn đầu với 5,6 tỷ USD": of the window that runs
        return before.sentence == spot.sentence and self.counted[before.index]

    def _among_stocks(self, spot: Spot) -> bool:
        if stands(self.passage, spot, cumulated_only=False):
            return True
        before = self.passage.spots[spot.index - 1] if spot.index else None
        near = (
            before is not None
            and before.sentence == spot.sentence
            and before.indicator in self.passage.vocabulary.stocks
        )
        sentence = self.passage.sentence(spot)
        above = before is not None and before.sentence == spot.sentence - 1 and self.counted[before.index]
        same = before is not None and self.passage.sentence(before).paragraph == sentence.paragraph
        done = "đã" in self.passage.words(sentence.start, spot.amount.first)
        carried = self.periods.counts_on(spot, near=False) and not is_windowed(self.passage, spot)
        return near or carried or (above and same and done and not is_told(self.passage, spot))

    def _starting(self, spot: Spot) -> str:
        """ "đi vào hoạt động" in a window, without "đã" or "đang", is what began then."""
        words = self.passage.words(spot.left, spot.right)
        if {"nâng", "đưa"} & set(words) and "lên" in self.passage.words(spot.left, spot.amount.first):
            return "projects_operating"  # "đưa tổng số dự án đi vào hoạt động lên 114 dự án"
        plain = "đã" not in words and "đang" not in words and "đi" in words
        if "thêm" in self.passage.words(spot.amount.first - 1, spot.amount.first):
            return "projects_started_operation"
        return "projects_started_operation" if plain and is_windowed(self.passage, spot) else "projects_operating"

    def is_stock(self, spot: Spot) -> bool:
        """Counted on a day. Disbursed capital is both: cumulated beside stocks, else of a window."""
        stocks = self.passage.vocabulary.stocks
        if spot.indicator in _LEASED and self._newly_leased(spot):
            return False
        if spot.indicator in stocks or spot.amount.unit in ("households", "provinces"):
            return True
        if spot.indicator in ("capital_disbursed", "disbursement_rate"):
            if stands(self.passage, spot, cumulated_only=False):
                return True
            return not is_windowed(self.passage, spot) and (self._after_stock(spot) or self._among_totals(spot))
        if spot.indicator in ("share", "growth_rate", "yoy_ratio", "jobs_net_change"):
            return not is_windowed(self.passage, spot) and (
                stands(self.passage, spot, cumulated_only=False) or self._after_stock(spot)
            )
        return False

    def _newly_leased(self, spot: Spot) -> bool:
        """ "Trong 6 tháng, diện tích cho thuê tăng thêm 38 ha": what was let in the window, not what stands let."""
        words = self.passage.words(self.passage.sentence(spot).start, spot.amount.last)
        if self._leased_with_projects(spot):
            return True
        if {"đã", "lũy", "tổng", "hiện"} & set(words):
            return False
        return is_windowed(self.passage, spot) or "thêm" in words[-8:] or self._leased_since(spot)

    def _leased_with_projects(self, spot: Spot) -> bool:
        """ "Quý I đã cấp mới 6 dự án, vốn ..., tổng diện tích đất cho thuê là 48 ha": the land of what came in."""
        first = self.passage.first_in(spot.sentence).index
        came = not any(self.counted[first : spot.index]) and first < spot.index
        own = self.passage.words(spot.left, spot.amount.first)
        return came and is_windowed(self.passage, spot) and {"đã", "lũy", "hiện", "được"}.isdisjoint(own)

    def _leased_since(self, spot: Spot) -> bool:
        """ "..., vốn thu hút đạt 220 triệu USD. Đất cho thuê đạt 54 ha": a result of the window told just before."""
        before = self.passage.spots[spot.index - 1] if spot.index else None
        if before is None or "đạt" not in self.passage.words(spot.amount.first - 2, spot.amount.first):
            return False
        near = before.sentence >= spot.sentence - 1 and not is_told(self.passage, spot)
        same = self.passage.layout.sentences[before.sentence].paragraph == self.passage.sentence(spot).paragraph
        return near and same and not self.counted[before.index] and self.periods.flow is not None

    def _among_totals(self, spot: Spot) -> bool:
        """Money paid in after a sentence, in the same paragraph, that counted what stands; no time of its own."""
        before = self.passage.spots[spot.index - 1] if spot.index else None
        if before is None or is_told(self.passage, spot) or before.sentence < spot.sentence - 1:
            return False
        paragraph = self.passage.layout.sentences[before.sentence].paragraph
        return paragraph == self.passage.sentence(spot).paragraph and self.counted[before.index]

    def _after_stock(self, spot: Spot) -> bool:
        if not spot.index:
            return False
        before = self.passage.spots[spot.index - 1]
        return (
            before.sentence >= spot.sentence - (spot.indicator in ("share", "jobs_net_change"))
            and self.counted[spot.index - 1]
        )


def amount_of_money(unit: str) -> bool:
    return unit in ("USD", "VND")
