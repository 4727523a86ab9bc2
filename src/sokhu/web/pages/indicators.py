"""The indicator reference: the list, and a page for each with its rules, its source and its figures."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import dimensions, indicators, indicators_in_use, name_and_mark
from sokhu.areas.ledger import queries, shown
from sokhu.areas.ledger.pages.observations import row_of
from sokhu.areas.ledger.registers import registers
from sokhu.areas.territory.scope import reach
from sokhu.core.folding import folded
from sokhu.core.indicator import Indicator
from sokhu.core.numbers import format_number
from sokhu.core.problems import Problem
from sokhu.core.units import unit_of

ROWS_SHOWN = 12


def indicator_list(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    words = folded(text)
    found = [one for one in indicators().values() if words in folded(f"{one.name_vi} {one.name_en} {one.code}")]
    standing = queries.current(queries.visible_observations(reach(request)))
    counts = dict(standing.values_list("cell__indicator").annotate(count=Count("pk")))
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        groups.setdefault(one.group, []).append(_line(one, counts.get(one.code, 0)))
    context = {
        "title": _("Chỉ tiêu"),
        "subtitle": _("%(n)s chỉ tiêu; FDI/DDI, nước, ngành, loại khu, loại tiền là phân tổ, không nằm trong mã.")
        % {"n": format_number(len(indicators_in_use()))},
        "text": text,
        "groups": [
            {"label": shown.group_words(key), "anchor": key, "indicators": lines} for key, lines in groups.items()
        ],
        "other_language": "en" if shown.lang() == "vi" else "vi",
    }
    return render(request, "catalogue/indicators.html", context)


def _line(one: Indicator, count: int) -> dict[str, Any]:
    return {
        "name": shown.indicator_name(one.code),
        "name_other": one.name("en" if shown.lang() == "vi" else "vi"),
        "code": one.code,
        "url": reverse("indicator", args=[one.code]),
        "unit": unit_words(one),
        "nature": shown.nature_words(one),
        "over_time": shown.over_time_words(one),
        "over_places": shown.over_places_words(one),
        "evidence": evidence_mark(one.evidence),
        "count": count,
    }


def indicator_page(request: HttpRequest, code: str) -> HttpResponse:
    one = indicators().get(code)
    if one is None:
        raise Problem("catalogue.no_such_indicator", found=code)
    standing = queries.current(queries.visible_observations(reach(request)).filter(cell__indicator=code))
    rows = list(
        standing.select_related("cell", "stream", "document").order_by("-cell__last", "-batch_id", "id")[:ROWS_SHOWN]
    )
    count = standing.count()
    context = {
        "title": shown.indicator_name(code),
        "subtitle": one.name("en" if shown.lang() == "vi" else "vi"),
        "crumbs": [{"label": _("Chỉ tiêu"), "url": reverse("indicators")}, {"label": shown.group_words(one.group)}],
        "indicator": {
            "code": one.code,
            "definition": one.definition(shown.lang()),
            "unit": unit_words(one),
            "units": [unit_of(unit).vi if shown.lang() == "vi" else unit_of(unit).en for unit in one.other_units],
            "nature": shown.nature_words(one),
            "over_time": shown.over_time_words(one),
            "over_places": shown.over_places_words(one),
            "formula": shown.formula_words(one),
            "better": {"higher": _("càng cao càng tốt"), "lower": _("càng thấp càng tốt")}.get(one.better, ""),
            "dimensions": [dimension_words(key) for key in one.dimensions],
            "sources": [{"text": one.source, "evidence": evidence_mark(one.evidence)}],
            "evidence": evidence_mark(one.evidence),
            "valid_from": "",
            "notes": [_("Mã trong danh mục cũ: %(codes)s.") % {"codes": ", ".join(one.folds)}] if one.folds else [],
            "words": [],
        },
        "parts": [_link(code) for code in one.needs],
        "used_in": [_link(other.code) for other in indicators().values() if code in other.needs],
        "rows": [row_of(row) for row in rows],
        "more_url": f"{reverse('observations')}?chi-tieu={code}" if count > len(rows) else "",
        "count": format_number(count),
        "register": _register(code),
    }
    return render(request, "catalogue/indicator.html", context)


def _register(code: str) -> dict[str, str]:
    """The register that tells an indicator, and where its figures stand."""
    names = [str(one.name) for one in registers() if code in one.indicators]
    return {"name": names[0], "url": f"{reverse('explore')}?chi-tieu={code}"} if names else {}


def _link(code: str) -> dict[str, str]:
    return {"name": shown.indicator_name(code), "url": reverse("indicator", args=[code])}


def unit_words(one: Indicator) -> str:
    if one.is_money:
        return _("tiền: triệu USD, tỷ đồng")
    unit = unit_of(one.unit)
    return unit.vi if shown.lang() == "vi" else unit.en


def dimension_words(key: str) -> str:
    found = dimensions().dimensions.get(key)
    return name_and_mark(found.vi if shown.lang() == "vi" else found.en, found.retired) if found else key


def evidence_mark(evidence: str) -> str:
    """The mark of `_evidence.html`: background knowledge shows as not yet checked."""
    return "found" if evidence == "FOUND" else "background"
