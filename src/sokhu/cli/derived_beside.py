"""What `sokhu derived` prints: a line for each figure, what was reported beside it, and why they differ."""

from __future__ import annotations

import argparse
from textwrap import shorten

from django.utils import translation

from sokhu.areas.findings.beside import Beside, beside
from sokhu.areas.findings.beside_words import causes_in_words, gap_in_words
from sokhu.areas.ledger import shown
from sokhu.areas.territory.queries import known_place
from sokhu.cli.asking import reader
from sokhu.core.period import parse

WIDTH, NUMBER = 44, 24


def print_beside(options: argparse.Namespace) -> int:
    """Always 0: a difference is something to look at, and no error of the command."""
    with translation.override(options.lang):
        lines = beside(reader(options.user or ""), known_place(options.board), parse(options.period))
        for one in lines:
            print(_line(one))
            for cause in causes_in_words(one):
                print(f"    {cause}")
        if not lines:
            print("— (không có dòng nào | nothing to show)")
    return 0


def _line(one: Beside) -> str:
    asked = one.question
    owner = f" {asked.ownership}" if asked.ownership else ""
    name = shorten(shown.indicator_name(asked.indicator), WIDTH - len(owner), placeholder="…") + owner
    derived = " ".join(shown.number_and_unit(asked.indicator, one.amount, asked.currency))
    derived = derived if one.is_complete else f"≥ {derived}"
    reported = _reported(one)
    return f"{name:<{WIDTH}} {derived:>{NUMBER}} {reported:>{NUMBER}} {gap_in_words(one):>{NUMBER}}".rstrip()


def _reported(one: Beside) -> str:
    if one.reported.amount is None:
        return "—"
    asked = one.question
    return " ".join(shown.number_and_unit(asked.indicator, one.reported.amount, asked.currency))
