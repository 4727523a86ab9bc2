"""Numbers with a unit that are no figures of a report: ranks, years, distances, "mỗi 1 ha"."""

from __future__ import annotations

from decimal import Decimal

from sokhu.core.narrative.source import Source

_RANK_BEFORE = frozenset({"thứ", "top", "tốp", "trong", "nhóm", "hạng", "tp10"})
_WAYS = frozenset({"dài", "đường", "tuyến", "làm", "xây"})
_NO_DISTANCE = frozenset({"cải", "tư", "quy", "phong", "bách", "chính", "một", "phân"})  # before "cách": another word
TIMES_AFTER = frozenset(
    {"gấp", "tăng", "vượt", "hơn", "bằng", "giảm", "cao", "lên", "tới", "gần", "khoảng", "trên", "thêm"}
)


def is_no_figure(source: Source, no_zone: frozenset[str], index: int, end: int, unit: str, value: Decimal) -> bool:
    """The words around a number with a unit say that it counts nothing that happened: "Top 10", "cách cảng 5 km"."""
    before = source.tokens[index - 1] if index else None
    after = source.tokens[end] if end < len(source.tokens) else None
    if before is not None and value == 1 and before.text in ("quân", "mỗi", "bình"):
        return True  # "bình quân 1 dự án"
    if before is not None and value == 1 and unit == "ha" and before.text == "trên":
        return True  # "xuất khẩu, lao động trên 1 ha đất"
    if before is not None and before.text in _RANK_BEFORE and (before.text != "trong" or _one_of(source, index)):
        return True
    if (
        before is not None
        and before.text in ("năm", "giai", "đoạn", "khóa")
        and value > 1900
        and "." not in source.words[index]
    ):
        return True
    if unit == "times":
        told = any(word in TIMES_AFTER for word in source.words[max(0, index - 3) : index])
        told = told or (source.words[index - 1] == "và" and "lần" in source.words[max(0, index - 8) : index])
        return not told or (after is not None and after.text == "thứ")
    if unit == "zones" and after is not None and source.words[end - 1] == "khu":
        return after.text in no_zone
    if unit == "provinces":
        # "11 tỉnh, thành phố trong Khối", "khu vực ...": says whose the figures are, and counts nothing.
        return any(word in ("khối", "khu", "vùng") for word in source.words[end : end + 4])
    if unit == "enterprises" and value == 1:
        return True
    if unit == "km":
        return _distance(source, index, end)
    if unit == "countries" and after is not None and source.words[end - 1] == "nước":
        return after.text in ("thải", "sạch", "ngầm", "mặt", "biển")
    return False


def _distance(source: Source, index: int, end: int) -> bool:
    """ "cách sân bay 30 km, cảng 120 km", "30 km về phía Bắc": where a place lies, no length of a road."""
    words = source.words[max(0, index - 30) : index]
    for position in range(len(words) - 1, -1, -1):
        if words[position] in _WAYS or words[position] in ".;":
            break
        if words[position] == "cách" and (not position or words[position - 1] not in _NO_DISTANCE):
            return True
    after = source.words[end : end + 2]
    return after == ["về", "phía"]


def _one_of(source: Source, index: int) -> bool:
    if "\n" in source.folded[source.tokens[index - 2].end : source.tokens[index - 1].start]:
        return False
    return index > 1 and (source.tokens[index - 2].number or source.words[index - 2] in ("một", "top", "là"))
