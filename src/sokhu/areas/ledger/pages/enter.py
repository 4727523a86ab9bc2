"""The form that enters a figure, or why there is none, where no document says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import dimensions, indicators, indicators_in_use
from sokhu.areas.ledger import shown
from sokhu.areas.ledger.entering import (
    Entry,
    currencies_of,
    enter,
    ownerships_of,
    stands_against,
    zone_kinds_of,
)
from sokhu.areas.ledger.models import CellKind, Emptiness, Maturity, Observation
from sokhu.areas.ledger.pages.edit import Errors, select_field
from sokhu.areas.territory.queries import Reach, place_choices, places_answered_for
from sokhu.areas.territory.scope import reach
from sokhu.core.folding import folded
from sokhu.core.indicator import Indicator
from sokhu.core.measure import unit_of_cell
from sokhu.core.period import parse, printed
from sokhu.core.problems import Problem, Problems
from sokhu.core.units import unit_of
from sokhu.kit.wording import worded

# The names of a total's address, which fills the form in, and those of the form's own fields.
ASKED = {
    "chi-tieu": "indicator",
    "noi": "place",
    "ky": "period",
    "hinh-thuc": "ownership",
    "loai-khu": "zone_kind",
    "loai": "kind",
    "tien": "currency",
}
FIELDS = (*ASKED.values(), "maturity", "as_written", "emptiness")


def enter_figure(request: HttpRequest) -> HttpResponse:
    mine = reach(request)
    mine.must_write_for(mine.home)
    if request.method != "POST":
        asked = {field: request.GET.get(name, "") for name, field in ASKED.items()}
        return _form(request, asked | {"period": _period_words(asked["period"])}, {})
    typed = {field: request.POST.get(field, "").replace("\x00", "").strip() for field in (*FIELDS, "note")}
    entry = Entry(**{field: typed[field] for field in FIELDS})
    user = request.user if request.user.is_authenticated else None
    try:
        one = enter(mine, entry, typed["note"], by=user, revise=bool(request.POST.get("revise")))
    except (Problem, Problems) as error:
        problems = error.problems if isinstance(error, Problems) else [error]
        if any(problem.code.startswith("access.") for problem in problems):
            raise
        held = stands_against(mine, entry) if problems[0].code == "ledger.contradicts" else None
        return _form(request, typed, _by_field(problems), held, status=422)
    messages.success(request, _("Đã ghi vào sổ."))
    return redirect("figure", one.pk)


def _by_field(problems: Iterable[Problem]) -> Errors:
    told: Errors = {}
    for problem in problems:
        sentence = worded(Problem(problem.code, "", **problem.params), shown.lang())
        told.setdefault(problem.where or "all", []).append(sentence)
    return told


def _period_words(name: str) -> str:
    try:
        return printed(parse(name), shown.lang()) if name else ""
    except Problem:
        return name


def _form(
    request: HttpRequest, typed: dict[str, str], errors: Errors, held: Observation | None = None, *, status: int = 200
) -> HttpResponse:
    """What `ledger/enter.html` shows: the choice of an indicator, or the fields that the chosen one has."""
    indicator = indicators().get(typed["indicator"])
    context: dict[str, Any] = {
        "title": _("Ghi một số"),
        "subtitle": _("Khi không có văn bản để đọc: số, hoặc vì sao không có số, do người ghi chịu trách nhiệm."),
        "crumbs": [{"label": _("Số liệu"), "url": reverse("observations")}, {"label": _("Ghi một số")}],
        "typed": typed,
        "errors": errors,
    }
    if indicator is None or indicator.comparison or indicator.retired:
        context |= {"choice": _indicator_choice(errors), "kept": _kept(typed)}
    else:
        context |= _fields(reach(request), indicator, typed, errors)
        context |= {"held": shown.of_observation(held) if held else None}
    return render(request, "ledger/enter.html", context, status=status)


def _indicator_choice(errors: Errors) -> dict[str, Any]:
    known = [one for one in indicators_in_use() if not one.comparison]
    named = sorted(((one.code, one.name(shown.lang())) for one in known), key=lambda pair: folded(pair[1]))
    options = [("", _("chọn chỉ tiêu")), *named]
    return select_field("indicator", _("Chỉ tiêu"), options, lambda _name: "", errors) | {"name": "chi-tieu"}


def _kept(typed: Mapping[str, str]) -> list[tuple[str, str]]:
    """What the address filled in beside the indicator, kept while one is chosen."""
    return [(name, typed[field]) for name, field in ASKED.items() if field != "indicator" and typed[field]]


def _fields(mine: Reach, indicator: Indicator, typed: Mapping[str, str], errors: Errors) -> dict[str, Any]:
    def chosen(name: str) -> str:
        return typed.get(name, "")

    words = dimensions().dimensions
    whole, kinds = [("", _("chung"))], words["zone_kind"].words
    asked = [("ownership", _("Hình thức"), [(one, one) for one in ownerships_of(indicator)])]
    asked += [("zone_kind", _("Loại khu"), [(one, kinds[one].name(shown.lang())) for one in zone_kinds_of(indicator)])]
    selects = [select_field(name, label, whole + options, chosen, errors) for name, label, options in asked if options]
    kind = [(one.value, str(one.label)) for one in CellKind]
    return {
        "indicator": {
            "code": indicator.code,
            "name": indicator.name(shown.lang()),
            "definition": indicator.definition(shown.lang()),
            "url": reverse("indicator", args=[indicator.code]),
            "other_url": f"{reverse('figure_enter')}?{urlencode(_kept(typed))}",
        },
        "places": _places(mine, typed.get("place", "")),
        "selects": [*selects, select_field("kind", _("Thực hiện hay kế hoạch"), kind, chosen, errors)],
        "maturity": select_field(
            "maturity",
            _("Mức chính thức"),
            [(one.value, str(one.label)) for one in Maturity],
            lambda name: typed.get(name) or Maturity.FINAL,
            errors,
        ),
        "emptiness": select_field(
            "emptiness",
            _("hoặc không có số vì"),
            [("", _("có số")), *((one.value, str(one.label)) for one in Emptiness)],
            chosen,
            errors,
        ),
        "currency": select_field(
            "currency",
            _("Loại tiền, khi không có số"),
            [("", _("theo đơn vị đã ghi")), *((one, one) for one in currencies_of(indicator))],
            chosen,
            errors,
        )
        if currencies_of(indicator)
        else None,
        "units": _units(indicator),
    }


def _places(mine: Reach, chosen: str) -> list[dict[str, Any]]:
    """Places to choose from in two groups: those that the reader's authority answers for, and the others."""
    own, choices = places_answered_for(mine.own), place_choices(also=chosen)
    groups = [
        (_("Nơi cơ quan mình trả lời"), [one for one in choices if one[0] in own]),
        (_("Nơi khác: đứng như lời của cơ quan khác"), [one for one in choices if one[0] not in own]),
    ]
    return [
        {
            "label": label,
            "options": [{"value": key, "label": words, "selected": key == chosen} for key, words in options],
        }
        for label, options in groups
        if options
    ]


def _units(indicator: Indicator) -> str:
    """Units that the number may be written in: "USD, đồng"."""
    codes = [unit_of_cell(indicator, currency) for currency in currencies_of(indicator)[:2] or ("",)]
    return ", ".join(unit_of(code).vi if shown.lang() == "vi" else unit_of(code).en for code in codes)
