"""Plan or result, estimate or final, and figures that are said again."""

from __future__ import annotations

import re
from decimal import Decimal

from sokhu.core.narrative.figure import Maturity, Status
from sokhu.core.narrative.mentions import any_of
from sokhu.core.narrative.passage import Cue, Passage, Spot

_PLAN_BRACKET = re.compile(
    r"(?:kế hoạch|dự toán|(?<!\w)kh)(?!\w)[^.;,()]{0,30}\( ?(?:thu hút ?)?(?:là|gần|hơn|khoảng|trên)? ?$"
)
_PLAN_AFTER_PERCENT = re.compile(r"% (?:so với )?(?:kế hoạch|dự toán|mục tiêu|chỉ tiêu)[^.;,()0-9]{0,25}$")
_AGAINST_PLAN = re.compile(r"(?:hơn|so với|vượt) (?:kế hoạch|chỉ tiêu|mục tiêu)[^.;,()0-9]{0,25} là ?$")
_OFFICES = ("kế hoạch và đầu tư", "kế hoạch & đầu tư", "kế hoạch đầu tư", "kế hoạch - đầu tư")
_PLAN_WORDS = any_of("kế hoạch", "dự toán", " kh ", "mục tiêu", "chỉ tiêu")
_OPENS = ("kế hoạch năm", "kế hoạch cả năm", "mục tiêu năm", "chỉ tiêu năm", "mục tiêu đến", "mục tiêu là")
_MARKS = frozenset({"-", "+", "*", "•"})
_FIRST = _MARKS | {opening.split()[0] for opening in _OPENS}
_DONE = frozenset({"đạt", "đã", "được", "thực", "hoàn", "vượt", "bằng", "kết", "so"})
_WEAK = frozenset({"sẽ", "được giao", "mục tiêu", "chỉ tiêu", "đề ra", "dự kiến sẽ", "sẽ có"})
_STRONG_BACK = frozenset({"đã", "kết quả", "thực hiện được", "vượt", "hoàn thành", "so với"})


def is_target(passage: Passage, spot: Spot) -> bool:
    """A word of aiming governs the figure, and no word of having done stands between."""
    if spot.amount.column is not None:
        return spot.amount.column == "plan"
    sentence = passage.sentence(spot)
    start, first = sentence.start, spot.amount.first
    if passage.source.words[start] in _FIRST and _opens_with_a_plan(passage, start, first):
        return True
    cues = passage.statuses.within(start, first)
    for cue in reversed(cues):
        meaning, words = cue.meanings[0], _text(passage, cue)
        if meaning == "target":
            return not (words in _WEAK and not _aims(passage, cue, spot))
        if meaning == "fact" and words in _STRONG_BACK:
            return False
    return passage.in_plan_section(spot.sentence) or (not cues and _under_plan_heading(passage, spot.sentence))


def _opens_with_a_plan(passage: Passage, start: int, end: int) -> bool:
    """ "Kế hoạch năm 2023 thu hút 2 tỷ USD", "Mục tiêu năm 2023 là …", and nothing that was done before the figure."""
    opening = " ".join(word for word in passage.words(start, min(start + 4, end)) if word not in _MARKS)
    return opening.startswith(_OPENS) and _DONE.isdisjoint(passage.words(start, end))


def is_plan_value(passage: Passage, spot: Spot) -> bool:
    """The label straight before the figure is the plan itself: "(kế hoạch cả năm là 500 triệu USD)"."""
    if spot.plan_value is None:
        spot.plan_value = _is_plan(passage, spot)
    return spot.plan_value


def _is_plan(passage: Passage, spot: Spot) -> bool:
    if spot.amount.unit in ("percent", "times") or spot.amount.column is not None:
        return False
    if not passage.says(_PLAN_WORDS, spot.amount.first - 16, spot.amount.first):
        return False
    near = passage.text(max(passage.sentence(spot).start, spot.amount.first - 12), spot.amount.first)
    if any(said.search(near) for said in (_PLAN_BRACKET, _PLAN_AFTER_PERCENT, _AGAINST_PLAN)):
        return True
    words = passage.words(max(spot.left, spot.amount.first - 16), spot.amount.first)
    text = " ".join(words).replace("( ", "").strip(" ,-")
    if "thu hút" in text or "phấn đấu" in text or text.startswith(_OFFICES):
        return False
    return text.startswith(("kế hoạch", "dự toán")) or text.endswith(
        ("kế hoạch", "kế hoạch là", "kế hoạch năm", "kế hoạch cả năm", "so với kế hoạch")
    )


def maturity(passage: Passage, spot: Spot) -> Maturity | None:
    """ "ước" and "sơ bộ" in the figure's own label, or "ước" earlier in a list that goes on."""
    cues = passage.statuses.within(spot.left, spot.amount.first)
    for cue in reversed(cues):
        if cue.meanings[0] in ("estimate", "preliminary", "final"):
            return cue.meanings[0]  # type: ignore[return-value]
    return None


def repeats(
    seen: set[tuple[Decimal, str, str | None, str | None, str | None]],
    spot: Spot,
    scope: str | None,
    period: str | None,
) -> Status:
    """ "repeat" when the same value of the same indicator, scope and period was said before, else "fact"."""
    key = (spot.amount.value, spot.amount.unit, spot.indicator, scope, period)
    if key in seen and spot.amount.value > 1:
        return "repeat"
    seen.add(key)
    return "fact"


def _aims(passage: Passage, cue: Cue, spot: Spot) -> bool:
    words = passage.words(max(0, cue.start - 5), cue.start)
    if _text(passage, cue) in ("sẽ", "sẽ có", "dự kiến sẽ"):
        return spot.amount.first - cue.end <= 12
    return any(word in ("đặt", "đề", "phấn", "giao", "với") for word in words) and spot.amount.first - cue.end <= 25


def _under_plan_heading(passage: Passage, sentence: int) -> bool:
    """The line stands under "Mục tiêu năm 2024:" or "Phấn đấu:". Found out once for all its figures."""
    if sentence not in passage.under_plan:
        passage.under_plan[sentence] = _plan_above(passage, sentence)
    return passage.under_plan[sentence]


def _plan_above(passage: Passage, sentence: int) -> bool:
    for above in range(sentence - 1, max(-1, sentence - 5), -1):
        lines = passage.layout.sentences[above]
        cues = passage.statuses.within(lines.start, lines.end)
        ends = passage.words(lines.end - 1, lines.end)
        if ends == [":"] or lines.end - lines.start <= 14:
            return any(cue.meanings[0] == "target" and _text(passage, cue) not in ("sẽ",) for cue in cues) and not any(
                cue.meanings[0] == "fact" and _text(passage, cue) in ("kết quả", "thực hiện được", "đã") for cue in cues
            )
    return False


def _text(passage: Passage, cue: Cue) -> str:
    return passage.text(cue.start, cue.end)
