"""Why two totals differ: each figure behind the difference, with the way to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from sokhu.areas.ledger import shown, shown_compared
from sokhu.areas.ledger.explaining import SideAsked, explanations, observations_of, voice_of
from sokhu.areas.ledger.explorer.view import typed
from sokhu.areas.ledger.models import Observation
from sokhu.areas.ledger.pages.figures import answer_stamp, question_words
from sokhu.areas.ledger.pages.totals import asked_from, question_from
from sokhu.areas.sources.models import StreamKind
from sokhu.areas.territory.scope import reach
from sokhu.core.explain import Explanation, Leaf, Line, Side
from sokhu.core.problems import Problem
from sokhu.kit.wording import worded

SIDES = ("trai", "phai")
# What the form changes of a side's total; the rest of its address is kept.
FIELDS = ("ky", "ban-do", "luc", "dong", "tai-lieu")


def explain(request: HttpRequest) -> HttpResponse:
    if any(f"{side}-{name}" in request.GET for side in SIDES for name in FIELDS):
        return redirect(f"{reverse('explain')}?{urlencode(_changed(request.GET))}")
    queries = {side: QueryDict(request.GET.get(side, "").replace("\x00", "")) for side in SIDES}
    context = {
        "title": _("Vì sao hai tổng khác nhau"),
        "crumbs": [{"label": _("Số liệu"), "url": reverse("observations")}, {"label": _("Giải thích")}],
        "forms": [_form(side, query) for side, query in queries.items()],
        "answer": answer_stamp(),
    }
    try:
        context |= _explained(request, queries)
    except Problem as problem:
        return render(request, "ledger/explain.html", context | {"problem": worded(problem, shown.lang())}, status=422)
    return render(request, "ledger/explain.html", context)


def _changed(asked: QueryDict) -> dict[str, str]:
    """Each side's address with what was typed over it; what was emptied is left out."""
    changed = {}
    for side in SIDES:
        query = QueryDict(asked.get(side, ""), mutable=True)
        for name in FIELDS:
            if f"{side}-{name}" in asked:
                query[name] = typed(asked, f"{side}-{name}")
        kept = {name: str(value) for name, value in query.items() if value}
        changed[side] = urlencode(kept)
    return changed


def _explained(request: HttpRequest, queries: Mapping[str, QueryDict]) -> dict[str, Any]:
    if not all(queries.values()):
        return {"found": [], "is_empty": True}
    left, right = (_side(query) for query in queries.values())
    found = explanations(reach(request), left, right)
    rows = observations_of(reach(request), found)
    return {"found": [_shown(one, (left, right), rows) for one in found]}


def _side(query: QueryDict) -> SideAsked:
    question, asked = question_from(query), asked_from(query)
    return SideAsked(
        question,
        (question.place,),
        at=asked.at,
        map_day=asked.map_day,
        voice=voice_of(typed(query, "dong"), typed(query, "tai-lieu")),
        into=asked.into,
        rate_day=asked.rate_day,
    )


def _form(side: str, query: QueryDict) -> dict[str, Any]:
    chosen = typed(query, "dong")
    kinds = [("", _("mọi nguồn")), *((kind.value, str(kind.label)) for kind in StreamKind)]
    if chosen not in dict(kinds):
        kinds.append((chosen, chosen))
    return {
        "side": side,
        "label": {"trai": _("Trái"), "phai": _("Phải")}[side],
        "query": query.urlencode(),
        "values": {name.replace("-", "_"): typed(query, name) for name in FIELDS},
        "kinds": [{"value": value, "label": label, "selected": value == chosen} for value, label in kinds],
    }


def _shown(found: Explanation, asked: tuple[SideAsked, SideAsked], rows: Mapping[UUID, Observation]) -> dict[str, Any]:
    sides = zip((_("Trái"), _("Phải")), (found.left, found.right), asked, strict=True)
    return {
        "sides": [_side_shown(label, side, one) for label, side, one in sides],
        "refused": [worded(problem, shown.lang()) for problem in shown_compared.refusals(found)],
        "difference": shown_compared.moved_words(found.moved, found) if found.difference is not None else "",
        "silent": shown_compared.silent_words(found),
        "legs": [
            {
                "label": shown_compared.leg_words(leg.leg),
                "left": shown_compared.leg_amount(leg.left, leg.leg, found),
                "right": shown_compared.leg_amount(leg.right, leg.leg, found),
                "moved": shown_compared.moved_words(leg.contribution, found),
            }
            for leg in found.legs
        ],
        "lines": [_line(line, found, rows) for line in found.lines],
        "same": [_line(line, found, rows) for line in found.same],
        "remainder": shown_compared.moved_words(found.remainder, found) if found.remainder else "",
        "remainder_is": shown_compared.remainder_words(found),
    }


def _side_shown(label: str, side: Side, asked: SideAsked) -> dict[str, Any]:
    how = shown.Asked(asked.map_day, asked.at, asked.into, asked.rate_day)
    said = [_("bản đồ %(map)s") % {"map": shown.map_words(asked.map_day)}]
    said += [_("sổ đến mục %(sequence)s") % {"sequence": asked.at}] if asked.at is not None else []
    said += [shown.stream_words(asked.voice.kind)] if asked.voice.kind else []
    said += [shown.speaker_words(asked.voice.speaker)] if asked.voice.speaker else []
    said += [_("chỉ theo một tài liệu")] if asked.voice.document else []
    return {
        "label": label,
        "amount": shown_compared.side_amount(side),
        "at_least": bool(side.missing),
        "title": question_words(side.answers[0].question),
        "url": shown.total_url(asked.question, how),
        "how": " · ".join(said),
    }


def _line(line: Line, found: Explanation, rows: Mapping[UUID, Observation]) -> dict[str, Any]:
    return {
        "moved": shown_compared.moved_words(line.contribution, found),
        "why": shown_compared.kind_words(line.kind),
        "leg": shown_compared.leg_words(line.leg),
        "label": question_words(line.leaf.question),
        "left": _leaf(line.left, line, found, rows),
        "right": _leaf(line.right, line, found, rows),
    }


def _leaf(leaf: Leaf | None, line: Line, found: Explanation, rows: Mapping[UUID, Observation]) -> dict[str, str] | None:
    """A figure on one side: what it adds, who says it, since when, at what rate."""
    if leaf is None:
        return None
    row = rows.get(leaf.fact.id) if leaf.fact else None
    source = row.document.title if row and row.document else ""
    speaker = shown.speaker_words(leaf.fact.stream[1]) if leaf.fact else ""
    return {
        "amount": shown_compared.leaf_amount(leaf, line, found),
        "url": shown.figure_url(leaf.fact) if leaf.fact and (row or leaf.fact.is_derived) else "",
        "source": " · ".join(filter(None, (speaker, source))),
        "since": _("mục %(sequence)s") % {"sequence": row.batch_id} if row else "",
        "rate": shown_compared.rate_words(leaf),
    }
