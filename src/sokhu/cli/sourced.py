"""Filling the sourced book: the documents in our own words are read, the facts of `aggregates.toml` are entered."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from sokhu.areas.catalogue.queries import indicators
from sokhu.areas.ledger.actions import accept, keep_proposal, propose
from sokhu.areas.ledger.models import Proposal, ProposedState
from sokhu.areas.ledger.reading import find_place
from sokhu.areas.sources.actions import Described, add_document
from sokhu.areas.territory.queries import SYSTEM
from sokhu.core.period import parse
from sokhu.kit.wording import worded

BEFORE_MERGER, AFTER_MERGER = date(2025, 6, 30), date(2025, 7, 1)
REASON = "Số liệu có nguồn, đi kèm phần mềm"


def fill() -> tuple[int, list[str]]:
    """Enters what the book lacks. Returns how many figures went in, and a sentence for each that did not."""
    entered, left = 0, []
    for proposal in (*_documents(), *_aggregates()):
        open_figures = proposal.figures.filter(state=ProposedState.OPEN)
        result = accept(SYSTEM, proposal, open_figures.values_list("pk", flat=True), reason=REASON)
        entered += result.new + result.cited
        left += [f"{proposal.document.title}: {worded(problem, 'vi')}" for _, problem in result.refused]
    return entered, left


def _home() -> Traversable:
    return resources.files("sokhu").joinpath("books", "sourced")


def _documents() -> Iterator[Proposal]:
    folder = _home().joinpath("documents")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            about = tomllib.loads(file.read_text(encoding="utf-8"))
            text = folder.joinpath(file.name.removesuffix(".toml") + ".txt")
            yield _proposed_document(text, about)


def _proposed_document(text: Traversable, about: dict[str, Any]) -> Proposal:
    original = about["original"]
    described = Described(
        title=about["title"],
        stream_kind=about["stream"]["kind"],
        speaker=about["stream"]["speaker"],
        about=_place(about["about"][0], about["published"]),
        publisher=about["publisher"],
        published=about["published"],
        original=". ".join(str(original[key]) for key in ("title", "author", "url") if key in original),
        is_public=True,
    )
    document = add_document(SYSTEM, text.read_bytes(), text.name, described, by=None, owner="")
    proposal = propose(document, by=None)
    _refine(proposal, about.get("refine", []))
    return proposal


def _refine(proposal: Proposal, refinements: list[dict[str, str]]) -> None:
    """Dimensions that the text says and the reader has no key for (the kind of zone counted, the sector)."""
    for refinement in refinements:
        known = {name: refinement[name] for name in ("zone_kind", "country", "other") if name in refinement}
        if "sector" in refinement:
            known["other"] = f"sector={refinement['sector']}"
        proposal.figures.filter(state=ProposedState.OPEN, quote=refinement["quote"]).update(**known)


def _aggregates() -> Iterator[Proposal]:
    sources = tomllib.loads(_home().joinpath("aggregates.toml").read_text(encoding="utf-8"))["source"]
    for source in sources:
        sheet = _sheet_of(source)
        described = Described(
            title=sheet.title,
            stream_kind=source["kind"],
            speaker=source["speaker"],
            publisher=source["publisher"],
            published=source.get("published"),
            original=source.get("ref", ""),
            is_public=True,
        )
        document = add_document(SYSTEM, sheet.text.encode(), f"{source['id']}.txt", described, by=None, owner="")
        yield keep_proposal(document, sheet.fields, by=None)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A source's facts as a text, one line each, so that every figure has its characters like any other."""

    title: str
    text: str
    fields: list[dict[str, Any]]


def _sheet_of(source: dict[str, Any]) -> _Sheet:
    place = source["place"]
    title = f"{place['name']}: {source['publisher']}"
    head = [f"Số liệu trích theo {source['publisher']}" + (f" ({source['ref']})" if source.get("ref") else "") + "."]
    head += [
        f"Nơi: {place['name']}. Bằng chứng: {source['evidence']}.",
        *([source["note"]] if source.get("note") else []),
    ]
    text, fields = "\n".join(head) + "\n\n", []
    for figure in source["figures"]:
        before = f"- {indicators()[figure['indicator']].name_vi}{_details(figure)}, {figure['period']}: "
        start = len(text) + len(before)
        text += f"{before}{figure['as_written']}\n"
        fields.append(_fields_of(figure, place, source, start))
    return _Sheet(title, text, fields)


def _details(figure: dict[str, Any]) -> str:
    said = [figure.get(name) for name in ("ownership", "zone_kind", "other", "note")]
    return "".join(f" ({detail})" for detail in said if detail)


def _fields_of(figure: dict[str, Any], place: dict[str, Any], source: dict[str, Any], start: int) -> dict[str, Any]:
    day = parse(figure["period"]).last
    return {
        "start": start,
        "end": start + len(figure["as_written"]),
        "quote": figure["as_written"],
        "as_written": figure["as_written"],
        "value": figure["value"],
        "unit": figure["unit"],
        "indicator": figure["indicator"],
        "place": _place(figure.get("place", place), day),
        "scope_as_read": place["name"],
        "period": figure["period"],
        "asof": figure.get("asof", False),
        "kind": "plan" if figure.get("status") == "target" else "result",
        "ownership": figure.get("ownership", ""),
        "zone_kind": figure.get("zone_kind", ""),
        "other": figure.get("other", ""),
        "approx": figure.get("approx", False),
        "maturity": figure.get("maturity", "final"),
        "confidence": 1.0,
    }


def _place(place: dict[str, Any], day: date) -> str:
    """The place on the map its name is of: "before" and "after" the merger win over the figure's own day."""
    on = {"before-2025-07-01": min(day, BEFORE_MERGER), "after-2025-07-01": max(day, AFTER_MERGER)}
    return find_place(place["name"], on.get(place.get("map", ""), day), kinds=(place["kind"],))
