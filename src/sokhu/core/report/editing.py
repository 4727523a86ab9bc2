"""Changes to the content of a report, one step each: sections and blocks added, taken away, moved."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from sokhu.core.problems import Problem
from sokhu.core.report.content import BLOCK_KINDS, Block, BlockKind, Content, Section

T = TypeVar("T")


def changed(content: Content, step: str) -> Content:
    """The content after a step: "up:2" and "up:2:1" move section 2, or its first block, before the one above it.

    step: a verb (up, down, remove, add) with the numbers, counted from 1, of a section and of a block in it; "add:2"
    puts a section after section 2 (0: in front), "add:2:1:text" a paragraph after its first block.
    Raises Problem("report.no_such_step", found) for anything else.
    """
    verb, *where = step.split(":")
    kind = where.pop() if len(where) == 3 else ""
    try:
        section, block = int(where[0]), int(where[1]) if len(where) > 1 else None
    except (ValueError, IndexError):
        raise Problem("report.no_such_step", found=step) from None
    if block is None:
        return _stepped(content, verb, section, Section(""), step)
    if not 1 <= section <= len(content):
        raise Problem("report.no_such_step", found=step)
    found = content[section - 1]
    blocks = _stepped(found.blocks, verb, block, Block(_kind(kind), ""), step)
    return (*content[: section - 1], replace(found, blocks=blocks), *content[section:])


def _kind(word: str) -> BlockKind:
    return next((kind for kind in BLOCK_KINDS if kind == word), "text")


def _stepped(items: tuple[T, ...], verb: str, number: int, new: T, step: str) -> tuple[T, ...]:
    if not (0 if verb == "add" else 1) <= number <= len(items):
        raise Problem("report.no_such_step", found=step)
    match verb:
        case "add":
            return (*items[:number], new, *items[number:])
        case "remove":
            return (*items[: number - 1], *items[number:])
        case "up":
            return _swapped(items, number - 1)
        case "down":
            return _swapped(items, number)
    raise Problem("report.no_such_step", found=step)


def _swapped(items: tuple[T, ...], number: int) -> tuple[T, ...]:
    """The item changed with the one after it; at either end nothing happens."""
    if not 1 <= number < len(items):
        return items
    return (*items[: number - 1], items[number], items[number - 1], *items[number + 1 :])
