"""Percents and multiples: growth, ratio to last year, plan reached or passed, share, rates; and the figure they are
said of.
"""

from __future__ import annotations

from sokhu.core.narrative.mentions import any_of
from sokhu.core.narrative.passage import Passage, Spot
from sokhu.core.narrative.status import is_plan_value

COMPARED = frozenset({"percent", "times"})
_COMPARING = COMPARED | {"workers"}  # a change in workers is a comparison too
_PLAN = ("kế hoạch", "dự toán", "chỉ tiêu", "mục tiêu", "kh năm", "nghị quyết")
_WHOLES = ("kcn", "khu", "lao động", "số", "doanh nghiệp", "dự án", "diện tích", "hồ sơ", "tổng số", "công nhân")
_PAID = ("vốn thực hiện", "vốn đã thực hiện", "vốn đầu tư thực hiện", "vốn đầu tư đã thực hiện")
_REGISTERED = ("tổng vốn", "vốn đăng ký", "tổng số vốn", "số vốn đăng ký", "vốn đầu tư đăng ký")
_RATE_PAID = any_of("tỷ lệ giải ngân", "tỷ lệ vốn thực hiện")
_FILLED, _LET = any_of("lấp đầy"), any_of("đã cho thuê")
_LAST_YEAR = (
    "cùng kỳ",
    "năm trước",
    "năm ngoái",
    "so với năm",
    "cùng thời",
    "so với quý",
    "so với tháng",
    "năm liền trước",
)
_COLUMNS = frozenset({"plan_completion", "yoy_ratio", "growth_rate"})
_IT = ("con số này", "số vốn này", "lượng vốn này", "mức này", "kết quả này", "số dự án này", "tổng vốn này")
BEFORE, AFTER = 9, 12


def give_comparisons(passage: Passage) -> dict[int, int]:
    """Set `indicator` (and sign) of percents, multiples and net changes. Returns for each the index of its host
    figure.
    """
    hosts: dict[int, int] = {}
    for spot in passage.spots:
        unit = spot.amount.unit
        if unit not in _COMPARING and spot.amount.column is None and spot.amount.header is None:
            continue
        host = _host(passage, spot)
        if spot.amount.column in _COLUMNS:
            spot.indicator = spot.amount.column
        elif spot.amount.header is not None and "lấp đầy" in passage.text(*spot.amount.header):
            spot.indicator = "occupancy_rate"
        elif unit in COMPARED:
            spot.indicator = _kind(passage, spot, host)
        elif unit == "workers" and _is_change(passage, spot, host):
            spot.indicator, spot.topic = "jobs_net_change", None
            if _verb(passage, spot) == "down":
                spot.amount.value = -spot.amount.value
        else:
            continue
        if host is None or _own_subject(passage, spot, host):
            continue
        if spot.indicator == "jobs_net_change" and host.amount.unit != "workers":
            continue
        if spot.indicator not in ("occupancy_rate", None):
            hosts[spot.index] = host.index
            _follow(passage, spot, host)
    return hosts


def _kind(passage: Passage, spot: Spot, host: Spot | None) -> str | None:
    before = passage.words(max(spot.left, spot.amount.first - BEFORE), spot.amount.first)
    left = _plainly(before)
    right = _plainly(_after(passage, spot))
    verb = _verb(passage, spot) or _sign(passage, spot)
    if spot.amount.unit == "times":
        return "ratio_times"
    if host is not None and spot.depth > host.depth and "tương đương" in left and (change := _verb(passage, host)):
        return _growth(spot, change)  # "tăng 1,6 tỷ USD (tương đương với 9%) so với năm trước"
    earlier = passage.spots[spot.index - 1] if spot.index else None
    joined = earlier is not None and earlier.sentence == spot.sentence and left.strip() == "và"
    if joined and earlier is not None and earlier.indicator == "occupancy_rate" and right.startswith("diện tích"):
        return "occupancy_rate"  # "lấp đầy 94% diện tích đã bồi thường và 84% diện tích toàn khu"
    if passage.words(spot.amount.first - 2, spot.amount.first) in (["lấp", "đầy"], ["lấp", "kín"]):
        return "occupancy_rate"  # "9 cụm đã được lấp đầy 100% diện tích"
    if right.startswith(_REGISTERED) and not verb and _any(_clause(passage, spot), _PAID):
        return "disbursement_rate"
    if right.startswith(_WHOLES) and not verb and "lấp đầy" not in " ".join(before[-4:]) and not _reaches(before):
        return "share" if not right.startswith("hồ sơ") else None
    if "tốc độ tăng" in left or "mức tăng trưởng" in left:
        return _growth(spot, verb or "up")
    if "vượt" in before[-4:]:
        return "plan_excess" if not _any(right[:40], _LAST_YEAR) else "growth_rate"
    if "lấp đầy" in left or "lấp đầy" in right[:20] or "tỷ lệ cho thuê" in left:
        return _growth(spot, verb) if verb else "occupancy_rate"
    if verb and not _reaches(before):
        if _any(right[:34], _PLAN) and not _any(right[:20], _LAST_YEAR):
            return "plan_excess"
        return _growth(spot, verb)
    if right.startswith("/ năm"):
        return _growth(spot, verb or "up")
    begin = passage.sentence(spot).start
    if "chiếm" in before or "tỷ trọng" in left or passage.text(begin, begin + 2) == "tỷ trọng" or "đóng góp" in left:
        return "disbursement_rate" if _of_registered(host, right) else "share"
    if _any(right[:40], _LAST_YEAR) or right.startswith(("năm 19", "năm 20", "quý", "mức")):
        return "yoy_ratio"
    if passage.says(_RATE_PAID, begin, spot.amount.first) and _any(_clause(passage, spot), _RATE_PAID.phrases):
        return "disbursement_rate"
    if _any(right[:34], _PLAN) or ("kế hoạch" in left and ("so với" in left or "đạt" in before[-2:])):
        return "plan_completion"
    if before[-1:] == ["đạt"] and _of_plan(_clause(passage, spot)):
        return "plan_completion"
    if _reaches(before) and "cùng kỳ" in _clause(passage, spot):
        return "yoy_ratio"
    if left.endswith(")") and "kế hoạch" in _clause(passage, spot)[-40:]:
        return "plan_completion"
    if _disbursed(host, left, right):
        return "disbursement_rate"
    if (
        host is not None
        and host.topic in ("leased", "industrial_land")
        and ("tương đương" in left or _reaches(before))
        and (not right.strip(" ,") or right.startswith(",") or "tỷ lệ" in left)
    ):
        return "occupancy_rate"
    if host is not None and _share_words(spot, host, left, right):
        return "share"
    paid = host is not None and host.amount.unit in ("USD", "VND") and host.depth == spot.depth
    if paid and before[-1:] == ["đạt"]:
        return "plan_completion"  # "thu hút 1,6 tỷ USD, đạt 235%"
    if passage.says(_FILLED, begin, spot.amount.first) or _let_before(passage, spot):
        return "occupancy_rate"
    if _of_zone(before, left) and "vốn" not in _clause(passage, spot):
        return "occupancy_rate"
    if host is not None and (host.topic == "wastewater" or _part_before(passage, spot, host)) and _reaches(before):
        return "share"
    return _like_the_one_before(passage, spot)


def _part_before(passage: Passage, spot: Spot, host: Spot) -> bool:
    """ "112/126 thủ tục được làm trực tuyến, đạt 88,9%": a part and its whole stand in the clause before."""
    return host.amount.role == "whole" and ";" not in passage.words(host.amount.last, spot.amount.first)


def _of_zone(before: list[str], left: str) -> bool:
    """ "KCN Yên Bình 100%", "KCN Điềm Thụy (phần 180 ha) đạt 97%": a percent said of one zone is how full it is."""
    return (
        ("kcn" in before or "khu công nghiệp" in left)
        and "các" not in before
        and (before[-1:] == ["đạt"] or before[-1:] == ["là"] or "kcn" in before[-6:])
    )


def _clause(passage: Passage, spot: Spot) -> str:
    """The words of the sentence from the last semicolon to the figure."""
    said = passage.text(passage.sentence(spot).start, spot.amount.first)
    return said[max(0, said.rfind(";")) :]


def _of_plan(clause: str) -> bool:
    return clause.startswith("so với kế hoạch") or "kế hoạch" in clause[-34:]


def _let_before(passage: Passage, spot: Spot) -> bool:
    """The words just before the percent say that land has been let."""
    start, first = passage.sentence(spot).start, spot.amount.first
    return passage.says(_LET, start, first) and "đã cho thuê" in passage.text(start, first)[-60:]


def _like_the_one_before(passage: Passage, spot: Spot) -> str | None:
    """ "tăng lần lượt 12,6%; 9,1% và 4,4%", "KCN Yên Bình 100%": a bare percent goes on with the kind before it."""
    for index in range(spot.index - 1, max(-1, spot.index - 4), -1):
        earlier = passage.spots[index]
        near = spot.amount.first - earlier.amount.last <= 14 and spot.sentence - earlier.sentence <= 1
        if earlier.amount.unit == spot.amount.unit and near and earlier.indicator:
            if (
                earlier.indicator == "growth_rate"
                and earlier.amount.value < 0
                and spot.amount.value > 0
                and spot.sentence == earlier.sentence
            ):
                spot.amount.value = -spot.amount.value
            return earlier.indicator
        if earlier.sentence != spot.sentence:
            return None
    return None


def _plainly(words: list[str]) -> str:
    """The words as one text, short and rarer forms written out: "KH" is "kế hoạch", "lấp kín" is "lấp đầy"."""
    if "kh" in words:
        words = ["kế hoạch" if word == "kh" else word for word in words]
    return " ".join(words).replace("lấp kín", "lấp đầy")


def _growth(spot: Spot, verb: str) -> str:
    if verb == "down" and spot.amount.value > 0:
        spot.amount.value = -spot.amount.value
    return "growth_rate"


def _after(passage: Passage, spot: Spot) -> list[str]:
    """The words after the number up to the next figure, a full clause mark or a bracket."""
    words: list[str] = []
    for word in passage.words(spot.amount.last, min(spot.amount.last + AFTER, passage.sentence(spot).end)):
        if word in ";.)(" or (word == "," and len(words) > 6):
            break
        if word[0].isdigit() and (not words or words[-1] not in ("năm", "tháng", "quý", "/")):
            break
        words.append(word)
    return words


def _verb(passage: Passage, spot: Spot) -> str | None:
    """ "up" or "down" when a verb of change stands before the number, nearer than any word of reaching a level."""
    words = passage.words(max(spot.left, spot.amount.first - 6), spot.amount.first)
    for position in range(len(words) - 1, -1, -1):
        if words[position] in (",", ";", "(", ")"):
            break
        more = words[position + 1 : position + 2] == ["hơn"]
        if words[position] == "tăng" or (more and words[position] in ("cao", "nhiều")):
            return "up"
        if words[position] in ("giảm", "sụt", "hụt") or (more and words[position] in ("thấp", "ít")):
            return "down"
    return None


def _sign(passage: Passage, spot: Spot) -> str | None:
    """ "(-2,3% so với cùng kỳ)", "(+12,5%)": the sign says the change; a dash of a list or a range is no sign."""
    tokens, first = passage.source.tokens, spot.amount.first
    if first < 2 or spot.amount.role or spot.amount.unit != "percent" or tokens[first - 1].text not in "+-":
        return None
    opened = tokens[first - 2].text == "("
    apart = tokens[first - 2].end < tokens[first - 1].start and tokens[first - 2].text[-1] not in "%0123456789"
    close = tokens[first - 1].end == tokens[first].start
    if opened or (close and apart and passage.sentence(spot).start < first - 1):
        return "up" if tokens[first - 1].text == "+" else "down"
    return None


def _reaches(words: list[str]) -> bool:
    for word in reversed(words[:-1] if words[-1:] == ["hơn"] else words):  # "đạt hơn 92%" reaches as "đạt 92%" does
        if word in ("tăng", "giảm", "hơn"):
            return False
        if word in ("bằng", "đạt", "chiếm", "thành"):
            return True
    return False


def _disbursed(host: Spot | None, left: str, right: str) -> bool:
    if "giải ngân" in left or "tỷ lệ thực hiện" in left or "vốn thực hiện" in left:
        return True
    if "vốn đầu tư thực hiện" in left or "vốn đầu tư đã thực hiện" in left:
        return True
    return host is not None and host.topic == "disbursed" and ("vốn" in right or not right.strip(" ,"))


def _of_registered(host: Spot | None, right: str) -> bool:
    """ "vốn thực hiện 162 triệu USD, chiếm 89,8% vốn đăng ký": how much of what is registered has been paid in."""
    registered = any(phrase in right[:40] for phrase in ("vốn đăng ký", "vốn đầu tư đăng ký", "vốn đã đăng ký"))
    return registered and host is not None and host.topic == "disbursed"


def _share_words(spot: Spot, host: Spot, left: str, right: str) -> bool:
    of_whole = right.startswith(
        (
            "tổng",
            "số",
            "là",
            "trong tổng",
            "lao động",
            "trong số",
            "so với tổng",
            "diện tích",
            "giá trị",
            "cả",
            "kim ngạch",
            "người",
            "doanh thu",
        )
    )
    bracketed = spot.depth > host.depth
    return of_whole or (bracketed and not right.strip(" ,")) or "tương đương" in left or "tương ứng" in left


def _is_change(passage: Passage, spot: Spot, host: Spot | None) -> bool:
    words = passage.words(max(spot.left, spot.amount.first - 4), spot.amount.first)
    changed = any(word in ("tăng", "giảm", "hụt") for word in words) and "từ" not in words and "lên" not in words
    counted = host is not None and host.amount.unit == "workers"
    return changed and (
        counted
        or (
            "lao động" in passage.text(spot.left, spot.amount.first)
            and ("so với" in _clause(passage, spot) + " ".join(_after(passage, spot)) or words[-1:] != ["thêm"])
        )
    )


def _host(passage: Passage, spot: Spot) -> Spot | None:
    """The figure a comparison is said of: the nearest before it in the sentence, not deeper in brackets, no
    comparison.
    """
    for index in range(spot.index - 1, max(-1, spot.index - 8), -1):
        earlier = passage.spots[index]
        if earlier.sentence != spot.sentence and not _said_of_it(passage, spot, earlier):
            return None
        if earlier.amount.unit in COMPARED or earlier.indicator == "jobs_net_change":
            continue
        if (
            earlier.depth <= spot.depth
            and earlier.amount.column not in ("plan", "last_year")
            and not is_plan_value(passage, earlier)
        ):
            return earlier
    return None


def _said_of_it(passage: Passage, spot: Spot, earlier: Spot) -> bool:
    """ "Con số này tăng 26%", "Lượng vốn này tăng 31%": said of the last figure of the sentence before."""
    start = passage.sentence(spot).start
    opens = passage.text(start, start + 3).startswith(_IT)
    return opens and earlier.sentence == spot.sentence - 1


def _of_a_whole(passage: Passage, spot: Spot) -> bool:
    """ "95% KCN đang hoạt động có nhà máy xử lý nước thải": a share said of a whole that follows, not of a figure
    before.
    """
    right = " ".join(_after(passage, spot))
    before = passage.words(max(spot.left, spot.amount.first - BEFORE), spot.amount.first)
    return right.startswith(("kcn", "khu", "doanh nghiệp", "dự án")) and not _reaches(before)


def _own_subject(passage: Passage, spot: Spot, host: Spot) -> bool:
    """The words since the figure before name another thing that grows: "...; giá trị sản xuất công nghiệp tăng 9%"."""
    if spot.amount.column is not None:
        return False
    if spot.indicator == "share" and _of_a_whole(passage, spot):
        return True
    topics = passage.vocabulary.topics
    for cue in passage.topics.within(max(spot.left, host.amount.last), spot.amount.first):
        topic = topics[cue.meanings[0]]
        named = cue.meanings[0] != "neutral" and topic.weight >= 1.5 and "USD" in topic.indicators
        if (
            named
            and cue.meanings[0] != host.topic
            and passage.layout.depth[cue.start] <= spot.depth
            and cue.meanings[0] != "disbursed"
        ):
            return True
    return False


def _follow(passage: Passage, spot: Spot, host: Spot) -> None:
    if not spot.owner_said:
        spot.ownership = host.ownership
        spot.doubts["ownership"] = host.doubts.get("ownership", 0.0)


def _any(text: str, phrases: tuple[str, ...]) -> bool:
    return bool(text) and any(map(text.__contains__, phrases))
