"""htmx: whether a request asks for a part of a page."""

from __future__ import annotations

from django.http import HttpRequest


def is_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
