"""Proofreading measured on texts of our own: documents of the sourced book, as they are and with a digit changed."""

from __future__ import annotations

import random
import re

import pytest

from sokhu.areas.findings.drafts import proofread_draft
from sokhu.areas.findings.proofreading import Mark
from sokhu.areas.sources.models import Document
from sokhu.areas.territory.queries import SYSTEM
from sokhu.documents.extracted import Extracted, blocks_from_json

pytestmark = pytest.mark.usefixtures("book")

DIGIT = re.compile(r"[1-9]")


def papers() -> list[Document]:
    return list(Document.objects.exclude(text="").order_by("sha256"))


def marks_of(paper: Document, text: str) -> tuple[Mark, ...]:
    extracted = Extracted("txt", paper.title, text, blocks_from_json(paper.blocks), published=paper.published)
    return proofread_draft(SYSTEM, extracted, about=paper.about)[1].marks


def changed(text: str, mark: Mark, chance: random.Random) -> str:
    """The text with one digit of a figure changed, its length kept."""
    places = [mark.start + found.start() for found in DIGIT.finditer(text[mark.start : mark.end])]
    place = places[0] if len(places) == 1 else chance.choice(places[:2])
    digit = chance.choice([one for one in "123456789" if one != text[place]])
    return text[:place] + digit + text[place + 1 :]


def test_what_the_ledger_was_filled_from_contradicts_it_nowhere() -> None:
    wrong = [
        (paper.title, mark.quote, mark.message)
        for paper in papers()
        for mark in marks_of(paper, paper.text)
        if mark.severity == "error"
    ]
    assert not wrong


def test_a_changed_digit_of_a_figure_that_the_ledger_confirms_is_found() -> None:
    chance = random.Random(20)
    tried, missed = 0, []
    for paper in papers():
        confirmed = [one for one in marks_of(paper, paper.text) if one.code == "confirmed" and DIGIT.search(one.quote)]
        for mark in chance.sample(confirmed, min(12, len(confirmed))):
            tried += 1
            after = marks_of(paper, changed(paper.text, mark, chance))
            here = [one for one in after if one.start <= mark.start < one.end and one.severity != "note"]
            missed += [] if here else [mark.quote]
    assert tried >= 20
    assert len(missed) <= tried // 20, missed
