"""The national system's figures beside the ledger's: what differs, by how much, and what only one of them says."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sokhu.areas.ledger import shown
from sokhu.areas.ledger.answers import key_of
from sokhu.areas.reporting.differences import Compared, compared_with_national
from sokhu.areas.territory.queries import name_of
from sokhu.areas.territory.scope import reach
from sokhu.kit.paging import paged


def national_differences(request: HttpRequest) -> HttpResponse:
    compared = compared_with_national(reach(request))
    chosen = request.GET.get("loc", "differs")
    here = reverse("national_differences")
    labels = {"differs": _("Lệch"), "alone": _("Chỉ hệ thống quốc gia có"), "agrees": _("Khớp")}
    rows, pager = paged(request, [one for one in compared if one.state == chosen])
    context = {
        "title": _("Chỗ lệch với hệ thống quốc gia"),
        "subtitle": _("Hai nguồn đứng cạnh nhau, không nguồn nào thay nguồn nào; số trả lời theo thứ tự nguồn đã ghi."),
        "crumbs": [{"label": _("Biểu mẫu"), "url": reverse("forms")}, {"label": _("Chỗ lệch với hệ thống quốc gia")}],
        "chips": [
            {
                "label": label,
                "value": sum(one.state == state for one in compared),
                "url": f"{here}?loc={state}",
                "active": state == chosen,
            }
            for state, label in labels.items()
        ],
        "rows": [_line(one) for one in rows],
        "pager": pager,
    }
    return render(request, "reporting/differences.html", context)


def _line(one: Compared) -> dict[str, Any]:
    key, other = key_of(one.national.cell), one.other
    return {
        "indicator": shown.indicator_name(key.indicator),
        "breakdown": " · ".join(value for _label, value in shown.breakdown_words(key)),
        "place": name_of(key.place, key.last),
        "period": shown.period_words(key),
        "national": shown.of_observation(one.national),
        "other": shown.of_observation(other) if other else None,
        "speaker": shown.speaker_words(other.stream.speaker) if other else "",
        "stream": shown.stream_words(other.stream.kind) if other else "",
        "difference": shown.difference_words(key.indicator, one.national.amount, other.amount, key.currency)
        if other
        else "",
    }
