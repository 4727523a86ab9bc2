"""From the figures of a text to proposed ones: scope to place, status to plan or result, comparison to its figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sokhu.areas.catalogue.queries import territory
from sokhu.areas.sources.models import Document
from sokhu.core.narrative import Figure
from sokhu.core.period import parse
from sokhu.core.place import PlaceKind
from sokhu.core.problems import Problem
from sokhu.documents.extracted import blocks_from_json
from sokhu.documents.figures import read_blocks

PLACE_KINDS: tuple[PlaceKind, ...] = ("province", "block", "zone", "board", "region", "country")


def read_document(document: Document) -> list[dict[str, Any]]:
    """Fields of `ProposedFigure` for every figure of the document, in reading order."""
    figures = read_blocks(document.text, blocks_from_json(document.blocks), dateline=document.published)
    described = described_figures(figures)
    return [fields_of(figure, document, described.get(index)) for index, figure in enumerate(figures)]


def fields_of(figure: Figure, document: Document, of: Figure | None) -> dict[str, Any]:
    return {
        "start": figure.start,
        "end": figure.end,
        "quote": figure.quote,
        "as_written": figure.as_written[:120],
        "value": str(figure.value),
        "unit": figure.unit,
        "indicator": figure.indicator or "",
        "place": place_of(figure, document),
        "scope_as_read": (figure.scope or "")[:120],
        "period": figure.period or "",
        "asof": figure.asof,
        "kind": "plan" if figure.status == "target" else "result",
        "ownership": figure.ownership or "",
        "country": figure.country or "",
        "zone_kind": figure.zone_kind or "",
        "other": f"of={of.indicator}" if of and of.indicator else "",
        "approx": figure.approx,
        "maturity": figure.maturity or "final",
        "is_repeat": figure.status == "repeat",
        "confidence": figure.confidence,
    }


def place_of(figure: Figure, document: Document) -> str:
    """The territory id of the figure's scope on the map of its period; the document's own place when it names none."""
    if not figure.scope:
        return document.about
    day = _day_of(figure.period) or document.published or document.added_at.date()
    return find_place(figure.scope, day)


def find_place(name: str, day: date, kinds: Sequence[PlaceKind] = PLACE_KINDS) -> str:
    """The id of the place of that name on that day, "" for none; kinds: tried in this order."""
    places = territory()
    for kind in kinds:
        try:
            found = places.find(kind, name, day)
        except Problem:
            continue
        if found is not None:
            return found if isinstance(found, str) else found.id
    return ""


def _day_of(period: str | None) -> date | None:
    try:
        return parse(period).last if period else None
    except Problem:
        return None


def described_figures(figures: list[Figure]) -> dict[int, Figure]:
    """A comparison (growth, share, plan completion) by its index, to the figure that it follows and describes."""
    described: dict[int, Figure] = {}
    open_ones: list[Figure] = []
    for index, figure in enumerate(figures):
        if figure.comparison is not None:
            open_ones.append(figure)
        said = (figure.indicator, figure.value)
        of = next(
            (
                one
                for one in reversed(open_ones)
                if one.comparison and (one.comparison.indicator, one.comparison.value) == said
            ),
            None,
        )
        if of is not None:
            described[index] = of
            open_ones.remove(of)
    return described
