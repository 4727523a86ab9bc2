"""The table of observations with its filters."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import indicators, territory
from sokhu.areas.ledger import queries, shown
from sokhu.areas.ledger.answers import key_of
from sokhu.areas.ledger.models import Cell, Maturity, Observation
from sokhu.areas.ledger.occurring import occurring
from sokhu.areas.sources.models import TYPED, StreamKind
from sokhu.areas.territory.queries import Reach, dated_name, name_of, place_ids_like
from sokhu.areas.territory.scope import reach
from sokhu.core.cell import CellKey
from sokhu.core.fact import Fact
from sokhu.core.folding import folded
from sokhu.core.numbers import format_number
from sokhu.core.period import parse
from sokhu.core.problems import Problem
from sokhu.kit.paging import ByKey, paged

FILTERS = {
    "chi-tieu": "cell__indicator",
    "noi": "cell__place",
    "hinh-thuc": "cell__ownership",
    "theo": "stream__kind",
    "do-chac": "maturity",
    "loai": "cell__kind",
}
MOST_PAGED = 10_000  # figures that are paged through; who looks for others has filters
WHOLE = "-"  # the value of the filter "neither FDI nor DDI"


def observations(request: HttpRequest) -> HttpResponse:
    mine = reach(request)
    standing = queries.current(queries.visible_observations(mine))
    chosen, problem = filtered(request, standing)
    rows, pager = paged(request, newest_first(chosen))
    context = {
        "title": _("Số liệu"),
        "subtitle": _("Mỗi dòng là một số đang đứng trong sổ; chấm tròn mở đường về nguồn."),
        "filters": _filters(request, mine),
        "text": request.GET.get("q", ""),
        "can_enter": bool(mine.own),
        "rows": [row_of(one) for one in rows],
        "pager": pager,
        "reset": reverse("observations") if request.GET else "",
        "problem": problem,
    }
    return render(request, "ledger/observations.html", context, status=422 if problem else 200)


def newest_first(chosen: QuerySet[Observation]) -> ByKey:
    """By batch, within one by indicator: as a subquery, since a join lets a database begin with all cells there are."""
    indicator = Subquery(Cell.objects.filter(pk=OuterRef("cell")).values("indicator"))
    rows = chosen.annotate(indicator=indicator).order_by("-batch_id", "indicator", "id")
    order = ("-batch_id", "cell__indicator", "id")
    return ByKey(rows, "cell", "stream", "document", order=order, most=MOST_PAGED)


def filtered(request: HttpRequest, standing: QuerySet[Observation]) -> tuple[QuerySet[Observation], str]:
    """The observations that fit the filters, and a sentence when the period typed was not understood."""
    conditions = Q()
    for name, column in FILTERS.items():
        if value := _typed(request, name):
            conditions &= Q(**{column: "" if value == WHOLE else value})
    if text := _typed(request, "q"):
        conditions &= matching(text)
    problem = ""
    if typed := _typed(request, "ky"):
        try:
            period = parse(typed)
            conditions &= Q(cell__last__gte=period.first, cell__last__lte=period.last)
        except Problem:
            problem = _("Không hiểu kỳ “%(typed)s”: ghi như 2021, 2024-Q1, 6 tháng đầu năm 2022, 20/12/2020.") % {
                "typed": typed
            }
    return standing.filter(conditions), problem


def _typed(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()


def matching(text: str) -> Q:
    """Observations whose indicator, place or document has these words, with or without tone marks."""
    words = folded(text)
    codes = [one.code for one in indicators().values() if words in folded(f"{one.name_vi} {one.name_en} {one.code}")]
    return Q(cell__indicator__in=codes) | Q(cell__place__in=place_ids_like(text)) | Q(document__title__icontains=text)


def row_of(one: Observation) -> dict[str, Any]:
    is_typed = one.document is None or one.document.kind == TYPED
    return {
        **_row(key_of(one.cell), shown.of_observation(one, show_unit=False)),
        "stream": shown.stream_words(one.stream.kind),
        "speaker": shown.speaker_words(one.stream.speaker),
        "document": _("nhập tay") if is_typed else one.document.title,  # type: ignore[union-attr]
        "document_url": "" if is_typed else reverse("document", args=[one.document_id]),
        "sequence": format_number(one.batch_id),
    }


def row_of_derived(fact: Fact) -> dict[str, Any]:
    """The same of a figure that follows from a register: no document says it, and no entry put it in."""
    assert fact.amount is not None
    text, unit = shown.number_and_unit(fact.cell.indicator, fact.amount, fact.cell.currency)
    figure = shown.ShownFigure(text, unit, show_unit=False, url=shown.figure_url(fact))
    return {
        **_row(fact.cell, figure),
        "stream": shown.stream_words(fact.stream[0]),
        "speaker": shown.speaker_words(fact.stream[1]),
        "document": _("suy ra từ sổ bộ"),
        "document_url": "",
        "sequence": format_number(fact.sequence),
    }


def _row(key: CellKey, figure: shown.ShownFigure) -> dict[str, Any]:
    return {
        "indicator": shown.indicator_name(key.indicator),
        "indicator_url": reverse("indicator", args=[key.indicator]),
        "place": name_of(key.place, key.last),
        "place_url": reverse("place", args=[key.place]),
        "period": shown.period_words(key),
        "window": shown.window_words(key),
        "breakdown": " · ".join(value for _label, value in shown.breakdown_words(key)),
        "figure": figure,
        "unit": figure.unit,
        "is_plan": key.kind == "plan",
        "withdrawn": False,
    }


def _maturity_words(one: Maturity) -> str:
    """What is sealed as final includes what nobody called anything (docs/decisions/0009)."""
    return _("không ghi ước, sơ bộ") if one is Maturity.FINAL else str(one.label)


def _filters(request: HttpRequest, mine: Reach) -> list[dict[str, Any]]:
    """Selects with the values that occur."""
    codes = occurring(mine, "indicator", indicators())
    places = occurring(mine, "place", territory().places)
    by_name = sorted(((dated_name(place), place) for place in places), key=lambda pair: folded(pair[0]))
    named = sorted((shown.indicator_name(code), code) for code in codes)
    selects = [
        ("chi-tieu", _("Chỉ tiêu"), [(code, name) for name, code in named]),
        ("noi", _("Nơi"), [(place, name) for name, place in by_name]),
        ("hinh-thuc", _("FDI, DDI"), [("FDI", "FDI"), ("DDI", "DDI"), (WHOLE, _("chung"))]),
        ("theo", _("Nguồn số liệu"), [(kind.value, str(kind.label)) for kind in StreamKind]),
        ("do-chac", _("Mức chính thức"), [(one.value, _maturity_words(one)) for one in Maturity]),
        ("loai", _("Kế hoạch hay thực hiện"), [("result", _("thực hiện")), ("plan", _("kế hoạch"))]),
    ]
    return [
        {
            "name": name,
            "label": label,
            "options": [
                {"value": value, "label": words, "selected": request.GET.get(name, "") == value}
                for value, words in [("", _("tất cả")), *options]
            ],
        }
        for name, label, options in selects
    ]
