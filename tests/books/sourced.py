"""The files of the sourced book, as they lie in the package."""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal
from importlib import resources
from typing import Any

BOOK = resources.files("sokhu") / "books" / "sourced"
DOCUMENTS = ("hai-phong-2021", "khoi-dong-bang-song-hong-2020", "hai-phong-quang-ngai-2024")


def text_of(document: str) -> str:
    return (BOOK / "documents" / f"{document}.txt").read_text(encoding="utf-8")


def about(document: str) -> dict[str, Any]:
    return tomllib.loads((BOOK / "documents" / f"{document}.toml").read_text(encoding="utf-8"))


def gold_of(document: str) -> list[dict[str, Any]]:
    lines = (BOOK / "documents" / f"{document}.gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def sources() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((BOOK / "aggregates.toml").read_text(encoding="utf-8"))["source"]
    return found


def only(figures: list[dict[str, Any]], **wanted: object) -> Decimal:
    """The value of the one figure that has these keys and values."""
    hits = [one for one in figures if all(one.get(key) == value for key, value in wanted.items())]
    assert len(hits) == 1, f"{len(hits)} figures with {wanted}"
    return Decimal(hits[0]["value"])
