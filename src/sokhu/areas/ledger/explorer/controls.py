"""What the explorer offers: the form that says everything chosen, and links for what is chosen most."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import dimensions, indicators_in_use, territory
from sokhu.areas.ledger import shown
from sokhu.areas.ledger.explorer.presets import preset_of, views_offered
from sokhu.areas.ledger.explorer.view import Columns, View
from sokhu.areas.territory.queries import Reach, dated_name, home_places
from sokhu.core.folding import folded
from sokhu.core.period import Period, kind, named, printed
from sokhu.core.place import PlaceKind

LAST_DAY_OF_63 = date(2025, 6, 30)
YEARS_SIDE_BY_SIDE = 5
Options = Iterable[tuple[str, str]]


def url_of(view: View, name: str = "explore") -> str:
    return f"{reverse(name)}?{view.address}"


def tabs_of(mine: Reach, view: View) -> list[dict[str, Any]]:
    active = preset_of(view)
    return [
        {"label": str(preset.label), "url": url_of(offered), "active": preset is active}
        for preset, offered in views_offered(mine, view)
    ]


def chips_of(view: View, years: Iterable[int]) -> list[list[dict[str, Any]]]:
    """Two lines of links: the years, and the parts of the year that is shown."""
    wanted = [(named(str(year)), str(year)) for year in years]
    only = view.periods[0] if len(view.periods) == 1 and not view.split else None
    lines = [[_chip(view, period, label, period == only) for period, label in wanted]]
    if only is not None and only.first.year == only.last.year:
        lines.append([_chip(view, period, label, period == only) for period, label in _parts_of(only.last.year)])
        lines[1] += _splits(view, only.last.year)
    return lines


def _chip(view: View, period: Period, label: str, is_active: bool) -> dict[str, Any]:
    return {"label": label, "url": url_of(replace(view, periods=(period,), split="")), "active": is_active}


def _parts_of(year: int) -> list[tuple[Period, str]]:
    names = [(f"{year}", _("cả năm")), (f"{year}-H1", _("6 tháng")), (f"{year}-01..{year}-09", _("9 tháng"))]
    names += [(f"{year}-Q{number}", _("quý %(roman)s") % {"roman": roman}) for number, roman in enumerate(
        ("I", "II", "III", "IV"), 1
    )]  # fmt: skip
    names += [(f"{year}-{month:02d}", _("T%(month)s") % {"month": month}) for month in range(1, 13)]
    return [(named(name), label) for name, label in names]


def _splits(view: View, year: int) -> list[dict[str, Any]]:
    """The same beside other years, or quarter by quarter."""
    columns: Columns = "ky" if view.columns == "bon" else view.columns
    years = tuple(named(str(one)) for one in range(year - YEARS_SIDE_BY_SIDE + 1, year + 1))
    by_quarter = replace(view, periods=(named(str(year)),), split="quy", columns=columns)
    by_year = replace(view, periods=years, columns=columns)
    return [
        {"label": _("từng quý"), "url": url_of(by_quarter), "active": False},
        {"label": _("%(count)s năm") % {"count": YEARS_SIDE_BY_SIDE}, "url": url_of(by_year), "active": False},
    ]


def form_of(mine: Reach, view: View, typed: QueryDict) -> dict[str, Any]:
    """The fields of the explorer's form. typed: an address that was not understood, whose texts are shown again."""
    return {
        "places": [places_offered(mine, place) for place in (*view.places, "")],
        "periods": ", ".join(typed.getlist("ky")) or _period_words(view),
        "selects": [_select(*field) for field in _fields(view)],
        "more": [_select(*field) for field in _more_fields(view)],
        "map_day": typed.get("ban-do-ngay", ""),
        "at": typed.get("luc", "") or ("" if view.at is None else view.at),
        "rate_day": typed.get("ty-gia", "") or shown.day_words(view.rate_day),
        "groups": indicator_groups(view),
        "count": len(view.indicators),
        "is_special": bool(view.map_day or view.at is not None or view.currency or view.zone_kind),
    }


def _period_words(view: View) -> str:
    return ", ".join(printed(period, shown.lang()) for period in view.periods)


def _select(name: str, label: str, options: Options, chosen: str) -> dict[str, Any]:
    return {"name": name, "label": label, "options": _options(options, chosen)}


def _options(options: Options, chosen: str) -> list[dict[str, Any]]:
    return [{"value": value, "label": label, "selected": value == chosen} for value, label in options]


def _fields(view: View) -> list[tuple[str, str, Options, str]]:
    by = [
        ("", _("nơi đã chọn")),
        ("vung", _("từng vùng")),
        ("nhom", _("từng nhóm tỉnh")),
        ("tinh", _("từng tỉnh")),
        ("ban", _("từng ban quản lý")),
        ("khoi", _("từng khối thi đua")),
        ("khu", _("từng khu")),
        ("loai-khu", _("từng loại khu")),
    ]
    columns = [
        ("bon", _("bốn cột: kế hoạch, thực hiện…")),
        ("ky", _("các kỳ")),
        ("noi", _("các nơi")),
        ("chi-tieu", _("các chỉ tiêu")),
    ]
    ownerships = [("", _("chung")), ("FDI", "FDI"), ("DDI", "DDI"), ("tach", _("FDI, DDI và chung"))]
    splits = [
        ("", _("không chia")),
        ("nam", _("từng năm")),
        ("nua-nam", _("từng nửa năm")),
        ("quy", _("từng quý")),
        ("thang", _("từng tháng")),
    ]
    return [
        ("theo", _("Chia theo nơi"), by, view.by),
        ("chia", _("Chia kỳ"), splits, view.split),
        ("cot", _("Cột của bảng"), columns, view.columns),
        ("hinh-thuc", _("Hình thức"), ownerships, view.ownership),
    ]


def _more_fields(view: View) -> list[tuple[str, str, Options, str]]:
    today, lang = timezone.localdate(), shown.lang()
    maps = [
        ("", _("bản đồ của thời điểm số liệu")),
        (LAST_DAY_OF_63.isoformat(), _("63 tỉnh (30/06/2025)")),
        (today.isoformat(), _("34 tỉnh (hôm nay)")),
    ]
    other_day = view.map_day.isoformat() if view.map_day else ""
    if other_day not in dict(maps):
        maps.append((other_day, shown.day_words(view.map_day)))
    kinds_of_zones = dimensions().dimensions["zone_kind"].words.values()
    kinds = [(word.key, word.name(lang)) for word in kinds_of_zones if word.retired is None]
    beside = [("", _("không")), ("cung-ky", _("so cùng kỳ năm trước")), ("ke-hoach", _("so kế hoạch"))]
    currencies = [("", _("như đã ghi")), ("USD", _("quy về USD")), ("VND", _("quy về đồng"))]
    return [
        ("so", _("Dưới mỗi số"), beside, view.beside),
        ("loai", _("Loại số"), [("result", _("thực hiện")), ("plan", _("kế hoạch"))], view.kind),
        ("loai-khu", _("Loại khu"), [("", _("mọi loại")), *kinds], view.zone_kind),
        ("ban-do", _("Bản đồ"), maps, other_day),
        ("quy-doi", _("Tiền"), currencies, view.currency),
    ]


def places_offered(mine: Reach, chosen: str) -> list[dict[str, Any]]:
    """Groups of places for a select: one's own first, then wider ones, those of today, those that are no more."""
    today = timezone.localdate()
    known = territory().places.values()
    places = [one for one in known if one.id == chosen or (one.kind != "zone" and one.retired is None)]

    def of(kind_wanted: PlaceKind, is_today: bool = True) -> list[str]:
        return [one.id for one in places if one.kind == kind_wanted and one.span.holds(today) == is_today]

    groups: list[tuple[str, list[str]]] = [
        (_("Nơi của tôi"), [one for one in (mine.home, *home_places(mine)) if one]),
        (_("Cả nước, vùng"), of("country") + of("region")),
        (_("Nhóm tỉnh"), of("group")),
        (_("Khối thi đua"), of("block")),
        (_("Tỉnh, thành phố"), _by_name(of("province"))),
        (_("Ban quản lý"), _by_name(of("board"))),
        (_("Tỉnh, thành phố trước đây"), _by_name(of("province", False))),
        (_("Ban quản lý trước đây"), _by_name(of("board", False))),
        (_("Vùng, khối trước đây"), of("region", False) + of("block", False)),
        (_("Khu"), of("zone") + of("zone", False)),
    ]
    made = [{"label": label, "options": _options(_once(ids, chosen), chosen)} for label, ids in groups if ids]
    return _chosen_once(made)


def _once(ids: Iterable[str], chosen: str) -> Options:
    return [(place, dated_name(place)) for place in dict.fromkeys(ids)]


def _chosen_once(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A place may stand in two groups; it is selected in the first."""
    is_found = False
    for group in groups:
        for option in group["options"]:
            option["selected"] = option["selected"] and not is_found
            is_found = is_found or option["selected"]
    return groups


def _by_name(ids: list[str]) -> list[str]:
    name: Callable[[str], str] = lambda place: folded(dated_name(place))  # noqa: E731
    return sorted(ids, key=name)


def indicator_groups(view: View) -> list[dict[str, Any]]:
    """Every indicator in use with a box to tick."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in indicators_in_use():
        if not one.comparison:
            box = {"code": one.code, "name": one.name(shown.lang()), "checked": one.code in view.indicators}
            groups.setdefault(one.group, []).append(box)
    return [
        {"label": shown.group_words(group), "boxes": boxes, "count": sum(box["checked"] for box in boxes)}
        for group, boxes in groups.items()
    ]


def title_places(view: View, names: Iterable[str]) -> str:
    """ "Hải Phòng", "từng tỉnh, Việt Nam"."""
    said = ", ".join(names) if len(view.places) <= 3 else _("%(count)s nơi") % {"count": len(view.places)}
    by = dict(next(options for name, _label, options, _chosen in _fields(view) if name == "theo"))
    return f"{by[view.by]}, {said}" if view.by else said


def title_periods(view: View) -> str:
    first, last = view.periods[0], view.periods[-1]
    if len(view.periods) <= 2:
        return _period_words(view)
    if {kind(period) for period in view.periods} == {"year"}:
        return f"{first.name}–{last.name}"
    return _("%(first)s … %(last)s") % {
        "first": printed(first, shown.lang()),
        "last": printed(last, shown.lang()),
    }
