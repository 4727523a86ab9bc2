"""Problems in the reader's language: page, command line and report tell the same thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources

from django.utils.translation import get_language

from sokhu.core.data import load_toml
from sokhu.core.numbers import Lang, format_number
from sokhu.core.problems import Problem, Problems


def lang() -> Lang:
    """The reader's language."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


@cache
def sentences() -> dict[str, dict[str, str]]:
    """Code of a problem to its sentences {"vi": …, "en": …}, of all files in `catalogue/problems`."""
    folder = resources.files("sokhu").joinpath("catalogue", "problems")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return {code: words for name in names for code, words in load_toml(f"problems/{name}").items()}


# "[ Gần giống: {near}.]": a part of a sentence that is left out where the value in it is empty.
_MAY_BE_LEFT_OUT = re.compile(r"\[([^][{}]*\{(\w+)\}[^][{}]*)\]")
_namers: list[Callable[[Problem], Problem]] = []


def name_by(namer: Callable[[Problem], Problem]) -> None:
    """Makes sentences say names where problems carry ids; called when the area that knows the names is ready."""
    if namer not in _namers:
        _namers.append(namer)


def worded(problem: Problem, lang: str) -> str:
    """The sentence of a problem. A code without a sentence still says its code and what was found."""
    for namer in _namers:
        problem = namer(problem)
    words = sentences().get(problem.code)
    if words is None:
        return str(problem)
    params = {"where": problem.where, **{name: _shown(value, lang) for name, value in problem.params.items()}}
    try:
        sentence = _needed(words.get(lang, words["vi"]), params).format(**params)
    except KeyError:
        return str(problem)
    return sentence if not problem.where or "{where}" in words["vi"] else f"{problem.where}: {sentence}"


def _needed(sentence: str, params: Mapping[str, object]) -> str:
    return _MAY_BE_LEFT_OUT.sub(lambda part: part[1] if params[part[2]] else "", sentence)


def all_worded(error: Problem | Problems, lang: str) -> list[str]:
    problems: Iterable[Problem] = error.problems if isinstance(error, Problems) else [error]
    return [worded(problem, lang) for problem in problems]


def _shown(value: object, lang: str) -> object:
    if isinstance(value, Decimal):
        return format_number(value, lang="en" if lang == "en" else "vi")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(one) for one in value)
    return value
