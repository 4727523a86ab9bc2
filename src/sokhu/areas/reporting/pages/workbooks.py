"""A workbook that came in: its sheets with what becomes of every cell, and proposing what is taken."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sokhu.areas.ledger import shown as ledger_shown
from sokhu.areas.ledger.models import Proposal
from sokhu.areas.reporting import actions, queries, shown
from sokhu.areas.reporting.models import BoardWorkbook
from sokhu.areas.territory.queries import Reach, name_of, place_choices
from sokhu.areas.territory.scope import reach
from sokhu.core.period import parse, printed
from sokhu.core.problems import Problem
from sokhu.core.workbook.grid import Workbook
from sokhu.core.workbook.mapping import Mapping, Says, mapping_of
from sokhu.core.workbook.marks import Reading
from sokhu.kit.wording import lang, worded


def workbook(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Shows the workbook by the mapping, place and period of the address; POST proposes what that takes."""
    mine = reach(request)
    stored = queries.workbook_for(mine, document_id)
    typed = request.POST if request.method == "POST" else request.GET
    sheets = queries.sheets_of(stored)
    mapping = _mapping(mine, stored, sheets, _typed(typed, "doc"))
    errors: list[str] = []
    says = Says(place=stored.place, period=stored.period)
    if mapping and not stored.mapping:
        try:
            says = queries.said_of_all(mine, sheets, mapping, _typed(typed, "noi"), _typed(typed, "ky"))
        except Problem as problem:
            errors.append(worded(problem, lang()))
    if request.method == "POST" and mapping and not errors:
        try:
            user = request.user if request.user.is_authenticated else None
            actions.propose(mine, stored, mapping, says, by=user)
            messages.success(request, _("Đã đưa ra duyệt. Xem và nhận từng số bên dưới."))
            return redirect("document", stored.pk)
        except Problem as problem:
            if problem.code.startswith("access."):
                raise
            errors.append(worded(problem, lang()))
    reading = queries.reading_of(sheets, mapping or _NO_MAPPING, says)
    context = _context(request, mine, stored, mapping, says, reading) | {"errors": errors}
    return render(request, "reporting/workbook.html", context, status=422 if errors else 200)


_NO_MAPPING = Mapping("", "", ())


def _typed(values: Any, name: str) -> str:
    return str(values.get(name, "")).replace("\x00", "").strip()


def _mapping(mine: Reach, stored: BoardWorkbook, sheets: Workbook, name: str) -> Mapping | None:
    """The one it was proposed by, the one chosen, or the one that fits best."""
    if stored.mapping:
        return mapping_of(stored.mapping)
    if name:
        return queries.mapping_named(mine, name)
    return next(iter(queries.fitting_mappings(mine, sheets)), None)


def _context(
    request: HttpRequest, mine: Reach, stored: BoardWorkbook, mapping: Mapping | None, says: Says, reading: Reading
) -> dict[str, Any]:
    document = stored.document
    said_by = f"{ledger_shown.stream_words(document.stream_kind)}: {ledger_shown.speaker_words(document.speaker)}"
    here = reverse("workbook", args=[document.pk])
    return {
        "title": document.title,
        "subtitle": said_by,
        "crumbs": [{"label": _("Biểu mẫu"), "url": reverse("forms")}, {"label": document.title[:60]}],
        "counts": reading.counts(),
        "mapping": mapping.name if mapping else "",
        "mappings": [
            {"value": name, "label": f"{name} · {one.title_vi}" if one.title_vi != name else name}
            for name, one in queries.mappings_for(mine).items()
        ],
        "chosen": {
            "place": request.GET.get("noi", "") if not stored.mapping else says.place,
            "name": name_of(says.place) if says.place else "",
            "period": _period_words(says.period),
        },
        "places": [{"value": value, "label": label} for value, label in place_choices(also=says.place)],
        "here": here,
        "map_url": reverse("workbook_mapping", args=[document.pk]),
        "review_url": reverse("document", args=[document.pk])
        if Proposal.objects.filter(document=document).exists()
        else "",
        "editable": mine.may_write_for(document.owner),
        "unknown": shown.unknown_of(reading),
        "totals": shown.totals_of(reading),
        **_sheet_context(request, reading, here),
    }


def _period_words(name: str) -> str:
    return printed(parse(name), lang()) if name else ""


def _sheet_context(request: HttpRequest, reading: Reading, here: str) -> dict[str, Any]:
    """One sheet at a time, the asked one, else the first that the mapping knows; rows from the asked one on."""
    sheets = reading.sheets
    known = next((number for number, one in enumerate(sheets) if one.mapped), 0)
    number = _number(request.GET.get("bang"), known, len(sheets) - 1)
    if not sheets:
        return {"sheets": [], "rows": [], "columns": []}
    sheet = sheets[number]
    first = _number(request.GET.get("tu"), 1, max(len(sheet.marks), 1)) - 1
    query = request.GET.copy()

    def link(**changes: int) -> str:
        for name, value in changes.items():
            query[name] = str(value)
        return f"{here}?{query.urlencode()}"

    following = first + shown.ROWS_SHOWN
    chips = [
        {
            "label": one.sheet.name,
            "value": shown.sheet_counts(one)["taken"],
            "url": link(bang=order, tu=1),
            "active": order == number,
        }
        for order, one in enumerate(sheets)
    ]
    return {
        "sheets": chips,
        "sheet": sheet.sheet.name,
        "columns": shown.columns_of(sheet),
        "rows": shown.rows_of(sheet, first),
        "next_url": link(bang=number, tu=following + 1) if following < len(sheet.marks) else "",
        "previous_url": link(bang=number, tu=max(first - shown.ROWS_SHOWN, 0) + 1) if first else "",
    }


def _number(text: str | None, usual: int, most: int) -> int:
    return max(0, min(int(text), most)) if text and text.isdecimal() and len(text) < 8 else usual
