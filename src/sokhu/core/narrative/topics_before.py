"""What a figure is about when its own words leave it open: the topic of the figures and words before it."""

from __future__ import annotations

import re

from sokhu.core.narrative.continuing import opens_as_continuation
from sokhu.core.narrative.passage import Passage, Spot

_ALIKE = [{"projects", "adjustments"}, *({unit} for unit in ("projects", "adjustments", "certificates", "enterprises"))]
_ALIKE += [{unit} for unit in ("USD", "VND", "ha", "m2", "zones", "workers", "deals", "procedures", "countries")]
_FURTHER = re.compile(r"(?<!\w)(?:đứng|xếp)(?: ở)?(?: vị trí)? thứ (?:hai|ba|tư|năm|[2-9])(?!\w)")
_RANKED = ("tiếp đến", "tiếp theo", "kế đến", "kế tiếp", "tiếp sau", "xếp sau", "đứng sau", "theo sau")
_OF_NEW = ("đăng ký cấp mới", "vốn cấp mới", "đăng ký mới", "thu hút mới", "đầu tư cấp mới")
_RAISING = frozenset({"nâng", "đưa", "tăng"})


def inherited_from(passage: Passage, spot: Spot) -> Spot | None:
    """The figure whose topic this one takes on: the nearest before it in the sentence that has a use for the unit."""
    unit = spot.amount.unit
    topics = passage.vocabulary.topics
    money = unit in ("USD", "VND")
    depth, counted = spot.depth, False
    for back in range(spot.index - 1, max(-1, spot.index - 9), -1):
        earlier = passage.spots[back]
        if earlier.sentence != spot.sentence:
            return None if counted else _from_sentence_before(passage, spot, earlier)
        if (earlier.topic == "valid" or unit == "zones") and _left_behind(passage, earlier, spot):
            continue
        if earlier.topic and unit in topics[earlier.topic].indicators and earlier.depth <= depth:
            return None if earlier.topic == "disbursed" and (counted or _registered(passage, spot)) else earlier
        counted = counted or (money and earlier.amount.unit == "projects")
        if earlier.depth < depth:
            depth = earlier.depth
    return None


def _left_behind(passage: Passage, earlier: Spot, spot: Spot) -> bool:
    """A clause ends between the two, and the earlier one does not lead what follows."""
    return (_raised_total(passage, earlier) or _part(passage, earlier, spot)) and _clause_ends(passage, earlier, spot)


def _raised_total(passage: Passage, spot: Spot) -> bool:
    """ "..., nâng tổng vốn FDI lên 545 triệu USD": told in passing, the next clause goes on with what came before."""
    return spot.topic == "valid" and not _RAISING.isdisjoint(passage.words(spot.left, spot.amount.first))


def _part(passage: Passage, earlier: Spot, spot: Spot) -> bool:
    """ "28 KCN, trong đó 16 KCN đang hoạt động; có 32 cụm": the next clause goes on with the whole."""
    return spot.amount.unit == "zones" and "trong đó" in passage.text(earlier.left, earlier.amount.first)


def _clause_ends(passage: Passage, earlier: Spot, spot: Spot) -> bool:
    between = passage.text(earlier.amount.last, spot.amount.first)
    return ";" in between and "trong đó" not in between


def _registered(passage: Passage, spot: Spot) -> bool:
    """The words straight before the money say that it is registered, whatever the figure before was."""
    words = passage.words(max(passage.sentence(spot).start, spot.amount.first - 6), spot.amount.first)
    if ")" in words:
        words = words[len(words) - words[::-1].index(")") :]
    return "đăng ký" in " ".join(words)


def _from_sentence_before(passage: Passage, spot: Spot, earlier: Spot) -> Spot | None:
    """ "Trong đó, ..." goes on with what the sentence before was about."""
    if earlier.sentence != spot.sentence - 1:
        return None
    if (item := _above_in_list(passage, spot)) is not None:
        return item
    if not opens_as_continuation(passage, spot.sentence):
        return _next_in_rank(passage, spot, earlier) or _same_label(passage, spot, earlier)
    topics = passage.vocabulary.topics
    if (whole := _whole_of_parts(passage, spot, earlier)) is not None:
        return whole
    for back in range(earlier.index, max(-1, earlier.index - 9), -1):
        candidate = passage.spots[back]
        if candidate.sentence != earlier.sentence:
            return None
        if (
            candidate.topic
            and spot.amount.unit in topics[candidate.topic].indicators
            and {candidate.amount.unit, spot.amount.unit} in _ALIKE
        ):
            return candidate
    return None


def next_in_rank(passage: Passage, spot: Spot) -> bool:
    """ "Tiếp đến là Hà Nam 118 triệu USD", "Hà Nam đứng thứ hai": the sentence goes on with a ranking."""
    start = passage.sentence(spot).start
    opening = passage.text(start, min(start + 9, spot.amount.first))
    return opening.startswith(_RANKED) or _FURTHER.search(opening) is not None


def _next_in_rank(passage: Passage, spot: Spot, earlier: Spot) -> Spot | None:
    """The money of the place ranked before, where it was part of the new capital."""
    if spot.amount.unit not in ("USD", "VND") or not next_in_rank(passage, spot):
        return None
    there = [s for s in passage.spots[max(0, earlier.index - 2) : earlier.index + 1] if s.sentence == earlier.sentence]
    return next((s for s in reversed(there) if s.topic == "new" and s.amount.unit == spot.amount.unit), None)


def is_part_of_new(passage: Passage, spot: Spot) -> bool:
    """ "Hải Dương đứng đầu với 120 triệu USD, chiếm 15% tổng vốn đăng ký cấp mới": a part of the new capital is new."""
    share = passage.following(spot)
    if share is not None and spot.amount.unit == "projects" and share.amount.unit in ("USD", "VND"):
        beside = share.sentence == spot.sentence and ";" not in passage.words(spot.amount.last, share.amount.first)
        return beside and is_part_of_new(passage, share)  # "15 dự án (42 triệu USD) chiếm 14,8% ..."
    if share is None or share.amount.unit != "percent" or spot.amount.unit not in ("USD", "VND"):
        return False
    between = passage.words(spot.amount.last, share.amount.first)
    whole = passage.text(share.amount.last, min(share.amount.last + 8, passage.sentence(spot).end))
    named = any(part in whole for part in _OF_NEW) and " và " not in whole and "tăng" not in whole
    return "chiếm" in between and len(between) <= 6 and whole.startswith(("tổng", "vốn", "số vốn")) and named


def _whole_of_parts(passage: Passage, spot: Spot, earlier: Spot) -> Spot | None:
    """The count of the sentence before that the counts of this one add up to: they are its parts."""
    if spot.amount.unit != "projects":
        return None
    here = [s for s in passage.spots[spot.index : spot.index + 8] if s.sentence == spot.sentence]
    parts = [s.amount.value for s in here if s.amount.unit == spot.amount.unit]
    there = passage.spots[max(0, earlier.index - 8) : earlier.index + 1]
    alike = [s for s in there if s.sentence == earlier.sentence and s.amount.unit == spot.amount.unit and s.topic]
    return next((whole for whole in alike if len(parts) > 1 and whole.amount.value == sum(parts)), None)


def _above_in_list(passage: Passage, spot: Spot) -> Spot | None:
    """ "- Dự án đang hoạt động: 31 dự án ... + Trong KCN: 21 dự án": the count of the item that this one parts."""
    start = passage.sentence(spot).start
    if passage.words(start, start + 1) != ["+"] or spot is not passage.first_in(spot.sentence):
        return None
    for index in range(spot.sentence - 1, max(-1, spot.sentence - 9), -1):
        opening = passage.words(passage.layout.sentences[index].start, passage.layout.sentences[index].start + 1)
        if opening in (["+"], ["-"], ["*"], ["•"]) and passage.has_figures(index):
            whole = passage.first_in(index)
            if {whole.amount.unit, spot.amount.unit} not in _ALIKE or opening == ["+"]:
                continue
            return whole if whole.topic else None
    return None


def _same_label(passage: Passage, spot: Spot, earlier: Spot) -> Spot | None:
    """A sentence that opens with a label and no topic ("Tổng vốn đăng ký là ...", "- Vốn FDI: ...", "Khối trong nước
    đạt ...") goes on with the topic of the sentence before it."""
    if (
        spot.amount.unit not in ("USD", "VND")
        or spot.left != passage.sentence(spot).start
        or spot.amount.first - spot.left > 14
    ):
        return None
    same = passage.layout.sentences[earlier.sentence].paragraph == passage.sentence(spot).paragraph
    listed = passage.words(spot.left, spot.left + 1)[:1] in (["-"], ["+"], ["*"], ["•"])
    if not same and not listed:
        return None
    topics = passage.vocabulary.topics
    for back in range(earlier.index, max(-1, earlier.index - 9), -1):
        candidate = passage.spots[back]
        if candidate.sentence != earlier.sentence:
            break
        first = back == 0 or passage.spots[back - 1].sentence != earlier.sentence
        whole = candidate.topic == "new_and_added" and candidate.amount.unit in ("USD", "VND")
        if (first or whole) and candidate.topic and spot.amount.unit in topics[candidate.topic].indicators:
            return candidate
    return None


def inheritance_doubt(passage: Passage, spot: Spot, inherited: Spot) -> float:
    """A topic carried within a clause is nearly said; over a semicolon or a full stop it is a guess."""
    if inherited.sentence != spot.sentence:
        return 0.12
    if inherited.topic == "attracted":
        return 0.07  # the money of projects attracted may be that of new ones alone
    return 0.1 if ";" in passage.words(inherited.amount.last, spot.amount.first) else 0.03


def is_next_project(passage: Passage, spot: Spot) -> bool:
    """The list goes on with another project and its whole capital: "; dự án Nhà máy B với tổng vốn 250 triệu USD"."""
    label = passage.text(spot.left, spot.amount.first)
    named = any(word in label for word in ("nhà máy", "công ty", "tập đoàn", "dự án sản xuất", "tnhh"))
    listed = "dự án" in label or "tổng vốn" in label or label.startswith((";", "- ", "+ "))
    named = named or (label.startswith("; dự án") and not passage.owners.any(spot.left, spot.amount.first))
    return spot.amount.unit in ("USD", "VND") and listed and named and "vốn" in label


def summed_up(passage: Passage, spot: Spot, inherited: Spot) -> None:
    """ "Như vậy cả năm đạt ...", "Vốn trong nước đạt ..." after new and added capital: the sum of both."""
    if (
        spot.topic not in ("new", "added", "adjusted")
        or spot.amount.unit not in ("USD", "VND")
        or inherited.sentence == spot.sentence
    ):
        return
    words = passage.text(spot.left, spot.amount.first)
    before = {
        s.topic for s in passage.spots[max(0, inherited.index - 6) : spot.index] if s.sentence == inherited.sentence
    }
    if "như vậy" in words or "tổng cộng" in words or "tính chung" in words or {"new", "added"} <= before:
        spot.topic = "new_and_added"


def of_several_kinds(passage: Passage, spot: Spot) -> None:
    """ "100 dự án mới, 32 dự án điều chỉnh và 91 lượt góp vốn với tổng số vốn 964 triệu USD": the money of all."""
    words = passage.words(spot.left, spot.amount.first)
    if spot.amount.unit not in ("USD", "VND") or not {"tổng", "tương"} & set(words):
        return
    kinds: set[str] = set()
    for before in reversed(passage.spots[max(0, spot.index - 4) : spot.index]):
        if before.sentence != spot.sentence or before.amount.unit not in ("projects", "adjustments", "deals"):
            break
        if ";" in passage.words(before.amount.last, spot.left):
            break
        kinds.add(before.topic or "")
    kinds -= {"attracted", "new_and_added"}  # all of them, told first
    if "new" in kinds and kinds & {"added", "adjusted"} and kinds <= {"new", "added", "adjusted", "contribution"}:
        spot.topic = "new_and_added"


def subject_of_sentence(passage: Passage, spot: Spot) -> str | None:
    """What the sentence has spoken of, past the figures before: "... 13,5% giá trị sản xuất công nghiệp ... đạt 273
    tỷ".
    """
    if spot.amount.unit not in ("USD", "VND", "ha"):
        return None
    topics = passage.vocabulary.topics
    least = 1.5 if spot.amount.unit != "ha" else 1.25
    for cue in reversed(passage.topics.within(passage.sentence(spot).start, spot.left)):
        topic = topics[cue.meanings[0]]
        if topic.weight >= least and spot.amount.unit in topic.indicators:
            return cue.meanings[0]
    return None


def named_before(passage: Passage, spot: Spot) -> str | None:
    """ "Doanh thu của khối FDI tăng 17%. Riêng năm 2013 đạt 10.100 tỷ đồng": what the sentence before spoke of."""
    start, first = passage.sentence(spot).start, spot.amount.first
    if passage.source.words[start] != "riêng" or not passage.times_between(start, start + 3) or spot.left != start:
        return None
    before = passage.layout.sentences[spot.sentence - 1] if spot.sentence else None
    if before is None or first - start > 12 or spot.amount.unit not in ("USD", "VND"):
        return None
    topics = passage.vocabulary.topics
    cues = [cue.meanings[0] for cue in passage.topics.within(before.start, before.end)]
    told = [name for name in cues if topics[name].weight >= 1.4 and spot.amount.unit in topics[name].indicators]
    return told[0] if told else None


def is_works_of_zone(passage: Passage, spot: Spot) -> bool:
    """ "KCN Hòa Tâm có quy mô 490 ha. Tổng vốn đầu tư 4.200 tỷ đồng": what its works cost."""
    before = passage.spots[spot.index - 1] if spot.index else None
    if before is None or before.topic != "zone_area" or spot.amount.unit not in ("USD", "VND"):
        return False
    label = passage.text(max(spot.left, spot.amount.first - 8), spot.amount.first)
    subject = passage.words(passage.sentence(before).start, before.amount.first)
    if "dự án" in (named := " ".join(subject)) and any(owner in named for owner in ("của tập đoàn", "của công ty")):
        return False  # "dự án A của Tập đoàn B tại KCN C với quy mô 40 ha và tổng vốn đầu tư ..."
    if "chủ đầu tư" in named and {"kcn", "ccn", "khu", "cụm"}.isdisjoint(subject):
        return False  # "Dự án A do công ty B làm chủ đầu tư trên diện tích 280 ha, tổng vốn ...": one project's
    said = any(name in label for name in ("tổng vốn đầu tư", "tổng mức đầu tư", "quy mô vốn"))
    return said and spot.sentence - before.sentence <= 1 and spot.amount.first - before.amount.last <= 10
