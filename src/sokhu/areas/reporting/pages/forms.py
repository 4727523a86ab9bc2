"""Forms: picking one filled from the ledger, bringing one back, and the workbooks that came in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sokhu.areas.ledger import shown
from sokhu.areas.reporting import actions, queries
from sokhu.areas.reporting.filling import FilledForm, FilledSheet, filled_form
from sokhu.areas.sources.actions import Described
from sokhu.areas.sources.models import StreamKind
from sokhu.areas.territory.queries import Reach, authority_name, home_places, place_choices
from sokhu.areas.territory.scope import reach
from sokhu.core.folding import folded
from sokhu.core.numbers import format_number
from sokhu.core.period import parse, printed
from sokhu.core.problems import Problem, Problems
from sokhu.core.workbook.forms import forms
from sokhu.core.workbook.mapping import Mapping
from sokhu.kit.paging import paged
from sokhu.kit.registers.declaration import register_of
from sokhu.kit.uploads import must_fit, upload_limit
from sokhu.kit.wording import all_worded, lang, worded

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Errors = dict[str, list[str]]
NOT_SHOWN = frozenset({"number", "place", "name"})  # what the name of a row says


def form_list(request: HttpRequest, errors: Errors | None = None, *, status: int = 200) -> HttpResponse:
    mine = reach(request)
    rows, pager = paged(request, queries.visible_workbooks(mine).defer("grid", "mapping"), size=20)
    chosen = request.POST.get("stream", "return" if mine.home.startswith("board/") else "national")
    context = {
        "title": _("Biểu mẫu"),
        "subtitle": _("Biểu của bộ lấy số từ sổ; bảng tính gửi về được đọc từng ô và đưa ra duyệt."),
        "forms": [_form_line(one) for one in forms().values()],
        "places": _places(mine, request.GET.get("noi", "")),
        "period": request.GET.get("ky", str(timezone.localdate().year - 1)),
        "streams": [
            {"value": value, "label": label, "help": words, "selected": value == chosen}
            for value, label, words in _streams(mine)
        ],
        "speaker": request.POST.get("speaker", ""),
        "rows": [_workbook_line(row) for row in rows],
        "pager": pager,
        "mappings": [{"name": one.name, "owner": authority_name(one.owner)} for one in queries.saved_mappings(mine)],
        "can_add": bool(mine.own),
        "errors": errors or {},
        "limit": upload_limit(),
    }
    return render(request, "reporting/forms.html", context, status=status)


def _form_line(one: Mapping) -> dict[str, str]:
    return {
        "name": one.name,
        "symbol": one.symbol,
        "title": one.title_en if lang() == "en" else one.title_vi,
        "source": one.source,
        "rebuilt": one.layout,
        "of_registers": ", ".join(
            " ".join(label.parts) for sheet in one.sheets for label in sheet.columns if label.register
        ),
    }


def _places(mine: Reach, chosen: str) -> list[dict[str, Any]]:
    """Boards and provinces: the reader's own first, then all provinces."""
    own = dict.fromkeys([*([mine.home] if mine.home.startswith("board/") else []), *home_places(mine)])
    others = [(key, name) for key, name in place_choices() if key.startswith("province/") and key not in own]
    named = [(key, authority_name(key)) for key in own if not key.startswith("country/")]
    return [
        {"value": key, "label": name, "selected": key == chosen}
        for key, name in [*named, *sorted(others, key=lambda pair: folded(pair[1]))]
    ]


def _streams(mine: Reach) -> list[tuple[str, str, str]]:
    own = (
        StreamKind.RETURN.value,
        _("Biểu của %(home)s") % {"home": authority_name(mine.home)},
        _("Lời của chính cơ quan bạn, đứng trước nguồn khác."),
    )
    return [
        own,
        (
            StreamKind.NATIONAL.value,
            _("Xuất từ hệ thống quốc gia"),
            _("Đứng thành nguồn riêng; chỗ lệch với sổ được liệt kê."),
        ),
        (StreamKind.OTHER_BODY.value, _("Cơ quan khác"), _("Ghi tên cơ quan ở ô dưới.")),
    ]


def _workbook_line(row: Any) -> dict[str, str]:
    document = row.document
    return {
        "title": document.title,
        "url": reverse("workbook", args=[document.pk]),
        "kind": shown.stream_words(document.stream_kind),
        "speaker": shown.speaker_words(document.speaker),
        "period": row.period,
        "added": shown.moment_words(document.added_at),
    }


def download(request: HttpRequest) -> HttpResponse:
    """A form filled from the ledger, as the reader may see it."""
    return _filled(request, _as_file)


def one_form(request: HttpRequest) -> HttpResponse:
    """The same on screen: every figure opens its path, every word of a register its record."""
    return _filled(request, _on_screen)


def _filled(
    request: HttpRequest, shown_by: Callable[[HttpRequest, str, str, str, FilledForm], HttpResponse]
) -> HttpResponse:
    name, place, period = (request.GET.get(key, "").replace("\x00", "") for key in ("bieu", "noi", "ky"))
    try:
        if name not in forms():
            raise Problem("workbook.no_mapping", found=name, known=", ".join(forms()))
        made = filled_form(reach(request), forms()[name], place, period)
    except Problem as problem:
        if problem.code.startswith("access."):
            raise
        field = "period" if problem.code.startswith("period.") else "download"
        return form_list(request, {field: [worded(problem, lang())]}, status=422)
    return shown_by(request, name, place, period, made)


def _on_screen(request: HttpRequest, name: str, place: str, period: str, made: FilledForm) -> HttpResponse:
    form, asked = forms()[name], urlencode({"bieu": name, "noi": place, "ky": period})
    context = {
        "title": f"{form.symbol} · {form.title_en if lang() == 'en' else form.title_vi}",
        "subtitle": f"{authority_name(place)} · {printed(parse(period), lang())}",
        "crumbs": [{"label": _("Biểu mẫu"), "url": reverse("forms")}, {"label": form.name}],
        "tables": [_table(one) for one in made.tables],
        "known": format_number(made.known, lang=lang()),
        "asked": format_number(made.asked, lang=lang()),
        "file_url": f"{reverse('form_download')}?{asked}",
    }
    return render(request, "reporting/form.html", context)


def _table(one: FilledSheet) -> dict[str, Any]:
    columns = [(number, label) for number, label in enumerate(one.mapped.columns) if label.role not in NOT_SHOWN]
    return {
        "name": one.mapped.title or one.mapped.name,
        "columns": [{"name": " · ".join(label.parts), "is_text": bool(label.register)} for _number, label in columns],
        "rows": [
            {"name": name, "cells": [_cell(one, (row, number)) for number, _label in columns]}
            for row, name in enumerate(one.rows)
        ],
    }


def _cell(one: FilledSheet, key: tuple[int, int]) -> dict[str, Any]:
    """A figure with its path, or words with the record that they are from."""
    told, cell = one.told.get(key), one.cells.get(key)
    if told is not None:
        thing = told.things[0] if told.things else None
        url = reverse("thing", args=[register_of(type(thing)).code, thing.pk]) if thing else ""
        return {"text": told.text, "url": url, "lineage": told.lineage}
    return {"figure": shown.of_answer(cell.answer) if cell else None}


def _as_file(request: HttpRequest, name: str, place: str, period: str, made: FilledForm) -> HttpResponse:
    response = HttpResponse(made.workbook(), content_type=XLSX)
    filename = f"bieu-{name}-{slugify(place.partition('/')[2])}-{slugify(parse(period).name)}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Keeps a workbook and leads to the page on which its cells are seen."""
    mine = reach(request)
    mine.must_write_for(mine.home)
    errors: Errors = {}
    described = _described(request, mine, errors)
    file = request.FILES.get("file")
    if file is None:
        errors["file"] = [_("Chọn một tệp .xlsx hoặc .xls.")]
    if errors or file is None:
        return form_list(request, errors, status=422)
    user = request.user if request.user.is_authenticated else None
    try:
        must_fit(file)
        kept = actions.bring_in(mine, file.read(), file.name or "", described, by=user, owner=mine.home)
    except (Problem, Problems) as error:
        return form_list(request, {"file": all_worded(error, lang())}, status=422)
    return redirect("workbook", kept.pk)


def _described(request: HttpRequest, mine: Reach, errors: Errors) -> Described:
    """Whose workbook it is: the reader's own authority's, the national system's, or another body's by name."""
    typed = " ".join(request.POST.get("speaker", "").replace("\x00", "").split())[:120]
    speakers = {
        StreamKind.RETURN.value: mine.home,
        StreamKind.NATIONAL.value: actions.NATIONAL_SYSTEM,
        StreamKind.OTHER_BODY.value: typed,
    }
    kind = request.POST.get("stream", "")
    if kind not in speakers:
        errors["speaker"] = [_("Chọn bảng tính này là của ai.")]
    elif not speakers[kind]:
        errors["speaker"] = [_("Ghi tên cơ quan nói những số này.")]
    return Described(stream_kind=kind, speaker=speakers.get(kind, ""))


@require_POST
def delete_mapping(request: HttpRequest) -> HttpResponse:
    actions.delete_mapping(reach(request), request.POST.get("ten", ""))
    messages.success(request, _("Đã bỏ cách đọc; số liệu đã nhận không đổi."))
    return redirect("forms")
