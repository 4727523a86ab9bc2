"""Derived beside reported: what a board's registers come to, what it said otherwise, and why the two can differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import dimensions, indicators, moment_of
from sokhu.areas.findings.causes import NO_CAUSES, Causes, Changes, Moving, changes_since
from sokhu.areas.findings.models import Finding
from sokhu.areas.findings.queries import LIVE, visible_findings
from sokhu.areas.ledger import queries
from sokhu.areas.ledger.answers import fact_of, with_members
from sokhu.areas.ledger.at_least import AtLeast, Kind, at_least
from sokhu.areas.ledger.registers import registers
from sokhu.areas.territory.queries import Reach, makeup_of
from sokhu.core.answer import OWNERSHIPS, Answer, Facts, Question
from sokhu.core.derived import REGISTER
from sokhu.core.fact import STOCK_GRACE, Fact
from sokhu.core.indicator import Indicator
from sokhu.core.measure import CURRENCIES
from sokhu.core.period import Period
from sokhu.core.problems import Problem

NOTHING = AtLeast(0, ())


def reads_boards(reach: Reach) -> bool:
    """Whether somebody reads what any board's registers come to: its people, its block's, the country's."""
    return reach.sees_all or bool(reach.own or reach.block)


def must_read_boards(reach: Reach) -> None:
    """Raises Problem("access.no_authority"), "access.not_your_role" to who has another role."""
    if not reads_boards(reach):
        raise Problem("access.not_your_role", owner=reach.home) if reach.held else Problem("access.no_authority")


@dataclass(frozen=True, slots=True)
class Beside:
    """One line. amount: of the registers; reported: what others said, `how` "missing" where nobody did.

    gap: how much more the registers come to; None where one of the two is not there. finding: an open one about it.
    """

    question: Question
    amount: int
    is_complete: bool
    reported: Answer
    gap: int | None
    causes: Causes
    finding: UUID | None


def beside(reach: Reach, board: str, period: Period) -> list[Beside]:
    """Every figure that follows from the registers of a board's zones, beside what was said: some eight queries."""
    with pinned_catalogue(moment_of()):
        known = indicators()
        codes = [code for one in registers() for code in one.indicators if code in known]
        derived = at_least(reach, [board], period, codes)
        said = _said(reach, board, period, codes)
        questions = list(_questions(board, period, (known[code] for code in codes), derived))
        reported = {one: said.answer(one) for one in questions}
        shown = [one for one in questions if _kind(one) in derived or reported[one].amount is not None]
        sequences = [sequence for one in shown if (sequence := _sequence(reported[one]))]
        changes = changes_since(min(sequences, default=0), with_members(board, Question("", board, period)))
        findings = _open_findings(reach, board, period)
        return [_line(one, derived.get(_kind(one), NOTHING), reported[one], changes, findings) for one in shown]


def _questions(board: str, period: Period, wanted: Iterable[Indicator], derived: Iterable[Kind]) -> Iterator[Question]:
    moved = {kind[2] for kind in derived} | set(CURRENCIES[:2])
    for one in wanted:
        for currency in [code for code in CURRENCIES if code in moved] if one.is_money else [""]:
            for ownership in ("", *OWNERSHIPS) if "ownership" in one.dimensions else ("",):
                yield Question(one.code, board, period, ownership=ownership, currency=currency)


def _kind(one: Question) -> Kind:
    return one.indicator, one.ownership, one.currency


def _said(reach: Reach, board: str, period: Period, codes: list[str]) -> Facts:
    """What anybody but a register said of the board, its provinces and zones."""
    standing = queries.standing(reach).filter(
        cell__place__in=with_members(board, Question("", board, period)),
        cell__indicator__in=codes,
        cell__last__range=(period.first, period.last + STOCK_GRACE),
    )
    said = standing.exclude(stream__kind=REGISTER).select_related("cell", "stream")
    return Facts(indicators(), dimensions().precedence_on, makeup_of).add(map(fact_of, said))


def _line(
    one: Question, derived: AtLeast, reported: Answer, changes: Changes, findings: dict[tuple[str, str, str], UUID]
) -> Beside:
    gap = None if reported.amount is None else derived.amount - reported.amount
    causes = changes.behind(_part(one), _sequence(reported)) if gap else NO_CAUSES
    causes = replace(causes, missing=derived.missing)
    found = findings.get(_kind(one)) if gap else None
    return Beside(one, derived.amount, not derived.missing, reported, gap, causes, found)


def _part(one: Question) -> Moving:
    return Moving(one.indicator, one.ownership, one.currency, one.period.first, one.period.last)


def _open_findings(reach: Reach, board: str, period: Period) -> dict[tuple[str, str, str], UUID]:
    """The first open finding of each kind of figure, about the board, its provinces and zones in the period."""
    places = with_members(board, Question("", board, period))
    found: dict[tuple[str, str, str], UUID] = {}
    for one in visible_findings(reach).filter(state__in=LIVE, place__in=places).order_by("-weight", "id"):
        if period.first <= date.fromisoformat(one.cell["last"]) <= period.last:
            found.setdefault(_kind_of_finding(one), one.pk)
    return found


def _kind_of_finding(one: Finding) -> tuple[str, str, str]:
    return one.indicator, one.cell["ownership"], one.cell["currency"]


def _sequence(answer: Answer) -> int:
    """The last entry that an answer rests on; 0 for none."""
    return max((fact.sequence for fact in _facts(answer)), default=0)


def _facts(answer: Answer) -> Iterator[Fact]:
    if answer.facts:
        yield answer.facts[0]
    for part in answer.parts:
        yield from _facts(part)
