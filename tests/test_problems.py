"""Every problem the code can raise is told in both languages, with the names its sentences use."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from sokhu.core.problems import Problem
from sokhu.kit.wording import sentences, worded

PACKAGE = Path(__file__).resolve().parent.parent / "src/sokhu"
FILES = sorted((PACKAGE / "catalogue/problems").glob("*.toml"))
CODE = re.compile(r"[a-z_]+\.[a-z][a-z0-9_]*\Z")
LETTERS_OF_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
AREAS = {code.partition(".")[0] for code in sentences()}


@dataclass(frozen=True, slots=True)
class Raised:
    """Where a problem is made: its code, the names given to its sentence, whether more may be given by `**`."""

    code: str
    names: frozenset[str]
    is_open: bool
    where: str


@cache
def calls_and_texts() -> list[tuple[str, ast.Call | ast.Constant]]:
    """The calls and constants of all code, each with the file it stands in."""
    return [
        (str(path.relative_to(PACKAGE)), node)
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call | ast.Constant)
    ]


@cache
def problems_made() -> list[Raised]:
    """`Problem("area.what", …)` with its names written out."""
    return [
        _raised(code, call, path)
        for path, call in calls_and_texts()
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Problem" and call.args
        for code in _codes(call.args[0])
    ]


def _raised(code: str, call: ast.Call, path: str) -> Raised:
    names = frozenset(keyword.arg for keyword in call.keywords if keyword.arg and keyword.arg != "where")
    return Raised(code, names, any(keyword.arg is None for keyword in call.keywords), f"{path}:{call.lineno}")


def _codes(node: ast.expr) -> Iterator[str]:
    """The codes an argument can be: itself, or both sides of `a if … else b`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _codes(node.body)
        yield from _codes(node.orelse)


def codes_named() -> dict[str, str]:
    """Every text of the code that looks like a code of an area which has problems; wrappers take them as arguments."""
    found: dict[str, str] = {}
    for path, node in calls_and_texts():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.match(node.value):
            found.setdefault(node.value, f"{path}:{node.lineno}")
    return found


def places_of(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name}


def test_the_code_makes_problems_at_all() -> None:
    assert len(problems_made()) > 100


def test_a_problem_that_is_raised_has_its_sentences() -> None:
    untold = [raised for raised in problems_made() if not {"vi", "en"} <= set(sentences().get(raised.code, {}))]
    assert untold == []


def test_a_sentence_uses_only_names_that_every_raiser_gives() -> None:
    lacking = [
        f"{raised.where}: {raised.code} lacks {sorted(missing)}"
        for raised in problems_made()
        if not raised.is_open and raised.code in sentences()
        if (missing := places_of(" ".join(sentences()[raised.code].values())) - raised.names - {"where"})
    ]
    assert not lacking


@pytest.mark.parametrize("code", sorted(sentences()))
def test_both_languages_say_the_same_things_in_their_own_words(code: str) -> None:
    words = sentences()[code]
    assert set(words) == {"vi", "en"}
    # A name stands in both languages under "name_vi" and "name_en".
    same = [{re.sub("_(vi|en)$", "", name) for name in places_of(words[lang])} for lang in ("vi", "en")]
    assert same[0] == same[1]
    assert LETTERS_OF_VIETNAMESE.search(words["vi"])
    for sentence in words.values():
        assert sentence.strip() == sentence
        assert sentence[-1] in ".!?"


def test_every_code_with_sentences_is_raised_somewhere() -> None:
    unused = set(sentences()) - set(codes_named())
    assert not unused


def test_no_code_stands_in_two_files() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path in FILES:
        for code in tomllib.loads(path.read_text(encoding="utf-8")):
            found[code].append(path.name)
    assert not {code: names for code, names in found.items() if len(names) > 1}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_problem_without_its_sentence_still_says_its_code_and_what_was_found(lang: str) -> None:
    told = worded(Problem("nowhere.at_all", "line 3", found="x"), lang)
    assert "nowhere.at_all" in told
    assert "line 3" in told
