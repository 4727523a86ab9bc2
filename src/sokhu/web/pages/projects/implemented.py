"""What enterprises reported of their projects in a place: sums, how many have not reported, the reports behind."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sokhu.areas.ledger import shown
from sokhu.areas.projects.implemented import Implemented, Kind, Sum, implemented
from sokhu.areas.projects.registry import PROJECTS, REPORTS
from sokhu.areas.territory.queries import known_place, name_of
from sokhu.areas.territory.scope import reach
from sokhu.core.implementation import INDICATORS
from sokhu.core.numbers import format_number
from sokhu.core.period import parse, printed
from sokhu.core.problems import Problem
from sokhu.kit.wording import lang, worded

NAMED = 50  # projects and reports


def implementation(request: HttpRequest) -> HttpResponse:
    """`noi`: any place; `ky`: whole quarters of one year."""
    mine, asked = reach(request), request.GET
    place = known_place(asked.get("noi", "") or mine.home)
    error, found, period = "", Implemented(), asked.get("ky", "") or str(timezone.localdate().year - 1)
    try:
        found = implemented(mine, place, parse(period))
        period = parse(period).name
    except Problem as problem:
        error = worded(problem, lang())
    last = None if error else parse(period).last
    words = "" if error else printed(parse(period), lang())
    context = {
        "title": _("Vốn thực hiện, kết quả sản xuất kinh doanh"),
        "subtitle": " · ".join(part for part in (name_of(place), words) if part),
        "crumbs": [{"label": _("Sổ bộ và báo cáo"), "url": reverse("derived_beside")}, {"label": _("Thực hiện dự án")}],
        "place": place,
        "period": period,
        "error": error,
        "rows": [_row(kind, found.sums[kind], last) for kind in sorted(found.sums, key=_order)],
        "expected": format_number(found.expected, lang=lang()),
        "waiting_count": format_number(len(found.waiting), lang=lang()),
        "waiting": [
            {"name": one.name_now, "url": reverse("thing", args=[PROJECTS.code, one.pk])}
            for one in found.waiting[:NAMED]
        ],
        "reports": [
            {
                "name": f"{one.project.name_now}, {one.get_quarter_display()} {one.year}",
                "url": reverse("thing", args=[REPORTS.code, one.pk]),
            }
            for one in found.reports[:NAMED]
        ],
        "report_count": format_number(len(found.reports), lang=lang()),
    }
    return render(request, "projects/implemented.html", context, status=422 if error else 200)


def _order(kind: Kind) -> tuple[int, str, str]:
    return list(INDICATORS).index(kind[0]), kind[1], kind[2]


def _row(kind: Kind, one: Sum, last: date | None) -> dict[str, Any]:
    code, ownership, currency = kind
    text, unit = shown.number_and_unit(code, one.amount, currency)
    lead = _("ít nhất") if one.waiting else ""
    return {
        "indicator": shown.indicator_name(code),
        "ownership": ownership,
        "figure": shown.ShownFigure(text, unit, show_unit=True, lead=lead),
        "counted": _counted_words(one.days) if one.days != {last} else "",
        "projects": format_number(one.projects, lang=lang()),
        "waiting": _("còn %(count)s dự án chưa báo cáo đủ") % {"count": format_number(one.waiting)}
        if one.waiting
        else "",
    }


def _counted_words(days: Collection[date]) -> str:
    """On which days a count was told, where that is not the last day of the period alone; "" for none."""
    if not days:
        return ""
    first, last = shown.day_words(min(days)), shown.day_words(max(days))
    if first == last:
        return _("số của ngày %(day)s") % {"day": last}
    return _("số của các ngày từ %(first)s đến %(last)s") % {"first": first, "last": last}
