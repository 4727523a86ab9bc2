"""The panels of a project's page, out of one reading of its life."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from sokhu.areas.projects.life import life_of
from sokhu.areas.projects.models import Project
from sokhu.web.pages.projects.figures import figures_panel
from sokhu.web.pages.projects.life import life_panel
from sokhu.web.pages.projects.standing import standing_panel


def project_panel(request: HttpRequest, project: Project) -> SafeString:
    """Where it stands, how it came there, and what that does to figures."""
    today = timezone.localdate()
    life = life_of(project, today)
    pieces = (
        standing_panel(request, project, life, today),
        life_panel(request, project, life, today),
        figures_panel(request, project),
    )
    return format_html_join("", "{}", ((piece,) for piece in pieces))
