"""The reader on the sourced book's documents: every figure right in every step, none besides."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from books.sourced import DOCUMENTS, gold_of, text_of
from sokhu.core.narrative import read

STEPS = ("indicator", "unit", "ownership", "scope", "period", "asof", "approx", "status")


def told(figure: dict[str, Any]) -> tuple[object, ...]:
    """What one figure says, in the order of the contract's steps; the quote's exact borders are the reader's affair."""
    return (Decimal(figure["value"]), *(figure[step] for step in STEPS))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_reader_finds_exactly_the_figures_of_the_book(document: str) -> None:
    found = [figure.as_json() for figure in read(text_of(document), article=document)]
    assert [told(figure) for figure in found] == [told(figure) for figure in gold_of(document)]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_reader_quotes_the_passage_of_each_label(document: str) -> None:
    text = text_of(document)
    found = [figure.as_json() for figure in read(text, article=document)]
    for figure, label in zip(found, gold_of(document), strict=True):
        assert text[figure["start"] : figure["end"]] == figure["quote"]
        assert figure["start"] < label["end"]
        assert label["start"] < figure["end"]
