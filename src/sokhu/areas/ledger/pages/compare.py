"""Two places, periods, maps or moments side by side: how far apart, by how many percent, why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sokhu.areas.ledger import shown
from sokhu.areas.ledger.derived import newest_year
from sokhu.areas.ledger.explorer.comparison import (
    Comparison,
    comparison_of,
    heads_of,
    rows_of,
    tables_of,
    title_of_comparison,
)
from sokhu.areas.ledger.explorer.controls import LAST_DAY_OF_63, indicator_groups, places_offered
from sokhu.areas.ledger.explorer.export import Weights, compared_separated, compared_workbook
from sokhu.areas.ledger.explorer.presets import PRESETS, Preset, view_of_preset
from sokhu.areas.ledger.explorer.view import OWNERSHIPS, View, typed, view_of, with_words
from sokhu.areas.ledger.pages.explore import CSV, XLSX, as_file, weights_of_view
from sokhu.areas.ledger.pages.figures import answer_stamp
from sokhu.areas.territory.queries import Reach, home_block, home_places
from sokhu.areas.territory.scope import reach
from sokhu.core.period import named, previous, printed
from sokhu.core.problems import Problem, Problems
from sokhu.core.table import Table
from sokhu.kit.sealing.queries import head
from sokhu.kit.wording import all_worded

SIDES = ("noi", "ky", "ban-do", "luc")


def compare(request: HttpRequest) -> HttpResponse:
    """The comparison of the address; without one, or from the form, on to the address of what is chosen.

    An address without indicators is the reader's first comparison with what it says put in.
    """
    mine, is_sent = reach(request), bool(request.GET.get("xem"))
    is_whole = is_sent or bool(request.GET.get("chi-tieu"))
    first = _first(mine)
    try:
        compared = comparison_of(request.GET if is_whole else _first_with(request.GET, first))
        if is_sent or not is_whole:
            return redirect(_url(compared))
        return _page(request, mine, compared, rows_of(compared, tables_of(mine, compared)))
    except (Problem, Problems) as problem:
        return _page(request, mine, first, [], problem)


def as_workbook(request: HttpRequest) -> HttpResponseBase:
    compared = comparison_of(request.GET)
    title, address = title_of_comparison(compared), request.build_absolute_uri(_url(compared))
    mine = reach(request)
    tables = tables_of(mine, compared)
    made = compared_workbook(title, compared, tables, _weights_of_sides(mine, compared, tables), address)
    return as_file(made, XLSX, title, "xlsx")


def as_separated(request: HttpRequest) -> HttpResponseBase:
    compared = comparison_of(request.GET)
    title, address = title_of_comparison(compared), request.build_absolute_uri(_url(compared))
    mine = reach(request)
    tables = tables_of(mine, compared)
    made = compared_separated(compared, tables, _weights_of_sides(mine, compared, tables), address)
    return as_file(made, CSV, title, "csv")


def _weights_of_sides(mine: Reach, compared: Comparison, tables: list[Table]) -> list[Weights]:
    sides = zip((compared.left, compared.right), tables, strict=True)
    return [weights_of_view(mine, view, [table]) for view, table in sides]


def _url(compared: Comparison, page: str = "compare") -> str:
    return f"{reverse(page)}?{compared.address}"


def _first(mine: Reach) -> Comparison:
    """One's own newest year beside the year before."""
    places = home_places(mine)
    year = str(newest_year(mine, places, PRESETS[0].indicators))
    view = view_of_preset(PRESETS[0], mine, (named(year),), places[0])
    return Comparison(view, replace(view, periods=(previous(view.periods[0]),)))


def _first_with(query: QueryDict, first: Comparison) -> QueryDict:
    """The first comparison with the words of an address put in; held against the period before, where it says none."""
    made = with_words(query, first.left)
    if not any(typed(made, f"voi-{side}") for side in SIDES):
        made["voi-ky"] = previous(view_of(made).periods[0]).name
    return made


def _page(
    request: HttpRequest,
    mine: Reach,
    compared: Comparison,
    rows: list[dict[str, Any]],
    problem: Problem | Problems | None = None,
) -> HttpResponse:
    known = [row for row in rows if row["is_known"]] or rows
    context = {
        "title": title_of_comparison(compared) if problem is None else _("So sánh"),
        "tabs": _tabs(mine, compared),
        "presets": [_preset_link(compared, preset) for preset in PRESETS if preset.where == "own" and not preset.by],
        "heads": heads_of(compared),
        "rows": known,
        "unknown": [row["label"] for row in rows if row not in known],
        "exports": {"xlsx": _url(compared, "compare_xlsx"), "csv": _url(compared, "compare_csv")},
        "form": _form(mine, compared, request),
        "problems": all_worded(problem, shown.lang()) if problem else [],
        "answer": answer_stamp(compared.left.asked),
    }
    return render(request, "explorer/compare.html", context, status=422 if problem else 200)


def _tabs(mine: Reach, compared: Comparison) -> list[dict[str, Any]]:
    """The four ways to compare, each starting from the left side of what is shown."""
    left = compared.left
    period = left.periods[0]
    mates = [one for one in (home_block(mine), *home_places(mine)) if (one,) != left.places]
    ways = (
        (_("Hai kỳ"), "periods", (previous(period),)),
        (_("Hai nơi"), "places", (mates[0],) if mates else left.places),
        (_("Hai bản đồ"), "map_day", _other_map(left)),
        (_("Hai thời điểm biết"), "at", max(head()[0] - 1, 1) if left.at is None else None),
    )
    return [
        {
            "label": label,
            "url": _url(Comparison(left, replace(left, **{name: other}))),  # type: ignore[arg-type]
            "active": getattr(left, name) != getattr(compared.right, name),
        }
        for label, name, other in ways
    ]


def _other_map(view: View) -> date | None:
    today = timezone.localdate()
    if view.map_day is not None:
        return None
    return today if view.periods[0].last <= LAST_DAY_OF_63 else LAST_DAY_OF_63


def _preset_link(compared: Comparison, preset: Preset) -> dict[str, Any]:
    chosen = {"indicators": preset.indicators, "ownership": preset.ownership}
    sides = [replace(view, **chosen) for view in (compared.left, compared.right)]  # type: ignore[arg-type]
    return {
        "label": str(preset.label),
        "url": _url(Comparison(*sides)),
        "active": compared.left.indicators == preset.indicators,
    }


def _form(mine: Reach, compared: Comparison, request: HttpRequest) -> dict[str, Any]:
    return {
        "sides": [
            _side(mine, compared.left, "", _("Xem")),
            _side(mine, compared.right, "voi-", _("So với")),
        ],
        "ownerships": [
            {"value": key, "label": label, "selected": key == compared.left.ownership}
            for key, label in zip(OWNERSHIPS, (_("chung"), "FDI", "DDI", _("FDI, DDI và chung")), strict=True)
        ],
        "currency": compared.left.currency,
        "groups": indicator_groups(compared.left),
        "count": len(compared.left.indicators),
    }


def _side(mine: Reach, view: View, prefix: str, label: str) -> dict[str, Any]:
    names = {name.replace("-", "_"): f"{prefix}{name}" for name in SIDES}
    return {
        "label": label,
        "names": names,
        "places": places_offered(mine, view.places[0]),
        "period": printed(view.periods[0], shown.lang()),
        "map_day": shown.day_words(view.map_day) or _("lúc đó"),
        "at": _("nay") if view.at is None else view.at,
    }
