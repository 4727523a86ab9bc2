"""Issued reports and the registers that their figures follow from: what is kept of them, and what moved since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import indicators, moment_of, territory
from sokhu.areas.ledger.answers import with_members
from sokhu.areas.ledger.derived_in_copies import moves_after
from sokhu.areas.ledger.models import Movement
from sokhu.areas.ledger.registers import page_of, register_of, registers
from sokhu.areas.ledger.snapshots import derived_behind, keep
from sokhu.areas.publications.issued import question_of_figure, report_of
from sokhu.areas.publications.models import Build, Issue
from sokhu.areas.publications.queries import visible_reports
from sokhu.areas.territory.queries import Reach, reach_for
from sokhu.core.answer import Question
from sokhu.core.closure import closure
from sokhu.core.fact import Fact
from sokhu.core.indicator import needs_of
from sokhu.core.place import PlaceKind
from sokhu.kit.sealing.actions import OpenBatch

CHANGES_SHOWN = 50
KINDS: tuple[PlaceKind, ...] = ("zone", "province", "board", "block", "region", "group", "country")


def derived_used(made: Build, report: Mapping[str, Any], day: date) -> list[Fact]:
    """The derived figures behind a report that are of registers which its own authority keeps."""
    authority = made.version.report.authority
    mine = reach_for(authority, day)
    with pinned_catalogue(moment_of(made.moment)):
        questions = [question_of_figure(one) for one in report["figures"]]
        facts = derived_behind(mine, [one for one in questions if _is_moved(one)], made.moment)
    return [fact for fact in facts if fact.stream[1] in mine.own]


def _is_moved(question: Question) -> bool:
    """Whether a register moves what is asked for, or what it is calculated from."""
    return bool({question.indicator, *needs_of(question.indicator, indicators())} & _codes_moved())


def _codes_moved() -> set[str]:
    return {code for one in registers() for code in one.indicators}


def keep_used(batch: OpenBatch, facts: list[Fact], issued: Issue) -> int:
    return keep(batch, facts, issued.authority, f"báo cáo {issued.code}")


@dataclass(frozen=True, slots=True)
class Since:
    """A thing of a register that moves figures of an issued report otherwise since. url: "" for no page."""

    register: str
    thing: UUID
    title: str
    url: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Touched:
    """An issued report that a change of a register touches, and by which entry."""

    issued: Issue
    url: str
    sequence: int


def moved_since(issued: Issue) -> list[Since]:
    """The things whose movements changed after an issued report and count in its figures, the latest change first."""
    with pinned_catalogue(moment_of()):
        scope = _Scope.of(report_of(issued)["figures"])
        found: dict[tuple[str, UUID], int] = {}
        for row in scope.of_it(moves_after(issued.moment).order_by("since", "until")):
            found[row.register, row.thing] = max(found.get((row.register, row.thing), 0), _changed(row))
    latest = sorted(found, key=lambda one: -found[one])[:CHANGES_SHOWN]
    return [Since(*one, title, page_of(*one), found[one]) for one, title in _titled(latest)]


def _changed(row: Movement) -> int:
    return max(row.since, row.until or 0)


def _titled(things: Iterable[tuple[str, UUID]]) -> Iterator[tuple[tuple[str, UUID], str]]:
    listed = list(things)
    for register in dict.fromkeys(register for register, _thing in listed):
        titles = register_of(register).titles([thing for other, thing in listed if other == register])
        yield from (((register, thing), titles.get(thing, "")) for other, thing in listed if other == register)


def reports_touched(reach: Reach, register: str, thing: UUID) -> list[Touched]:
    """Which issued reports, of those one may read, a thing touches by what changed of it after they were issued.

    By the figures they print. Raises Problem("report.frozen_differs") where one is not what was sealed.
    """
    rows = list(Movement.objects.filter(register=register, thing=thing))
    if not rows:
        return []
    found = []
    with pinned_catalogue(moment_of()):
        above = closure({row.place for row in rows}, _counted_in)
        issues = Issue.objects.filter(
            report__in=visible_reports(reach), place__in=above, moment__lt=max(map(_changed, rows))
        )
        for issued in issues.select_related("batch").order_by("-batch_id"):
            late = [row for row in rows if _changed(row) > issued.moment]
            touching = list(_Scope.of(report_of(issued)["figures"]).of_it(late))
            if touching:
                url = reverse("report", args=[issued.report_id])
                found.append(Touched(issued, url, max(map(_changed, touching))))
    return found


def _counted_in(place: str) -> set[str]:
    """What a place's figures were ever added to: its groupings, the boards of a province, what it became."""
    places = territory()
    if place not in places.places:
        return set()
    groupings = {one.grouping for kind in KINDS for one in places.memberships_of(place, kind)}
    boards = {one.member for one in places.memberships_in(place, "board")} if place.startswith("province/") else set()
    return groupings | boards | set(places.successors(place, date.max))


@dataclass(frozen=True, slots=True)
class _Scope:
    """What the figures of a report rest on: by indicator, the places and the last day of each window."""

    windows: Mapping[str, list[tuple[frozenset[str], date, date]]]

    @classmethod
    def of(cls, figures: Iterable[Mapping[str, Any]]) -> _Scope:
        known, moved, below = indicators(), _codes_moved(), _Below({})
        windows: dict[str, list[tuple[frozenset[str], date, date]]] = {}
        for question in {question_of_figure(one) for one in figures}:
            for code in {question.indicator, *needs_of(question.indicator, known)} & moved:
                first = question.period.first if known[code].nature == "flow" else date.min
                windows.setdefault(code, []).append((below.zones(question), first, question.period.last))
        return cls(windows)

    def of_it(self, rows: Iterable[Movement]) -> Iterator[Movement]:
        for row in rows:
            windows = self.windows.get(row.indicator, ())
            if any(first <= row.day <= last and row.place in zones for zones, first, last in windows):
                yield row


@dataclass(frozen=True, slots=True)
class _Below:
    """The zones below the places of a report, looked up once for each place and period."""

    known: dict[tuple[str, str], frozenset[str]]

    def zones(self, question: Question) -> frozenset[str]:
        key = question.place, question.period.name
        if key not in self.known:
            places = {place for place in with_members(question.place, question) if place.startswith("zone/")}
            inside = {one.member for zone in places for one in territory().memberships_in(zone, "zone")}
            self.known[key] = frozenset(places | inside)
        return self.known[key]
