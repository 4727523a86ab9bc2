"""Every code that the readers raise has its sentences, and the sentences name only what the code brings along."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import sokhu.documents

ROOM = Path(sokhu.documents.__file__).parent
SENTENCES = tomllib.loads((ROOM.parent / "catalogue/problems/documents.toml").read_text("utf-8"))
CODES = set(re.findall(r'"(document\.[a-z_0-9]+)"', "".join(path.read_text("utf-8") for path in ROOM.glob("*.py"))))
PAGE = Path(__file__).parents[2] / "docs/documents.md"


def test_codes_and_sentences_are_the_same_set() -> None:
    assert set(SENTENCES) == CODES


def test_both_languages_name_the_same_things() -> None:
    for code, sentence in SENTENCES.items():
        assert sentence.keys() == {"vi", "en"}
        assert set(re.findall(r"{(\w+)}", sentence["vi"])) == set(re.findall(r"{(\w+)}", sentence["en"])), code


def test_every_code_is_explained_on_the_documents_page() -> None:
    explained = set(re.findall(r"`(document\.[a-z_0-9]+)`", PAGE.read_text("utf-8")))
    assert explained == CODES
