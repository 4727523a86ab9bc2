"""What a question on the command line says, read by the catalogue; every mistake is told with a way out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from django.utils import timezone

from sokhu.areas.accounts.queries import user_named
from sokhu.areas.catalogue.queries import dimensions, indicators, territory
from sokhu.areas.ledger.models import CellKind
from sokhu.areas.territory.queries import SYSTEM, Reach, reach_of
from sokhu.core.folding import folded
from sokhu.core.grouping import known_place, near
from sokhu.core.period import Period, kind, parse
from sokhu.core.problems import Problem
from sokhu.core.table import CONVERTED_INTO
from sokhu.kit.sealing.queries import moment_named

AS_WAS = "as-was"


def listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def indicator_codes(text: str) -> tuple[str, ...]:
    """Raises Problem("asking.unknown_indicator", found, near), also by what is near to an indicator's name."""
    known = indicators()
    for code in listed(text):
        if code not in known:
            raise Problem("asking.unknown_indicator", found=code, near=_near_indicator(code))
    return tuple(listed(text))


def _near_indicator(word: str) -> str:
    """Codes that are spelt alike, else those whose name has the words."""
    known = indicators()
    if found := get_close_matches(folded(word), list(known), n=3):
        return ", ".join(found)
    words = folded(word).split()
    names = {code: folded(f"{one.name_vi} {one.name_en}").split() for code, one in known.items()}
    named = [code for code, name in names.items() if all(word in name for word in words)]
    return ", ".join(named[:3]) or near(word, known)


def periods(text: str) -> tuple[Period, ...]:
    return tuple(dict.fromkeys(parse(one) for one in listed(text)))


def places(text: str) -> tuple[str, ...]:
    """Raises Problem("grouping.unknown_place", found, near)."""
    return tuple(known_place(territory(), place) for place in listed(text))


def map_day(text: str) -> date | None:
    """The day of a map; None for each period's own. Raises Problem("asking.unknown_map", found)."""
    try:
        return None if text == AS_WAS else day(text)
    except Problem as wrong:
        raise Problem("asking.unknown_map", found=text) from wrong


def day(text: str) -> date:
    """Raises Problem("asking.not_a_day", found)."""
    try:
        found = parse(text)
    except Problem as wrong:
        raise Problem("asking.not_a_day", found=text) from wrong
    if kind(found) != "day":
        raise Problem("asking.not_a_day", found=text)
    return found.last


def moment(text: str) -> int | None:
    return moment_named(text) if text else None


def ownerships(text: str) -> tuple[str, ...]:
    """ "FDI,DDI," is each and both together. Raises Problem("asking.unknown_choice")."""
    known = ["", *dimensions().dimensions["ownership"].words]
    return tuple(dict.fromkeys(choice("--ownership", one.strip(), known) for one in text.split(",")))


def zone_kind(text: str) -> str:
    return choice("--zone-kind", text, ["", *dimensions().dimensions["zone_kind"].words])


def cell_kind(text: str) -> str:
    return choice("--kind", text, CellKind.values)


def currency(text: str) -> str:
    return choice("--currency", text, ["", *CONVERTED_INTO])


def choice(name: str, found: str, known: Iterable[str]) -> str:
    """Raises Problem("asking.unknown_choice", name, found, known)."""
    offered = list(known)
    if found not in offered:
        raise Problem("asking.unknown_choice", name=name, found=found, known=", ".join(filter(None, offered)))
    return found


def reader(username: str) -> Reach:
    """Whose eyes it is seen with: a user's, or those of the book's keeper. Raises Problem("access.no_such_user")."""
    return reach_of(user_named(username), timezone.localdate()) if username else SYSTEM
