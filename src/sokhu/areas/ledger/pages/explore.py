"""The explorer: one's own figures in the trade's four columns at a click, and every other table of the book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import moment_of
from sokhu.areas.ledger import shown
from sokhu.areas.ledger.comparing import weights
from sokhu.areas.ledger.derived import newest_year, years_told
from sokhu.areas.ledger.explorer.controls import (
    chips_of,
    form_of,
    tabs_of,
    title_periods,
    title_places,
    url_of,
)
from sokhu.areas.ledger.explorer.export import Weights, separated_of, workbook_of
from sokhu.areas.ledger.explorer.grid import Grid, Layout, place_words
from sokhu.areas.ledger.explorer.picture import chart_of, indicators_drawn, map_of_table
from sokhu.areas.ledger.explorer.presets import PRESETS, indicators_title, title_of_preset, view_of_preset
from sokhu.areas.ledger.explorer.view import View, questions_of_view, understood, view_of, with_words
from sokhu.areas.ledger.pages.figures import answer_stamp
from sokhu.areas.ledger.pages.saved_views import chips_of_saved
from sokhu.areas.ledger.tables import ask
from sokhu.areas.territory.queries import Reach, home_places
from sokhu.areas.territory.scope import reach
from sokhu.core.folding import folded
from sokhu.core.period import named
from sokhu.core.problems import Problem, Problems
from sokhu.core.table import Table, check_size
from sokhu.kit.paging import paged
from sokhu.kit.wording import all_worded

ROWS_OF_A_PAGE = 50
NAME_CHARACTERS = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
NOTES_SHOWN = 6
MOST_WEIGHED = 500  # totals that lack members, of which a page looks up what each member last said


def explore(request: HttpRequest) -> HttpResponse:
    """The table of the address; without one, or from the form, on to the address of what is chosen.

    An address without indicators is the reader's first view with what it says put in.
    """
    mine, is_sent = reach(request), bool(request.GET.get("xem"))
    is_whole = is_sent or bool(request.GET.get("chi-tieu"))
    try:
        view = view_of(request.GET if is_whole else with_words(request.GET, _first_view(mine)))
        if is_sent or not is_whole:
            return redirect(url_of(view))
        return _page(request, mine, view, asked_tables(mine, view))
    except (Problem, Problems) as problem:
        return _page(request, mine, understood(request.GET, _first_view(mine)), (), problem)


def _first_view(mine: Reach) -> View:
    places = home_places(mine)
    year = str(newest_year(mine, places, PRESETS[0].indicators))
    return view_of_preset(PRESETS[0], mine, (named(year),), places[0])


def asked_tables(mine: Reach, view: View) -> list[Table]:
    """The answers to a view's questions. Raises Problem("table.too_large") and what the questions raise."""
    asked = questions_of_view(view)
    check_size(*asked)
    return [ask(mine, one) for one in asked]


def weights_of_view(mine: Reach, view: View, tables: Iterable[Table]) -> Weights:
    """Of the table's totals that lack members, how much the others make up."""
    totals = [cell.answer for table in tables for cell in table.cells]
    return weights(mine, totals, at=view.at, map_day=view.map_day)


def title_of(view: View) -> str:
    """ "Thu hút đầu tư, Hải Phòng, năm 2021" """
    if preset := title_of_preset(view):
        return f"{preset}, {title_periods(view)}"
    day = view.periods[-1].last
    places = title_places(view, (place_words(place, view, day) for place in view.places))
    return f"{indicators_title(view)}, {places}, {title_periods(view)}"


def _page(
    request: HttpRequest, mine: Reach, view: View, tables: Any, problem: Problem | Problems | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "title": title_of(view) if problem is None else _("Khám phá số liệu"),
        "tabs": tabs_of(mine, view),
        "chips": chips_of(view, years_told(mine)),
        "form": form_of(mine, view, request.GET if problem else QueryDict()),
        "address": view.address,
        "saved": chips_of_saved(request, view.address),
        "problems": all_worded(problem, shown.lang()) if problem else [],
    }
    if problem is None:
        # The names and units of the moment that is asked for.
        with pinned_catalogue(moment_of(view.at)):
            cells = [cell for table in tables for cell in table.cells]
            is_weighed = sum(bool(shown.coverage_words(cell.answer)) for cell in cells) <= MOST_WEIGHED
            layout = Layout(view, cells, weights_of_view(mine, view, tables) if is_weighed else None)
            context |= _table_context(request, view, layout.grid()) | _picture_context(view, layout)
            context["is_weighed"] = is_weighed
    return render(request, "explorer/explore.html", context, status=422 if problem else 200)


def _table_context(request: HttpRequest, view: View, grid: Grid) -> dict[str, Any]:
    known, unknown = grid.folded()
    rows, pager = paged(request, known, ROWS_OF_A_PAGE)
    return {
        "grid": grid,
        "lines": [{"row": row, "cells": list(zip(grid.columns, row.cells, strict=True))} for row in rows],
        "span": 1 + grid.has_units + len(grid.columns),
        "unknown": unknown,
        "pager": pager if pager.pages else None,
        "is_four": view.columns == "bon",
        "notes": grid.notes[:NOTES_SHOWN],
        "more_notes": grid.notes[NOTES_SHOWN:],
        "exports": {"xlsx": url_of(view, "explore_xlsx"), "csv": url_of(view, "explore_csv")},
        "answer": answer_stamp(view.asked),
    }


def _picture_context(view: View, layout: Layout) -> dict[str, Any]:
    """The chosen picture, and links to the others that the table can be drawn as."""
    known = indicators_drawn(layout)
    of = view.drawn if view.drawn in known else next(iter(known), "")
    made = {"bieu-do": chart_of(layout, of), "ban-do": map_of_table(layout, of)} if of else {}
    labels = {"": _("Chỉ bảng"), "bieu-do": _("Biểu đồ"), "ban-do": _("Bản đồ")}
    return {
        "chart": made.get("bieu-do") if view.picture == "bieu-do" else None,
        "map": made.get("ban-do") if view.picture == "ban-do" else None,
        "pictures": [
            {"label": label, "url": url_of(replace(view, picture=name)), "active": name == view.picture}
            for name, label in labels.items()
            if not name or made.get(name)
        ],
        "drawn": [
            {"label": shown.indicator_name(one), "url": url_of(replace(view, drawn=one)), "active": one == of}
            for one in known
        ]
        if len(known) > 1 and made.get(view.picture)
        else [],
    }


def as_workbook(request: HttpRequest) -> HttpResponseBase:
    mine, view = reach(request), view_of(request.GET)
    tables = asked_tables(mine, view)
    with pinned_catalogue(moment_of(view.at)):
        address = request.build_absolute_uri(url_of(view))
        made = workbook_of(title_of(view), view, tables, weights_of_view(mine, view, tables), address)
    return as_file(made, XLSX, title_of(view), "xlsx")


def as_separated(request: HttpRequest) -> HttpResponseBase:
    mine, view = reach(request), view_of(request.GET)
    tables = asked_tables(mine, view)
    with pinned_catalogue(moment_of(view.at)):
        address = request.build_absolute_uri(url_of(view))
        made = separated_of(view, tables, weights_of_view(mine, view, tables), address)
        return as_file(made, CSV, title_of(view), "csv")


def as_file(made: bytes, content_type: str, title: str, ending: str) -> HttpResponseBase:
    """Named in plain letters, which survive every mail program: "thu-hut-dau-tu-hai-phong-nam-2021.xlsx"."""
    name = f"{slugify(folded(title))[:NAME_CHARACTERS].strip('-') or 'bang'}.{ending}"
    return FileResponse(BytesIO(made), as_attachment=True, filename=name, content_type=content_type)
