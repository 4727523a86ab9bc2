"""Which sheet of a workbook is which of a mapping's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sokhu.core.workbook.grid import Sheet, Workbook
from sokhu.core.workbook.header import Header, find_header
from sokhu.core.workbook.labels import key
from sokhu.core.workbook.mapping import Mapping, SheetMapping

LEAST_LIKE = 0.5
Found = dict[int, tuple[SheetMapping, Header]]


class _Candidate(NamedTuple):
    likeness: tuple[float, ...]
    number: int
    order: int
    header: Header


def sheets_of(workbook: Workbook, mapping: Mapping) -> Found:
    """Sheets by their number in the workbook, each of the mapping's once.

    By name, by the words above the table, by the columns. Two that look alike, and that neither names nor words tell
    apart, are left out. Hidden sheets are not looked at.
    """
    candidates = sorted(_candidates(workbook, mapping), key=lambda one: one.likeness, reverse=True)
    found: Found = {}
    used: set[int] = set()
    for one in candidates:
        if one.number in found or one.order in used or _has_rival(one, candidates, found, used):
            continue
        found[one.number] = (mapping.sheets[one.order], one.header)
        used.add(one.order)
    return dict(sorted(found.items()))


def likeness(workbook: Workbook, mapping: Mapping) -> float:
    """How much of a mapping is there in a workbook, 0 to 1: to propose the one that fits best."""
    found = sheets_of(workbook, mapping)
    return sum(header.share for _sheet, header in found.values()) / len(mapping.sheets)


def recognised(workbook: Workbook, mappings: Iterable[Mapping]) -> list[Mapping]:
    """The mappings of which at least half is there, the likeliest first."""
    ranked = sorted(((likeness(workbook, one), one) for one in mappings), key=lambda pair: pair[0], reverse=True)
    return [one for alike, one in ranked if alike >= LEAST_LIKE]


def _candidates(workbook: Workbook, mapping: Mapping) -> list[_Candidate]:
    found = []
    for number, sheet in enumerate(workbook.sheets):
        for order, mapped in enumerate(mapping.sheets):
            header = None if sheet.is_hidden else find_header(sheet, mapped)
            if header:
                found.append(_Candidate(_likeness(sheet, mapped, header), number, order, header))
    return found


def _likeness(sheet: Sheet, mapped: SheetMapping, header: Header) -> tuple[float, ...]:
    """Words above the table count before the sheet's name, which people change; then how many columns are there."""
    above = " ".join(key(sheet.text(row, column)) for row in range(header.top) for column in range(sheet.width))
    told = any(f" {key(words)} " in f" {above} " for words in mapped.heads)
    named = key(sheet.name) in {key(name) for name in (mapped.name, *mapped.names)}
    return (float(told) + named, float(told), header.share)


def _has_rival(one: _Candidate, candidates: list[_Candidate], found: Found, used: set[int]) -> bool:
    """Whether another sheet, still free, is as much like it, or it is as much like another sheet of the mapping."""
    return any(
        other.likeness == one.likeness
        and (other.number == one.number) != (other.order == one.order)
        and other.number not in found
        and other.order not in used
        for other in candidates
    )
