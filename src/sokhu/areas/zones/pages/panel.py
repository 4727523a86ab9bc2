"""The boundary of a zone on the zone's page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sokhu.areas.territory.scope import reach
from sokhu.areas.zones import boundaries
from sokhu.areas.zones.drawing import drawing, view_of
from sokhu.areas.zones.models import Zone
from sokhu.areas.zones.pages.boundaries import drawn_of
from sokhu.documents.geo.shape import polygons_of


def boundary_panel(request: HttpRequest, zone: Zone) -> SafeString:
    mine = reach(request)
    known = boundaries.of_zone(mine, zone)
    context: dict[str, Any] = {
        "url": reverse("boundary", args=[zone.pk]),
        "upload_url": reverse("boundary_new", args=[zone.pk]) if mine.may_write_for(zone.owner) else "",
        "ground": None,
    }
    if known:
        view = view_of([polygons_of(known[0].geometry)])
        title = _("Ranh giới có hiệu lực từ %(day)s") % {"day": f"{known[0].starts:%d/%m/%Y}"}
        context["ground"] = drawing([drawn_of(known[0], "now", view, name=zone.name)], view, title=title)
    return render_to_string("zones/_panel.html", context)
