"""Foreign (FDI) or domestic (DDI): said beside the figure, in its label, or carried on from the figures before it."""

from __future__ import annotations

from itertools import pairwise

from sokhu.core.narrative.continuing import said_before
from sokhu.core.narrative.investors import of_foreign_investor
from sokhu.core.narrative.mentions import any_of
from sokhu.core.narrative.owners_before import ATTRACTION, CHANGED, OWNERLESS, STANDING, from_earlier_sentence, naming
from sokhu.core.narrative.passage import Cue, Passage, Spot
from sokhu.core.narrative.sole_owner import is_invested, of_the_text

_SECONDARY = any_of("dự án thứ cấp", "dự án đầu tư thứ cấp")
_THIS = any_of("khối này")
_EACH = any_of("lần lượt", "tương ứng", "theo thứ tự")
_MONEY_LABELS = ("tổng vốn", "tổng số vốn", "vốn đăng ký", "vốn đầu tư", "số vốn", "với")
_CONSISTING, _PARTED = any_of(" gồm "), any_of(" trong đó ")
_SUBJECTS = frozenset({"doanh", "nghiệp", "dn", "khối", "khu", "vực"})
_SPLIT = frozenset({"projects", "adjustments", "enterprises", "certificates"})


def give_ownership(passage: Passage) -> None:
    """Set `ownership` and `owner_said` of every spot."""
    for spot in passage.spots:
        if spot.amount.unit in ("meetings", "countries", "provinces", "households", "procedures", "km"):
            continue
        said = _said(passage, spot)
        if said is not None:
            spot.ownership = None if said == "both" else said
            spot.owner_said = True
            continue
        spot.ownership, doubt = _carried(passage, spot)
        if (
            spot.ownership is None
            and spot.amount.unit in ("USD", "VND", "projects")
            and of_foreign_investor(passage, spot)
        ):
            spot.ownership, doubt = "FDI", 0.15
        if spot.ownership and _splits_itself(passage, spot):
            spot.ownership, doubt = None, 0.05
        spot.doubts["ownership"] = doubt
    _distribute(passage)
    _named_behind(passage)
    _sole(passage)


def _sole(passage: Passage) -> None:
    """Where the text is on one owner, what nobody was named for is this owner's; shares bought are foreign anyway."""
    owner = of_the_text(passage)
    for spot in passage.spots:
        if spot.ownership or spot.owner_said or not is_invested(spot) or _of_all_in_zones(passage, spot):
            continue
        found = owner if is_invested(spot, owner) else None
        found = found or ("FDI" if spot.topic == "contribution" else None)
        if found:
            spot.ownership, spot.doubts["ownership"] = found, 0.15


def _of_all_in_zones(passage: Passage, spot: Spot) -> bool:
    """ "Các KCN đã thu hút 345 dự án thứ cấp": all that stand in the zones, whoever they belong to."""
    sentence = passage.sentence(spot)
    return passage.says(_SECONDARY, sentence.start, sentence.end) and not passage.owners_named(spot.sentence, 0)


def _named_behind(passage: Passage) -> None:
    """ "1 dự án trị giá 840 tỷ đồng của nhà đầu tư trong nước": the owner of the money is the project's."""
    for spot, money in pairwise(passage.spots):
        if spot.owner_said or not money.owner_said or spot.amount.unit not in _SPLIT or not money.ownership:
            continue
        between = passage.words(spot.amount.last, money.amount.first)
        beside = money.amount.unit in ("USD", "VND") and len(between) <= 5 and not set(between) & set(",;().")
        if (
            beside
            and money.sentence == spot.sentence
            and spot.ownership != money.ownership
            and _said_after(passage, money)
        ):
            spot.ownership, spot.doubts["ownership"] = money.ownership, 0.1


def _splits_itself(passage: Passage, spot: Spot) -> bool:
    """The two counts that follow are its parts by owner: "42 dự án, gồm 15 dự án FDI và 27 dự án trong nước"."""
    parts = [part for part in passage.spots[spot.index + 1 : spot.index + 3] if part.sentence == spot.sentence]
    if len(parts) < 2 or spot.amount.unit not in _SPLIT or parts[0].amount.unit == "percent":
        return False
    return sum(part.amount.value for part in parts) == spot.amount.value and {"FDI", "DDI"} == {
        _said(passage, part) for part in parts
    }


def _said(passage: Passage, spot: Spot) -> str | None:
    if spot.index and passage.says(_THIS, spot.left, spot.right):
        named = [
            earlier.ownership for earlier in passage.spots[max(0, spot.index - 6) : spot.index] if earlier.ownership
        ]
        if named:
            return named[-1]
    headed = naming(passage.owners.within(*spot.amount.header)) if spot.amount.header else []
    if not passage.owners.any(spot.left, max(spot.right, passage.sentence(spot).end)):
        return headed[0].meanings[0] if headed else _of_total(passage, spot)
    after = naming(passage.owners.within(spot.amount.first, spot.right)) or _of_so_many(passage, spot)
    if after:
        return "both" if _two_owners(passage, spot) else after[0].meanings[0]
    if headed:
        return headed[0].meanings[0]
    depth = passage.layout.depth
    before = [
        cue
        for cue in naming(passage.owners.within(spot.left, spot.amount.first))
        if depth[cue.start] <= spot.depth or spot.amount.column is not None or _alone_in_brackets(passage, cue)
    ]
    if before and spot.amount.unit in OWNERLESS and spot.amount.first - before[-1].end > 6:
        return None
    return before[-1].meanings[0] if before else _of_total(passage, spot)


def _of_total(passage: Passage, spot: Spot) -> str | None:
    """The column of a table that sums up is of both owners."""
    header = spot.amount.header
    return "both" if header and passage.words(*header)[:1] in (["tổng"], ["cộng"], ["chung"]) else None


def _of_so_many(passage: Passage, spot: Spot) -> list[Cue]:
    """ "40 dự án của 37 nhà đầu tư nước ngoài": whose they are stands behind the number of those who own them."""
    last = spot.amount.last
    words = passage.words(last, last + 3)
    if spot.amount.unit not in _SPLIT or words[:1] != ["của"] or not words[1:2] or not words[1][0].isdigit():
        return []
    owners = passage.owners.within(last + 2, min(last + 9, passage.sentence(spot).end))
    apart = passage.words(last + 2, owners[0].start) if owners else []
    return naming(owners[:1]) if not any(word[0].isdigit() or word in ",;()" for word in apart) else []


def _two_owners(passage: Passage, spot: Spot) -> bool:
    """ "2 nghìn dự án của nhà đầu tư FDI và nhà đầu tư trong nước": one count of both."""
    if passage.words(spot.right, spot.right + 1) != ["và"]:
        return False
    end = min(spot.right + 8, passage.sentence(spot).end)
    named = naming(passage.owners.within(spot.amount.first, end))
    beyond = next((cue for cue in named if cue.start > spot.right), None)
    if beyond is None or beyond.meanings == named[0].meanings:
        return False
    after = passage.following(spot)
    counted = after is not None and after.amount.first < beyond.start  # "ba dự án FDI và một dự án trong nước"
    return not counted and not any(word[0].isdigit() for word in passage.words(spot.right, beyond.start))


def _alone_in_brackets(passage: Passage, cue: Cue) -> bool:
    return passage.words(cue.start - 1, cue.start) == ["("] and passage.words(cue.end, cue.end + 1) == [")"]


def _carried(passage: Passage, spot: Spot) -> tuple[str | None, float]:
    before = _before(passage, spot)
    if before is None or spot.amount.column is not None:
        return from_earlier_sentence(passage, spot)
    if spot.amount.unit in OWNERLESS:
        return None, 0.03
    again = said_before(passage, spot)
    if again is not None:
        return again.ownership, 0.08
    between = passage.words(before.amount.last, spot.amount.first)
    if before.depth > spot.depth and not (";" in between and _both_named(passage, spot)):
        outer = _at_depth(passage, spot)
        return (outer.ownership, 0.05) if outer else (None, 0.1)
    if spot.amount.unit not in _SPLIT and _split_before(passage, before):
        return None, 0.1
    if ";" in between:
        if spot.depth and before.depth == spot.depth and not before.owner_said:
            return before.ownership, 0.05
        return _over_semicolon(passage, spot)
    if (
        spot.amount.unit == "workers"
        and before.amount.unit in ("USD", "VND")
        and (_both_named(passage, spot) or _said_after(passage, before))
    ):
        return None, 0.1
    if _other_subject(passage, spot, before) or _total_of_parts(passage, spot, before):
        return None, 0.1
    changed = (
        spot.topic != before.topic
        and not {spot.topic, before.topic} <= ATTRACTION
        and spot.amount.unit == before.amount.unit
    )
    return before.ownership, (0.08 if changed else 0.03) if before.ownership else 0.02


def _both_named(passage: Passage, spot: Spot) -> bool:
    return {"FDI", "DDI"} <= passage.owners_named(spot.sentence, 0)


def _other_subject(passage: Passage, spot: Spot, before: Spot) -> bool:
    """A new window and its verb, or enterprises named anew, stand between: what one owner had ends there."""
    if before.ownership is None or spot.topic == before.topic or spot.depth > before.depth:
        return False
    between = passage.words(before.amount.last, spot.amount.first)
    anew = "của các doanh nghiệp" in " ".join(between) and before.topic in ATTRACTION and spot.topic not in ATTRACTION
    times = passage.times_between(before.amount.last, spot.amount.first)
    within = "gồm" in between or "trong đó" in " ".join(between)
    windowed = spot.topic == "new" and not within and any(time.kind in ("flow", "since") for time in times)
    return anew or windowed


def _total_of_parts(passage: Passage, spot: Spot, before: Spot) -> bool:
    """ "1.000 dự án, trong đó 500 dự án FDI, tổng vốn 10 tỷ USD và 130 nghìn tỷ đồng": money of the total."""
    after, whole = passage.following(spot), passage.spots[before.index - 1] if before.index else None
    if after is None or whole is None or after.sentence != spot.sentence or whole.sentence != spot.sentence:
        return False
    paired = {spot.amount.unit, after.amount.unit} == {"USD", "VND"} and _straight_on(passage, spot, after)
    part = before.amount.unit == whole.amount.unit == "projects" and before.owner_said and whole.ownership is None
    return paired and part and whole.amount.value > before.amount.value


def _straight_on(passage: Passage, spot: Spot, after: Spot) -> bool:
    between = passage.words(spot.amount.last, after.amount.first)
    return between[:1] == ["và"] and len(between) <= 3


def _before(passage: Passage, spot: Spot) -> Spot | None:
    """The figure before in the sentence; counts that have no owner ("đến từ 23 quốc gia") do not stand between."""
    index = spot.index - 1
    while index > 0 and passage.spots[index].sentence == spot.sentence and _passed_over(passage.spots[index]):
        index -= 1
    if index >= 0 and passage.spots[index].sentence == spot.sentence:
        return passage.spots[index]
    return None


def _passed_over(spot: Spot) -> bool:
    """Investors' countries and percents hand on no owner where none is named for them."""
    bare = spot.amount.unit == "percent" and spot.ownership is None
    return (spot.amount.unit == "countries" or bare) and not spot.owner_said


def _at_depth(passage: Passage, spot: Spot) -> Spot | None:
    for index in range(spot.index - 1, max(-1, spot.index - 9), -1):
        earlier = passage.spots[index]
        if earlier.sentence != spot.sentence:
            return None
        if earlier.depth <= spot.depth:
            return earlier
    return None


def _split_before(passage: Passage, before: Spot) -> bool:
    """The two counts just before are of different owners and have no money between: "246 dự án FDI và 66 dự án trong
    nước".
    """
    index = before.index - 1
    if index < 0 or before.amount.unit not in _SPLIT:
        return False
    earlier = passage.spots[index]
    different = {earlier.ownership, before.ownership} == {"FDI", "DDI"} and earlier.owner_said and before.owner_said
    apart = ";" in passage.words(earlier.amount.last, before.amount.first) or earlier.depth != before.depth
    return earlier.sentence == before.sentence and earlier.amount.unit in _SPLIT and different and not apart


def _over_semicolon(passage: Passage, spot: Spot) -> tuple[str | None, float]:
    """After a semicolon the owner goes on only where it was said before the sentence's first figure, or carried into
    it.
    """
    before = passage.spots[spot.index - 1]
    if spot.topic == "reduced" and before.topic in CHANGED:
        return before.ownership, 0.1  # "85 dự án tăng vốn ...; 3 dự án giảm vốn": two kinds of one list
    if _bare_item(passage, before, spot):
        return before.ownership, 0.12
    first = passage.first_in(spot.sentence)
    owners = {earlier.ownership for earlier in passage.spots[first.index : spot.index]}
    if len(owners) != 1:
        return None, 0.12
    (owner,) = owners
    if len(passage.spots[first.index : spot.index]) == 1 and _money_of_count(passage, first, spot):
        return owner, 0.06
    ahead = naming(passage.owners.within(first.left, first.amount.first)) or not first.owner_said
    kin = spot.amount.unit in _SPLIT or spot.amount.unit in ("USD", "VND")
    counted = first.amount.unit in _SPLIT and _said_after(passage, first) and not _goes_on(passage, spot)
    attraction = spot.topic in ATTRACTION and first.topic in ATTRACTION and not counted
    if _is_subject(passage, first) or (kin and _within(passage, first, spot)) or _sum_of(passage, first, spot):
        return owner, 0.1
    if (ahead or attraction) and kin and (spot.topic in ATTRACTION or first.topic == spot.topic):
        return owner, 0.12
    return None, 0.12


def _bare_item(passage: Passage, before: Spot, spot: Spot) -> bool:
    """ "..., gồm tỉnh A 37,9 tỷ USD; tỉnh B 26,6 tỷ USD": the item has a name and nothing else of its own."""
    between = passage.topics.within(before.amount.last, spot.amount.first)
    alike = spot.topic == before.topic and spot.amount.unit == before.amount.unit and spot.amount.unit in ("USD", "VND")
    return alike and not between and spot.amount.first - before.amount.last <= 8


def _money_of_count(passage: Passage, first: Spot, spot: Spot) -> bool:
    """ "132 dự án FDI còn hiệu lực; tổng vốn đăng ký 7,7 tỷ USD": the money of the one count before."""
    label = passage.text(spot.left, spot.amount.first).lstrip("; ")
    return first.amount.unit in _SPLIT and spot.amount.unit in ("USD", "VND") and label.startswith(_MONEY_LABELS)


def _within(passage: Passage, first: Spot, spot: Spot) -> bool:
    """What follows is part of what stood before: "457 dự án FDI, vốn A; trong đó 284 dự án trong KCN; ..."."""
    begin, end = first.amount.last, spot.amount.first
    if first.owner_said and spot.amount.unit in ("USD", "VND") and passage.says(_CONSISTING, begin, end):
        return True  # "5 dự án FDI với tổng vốn A, gồm dự án B vốn ...; dự án C vốn ..."
    kin = spot.topic == first.topic or {spot.topic, first.topic} - {None} <= STANDING
    return kin and passage.says(_PARTED, begin, end)


def _sum_of(passage: Passage, first: Spot, spot: Spot) -> bool:
    """The money of all the counts before: "21 dự án FDI cấp mới và 18 dự án FDI tăng vốn; tổng vốn đạt ..."."""
    before = passage.spots[first.index : spot.index]
    return spot.amount.unit in ("USD", "VND") and len(before) > 1 and all(each.amount.unit in _SPLIT for each in before)


def _goes_on(passage: Passage, spot: Spot) -> bool:
    """The clause says what the one before it was a year ago, or takes a part of it."""
    label = passage.text(spot.left, spot.amount.first)
    return any(phrase in label for phrase in ("cùng kỳ", "năm trước", "năm ngoái", "trong đó"))


def _is_subject(passage: Passage, first: Spot) -> bool:
    """The sentence opens with whose enterprises it speaks of: "Các doanh nghiệp FDI đạt doanh thu A; xuất khẩu B"."""
    start = passage.sentence(first).start
    for cue in naming(passage.owners.within(start, first.amount.first)):
        before = passage.words(max(start, cue.start - 4), cue.start)
        if passage.words(cue.start - 1, cue.start) == [","] or _money_named(passage, start, cue.start):
            continue
        if _SUBJECTS & set(before) or passage.words(cue.end, cue.end + 1) == [":"]:
            return True
    return False


def _money_named(passage: Passage, start: int, end: int) -> bool:
    """Between the tokens stands what is counted: "doanh thu của các doanh nghiệp FDI" is on one thing only."""
    topics = passage.vocabulary.topics
    return any(
        "USD" in topics[cue.meanings[0]].indicators and topics[cue.meanings[0]].weight >= 1.4
        for cue in passage.topics.within(start, end)
    )


def _said_after(passage: Passage, spot: Spot) -> bool:
    """The owner stands behind the figure ("100 tỷ USD vốn FDI"): it is no subject that others share."""
    return spot.owner_said and bool(naming(passage.owners.within(spot.amount.first, spot.right)))


def _distribute(passage: Passage) -> None:
    """ "246 dự án FDI và 66 dự án trong nước với tổng vốn lần lượt là A và B": A is of the first, B of the second."""
    if not passage.mentions(_EACH).found:
        return
    for spot in passage.spots:
        if spot.amount.unit in _SPLIT or spot.owner_said or spot.index < 2:
            continue
        if not passage.says(_EACH, max(spot.left, spot.amount.first - 14), spot.amount.first):
            continue
        first, second = passage.spots[spot.index - 2], passage.spots[spot.index - 1]
        partner = passage.following(spot)
        if second.sentence != spot.sentence or not _split_before(passage, second) or partner is None:
            continue
        if partner.sentence != spot.sentence or partner.owner_said:
            continue
        spot.ownership, partner.ownership = first.ownership, second.ownership
        spot.doubts["ownership"] = partner.doubts["ownership"] = 0.05
