"""A board's registers beside what it reported, and the board's word that a register is complete."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
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
from sokhu.areas.findings.beside import Beside, beside, must_read_boards
from sokhu.areas.findings.beside_words import causes_in_words, gap_in_words
from sokhu.areas.ledger import shown
from sokhu.areas.ledger.completeness import (
    declare_complete,
    declared_all,
    gaps_of,
    must_be_declarable,
    spoken_for,
    withdraw_complete,
)
from sokhu.areas.ledger.registers import Gap, register_of, registers
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
            starts = parse(sent.get("tu", "")).first
            must_be_declarable(mine, board, register, starts, reason)
            gaps = gaps_of(board, register)
            if gaps and sent.get("biet", "") != _number(gaps):
                return _ask(request, board, register, gaps)
            declare_complete(mine, board, register, starts, reason)
            told = _("Đã công bố sổ bộ đủ: từ ngày ấy, tháng không có biến động là số 0 thật.")
    except Problem as problem:
        return _page(request, {"error": worded(problem, shown.lang()), "sent": register}, status=422)
    messages.success(request, told)
    return redirect(f"{reverse('derived_beside')}?{urlencode({'ban': board, 'ky': sent.get('ky', '')})}")


def _number(gaps: Sequence[Gap]) -> str:
    """What is ticked: the count of each gap, so that a tick for other numbers does not count."""
    return "-".join(str(one.count) for one in gaps)


def _ask(request: HttpRequest, board: str, register: str, gaps: Sequence[Gap]) -> HttpResponse:
    """How empty the register is, before it is declared complete."""
    sent = request.POST
    context = {
        "title": _("Công bố sổ bộ đủ: xem lại trước khi xác nhận"),
        "subtitle": f"{name_of(board)} · {register_of(register).name}",
        "crumbs": [
            {"label": _("Sổ bộ và báo cáo"), "url": f"{reverse('derived_beside')}?{urlencode({'ban': board})}"},
        ],
        "gaps": [_gap(one) for one in gaps],
        "number": _number(gaps),
        "in_words": ", ".join(f"{format_number(one.count, lang=shown.lang())} {one.words}" for one in gaps),
        "is_unticked": "da-xem" in sent,
        "sent": {name: sent.get(name, "") for name in ("ban", "ky", "so", "tu", "ly-do")},
    }
    return render(request, "findings/declaring.html", context, status=422 if context["is_unticked"] else 200)


def _gap(one: Gap) -> dict[str, str]:
    count, of = (format_number(number, lang=shown.lang()) for number in (one.count, one.of))
    return {"words": one.words, "count": count, "of": of, "url": one.url}


def _page(request: HttpRequest, extra: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    mine, asked = reach(request), request.POST if request.method == "POST" else request.GET
    must_read_boards(mine)
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
            **_said_of(board, one.code, declared),
            "indicators": format_number(len(one.indicators)),
        }
        for one in registers()
    ]


def _said_of(board: str, register: str, declared: dict[str, dict[str, date]]) -> dict[str, Any]:
    starts, by = spoken_for(board, register, declared)
    return {"since": shown.day_words(starts), "by": short_name_of(by) if by and by != board else ""}


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
