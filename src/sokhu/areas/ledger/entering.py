"""Entering a figure that no document says: typed by a person, and then on the way that every figure takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from sokhu.areas.accounts.models import User
from sokhu.areas.catalogue.queries import dimensions, indicators
from sokhu.areas.ledger import queries, shown
from sokhu.areas.ledger.actions import accept, keep_proposal, one_of
from sokhu.areas.ledger.cells import as_cell, as_said, usable_indicator, usable_place, value_as_typed
from sokhu.areas.ledger.models import CellKind, Emptiness, Maturity, Observation, ProposedFigure
from sokhu.areas.sources.actions import Described, typed_document
from sokhu.areas.sources.models import StreamKind
from sokhu.areas.territory.queries import Reach, known_place, name_within, places_answered_for
from sokhu.core.answer import OWNERSHIPS
from sokhu.core.cell import CellKey, stream_id
from sokhu.core.indicator import Indicator
from sokhu.core.measure import CURRENCIES, currency_of, unit_of_cell
from sokhu.core.period import parse, tells_as_of
from sokhu.core.problems import Problem, Problems

HEADING = "Số liệu nhập tay, không có văn bản."


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a person types of one figure. as_written: number and unit; or emptiness: why there is none.

    currency: that of the cell, needed where an indicator in money has an emptiness.
    """

    indicator: str = ""
    place: str = ""
    period: str = ""
    ownership: str = ""
    zone_kind: str = ""
    kind: str = CellKind.RESULT
    maturity: str = Maturity.FINAL
    as_written: str = ""
    currency: str = ""
    emptiness: str = ""


def enter(
    reach: Reach, entry: Entry, note: str, *, by: User | None, revise: bool = False, at: datetime | None = None
) -> Observation:
    """Puts a typed figure, or the reason why there is none, into the ledger of the person's authority.

    A sheet takes the place of the document; proposal and acceptance are those of any other, in one transaction. About
    its own places an authority speaks by `return`, about others it is quoted as another body, behind their own word.
    note: where the figure comes from, kept as the reason of the batch. revise: it may replace what this stream says.
    at: local time written on the sheet; now when not given.
    Raises Problems, all of the form, each with `where` the name of its field; Problem("ledger.contradicts").
    """
    figure = figure_from(entry, note)
    key = as_cell(figure)
    text, start = _sheet(key, figure, at or timezone.localtime())
    title = text.splitlines()[-1].removeprefix("- ")
    described = Described(title=title, stream_kind=_voice(reach, key.place), speaker=reach.home)
    with transaction.atomic():
        document = typed_document(reach, text, described, by=by, owner=reach.home)
        proposal = keep_proposal(document, [_fields(figure, text[start:], start)], by=by)
        ids = proposal.figures.values_list("pk", flat=True)
        result = accept(reach, proposal, ids, revise=revise, reason=note)
        for _pk, problem in result.refused:
            raise problem
    return proposal.figures.select_related("observation").get().observation  # type: ignore[return-value]


def stands_against(reach: Reach, entry: Entry) -> Observation | None:
    """What the person's authority says already where a figure is typed: entering another one has to be meant."""
    key = as_cell(figure_from(entry, note="?"))
    shelf = (stream_id(_voice(reach, key.place), reach.home), reach.home, False)
    standing = queries.standing_in(reach, [key.id()]).get(key.id(), [])
    return next((one for one in standing if (one.stream_id, one.owner, one.is_public) == shelf), None)


def _voice(reach: Reach, place: str) -> StreamKind:
    return StreamKind.RETURN if place in places_answered_for(reach.own) else StreamKind.OTHER_BODY


def figure_from(entry: Entry, note: str) -> ProposedFigure:
    """The figure as typed, not stored. Raises Problems, each with `where` the name of its field."""
    try:
        indicator = usable_indicator(entry.indicator)
    except Problem as problem:
        raise Problems([Problem(problem.code, "indicator", **problem.params)]) from problem
    if indicator.comparison:
        raise Problems([Problem("entry.comparison", "indicator", found=indicator.name_vi)])
    figure = ProposedFigure(indicator=indicator.code, kind=entry.kind, confidence=1.0, is_edited=True)
    told: list[Problem] = []
    for field, read in _READERS.items():
        try:
            read(figure, entry, indicator)
        except Problem as problem:
            told.append(Problem(problem.code, field, **problem.params))
    if not note.strip():
        told.append(Problem("entry.note_missing", "note"))
    if told:
        raise Problems(told)
    return figure


def _read_place(figure: ProposedFigure, entry: Entry, indicator: Indicator) -> None:
    if not entry.place:
        raise Problem("entry.place_missing")
    figure.place = usable_place(known_place(entry.place)).id


def _read_period(figure: ProposedFigure, entry: Entry, indicator: Indicator) -> None:
    if not entry.period.strip():
        raise Problem("entry.period_missing")
    period = parse(entry.period)
    figure.period, figure.asof = period.name, tells_as_of(entry.period) or period.first == period.last


def _read_ownership(figure: ProposedFigure, entry: Entry, indicator: Indicator) -> None:
    figure.ownership = one_of(("", *ownerships_of(indicator)), entry.ownership)


def _read_zone_kind(figure: ProposedFigure, entry: Entry, indicator: Indicator) -> None:
    figure.zone_kind = one_of(("", *zone_kinds_of(indicator)), entry.zone_kind)


def _read_kind(figure: ProposedFigure, entry: Entry, indicator: Indicator) -> None:
    figure.kind = one_of(CellKind.values, entry.kind)


def _read_maturity(figure: ProposedFigure, entry: Entry, indicator: Indicator) -> None:
    maturity = one_of(Maturity.values, entry.maturity)
    figure.maturity = Maturity.FINAL if entry.emptiness else maturity


def _read_currency(figure: ProposedFigure, entry: Entry, indicator: Indicator) -> None:
    known = currencies_of(indicator)
    figure.unit = "" if known else unit_of_cell(indicator, "")
    if currency := one_of(("", *known), entry.currency):
        figure.unit = unit_of_cell(indicator, currency)
    elif known and entry.emptiness:
        raise Problem("ledger.currency_missing", found=indicator.name_vi)


def _read_value(figure: ProposedFigure, entry: Entry, indicator: Indicator) -> None:
    written = " ".join(entry.as_written.split())
    if bool(written) == bool(entry.emptiness):
        raise Problem("entry.both_said" if written else "entry.nothing_said", found=written)
    if entry.emptiness:
        figure.emptiness = one_of(Emptiness.values, entry.emptiness)
        return
    for name, value in value_as_typed(written, None if currencies_of(indicator) else figure.unit).items():
        setattr(figure, name, value)
    as_said(figure)  # in a unit that the indicator is counted in
    if entry.currency in currencies_of(indicator) and entry.currency != currency_of(figure.unit):
        raise Problem("entry.other_currency", found=written, currency=entry.currency)


_READERS: Mapping[str, Callable[[ProposedFigure, Entry, Indicator], None]] = MappingProxyType(
    {
        "place": _read_place,
        "period": _read_period,
        "ownership": _read_ownership,
        "zone_kind": _read_zone_kind,
        "kind": _read_kind,
        "maturity": _read_maturity,
        "currency": _read_currency,
        "as_written": _read_value,
    }
)


def ownerships_of(indicator: Indicator) -> tuple[str, ...]:
    return OWNERSHIPS if "ownership" in indicator.dimensions else ()


def zone_kinds_of(indicator: Indicator) -> tuple[str, ...]:
    words = dimensions().dimensions["zone_kind"].words.values()
    return tuple(one.key for one in words if one.retired is None) if "zone_kind" in indicator.dimensions else ()


def currencies_of(indicator: Indicator) -> tuple[str, ...]:
    return CURRENCIES if indicator.is_money else ()


def _sheet(key: CellKey, figure: ProposedFigure, at: datetime) -> tuple[str, int]:
    """The text that stands for a document, in Vietnamese, and where the figure begins in it: it ends the text.

    The moment is in it, so that the same figure may be typed again after it was withdrawn.
    """
    with translation.override("vi"):
        said = figure.as_written or str(Emptiness(figure.emptiness).label)
        parts = [value for _label, value in shown.breakdown_words(key)]
        parts += [str(CellKind.PLAN.label)] if key.kind == CellKind.PLAN else []
        about = indicators()[key.indicator].name_vi + (f" ({', '.join(parts)})" if parts else "")
        line = f"- {about}, {name_within(key.place, key.last)}, {shown.period_words(key)}: "
    head = f"{HEADING}\n{at:%d/%m/%Y %H:%M:%S}\n\n"
    return head + line + said, len(head + line)


def _fields(figure: ProposedFigure, said: str, start: int) -> dict[str, Any]:
    kept = ("indicator", "place", "period", "asof", "kind", "ownership", "zone_kind", "maturity", "emptiness")
    values = {name: getattr(figure, name) for name in (*kept, "as_written", "value", "unit", "confidence", "is_edited")}
    return values | {"start": start, "end": start + len(said), "quote": said}
