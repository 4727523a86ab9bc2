"""Files of a small territory, written for a test."""

from __future__ import annotations

from datetime import date

import pytest

from sokhu.core.problems import Problems
from sokhu.core.territory import Territory
from sokhu.core.territory_file import checked_territory

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
IN_2020, IN_2026 = date(2020, 12, 31), date(2026, 1, 1)


def ids(places) -> list[str]:
    return [place.id for place in places]


def place_file(place_id: str, *lines: str) -> str:
    keys = {line.partition(" =")[0] for line in lines}
    names = [] if "names" in keys else [f'names = [{{ vi = "{place_id}", en = "{place_id}" }}]']
    return "\n".join([f'["{place_id}"]', *names, *lines, SOURCED])


SOURCED = 'source = "x"\nevidence = "FOUND"\n'


def listed(ids: list[str]) -> str:
    return "[" + ", ".join(f'"{one}"' for one in ids) + "]"


def event(kind: str, day: str, from_ids: list[str], to_ids: list[str]) -> str:
    places = f"from = {listed(from_ids)}\nto = {listed(to_ids)}\n"
    return f'[[event]]\nkind = "{kind}"\nday = {day}\n{places}decision = "d"\nverified = true\n{SOURCED}'


def membership(grouping: str, members: list[str], more: str = "") -> str:
    return f'[[membership]]\ngrouping = "{grouping}"\nmembers = {listed(members)}\n{more}{SOURCED}'


def checked(*texts: str) -> Territory:
    return checked_territory({f"territory/t{number}.toml": text.encode() for number, text in enumerate(texts)})


def refused(*texts: str) -> list[tuple[str, str]]:
    with pytest.raises(Problems) as caught:
        checked(*texts)
    return [(problem.code, problem.where) for problem in caught.value.problems]
