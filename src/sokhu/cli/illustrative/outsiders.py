"""Demo accounts of those outside a board: a zone's developer and an enterprise, each with what is its own to see."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count

from sokhu.areas.projects.models import Project

BOARD = "board/hai-phong-2025"


class Outsider(NamedTuple):
    """subject: the zone (place id) or the enterprise (tax code) that the role is about (`accounts.models.Grant`)."""

    username: str
    full_name: str
    role: str
    authority: str
    subject: str


def outsiders() -> list[Outsider]:
    """Of Hải Phòng's book, the zone and the enterprise with the most projects; nobody where it has no project."""
    zone, enterprise = _with_most_projects("zone_now__place"), _with_most_projects("enterprise_now__tax_code")
    found = (
        Outsider("chudautu.haiphong", "Phong (chủ đầu tư hạ tầng)", "developer", BOARD, zone),
        Outsider("doanhnghiep.haiphong", "Quyên (doanh nghiệp)", "enterprise", BOARD, enterprise),
    )
    return [one for one in found if one.subject]


def _with_most_projects(subject: str) -> str:
    known = Project.objects.filter(owner=BOARD, is_gone=False, **{f"{subject}__gt": ""})
    most = known.values_list(subject).annotate(projects=Count("pk")).order_by("-projects", subject).first()
    return str(most[0]) if most else ""
