"""A zone's boundary drawn with its neighbours, its history, what it is held against; all zones on the map."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sokhu.areas.territory.maps import MapMark, map_of
from sokhu.areas.territory.queries import Reach, name_of
from sokhu.areas.territory.scope import reach
from sokhu.areas.zones import boundaries, outlines
from sokhu.areas.zones.drawing import Drawn, View, drawing, view_of
from sokhu.areas.zones.models import Boundary, Decision, Zone
from sokhu.areas.zones.registry import DECISIONS, ZONES
from sokhu.core.numbers import format_number
from sokhu.core.quantity import unscaled
from sokhu.documents.geo.placing import VIET_NAM
from sokhu.documents.geo.shape import polygons_of
from sokhu.documents.geo.systems import CHOICES
from sokhu.kit.paging import paged
from sokhu.kit.registers.queries import belonging_to, thing_of, visible
from sokhu.kit.wording import lang, worded

SIMPLER = 900  # a drawing shows no more than about so many steps across
# Zoom, and steps to the east and north in parts of what is seen.
_MOVES: tuple[tuple[str, float, float, float], ...] = (
    *(("+", 2, 0, 0), ("−", 0.5, 0, 0)),
    *(("←", 1, -0.3, 0), ("→", 1, 0.3, 0)),
    *(("↑", 1, 0, 0.3), ("↓", 1, 0, -0.3)),
)


def boundary_page(request: HttpRequest, zone_id: UUID) -> HttpResponse:
    mine = reach(request)
    zone = thing_of(ZONES, mine, zone_id)
    day = _day(request.GET.get("ngay", "")) or timezone.localdate()
    all_of_them = boundaries.of_zone(mine, zone)
    now = next((one for one in all_of_them if one.starts <= day), None)
    before = next((one for one in all_of_them if now and one.starts < now.starts), None)
    decisions = list(belonging_to(DECISIONS, mine, zone.pk))
    context = head_of(zone, _("Ranh giới")) | {
        "zone": zone,
        "day": f"{day:%d/%m/%Y}",
        "rows": [_row(one, zone, decisions, one is now) for one in all_of_them],
        "may_write": mine.may_write_for(zone.owner),
        "upload_url": reverse("boundary_new", args=[zone.pk]),
        "geojson_url": reverse("boundary_geojson", args=[zone.pk]),
        "where": where_map(zone, all_of_them),
    }
    if now is not None:
        context |= _shown(request, mine, zone, day, now, before)
    return render(request, "zones/boundary.html", context)


def boundary_geojson(request: HttpRequest, zone_id: UUID) -> HttpResponse:
    """Every boundary of a zone and of its plots, with the days from which they hold."""
    mine = reach(request)
    zone = thing_of(ZONES, mine, zone_id)
    plots = boundaries.of_plots(mine, zone, date.max)
    return _as_file([*boundaries.of_zone(mine, zone), *plots], zone.place.partition("/")[2])


def all_geojson(request: HttpRequest) -> HttpResponse:
    """The boundaries of all zones in force on a day."""
    day = _day(request.GET.get("ngay", "")) or timezone.localdate()
    return _as_file(boundaries.on_day(reach(request), day).defer(None), f"ranh-gioi-{day.isoformat()}")


def all_boundaries(request: HttpRequest) -> HttpResponse:
    """The zones that have a boundary: on the map of the country and in a table, held against what was decided."""
    mine = reach(request)
    day = timezone.localdate()
    known = list(boundaries.on_day(mine, day))
    decisions = _decisions_of([one.zone for one in known], mine)
    lines = [_line(one, decisions.get(one.zone_id, [])) for one in known]
    rows, pager = paged(request, lines)
    marks = [MapMark(one.zone.place, at=_middle(one)) for one in known]
    context = {
        "title": _("Ranh giới các khu"),
        "subtitle": _("Hình vẽ đang có hiệu lực của từng khu, so với diện tích theo văn bản."),
        "crumbs": [
            *_way_to_zones(),
            {"label": _("Ranh giới")},
        ],
        "rows": rows,
        "pager": pager,
        "count": len(known),
        "differing": sum(one["differs"] for one in lines),
        "without": visible(ZONES, mine).count() - len(known),
        "map": map_of(day, title=_("Các khu đã có ranh giới"), marks=marks) if known else None,
        "geojson_url": reverse("boundaries_geojson"),
    }
    return render(request, "zones/boundaries.html", context)


def head_of(zone: Zone, last: str) -> dict[str, Any]:
    """Title and way back of a page about a zone's boundary."""
    return {
        "title": f"{last}: {zone.name}" if last else zone.name,
        "subtitle": name_of(zone.province),
        "crumbs": [
            *_way_to_zones(),
            {"label": zone.name, "url": thing_url("zones", zone.pk)},
            {"label": last},
        ],
    }


def _way_to_zones() -> list[dict[str, str]]:
    return [
        {"label": _("Hồ sơ quản lý"), "url": reverse("registers")},
        {"label": _("Khu công nghiệp, khu kinh tế"), "url": reverse("register", args=["zones"])},
    ]


def thing_url(code: str, pk: UUID) -> str:
    return reverse("thing", args=[code, pk])


def where_map(zone: Zone, known: Sequence[Boundary]) -> dict[str, Any]:
    """Where in Viet Nam the zone lies: the map of the country, both archipelagos on it."""
    at = _middle(known[0]) if known else None
    return map_of(
        timezone.localdate(), title=_("Vị trí"), marks=[MapMark(zone.place, at=at)], selected=zone.province, id="where"
    )


def drawn_of(one: Boundary, sort: Any, view: View, *, name: str = "", url: str = "") -> Drawn:
    """A boundary for a drawing, without points that it would not show."""
    from sokhu.documents.geo.measure import simplified

    said = f"{name or one.zone.name}: {ha(one.area)} ha"
    return Drawn(sort, simplified(polygons_of(one.geometry), view.km * 1000 / SIMPLER), said, name, url)


def ha(amount: int | None) -> str:
    """Hectares to the square metre at most: "461,0217"; "" for none."""
    return "" if amount is None else format_number(unscaled(amount), places=2, lang=lang())


def system_name(code: str) -> str:
    return next((one.name for one in CHOICES if one.code == code), code)


def _shown(
    request: HttpRequest, mine: Reach, zone: Zone, day: date, now: Boundary, before: Boundary | None
) -> dict[str, Any]:
    polygons = polygons_of(now.geometry)
    whole = [polygons, *([polygons_of(before.geometry)] if before else [])]
    view = _asked_view(request) or view_of(whole)
    near = boundaries.neighbours(mine, zone, _box(view, now), day)
    shared = boundaries.overlapping(zone, polygons, near)
    plots = boundaries.of_plots(mine, zone, day)
    drawn = [
        *[drawn_of(one, "neighbour", view, name=one.zone.name, url=_url(one.zone)) for one in near],
        *([drawn_of(before, "before", view)] if before else []),
        drawn_of(now, "now", view, name="" if plots else zone.name),
        *[drawn_of(one, "plot", view, name=one.plot.code if one.plot else "") for one in plots],
        *[Drawn("overlap", pair.polygons, _overlap_words(one, pair)) for one, pair in shared],
    ]
    title = _("Ranh giới có hiệu lực từ %(day)s") % {"day": f"{now.starts:%d/%m/%Y}"}
    return {
        "ground": drawing(drawn, view, title=title) | {"moves": _moves(request, view)},
        "overlaps": [
            {"name": one.zone.name, "url": _url(one.zone), "ha": _decimal(pair.area_ha)} for one, pair in shared
        ],
        "plots": [_plot_line(one) for one in boundaries.drawn_plots(plots, zone, polygons)],
        "neighbours": [{"name": one.zone.name, "url": _url(one.zone), "ha": ha(one.area)} for one in near],
    }


def _row(one: Boundary, zone: Zone, decisions: Sequence[Decision], is_now: bool) -> dict[str, Any]:
    found = boundaries.checked(one, zone, decisions)
    return {
        "starts": f"{one.starts:%d/%m/%Y}",
        "url": f"?ngay={one.starts.isoformat()}",
        "thing_url": thing_url("boundaries", one.pk),
        "is_now": is_now,
        "decision": one.decision.number if one.decision else "",
        "ha": ha(one.area),
        "decided": ha(found.decided),
        "decided_by": found.decision.number if found.decision else "",
        "difference": ha(found.difference),
        "finding": worded(found.finding, lang()) if found.finding else "",
        "outline": outlines.told(one.geometry),
        "file": one.file_name,
        "system": system_name(one.system) if one.system else "",
        "digest": one.file_digest[:12],
    }


def _plot_line(one: boundaries.DrawnPlot) -> dict[str, Any]:
    plot = one.boundary.plot
    return {
        "code": plot.code if plot else "",
        "url": thing_url("plots", plot.pk) if plot else "",
        "ha": ha(one.checked.area),
        "decided": ha(one.checked.decided),
        "difference": ha(one.checked.difference),
        "differs": one.checked.finding is not None,
        "outside": _decimal(one.outside_ha) if one.sticks_out else "",
    }


def _line(one: Boundary, decisions: Sequence[Decision]) -> dict[str, Any]:
    found = boundaries.checked(one, one.zone, decisions)
    return {
        "name": one.zone.name,
        "url": _url(one.zone),
        "province": name_of(one.zone.province),
        "starts": f"{one.starts:%d/%m/%Y}",
        "ha": ha(one.area),
        "decided": ha(found.decided),
        "difference": ha(found.difference),
        "differs": found.finding is not None,
    }


def _decisions_of(zones: Sequence[Zone], mine: Reach) -> dict[UUID, list[Decision]]:
    found: dict[UUID, list[Decision]] = {}
    for one in visible(DECISIONS, mine).filter(zone__in=zones).order_by("day", "number", "pk"):
        found.setdefault(one.zone_id, []).append(one)
    return found


def _asked_view(request: HttpRequest) -> View | None:
    """The view that the address asks for, where it lies in Viet Nam."""
    try:
        lon, lat, km = (float(request.GET[name]) for name in ("kinh", "vi", "km"))
    except (KeyError, ValueError):
        return None
    if not (VIET_NAM[0] <= lon <= VIET_NAM[2] and VIET_NAM[1] <= lat <= VIET_NAM[3] and 0 < km < 1e6):
        return None
    return View(lon, lat, km).closer(1)


def _moves(request: HttpRequest, view: View) -> list[dict[str, str]]:
    """Links that zoom and move, and one that shows it whole again."""
    words = [_("Phóng to"), _("Thu nhỏ"), _("Sang tây"), _("Sang đông"), _("Lên bắc"), _("Xuống nam")]
    kept = {"ngay": day} if (day := request.GET.get("ngay")) else {}
    links = []
    for text, (sign, times, east, north) in zip(words, _MOVES, strict=True):
        to = view.closer(times).moved(east, north)
        asked = kept | {"kinh": f"{to.lon:.6f}", "vi": f"{to.lat:.6f}", "km": f"{to.km:.4f}"}
        links.append({"sign": sign, "text": text, "url": f"?{urlencode(asked)}"})
    return [*links, {"sign": "⤢", "text": _("Cả ranh giới"), "url": f"?{urlencode(kept)}"}]


def _box(view: View, now: Boundary) -> tuple[int, int, int, int]:
    """What is seen, and the boundary whole: overlaps are found outside the view too."""
    west, south, east, north = (outlines.steps(one) for one in view.bounds)
    return min(west, now.west), min(south, now.south), max(east, now.east), max(north, now.north)


def _middle(one: Boundary) -> tuple[float, float]:
    """Latitude and longitude of the middle of its box."""
    return outlines.degrees((one.south + one.north) // 2), outlines.degrees((one.west + one.east) // 2)


def _overlap_words(one: Boundary, pair: Any) -> str:
    return _("chồng lấn với %(name)s: %(ha)s ha") % {"name": one.zone.name, "ha": _decimal(pair.area_ha)}


def _decimal(value: Any) -> str:
    return format_number(value, places=2, lang=lang())


def _url(zone: Zone) -> str:
    return reverse("boundary", args=[zone.pk])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _as_file(found: Any, name: str) -> HttpResponse:
    response = HttpResponse(boundaries.as_features(found), content_type="application/geo+json")
    response["Content-Disposition"] = f'attachment; filename="{name}.geojson"'
    return response
