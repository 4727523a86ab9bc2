"""From what a text says to a cell and an amount, by the catalogue of the book."""

from __future__ import annotations

from decimal import Decimal

from sokhu.areas.catalogue.queries import dimensions, indicators, territory
from sokhu.areas.ledger.models import Cell, ProposedFigure
from sokhu.core.cell import CellKey, Said
from sokhu.core.indicator import Indicator
from sokhu.core.measure import amount_as_written, amount_in_cell, currency_of
from sokhu.core.period import as_of, instant, named
from sokhu.core.place import Place
from sokhu.core.problems import Problem
from sokhu.core.quantity import read_quantity


def as_cell(figure: ProposedFigure) -> CellKey:
    """The cell of a proposed figure.

    Raises Problem("ledger.indicator_missing" | "indicator_unknown" | "place_missing" | "period_missing") and what the
    period's reading raises: a figure without one of these is in nobody's total. What is retired takes no new figure:
    "ledger.indicator_retired" | "place_retired" | "value_retired".
    """
    indicator = indicator_of(figure)
    if not figure.place or figure.place not in territory().places:
        raise Problem("ledger.place_missing", found=figure.as_written, scope=figure.scope_as_read)
    usable_place(figure.place)
    _must_have_values_in_use(figure)
    if not figure.period:
        raise Problem("ledger.period_missing", found=figure.as_written)
    period = named(figure.period, regime=figure.regime)
    if indicator.nature == "stock" or figure.asof:
        # A count has the one day on which it was taken: "tháng 6/2024" and "30/06/2024" are one cell, not two.
        period = as_of(instant(period), regime=figure.regime)
    return CellKey(
        indicator=indicator.code,
        place=figure.place,
        period=period.name,
        first=period.first,
        last=period.last,
        regime=period.regime,
        kind=figure.kind,
        ownership=figure.ownership,
        country=figure.country,
        zone_kind=figure.zone_kind,
        currency=currency_of(figure.unit),
        other=figure.other,
    )


def indicator_of(figure: ProposedFigure) -> Indicator:
    if not figure.indicator:
        raise Problem("ledger.indicator_missing", found=figure.as_written)
    return usable_indicator(figure.indicator)


def usable_indicator(code: str) -> Indicator:
    """An indicator that new figures may have. Raises Problem("ledger.indicator_unknown" | "indicator_retired")."""
    indicator = indicators().get(code)
    if indicator is None:
        raise Problem("ledger.indicator_unknown", found=code)
    if indicator.retired:
        raise Problem("ledger.indicator_retired", found=indicator.name_vi, day=indicator.retired)
    return indicator


def usable_place(place_id: str) -> Place:
    """A known place that new figures may be about. Raises Problem("ledger.place_retired")."""
    place = territory().place(place_id)
    if place.retired:
        raise Problem("ledger.place_retired", found=place.names[-1].vi, day=place.retired)
    return place


def _must_have_values_in_use(figure: ProposedFigure) -> None:
    said = {"ownership": figure.ownership, "country": figure.country, "zone_kind": figure.zone_kind}
    for key, value in {**said, "currency": currency_of(figure.unit)}.items():
        dimension = dimensions().dimensions.get(key)
        word = dimension.words.get(value) if dimension else None
        if word and word.retired:
            raise Problem("ledger.value_retired", key=key, found=value, day=word.retired)


def as_said(figure: ProposedFigure) -> Said:
    """What a proposed figure says, in 10^-6 of the canonical unit, or why it says none.

    Raises Problem("ledger.currency_missing") where money has no currency: its cell would be another one.
    """
    if figure.emptiness:
        if indicator_of(figure).is_money and not currency_of(figure.unit):
            raise Problem("ledger.currency_missing", found=indicator_of(figure).name_vi)
        return Said(None, figure.emptiness)
    amount, _ = amount_in_cell(indicator_of(figure), Decimal(figure.value), figure.unit)
    return Said(amount, maturity=figure.maturity, approx=figure.approx)


def figure_of(as_written: str, cell: Cell) -> int:
    """The amount of a figure that a person types for a cell."""
    return amount_as_written(indicators()[cell.indicator], as_written, cell.currency)


def value_as_typed(text: str, unit: str | None) -> dict[str, str]:
    """as_written, value and unit of a proposed figure that a person types; unit: of a number alone.

    Raises what `read_quantity` raises.
    """
    read = read_quantity(text, unit=unit)
    value = read.value.scaleb(read.unit.scale.power)
    return {"as_written": text.strip()[:120], "value": str(value), "unit": read.unit.unit.code}
