"""What a thing's page shows besides its own values: each panel by the area that knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sokhu.areas.projects.actions import ROLES
from sokhu.areas.publications.pages.touched import touched_panel
from sokhu.areas.zones.pages.panel import boundary_panel
from sokhu.kit.registers.declaration import Register
from sokhu.web.pages.projects.event import event_panel
from sokhu.web.pages.projects.page import project_panel
from sokhu.web.pages.zones.infrastructure import infrastructure_panel
from sokhu.web.pages.zones.page import zone_panel

# A panel: a piece of a page, "" where there is nothing to show.
Panel = Callable[[HttpRequest, Any], SafeString | str]

PANELS: Mapping[str, tuple[Panel, ...]] = {
    "projects": (project_panel, partial(touched_panel, "projects")),
    "certificate-events": (event_panel,),
    "zones": (zone_panel, infrastructure_panel, boundary_panel, partial(touched_panel, "zones")),
    "leases": (partial(touched_panel, "leases"),),
}


def panels_of(request: HttpRequest, register: Register, thing: Any) -> list[SafeString | str]:
    return [piece for panel in PANELS.get(register.code, ()) if (piece := panel(request, thing))]


def ways_of(register: Register) -> list[dict[str, str]]:
    """Pages about a register besides its list."""
    if register.code == "zones":
        return [{"label": _("Ranh giới"), "url": reverse("boundaries")}]
    if register.code not in ROLES:
        return []
    return [{"label": _("Mục có thể trùng"), "url": reverse("register_duplicates", args=[register.code])}]
