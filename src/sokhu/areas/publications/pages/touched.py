"""On a registered thing's page: the issued reports that changes of it touch."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from sokhu.areas.ledger import shown
from sokhu.areas.publications.issued import report_of
from sokhu.areas.publications.snapshot import Touched, reports_touched
from sokhu.areas.territory.scope import reach
from sokhu.core.numbers import format_number


def touched_panel(register: str, request: HttpRequest, thing: Any) -> SafeString | str:
    """ "" where there is none."""
    found = reports_touched(reach(request), register, thing.pk)
    context = {"reports": [_line(one) for one in found]}
    return render_to_string("publications/_touched.html", context, request) if found else ""


def _line(one: Touched) -> dict[str, str]:
    return {
        "title": report_of(one.issued)["head"]["about"],
        "url": one.url,
        "issued_at": shown.moment_words(one.issued.batch.at),
        "sequence": format_number(one.sequence),
    }
