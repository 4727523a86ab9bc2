"""Foreign (FDI) or domestic (DDI): said beside the figure, in its label, or carried on from the figures before it."""

from __future__ import annotations

from sokhu.core.narrative.about import opens_as_continuation
from sokhu.core.narrative.passage import Cue, Passage, Spot

_EACH = ("lần lượt", "tương ứng", "theo thứ tự")
_SPLIT = frozenset({"projects", "adjustments", "enterprises", "certificates"})


def give_ownership(passage: Passage) -> None:
    """Set `ownership` and `owner_said` of every spot."""
    for spot in passage.spots:
        said = _said(passage, spot)
        if said is not None:
            spot.ownership = None if said == "both" else said
            spot.owner_said = True
            continue
        spot.ownership, doubt = _carried(passage, spot)
        spot.doubts["ownership"] = doubt
    _distribute(passage)


def _said(passage: Passage, spot: Spot) -> str | None:
    after = _named(passage.cues(passage.owners, spot.amount.first, spot.right))
    if after:
        return after[0].meanings[0]
    before = _named(passage.cues(passage.owners, spot.left, spot.amount.first))
    return before[-1].meanings[0] if before else None


def _named(cues: list[Cue]) -> list[Cue]:
    return [cue for cue in cues if cue.meanings[0] != "none"]


def _carried(passage: Passage, spot: Spot) -> tuple[str | None, float]:
    before = _before(passage, spot)
    if before is None:
        return _from_earlier_sentence(passage, spot)
    between = passage.words(before.amount.last, spot.amount.first)
    if before.depth > spot.depth:
        outer = _at_depth(passage, spot)
        return (outer.ownership, 0.05) if outer else (None, 0.1)
    if _split_before(passage, before) and spot.amount.unit not in _SPLIT:
        return None, 0.1
    if ";" in between:
        return _over_semicolon(passage, spot)
    return before.ownership, 0.03 if before.ownership else 0.02


def _before(passage: Passage, spot: Spot) -> Spot | None:
    index = spot.index - 1
    if index >= 0 and passage.spots[index].sentence == spot.sentence:
        return passage.spots[index]
    return None


def _at_depth(passage: Passage, spot: Spot) -> Spot | None:
    for index in range(spot.index - 1, max(-1, spot.index - 9), -1):
        earlier = passage.spots[index]
        if earlier.sentence != spot.sentence:
            return None
        if earlier.depth <= spot.depth:
            return earlier
    return None


def _split_before(passage: Passage, before: Spot) -> bool:
    """The two counts just before are of different owners and have no money between: "246 dự án FDI và 66 dự án trong nước"."""
    index = before.index - 1
    if index < 0 or before.amount.unit not in _SPLIT:
        return False
    earlier = passage.spots[index]
    different = {earlier.ownership, before.ownership} == {"FDI", "DDI"}
    return earlier.sentence == before.sentence and earlier.amount.unit in _SPLIT and different


def _over_semicolon(passage: Passage, spot: Spot) -> tuple[str | None, float]:
    """After a semicolon the owner goes on only where the whole sentence so far spoke of one owner."""
    owners = []
    for index in range(spot.index - 1, -1, -1):
        if passage.spots[index].sentence != spot.sentence:
            break
        owners.append(passage.spots[index].ownership)
    return (owners[0], 0.1) if owners and len(set(owners)) == 1 else (None, 0.12)


def _from_earlier_sentence(passage: Passage, spot: Spot) -> tuple[str | None, float]:
    """"Trong đó, ..." after a sentence on one owner; or a heading just above that names one."""
    sentence = spot.sentence
    if opens_as_continuation(passage, sentence):
        index = spot.index - 1
        if index >= 0 and passage.spots[index].sentence == sentence - 1:
            first = index
            while first > 0 and passage.spots[first - 1].sentence == sentence - 1:
                first -= 1
            return passage.spots[first].ownership, 0.05
    return _heading(passage, sentence)


def _heading(passage: Passage, sentence: int) -> tuple[str | None, float]:
    """A short line above without figures, naming one owner: "1. Thu hút vốn đầu tư nước ngoài"."""
    for above in range(sentence - 1, max(-1, sentence - 3), -1):
        lines = passage.layout.sentences[above]
        if lines.end - lines.start > 22 or lines.paragraph == passage.layout.sentences[sentence].paragraph:
            continue
        named = {cue.meanings[0] for cue in _named(passage.cues(passage.owners, lines.start, lines.end))}
        if len(named) == 1:
            (owner,) = named
            ends = passage.words(lines.end - 1, lines.end)
            numbered = passage.source.tokens[lines.start].number or passage.words(lines.start, lines.start + 1)[0] in "-+*abcde"
            if ends == [":"] or numbered:
                return (None if owner == "both" else owner), 0.12
    return None, 0.0


def _distribute(passage: Passage) -> None:
    """"246 dự án FDI và 66 dự án trong nước với tổng vốn lần lượt là A và B": A is of the first, B of the second."""
    for spot in passage.spots:
        if spot.amount.unit in _SPLIT or spot.owner_said or spot.index < 2:
            continue
        words = " ".join(passage.words(max(spot.left, spot.amount.first - 14), spot.amount.first))
        if not any(each in words for each in _EACH):
            continue
        first, second = passage.spots[spot.index - 2], passage.spots[spot.index - 1]
        partner = passage.spots[spot.index + 1] if spot.index + 1 < len(passage.spots) else None
        if second.sentence != spot.sentence or not _split_before(passage, second) or partner is None:
            continue
        if partner.sentence == spot.sentence and not partner.owner_said:
            spot.ownership, partner.ownership = first.ownership, second.ownership
            spot.doubts["ownership"] = partner.doubts["ownership"] = 0.05
