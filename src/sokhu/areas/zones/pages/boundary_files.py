"""A boundary from a file: uploaded, seen on the ground with what was found, read in another system if need be, kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import territory
from sokhu.areas.territory.queries import Reach
from sokhu.areas.territory.scope import reach
from sokhu.areas.zones import boundaries, outlines
from sokhu.areas.zones.drawing import Drawn, drawing, view_of
from sokhu.areas.zones.models import Boundary, Decision, Plot, Zone
from sokhu.areas.zones.pages.boundaries import SIMPLER, drawn_of, ha, head_of, system_name
from sokhu.areas.zones.registry import DECISIONS, ZONES
from sokhu.core.land.meridians import meridians_of
from sokhu.core.numbers import format_number
from sokhu.core.problems import Problem, Problems
from sokhu.core.quantity import scaled
from sokhu.documents.geo import CHOICES, Shape, read_shapes
from sokhu.documents.geo.shape import polygons_of
from sokhu.documents.geo.systems import THREE_DEGREES, zone_of
from sokhu.kit.registers.models import Upload
from sokhu.kit.registers.queries import belonging_to, thing_of
from sokhu.kit.registers.uploads import keep, new_upload, upload_of
from sokhu.kit.registers.values import day as read_day
from sokhu.kit.uploads import must_fit, upload_limit
from sokhu.kit.wording import all_worded, lang, worded

TOGETHER, BY_PLOT = "gop", "lo"
CODE = "boundaries"


def new_boundary(request: HttpRequest, zone_id: UUID) -> HttpResponse:
    """Takes the file; what is in it is seen on the next page."""
    _mine, zone = _to_write(request, zone_id)
    errors: list[str] = []
    if request.method == "POST":
        try:
            return redirect("boundary_file", zone.pk, _kept(request, zone).pk)
        except Problem as problem:
            errors.append(worded(problem, lang()))
    context = head_of(zone, _("Đưa ranh giới vào")) | {"errors": errors, "limit": upload_limit(), "zone": zone}
    context["back"] = reverse("boundary", args=[zone.pk])
    return render(request, "zones/boundary_new.html", context, status=422 if errors else 200)


def boundary_file(request: HttpRequest, zone_id: UUID, upload_id: UUID) -> HttpResponse:
    """Shows what the file holds, read in the system chosen; POST keeps it."""
    mine, zone = _to_write(request, zone_id)
    upload = upload_of(request.user, CODE, upload_id)
    typed = request.POST if request.method == "POST" else request.GET
    known = boundaries.of_zone(mine, zone)
    chosen = typed.get("he", "")
    shapes, errors = _read(upload, chosen, boundaries.known_position(zone, known))
    decisions = list(belonging_to(DECISIONS, mine, zone.pk))
    if request.method == "POST" and shapes:
        try:
            kept = _keep(mine, zone, upload, shapes, typed, decisions)
            messages.success(request, _kept_words(kept))
            return redirect("boundary", zone.pk)
        except (Problem, Problems) as problem:
            errors += all_worded(problem, lang())
    context = head_of(zone, _("Đưa ranh giới vào")) | {
        "zone": zone,
        "file": upload.name,
        "errors": errors,
        "systems": _systems(zone, chosen),
        "here": reverse("boundary_file", args=[zone.pk, upload.pk]),
        "back": reverse("boundary_new", args=[zone.pk]),
        "form": _form(typed, decisions),
    }
    if shapes:
        context |= _found(mine, zone, shapes, typed, known, decisions)
    return render(request, "zones/boundary_file.html", context, status=422 if errors else 200)


def _to_write(request: HttpRequest, zone_id: UUID) -> tuple[Reach, Zone]:
    """Raises Problem: register.no_such_thing, and what `must_write_for` raises."""
    mine = reach(request)
    zone = thing_of(ZONES, mine, zone_id)
    mine.must_write_for(zone.owner)
    return mine, zone


def _kept(request: HttpRequest, zone: Zone) -> Upload:
    """Raises Problem: geo.no_file, document.too_large."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or not request.user.is_authenticated:
        raise Problem("geo.no_file")
    must_fit(file)
    return keep(new_upload(CODE, request.user, zone.owner, (file.name or "")[-300:], file.read()))


def _read(upload: Upload, chosen: str, near: tuple[float, float] | None) -> tuple[list[Shape], list[str]]:
    try:
        return read_shapes(bytes(upload.data), upload.name, crs=chosen or None, near=near), []
    except Problem as problem:
        return [], [worded(problem, lang())]


def _keep(
    mine: Reach,
    zone: Zone,
    upload: Upload,
    shapes: Sequence[Shape],
    typed: Mapping[str, str],
    decisions: Sequence[Decision],
) -> list[Boundary]:
    wanted = typed.get("hinh", "")
    whole: dict[Plot | None, Shape] = {None: _chosen(shapes, wanted)}
    chosen = boundaries.plots_named(mine, zone, shapes) if wanted == BY_PLOT else whole
    return boundaries.keep(
        mine,
        zone,
        chosen,
        starts=_starts(typed),
        decision=_decision(typed, decisions),
        file=(upload.name, bytes(upload.data)),
        reason=_reason(typed),
    )


def _starts(typed: Mapping[str, str]) -> date:
    text = typed.get("tu", "").strip()
    if not text:
        raise Problem("register.required", where=_("Có hiệu lực từ"))
    return read_day(text)


def _reason(typed: Mapping[str, str]) -> str:
    reason = typed.get("ly-do", "").strip()
    if not reason:
        raise Problem("register.reason_missing")
    return reason


def _decision(typed: Mapping[str, str], decisions: Sequence[Decision]) -> Decision | None:
    return next((one for one in decisions if str(one.pk) == typed.get("van-ban")), None)


def _chosen(shapes: Sequence[Shape], wanted: str) -> Shape:
    """The shape of that number, all of them together, else the largest."""
    if wanted == TOGETHER:
        return boundaries.together(shapes)
    if wanted.isdecimal() and int(wanted) < len(shapes):
        return shapes[int(wanted)]
    return max(shapes, key=lambda one: one.area_ha)


def _found(
    mine: Reach,
    zone: Zone,
    shapes: Sequence[Shape],
    typed: Mapping[str, str],
    known: Sequence[Boundary],
    decisions: Sequence[Decision],
) -> dict[str, Any]:
    """What the file holds, drawn beside what there is, and what is noticed about it."""
    by_plot = boundaries.plots_named(mine, zone, shapes)
    wanted = typed.get("hinh", "") or (BY_PLOT if len(by_plot) > 1 else "")
    seen = list(by_plot.values()) if wanted == BY_PLOT else [_chosen(shapes, wanted)]
    view = view_of([one.polygons for one in seen] + [polygons_of(one.geometry) for one in known[:1]])
    near = boundaries.neighbours(mine, zone, outlines.box_of(tuple(p for one in seen for p in one.polygons)), date.max)
    shared = [pair for one in seen for pair in boundaries.overlapping(zone, one.polygons, near)]
    drawn = [
        *[drawn_of(one, "neighbour", view, name=one.zone.name) for one in near],
        *[drawn_of(one, "before", view) for one in known[:1]],
        *[Drawn("new", _simple(one, view.km), f"{one.name}: {_decimal(one.area_ha)} ha", one.name) for one in seen],
        *[Drawn("overlap", pair.polygons, one.zone.name) for one, pair in shared],
    ]
    notes = dict.fromkeys(worded(note, lang()) for one in seen for note in one.notes)
    return {
        "ground": drawing(drawn, view, title=_("Hình trong tệp, vẽ trên nền đang có")),
        "choices": _choices(shapes, by_plot, wanted, seen),
        "notes": [*notes, *_checks(zone, seen, wanted, typed, decisions)],
        "overlaps": [
            {"name": one.zone.name, "ha": format_number(pair.area_ha, places=2, lang=lang())} for one, pair in shared
        ],
        "system": system_name(seen[0].system),
        "areas": _areas(zone, seen),
    }


def _choices(
    shapes: Sequence[Shape], by_plot: Mapping[Plot | None, Shape], wanted: str, seen: Sequence[Shape]
) -> list[dict[str, Any]]:
    """What of the file can be kept: one shape, all as one, one for each plot by its code."""
    found = [
        {"value": str(number), "label": _name_of(one, number), "more": f"{_decimal(one.area_ha)} ha"}
        for number, one in enumerate(shapes)
    ]
    if len(shapes) > 1:
        found.append({"value": TOGETHER, "label": _("Gộp tất cả thành một ranh giới"), "more": ""})
    if by_plot:
        more = _("%(count)s hình có tên là ký hiệu lô") % {"count": len(by_plot)}
        found.append({"value": BY_PLOT, "label": _("Mỗi lô một ranh giới"), "more": more})
    at = wanted if wanted in (TOGETHER, BY_PLOT) else str(next(n for n, one in enumerate(shapes) if one is seen[0]))
    return [one | {"selected": one["value"] == at} for one in found]


def _checks(
    zone: Zone, seen: Sequence[Shape], wanted: str, typed: Mapping[str, str], decisions: Sequence[Decision]
) -> list[str]:
    if wanted == BY_PLOT:
        return []
    try:
        starts = _starts(typed)
    except Problem:
        starts = timezone.localdate()
    told = boundaries.decided_for(zone, starts, _decision(typed, decisions), decisions)
    finding = boundaries.Checked(scaled(seen[0].area_ha, "ha"), told.decided).finding
    return [worded(Problem(finding.code, zone.name, **finding.params), lang())] if finding else []


def _areas(zone: Zone, seen: Sequence[Shape]) -> list[dict[str, str]]:
    """The area on the ellipsoid, and on the plane of each meridian of the province, as surveyors state it."""
    from sokhu.documents.geo.measure import grid_area_ha

    polygons = [polygon for one in seen for polygon in one.polygons]
    total = ha(sum(scaled(one.area_ha, "ha") for one in seen))
    planes = [zone_of(float(meridian)) for meridian in meridians_of(zone.province, territory())]
    sizes = [(one.name, _decimal(grid_area_ha(polygons, one.meridian or 0))) for one in planes]
    return [
        {"label": _("trên mặt ellipsoid"), "ha": total},
        *({"label": _("trên mặt phẳng %(system)s") % {"system": name}, "ha": size} for name, size in sizes),
    ]


def _systems(zone: Zone, chosen: str) -> list[dict[str, Any]]:
    """What a file may be read in; the province's own meridians first."""
    usual = {float(one) for one in meridians_of(zone.province, territory())}
    ordered = sorted(CHOICES, key=lambda one: not (one.scale == THREE_DEGREES and one.meridian in usual))
    return [{"value": one.code, "label": one.name, "selected": one.code == chosen} for one in ordered]


def _form(typed: Mapping[str, str], decisions: Sequence[Decision]) -> dict[str, Any]:
    chosen = typed.get("van-ban", "")
    return {
        "starts": typed.get("tu", ""),
        "reason": typed.get("ly-do", ""),
        "decisions": [
            {"value": str(one.pk), "label": f"{one.number} ({one.day:%d/%m/%Y})", "selected": str(one.pk) == chosen}
            for one in decisions
        ],
    }


def _kept_words(kept: Sequence[Boundary]) -> str:
    if len(kept) == 1:
        return _("Đã ghi ranh giới %(ha)s ha.") % {"ha": ha(kept[0].area)}
    return _("Đã ghi %(count)s ranh giới lô đất.") % {"count": len(kept)}


def _simple(one: Shape, km: float) -> Any:
    from sokhu.documents.geo.measure import simplified

    return simplified(one.polygons, km * 1000 / SIMPLER)


def _name_of(one: Shape, number: int) -> str:
    return one.name or _("hình %(number)s") % {"number": number + 1}


def _decimal(value: Decimal) -> str:
    return format_number(value, places=2, lang=lang())
