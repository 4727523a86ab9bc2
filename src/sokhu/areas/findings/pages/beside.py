"""A board's registers beside what it reported, and the board's word that a register is complete."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sokhu.areas.accounts.confirming import confirmed
from sokhu.areas.catalogue.queries import territory
from sokhu.areas.findings.beside import Beside, beside
from sokhu.areas.findings.beside_words import causes_in_words, gap_in_words
from sokhu.areas.ledger import shown
from sokhu.areas.ledger.completeness import declare_complete, declared_all, withdraw_complete
from sokhu.areas.ledger.registers import registers
from sokhu.areas.territory.queries import Reach, known_place, name_of, short_name_of
from sokhu.areas.territory.scope import reach
from sokhu.core.numbers import format_number
from sokhu.core.period import parse
from sokhu.core.problems import Problem
from sokhu.kit.wording import worded


def derived_beside(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@confirmed
def declare(request: HttpRequest) -> HttpResponse:
    """One form for each register: the day from which it is complete, or that it no longer is."""
    mine, sent = reach(request), request.POST
    board, register, reason = sent.get("ban", ""), sent.get("so", ""), sent.get("ly-do", "")
    try:
        if sent.get("thoi"):
            withdraw_complete(mine, board, register, reason)
            told = _("Đã rút lời công bố: số suy ra từ sổ bộ này không còn trong các câu trả lời.")
        else:
            declare_complete(mine, board, register, parse(sent.get("tu", "")).first, reason)
            told = _("Đã công bố sổ bộ đủ: từ ngày ấy, tháng không có biến động là số 0 thật.")
    except Problem as problem:
        return _page(request, {"error": worded(problem, shown.lang()), "sent": register}, status=422)
    messages.success(request, told)
    return redirect(f"{reverse('derived_beside')}?{urlencode({'ban': board, 'ky': sent.get('ky', '')})}")


def _page(request: HttpRequest, extra: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    mine, asked = reach(request), request.POST if request.method == "POST" else request.GET
    boards = _boards(mine)
    board = known_place(asked.get("ban", "") or (boards[0] if boards else ""))
    period = parse(asked.get("ky", "") or str(timezone.localdate().year))
    lines = beside(mine, board, period)
    context = {
        "title": _("Suy ra từ sổ bộ, cạnh số đã báo cáo"),
        "subtitle": f"{name_of(board, period.last)} · {period.name}",
        "crumbs": [{"label": _("Rà soát số liệu"), "url": reverse("findings")}, {"label": _("Sổ bộ và báo cáo")}],
        "boards": [{"value": one, "label": short_name_of(one), "selected": one == board} for one in boards],
        "board": board,
        "period": period.name,
        "rows": [_row(one) for one in lines],
        "registers": _registers(mine, board),
        "may_declare": mine.may("declare", "register_record", board),
    }
    return render(request, "findings/beside.html", context | (extra or {}), status=status)


def _boards(mine: Reach) -> list[str]:
    """Whose registers one may look at, one's own first."""
    known = [place.id for place in territory().in_use("board")]
    seen = [one for one in known if mine.sees_all or mine.is_system or one in mine.own | mine.block]
    return sorted(seen, key=lambda one: (one != mine.home, one not in mine.own))


def _registers(mine: Reach, board: str) -> list[dict[str, Any]]:
    declared = declared_all()
    return [
        {
            "code": one.code,
            "name": str(one.name),
            "since": shown.day_words(declared.get(one.code, {}).get(board)),
            "indicators": format_number(len(one.indicators)),
        }
        for one in registers()
    ]


def _row(one: Beside) -> dict[str, Any]:
    asked = one.question
    text, unit = shown.number_and_unit(asked.indicator, one.amount, asked.currency)
    return {
        "indicator": shown.indicator_name(asked.indicator),
        "ownership": asked.ownership,
        "derived": shown.ShownFigure(
            text,
            unit,
            show_unit=True,
            url=shown.total_url(asked) if one.is_complete else "",
            lead="" if one.is_complete else _("ít nhất"),
        ),
        "is_complete": one.is_complete,
        "reported": shown.of_answer(one.reported, link=False) if one.reported.amount is not None else None,
        "speaker": ", ".join(sorted(_speakers(one))),
        "gap": gap_in_words(one),
        "agrees": one.gap == 0,
        "causes": list(causes_in_words(one)),
        "finding_url": reverse("finding", args=[one.finding]) if one.finding else "",
    }


def _speakers(one: Beside) -> set[str]:
    facts = [fact for answer in (one.reported, *one.reported.parts) for fact in answer.facts[:1]]
    return {shown.speaker_words(fact.stream[1]) for fact in facts}
