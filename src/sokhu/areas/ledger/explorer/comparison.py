"""Two places, periods, maps or moments side by side, over some indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from sokhu.areas.ledger import shown
from sokhu.areas.ledger.explorer.grid import Scales, place_words, scales_of
from sokhu.areas.ledger.explorer.view import AS_IT_WAS, NOW, View, day_in, moment_in, questions_of_view, typed, view_of
from sokhu.areas.ledger.tables import ask
from sokhu.areas.territory.queries import Reach, known_place
from sokhu.core.answer import Answer
from sokhu.core.measure import currency_turn
from sokhu.core.numbers import format_number
from sokhu.core.period import parse, printed
from sokhu.core.quantity import in_unit
from sokhu.core.table import Table, TableCell, difference, percent_apart
from sokhu.core.units import ScaledUnit
from sokhu.kit.wording import worded


@dataclass(frozen=True, slots=True)
class Comparison:
    """left: what is looked at; right: what it is held against. Each a view of one place and one period."""

    left: View
    right: View

    @property
    def address(self) -> str:
        """The query of its address: the left side, and of the right side what is not the same."""
        left, right = self.left, self.right
        other = {
            "voi-noi": right.places[0] if right.places != left.places else "",
            "voi-ky": right.periods[0].name if right.periods != left.periods else "",
            "voi-ban-do": (right.map_day.isoformat() if right.map_day else AS_IT_WAS)
            if right.map_day != left.map_day
            else "",
            "voi-luc": (NOW if right.at is None else str(right.at)) if right.at != left.at else "",
        }
        return f"{left.address}&{urlencode({name: value for name, value in other.items() if value}, safe='/')}"


def comparison_of(query: QueryDict) -> Comparison:
    """Both sides of an address. Raises what `view_of` raises, of either side."""
    chosen = view_of(query)
    left = replace(chosen, places=chosen.places[:1], periods=chosen.periods[:1], by="", split="", picture="")
    place, period = typed(query, "voi-noi"), typed(query, "voi-ky")
    map_day, at = typed(query, "voi-ban-do"), typed(query, "voi-luc")
    right = replace(
        left,
        places=(known_place(place),) if place else left.places,
        periods=(parse(period),) if period else left.periods,
        map_day=day_in(query, "voi-ban-do") if map_day else left.map_day,
        at=moment_in(query, "voi-luc") if at else left.at,
    )
    return Comparison(left, right)


def tables_of(mine: Reach, compared: Comparison) -> list[Table]:
    """The answers to both sides. Raises what the questions raise."""
    views = (replace(view, columns="ky", beside="") for view in (compared.left, compared.right))
    return [ask(mine, asked) for view in views for asked in questions_of_view(view)]


def rows_of(compared: Comparison, tables: Sequence[Table]) -> list[dict[str, Any]]:
    """A line for each indicator, ownership and currency that either side says something of."""
    sides = [_by_key(table) for table in tables]
    scales = scales_of([cell for side in sides for cell in side.values()])
    keys = dict.fromkeys(key for side in sides for key in side)
    return [row for key in _told_once(keys, sides) if (row := _row(compared, sides, key, scales))]


Key = tuple[str, str, str]  # indicator, ownership, currency
Side = dict[Key, TableCell]


def _by_key(table: Table) -> Side:
    return {(one.question.indicator, one.question.ownership, one.question.currency): one for one in table.cells}


def _told_once(keys: dict[Key, None], sides: list[Side]) -> Iterator[Key]:
    """Indicators in order; of money that a side does not know, only the currency that the other one knows."""
    order = list(dict.fromkeys(key[:2] for key in keys))
    for key in sorted(keys, key=lambda one: (order.index(one[:2]), currency_turn(one[2]))):
        known = {one[2] for side in sides for one, cell in side.items() if one[:2] == key[:2] and _says(cell)}
        if not known or key[2] in known:
            yield key


def _says(cell: TableCell) -> bool:
    return cell.answer.how != "missing" or bool(cell.answer.caveats)


def _row(compared: Comparison, sides: list[Side], key: Key, scales: Scales) -> dict[str, Any]:
    left, right = (_answer_in(side, key) for side in sides)
    scale = scales.get((key[0], key[2]))
    caveats = dict.fromkeys(worded(one, shown.lang()) for side in (left, right) if side for one in side.caveats)
    if left and right and (left.missing or right.missing) and difference(left, right) is not None:
        caveats[_("Không tính phần trăm: có bên mới là “ít nhất”.")] = None
    name = shown.indicator_name(key[0])
    return {
        "label": f"{name}, {key[1]}" if key[1] else name,
        "url": reverse("indicator", args=[key[0]]),
        "unit": scale.words(shown.lang()) if scale and (left or right) else "",
        "left": _figure(left, compared.left, scales),
        "right": _figure(right, compared.right, scales),
        "difference": _difference(left, right, scales),
        "numbers": _numbers(left, right, scale),
        "explain_url": _explain_url(compared, left, right) if left and right else "",
        "percent": shown.signed_percent(percent_apart(left, right)) if left and right else "",
        "caveats": list(caveats),
        "is_known": any(side and (side.how != "missing" or side.caveats) for side in (left, right)),
    }


def _answer_in(side: Side, key: Key) -> Answer | None:
    """A side's answer; where it knows none of the currencies, that it does not; None where it knows another one."""
    if key in side:
        return side[key].answer
    same = [cell for one, cell in side.items() if one[:2] == key[:2]]
    return None if any(map(_says, same)) or not same else same[0].answer


def _figure(answer: Answer | None, view: View, scales: Scales) -> shown.ShownFigure | None:
    if answer is None:
        return None
    scale = scales.get((answer.question.indicator, answer.currency or answer.question.currency))
    figure = shown.of_answer(answer, show_unit=False, asked=view.asked, scale=scale)
    if figure.empty and not figure.url:
        return replace(figure, url=shown.total_url(answer.question, view.asked), ring="none")
    return figure


def _difference(left: Answer | None, right: Answer | None, scales: Scales) -> str:
    """How far the left side is above the right one, "+464,6"; "" where one is not known."""
    apart = difference(left, right) if left and right else None
    if apart is None or left is None:
        return ""
    scale = scales[left.question.indicator, left.currency or left.question.currency]
    number = format_number(in_unit(apart, scale.words("vi")), lang=shown.lang())
    return f"+{number}" if apart > 0 else number


def _numbers(left: Answer | None, right: Answer | None, scale: ScaledUnit | None) -> tuple[Decimal | None, ...]:
    """Both sides, how far apart and by how many percent, as numbers for a file; None for what is not known."""
    apart = difference(left, right) if left and right else None
    amounts = (left.amount if left else None, right.amount if right else None, apart)
    shares = percent_apart(left, right) if left and right else None
    return (*(in_unit(one, scale.words("vi")) if scale and one is not None else None for one in amounts), shares)


def _explain_url(compared: Comparison, left: Answer, right: Answer) -> str:
    """The page that names what lies behind the difference: each side by the query of its total's address."""
    totals = {
        "trai": shown.total_url(left.question, compared.left.asked),
        "phai": shown.total_url(right.question, compared.right.asked),
    }
    return f"{reverse('explain')}?{urlencode({side: url.partition('?')[2] for side, url in totals.items()})}"


def heads_of(compared: Comparison) -> tuple[str, str]:
    """What sets the two sides apart, as the heads of their columns."""
    left, right = compared.left, compared.right
    parts = (
        (left.places != right.places, _place),
        (left.periods != right.periods, _period),
        (left.map_day != right.map_day, _map),
        (left.at != right.at, _moment),
    )
    said = [words for differs, words in parts if differs] or [_period]
    return (", ".join(words(left) for words in said), ", ".join(words(right) for words in said))


def title_of_comparison(compared: Comparison) -> str:
    """ "Hải Phòng, năm 2021 so với năm 2020" """
    left, right = compared.left, compared.right
    same = [
        words(left)
        for is_same, words in ((left.places == right.places, _place), (left.periods == right.periods, _period))
        if is_same
    ]
    one, other = heads_of(compared)
    apart = _("%(left)s so với %(right)s") % {"left": one, "right": other}
    return ": ".join([", ".join(same), apart]) if same else apart


def _place(view: View) -> str:
    return place_words(view.places[0], view, view.periods[0].last)


def _period(view: View) -> str:
    return printed(view.periods[0], shown.lang())


def _map(view: View) -> str:
    return _("bản đồ %(map)s") % {"map": shown.map_words(view.map_day)}


def _moment(view: View) -> str:
    return _("biết đến nay") if view.at is None else _("biết đến mục %(sequence)s") % {"sequence": view.at}
