"""What registers come to by country or by sector: projects, registered capital, new and added capital."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import dimensions, indicators
from sokhu.areas.ledger import shown
from sokhu.areas.ledger.at_least import AtLeast, Dimension, Kind, at_least_by
from sokhu.areas.territory.queries import known_place, name_of
from sokhu.areas.territory.scope import reach
from sokhu.core.answer import Question
from sokhu.core.period import Period, parse, printed

CODES = ("projects_valid", "capital_registered_total", "projects_new", "capital_new", "capital_added")
COLUMNS: tuple[Kind, ...] = tuple(
    (code, "", currency) for code in CODES for currency in (("USD", "VND") if code.startswith("capital") else ("",))
)
WAYS: dict[str, tuple[Dimension, bool]] = {  # of the address: the dimension, and whether divisions go into sections
    "nuoc": ("country", False),
    "nganh": ("sector", True),
    "phan-nganh": ("sector", False),
}
Sums = dict[tuple[Kind, str], AtLeast]


def broken_down(request: HttpRequest) -> HttpResponse:
    mine, asked = reach(request), request.GET
    place = known_place(asked.get("noi", "") or mine.home)
    period = parse(asked.get("ky", "") or str(timezone.localdate().year))
    way = asked.get("theo", "nuoc") if asked.get("theo", "nuoc") in WAYS else "nuoc"
    dimension, by_section = WAYS[way]
    sums = at_least_by(mine, [place], period, CODES, dimension)
    sums = _in_sections(sums) if by_section else sums
    columns = [kind for kind in COLUMNS if not kind[2] or _whole(sums, kind).amount]
    lead = {"nuoc": _("Theo nước đầu tư"), "nganh": _("Theo ngành cấp 1"), "phan-nganh": _("Theo ngành cấp 2")}
    context = {
        "title": lead[way],
        "subtitle": f"{name_of(place, period.last)} · {printed(period, shown.lang())}",
        "crumbs": [{"label": _("Sổ bộ và báo cáo"), "url": reverse("derived_beside")}, {"label": lead[way]}],
        "tabs": [
            {"label": label, "active": key == way, "url": _url(place, period, key)} for key, label in lead.items()
        ],
        "heads": [{"name": shown.indicator_name(code), "currency": currency} for code, _owner, currency in columns],
        "rows": _rows(sums, columns, place, period, dimension),
        "is_whole": not any(one.missing for one in sums.values()),
        "place": place,
        "way": way,
        "period": period.name,
    }
    return render(request, "ledger/broken_down.html", context)


def _url(place: str, period: Period, way: str) -> str:
    return f"{reverse('broken_down')}?{urlencode({'noi': place, 'ky': period.name, 'theo': way})}"


def _in_sections(sums: Sums) -> Sums:
    words, found = dimensions().dimensions["sector"].words, cast(Sums, {})
    for (kind, code), one in sums.items():
        section = words[code].parent or code if code in words else code
        known = found.get((kind, section), AtLeast(0, one.missing))
        found[kind, section] = AtLeast(known.amount + one.amount, one.missing)
    return found


def _rows(
    sums: Sums, columns: Sequence[Kind], place: str, period: Period, dimension: Dimension
) -> list[dict[str, Any]]:
    """The values with the most capital first, what has none of them, and all together."""
    values = {value for _kind, value in sums}
    order = sorted(values, key=lambda value: (not value, *_weights(sums, value), value))
    rows = [
        {
            "name": _name(dimension, value),
            "cells": [_cell(sums, kind, value, place, period, dimension) for kind in columns],
        }
        for value in order
    ]
    cells = [_figure(_whole(sums, kind), kind, "") for kind in columns]
    return [*rows, {"name": _("Tất cả"), "is_total": True, "cells": cells}]


def _weights(sums: Sums, value: str) -> list[int]:
    return [-sums[kind, value].amount if (kind, value) in sums else 0 for kind in COLUMNS]


def _whole(sums: Sums, kind: Kind) -> AtLeast:
    found = [one for (other, _value), one in sums.items() if other == kind]
    return AtLeast(sum(one.amount for one in found), found[0].missing if found else ())


def _name(dimension: Dimension, value: str) -> str:
    word = dimensions().dimensions[dimension].words.get(value)
    return word.name(shown.lang()) if word else value or _("chưa ghi")


def _cell(sums: Sums, kind: Kind, value: str, place: str, period: Period, dimension: Dimension) -> Any:
    code, _owner, currency = kind
    asked = Question(code, place, period, currency=currency, **({dimension: value} if value else {}))
    missing = next((one.missing for one in sums.values()), ())
    return _figure(sums.get((kind, value), AtLeast(0, missing)), kind, shown.total_url(asked) if value else "")


def _figure(one: AtLeast, kind: Kind, url: str) -> shown.ShownFigure:
    text, unit = shown.number_and_unit(kind[0], one.amount, kind[2])
    return shown.ShownFigure(text, unit, show_unit=indicators()[kind[0]].is_money, url="" if one.missing else url)
