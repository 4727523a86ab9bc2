"""`sokhu rights`: which role may do what, printed."""

from __future__ import annotations

import argparse
from typing import Any

from sokhu.core.rights import ROLES, SCOPES, matrix

LETTERS = {
    "everyone": "E",
    "own": "o",
    "predecessor": "p",
    "block": "b",
    "addressee": "a",
    "country": "c",
    "subject": "s",
}


def add_commands(commands: argparse._SubParsersAction[Any]) -> None:
    about = "vai trò nào làm được gì, với thứ gì, rộng đến đâu | which role may do what, and how far"
    command = commands.add_parser("rights", help=about, description=about)
    command.set_defaults(run=print_rights)


def print_rights(options: argparse.Namespace) -> int:
    print("\n".join(rights_lines()))
    return 0


def rights_lines() -> list[str]:
    """The table as text: a line for a kind of thing and an action, a column for a role, a letter for a scope."""
    legend = ", ".join(f"{LETTERS[scope]} {scope}" for scope in SCOPES)
    lines = [["thing", "action", *ROLES]]
    for (thing, action), cells in matrix().items():
        lines.append([thing, action, *("".join(LETTERS[one] for one in cells[role]) or "-" for role in ROLES)])
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    laid = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return [legend, "", *laid]
