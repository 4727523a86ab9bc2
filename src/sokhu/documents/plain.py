"""Plain text: which letters the bytes are, and where the paragraphs stand. The text is kept as the file has it."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import PurePath

from sokhu.core.problems import Problem
from sokhu.documents import legacy, tables
from sokhu.documents.extracted import Block, BlockKind, Extracted, Limits, Span, Table

_LINE = re.compile(r"[^\r\n\u2028\u2029\f\v\x85]+")
_TEXT_BYTES = 400_000


def read(data: bytes, filename: str, limits: Limits) -> Extracted:
    """A .txt file: `text` is the file's own characters, byte order mark and \\r\\n too: offsets hold in the file."""
    text = decoded(data)
    if len(text) > limits.characters:
        raise Problem("document.too_long", found=len(text), limit=limits.characters)
    if not text.strip("\ufeff \t\r\n\f\v\u00a0"):
        raise Problem("document.empty")
    legacy.check(text)
    blocks = tuple(_blocks(text))
    first = next((text[block.start : block.end] for block in blocks), "")
    title = " ".join(unicodedata.normalize("NFC", first).split())[:300] or PurePath(filename).stem
    return Extracted("txt", title, text, blocks)


def decoded(data: bytes) -> str:
    """The characters of the bytes, when it is sure which they are.

    Raises Problem: document.wrong_encoding (no encoding fits), document.legacy_font (bytes of an old font).
    """
    wide = wide_encoding(data)
    if wide:
        return _strict(data, wide)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _from_code_page(data, error)


def wide_encoding(data: bytes) -> str:
    """UTF-16 by its mark, or by the zero bytes that ASCII blanks and digits leave in every second place."""
    if data.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if data.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 5 > len(sample) // 2 and min(even, odd) * 20 <= max(even, odd) and len(data) % 2 == 0:
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Problem("document.wrong_encoding", found=f"{encoding}, byte {error.start}") from error


def _from_code_page(data: bytes, error: UnicodeDecodeError) -> str:
    """windows-1258 when nearly all marked words are Vietnamese in it; else say what or where the bytes are."""
    text = data.decode("cp1258", errors="replace")
    sample = unicodedata.normalize("NFC", text[:_TEXT_BYTES])
    seen = legacy.spelling(sample, str)
    if "\ufffd" not in text and seen.marked >= 5 and seen.as_they_are >= 0.9 * seen.marked:
        return text
    name = legacy.legacy_font(data.decode("latin-1"))
    if name:
        raise Problem("document.legacy_font", found=name) from error
    line = data.count(b"\n", 0, error.start) + 1
    raise Problem(
        "document.wrong_encoding", found=f"0x{data[error.start]:02x} (byte {error.start}, line {line})"
    ) from error


def _blocks(text: str) -> list[Block]:
    """Each line is a paragraph, unless lines follow each other at an even width: then they are one, wrapped."""
    blocks: list[Block] = []
    for group in _groups(text):
        tabled = _tabbed_table(text, group)
        if tabled:
            blocks.append(Block("table", group[0][0], group[-1][1], None, tabled))
        elif _is_wrapped(text, group):
            blocks.append(_block(text, group[0][0], group[-1][1]))
        else:
            blocks += [_block(text, start, end) for start, end in group]
    return blocks


def _groups(text: str) -> list[list[Span]]:
    """Lines with a letter, trimmed, grouped between blank lines."""
    groups: list[list[Span]] = []
    last_end = -1
    for found in _LINE.finditer(text):
        line = found.group()
        kept = line.strip(" \t\u00a0\ufeff")
        if not kept:
            continue
        start = found.start() + line.index(kept)
        apart = last_end < 0 or _line_breaks(text[last_end : found.start()]) > 1
        if apart:
            groups.append([])
        groups[-1].append((start, start + len(kept)))
        last_end = found.end()
    return groups


def _line_breaks(between: str) -> int:
    return between.replace("\r\n", "\n").count("\n") + between.count("\r")


def _is_wrapped(text: str, group: list[Span]) -> bool:
    """At least three lines, none long, all but the last nearly as long as the longest, most not ending a sentence."""
    lengths = [end - start for start, end in group]
    longest = max(lengths)
    open_ends = sum(1 for _, end in group[:-1] if text[end - 1] not in ".!?:;")
    even = 50 <= longest <= 120 and all(length > 0.75 * longest for length in lengths[:-1])
    return len(group) > 2 and even and 2 * open_ends > len(group) - 1


def _block(text: str, start: int, end: int) -> Block:
    line = text[start:end]
    capital = len(line) <= 200 and line.isupper() and len(line.split()) > 1
    kind: BlockKind = "heading" if capital else "paragraph"
    return Block(kind, start, end)


def _tabbed_table(text: str, group: list[Span]) -> Table | None:
    """Lines pasted from a spreadsheet: at least two with the same number of tabs."""
    tabs = {text.count("\t", start, end) for start, end in group}
    if len(group) < 2 or len(tabs) != 1 or 0 in tabs:
        return None
    spans = tuple(tuple(_cell_spans(text, start, end)) for start, end in group)
    rows = tuple(tuple(text[start:end] for start, end in row) for row in spans)
    cells = [tables.Cell(r, c, 1, 1, value) for r, row in enumerate(rows) for c, value in enumerate(row)]
    grid = tables.grid_of(cells)
    if (grid.height, grid.width) != (len(rows), len(rows[0])):
        return None
    head = tables.header_rows(grid)
    return Table(rows, head, tables.header_paths(grid, head), "", spans)


def _cell_spans(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    for piece in text[start:end].split("\t"):
        inner = piece.strip(" \u00a0")
        at = start + (piece.index(inner) if inner else 0)
        spans.append((at, at + len(inner)))
        start += len(piece) + 1
    return spans
