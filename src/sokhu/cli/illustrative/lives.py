"""What happens to an invented project after its certificate: raised, cut, changed hands, suspended, ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from sokhu.areas.projects.models import CertificateEvent, EventKind, Project
from sokhu.areas.zones.models import Zone
from sokhu.cli.illustrative.chance import FIRST, LAST, Chance, later, one_of
from sokhu.cli.illustrative.firms import rounded

YEAR = 365.25
# What comes next in the life of a valid project, and how often.
_NEXT: Mapping[str, float] = {
    "raise": 30, "cut": 4, "schedule": 24, "scale": 9, "name": 5, "transfer": 6, "extend": 1, "suspend": 3, "part": 1.2,
    "move": 1, "terminate": 5.5, "revoke": 2,
}  # fmt: skip
EVERY = 4.6  # years between two events of one project, on average
_ENDING = ("terminate", "revoke")
_MOST_TERM = 50


@dataclass(slots=True)
class Life:
    """A project's events as they come, and what its certificate reads meanwhile.

    currency, held: what capital stands; others: zones of its board that it may move to; ended: the day of its end.
    """

    chance: Chance
    rng: Random
    project: Project
    currency: str
    held: int
    others: list[Zone]
    events: list[CertificateEvent] = field(default_factory=list)
    transferred: list[date] = field(default_factory=list)
    moved: date | None = None
    ended: date | None = None

    def begin(self, day: date) -> None:
        """Issued on a day; of one from before the book's first day that it was put into the book."""
        if day < FIRST:
            self._add(EventKind.REVIEW, FIRST, certified=day, **self._change("up", self.held))
        else:
            received = later(day, -14)
            self._add(EventKind.ISSUE, day, received=received, procedure="issue", **self._change("up", self.held))

    def go_on(self) -> None:
        """Everything until the last day of the book."""
        day = self.events[-1].day
        while self.ended is None:
            day = later(day, max(20.0, self.rng.expovariate(1 / EVERY) * YEAR))
            if day > LAST:
                return
            getattr(self, f"_{one_of(self.rng, _NEXT)}")(day)
            day = self.events[-1].day

    def _raise(self, day: date) -> None:
        self._capital(EventKind.ADJUST, day, "up", self.rng.uniform(0.05, 0.9))

    def _cut(self, day: date) -> None:
        self._capital(EventKind.ADJUST, day, "down", self.rng.uniform(0.05, 0.5))

    def _part(self, day: date) -> None:
        self._capital(EventKind.TERMINATE_PART, day, "down", self.rng.uniform(0.1, 0.4))

    def _schedule(self, day: date) -> None:
        self._add(EventKind.ADJUST, day, schedule=f"hoàn thành trong năm {day.year + self.rng.randint(1, 3)}")

    def _scale(self, day: date) -> None:
        self._add(EventKind.ADJUST, day, objectives=f"mở rộng quy mô lần {self._times()}")

    def _name(self, day: date) -> None:
        self._add(EventKind.ADJUST, day, name=f"{self.project.name}, mở rộng {self._times()}")

    def _transfer(self, day: date) -> None:
        self.transferred.append(day)
        self._add(EventKind.ADJUST, day, is_transfer=True, summary="chuyển nhượng cho nhà đầu tư khác")

    def _extend(self, day: date) -> None:
        years = self.project.term_years or _MOST_TERM
        if years < _MOST_TERM and not any(one.kind == EventKind.EXTEND for one in self.events):
            self._add(EventKind.EXTEND, day, term_years=_MOST_TERM)
        else:
            self._schedule(day)

    def _move(self, day: date) -> None:
        elsewhere = [zone for zone in self.others if zone is not self.project.zone]
        if self.moved or not elsewhere:
            self._schedule(day)
            return
        self.moved = day
        self._add(EventKind.MOVE, day, zone=self.rng.choice(elsewhere), summary="chuyển sang khu khác")

    def _suspend(self, day: date) -> None:
        self._add(EventKind.SUSPEND, day)
        again = later(day, self.rng.randint(60, 360))
        if again > LAST:
            return
        if self.rng.random() < 0.7:
            self._add(EventKind.RESUME, again)
        else:
            self._end(EventKind.TERMINATE, again)

    def _terminate(self, day: date) -> None:
        self._end(EventKind.TERMINATE, day)

    def _revoke(self, day: date) -> None:
        self._end(EventKind.REVOKE, day)

    def _end(self, kind: str, day: date) -> None:
        self.ended = day
        self._add(kind, day, summary="theo quyết định minh họa")

    def _capital(self, kind: str, day: date, direction: str, part: float) -> None:
        amount = rounded(self.currency, self.held * part)
        if direction == "down" and amount >= self.held:
            self._schedule(day)
            return
        self.held += amount if direction == "up" else -amount
        self._add(kind, day, **self._change(direction, amount))

    def _change(self, direction: str, amount: int) -> dict[str, int]:
        return {f"{self.currency}_{direction}": amount, f"{self.currency}_total": self.held}

    def _times(self) -> int:
        return len(self.events)

    def _add(self, kind: str, day: date, **said: Any) -> None:
        number = len(self.events) + 1
        self.events.append(
            CertificateEvent(
                id=self.chance.id(self.project.pk, "event", number),
                owner=self.project.owner,
                project=self.project,
                kind=kind,
                day=day,
                number=f"MH-{number:02}",
                entered=number,
                **said,
            )
        )


def days_of_issue(rng: Random, count: int) -> Iterator[date]:
    """Days on which projects are issued: a third before the book begins, then more every year, most in December."""
    for _number in range(count):
        if rng.random() < 0.32:
            yield later(date(2000, 1, 3), min(rng.betavariate(2.2, 1.3), 0.995) * (FIRST - date(2000, 1, 3)).days)
        else:
            yield _in_the_book(rng)


_MONTHS = (7, 5, 8, 8, 8, 9, 8, 8, 8, 8, 8.5, 14.5)
_YEARS = {
    2016: 7,
    2017: 7.6,
    2018: 8.3,
    2019: 9,
    2020: 7.2,
    2021: 6.6,
    2022: 8.8,
    2023: 10,
    2024: 11,
    2025: 12,
    2026: 10.5,
}


def _in_the_book(rng: Random) -> date:
    year = one_of(rng, _YEARS)
    months = range(1, LAST.month + 1 if year == LAST.year else 13)
    month = rng.choices(months, _MONTHS[: len(months)])[0]
    day = later(date(year, month, rng.randint(1, 28)), 0)
    return min(max(day, FIRST + timedelta(days=3)), LAST)
