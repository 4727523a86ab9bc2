"""Putting the lines of a page together again into paragraphs, so that a sentence reads on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sokhu.documents import legacy, tables

_SENTENCE_END = re.compile(r"[.!?…:;][\"”’)\]]*$")
_ITEM = re.compile(
    r"(?:[-–+•*●▪○]\s|\(?\d{1,2}[.)]\s|\d{1,2}(?:\.\d{1,2})+\.?\s|[IVX]{1,5}[.)]\s|\(?[a-zđ][.)]\s|Điều \d)"
)
_LONGEST_WORD = 64  # letters; what is longer is no syllable anyhow
_SPLIT_WORD = re.compile(r"([A-Za-z]{3,})-$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with its box in points from the upper left corner; order is its place in the file."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    page: int
    order: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    page: int
    is_heading: bool


def usual_size(lines: Sequence[Line]) -> float:
    """The size most letters are set in; 0 without lines."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def joined(lines: Sequence[Line], body: float) -> list[Paragraph]:
    """Lines as paragraphs. body: the usual letter size; a short paragraph set larger is a heading."""
    groups: list[list[Line]] = []
    right, pitch = _column_right(lines), _usual_pitch(lines)
    left = 0.0  # where the leftmost line of the last group begins
    for line in lines:
        if groups and _goes_on(groups[-1], left, line, right, pitch):
            groups[-1].append(line)
            left = min(left, line.left)
        else:
            groups.append([line])
            left = line.left
    return [_paragraph(group, body) for group in groups]


def _paragraph(group: Sequence[Line], body: float) -> Paragraph:
    text = glued([line.text for line in group])
    large = len(text) < 200 and body > 0 and group[0].size > 1.12 * body
    return Paragraph(text, group[0].page, large or (len(text) < 200 and text.isupper() and len(text.split()) > 1))


def glued(texts: Sequence[str]) -> str:
    """Lines in one, each joined by a blank, or by nothing after a hyphen.

    A hyphen stays ("2021-" "2025", "kinh tế-" "xã hội") unless it splits a word that is not Vietnamese.
    """
    whole = ""
    for text in texts:
        split = _SPLIT_WORD.search(whole, max(0, len(whole) - _LONGEST_WORD))
        if not whole:
            whole = text
        elif split and text[:1].isascii() and text[:1].islower() and not legacy.is_syllable(split.group(1)):
            whole = whole[:-1] + text
        elif whole.endswith("-") and not whole.endswith(" -") and text[:1].isalnum():
            whole += text
        else:
            whole += " " + text
    return whole


def _column_right(lines: Sequence[Line]) -> float:
    """Where full lines end: the right edge that a fifth of the lines reach."""
    edges = sorted((line.right for line in lines), reverse=True)
    return edges[len(edges) // 5] if edges else 0.0


def _usual_pitch(lines: Sequence[Line]) -> float:
    """The distance of baselines inside paragraphs: the most frequent one; generous where lines are few."""
    near = [
        round(2 * (below.bottom - above.bottom)) / 2
        for above, below in pairwise(lines)
        if above.page == below.page and 0 < below.bottom - above.bottom <= 2.1 * max(above.size, below.size)
    ]
    counted = Counter(near)
    most = max(counted.values(), default=0)
    return min((pitch for pitch, count in counted.items() if count == most), default=0.0)


def _goes_on(group: Sequence[Line], left: float, line: Line, right: float, pitch: float) -> bool:
    """Whether `line` continues the paragraph of the lines before it, of which the leftmost begins at `left`."""
    above = group[-1]
    if abs(above.size - line.size) > 0.15 * line.size or _ITEM.match(line.text) or tables.is_caption(line.text):
        return False
    if _are_centred(above, line):
        return _is_next_line(above, line, pitch) and above.text.isupper() == line.text.isupper()
    full = above.right > right - 0.12 * max(right - above.left, 1.0)
    # A first line is indented to the right of the lines that follow it; a new one to the right of the line above.
    indented = line.left > left + 0.8 * line.size and len(group) > 1
    opens = line.left > above.left + 0.8 * line.size
    if not full or indented or opens:
        return False
    if above.page != line.page:
        return not _SENTENCE_END.search(above.text)
    return _is_next_line(above, line, pitch) and not (_SENTENCE_END.search(above.text) and _starts_alike(group, line))


def _starts_alike(group: Sequence[Line], line: Line) -> bool:
    """A first-line indent again, after a paragraph of one full line that ended its sentence."""
    return (
        len(group) == 1 and abs(group[0].left - line.left) < 1 and line.text[:1].isupper() and group[0].left > line.left
    )


def _are_centred(above: Line, line: Line) -> bool:
    """Lines round one middle and of unlike length: a title. Full lines of a paragraph begin at one edge."""
    middle = (above.left + above.right) / 2
    return abs(middle - (line.left + line.right) / 2) < 2 and abs(above.left - line.left) > 4


def _is_next_line(above: Line, line: Line, pitch: float) -> bool:
    """Directly below, no farther than lines of one paragraph usually are: space between paragraphs ends one."""
    distance = line.bottom - above.bottom
    return 0 < distance <= pitch + 0.2 * line.size
