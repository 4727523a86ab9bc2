"""Proposed figures as the review screen shows them: how sure, what is missing, what the ledger already holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import indicators
from sokhu.areas.ledger import queries, shown
from sokhu.areas.ledger.cells import as_cell, as_said
from sokhu.areas.ledger.models import Observation, ProposedFigure, ProposedState
from sokhu.areas.sources.models import Document
from sokhu.areas.territory.queries import Reach, name_of
from sokhu.core.cell import AWAITED, CellKey, Said, stream_id
from sokhu.core.narrative import CERTAIN
from sokhu.core.numbers import format_number
from sokhu.core.period import named, printed
from sokhu.core.problems import Problem
from sokhu.kit.wording import worded

CERTAIN_STATE = "certain"


@dataclass(frozen=True, slots=True)
class Held:
    """What the ledger holds in the figure's cell: state agrees | differs | awaited (it waits for one) | nothing."""

    state: str = "nothing"
    text: str = ""
    difference: str = ""
    url: str = ""
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What `sources/_line.html` takes; see there."""

    id: str
    start: int
    end: int
    state: str
    text: str
    unit: str
    as_written: str
    approx: bool
    maturity: str
    indicator: str
    breakdown: str
    place: str
    period: str
    window: str
    is_plan: bool
    why: tuple[str, ...]
    confidence: str
    held: Held
    url: str
    edit_url: str
    can_revise: bool = False
    was: str = ""
    problem: str = ""
    form: Any = None

    def after_decision(self) -> Line:
        return replace(self, was="open" if self.state in ("accepted", "rejected") else "")

    def with_form(self, form: dict[str, Any] | None) -> Line:
        return replace(self, form=form)


@dataclass(frozen=True, slots=True)
class _Read:
    """A figure with its cell and amount, or the problem that keeps it from having them."""

    figure: ProposedFigure
    cell: CellKey | None
    said: Said | None
    problem: Problem | None


def lines_of(mine: Reach, figures: list[ProposedFigure], document: Document) -> list[Line]:
    """Lines of these figures, in their order; one database question for what the ledger holds of all of them."""
    read = [_read(figure) for figure in figures]
    held = queries.standing_in(mine, [one.cell.id() for one in read if one.cell])
    return [_line(one, document, held.get(one.cell.id(), []) if one.cell else []) for one in read]


def _read(figure: ProposedFigure) -> _Read:
    try:
        return _Read(figure, as_cell(figure), as_said(figure), None)
    except Problem as problem:
        return _Read(figure, None, None, problem)


def _line(one: _Read, document: Document, standing: list[Observation]) -> Line:
    figure = one.figure
    held, is_own = _held(one, standing, document)
    state, why = _state(one, held)
    text, unit = _number(one)
    indicator = indicators().get(figure.indicator)
    details = [figure.ownership, figure.country, figure.zone_kind, shown.other_words(figure.other)]
    return Line(
        id=str(figure.pk),
        start=figure.start,
        end=figure.end,
        state=state,
        text=text,
        unit=unit,
        as_written=figure.as_written,
        approx=figure.approx,
        maturity=figure.maturity,
        indicator=shown.indicator_name(indicator.code) if indicator else "",
        breakdown=" · ".join(part for part in details if part),
        place=name_of(figure.place, one.cell.last if one.cell else document.published) if figure.place else "",
        period=_period_words(figure),
        window=shown.window_words(one.cell) if one.cell else "",
        is_plan=figure.kind == "plan",
        why=why,
        confidence=f"{format_number(Decimal(str(figure.confidence * 100)), places=1, lang=shown.lang())} %",
        held=held,
        url=reverse("figure", args=[figure.observation_id]) if figure.observation_id else "",
        edit_url=reverse("document_edit", args=[document.pk, figure.pk]),
        can_revise=state == "review" and held.state == "differs" and is_own,
    )


def _number(one: _Read) -> tuple[str, str]:
    if one.cell and one.said and one.said.amount is not None:
        return shown.number_and_unit(one.cell.indicator, one.said.amount, one.cell.currency)
    return one.figure.as_written or shown.emptiness_words(one.figure.emptiness), ""


def _period_words(figure: ProposedFigure) -> str:
    try:
        period = named(figure.period, regime=figure.regime) if figure.period else None
    except Problem:
        return figure.period
    if period is None:
        return ""
    words = printed(period, shown.lang())
    if not figure.asof:
        return words
    return (_("tại %(when)s") if period.first == period.last else _("đến hết %(when)s")) % {"when": words}


def _held(one: _Read, standing: list[Observation], document: Document) -> tuple[Held, bool]:
    """What stands in the cell, the figure that this one would meet first; and whether it would meet it."""
    if not standing or one.cell is None or one.said is None:
        return Held(), False
    shelf = (stream_id(document.stream_kind, document.speaker), document.owner, document.is_public)
    own = next((row for row in standing if (row.stream_id, row.owner, row.is_public) == shelf), None)
    same_stream = next((row for row in standing if row.stream_id == shelf[0]), None)
    row = own or same_stream or standing[0]
    url = reverse("figure", args=[row.pk])
    speaker = shown.speaker_words(row.stream.speaker)
    text = shown.of_observation(row).text or shown.emptiness_words(row.emptiness)
    if row.emptiness in AWAITED and one.said.amount is not None:
        return Held("awaited", text, "", url, speaker), own is not None
    if (row.amount, row.emptiness) == (one.said.amount, one.said.emptiness):
        return Held("agrees", text, "", url, speaker), own is not None
    difference = shown.difference_words(one.cell.indicator, one.said.amount, row.amount, one.cell.currency)
    return Held("differs", text, difference, url, speaker), own is not None


def _state(one: _Read, held: Held) -> tuple[str, tuple[str, ...]]:
    """How the line shows, and for one that waits for a person, why."""
    figure = one.figure
    if figure.state != ProposedState.OPEN:
        return str(figure.state), ()
    if figure.is_repeat and not figure.is_edited:
        return "repeat", ()
    if one.problem is not None:
        return "review", (worded(one.problem, shown.lang()),)
    why = []
    if figure.confidence < CERTAIN and not figure.is_edited:
        why.append(_("chưa chắc: xem lại chỉ tiêu, kỳ, nơi, hình thức"))
    if held.state == "differs":
        why.append(_("sổ đang ghi số khác"))
    return ("review" if why else CERTAIN_STATE), tuple(why)
