"""The page of a derived figure: the movements behind it, each with its thing, and what others say beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import indicators
from sokhu.areas.ledger import shown
from sokhu.areas.ledger.behind_derived import Path, Step, derived_fact, path_to, said_beside
from sokhu.areas.ledger.explorer.view import moment_in
from sokhu.areas.ledger.models import Observation
from sokhu.areas.ledger.pages.figures import answer_stamp, totals_of
from sokhu.areas.ledger.registers import register_of
from sokhu.areas.ledger.small_cells import may_read
from sokhu.areas.territory.queries import known_place, name_of
from sokhu.areas.territory.readers import who_may_see
from sokhu.areas.territory.scope import reach
from sokhu.core.cell import CellKey
from sokhu.core.fact import Fact
from sokhu.core.numbers import format_number
from sokhu.core.period import parse
from sokhu.core.problems import Problem
from sokhu.kit.htmx import is_part


def figure(request: HttpRequest) -> HttpResponse:
    at = moment_in(request.GET)
    return derived_page(request, derived_fact(reach(request), _cell(request), at), at)


def _cell(request: HttpRequest) -> CellKey:
    asked = request.GET
    indicator = asked.get("chi-tieu", "")
    if indicator not in indicators():
        raise Problem("catalogue.no_such_indicator", found=indicator)
    period = parse(asked.get("ky", ""))
    return CellKey(
        indicator,
        known_place(asked.get("noi", "")),
        period.name,
        period.first,
        period.last,
        ownership=asked.get("hinh-thuc", ""),
        country=asked.get("nuoc", ""),
        sector=asked.get("nganh", ""),
        currency=asked.get("tien", ""),
    )


def derived_page(request: HttpRequest, fact: Fact, at: int | None, extra: dict[str, Any] | None = None) -> HttpResponse:
    template = "ledger/_derived.html" if is_part(request) else "ledger/derived.html"
    response = render(request, template, context_of(request, fact, at) | (extra or {}))
    response["Vary"] = "HX-Request"
    return response


def context_of(request: HttpRequest, fact: Fact, at: int | None) -> dict[str, Any]:
    mine, cell = reach(request), fact.cell
    path = path_to(fact, at, tells_things=may_read(mine, fact.stream[1]))
    assert fact.amount is not None
    text, unit = shown.number_and_unit(cell.indicator, fact.amount, cell.currency)
    return {
        "title": f"{shown.indicator_name(cell.indicator)}, {name_of(cell.place, cell.last)}",
        "crumbs": [{"label": _("Số liệu"), "url": reverse("observations")}, {"label": text}],
        "value": shown.ShownFigure(text, unit, show_unit=False),
        "unit": unit,
        "indicator": {
            "name": shown.indicator_name(cell.indicator),
            "url": reverse("indicator", args=[cell.indicator]),
            "nature": shown.rule_words(indicators()[cell.indicator]),
        },
        "place": {"name": name_of(cell.place, cell.last), "url": reverse("place", args=[cell.place])},
        "period": {"name": shown.period_words(cell), "window": shown.window_words(cell)},
        "breakdown": [{"label": label, "value": value} for label, value in shown.breakdown_words(cell)],
        "speaker": shown.speaker_words(fact.stream[1]),
        "register": str(register_of(path.register).name),
        "complete": _complete_words(path.complete),
        "steps": [_step(one, cell) for one in path.steps],
        "rest": _rest(path, cell),
        "others": [_other(fact, one) for one in said_beside(mine, cell)],
        "totals": totals_of(mine, cell),
        "readers": who_may_see("accepted_figure", fact.stream[1]),
        "answer": answer_stamp(shown.Asked(at=at)),
    }


def _complete_words(days: tuple[date | None, date | None]) -> str:
    starts, ends = (shown.day_words(day) for day in days)
    if ends:
        return _("từ %(starts)s đến %(ends)s") % {"starts": starts or "…", "ends": ends}
    return _("từ %(starts)s") % {"starts": starts}


def _step(one: Step, cell: CellKey) -> dict[str, Any]:
    return {
        "day": shown.day_words(one.day),
        "title": one.title or str(one.thing)[:8],
        "url": one.url,
        "amount": _signed(one.amount, cell),
        "place": name_of(one.place, one.day) if one.place != cell.place else "",
        "sequence": format_number(one.since),
    }


def _signed(amount: int, cell: CellKey) -> str:
    text = " ".join(shown.number_and_unit(cell.indicator, abs(amount), cell.currency))
    return f"{'−' if amount < 0 else '+'}{text}"


def _rest(path: Path, cell: CellKey) -> dict[str, str] | None:
    count, amount = path.rest
    return {"count": format_number(count), "amount": _signed(amount, cell)} if count else None


def _other(fact: Fact, other: Observation) -> dict[str, Any]:
    gap = shown.difference_words(fact.cell.indicator, fact.amount, other.amount, fact.cell.currency)
    return {
        "speaker": shown.speaker_words(other.stream.speaker),
        "kind": shown.stream_words(other.stream.kind),
        "figure": shown.of_observation(other),
        "said": _("lệch %(difference)s") % {"difference": gap} if gap else _("khớp"),
        "differs": bool(gap),
    }
