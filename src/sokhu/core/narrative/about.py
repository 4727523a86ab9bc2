"""What a figure is about: its topic, from the words around it or from the figure before it."""

from __future__ import annotations

from collections.abc import Iterator

from sokhu.core.narrative.passage import Cue, Passage, Spot

CONTINUING = ("trong đó", "trong số đó", "cụ thể", "bao gồm", "gồm", "trong số này", "trong số các", "theo đó", "riêng")
_COMPARISON_UNITS = frozenset({"percent", "times"})
_UNITS_OF_LABEL = frozenset({"USD", "VND", "ha", "m2", "workers", "VND/person/month"})


def give_topics(passage: Passage) -> None:
    """Set `topic` of every spot that counts something; percents and multiples are left to the comparisons."""
    for spot in passage.spots:
        if spot.amount.unit in _COMPARISON_UNITS:
            continue
        found = max(_candidates(passage, spot), key=lambda pair: pair[0], default=None)
        inherited = _inherited(passage, spot)
        if found and (inherited is None or found[0] >= 0.35):
            spot.topic = found[1]
            spot.doubts["topic"] = 0.0 if found[0] >= 0.6 else 0.12
            _both_new_and_added(passage, spot)
        elif inherited:
            spot.topic = inherited.topic
            spot.doubts["topic"] = 0.03 if inherited.sentence == spot.sentence else 0.1


def _candidates(passage: Passage, spot: Spot) -> Iterator[tuple[float, str]]:
    """Topics of the words around the figure with their strength."""
    amount = spot.amount
    counts = amount.unit not in _UNITS_OF_LABEL
    for cue in passage.cues(passage.topics, amount.first, spot.right):
        if cue.end > amount.first + 1:
            distance = max(0, cue.start - amount.last)
            strength = (1.4 if counts else 1.0) - 0.06 * distance
            yield from _strengths(passage, cue, amount.unit, strength if cue.end > amount.last else 0.5)
    for cue in passage.cues(passage.topics, spot.left, amount.first):
        between = passage.words(cue.end, amount.first)
        marks = sum(word in ",();:" for word in between)
        strength = 1.15 - 0.045 * len(between) - 0.22 * marks
        if "trong" in between and "đó" in between:
            strength -= 0.2
        yield from _strengths(passage, cue, amount.unit, max(strength, 0.05))


def _strengths(passage: Passage, cue: Cue, unit: str, strength: float) -> Iterator[tuple[float, str]]:
    for name in cue.meanings:
        topic = passage.vocabulary.topics[name]
        if unit in topic.indicators:
            yield strength * topic.weight + 0.02 * (cue.end - cue.start), name


def _both_new_and_added(passage: Passage, spot: Spot) -> None:
    """One label that names new and added capital together means their sum."""
    if spot.topic not in ("new", "added", "adjusted") or spot.amount.unit not in ("USD", "VND"):
        return
    cues = passage.cues(passage.topics, spot.left, spot.amount.first)
    named = [(cue, cue.meanings[0]) for cue in cues if cue.meanings[0] in ("new", "added", "adjusted")]
    for (first, one), (second, other) in zip(named, named[1:], strict=False):
        between = passage.words(first.end, second.start)
        if one == "new" and other != "new" and len(between) <= 4 and ("và" in between or "," in between or "lẫn" in between):
            spot.topic = "new_and_added"


def _inherited(passage: Passage, spot: Spot) -> Spot | None:
    """The figure whose topic this one takes on: the nearest before it in the sentence that has a use for the unit."""
    unit = spot.amount.unit
    topics = passage.vocabulary.topics
    for back in range(spot.index - 1, max(-1, spot.index - 9), -1):
        earlier = passage.spots[back]
        if earlier.sentence != spot.sentence:
            return _from_sentence_before(passage, spot, earlier)
        if earlier.topic and unit in topics[earlier.topic].indicators and earlier.depth <= spot.depth:
            return earlier
    return None


def _from_sentence_before(passage: Passage, spot: Spot, earlier: Spot) -> Spot | None:
    """"Trong đó, ..." goes on with what the sentence before was about."""
    if earlier.sentence != spot.sentence - 1 or not opens_as_continuation(passage, spot.sentence):
        return None
    topics = passage.vocabulary.topics
    for back in range(earlier.index, max(-1, earlier.index - 9), -1):
        candidate = passage.spots[back]
        if candidate.sentence != earlier.sentence:
            return None
        if candidate.topic and spot.amount.unit in topics[candidate.topic].indicators and candidate.amount.unit == spot.amount.unit:
            return candidate
    return None


def opens_as_continuation(passage: Passage, sentence: int) -> bool:
    """The sentence begins with "trong đó", "cụ thể", "gồm" and the like."""
    start = passage.layout.sentences[sentence].start
    opening = " ".join(passage.words(start, start + 4)).lstrip("-+* ,")
    return opening.startswith(CONTINUING)
