"""The reach of a request, found once."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from sokhu.areas.territory.queries import Reach, reach_of


def reach(request: HttpRequest) -> Reach:
    known: Reach | None = getattr(request, "_reach", None)
    if known is None:
        known = reach_of(request.user, timezone.localdate())
        request._reach = known  # type: ignore[attr-defined]
    return known
