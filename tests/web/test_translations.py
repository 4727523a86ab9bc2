"""Every Vietnamese text of templates and code has its English, and the English file holds nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[2] / "src/sokhu"
ENGLISH = PACKAGE / "locale/en/LC_MESSAGES/django.po"
KEYWORDS = {"gettext": None, "gettext_noop": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
CALLS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
NAMED = re.compile(r"%\((\w+)\)s|\{(\w*)\}")


def texts_of_code() -> Iterator[tuple[str, str]]:
    """Read from the syntax tree: the usual extractors do not look into f-strings."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(call, ast.Call) and (name := getattr(call.func, "id", "")) in CALLS:
                for text in call.args[: CALLS[name]]:
                    assert isinstance(text, ast.Constant), f"{file}:{call.lineno}: only a plain text can be translated"
                    yield text.value, f"{file.relative_to(PACKAGE)}:{call.lineno}"


def texts_of_templates() -> Iterator[tuple[str, str]]:
    for file in sorted((PACKAGE / "web/templates").rglob("*.html")):
        source = BytesIO(templatize(file.read_text(), origin=str(file)).encode())
        for line, found, _, _ in extract("python", source, keywords=KEYWORDS, options={"encoding": "utf-8"}):
            for text in found if isinstance(found, tuple) else (found,):
                if text:
                    yield text, f"{file.relative_to(PACKAGE)}:{line}"


def counting_texts() -> set[str]:
    """The texts said by ngettext or `blocktranslate count`."""
    templates = (PACKAGE / "web/templates").rglob("*.html")
    sources = [*(templatize(file.read_text(), origin=str(file)) for file in templates)]
    sources += [file.read_text() for file in PACKAGE.rglob("*.py")]
    wanted = {"ngettext": (1, 2), "ngettext_lazy": (1, 2)}
    found = (
        extract("python", BytesIO(source.encode()), keywords=wanted, options={"encoding": "utf-8"})
        for source in sources
    )
    return {texts[0] for one in found for _, texts, _, _ in one}


@pytest.fixture(scope="module")
def used() -> dict[str, str]:
    return dict([*texts_of_code(), *texts_of_templates()])


@pytest.fixture(scope="module")
def english() -> Catalog:
    return read_po(BytesIO(ENGLISH.read_bytes()), locale="en", abort_invalid=True)


def ids_and_words(catalog: Catalog) -> Iterator[tuple[str, str]]:
    for message in catalog:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        words = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in ids:
            if text:
                yield text, " ".join(word or "" for word in words)


def test_templates_and_code_have_texts_at_all(used: dict[str, str]) -> None:
    assert len(used) > 150


def test_every_text_has_its_english(used: dict[str, str], english: Catalog) -> None:
    known = {text for text, words in ids_and_words(english) if words.strip()}
    missing = {text: where for text, where in used.items() if text not in known}
    assert not missing, f"add these to {ENGLISH.name}: {missing}"


def test_the_english_file_keeps_no_text_that_nothing_says(used: dict[str, str], english: Catalog) -> None:
    assert not {text for text, _ in ids_and_words(english)} - set(used)


def test_a_text_that_counts_has_an_english_singular_and_plural(english: Catalog) -> None:
    by_id = {message.id[0] if isinstance(message.id, tuple) else message.id: message for message in english}
    alone = [text for text in counting_texts() if not by_id[text].pluralizable]
    assert not alone, f"give these msgid_plural, msgstr[0] and msgstr[1]: {alone}"


def test_english_fills_the_same_named_places(english: Catalog) -> None:
    for text, words in ids_and_words(english):
        assert set(NAMED.findall(text)) == set(NAMED.findall(words)), text


def test_no_english_is_fuzzy(english: Catalog) -> None:
    assert not [message.id for message in english if message.fuzzy and message.id]
