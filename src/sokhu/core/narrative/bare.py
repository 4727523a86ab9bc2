"""Counts whose noun is left out: "496 dự án, gồm 372 FDI và 124 DDI", "(FDI: 372, DDI: 124)", "số dự án là 1.104"."""

from __future__ import annotations

from collections.abc import Container
from decimal import Decimal

from sokhu.core.narrative.amounts import Amount
from sokhu.core.narrative.clauses import Layout
from sokhu.core.narrative.source import Source

_COUNTED = frozenset({"projects", "enterprises", "adjustments", "certificates"})
# Workers by origin and sex: the end of a label before a bare count.
_WORKERS = (
    ("địa", "phương"),
    ("lao", "động", "nữ"),
    ("là", "nữ"),
    ("nữ",),
    ("trong", "tỉnh"),
    ("ngoài", "tỉnh"),
    ("việt", "nam"),
    ("trong", "nước"),
    ("nước", "ngoài"),
)
_LABELS = {
    "projects": ("số dự án", "số da", "số lượng dự án", "dự án cấp mới", "dự án mới"),
    "zones": ("số kcn", "số khu công nghiệp", "số khu", "số lượng kcn"),
    "workers": ("số lao động", "tổng lao động", "số người lao động"),
    "enterprises": ("số doanh nghiệp", "số dn"),
}
_SAYS = frozenset({"là", "lên", "đạt", ":", "còn", "có"})
NEAR = 40  # tokens back to the figure whose noun is meant


def with_bare(
    source: Source, layout: Layout, amounts: list[Amount], owners: list[tuple[int, int]], taken: Container[int]
) -> list[Amount]:
    """The amounts with the bare counts added. owners: where words for FDI or DDI start and end."""
    starts, ends = {start for start, _ in owners}, {end for _, end in owners}
    used = {token for amount in amounts for token in range(amount.first, amount.last)}
    added: list[Amount] = []
    last: Amount | None = None
    counted: Amount | None = None
    workers: Amount | None = None
    position = 0
    for index in source.numbers:
        while position < len(amounts) and amounts[position].first <= index:
            last, position = amounts[position], position + 1
            counted = last if last.unit in _COUNTED else counted
            workers = last if last.unit == "workers" else workers
        text = source.words[index]
        if index in used or index in taken or not _whole(text):
            continue
        unit = None
        if counted and index - counted.first < NEAR and layout.sentence_of(counted.first) == layout.sentence_of(index):
            unit = _beside_owner(source, index, counted.unit, starts, ends) or _listed(source, index, counted)
        if unit is None and workers and index - workers.first < NEAR:
            same = layout.sentence_of(workers.first) == layout.sentence_of(index)
            unit = "workers" if same and _of_workers(source, index) else None
        if (
            last
            and unit is None
            and index - last.first < NEAR
            and layout.sentence_of(last.first) == layout.sentence_of(index)
        ):
            unit = _planned(source, index, last.unit)
        unit = unit or _labelled(source, layout, index)
        if unit:
            counted = last = Amount(index, index + 1, Decimal(text.replace(".", "")), unit, doubt=0.1, bare=True)
            added.append(last)
    return sorted([*amounts, *added], key=lambda amount: amount.first) if added else amounts


def _whole(text: str) -> bool:
    digits = text.replace(".", "")
    groups = text.split(".")
    return digits.isdigit() and len(digits) <= 7 and all(len(group) == 3 for group in groups[1:])


def _beside_owner(source: Source, index: int, unit: str, starts: set[int], ends: set[int]) -> str | None:
    if unit not in _COUNTED:
        return None
    colon = index > 0 and source.tokens[index - 1].text == ":" and index - 1 in ends
    after = source.tokens[index + 1].text if index + 1 < len(source.tokens) else ""
    closed = after in ",;).:" or after in ("và", "")
    return unit if index + 1 in starts or ((colon or index in ends) and closed) else None


def _of_workers(source: Source, index: int) -> bool:
    """ "47.830 lao động (địa phương 45.110, nữ 30.120)", "còn lại 580 là lao động nước ngoài"."""
    after = source.words[index + 1 : index + 4]
    if after[:1] == ["là"] and (after[1:] == ["lao", "động"] or after[1:2] == ["nữ"] or after[1:2] == ["người"]):
        return True
    if after and after[0] not in (",", ";", ")", ".", "và", "("):
        return False
    words = source.words[max(0, index - 5) : index]
    while words and words[-1] in _SAYS:
        words.pop()
    return any(tuple(words[-len(label) :]) == label for label in _WORKERS)


def _listed(source: Source, index: int, counted: Amount) -> str | None:
    """ "Số dự án đang xây dựng: 24; chưa triển khai: 17; chậm tiến độ: 06": bare counts go on in the same list."""
    after = source.tokens[index + 1].text if index + 1 < len(source.tokens) else ""
    goes_on = counted.bare and index - counted.last <= 10 and source.tokens[index - 1].text == ":"
    return counted.unit if goes_on and after in ";.," else None


def _planned(source: Source, index: int, unit: str) -> str | None:
    """ "14 dự án (kế hoạch 12, ...)": the plan counts what the figure before it counts."""
    words = source.words[max(0, index - 4) : index]
    after = source.tokens[index + 1].text if index + 1 < len(source.tokens) else ""
    counted_now = words[-3:] in (["(", "hiện", "có"], ["(", "đã", "có"], ["(", "hiện", "là"]) and after == ")"
    said = counted_now or (
        words[-2:] == ["kế", "hoạch"] or words[-3:] == ["kế", "hoạch", "là"] or words[-4:-1] == ["kế", "hoạch", "năm"]
    )
    return unit if said and after in ",;)" and unit in (*_COUNTED, "zones", "workers") else None


def _labelled(source: Source, layout: Layout, index: int) -> str | None:
    start = max(layout.sentences[layout.sentence_of(index)].start, index - 16)
    words = source.words[start:index]
    if "," in words:
        words = words[len(words) - words[::-1].index(",") :]
    after = source.tokens[index + 1].text if index + 1 < len(source.tokens) else ""
    if (
        not words
        or words[-1] not in _SAYS
        or not (after in ",;).:" or after in ("và", "với", "tăng", "giảm", "bằng", ""))
    ):
        return None
    if any(word in ",;.%" for word in words) or any(word[0].isdigit() for word in words[-6:] if words[-1] != ":"):
        return None
    text = " ".join(words)
    for unit, labels in _LABELS.items():
        if any(label in text for label in labels):
            return unit
    return None
