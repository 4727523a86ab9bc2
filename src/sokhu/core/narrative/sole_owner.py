"""A text on one owner only: what foreign investors brought in, told from its first figure on."""

from __future__ import annotations

from collections.abc import Mapping

from sokhu.core.narrative.mentions import any_of
from sokhu.core.narrative.passage import Cue, Passage, Spot

_INVESTED = frozenset({"projects", "adjustments", "certificates", "deals", "USD", "VND"})
_TOPICS = frozenset(
    {
        *("new", "added", "adjusted", "new_and_added", "attracted", "contribution", "reduced", "revoked"),
        *("valid", "operating", "construction", "not_started", "disbursed", None),
    }
)
_OF_INVESTMENT = any_of("vốn", "dự án")
_COMPARING = frozenset({"growth_rate", "yoy_ratio", "share", "ratio_times"})
_OF_A_WINDOW = ("new", "added", "adjusted", "reduced", "revoked")


def of_the_text(passage: Passage) -> str | None:
    """The one owner a text names at all, when the first thing invested is this owner's and no part is told apart."""
    cues = [cue.meanings[0] for cue in passage.owners.all if _counts(passage, cue)]
    named = set(cues)
    invested = [spot for spot in passage.spots if is_invested(spot)]
    if len(named) != 1 or not invested or named == {"both"}:
        return None
    (owner,) = named
    first = invested[0]
    ranking = _leads_ranking(passage, first)
    if len(cues) < 2 and not ranking and not (first.owner_said and _in_title(passage, first)):
        return None  # named once, in passing; the title's word is enough
    opening = passage.owners.within(0, first.amount.first)
    said = any(spot.owner_said and spot.ownership == owner for spot in invested)
    told = first.ownership == owner or (said and any(cue.meanings[0] == owner for cue in opening))
    told = told or ranking or _with_shares_bought(invested)
    told = told or 2 * sum(spot.ownership == owner for spot in invested) > len(invested)
    return owner if told and not any(_set_apart(passage, spot) for spot in invested) else None


def _leads_ranking(passage: Passage, first: Spot) -> bool:
    """ "Cả nước có 30 tỉnh có dự án đầu tư nước ngoài được cấp phép, trong đó Hải Dương ...": whose money is ranked."""
    before = passage.spots[first.index - 1] if first.index else None
    if before is None or before.sentence != first.sentence or before.amount.unit not in ("provinces", "countries"):
        return False
    cues = passage.owners.within(before.amount.last, first.amount.first)
    return [cue.meanings[0] for cue in cues] == ["FDI"]


def _with_shares_bought(invested: list[Spot]) -> bool:
    """New projects, raised capital and shares bought are told together of foreign investors alone."""
    topics = {spot.topic for spot in invested[:8]}
    return {"new", "contribution"} <= topics and bool({"added", "adjusted"} & topics)


def _counts(passage: Passage, cue: Cue) -> bool:
    """The cue names an owner; both at once ("điểm đến của nhà đầu tư trong và ngoài nước") only beside figures."""
    meaning = cue.meanings[0]
    return meaning != "none" and (meaning != "both" or passage.has_figures(passage.layout.sentence_of(cue.start)))


def _in_title(passage: Passage, spot: Spot) -> bool:
    """The text's first line, without a full stop."""
    lines = passage.sentence(spot)
    return spot.sentence == 0 and passage.words(lines.end - 1, lines.end) not in (["."], [";"])


def of_lone_comparisons(passage: Passage, hosts: Mapping[int, int]) -> None:
    """ "Bất động sản chiếm 47,6% vốn": a comparison with no figure of its own, in a text on foreign investors only."""
    owner = of_the_text(passage)
    for spot in passage.spots if owner == "FDI" else ():
        lone = spot.index not in hosts and spot.indicator in _COMPARING and not spot.owner_said
        told = passage.says(_OF_INVESTMENT, *_bounds(passage, spot)) or _shares_on(passage, spot)
        if lone and spot.ownership is None and told:
            spot.ownership, spot.doubts["ownership"] = owner, 0.15


def _shares_on(passage: Passage, spot: Spot) -> bool:
    """ "... chiếm 53,8% vốn cấp mới. Ngành B chiếm 37%, các ngành còn lại chiếm 9,2%": of the whole told before."""
    before = passage.spots[spot.index - 1] if spot.index else None
    alike = before is not None and before.indicator == spot.indicator == "share" and before.ownership is not None
    return alike and before is not None and spot.sentence - before.sentence <= 1


def _bounds(passage: Passage, spot: Spot) -> tuple[int, int]:
    sentence = passage.sentence(spot)
    return sentence.start, sentence.end


def is_invested(spot: Spot, owner: str | None = None) -> bool:
    """Projects, shares bought or their money; what a domestic investor brings, of a window and in đồng."""
    if owner == "DDI" and (spot.amount.unit == "USD" or spot.topic not in _OF_A_WINDOW):
        return False
    return spot.amount.unit in _INVESTED and spot.topic in _TOPICS and spot.amount.column is None


def _set_apart(passage: Passage, spot: Spot) -> bool:
    """ "89 dự án, trong đó có 8 dự án FDI": the text speaks of others as well."""
    label = passage.text(max(spot.left - 4, passage.sentence(spot).start), spot.amount.first)
    parted = any(word in label for word in ("trong đó", "trong số", "riêng", "gồm", "bao gồm"))
    if not (spot.owner_said and parted):
        return False
    near = [s for s in passage.spots[max(0, spot.index - 6) : spot.index] if spot.sentence - s.sentence <= 1]
    alike = [s for s in near if s.amount.unit == spot.amount.unit and is_invested(s)]
    return bool(alike) and alike[-1].ownership is None and alike[-1].amount.value > spot.amount.value
