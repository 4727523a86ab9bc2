"""How sure a reading is: near one when every property was said beside the figure, less with each sign of doubt.

A sign is anything that makes a reading less sure: a property inherited, guessed or taken from far away, a place or word
of time with others near, a list, a bracket. What each sign costs is data (`[confidence.costs]` of `indicators.toml`),
fitted on labelled texts by `tests/gold/calibrate.py`; docs/reading.md tells how, and with which counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from math import exp
from typing import Any, NamedTuple

from sokhu.core.narrative.comparisons import COMPARED
from sokhu.core.narrative.figure import CERTAIN, Figure
from sokhu.core.narrative.passage import Cue, Passage, Spot, named_project
from sokhu.core.narrative.times import Time
from sokhu.core.narrative.when import When

JUST_BELOW = round(CERTAIN - 0.001, 4)
_MONEY = ("USD", "VND")
_PLAN = ("kế hoạch",)
_ENTERPRISE = ("công ty", "tập đoàn", "dự án này", "nhà máy", "điển hình", "tiêu biểu", "tổ hợp", "liên doanh")
_AGAINST = ("so với", "cùng kỳ", "năm trước", "năm ngoái")
_EACH = ("lần lượt", "tương ứng")
_PART = ("trong đó", "trong số", "riêng")
_WEAK = ("số vốn", "tổng vốn đầu tư", "vốn đầu tư là", "với vốn", "quy mô")
_NEAR = {
    "sentence: compared": _AGAINST,
    "sentence: in turn": _EACH,
    "sentence: a part": _PART,
    "sentence: weak label": _WEAK,
}
_ANY_NEAR = (*_AGAINST, *_EACH, *_PART, *_WEAK)
_CLOSE = 5  # tokens
# Words that can turn what is said: a thing not yet done, left out, hoped for, or of every year.
_TURNING = frozenset(
    {"chưa", "không", "ngoài", "trừ", "nếu", "hàng", "hằng", "mỗi", "bình", "đề", "chờ", "xin", "hụt", "oda"}
)
_CAN_TURN = tuple(f" {word} " for word in _TURNING)
_ENDS = frozenset(".;:…")
_LISTED = frozenset({"-", "+", "*", "•", ">"})


class Grounds(NamedTuple):
    """What was found out about a figure besides its spot: its period, whether it is a stock, its place and status."""

    when: When
    asof: bool
    scope: str | None
    scope_sure: float
    target: bool
    zoned: bool = False  # the text names zones of its own as well as their province
    several: bool = False  # no place is clearly the text's own
    faint: bool = False  # the text's own place is named once, in passing
    hosted: bool = True  # a comparison has a figure that it is said of


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


def signs(passage: Passage, spot: Spot, grounds: Grounds) -> tuple[str, ...]:
    """The signs of doubt of one figure, each once, in the order of the alphabet."""
    found = {
        *_of_amount(passage, spot),
        *_of_topic(passage, spot),
        *_of_owner(passage, spot),
        *_of_period(passage, spot, grounds),
        *_of_place(grounds.scope, grounds.scope_sure, *grounds[5:8]),
        *_of_sentence(passage, spot),
        *_of_lines(passage, spot.sentence),
    }
    if grounds.target:
        found.add("target")
    if not grounds.hosted:
        found.add("topic: a comparison of no figure")
    return tuple(sorted(found))


def _of_amount(passage: Passage, spot: Spot) -> Iterator[str]:
    amount = spot.amount
    if amount.role or amount.bare:
        yield "amount: pair or without a noun"
    if amount.column is not None:
        yield "amount: cell of a table"
    if amount.doubt:
        yield "amount: marks or words in doubt"
    if amount.unit not in ("projects", *_MONEY, "workers", "percent", "adjustments"):
        yield "amount: unit seldom met"
    if amount.unit == "VND" and spot.topic in ("new", "added", "valid", "attracted", "new_and_added", "adjusted"):
        yield "amount: investment in đồng"


def _of_topic(passage: Passage, spot: Spot) -> Iterator[str]:
    words = passage.vocabulary.indicators["confidence"]
    if spot.indicator is None:
        yield "topic: no indicator"
    elif spot.indicator not in words["plain"]:
        yield "topic: indicator seldom met"
    doubt = max(spot.doubts.get("topic", 0.0), spot.doubts.get("indicator", 0.0))
    if spot.amount.unit not in COMPARED and spot.topic is None and spot.indicator is not None:
        yield "topic: by the unit alone"
    elif doubt > 0.1:
        yield "topic: weak or from another sentence"
    elif doubt > 0.05:
        yield "topic: carried far"
    elif doubt:
        yield "topic: of the projects beside it" if _beside(passage, spot) else "topic: carried in the clause"
    if spot.converted:
        yield "topic: a stock by its time"
    cues = passage.topics.within(spot.left, spot.right)
    if spot.topic is not None and _far_off(spot, cues):
        yield "topic: said some way off"
    if spot.topic in ("adjusted", "attracted", "new_and_added", "disbursed"):
        yield f"topic: {spot.topic}"
    # "Thu hút 29 dự án cấp mới": attracting is no rival of new, it only says that they came.
    if cues and len(_topics(passage, spot, cues) - {"attracted"}) > 1:
        yield "topic: several in the label"
    if spot.indicator in COMPARED or spot.amount.unit in COMPARED:
        yield "topic: comparison"


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


def _of_owner(passage: Passage, spot: Spot) -> Iterator[str]:
    if spot.indicator not in passage.vocabulary.indicators["confidence"]["owned"]:
        return
    doubt = spot.doubts.get("ownership", 0.0)
    here, near = passage.owners_named(spot.sentence, 0), passage.owners_named(spot.sentence, 2)
    if spot.ownership is not None and not spot.owner_said:
        beside = "owner: of the projects beside it" if _beside(passage, spot) else "owner: carried"
        yield beside if doubt <= 0.05 else "owner: carried far"
        if spot.index and passage.spots[spot.index - 1].topic != spot.topic:
            yield "owner: carried to another topic"
    if spot.ownership is not None and here - {spot.ownership}:
        yield "owner: others in the sentence" if spot.owner_said else "owner: carried where others are named"
    if spot.ownership is None and not spot.owner_said:
        if here:
            yield "owner: none where the sentence speaks of one"
        elif near:
            yield "owner: none where sentences near speak of one"
        elif passage.owners.all:
            yield "owner: none where the text speaks of one"
    if spot.ownership is None and spot.owner_said:
        yield "owner: both"


def _of_period(passage: Passage, spot: Spot, grounds: Grounds) -> Iterator[str]:
    name, doubt = grounds.when.name, grounds.when.doubt
    if name is None:
        if passage.today is None:
            yield "period: the text has no day"
        yield "period: none"
        return
    before = passage.times_between(passage.sentence(spot).start, spot.amount.first)
    said = [time for time in before if time.kind != "reference" and time.name]
    own = [time for time in said if _tells(time, grounds.when)]
    dated = bool(own) and name[:4] in passage.text(own[-1].start, own[-1].end)
    if passage.today is None and not dated:
        yield "period: the text has no day"
    if not own:
        yield "period: from another sentence"
        if passage.today is None:
            yield "period: carried in a text without a day"
        if doubt >= 0.1:
            yield "period: by default"
    elif not dated:
        yield "period: year from elsewhere"
    if doubt >= 0.12:
        yield "period: hardly known"
    elif doubt >= 0.08:
        yield "period: guessed"
    elif doubt >= 0.05:
        yield "period: nearly said"
    if len({time.name for time in said}) > 1:
        yield "period: several in the sentence"
    elif any(time.kind in ("reference", "last_year") for time in before):
        yield "period: a time compared with"
    if ".." in name:
        yield "period: a window seldom met"
    if passage.times_between(spot.amount.last, passage.sentence(spot).end):
        yield "period: a time behind"
    if any(time.kind == "last_year" for time in before):
        yield "period: last year's"
    if grounds.asof and len(name) == 4:
        yield "period: a stock of a year"


def _tells(time: Time, when: When) -> bool:
    return time.name == when.name or (time.last is not None and time.last == when.last)


@lru_cache(maxsize=1024)  # few places govern a text
def _of_place(scope: str | None, sure: float, zoned: bool, several: bool, faint: bool) -> tuple[str, ...]:
    told = {
        "place: none": scope is None,
        "place: carried": scope is not None and sure < 0.86,
        "place: several near": scope is not None and 0.86 <= sure < 0.95,
        "place: of the text": scope is not None and 0.95 <= sure < 0.97,
        "place: zones and province in one text": zoned and sure >= 0.97,
        "place: unsaid, where zones are named": zoned and sure < 0.97,
        "place: several in the text": several,
        "place: named in passing only": faint,
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


def _of_lines(passage: Passage, sentence: int) -> tuple[str, ...]:
    """The signs that all figures of a sentence show. Found out once for all of them."""
    if sentence not in passage.doubtful:
        lines = passage.layout.sentences[sentence]
        told = {
            "sentence: a title": _titled(passage, sentence),
            "sentence: words of a plan": passage.in_plan_section(sentence),
            "sentence: long": lines.end - lines.start > 90,
        }
        passage.doubtful[sentence] = tuple(sign for sign, shown in told.items() if shown)
    return passage.doubtful[sentence]


def _titled(passage: Passage, sentence: int) -> bool:
    """A short line of its own without a full stop."""
    sentences = passage.layout.sentences
    lines = sentences[sentence]
    if lines.end - lines.start > 30 or passage.source.words[lines.end - 1] in _ENDS:
        return False
    around = sentences[max(0, sentence - 1) : sentence] + sentences[sentence + 1 : sentence + 2]
    alone = all(other.paragraph != lines.paragraph for other in around)
    return alone and len(sentences) > 1


def _sentence_before(passage: Passage, spot: Spot) -> int:
    """Where the sentence before begins, if it is of the same paragraph: its aims may go on."""
    here = passage.sentence(spot)
    before = passage.layout.sentences[max(0, spot.sentence - 1)]
    return before.start if before.paragraph == here.paragraph else here.start


def _of_sentence(passage: Passage, spot: Spot) -> Iterator[str]:
    sentence = passage.sentence(spot)
    start, first, says = sentence.start, spot.amount.first, passage.says
    if spot.depth:
        yield "sentence: in brackets"
    if _turns(passage, spot):
        yield "sentence: words that can turn it"
    if says(_PLAN, start, first) or passage.aims.any(_sentence_before(passage, spot), spot.amount.last):
        yield "sentence: words of a plan"
    if first > start and passage.source.words[start] in _LISTED:
        yield "sentence: a line of a list"
    if says((";",), start, first):
        yield "sentence: behind a semicolon"
    if first - start > 45:
        yield "sentence: far into it"
    if says(_ENTERPRISE, spot.left, first) or named_project(passage, spot):
        yield "sentence: one enterprise"
    near, far = max(start, first - 12), min(sentence.end, spot.amount.last + 12)
    if says(_ANY_NEAR, near, far):
        yield from (sign for sign, words in _NEAR.items() if says(words, near, far))
