"""Pointing out how a workbook is read: head rows, the column of names, what rows and columns say; trying, keeping."""

from __future__ import annotations

from collections.abc import Mapping as Tables
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import dimensions, indicators, indicators_in_use
from sokhu.areas.ledger import shown as ledger_shown
from sokhu.areas.reporting import actions, queries, shown
from sokhu.areas.reporting.models import BoardWorkbook
from sokhu.areas.territory.queries import known_place, place_choices
from sokhu.areas.territory.scope import reach
from sokhu.core.answer import OWNERSHIPS
from sokhu.core.period import parse
from sokhu.core.problems import Problem, Problems
from sokhu.core.units import read_unit
from sokhu.core.workbook.forms import forms
from sokhu.core.workbook.grid import Sheet, Workbook, letters
from sokhu.core.workbook.labels import key, unit_in
from sokhu.core.workbook.mapping import Mapping, Says
from sokhu.core.workbook.marks import Reading
from sokhu.core.workbook.pointing import (
    ROWS,
    Named,
    Pointed,
    RowsAre,
    column_in,
    columns_of,
    mapping_from,
    rows_in,
    rows_of,
)
from sokhu.core.workbook.values import said
from sokhu.kit.wording import all_worded, lang, worded

EARLY = ("estimate", "preliminary")
SEPARATOR = " · "  # between an indicator's name and its code, in the list that one types into
Typed = Tables[str, str]


@dataclass
class _Screen:
    """What the page is made of, step by step."""

    stored: BoardWorkbook
    workbook: Workbook
    typed: dict[str, str]
    errors: list[str] = field(default_factory=list)
    pointed: Pointed | None = None
    mapping: Mapping | None = None
    reading: Reading | None = None

    @property
    def number(self) -> int:
        text = self.typed.get("bang", "")
        visible = [number for number, one in enumerate(self.workbook.sheets) if not one.is_hidden] or [0]
        return int(text) if text.isdecimal() and int(text[:6]) < len(self.workbook.sheets) else visible[0]

    @property
    def sheet(self) -> Sheet:
        return self.workbook.sheets[self.number]


def make_mapping(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """GET shows the sheet and what was pointed at; POST tries a mapping, or keeps it under its name."""
    mine = reach(request)
    stored = queries.workbook_for(mine, document_id)
    mine.must_write_for(stored.document.owner)
    values = request.POST if request.method == "POST" else request.GET
    typed = {name: str(value).replace("\x00", "").strip() for name, value in values.items()}
    screen = _Screen(stored, queries.sheets_of(stored), typed)
    if not screen.workbook.sheets:
        raise Problem("workbook.not_recognised")
    _point(screen)
    if request.method == "POST" and screen.pointed:
        _try(screen)
        if screen.mapping and "luu" in typed and not screen.errors:
            try:
                user = request.user if request.user.is_authenticated else None
                saved = actions.save_mapping(mine, screen.mapping, by=user)
            except Problem as problem:
                screen.errors.append(worded(problem, lang()))
            else:
                messages.success(request, _("Đã lưu cách đọc. Bảng tính giống thế này lần sau sẽ được nhận ra."))
                chosen = urlencode({"doc": saved.name, "noi": typed.get("noi", ""), "ky": typed.get("ky", "")})
                return redirect(f"{reverse('workbook', args=[document_id])}?{chosen}")
    return render(request, "reporting/mapping.html", _context(screen), status=422 if screen.errors else 200)


def _point(screen: _Screen) -> None:
    """Head rows and the column of names, once they are typed."""
    if not screen.typed.get("dau"):
        return
    try:
        top, bottom = rows_in(screen.typed["dau"])
        rows_are: RowsAre = next((one for one in ROWS if one == screen.typed.get("dong")), "places")
        screen.pointed = Pointed(top, bottom, column_in(screen.typed.get("nhan", "")), rows_are)
        if not columns_of(screen.sheet, screen.pointed):
            raise Problem("workbook.no_head", found=screen.typed["dau"])
    except Problem as problem:
        screen.pointed = None
        screen.errors.append(worded(problem, lang()))


def _try(screen: _Screen) -> None:
    """The mapping that was described, and what it would take."""
    assert screen.pointed is not None
    told: list[Problem] = []
    whole = _says(screen.typed, "", told)
    columns = {
        one.number: _says(screen.typed, f"c{one.number}_", told) for one in columns_of(screen.sheet, screen.pointed)
    }
    named = rows_of(screen.sheet, screen.pointed) if screen.pointed.rows_are == "named" else []
    rows = {one.number: _says(screen.typed, f"r{one.number}_", told) for one in named}
    try:
        if told:
            raise Problems(told)
        place, period = screen.typed.get("noi", ""), screen.typed.get("ky", "")
        says = Says(place=known_place(place) if place else "", period=parse(period).name if period else "")
        name = screen.typed.get("ten", "")
        screen.mapping = mapping_from(screen.sheet, screen.pointed, name, whole or Says(), columns, rows)
        screen.reading = queries.reading_of(screen.workbook, screen.mapping, says)
    except (Problem, Problems) as error:
        screen.errors += all_worded(error, lang())


def _says(typed: Typed, prefix: str, told: list[Problem]) -> Says | None:
    """What the fields of a row or column say; None where it is left out."""
    if prefix and typed.get(f"{prefix}bo"):
        return None
    state = typed.get(f"{prefix}kh", "")
    says = Says(
        indicator=typed.get(f"{prefix}chi", "").rpartition(SEPARATOR)[2].strip(),
        unit=typed.get(f"{prefix}dv", ""),
        ownership=typed.get(f"{prefix}von", ""),
        zone_kind=typed.get(f"{prefix}loai", ""),
        kind="plan" if state == "plan" else "",
        maturity=state if state in EARLY else "",
    )
    if says.indicator and says.indicator not in indicators():
        told.append(Problem("workbook.no_indicator", found=says.indicator))
    if says.unit:
        try:
            read_unit(says.unit)
        except Problem as problem:
            told.append(problem)
    if period := typed.get(f"{prefix}ky", "") if prefix else "":
        try:
            says = replace(says, period=parse(period).name)
        except Problem as problem:
            told.append(problem)
    return says


def _context(screen: _Screen) -> dict[str, Any]:
    document = screen.stored.document
    here = reverse("workbook_mapping", args=[document.pk])
    pointed = screen.pointed
    named_rows = pointed is not None and pointed.rows_are == "named"
    return {
        "title": _("Chỉ cách đọc"),
        "subtitle": _("Chỉ hàng tiêu đề, cột tên dòng, rồi nói mỗi cột là chỉ tiêu gì. Lưu lại để lần sau tự nhận ra."),
        "crumbs": [
            {"label": _("Biểu mẫu"), "url": reverse("forms")},
            {"label": document.title[:60], "url": reverse("workbook", args=[document.pk])},
            {"label": _("Chỉ cách đọc")},
        ],
        "errors": screen.errors,
        "here": here,
        "typed": {name: screen.typed.get(name, "") for name in ("dau", "nhan", "dong", "ten", "noi", "ky", "dv")},
        "number": screen.number,
        "sheet_choices": [{"value": at, "label": one.name} for at, one in enumerate(screen.workbook.sheets)],
        "rows_are": [
            ("places", _("mỗi dòng một nơi (khu, tỉnh)")),
            ("periods", _("mỗi dòng một kỳ")),
            ("named", _("mỗi dòng một chỉ tiêu")),
        ],
        "columns_asked": _asked(screen, "c", columns_of(screen.sheet, pointed)) if pointed else [],
        "rows_asked": _asked(screen, "r", rows_of(screen.sheet, pointed)) if pointed and named_rows else [],
        "columns_name": not named_rows,
        "indicators": [f"{one.name(lang())}{SEPARATOR}{one.code}" for one in indicators_in_use() if not one.comparison],
        "places": [{"value": value, "label": label} for value, label in place_choices()],
        "ownerships": OWNERSHIPS,
        "kinds": [one.key for one in dimensions().dimensions["zone_kind"].words.values() if one.retired is None],
        "counts": screen.reading.counts() if screen.reading else None,
        "unknown": shown.unknown_of(screen.reading) if screen.reading else [],
        **_sheet_shown(screen),
    }


def _asked(screen: _Screen, letter: str, named: list[Named]) -> list[dict[str, Any]]:
    """The fields of each row or column: as sent, else what its own words suggest."""
    sent = "ten" in screen.typed
    found = []
    for one in named:
        prefix = f"{letter}{one.number}_"
        suggested = Says() if sent else _suggested(one.label)
        code = suggested.indicator
        found.append(
            {
                "prefix": prefix,
                "where": letters(one.number) if letter == "c" else str(one.number + 1),
                "label": one.label,
                "sample": one.sample,
                "chi": screen.typed.get(
                    f"{prefix}chi", f"{ledger_shown.indicator_name(code)}{SEPARATOR}{code}" if code else ""
                ),
                "dv": screen.typed.get(f"{prefix}dv", suggested.unit),
                "von": screen.typed.get(f"{prefix}von", suggested.ownership),
                "loai": screen.typed.get(f"{prefix}loai", ""),
                "kh": screen.typed.get(f"{prefix}kh", ""),
                "ky": screen.typed.get(f"{prefix}ky", ""),
                "bo": bool(screen.typed.get(f"{prefix}bo"))
                if sent
                else not (code or (letter == "c" and _looks_like_number(one))),
            }
        )
    return found


def _looks_like_number(one: Named) -> bool:
    try:
        return said(one.sample).number is not None
    except Problem:
        return False


def _suggested(label: str) -> Says:
    """What a label is called in the catalogue or in a shipped form; nothing where no name is the same."""
    leaf = key(label.rpartition(" / ")[2])
    unit = unit_in(label)
    known = next((one for one in indicators_in_use() if key(one.name_vi) == leaf), None)
    if known:
        return Says(indicator=known.code, unit=unit.words("vi") if unit else "")
    labels = (one for form in forms().values() for sheet in form.sheets for one in (*sheet.rows, *sheet.columns))
    found = next((one.says for one in labels if leaf in one.leaves and one.says.indicator), Says())
    return replace(found, unit=unit.words("vi") if unit else found.unit, ownership="", other="")


def _sheet_shown(screen: _Screen) -> dict[str, Any]:
    reading = screen.reading or queries.reading_of(screen.workbook, Mapping("", "", ()), Says())
    sheet = reading.sheets[screen.number]
    return {"sheet": sheet.sheet.name, "columns": shown.columns_of(sheet), "rows": shown.rows_of(sheet, 0)}
