"""How sure a reading is: near one when every property was said beside the figure, less with each sign of doubt.

A sign is anything that makes a reading less sure: a property inherited, guessed or taken from far away, a place or word
of time with others near, a list, a bracket. What each sign costs is data (`[confidence.costs]` of `indicators.toml`),
fitted on labelled texts by `tests/gold/calibrate.py`; docs/reading.md tells how, and with which counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import exp
from typing import Any, NamedTuple

from sokhu.core.narrative.comparisons import COMPARED
from sokhu.core.narrative.figure import CERTAIN, Figure, Maturity, Status
from sokhu.core.narrative.mentions import any_of
from sokhu.core.narrative.passage import Cue, Passage, Spot, named_project
from sokhu.core.narrative.times import Time
from sokhu.core.narrative.when import When

JUST_BELOW = round(CERTAIN - 0.001, 4)
_MONEY = ("USD", "VND")
_OFTEN_MET = frozenset({"projects", *_MONEY, "workers", "percent", "adjustments"})
_OF_INVESTMENT = frozenset({"new", "added", "valid", "attracted", "new_and_added", "adjusted"})
_OF_MANY_KINDS = frozenset({"adjusted", "attracted", "new_and_added", "disbursed"})
_PLAN = any_of("kế hoạch")
_SEMICOLON = any_of(";")
_ENTERPRISE = any_of("công ty", "tập đoàn", "dự án này", "nhà máy", "điển hình", "tiêu biểu", "tổ hợp", "liên doanh")
_NEAR = {
    "sentence: compared": any_of("so với", "cùng kỳ", "năm trước", "năm ngoái"),
    "sentence: in turn": any_of("lần lượt", "tương ứng"),
    "sentence: a part": any_of("trong đó", "trong số", "riêng"),
    "sentence: weak label": any_of("số vốn", "tổng vốn đầu tư", "vốn đầu tư là", "với vốn", "quy mô"),
}
_CLOSE = 5  # tokens
# Words that can turn what is said: a thing not yet done, left out, hoped for, or of every year.
_TURNING = frozenset(
    {"chưa", "không", "ngoài", "trừ", "nếu", "hàng", "hằng", "mỗi", "bình", "đề", "chờ", "xin", "hụt", "oda"}
)
_CAN_TURN = any_of(*(f" {word} " for word in sorted(_TURNING)))
_ENDS = frozenset(".;:…")
_LISTED = frozenset({"-", "+", "*", "•", ">"})


@dataclass(slots=True)
class Told:
    """What was found out about one figure besides topic and owner."""

    when: When
    asof: bool
    scope: str | None
    status: Status
    maturity: Maturity | None
    sure: float  # of the place


class PlacesTold(NamedTuple):
    """What is known of the places of a whole text."""

    zoned: bool  # it names zones of its own as well as their province
    several: bool  # no place is clearly its own
    faint: bool  # its own place is named once, in passing


@dataclass(frozen=True, slots=True)
class _Lines:
    """What one sentence shows: signs of all its figures, and which words stand in it at all or end first."""

    signs: tuple[str, ...]
    listed: bool
    turning: bool
    enterprise: bool
    near: tuple[str, ...]  # signs whose words stand in it somewhere
    plan: int  # the token at which the first word of a plan has ended, its start in a section of plans
    aim: int  # the same of words of aiming, those of the sentence before as well
    semicolon: int


def confidence(words: Mapping[str, Any], found: Collection[str]) -> float:
    """The chance, kept below CERTAIN where a sign is among those with which nothing is certain."""
    sure = chance(words["costs"], found)
    return min(sure, JUST_BELOW) if sure > JUST_BELOW and not words["never_certain"].isdisjoint(found) else sure


def leaning(words: Mapping[str, Any], figure: Figure, on: Iterable[Figure]) -> float:
    """The figure's confidence, below CERTAIN where a figure whose topic or period it takes shows such a sign."""
    kinds = ("topic", "owner", "period")
    shaky = any(sign in words["never_certain"] and sign.startswith(kinds) for other in on for sign in other.doubts)
    return min(figure.confidence, JUST_BELOW) if shaky else figure.confidence


def chance(costs: dict[str, float], found: Iterable[str]) -> float:
    """0 to 1: how likely value, unit, owner, indicator, period and place are all right, given the signs of doubt.

    The logistic function of what the costs of the signs leave of "start"; no sign ever adds.
    """
    unknown = costs["unknown"]
    left = costs["start"] - sum([costs.get(sign, unknown) for sign in found])
    return round(1 / (1 + exp(-max(-30.0, left))), 4)


class Doubts:
    """Finds the signs of doubt of a text's figures. What a whole sentence shows is found out once for all of them."""

    def __init__(self, passage: Passage, places: PlacesTold) -> None:
        self.passage, self.places = passage, places
        words = passage.vocabulary.indicators["confidence"]
        self.plain: frozenset[str] = words["plain"]
        self.owned: frozenset[str] = words["owned"]
        self.lines: dict[int, _Lines] = {}

    def of(self, spot: Spot, told: Told, *, hosted: bool) -> tuple[str, ...]:
        """The signs of doubt of one figure, each once, in the order of the alphabet.

        hosted: it is no comparison, or has a figure that it is said of.
        """
        found = [
            *_of_amount(spot),
            *self._of_owner(spot),
            *self._of_period(spot, told),
            *_of_place(told.scope, told.sure, self.places),
            *self._of_sentence(spot),
            *self._of_topic(spot),
        ]
        if told.status == "target":
            found.append("target")
        if not hosted:
            found.append("topic: a comparison of no figure")
        return tuple(sorted(found))

    def _of_topic(self, spot: Spot) -> list[str]:
        found: list[str] = []
        if spot.indicator is None:
            found.append("topic: no indicator")
        elif spot.indicator not in self.plain:
            found.append("topic: indicator seldom met")
        compared = spot.amount.unit in COMPARED
        if spot.topic is None and spot.indicator is not None and not compared:
            found.append("topic: by the unit alone")
        elif (doubt := max(spot.doubts.get("topic", 0.0), spot.doubts.get("indicator", 0.0))) > 0.1:
            found.append("topic: weak or from another sentence")
        elif doubt > 0.05:
            found.append("topic: carried far")
        elif doubt:
            beside = _beside(self.passage, spot)
            found.append("topic: of the projects beside it" if beside else "topic: carried in the clause")
        if spot.converted:
            found.append("topic: a stock by its time")
        if spot.topic in _OF_MANY_KINDS:
            found.append(f"topic: {spot.topic}")
        if compared:
            found.append("topic: comparison")
        cues = self.passage.topics.within(spot.left, spot.right)
        return [*found, *_of_label(self.passage, spot, cues)] if cues else found

    def _of_owner(self, spot: Spot) -> list[str]:
        if spot.indicator not in self.owned:
            return []
        here, near = self.passage.owners_named(spot.sentence, 0), self.passage.owners_named(spot.sentence, 2)
        if spot.ownership is not None:
            found = [] if spot.owner_said else self._of_carried_owner(spot)
            if here - {spot.ownership}:
                said = spot.owner_said
                found.append("owner: others in the sentence" if said else "owner: carried where others are named")
            return found
        if spot.owner_said:
            return ["owner: both"]
        if here:
            return ["owner: none where the sentence speaks of one"]
        if near:
            return ["owner: none where sentences near speak of one"]
        return ["owner: none where the text speaks of one"] if self.passage.owners.all else []

    def _of_carried_owner(self, spot: Spot) -> list[str]:
        if spot.doubts.get("ownership", 0.0) > 0.05:
            found = ["owner: carried far"]
        elif _beside(self.passage, spot):
            found = ["owner: of the projects beside it"]
        else:
            found = ["owner: carried"]
        if spot.index and self.passage.spots[spot.index - 1].topic != spot.topic:
            found.append("owner: carried to another topic")
        return found

    def _of_period(self, spot: Spot, told: Told) -> list[str]:
        passage, name = self.passage, told.when.name
        undated = ["period: the text has no day"] if passage.today is None else []
        if name is None:
            return ["period: none", *undated]
        sentence = passage.sentence(spot)
        before = passage.times_between(sentence.start, spot.amount.first)
        own = [time for time in before if time.kind != "reference" and time.name and _tells(time, told.when)]
        found = _of_times(before) if before else []
        if not own:
            found += ["period: from another sentence", *undated]
            if undated:
                found.append("period: carried in a text without a day")
            if told.when.doubt >= 0.1:
                found.append("period: by default")
        elif name[:4] not in passage.text(own[-1].start, own[-1].end):
            found += ["period: year from elsewhere", *undated]
        if passage.times_between(spot.amount.last, sentence.end):
            found.append("period: a time behind")
        return found + _of_when(told.when, told.asof)

    def _of_sentence(self, spot: Spot) -> list[str]:
        passage, amount = self.passage, spot.amount
        lines, sentence = self._lines(spot.sentence), passage.sentence(spot)
        start, first = sentence.start, amount.first
        found = [*lines.signs]
        if spot.depth:
            found.append("sentence: in brackets")
        if lines.turning and _turns(passage, spot):
            found.append("sentence: words that can turn it")
        if lines.plan <= first or lines.aim <= amount.last:
            found.append("sentence: words of a plan")
        if lines.listed and first > start:
            found.append("sentence: a line of a list")
        if lines.semicolon <= first:
            found.append("sentence: behind a semicolon")
        if first - start > 45:
            found.append("sentence: far into it")
        if (lines.enterprise and passage.says(_ENTERPRISE, spot.left, first)) or named_project(passage, spot):
            found.append("sentence: one enterprise")
        if lines.near:
            near, far = max(start, first - 12), min(sentence.end, amount.last + 12)
            found += [sign for sign in lines.near if passage.says(_NEAR[sign], near, far)]
        return found

    def _lines(self, sentence: int) -> _Lines:
        if sentence not in self.lines:
            self.lines[sentence] = _lines(self.passage, sentence)
        return self.lines[sentence]


def _of_amount(spot: Spot) -> list[str]:
    amount, found = spot.amount, []
    if amount.role or amount.bare:
        found.append("amount: pair or without a noun")
    if amount.column is not None:
        found.append("amount: cell of a table")
    if amount.doubt:
        found.append("amount: marks or words in doubt")
    if amount.unit not in _OFTEN_MET:
        found.append("amount: unit seldom met")
    if amount.unit == "VND" and spot.topic in _OF_INVESTMENT:
        found.append("amount: investment in đồng")
    return found


def _of_label(passage: Passage, spot: Spot, cues: list[Cue]) -> list[str]:
    found = []
    if spot.topic is not None and _far_off(spot, cues):
        found.append("topic: said some way off")
    # "Thu hút 29 dự án cấp mới": attracting is no rival of new, it only says that they came.
    if len(_topics(passage, spot, cues) - {"attracted"}) > 1:
        found.append("topic: several in the label")
    return found


def _far_off(spot: Spot, cues: list[Cue]) -> bool:
    """The words for the topic stand in the figure's own surroundings, but not close to it."""
    gaps = [
        max(spot.amount.first - cue.end, cue.start - spot.amount.last) for cue in cues if spot.topic in cue.meanings
    ]
    return bool(gaps) and min(gaps) > _CLOSE


def _beside(passage: Passage, spot: Spot) -> bool:
    """Money right behind its projects: "29 dự án FDI với tổng vốn đăng ký 327 triệu USD"."""
    before = passage.spots[spot.index - 1] if spot.index else None
    if before is None or before.sentence != spot.sentence or spot.amount.unit not in _MONEY:
        return False
    if spot.ownership is not None and not before.owner_said:
        return False  # carried already once
    between = passage.words(before.amount.last, spot.amount.first)
    near = len(between) <= 14 and not {";", "(", ")", ":", "."} & set(between)
    return near and before.amount.unit == "projects" and before.ownership == spot.ownership and not before.amount.bare


def _topics(passage: Passage, spot: Spot, cues: list[Cue]) -> set[str]:
    """Different topics with a use for the unit, in the figure's own label and attributes."""
    topics = passage.vocabulary.topics
    return {
        name for cue in cues for name in cue.meanings if topics[name].indicators.get(spot.amount.unit, "none") != "none"
    }


def _of_times(before: list[Time]) -> list[str]:
    """What the words of time in front of a figure leave open."""
    kinds, found = {time.kind for time in before}, []
    if len({time.name for time in before if time.kind != "reference" and time.name}) > 1:
        found.append("period: several in the sentence")
    elif not kinds.isdisjoint(("reference", "last_year")):
        found.append("period: a time compared with")
    if "last_year" in kinds:
        found.append("period: last year's")
    return found


def _of_when(when: When, asof: bool) -> list[str]:
    """What the period itself and the way it was found leave open."""
    found, name = [], when.name or ""
    if when.doubt >= 0.12:
        found.append("period: hardly known")
    elif when.doubt >= 0.08:
        found.append("period: guessed")
    elif when.doubt >= 0.05:
        found.append("period: nearly said")
    if ".." in name:
        found.append("period: a window seldom met")
    if asof and len(name) == 4:
        found.append("period: a stock of a year")
    return found


def _tells(time: Time, when: When) -> bool:
    return time.name == when.name or (time.last is not None and time.last == when.last)


@lru_cache(maxsize=1024)  # few places govern a text
def _of_place(scope: str | None, sure: float, text: PlacesTold) -> tuple[str, ...]:
    told = {
        "place: none": scope is None,
        "place: carried": scope is not None and sure < 0.86,
        "place: several near": scope is not None and 0.86 <= sure < 0.95,
        "place: of the text": scope is not None and 0.95 <= sure < 0.97,
        "place: zones and province in one text": text.zoned and sure >= 0.97,
        "place: unsaid, where zones are named": text.zoned and sure < 0.97,
        "place: several in the text": text.several,
        "place: named in passing only": text.faint,
        "place: a zone": scope is not None and scope.startswith(("KCN", "KKT", "KCX", "CCN")),
    }
    return tuple(sign for sign, shown in told.items() if shown)


def _turns(passage: Passage, spot: Spot) -> bool:
    """A word that can turn the meaning stands around the figure; "nước ngoài" is no "ngoài"."""
    sentence = passage.sentence(spot)
    start, end = max(sentence.start, spot.amount.first - 14), min(sentence.end, spot.amount.last + 10)
    if not passage.says(_CAN_TURN, start, end):
        return False
    words = passage.words(start, end)
    if _TURNING.intersection(words) != {"ngoài"}:
        return True
    return any(word == "ngoài" and before not in ("nước", "ngày") for before, word in pairwise(["", *words]))


def _lines(passage: Passage, sentence: int) -> _Lines:
    lines = passage.layout.sentences[sentence]
    start, end = lines.start, lines.end
    told = {
        "sentence: a title": _titled(passage, sentence),
        "sentence: long": end - start > 90,
    }
    return _Lines(
        signs=tuple(sign for sign, shown in told.items() if shown),
        listed=passage.source.words[start] in _LISTED,
        turning=passage.says(_CAN_TURN, start, end),
        enterprise=passage.says(_ENTERPRISE, start, end),
        near=tuple(sign for sign, words in _NEAR.items() if passage.says(words, start, end)),
        plan=start if passage.in_plan_section(sentence) else passage.mentions(_PLAN).first_end(start),
        aim=passage.aims.first_end(_sentence_before(passage, sentence)),
        semicolon=passage.mentions(_SEMICOLON).first_end(start),
    )


def _titled(passage: Passage, sentence: int) -> bool:
    """A short line of its own without a full stop."""
    sentences = passage.layout.sentences
    lines = sentences[sentence]
    if lines.end - lines.start > 30 or passage.source.words[lines.end - 1] in _ENDS:
        return False
    around = sentences[max(0, sentence - 1) : sentence] + sentences[sentence + 1 : sentence + 2]
    alone = all(other.paragraph != lines.paragraph for other in around)
    return alone and len(sentences) > 1


def _sentence_before(passage: Passage, sentence: int) -> int:
    """Where the sentence before begins, if it is of the same paragraph: its aims may go on."""
    sentences = passage.layout.sentences
    before, here = sentences[max(0, sentence - 1)], sentences[sentence]
    return before.start if before.paragraph == here.paragraph else here.start
