"""When a figure holds: the word of time that governs it, for flows and for stocks."""

from __future__ import annotations

from datetime import date

from sokhu.core.narrative.captions import Captions
from sokhu.core.narrative.clauses import Sentence
from sokhu.core.narrative.continuing import opens_as_continuation
from sokhu.core.narrative.governing import PER_YEAR, is_timed, is_yearly, word_after, word_behind, words_before
from sokhu.core.narrative.home import home_window
from sokhu.core.narrative.last_year import compared_with, last_years
from sokhu.core.narrative.passage import Passage, Spot
from sokhu.core.narrative.ranges import Told, part_of_year, range_in, ranged
from sokhu.core.narrative.times import Time, span_of_months
from sokhu.core.narrative.when import UNKNOWN, When, day_of, end_of, shifted, when_of

_ACTS = ("ký kết", "ký", "cấp", "cấp mới", "chấp thuận", "khởi công", "động thổ", "khánh thành")  # done on one day
AHEAD = 0.2  # the doubt of a window that lies ahead of the day of the text
LEAD = 3  # sentences, the title included
_CAME_IN = frozenset({"new", "added", "adjusted", "new_and_added", "contribution"})
_TELLING = ("cho biết", "thông tin", "báo cáo", " theo ", "hội nghị", "họp", "làm việc", "đến nay", "cho hay")


class Periods:
    """Answers, figure by figure in reading order, which period holds."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.flow: When | None = None
        self.goal: tuple[When, int] | None = None  # the year a plan aims at, and the sentence that went on with it
        self.aimed: tuple[When, int] | None = None  # the window of a plan's flow, and the sentence that went on with it
        self.narrowed: int | None = None  # the paragraph in which the running window was named beside a figure
        self.span: tuple[When, int] | None = None  # more than a year, and the sentence that told it
        self.event: When | None = None  # the day of a signing that the text told
        self.stock: When | None = None
        self.counting: int | None = None  # the paragraph whose last word of time told a day of count
        self.captions = Captions(passage)
        self.counted = next((t for t in passage.times if t.kind == "stock" and t.name and t.last), None)
        self.home: When | None = home_window(passage)
        self.named = next((t.start for t in passage.times if t.kind in ("flow", "since") and t.name), None)
        windows = any(t.kind in ("flow", "since", "goal", "last_year", "reference") for t in passage.times)
        flows = any(spot.topic in _CAME_IN for spot in passage.spots)
        self.timeless = passage.year is None and not windows and not flows  # the text tells of no window at all
        self.read_to = 0
        self.before: tuple[When, int] | None = None  # the window of the last flow, and its sentence

    def counts_on(self, spot: Spot, *, near: bool) -> bool:
        """A day of count was told before, and no window since; near: in the same paragraph."""
        here = self.passage.sentence(spot).paragraph
        return self.counting is not None and (not near or self.counting == here)

    def reported_before(self, spot: Spot) -> bool:
        """The window the text reports on is named before the figure, or the figure stands in the text's lead."""
        named = self.named is not None and self.named < spot.amount.first
        return self.home is not None and (spot.sentence < LEAD or named)

    def of(self, spot: Spot, *, stock: bool, target: bool = False) -> When:
        """The period of the figure; asked in reading order, since later figures take on what earlier ones were told."""
        if self.read_to < spot.sentence:
            self._headings(spot)
        if spot.amount.column is not None:
            return self._of_column(spot, stock=stock)
        if self.passage.in_plan_section(spot.sentence):
            return self._planned(spot)
        if stock:
            return self._stock(spot, target=target)
        found = self._flow(spot, target=target)
        if not target and self._to_come(found):
            found = found._replace(doubt=max(found.doubt, AHEAD))
        if self.before is None or self.before[1] != spot.sentence:
            self.before = found, spot.sentence  # the sentence's first flow leads
        return found

    def _to_come(self, found: When) -> bool:
        """ "Quý IV" or "10 tháng" in a text of July: no fact can be of it, so the year is hardly known."""
        today = self.passage.today
        if today is None or found.first is None or found.last is None:
            return False
        months = ".." in (found.name or "") and found.first.year == found.last.year
        return found.first > today or (months and (found.last - today).days > 45)

    def year_of_plan(self, spot: Spot) -> When:
        """A plan is the year's, whatever window its result is of, unless its own label names another."""
        base = self._window_before(spot) or self.flow or self.home
        if base is None or base.last is None or base.first is None:
            return UNKNOWN
        if (base.last - base.first).days > 366:
            return base
        name, first, last = span_of_months(base.last.year, 1, 12)
        return When(name, first, last, 0.05)

    def _of_column(self, spot: Spot, *, stock: bool) -> When:
        """The window that the column's header names, the whole year for a plan, else the text's."""
        head = spot.amount.header
        times = [t for t in self.passage.times_between(*head) if t.name and t.first] if head else []
        above = self.captions.above(spot)
        if times:
            base = when_of(times[0], 0.03)
        elif above is not None and (above.kind == "stock") == stock:
            base = day_of(above, 0.06) if stock else when_of(above, 0.06)
        else:
            base = self._counted_day(0.1, spot) if stock else self.flow or self.home or UNKNOWN
        if base.last is None or base.first is None:
            return base
        if spot.amount.column == "plan":
            name, first, last = span_of_months(base.last.year, 1, 12)
            return When(name, first, last, 0.05)
        if spot.amount.column == "last_year" and not times:
            return shifted(base, 1)
        return base

    def _planned(self, spot: Spot) -> When:
        """In a section of plans every figure is of the plan's window, stocks too."""
        found = self._window_before(spot)
        if found is None and (after := word_after(self.passage, spot)) is not None:
            found = when_of(after)
        return found or self.flow or UNKNOWN

    def _headings(self, spot: Spot) -> None:
        """Headings since the last figure may name the window of what follows."""
        for index in range(self.read_to, spot.sentence):
            lines = self.passage.layout.sentences[index]
            if self.passage.is_heading(index):
                for time in self.passage.times_between(lines.start, lines.end):
                    if time.kind == "flow" and time.name:
                        self.flow = when_of(time, 0.03)
                        break
            elif index == spot.sentence - 1 and not self.passage.has_figures(index):
                self._led_in(lines)
        self.read_to = spot.sentence

    def _led_in(self, lines: Sentence) -> None:
        """The sentence before names a window and no figures: "6 tháng đầu năm 2019, doanh thu tăng. Cụ thể, ..."."""
        times = [t for t in self.passage.times_between(lines.start, lines.end) if t.kind == "flow" and t.name]
        if times and len(times[-1].name or "") > 4 and self._of_now(found := when_of(times[-1], 0.06)):
            self.flow, self.counting = found, None

    def _flow(self, spot: Spot, *, target: bool) -> When:
        if is_yearly(self.passage, spot):
            return UNKNOWN
        if (
            target
            and self.aimed is not None
            and self._next_to(spot, self.aimed[1])
            and not words_before(self.passage, spot)
        ):
            self.aimed = (self.aimed[0], spot.sentence)
            return When(self.aimed[0].name, self.aimed[0].first, self.aimed[0].last, 0.12)
        if not is_timed(self.passage, spot):
            return self._running(spot)
        base = self.flow or self.home
        shifted = last_years(self.passage, spot, base) or compared_with(self.passage, spot, base)
        if shifted is not None:
            return shifted
        found = self._range(spot) or self._window_before(spot) or self._event(spot)
        if found is None and (after := word_after(self.passage, spot)) is not None:
            found = self._ranged(after) if after.kind == "since" else when_of(after)
        counted = None if found else self._until(spot)
        found = found or counted
        if (
            found is None
            and (later := word_behind(self.passage, spot, ("flow", "since"))) is not None
            and (self.flow is None or later.kind == "since")
            and later.name
        ):
            found = self._ranged(later) if later.kind == "since" else when_of(later, 0.08)
        if found is not None:
            self.aimed = (found, spot.sentence) if target else None
            self.span = (found, spot.sentence) if _longer(found) and not target else None
            if not target and not self._in_brackets(spot, found) and self._of_now(found):
                kept = self._riding(spot) or found.first == found.last or self._year_in_passing(spot)
                self.flow = self.flow if kept else found
                if self.flow is found:
                    self.narrowed = None if found is counted else self.passage.sentence(spot).paragraph
                self.counting = None
            return found
        return self._running(spot)

    def _running(self, spot: Spot) -> When:
        """The window that goes on from what the text told before."""
        if self.span is not None and self._next_to(spot, self.span[1]):
            self.span = (self.span[0], spot.sentence)
            return When(self.span[0].name, self.span[0].first, self.span[0].last, 0.12)
        if self.before and self.before[0].name and self._part_of(spot, self.before[1]):
            return When(self.before[0].name, self.before[0].first, self.before[0].last, 0.07)
        self._widen(spot)
        if self.flow is not None:
            return When(self.flow.name, self.flow.first, self.flow.last, self.flow.doubt + 0.06)
        if self.home is not None:
            return When(self.home.name, self.home.first, self.home.last, 0.08)
        if spot.indicator == "capital_new" and spot.topic is None:
            return UNKNOWN  # one project of a list of those that stand
        if self.stock is not None and self.stock.last is not None and self._counted_here(spot):
            day = self.stock.last
            return When(span_of_months(day.year, 1, day.month)[0], date(day.year, 1, 1), day, 0.15)
        if self.event is not None:
            return When(self.event.name, self.event.first, self.event.last, 0.15)
        return UNKNOWN

    def _part_of(self, spot: Spot, sentence: int) -> bool:
        """ "Trong đó, cấp mới 132 dự án": of the window of the sentence before, also where that is an earlier one."""
        return self._next_to(spot, sentence) and opens_as_continuation(self.passage, spot.sentence)

    def _counted_here(self, spot: Spot) -> bool:
        return self.counting == self.passage.sentence(spot).paragraph

    def _event(self, spot: Spot) -> When | None:
        """A signing is of its day: "ngày 21/4/2023, tỉnh ký ghi nhớ 7 dự án"."""
        days = [t for t in words_before(self.passage, spot) if t.kind == "event" and t.name]
        if not days:
            return None
        words = self.passage.words(days[-1].end, spot.amount.first)
        told = f" {' '.join(words)} "
        handed = "trao" in words or (any(f" {act} " in told for act in _ACTS) and not any(v in told for v in _TELLING))
        if spot.topic != "mou" and not handed:
            return None
        found = when_of(days[-1], 0.1)
        self.event = found
        return found

    def _widen(self, spot: Spot) -> None:
        """A quarter named in passing inside the text's own window does not govern the next paragraph."""
        here = self.passage.sentence(spot).paragraph
        if self.flow is None or self.home is None or self.narrowed is None or self.narrowed >= here:
            return
        if _inside(self.flow, self.home):
            self.flow = When(self.home.name, self.home.first, self.home.last, 0.06)

    def _next_to(self, spot: Spot, sentence: int) -> bool:
        """The figure stands in the same paragraph, at most one sentence further."""
        there = self.passage.layout.sentences[sentence].paragraph
        return spot.sentence - sentence <= 1 and there == self.passage.sentence(spot).paragraph

    def _of_now(self, found: When) -> bool:
        """A window of at most a year that has begun: plans and spans of years do not govern what follows."""
        if found.first is None or found.last is None:
            return False
        if self.home is not None and self.home.first is not None and found.last < self.home.first:
            return False  # an earlier year, named to compare with
        begun = self.passage.today is None or found.first <= self.passage.today
        return begun and (found.last - found.first).days <= 366

    def _in_brackets(self, spot: Spot, found: When) -> bool:
        """The word of time stands in brackets with the figure: it does not govern what follows."""
        times = [t for t in words_before(self.passage, spot) if t.name == found.name]
        return bool(times) and self.passage.layout.depth[times[-1].start] > 0

    def _riding(self, spot: Spot) -> bool:
        """ "Riêng tháng 4": a window inside the running one, for this sentence only."""
        start = self.passage.sentence(spot).start
        words = self.passage.words(start, spot.amount.first)
        times = words_before(self.passage, spot)
        part = bool(times) and self.passage.words(times[-1].start - 4, times[-1].start)[-3:-1] == ["trong", "đó"]
        return self.flow is not None and ("riêng" in words or part)

    def _year_in_passing(self, spot: Spot) -> bool:
        """ "Trong số các dự án tăng vốn năm nay": the year of the months that the text reports on, no new window."""
        times = [t for t in words_before(self.passage, spot) if t.kind == "flow"]
        if self.flow is None or self.flow.first is None or not times or _is_year(self.flow):
            return False
        said = self.passage.text(times[-1].start - 1, times[-1].end)
        return said.endswith(" năm nay") and said[0].isalpha() and times[-1].start > self.passage.sentence(spot).start

    def _range(self, spot: Spot) -> When | None:
        found = range_in(words_before(self.passage, spot))
        return self._ranged(*found) if found else None

    def _ranged(self, since: Time, until: Time | None = None) -> When | None:
        return ranged(self.passage, since, until, Told(self.flow, self.stock, self.home))

    def _window_before(self, spot: Spot) -> When | None:
        times = [t for t in words_before(self.passage, spot) if t.kind in ("flow", "goal") and (t.name or t.aged)]
        if not times:
            return None
        nearest = times[-1]
        if (partly := part_of_year(words_before(self.passage, spot), nearest)) is not None:
            return partly
        if nearest.aged:
            if nearest.vague:
                self.flow = UNKNOWN  # "6 tháng đầu năm nay" of a text without a year: it runs on
            return UNKNOWN
        return when_of(nearest, 0.0 if not nearest.vague else 0.02 if self.passage.today else 0.12)

    def _until(self, spot: Spot) -> When | None:
        """Only a day of count before a flow: the window the text reports on if the day is in it, else since New
        Year.
        """
        times = [t for t in words_before(self.passage, spot) if t.kind in ("stock", "now") and (t.last or t.aged)]
        if not times:
            return None
        if times[-1].aged:
            return when_of(times[-1], 0.2)
        day = times[-1].last
        assert day is not None
        base = self.flow or self.home
        partly = times[-1].kind == "stock" and base is not None and day.month < 12 and _is_year(base)
        cumulated = times[-1].kind == "now" or (base is not None and base.first is not None and base.first.month == 1)
        if base and base.first and base.last and base.first <= day <= base.last and cumulated and not partly:
            return When(base.name, base.first, base.last, 0.08)
        if times[-1].kind == "now":
            return None
        name = f"{day.year}" if day.month == 12 else span_of_months(day.year, 1, day.month)[0]
        return When(name, date(day.year, 1, 1), day, 0.12)

    def _stock(self, spot: Spot, *, target: bool) -> When:
        if self.passage.says(PER_YEAR, spot.amount.last, spot.amount.last + 3):
            return UNKNOWN
        timed = is_timed(self.passage, spot)
        found = self._counted_before(spot, target=target) if timed else None
        if found is None and spot.amount.unit == "procedures" and self.stock is None:
            base = self.flow or self.home
            found = When(base.name, base.first, base.last, 0.1) if base else None
        if found is None and timed:
            found = self._counted_otherwise(spot)
        return found or self._still_planned(spot) or self._counted_day(0.05, spot)

    def _counted_before(self, spot: Spot, *, target: bool) -> When | None:
        """By the day of count in front of the figure, or the year of a plan right behind it."""
        times = [t for t in words_before(self.passage, spot) if t.kind in ("stock", "now", "goal", "last_year")]
        named = [t for t in times if t.name and t.kind != "last_year"]
        after = word_after(self.passage, spot)
        if after is not None and after.kind == "goal":
            return when_of(after, 0.05)
        if named and named[-1].kind == "goal" and not target and self.stock is not None and not self._ahead(named[-1]):
            named = [t for t in named if t.kind != "goal"]
        if named and named[-1].aged:
            return self._counted_day(0.1, spot)
        if named:
            found = day_of(named[-1])
            self.goal = (found, spot.sentence) if named[-1].kind == "goal" else None
            if named[-1].kind != "goal":
                self.stock, self.counting = found, self.passage.sentence(spot).paragraph
            return found
        if times and times[-1].kind == "now" and not times[-1].vague:
            self.counting = self.passage.sentence(spot).paragraph
            return self._counted_day(0.1, spot)
        return None

    def _counted_otherwise(self, spot: Spot) -> When | None:
        """At the end of a window in front of the figure, or on a day told further on."""
        windows = [t for t in words_before(self.passage, spot) if t.kind == "flow" and t.name]
        if windows:
            return end_of(windows[-1], 0.12)
        behind = word_behind(
            self.passage, spot, ("stock", "now", "goal") if spot.topic == "planned" else ("stock", "now")
        )
        if behind is not None and behind.kind == "goal":
            return when_of(behind, 0.1)
        if behind is not None and behind.name:
            self.stock, self.counting = day_of(behind, 0.05), self.passage.sentence(spot).paragraph
            return self.stock
        return None

    def _still_planned(self, spot: Spot) -> When | None:
        """A list of what is planned goes on: "dự kiến đến năm 2030 có 59 nghìn ha. Tiếp đó là ... 52 nghìn ha"."""
        if self.goal is None or self.passage.today is not None or self.stock is not None:
            return None
        words = self.passage.words(self.passage.sentence(spot).start, spot.amount.last)
        if spot.sentence - self.goal[1] > 1 or {"đã", "đang", "hiện"} & set(words):
            return None
        self.goal = (self.goal[0], spot.sentence)
        return When(self.goal[0].name, self.goal[0].first, self.goal[0].last, 0.2)

    def _ahead(self, time: Time) -> bool:
        today = self.passage.today
        return today is not None and time.last is not None and time.last > today

    def _counted_day(self, doubt: float, spot: Spot) -> When:
        """The day of the count that was told last; else the text's own day."""
        if self.stock is not None:
            return When(self.stock.name, self.stock.first, self.stock.last, self.stock.doubt + doubt)
        day = self.passage.today
        if day is not None:
            return When(day.isoformat(), day, day, 0.1)
        if self.counted is not None and self.counted.start <= spot.amount.first:
            return day_of(self.counted, 0.15)
        if self.home is not None and self.home.last is not None and self._windowed_here(spot):
            return When(
                self.home.name
                if self.home.name and len(self.home.name) == 4
                else f"{self.home.last.year}-{self.home.last.month:02}",
                self.home.last,
                self.home.last,
                0.25,
            )
        return UNKNOWN

    def _windowed_here(self, spot: Spot) -> bool:
        """The text's window was named in the paragraph of the figure: a bare stock there is counted at its end."""
        here = self.passage.sentence(spot)
        begin = self.passage.layout.sentences[self._opening(spot.sentence)].start
        times = [t for t in self.passage.times_between(begin, here.end) if t.name or t.kind == "now"]
        if any(t.kind == "now" for t in times):  # "9 tháng ...; lũy kế đến nay ..." of one sentence only
            times = [t for t in times if t.start >= here.start]
            if not any(t.cumulated for t in times):
                return False
        return any(t.kind in ("flow", "since") for t in times)

    def _opening(self, sentence: int) -> int:
        """The first sentence of the paragraph, looking back a few sentences only."""
        paragraph = self.passage.layout.sentences[sentence].paragraph
        first = sentence
        while first and sentence - first < 12 and self.passage.layout.sentences[first - 1].paragraph == paragraph:
            first -= 1
        return first


def _longer(found: When) -> bool:
    """More than a year: such a span governs no further than the sentences about it."""
    return found.first is not None and found.last is not None and (found.last - found.first).days > 366


def _inside(inner: When, outer: When) -> bool:
    """A shorter window, of months, inside another."""
    if inner.first is None or inner.last is None or outer.first is None or outer.last is None:
        return False
    shorter = (inner.last - inner.first) < (outer.last - outer.first)
    return shorter and outer.first <= inner.first and inner.last <= outer.last


def _is_year(window: When) -> bool:
    return window.name is not None and len(window.name) == 4
