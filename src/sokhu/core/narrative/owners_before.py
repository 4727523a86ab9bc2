"""Whose a figure is by the sentences and headings before it."""

from __future__ import annotations

from sokhu.core.narrative.continuing import opens_as_continuation, said_before
from sokhu.core.narrative.passage import Cue, Passage, Spot
from sokhu.core.narrative.topics_before import next_in_rank

ATTRACTION = frozenset({"new", "added", "adjusted", "new_and_added", "attracted"})
CHANGED = frozenset({"added", "adjusted", "reduced"})
STANDING = frozenset({"valid", "operating", "construction", "not_started", "delayed"})
_OF_ENTERPRISES = frozenset({"revenue", "output", "export", "import", "budget", "disbursed"})
_NEW_SUBJECT = (
    "ngoài ra",
    "tính chung",
    "lũy kế",
    "như vậy",
    "hiện",
    "đến nay",
    "trong năm",
    "bên cạnh",
    "toàn",
    "các kcn",
    "cả nước",
)
_SECTORS = ("lĩnh vực", "ngành")  # "Lĩnh vực chế biến ... với 100 dự án" ranks what the sentence before was on
OWNERLESS = frozenset({"meetings", "countries", "procedures", "zones", "households", "km", "provinces", "m2", "ha"})


def naming(cues: list[Cue]) -> list[Cue]:
    """The cues that name an owner, without those that say that a word is no owner."""
    return [cue for cue in cues if cue.meanings[0] != "none"]


def from_earlier_sentence(passage: Passage, spot: Spot) -> tuple[str | None, float]:
    """ "Trong đó, ..." after a sentence on one owner; or a heading just above that names one."""
    sentence = spot.sentence
    if spot.amount.unit in OWNERLESS:
        return None, 0.02
    again = said_before(passage, spot)
    if again is not None:
        return again.ownership, 0.08
    if opens_as_continuation(passage, sentence):
        index = spot.index - 1
        if index >= 0 and passage.spots[index].sentence == sentence - 1:
            return _led_by(passage, sentence - 1), 0.05
    if next_in_rank(passage, spot) and spot.index and passage.spots[spot.index - 1].sentence == sentence - 1:
        return passage.spots[spot.index - 1].ownership, 0.1
    if (owner := _under_subject(passage, spot)) is not None:
        return owner, 0.06
    owner = _same_paragraph(passage, spot) or _beside_new(passage, spot) or _led_in(passage, spot)
    if owner is not None:
        return owner, 0.15
    return _heading(passage, sentence)


def _led_by(passage: Passage, sentence: int) -> str | None:
    """The owner of the sentence's first figure; none where the sentence tells both owners apart."""
    first = passage.first_in(sentence)
    here = [spot for spot in passage.spots[first.index : first.index + 8] if spot.sentence == sentence]
    both = {"FDI", "DDI"} <= {spot.ownership for spot in here} and opens_as_continuation(passage, sentence)
    return None if both else first.ownership


def _under_subject(passage: Passage, spot: Spot) -> str | None:
    """The paragraph opens with whose investment it is on: "Về đầu tư trong nước, ...". It holds to its end."""
    sentences = passage.layout.sentences
    here = sentences[spot.sentence]
    for above in range(spot.sentence, max(-1, spot.sentence - 8), -1):
        lines = sentences[above]
        if lines.paragraph != here.paragraph and not _goes_on_alone(passage, above, spot):
            return None
        for cue in naming(passage.owners.within(lines.start, min(lines.end, lines.start + 14))):
            words = passage.words(max(lines.start, cue.start - 6), cue.start)
            if {"về", "đối"} & set(words) and passage.words(cue.end, cue.end + 1) in ([","], [":"]):
                return cue.meanings[0]
    return None


def _beside_new(passage: Passage, spot: Spot) -> str | None:
    """ "... 35 dự án mới. Ngoài ra, 17 dự án điều chỉnh vốn": new and changed ones of one owner, told in turn."""
    before = [s for s in passage.spots[max(0, spot.index - 8) : spot.index] if s.sentence == spot.sentence - 1]
    start = passage.sentence(spot).start
    opens = passage.text(start, start + 3).startswith(("ngoài ra", "bên cạnh", "đồng thời"))
    if not opens or spot.topic not in CHANGED or passage.owners_named(spot.sentence, 0) or not before:
        return None
    owners = {s.ownership for s in before if s.topic in ATTRACTION}
    near = passage.sentence(before[-1]).paragraph == passage.sentence(spot).paragraph
    return owners.pop() if near and len(owners) == 1 and "new" in {s.topic for s in before} else None


def _led_in(passage: Passage, spot: Spot) -> str | None:
    """The sentence before says without a figure whose enterprises did well: what they sold and paid follows."""
    sentences = passage.layout.sentences
    before = sentences[spot.sentence - 1] if spot.sentence else None
    if before is None or spot.topic not in _OF_ENTERPRISES or passage.has_figures(spot.sentence - 1):
        return None
    if before.paragraph != passage.sentence(spot).paragraph:
        return None
    cues = naming(passage.owners.within(before.start, before.end))
    subject = bool(cues) and "nghiệp" in passage.words(max(before.start, cues[0].start - 4), cues[0].start)
    return cues[0].meanings[0] if subject and len({cue.meanings[0] for cue in cues}) == 1 else None


def _goes_on_alone(passage: Passage, above: int, spot: Spot) -> bool:
    """Every sentence is a paragraph: the one before, on new projects as this one, may have named the owner of both."""
    sentences = passage.layout.sentences
    alone = all(sentences[n].paragraph != sentences[n + 1].paragraph for n in range(max(0, above - 2), above))
    near = above == spot.sentence - 1 and passage.has_figures(above) and not passage.is_heading(above)
    opening = passage.text(sentences[spot.sentence].start, sentences[spot.sentence].start + 3)
    return alone and near and spot.topic in ATTRACTION and not opening.startswith(_NEW_SUBJECT)


def _same_paragraph(passage: Passage, spot: Spot) -> str | None:
    """The sentence before, in the same paragraph, was on what one owner brought in, and this one goes on with it."""
    sentences = passage.layout.sentences
    if spot.topic not in ATTRACTION or spot.amount.unit == "VND":
        return None
    opening = passage.text(sentences[spot.sentence].start, sentences[spot.sentence].start + 3)
    if opening.startswith(_NEW_SUBJECT) or sentences[spot.sentence].paragraph != sentences[spot.sentence - 1].paragraph:
        return None
    before = [s for s in passage.spots[max(0, spot.index - 8) : spot.index] if s.sentence == spot.sentence - 1]
    kin = ATTRACTION | STANDING if opening.startswith(_SECTORS) else ATTRACTION
    owners = {s.ownership for s in before if s.topic in kin}
    return owners.pop() if len(owners) == 1 else None


def _heading(passage: Passage, sentence: int) -> tuple[str | None, float]:
    """The heading above, when it names one owner: "2.1. Thu hút vốn đầu tư nước ngoài"; it holds to the next
    heading.
    """
    if passage.starts_item(sentence):
        return None, 0.0
    for above in range(sentence - 1, max(-1, sentence - 7), -1):
        if not passage.is_heading(above):
            if passage.starts_item(above):
                return None, 0.0
            continue
        lines = passage.layout.sentences[above]
        named = {cue.meanings[0] for cue in naming(passage.owners.within(lines.start, lines.end))}
        if len(named) == 1:
            (owner,) = named
            return (None if owner == "both" else owner), 0.12
        return None, 0.0
    return None, 0.0
