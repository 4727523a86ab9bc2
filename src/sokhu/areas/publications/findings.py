"""What contradicts what in the figures of a report, to be read before it is issued."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sokhu.areas.publications.assembling import Subject
from sokhu.areas.territory.queries import Reach


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """One open finding as the page lists it. severity: "error", "warning" or "note"."""

    severity: str
    sentence: str
    url: str


Source = Callable[[Reach, Subject], list[OpenFinding]]
_sources: list[Source] = []


def findings_from(source: Source) -> Source:
    """Connects whoever keeps findings: called once, when the program starts."""
    _sources.append(source)
    return source


def open_findings(reach: Reach, subject: Subject) -> list[OpenFinding] | None:
    """The findings that are open about a report's place and period; None where nobody looks for any."""
    if not _sources:
        return None
    return [found for source in _sources for found in source(reach, subject)]
