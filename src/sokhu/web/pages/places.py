"""Territory: the two maps, who became whom, and a page for each place with its history and its figures."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import territory
from sokhu.areas.catalogue.stored import NEVER
from sokhu.areas.ledger import queries, shown
from sokhu.areas.ledger.pages.observations import row_of
from sokhu.areas.territory.maps import MapMark, figure_map, map_of
from sokhu.areas.territory.queries import known_place, name_of
from sokhu.areas.territory.scope import reach
from sokhu.core.folding import folded
from sokhu.core.numbers import format_number
from sokhu.core.place import Event, Place, Span
from sokhu.web.pages.indicators import evidence_mark

MERGER = date(2025, 7, 1)
BEFORE = date(2025, 6, 30)
ROWS_SHOWN = 15
DAY_FORMATS = {"day": "%d/%m/%Y", "month": "%m/%Y", "year": "%Y"}
# Kinds of members listed on a place's page; the boards of a province stand in a list of their own.
MEMBERS_SHOWN = {
    "country": "province",
    "region": "province",
    "group": "province",
    "block": "board",
    "province": "zone",
    "board": "zone",
    "zone": "zone",
}


def place_list(request: HttpRequest) -> HttpResponse:
    is_before = request.GET.get("ban-do") == "truoc"
    day = BEFORE if is_before else max(MERGER, timezone.localdate())
    here = reverse("places")
    zones = _zones_known(day)
    context = {
        "title": _("Địa bàn"),
        "subtitle": _("Tỉnh, thành phố và ban quản lý là hai bản đồ riêng; mỗi thay đổi có ngày và quyết định."),
        "chips": [
            {"label": _("34 tỉnh"), "value": _("từ 01/07/2025"), "url": here, "active": not is_before},
            {"label": _("63 tỉnh"), "value": _("đến 30/06/2025"), "url": f"{here}?ban-do=truoc", "active": is_before},
        ],
        "map": _zone_map(day, zones),
        "regions": [_region(region, day, zones) for region in territory().places_on("region", day)],
        "blocks": [_block(block) for block in territory().in_use("block")]
        + [_group(group, day) for group in territory().places_on("group", day)],
    }
    return render(request, "territory/places.html", context)


def _zones_known(day: date) -> dict[str, int]:
    """Province -> how many zones the catalogue knows in it; a province without any is left out, for it is not zero."""
    places = territory()
    counts = {one.id: len(places.zones_of(one.id, day)) for one in places.places_on("province", day)}
    return {place: count for place, count in counts.items() if count}


def _zone_map(day: date, zones: dict[str, int]) -> dict[str, Any]:
    title = _("Số khu theo danh mục của sổ: %(count)s khu, chưa đủ mọi khu của cả nước.")
    return figure_map(day, zones, title=title % {"count": format_number(sum(zones.values()))}, unit=_("khu"))


def _region(region: Place, day: date, zones: dict[str, int]) -> dict[str, Any]:
    places = territory()
    return {
        "label": name_of(region.id, day),
        "places": [_province(places.place(one), day, zones) for one in places.members(region.id, day, kind="province")],
    }


def _province(place: Place, day: date, zones: dict[str, int]) -> dict[str, Any]:
    places = territory()
    ended = place.span.ends is not None
    started = places.predecessors(place.id)
    return {
        "name": name_of(place.id, day),
        "code": places.code_on(place.id, day) or "",
        "url": reverse("place", args=[place.id]),
        "kind": "",
        "became": [_named(one, MERGER, with_code=True) for one in places.successors(place.id, MERGER)] if ended else [],
        "came_from": [_named(one, BEFORE) for one in started],
        "boards": [_board(one, day) for one in places.members(place.id, day, kind="board")],
        "zones": format_number(zones[place.id]) if place.id in zones else "",
        "note": "",
        "evidence": "",
    }


def _named(place: str, day: date, *, with_code: bool = False) -> dict[str, str]:
    code = (territory().code_on(place, day) or "") if with_code else ""
    return {"name": name_of(place, day), "url": reverse("place", args=[place]), "code": code}


def _board(board: str, day: date) -> dict[str, str]:
    evidence = evidence_mark(territory().place(board).evidence)
    return {"name": name_of(board, day), "url": reverse("place", args=[board]), "evidence": evidence}


def _block(block: Place) -> dict[str, Any]:
    members = [one for one in territory().memberships if one.grouping == block.id]
    return {
        "label": block.names[-1].vi if shown.lang() == "vi" else block.names[-1].en,
        "url": reverse("place", args=[block.id]),
        "members": [
            {"name": name_of(one.member), "url": reverse("place", args=[one.member]), "period": _span_words(one.span)}
            for one in members
        ],
    }


def _group(group: Place, day: date) -> dict[str, Any]:
    """A group of provinces on the chosen map."""
    members = territory().members(group.id, day, kind="province")
    return {
        "label": name_of(group.id, day),
        "url": reverse("place", args=[group.id]),
        "members": [_named(one, day) | {"period": ""} for one in members],
    }


def _span_words(span: Span) -> str:
    starts, ends = shown.day_words(span.starts), shown.day_words(span.ends)
    if starts and ends:
        return f"{starts}–{ends}"
    if ends:
        return _("đến %(day)s") % {"day": ends}
    return _("từ %(day)s") % {"day": starts} if starts else ""


def place_page(request: HttpRequest, place_id: str) -> HttpResponse:
    places = territory()
    place = places.place(known_place(place_id))
    standing = queries.current(queries.visible_observations(reach(request)).filter(cell__place=place_id))
    rows = standing.select_related("cell", "stream", "document").order_by("-cell__last", "cell__indicator", "id")[
        :ROWS_SHOWN
    ]
    count = standing.count()
    context = {
        "title": name_of(place_id, place.span.ends),
        "subtitle": f"{kind_words(place)} · {_status(place)}",
        "crumbs": [{"label": _("Địa bàn"), "url": reverse("places")}, {"label": kind_words(place)}],
        "place": {"id": place_id, "kind": kind_words(place), "status": _status(place)},
        "map": where(place),
        "names": _names(place),
        "events": [_event(event) for event in reversed(places.events_of(place_id))],
        "memberships": [_membership(one.grouping, one.span) for one in places.memberships if one.member == place_id],
        "members": _members(place),
        "boards": [
            _board(one.member, one.span.ends or timezone.localdate())
            | {"from": shown.day_words(one.span.starts) or "…", "to": shown.day_words(one.span.ends)}
            for one in places.memberships
            if one.grouping == place_id and place.kind == "province" and places.places[one.member].kind == "board"
        ],
        "rows": [row_of(row) for row in rows],
        "more_url": f"{reverse('observations')}?noi={place_id}" if count > ROWS_SHOWN else "",
        "count": format_number(count),
    }
    return render(request, "territory/place.html", context)


def where(place: Place) -> dict[str, Any] | None:
    """Where a province or a zone lies, with the zones of the province as marks; None for other kinds."""
    if place.kind not in ("province", "zone"):
        return None
    places, day = territory(), place.span.ends or timezone.localdate()
    if place.kind == "zone":
        province = next(iter(places.groups_of(place.id, day, kind="province")), "")
        return map_of(day, title=_("Vị trí gần đúng"), selected=province, marks=[MapMark(place.id)])
    marks = [MapMark(zone) for zone in places.zones_of(place.id, day)]
    title = _("Vị trí, và các khu trong danh mục") if marks else _("Vị trí")
    return map_of(day, title=title, selected=place.id, marks=marks)


def kind_words(place: Place) -> str:
    return {
        "country": _("cả nước"),
        "region": _("vùng"),
        "group": _("nhóm tỉnh"),
        "province": _("tỉnh, thành phố"),
        "board": _("ban quản lý"),
        "block": _("khối thi đua"),
        "zone": _("khu"),
    }[place.kind]


def _status(place: Place) -> str:
    today = timezone.localdate()
    if place.retired == NEVER:
        return _("đã bỏ khỏi sổ bộ, không tính vào số nào")
    if place.retired:
        return _("ngừng dùng từ %(day)s") % {"day": shown.day_words(place.retired)}
    if place.span.holds(today):
        return _("đang có")
    after = ", ".join(name_of(one, today) for one in territory().successors(place.id, today))
    ended = shown.day_words(place.span.ends)
    return (
        _("đến %(day)s, nay thuộc %(after)s") % {"day": ended, "after": after}
        if after
        else _("đến %(day)s") % {"day": ended}
    )


def _names(place: Place) -> list[dict[str, str]]:
    """Dated names, each with the codes of its days."""
    rows = []
    for name in reversed(place.names):
        codes = [one.code for one in place.codes if one.span.within(name.span) or name.span.within(one.span)]
        rows.append(
            {
                "name": name.vi if shown.lang() == "vi" else name.en,
                "code": ", ".join(dict.fromkeys(codes)),
                "from": shown.day_words(name.span.starts or place.span.starts) or "…",
                "to": shown.day_words(name.span.ends or place.span.ends),
                "note": name.rank,
            }
        )
    return rows


def _event(event: Event) -> dict[str, Any]:
    titles = {
        "merge": _("nhập"),
        "split": _("tách"),
        "rename": _("đổi tên"),
        "found": _("thành lập"),
        "end": _("chấm dứt"),
    }
    return {
        "date": f"{event.day:{DAY_FORMATS[event.precision]}}",
        "title": titles.get(event.kind, event.kind),
        "from_places": [_named(one, event.day) for one in event.from_ids],
        "to_places": [_named(one, event.day) for one in event.to_ids],
        "decision": event.decision,
        "decision_title": "",
        "evidence": evidence_mark(event.evidence) if event.verified else "unverified",
        "consequence": ""
        if event.verified
        else _("Số liệu không được quy đổi qua thay đổi này cho đến khi tìm thấy quyết định."),
        "unverified": not event.verified,
    }


def _members(place: Place) -> list[dict[str, str]]:
    """What it is made of: those of today first, then former ones."""
    places = territory()
    found = [
        one
        for one in places.memberships
        if one.grouping == place.id and places.places[one.member].kind == MEMBERS_SHOWN[place.kind]
    ]
    found.sort(key=lambda one: (one.span.ends is not None, folded(name_of(one.member, one.span.ends))))
    return [_membership(one.member, one.span) for one in found]


def _membership(other: str, span: Span) -> dict[str, str]:
    return {
        "label": name_of(other, span.ends or timezone.localdate()),
        "url": reverse("place", args=[other]),
        "role": kind_words(territory().places[other]),
        "from": shown.day_words(span.starts) or "…",
        "to": shown.day_words(span.ends),
    }
