"""The panel of a zone's infrastructure: what is planned and there of each part, and what is due."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sokhu.areas.infrastructure.registry import UTILITIES
from sokhu.areas.infrastructure.standing import Due, Line, Part, standing_of
from sokhu.areas.territory.scope import reach
from sokhu.areas.zones.models import Zone
from sokhu.core.numbers import format_number
from sokhu.core.quantity import divide, shown
from sokhu.kit.wording import lang
from sokhu.web.pages.registers.cells import named, url_of

DUE_SHOWN = 10
PLACES = {"VND": 1, "m3/day": 0}  # of all other units as many as there are


def infrastructure_panel(request: HttpRequest, zone: Zone) -> SafeString | str:
    """Nothing for who does not read the registers of this zone, and where they hold nothing of it."""
    if not reach(request).may("read", UTILITIES.thing, zone.owner, about=[zone.place]):
        return ""
    found = standing_of(zone, timezone.localdate())
    if not found.lines and not found.due:
        return ""
    context = {
        "lines": [_line(one, zone) for one in found.lines],
        "due": [_due(one) for one in found.due[:DUE_SHOWN]],
        "left_off": max(0, len(found.due) - DUE_SHOWN),
    }
    return render_to_string("zones/infrastructure.html", context, request)


def _line(one: Line, zone: Zone) -> dict[str, Any]:
    rate = divide(one.now * 100, one.planned, 1) if one.planned and one.now is not None else None
    return {
        "name": _names()[one.part],
        "url": f"{reverse('register', args=[one.register])}?zone={zone.pk}",
        "planned": _amount(one, one.planned),
        "now": _amount(one, one.now),
        "rate": "" if rate is None else f"{format_number(rate, places=1, lang=lang())}%",
    }


def _names() -> dict[Part, str]:
    return {
        "wastewater": _("Xử lý nước thải"),
        "water": _("Cấp nước"),
        "power": _("Cấp điện"),
        "works": _("Công trình hạ tầng, theo giá trị"),
        "clearance": _("Giải phóng mặt bằng"),
        "land": _("Đã giao đất, theo giai đoạn"),
        "homes": _("Nhà ở công nhân (căn)"),
    }


def _amount(one: Line, amount: int | None) -> str:
    if amount is None:
        return ""
    return (
        shown(amount, one.unit, lang(), places=PLACES.get(one.unit)) if one.unit else format_number(amount, lang=lang())
    )


def _due(one: Due) -> dict[str, Any]:
    return {"name": named(one.thing), "url": url_of(one.thing), "when": _when(one), "is_late": one.is_late}


def _when(one: Due) -> str:
    told = {
        "licence": _("giấy phép môi trường hết hạn %(day)s"),
        "monitoring": _("chưa có quan trắc tự động"),
        "reading": _("chưa có số đo sau %(day)s"),
        "late": _("phải xong %(day)s"),
    }[one.reason]
    return told % {"day": _written(one.day)} if "%(" in told else told


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"
