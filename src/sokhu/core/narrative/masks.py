"""Stretches that hold digits but no figures: document numbers, clocks, phones, links, file sizes, ranks, list marks."""

from __future__ import annotations

import re

from sokhu.core.narrative.source import Source

_MASKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:https?://|www\.)[^\s]{1,300}",
        r"[\w.]{1,60}@[\w.]{1,60}",
        r"(?<!\w)(?:số )?[0-9]{1,5}[a-z]?/(?:[0-9]{4}/)?(?:[a-zđ]{2,8}-?){1,4}(?![\w/])",
        r"(?<!\w)[0-9]{1,2}(?::[0-9]{2}){1,2}(?!\w)",
        r"(?<!\w)[0-9]{1,2} ?(?:giờ|h)(?: ?[0-9]{1,2})?(?: phút)?(?!\w)",
        r"(?<!\w)(?:hotline|điện thoại|đt|tel|fax|sđt|zalo|liên hệ|đường dây nóng)(?!\w)[^\n]{0,12}?[0-9][0-9 .()\-]{5,20}",
        r"(?<!\w)[0-9]+(?:[.,][0-9]+)? ?(?:kb|mb|gb)(?!\w)",
        r"(?<!\w)(?:mức độ|cấp độ|điều|khoản|chương|phụ lục|khóa|lần thứ|thứ|kỳ họp|giai đoạn|gđ|quốc lộ|ql|phường|quận|số nhà) [0-9]{1,4}[a-z]?(?![0-9.,]*[0-9])(?! ?(?:triệu|tỷ|nghìn))",
        r"(?:nghị định|nghị quyết|quyết định|thông tư|luật|công văn|chỉ thị|kế hoạch số|văn bản)(?: số)? ?[0-9]{1,5}",
        r"(?:lượt xem|đang online|thống kê truy cập|truy cập|views?|lượt truy cập|đã xem|bình luận)[^\n]{0,6}?[0-9][0-9.,]*",
        r"(?<!\w)1 (?:usd|đô la mỹ|đô la) ?(?:=|tương đương|bằng) ?[0-9][0-9.,]* ?(?:vnđ|vnd|đồng|đ)",
        r"tỷ giá[^\n]{0,60}?[0-9][0-9.,]* ?(?:vnđ|vnd|đồng|đ)(?:/usd)?",
        r"(?:một|1|hai|2|ba|3) trong (?:số )?(?:những |các )?[0-9]{1,3}(?![0-9.,]*[0-9])",
        r"(?:top|tốp|nhóm|thứ|hạng) [0-9]{1,3}",
    )
)


def masked(source: Source) -> set[int]:
    """The tokens that belong to no figure, whatever noun follows."""
    taken: set[int] = set()
    for pattern in _MASKS:
        for match in pattern.finditer(source.folded):
            first = source.token_at(match.start())
            last = source.token_at(match.end() - 1)
            taken.update(range(max(first, 0), last + 1))
    return taken | _related(source)


_RELATED = re.compile(
    r"(?:^|\n)[ \t*]{0,4}(?:tin,? bài liên quan|tin liên quan|các tin khác|tin khác|tin tức khác|tin cùng chuyên mục|đọc nhiều|bài liên quan|xem thêm|"
    r"tin mới|tin nổi bật|cùng chuyên mục|có thể bạn quan tâm|đánh giá ?:|bài viết khác|các bài viết khác|tin đã đưa|đọc thêm|bài viết liên quan)"
)
LONG_LINE = 200  # a line this long is a report's own again, whatever stood above it


def _related(source: Source) -> set[int]:
    """Titles of other articles under "Tin liên quan" and the like, up to the next long line."""
    taken: set[int] = set()
    for match in _RELATED.finditer(source.folded):
        end = match.end()
        while end < len(source.folded):
            stop = source.folded.find("\n", end)
            stop = len(source.folded) if stop < 0 else stop
            if stop - end > LONG_LINE:
                break
            end = stop + 1
        first, last = source.token_at(match.start() + 1), source.token_at(min(end, len(source.folded)) - 1)
        if last in taken:
            continue
        taken.update(range(max(first, 0), last + 1))
    return taken
