"""The text with everything found in it, and for each figure what stands to its left and right."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise

from sokhu.core.narrative.amounts import Amount, amounts_in
from sokhu.core.narrative.bare import with_bare
from sokhu.core.narrative.clauses import Layout, Sentence, layout_of
from sokhu.core.narrative.dateline import dateline_of, month_of_page, opening_day, year_of
from sokhu.core.narrative.masks import masked
from sokhu.core.narrative.mentions import NOWHERE, AnyOf, Mentions
from sokhu.core.narrative.rows import cells_in
from sokhu.core.narrative.source import Source, source_of
from sokhu.core.narrative.times import Time, matches_in, times_in
from sokhu.core.narrative.vocabulary import Phrases, Vocabulary

# Words after a figure that begin something new: what follows is no attribute of the figure.
_STOP = frozenset(
    {
        "với",
        "và",
        "trong",
        "để",
        "tăng",
        "giảm",
        "đạt",
        "bằng",
        "chiếm",
        "gấp",
        "vượt",
        "là",
        "tại",
        "so",
        "nâng",
        "đưa",
        "gồm",
        "bao",
        "cùng",
        "ở",
        "từ",
        "lên",
        "trên",
        "do",
        "nhưng",
        "song",
        "mà",
    }
)
_PLANS = ("nhiệm vụ", "phương hướng", "mục tiêu", "chỉ tiêu", "kế hoạch năm", "định hướng")
_RESULTS = ("kết quả", "tổng kết", "đánh giá", "tình hình", "thực hiện", "báo cáo", "hội nghị", "đặc điểm")
_NUMBERED = frozenset({*"ABCDabcdđe-+", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"})
_LEADS = frozenset({"là", "lên", "để", "sang"})  # these go on when words of the vocabulary follow
_WITHIN = frozenset({"đó", "năm", "kỳ", "tháng", "quý", "khi", "số"})
_VERBS = frozenset({"vượt", "tăng", "giảm", "đạt", "bằng", "chiếm"})
_RAISED = (["tăng"], ["điều"], ["mở"], ["bổ"])  # "dự án mới và tăng vốn"
_PROJECT = frozenset({"án", "da"})
_MARKS = frozenset(",;.:()[]{}!?")
RIGHT = 28  # how far an attribute may reach


@dataclass(slots=True)
class Cue:
    """A phrase of the vocabulary in the text: tokens from start to end, and what it means."""

    start: int
    end: int
    meanings: list[str]


class Cues:
    """The phrases of one kind in reading order; none overlaps another."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self.all = list(cues)
        self.starts, self.ends = [cue.start for cue in self.all], [*(cue.end for cue in self.all), NOWHERE]

    def within(self, start: int, end: int) -> list[Cue]:
        """Those that lie inside the tokens from start to end."""
        at = bisect_left(self.starts, start)
        return self.all[at : bisect_right(self.ends, end, at)] if self.ends[at] <= end else []

    def any(self, start: int, end: int) -> bool:
        """Some lies inside the tokens from start to end."""
        return self.ends[bisect_left(self.starts, start)] <= end

    def first_end(self, start: int) -> int:
        """Where the first from the token on ends; NOWHERE if there is none."""
        return self.ends[bisect_left(self.starts, start)]


@dataclass(slots=True)
class Spot:
    """A figure and its surroundings: `left` tokens belong to its label, `right` to its attributes (both exclusive
    ends).
    """

    amount: Amount
    sentence: int
    left: int = 0
    right: int = 0
    depth: int = 0
    topic: str | None = None
    indicator: str | None = None
    ownership: str | None = None
    owner_said: bool = False
    doubts: dict[str, float] = field(default_factory=dict)
    plan_value: bool | None = None  # the figure is a plan; None as long as nobody asked
    times: list[Time] | None = None  # the words of time that may govern it; None as long as nobody asked
    index: int = 0
    parent: int | None = None  # the figure whose topic this one took on
    converted: bool = False  # a flow by its words, a stock by its time


@dataclass
class Passage:
    """All that was found in one text, in reading order, with look-ups by token."""

    source: Source
    layout: Layout
    vocabulary: Vocabulary
    today: date | None
    year: int | None
    times: list[Time]
    spots: list[Spot]
    topics: Cues
    owners: Cues
    statuses: Cues
    stamps: set[int]
    month: date | None = None  # the end of the month of the page, where it tells no day

    def __post_init__(self) -> None:
        self._time_starts = [*(time.start for time in self.times), NOWHERE]
        self._firsts = {spot.sentence: spot for spot in reversed(self.spots)}
        self._mentions: dict[AnyOf, Mentions] = {}  # as far as asked for
        self.under_plan: dict[int, bool] = {}  # by sentence, as far as asked; see `status`
        self._owners_named: dict[tuple[int, int], set[str]] = {}
        self.aims = Cues(cue for cue in self.statuses.all if "target" in cue.meanings)

    def times_between(self, start: int, end: int) -> list[Time]:
        starts = self._time_starts
        at = bisect_left(starts, start)
        return self.times[at : bisect_left(starts, end, at)] if starts[at] < end else []

    def owners_named(self, sentence: int, reach: int) -> set[str]:
        """The owners that the sentence and so many before and behind it speak of."""
        if (sentence, reach) not in self._owners_named:
            sentences = self.layout.sentences
            first, last = max(0, sentence - reach), min(len(sentences) - 1, sentence + reach)
            cues = self.owners.within(sentences[first].start, sentences[last].end)
            self._owners_named[sentence, reach] = {cue.meanings[0] for cue in cues} - {"none"}
        return self._owners_named[sentence, reach]

    def following(self, spot: Spot) -> Spot | None:
        """The figure behind this one, if there is one."""
        return self.spots[spot.index + 1] if spot.index + 1 < len(self.spots) else None

    def sentence(self, spot: Spot) -> Sentence:
        return self.layout.sentences[spot.sentence]

    def is_heading(self, sentence: int) -> bool:
        """A short line of its own without figures: numbered, ending in a colon, or in capitals."""
        return self._headings[sentence]

    @cached_property
    def _headings(self) -> list[bool]:
        return [self._heads(sentence) for sentence in range(len(self.layout.sentences))]

    def _heads(self, sentence: int) -> bool:
        lines = self.layout.sentences[sentence]
        if lines.end - lines.start > 28 or self.has_figures(sentence):
            return False
        around = (
            self.layout.sentences[max(0, sentence - 1) : sentence] + self.layout.sentences[sentence + 1 : sentence + 2]
        )
        if any(other.paragraph == lines.paragraph for other in around):
            return False
        tokens = self.source.tokens[lines.start : lines.end]
        first = self.source.cased[tokens[0].start : tokens[0].end]
        marked = (
            tokens[0].number
            or (first in _NUMBERED and len(tokens) > 2 and tokens[1].text in ".)")
            or tokens[-1].text == ":"
        )
        letters = self.source.cased[tokens[0].start : tokens[-1].end]
        return marked or letters.isupper()

    def starts_item(self, sentence: int) -> bool:
        """The sentence opens a numbered or lettered item, or a paragraph on what has been cumulated."""
        lines = self.layout.sentences[sentence]
        words = self.words(lines.start, lines.start + 2)
        lettered = len(words) == 2 and words[1] in ".)" and (words[0] in "abcdđe" or words[0][0].isdigit())
        return lettered or words == ["lũy", "kế"]

    def in_plan_section(self, sentence: int) -> bool:
        """The nearest heading above announces tasks or aims: "II. NHIỆM VỤ NĂM 2009"."""
        return self._planned[sentence]

    @cached_property
    def _planned(self) -> list[bool]:
        plans, planned = [], False
        for index, lines in enumerate(self.layout.sentences):
            if self.is_heading(index):
                text = self.text(lines.start, lines.end)
                planned = any(word in text for word in _PLANS) and not any(word in text for word in _RESULTS)
            plans.append(planned)
        return plans

    def has_figures(self, sentence: int) -> bool:
        return sentence in self._firsts

    def first_in(self, sentence: int) -> Spot:
        """The first figure of a sentence that has figures."""
        return self._firsts[sentence]

    def words(self, start: int, end: int) -> list[str]:
        return self.source.words[start if start > 0 else 0 : end]

    def text(self, start: int, end: int) -> str:
        """The words from start to end with a space between them."""
        return self.source.text(start, end)

    def mentions(self, phrases: AnyOf) -> Mentions:
        """Where the phrases stand in the text; looked for once."""
        if phrases not in self._mentions:
            self._mentions[phrases] = Mentions(self.source, phrases)
        return self._mentions[phrases]

    def says(self, phrases: AnyOf, start: int, end: int) -> bool:
        """One of the phrases stands in the words from start to end."""
        known = self._mentions.get(phrases) or self.mentions(phrases)
        return known.within(start, end)


def passage_of(text: str, vocabulary: Vocabulary, today: date | None) -> Passage:
    """Read the text into a passage; `today` overrides the date that the text itself tells."""
    source = source_of(text)
    layout = layout_of(source)
    day = today or dateline_of(source)
    year = year_of(source, day)
    day = day or opening_day(source, year)
    matches = matches_in(source, vocabulary.time_forms)
    times = times_in(source, matches, day, year)
    in_times = {token for time in times if time.kind != "now" for token in range(time.start, time.end)}
    taken = masked(source, vocabulary.masks, vocabulary.related) | in_times
    topics = _cues(vocabulary.topic_phrases, source)
    owners = _cues(vocabulary.ownership, source)
    statuses = _cues(vocabulary.status, source)
    owned = [(cue.start, cue.end) for cue in owners.all if cue.meanings[0] in ("FDI", "DDI")]
    amounts = with_bare(source, layout, amounts_in(source, vocabulary, taken), owned, taken)
    amounts = _with_cells(source, vocabulary, amounts, taken)
    spots = [Spot(amount, layout.sentence_of(amount.first), index=n) for n, amount in enumerate(amounts)]
    passage = Passage(source, layout, vocabulary, day, year, times, spots, topics, owners, statuses, taken)
    passage.month = month_of_page(source) if day is None else None
    _surroundings(passage)
    return passage


def _cues(phrases: Phrases, source: Source) -> Cues:
    return Cues(Cue(start, end, meanings) for start, end, meanings in phrases.all_in(source))


def _with_cells(source: Source, vocabulary: Vocabulary, amounts: list[Amount], taken: set[int]) -> list[Amount]:
    """The amounts with the numbers of tables that have their unit in another cell."""
    cells = cells_in(source, vocabulary.unit_phrases, vocabulary.units["scales"])
    if not cells:
        return amounts
    added = {}
    beside = {amount.first: amount for amount in amounts}
    for cell in cells:
        first, last = source.token_at(cell.start), source.token_at(cell.end - 1) + 1
        if first in taken:
            continue
        head = (source.token_at(cell.header[0]), source.token_at(cell.header[1] - 1) + 1) if cell.header else None
        if not cell.complete:
            added[first] = Amount(first, last, cell.value, cell.unit, doubt=0.08, column=cell.role, header=head)
        elif first in beside:
            beside[first].column, beside[first].header = cell.role, head
    kept = [amount for amount in amounts if amount.first not in added]
    return sorted([*kept, *added.values()], key=lambda amount: amount.first)


def _surroundings(passage: Passage) -> None:
    spots, layout = passage.spots, passage.layout
    following = _following(spots)
    for n, spot in enumerate(spots):
        sentence = passage.sentence(spot)
        before = spots[n - 1] if n and spots[n - 1].sentence == spot.sentence else None
        if before is not None and before.amount.first == spot.amount.first:  # the other half of a pair
            spot.left, spot.right, spot.depth = before.left, before.right, before.depth
            continue
        limit = min(sentence.end, following[n])
        spot.depth = layout.depth[spot.amount.first]
        if spot.amount.column is not None:
            spot.left, spot.right = sentence.start, spot.amount.last
            continue
        spot.left = before.right if before else sentence.start
        if spot.amount.unit == "zones":  # "3 KCN đang hoạt động đã thu hút 200 dự án"
            limit = next((cue.start for cue in _drawn(passage, spot.amount.last, limit)), limit)
        long = spot.amount.unit == "procedures"
        reach = 3 * RIGHT if long else RIGHT
        spot.right = _right(passage, spot.amount.last, min(limit, spot.amount.last + reach), long=long)


def _following(spots: list[Spot]) -> list[int]:
    """For every figure the token at which the next one starts, past the other half of a pair."""
    starts: list[int] = []
    here = after = sys.maxsize
    for spot in reversed(spots):
        if spot.amount.first != here:
            here, after = spot.amount.first, here
        starts.append(after)
    return starts[::-1]


def _drawn(passage: Passage, start: int, limit: int) -> list[Cue]:
    return [cue for cue in passage.topics.within(start, limit) if "attracted" in cue.meanings]


def _right(passage: Passage, start: int, limit: int, *, long: bool) -> int:
    """Where the attributes of a figure end: at a mark or a word that begins something new.

    long: an attribute may go on after a comma ("18 TTHC tiếp nhận, trả kết quả qua bưu chính").
    """
    tokens, words = passage.source.tokens, passage.source.words
    cue_ends = {cue.start: cue.end for cue in passage.topics.within(start, limit) if cue.meanings != ["neutral"]}
    owner_ends = {cue.start: cue.end for cue in passage.owners.within(start, limit)}

    def _opens(at: int) -> bool:
        capital = words[at : at + 1] == ["vốn"] and at + 1 in owner_ends  # "7 dự án là vốn đầu tư nước ngoài"
        return at in cue_ends or at in owner_ends or capital

    index = start
    while index < limit:
        end = max(cue_ends.get(index, 0), owner_ends.get(index, 0))
        text = words[index]
        if text in ("nâng", "đưa") and words[index + 1 : index + 2] == ["tổng"]:
            break  # "..., đưa tổng vốn lên": a total of its own begins
        if end:
            index = end
        elif text == "(" and (owned := owner_ends.get(index + 1)) and owned < limit and words[owned] == ")":
            index = owned + 1
        elif text == "(" and index + 2 < limit and words[index + 2] == ")" and not tokens[index + 1].number:
            index += 3  # an abbreviation: "16 khu kinh tế (KKT) được thành lập"
        elif _leads_to_owner(words, index, start) or (long and text == ",") or (text in _LEADS and _opens(index + 1)):
            index += 1
        elif text in ("tại", "ở") and (state := _state_behind_place(passage, index, limit)) is not None:
            index = state
        elif text in _MARKS or tokens[index].number or (text in _STOP and _begins(passage, index, text)):
            break
        else:
            index += 1
    return index


def _state_behind_place(passage: Passage, index: int, limit: int) -> int | None:
    """Where "đi vào hoạt động" starts behind a place: "57 dự án tại các khu công nghiệp (KCN) đi vào hoạt động"."""
    for cue in passage.topics.within(index, min(limit, index + 14)):
        stands = passage.words(cue.start, cue.start + 1) in (["đi"], ["còn"]) or "đã" in passage.words(
            cue.start - 1, cue.start + 1
        )
        if cue.meanings[0] in ("operating", "valid") and stands:
            between = passage.words(index, cue.start)
            return None if set(between) & set(",;.:") or any(word[0].isdigit() for word in between) else cue.start
    return None


def _leads_to_owner(words: list[str], index: int, start: int) -> bool:
    """The words "đối với", which lead to whose the figure is."""
    return words[index] == "đối" or (words[index] == "với" and index > start and words[index - 1] == "đối")


def _begins(passage: Passage, index: int, text: str) -> bool:
    """A verb of change ends the attributes only with a number after it: "xả thải vượt quy chuẩn" goes on."""
    if text == "trong":
        after = passage.words(index + 1, index + 2)
        return not after or after[0] in _WITHIN or after[0][0].isdigit()
    if text == "và":  # "được cấp giấy chứng nhận và đang xây dựng" goes on with how it stands
        after = passage.words(index + 1, index + 2)
        into = "vào" in passage.words(index + 2, index + 8) if after == ["đưa"] else after == ["đi"]
        if after == ["vốn"] and passage.words(index - 1, index) == ["mới"]:
            return passage.words(index + 2, index + 3) not in _RAISED  # "vốn đăng ký mới và vốn tăng thêm"
        return after != ["đang"] and not into and not (passage.words(index - 1, index) == ["mới"] and after in _RAISED)
    if text not in _VERBS:
        return True
    reach = 7 if text == "đạt" else 5  # "đạt tỷ lệ lấp đầy 96,7 %"
    return any(token.number for token in passage.source.tokens[index + 1 : index + reach])


def named_project(passage: Passage, spot: Spot) -> bool:
    """ "Dự án Regina Miracle tăng vốn thêm ...": a name behind the word."""
    if _PROJECT.isdisjoint(passage.words(spot.left, spot.amount.first)):
        return False
    tokens = passage.source.tokens[spot.left : spot.amount.first]
    return any(
        two.text in _PROJECT and three.capital and three.text not in ("fdi", "ddi", "đtnn")
        for two, three in pairwise(tokens)
    )
