"""What a figure is about: its topic, from the words around it or from the figure before it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sokhu.core.narrative.continuing import opens_as_continuation, said_before
from sokhu.core.narrative.mentions import any_of
from sokhu.core.narrative.passage import Cue, Passage, Spot
from sokhu.core.narrative.topics_before import (
    inheritance_doubt,
    inherited_from,
    is_next_project,
    is_part_of_new,
    is_works_of_zone,
    named_before,
    of_several_kinds,
    subject_of_sentence,
    summed_up,
)
from sokhu.core.narrative.topics_of_rows import of_rows

NEXT = 4  # tokens behind a count within which a pair of words is still said of it
_BARELY = (["đã", "có"], ["đang", "có"])
_COMPARISON_UNITS = frozenset({"percent", "times"})
_STATES = frozenset({"operating", "construction", "delayed", "not_started"})  # of projects; their money only inherits
_OF_ALL = frozenset({"added", "adjusted", "attracted", "new_and_added", "infrastructure"})
_SECONDARY = any_of("thứ cấp", "sản xuất kinh doanh")
_HOLDERS = frozenset({"projects", "certificates", "enterprises"})
_OF_LAND = frozenset({"diện", "đất", "thuê", "chiếm", "dụng"})
_ZONE_OR_END = frozenset({"kcn", "kkt", "kcx", "ccn", "khu", "cụm", ";"})
_TAKING_LAND = frozenset({"valid", "operating", "construction", "not_started", "new", "attracted", None})
_NOT_LET = ("chủ trương", "hạ tầng", "nhà ở", "đô thị", "dân cư", "ghi nhớ", "đề xuất", "quy hoạch")
_UNITS_OF_LABEL = frozenset({"USD", "VND", "ha", "m2", "workers", "VND/person/month"})


def give_topics(passage: Passage) -> None:
    """Set `topic` of every spot that counts something; percents and multiples are left to the comparisons."""
    for spot in passage.spots:
        if spot.amount.unit in _COMPARISON_UNITS:
            continue
        if spot.amount.unit == "deals":
            _meetings_not_deals(passage, spot)
        if (again := said_before(passage, spot)) is not None and again.topic:
            spot.topic, spot.parent = again.topic, again.index
            continue
        found = max(_candidates(passage, spot), key=lambda pair: pair[0], default=None)
        inherited = None if found and found[0] >= 0.35 else inherited_from(passage, spot)
        if found and inherited is None:
            spot.topic = found[1]
            spot.doubts["topic"] = 0.0 if found[0] >= 0.6 else 0.12
            _both_new_and_added(passage, spot)
            _raised_to(passage, spot)
            _of_infrastructure(passage, spot)
        elif inherited:
            spot.topic, spot.parent = inherited.topic, inherited.index
            if spot.topic in _OF_ALL and is_next_project(passage, spot):
                spot.topic = "new"
            if spot.topic == "infrastructure" and passage.says(_SECONDARY, spot.amount.first, spot.right):
                spot.topic = "attracted"  # "3 dự án hạ tầng và 325 dự án thứ cấp"
            spot.doubts["topic"] = inheritance_doubt(passage, spot, inherited)
            summed_up(passage, spot, inherited)
            _raised_to(passage, spot)
            of_several_kinds(passage, spot)
        elif (led := named_before(passage, spot)) is not None:
            spot.topic, spot.doubts["topic"] = led, 0.15
        elif is_works_of_zone(passage, spot):
            spot.topic, spot.doubts["topic"] = "infrastructure", 0.12
        elif (subject := subject_of_sentence(passage, spot)) is not None:
            spot.topic = subject
            spot.doubts["topic"] = 0.15
        if spot.amount.unit in ("ha", "m2"):
            _land_of_projects(passage, spot)
        if spot.topic in (None, "attracted") and is_part_of_new(passage, spot):
            spot.topic = "new"
        if spot.amount.unit == "certificates" and spot.topic in (None, "attracted", "new_and_added"):
            spot.topic = "new" if passage.words(spot.amount.first - 1, spot.amount.first) == ["cấp"] else spot.topic
        if spot.topic == "contribution" and spot.amount.unit == "adjustments":
            spot.amount.unit = "deals"
        if spot.topic is None and spot.amount.unit == "deals":
            spot.topic = "contribution"
        if spot.topic == "income" and spot.amount.unit == "VND" and spot.amount.value < 200_000_000:
            spot.amount.unit = "VND/person/month"  # a month's pay, whatever the text leaves out
    of_rows(passage)


def _candidates(passage: Passage, spot: Spot) -> Iterator[tuple[float, str]]:
    """Topics of the words around the figure with their strength."""
    amount = spot.amount
    counts = amount.unit not in _UNITS_OF_LABEL or amount.unit == "m2"
    depth = passage.layout.depth
    if amount.header is not None:
        heads = [] if amount.column in ("plan", "result") else passage.topics.within(*amount.header)
        for cue in heads:
            yield from _strengths(passage, cue, amount.unit, 0.9)
    after = passage.following(spot)
    if not passage.topics.any(spot.left, max(passage.sentence(spot).end, after.right if after else 0)):
        return
    for cue in passage.topics.within(amount.first, spot.right):
        if cue.end > amount.first + 1:
            distance = max(0, cue.start - amount.last)
            strength = (1.4 if counts else 1.0) - 0.06 * distance
            if counts and cue.meanings[0] in _STATES and {"đang", "đi"} & set(passage.words(cue.start - 1, cue.end)):
                # "được cấp giấy chứng nhận và đang xây dựng": how it stands now
                strength = max(strength, 1.5 - 0.03 * distance)
            if cue.meanings[0] == "construction" and "đã" in passage.words(cue.start - 2, cue.start):
                strength = 0.5  # "đã xây dựng nhà xưởng và đi vào hoạt động": what was built comes before how it stands
            if counts and cue.meanings[0] in ("new", "adjusted") and _passive(passage, amount.last, cue):
                strength = max(strength, 1.4 if passage.words(cue.start, cue.start + 1) == ["được"] else 1.0)
            if amount.unit == "procedures":
                strength = 1.2
            yield from _strengths(passage, cue, amount.unit, strength if cue.end > amount.last else 0.5)
    yield from _behind_bracket(passage, spot)
    if after is not None:
        yield from _behind_slash(passage, spot, after)
        yield from _behind_money(passage, spot, after)
    cues = passage.topics.within(spot.left, amount.first)
    labels = [cue.start for cue in cues if cue.meanings == ["neutral"]]
    for cue in cues:
        between = passage.words(cue.end, amount.first)
        marks = sum(word in ",();:" for word in between)
        strength = 1.15 - 0.045 * len(between) - 0.22 * marks
        if "trong" in between and "đó" in between:
            strength -= 0.2
        if depth[cue.start] > spot.depth:
            strength -= 0.5
        label = next((start for start in labels if start >= cue.end), None)
        if (
            label is not None
            and "," in passage.words(cue.end, label)
            and cue.meanings[0] in ("infrastructure", "operating", "construction")
        ):
            strength -= 0.7
        if cue.meanings[0] in _STATES and amount.unit == "projects" and "hút" in between:
            strength -= 0.6  # "các KCN đang hoạt động đã thu hút 200 dự án": the zones operate
        if amount.column is not None:
            strength = 1.0
        if _only_only(passage, cue) or _cumulated_months(passage, cue):
            continue
        if cue.meanings[0] in ("procedures_total",):
            strength -= 0.3
        if passage.words(cue.start, cue.end) in _BARELY and opens_as_continuation(passage, spot.sentence):
            strength = 0.05  # "Trong đó, riêng 4 dự án đã có tổng vốn ...": of what the sentence before counted
        yield from _strengths(passage, cue, amount.unit, max(strength, 0.05))


def _passive(passage: Passage, start: int, cue: Cue) -> bool:
    """ "9 dự án FDI được Ban Quản lý ... cấp giấy chứng nhận": who gave it stands between."""
    between = passage.words(start, cue.start)
    given = "được" in between[:8] or passage.words(cue.start, cue.start + 1) == ["được"]
    return given and len(between) <= 20 and not {",", ";", "."} & set(between)


def _behind_bracket(passage: Passage, spot: Spot) -> Iterator[tuple[float, str]]:
    """What stands behind the brackets that split a count is said of the count: "21 dự án (12 FDI và 9 DDI) đã đi vào
    hoạt động".
    """
    start, end, depth = spot.right, passage.sentence(spot).end, passage.layout.depth
    if passage.words(start, start + 1) != ["("] or spot.amount.unit not in ("projects", "enterprises"):
        return
    close = next((at for at in range(start + 1, min(end, start + 40)) if depth[at] <= spot.depth), end)
    while passage.words(close, close + 1) == [")"]:
        close += 1
    for cue in passage.topics.within(close, min(end, close + 8)):
        if cue.start <= close + 1 and passage.words(close, close + 1)[:1] not in ([","], ["với"], ["và"]):
            yield from _strengths(passage, cue, spot.amount.unit, 1.35)


def _behind_slash(passage: Passage, spot: Spot, after: Spot) -> Iterator[tuple[float, str]]:
    """ "310 dự án/216 doanh nghiệp đang hoạt động": what is said of the second count is said of the first."""
    if passage.words(spot.amount.last, after.amount.first) != ["/"]:
        return
    for cue in passage.topics.within(after.amount.last, after.right):
        yield from _strengths(passage, cue, spot.amount.unit, 1.3)


def _behind_money(passage: Passage, spot: Spot, after: Spot) -> Iterator[tuple[float, str]]:
    """ "35 dự án với tổng vốn 880 triệu USD được cấp mới": what was done with them stands behind their money."""
    if spot.amount.unit != "projects" or after.amount.unit not in ("USD", "VND"):
        return
    between = passage.words(spot.right, after.amount.first)
    labels = [cue.meanings for cue in passage.topics.within(spot.right, after.amount.first)]
    if [told for told in labels if "neutral" not in told] == [["new"]] and len(between) <= 9 and ";" not in between:
        yield from _strengths(passage, Cue(spot.right, spot.right, ["new"]), spot.amount.unit, 0.5)
    done = passage.words(after.amount.last, after.amount.last + 1) == ["được"]
    if not done or between[:1] != ["với"] or len(between) > 8 or not {",", ";", "(", ")"}.isdisjoint(between):
        return
    for cue in passage.topics.within(after.amount.last, after.right):
        if cue.start <= after.amount.last + 1:
            yield from _strengths(passage, cue, spot.amount.unit, 1.3)


def _strengths(passage: Passage, cue: Cue, unit: str, strength: float) -> Iterator[tuple[float, str]]:
    for name in cue.meanings:
        topic = passage.vocabulary.topics[name]
        if unit in ("USD", "VND") and name in _STATES:
            continue
        if unit in topic.indicators:
            yield strength * topic.weight + 0.02 * (cue.end - cue.start), name


def _both_new_and_added(passage: Passage, spot: Spot) -> None:
    """One label that names new and added capital together means their sum."""
    if spot.topic == "contribution" and _of_standing(passage, spot):
        spot.topic = "valid"
    elif spot.topic == "contribution" and _of_all_three(passage, spot):
        spot.topic = "new_and_added"
    if spot.topic not in ("new", "added", "adjusted") or spot.amount.unit not in ("USD", "VND", "projects"):
        return
    before = passage.spots[spot.index - 1] if spot.index else None
    if before is not None and before.topic == "new" and passage.words(spot.left, spot.left + 2) == [")", "và"]:
        spot.topic = "new_and_added"  # "vốn cấp mới (767 dự án) và tăng thêm đạt 12 tỷ USD"
        return
    longest = 4 if spot.amount.unit != "projects" else 1
    cues = passage.topics.within(spot.left, spot.amount.first) + passage.topics.within(spot.amount.last, spot.right)
    named = [(cue, cue.meanings[0]) for cue in cues if cue.meanings[0] in ("new", "added", "adjusted")]
    for (first, one), (second, other) in pairwise(named):
        between = passage.words(first.end, second.start)
        if spot.amount.unit == "projects" and first.start - spot.amount.last > NEXT:
            continue  # "11 dự án tăng vốn đã đưa tổng vốn cấp mới và tăng thêm đạt ...": said of the money
        if (
            one == "new"
            and other != "new"
            and len(between) <= longest
            and ("và" in between or "," in between or "lẫn" in between)
        ):
            spot.topic = "new_and_added"


def _of_all_three(passage: Passage, spot: Spot) -> bool:
    """ "vốn cấp mới, điều chỉnh và góp vốn mua cổ phần đạt ...": the sum of all that came in."""
    cues = passage.topics.within(spot.left, spot.amount.first)
    named = {name for cue in cues for name in cue.meanings}
    drawn = "hút" in passage.words(spot.amount.first - 3, spot.amount.first)
    summed = "new_and_added" in named or bool({"added", "adjusted"} & named)
    return spot.amount.unit in ("USD", "VND") and (summed or drawn)


def _of_standing(passage: Passage, spot: Spot) -> bool:
    """ "1.663 dự án còn hiệu lực với tổng vốn sau điều chỉnh và góp vốn đạt 20 tỷ USD": the money of what stands."""
    before = passage.spots[spot.index - 1] if spot.index else None
    if before is None or before.sentence != spot.sentence or before.amount.unit != "projects":
        return False
    between = passage.text(before.amount.last, spot.amount.first)
    return before.topic == "valid" and "sau điều chỉnh" in between and ";" not in between


def _meetings_not_deals(passage: Passage, spot: Spot) -> None:
    """ "làm việc với 110 lượt nhà đầu tư" counts meetings, not shares bought."""
    named = {name for cue in passage.topics.within(spot.left, spot.right) for name in cue.meanings}
    if "meetings" in named and "contribution" not in named and "mou" not in named:
        spot.amount.unit = "meetings"


def _cumulated_months(passage: Passage, cue: Cue) -> bool:
    """ "lũy kế 5 tháng" is a window of this year, no standing total."""
    words = passage.words(cue.start, cue.end + 2)
    return words[:2] == ["lũy", "kế"] and words[-1:] == ["tháng"]


def _only_only(passage: Passage, cue: Cue) -> bool:
    """A lone "mới" before a figure means "only" ("mới có 11 KCN"); after it, "new"."""
    return passage.words(cue.start, cue.end) == ["mới"]


def _of_infrastructure(passage: Passage, spot: Spot) -> None:
    """Money disbursed into infrastructure is infrastructure money."""
    label = passage.topics.within(spot.left, spot.amount.first)
    if spot.topic == "valid" and spot.amount.unit == "projects":
        named = [cue for cue in label if "infrastructure" in cue.meanings]
        if (
            named
            and "hạ tầng" in passage.text(named[-1].start, named[-1].end)
            and "dự" in passage.words(named[-1].start, named[-1].end)
        ):
            spot.topic = "infrastructure"
    if spot.topic == "new_and_added" and any("dự án hạ tầng" in passage.text(c.start, c.end) for c in label):
        spot.topic = "infrastructure"
    if spot.topic != "disbursed":
        return
    before = passage.spots[spot.index - 1] if spot.index else None
    goes_on = before is not None and before.sentence == spot.sentence and before.topic == "infrastructure"
    if goes_on or any("infrastructure" in cue.meanings for cue in label):
        spot.topic = "infrastructure"


def _raised_to(passage: Passage, spot: Spot) -> None:
    """ "tăng tổng mức đầu tư lên 1,6 tỷ USD": the total after the increase."""
    words = passage.words(spot.left, spot.amount.first)
    if spot.topic in ("added", "adjusted") and "lên" in words[-2:] and "tổng" in words:
        spot.topic = "valid" if spot.amount.unit in ("USD", "VND") else spot.topic


def _land_of_projects(passage: Passage, spot: Spot) -> None:
    """The land that projects in zones take up is let to them, and no area of a zone: "172 dự án với tổng diện tích
    6.712 ha". What is not yet theirs, is theirs no more, serves no industry or may be the zone's has no indicator.
    """
    taking = _who_takes_land(passage, spot)
    if taking is None:
        return
    label = passage.words(taking.amount.last, spot.amount.first)
    behind = spot.topic == "industrial_land" and "công" not in label  # "với tổng diện tích 412 ha đất công nghiệp"
    if spot.topic not in ("zone_area", None) and not behind:
        return
    said = passage.text(passage.sentence(taking).start, spot.amount.first)
    if "thuê" in label:
        spot.topic = "leased"
    elif taking.topic in _TAKING_LAND and not any(phrase in said for phrase in _NOT_LET):
        spot.topic, spot.doubts["topic"] = "leased", 0.15
        if passage.words(taking.right, taking.right + 1) == [","] and _opens_with_a_zone(passage, spot):
            spot.topic = "handover"
    else:
        spot.topic = "handover"


def _who_takes_land(passage: Passage, spot: Spot) -> Spot | None:
    """The projects or enterprises that the land is said of, past their money; none where a zone stands between."""
    for index in range(spot.index - 1, max(-1, spot.index - 5), -1):
        before = passage.spots[index]
        if before.sentence != spot.sentence:
            return None
        if before.amount.unit in _HOLDERS:
            between = passage.words(before.right, spot.amount.first)
            return before if _OF_LAND & set(between) and not _ZONE_OR_END & set(between) else None
        if before.amount.unit not in ("USD", "VND"):
            return None
    return None


def _opens_with_a_zone(passage: Passage, spot: Spot) -> bool:
    """ "KCN Long Đức có 64 dự án, diện tích 512 ha": the sentence may describe the zone it names first."""
    tokens = passage.source.tokens[passage.sentence(spot).start : spot.amount.first]
    at = next((at for at, token in enumerate(tokens[:5]) if token.text in ("kcn", "kkt", "nghiệp", "tế")), len(tokens))
    return any(token.capital for token in tokens[at + 1 : at + 2])
