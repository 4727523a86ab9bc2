"""A figure's page and panel: its path to the source, what else is said, what it goes into; correcting, withdrawing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sokhu import __version__
from sokhu.areas.accounts.queries import names_of
from sokhu.areas.catalogue.queries import catalogue_digest, indicators
from sokhu.areas.ledger import actions, queries, shown
from sokhu.areas.ledger.answers import key_of, question_of, wholes_of
from sokhu.areas.ledger.models import Citation, Emptiness, Maturity, Observation
from sokhu.areas.ledger.tables import answer_all
from sokhu.areas.sources.models import TYPED
from sokhu.areas.territory.queries import OWN_VOICE, Reach, groups_containing, name_of, name_within
from sokhu.areas.territory.readers import who_may_see
from sokhu.areas.territory.scope import reach
from sokhu.core.answer import Question
from sokhu.core.cell import CellKey
from sokhu.core.period import printed
from sokhu.core.problems import Problem
from sokhu.core.regimes import regime_of
from sokhu.kit.htmx import is_part
from sokhu.kit.sealing.models import Batch, Words
from sokhu.kit.sealing.queries import head
from sokhu.kit.wording import worded

CONTEXT_CHARACTERS = 220
TOTALS_SHOWN = 8


def figure(request: HttpRequest, observation_id: UUID) -> HttpResponse:
    return figure_page(request, observation_id)


@require_POST
def correct_figure(request: HttpRequest, observation_id: UUID) -> HttpResponse:
    """Another number with its unit, or why there is none any more: two forms of the page, each with its reason."""
    typed = {name: request.POST.get(name, "") for name in ("as_written", "reason", "maturity", "emptiness")}
    form = "empty" if "emptiness" in request.POST else "correct"
    try:
        if form == "empty" and not typed["emptiness"]:
            raise Problem("ledger.emptiness_missing")
        new = actions.correct(
            reach(request),
            observation_id,
            typed["as_written"],
            typed["reason"],
            maturity=typed["maturity"],
            emptiness=typed["emptiness"],
        )
    except Problem as problem:
        if is_about_access(problem):
            raise
        told = {"typed_in": {form: typed}, "errors": {form: [worded(problem, shown.lang())]}}
        return figure_page(request, observation_id, told, status=422)
    if is_part(request):
        return figure_page(request, new.pk)
    messages.success(request, _("Đã đính chính; số cũ vẫn xem được ở phần “Trước đó”."))
    return redirect("figure", new.pk)


@require_POST
def withdraw_figure(request: HttpRequest, observation_id: UUID) -> HttpResponse:
    try:
        actions.withdraw(reach(request), observation_id, request.POST.get("reason", ""))
    except Problem as problem:
        if is_about_access(problem):
            raise
        return figure_page(
            request, observation_id, {"errors": {"withdraw": [worded(problem, shown.lang())]}}, status=422
        )
    if is_part(request):
        return figure_page(request, observation_id)
    messages.success(request, _("Đã rút số này; số mà nó thay thế, nếu có, đứng lại."))
    return redirect("figure", observation_id)


def is_about_access(problem: Problem) -> bool:
    """Whether the person cannot see or change the figure at all, so that no form would help."""
    return problem.code == "ledger.no_such_figure" or problem.code.startswith("access.")


def figure_page(
    request: HttpRequest, observation_id: UUID, extra: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    one = (
        queries.visible_observations(reach(request))
        .filter(pk=observation_id)
        .select_related("cell", "stream", "document", "batch", "withdrawal__batch")
        .first()
    )
    if one is None:
        raise Problem("ledger.no_such_figure")
    template = "ledger/_path.html" if is_part(request) else "ledger/figure.html"
    context = path_of(reach(request), one) | {"part": is_part(request)} | (extra or {})
    response = render(request, template, context, status=status)
    response["Vary"] = "HX-Request"
    return response


def path_of(mine: Reach, one: Observation) -> dict[str, Any]:
    """Everything `ledger/_path.html` shows of an observation."""
    line = queries.history(one)
    cited = queries.citations_of(one)
    words = _words(one, line, cited)
    people = names_of(row.batch.author for row in line if row.batch.author)
    key = key_of(one.cell)
    indicator = indicators()[one.cell.indicator]
    value = shown.of_observation(one, show_unit=False, link=False)
    why = shown.emptiness_words(one.emptiness)
    stands = one.pk == next((row.pk for row in line if not _is_withdrawn(row)), None)
    may_write = stands and mine.may_write_for(one.owner)
    return {
        "title": f"{shown.indicator_name(indicator.code)}, {name_of(key.place, key.last)}",
        "crumbs": [{"label": _("Số liệu"), "url": reverse("observations")}, {"label": value.text or why}],
        "value": value,
        "why": why,
        "unit": value.unit,
        "indicator": {
            "name": shown.indicator_name(indicator.code),
            "url": reverse("indicator", args=[indicator.code]),
            "nature": shown.rule_words(indicator),
        },
        "place": {"name": name_of(key.place, key.last), "url": reverse("place", args=[key.place])},
        "period": {
            "name": shown.period_words(key),
            "window": shown.window_words(key),
            "regime": regime_words(key.regime),
        },
        "breakdown": [{"label": label, "value": text} for label, text in shown.breakdown_words(key)],
        "is_plan": key.kind == "plan",
        "maturity": one.maturity,
        "said_maturity": said_maturity(one),
        "approx": one.approx,
        "as_written": one.as_written,
        "stream": {
            "kind": shown.stream_words(one.stream.kind),
            "speaker": shown.speaker_words(one.stream.speaker),
            "is_press": one.stream.kind == "press",
        },
        **_source_of(mine, one, words, people),
        "accepted": {
            "sequence": one.batch_id,
            "by": people.get(one.batch.author, _("dòng lệnh")),
            "when": shown.moment_words(one.batch.at),
            "digest": one.batch.digest[:12],
            "reason": words.get(one.batch.reason, ""),
        },
        "earlier": [_earlier(row, words, people) for row in line if row.batch_id < one.batch_id],
        "withdrawn": _withdrawn(one, words, people),
        "replaced": _replaced(one, line, people),
        "others": [_other(one, other) for other in queries.beside(mine, one)],
        "totals": [] if key.kind == "plan" or one.amount is None else totals_of(mine, key, one.pk),
        "citations": [_citation(row) for row in cited],
        "actions": {
            "correct_url": reverse("figure_correct", args=[one.pk]) if may_write else "",
            "withdraw_url": reverse("figure_withdraw", args=[one.pk]) if may_write else "",
            "maturities": [(choice.value, str(choice.label)) for choice in Maturity],
            "reasons": [(choice.value, str(choice.label)) for choice in Emptiness if choice != one.emptiness],
        },
        "readers": who_may_see("public_figure" if one.is_public else "accepted_figure", one.owner),
        "answer": answer_stamp(),
    }


def said_maturity(one: Observation) -> str:
    """How final the figure is said to be; "" where nobody said it (docs/decisions/0009).

    What is sealed as final was not called an estimate or preliminary. An authority that speaks for itself vouches for
    it so; a newspaper or another body that quotes does not.
    """
    return "" if one.maturity == Maturity.FINAL and one.stream.kind not in OWN_VOICE else one.maturity


def _words(one: Observation, line: list[Observation], cited: list[Citation]) -> dict[str, str]:
    """The people's words behind these rows by their digest; erased ones are missing."""
    digests = {row.batch.reason for row in line} | {row.passage for row in cited} | {one.passage}
    digests |= {row.withdrawal.batch.reason for row in line if _is_withdrawn(row)}
    return {words.digest: words.text for words in Words.objects.filter(pk__in=digests - {""}) if words.text is not None}


def _is_withdrawn(row: Observation) -> bool:
    return hasattr(row, "withdrawal")


def _source_of(mine: Reach, one: Observation, words: dict[str, str], people: dict[object, str]) -> dict[str, Any]:
    document = one.document
    if document is None or document.kind == TYPED:
        by = people.get(one.batch.author, _("dòng lệnh"))
        return {
            "document": None,
            "passage": None,
            "locator": "",
            "typed": {"by": by, "reason": words.get(one.batch.reason, "")},
        }
    url = reverse("document", args=[document.pk])
    return {
        "document": {
            "title": document.title,
            "url": f"{url}#f-{one.pk}",
            "publisher": document.publisher,
            "date": shown.day_words(document.published),
            "original": document.original,
        },
        "passage": passage_of(document.text, one.start, one.end),
        "locator": locator_of(document.text, one),
        "typed": None,
    }


def passage_of(text: str, start: int | None, end: int | None) -> dict[str, Any] | None:
    """The words of a figure with what stands around them, within their paragraph."""
    if start is None or end is None:
        return None
    paragraph = text.rfind("\n", 0, start) + 1
    ends = text.find("\n", end)
    ends = ends if ends >= 0 else len(text)
    top, bottom = max(paragraph, start - CONTEXT_CHARACTERS), min(ends, end + CONTEXT_CHARACTERS)
    return {
        "before": text[top:start],
        "quote": text[start:end],
        "after": text[end:bottom],
        "is_cut_before": top > paragraph,
        "is_cut_after": bottom < ends,
    }


def locator_of(text: str, one: Observation) -> str:
    if one.locator or one.start is None:
        return one.locator
    paragraph = sum(1 for line in text[: one.start].split("\n")[:-1] if line.strip()) + 1
    return _("đoạn %(paragraph)s, ký tự %(start)s–%(end)s") % {
        "paragraph": paragraph,
        "start": one.start,
        "end": one.end,
    }


def _earlier(row: Observation, words: dict[str, str], people: dict[object, str]) -> dict[str, Any]:
    batch: Batch = row.withdrawal.batch if _is_withdrawn(row) else row.batch
    return {
        "figure": shown.of_observation(row),
        "when": shown.moment_words(batch.at),
        "by": people.get(batch.author, _("dòng lệnh")),
        "sequence": row.batch_id,
        "reason": words.get(batch.reason, ""),
        "withdrawn": _is_withdrawn(row),
    }


def _withdrawn(one: Observation, words: dict[str, str], people: dict[object, str]) -> dict[str, Any] | None:
    if not _is_withdrawn(one):
        return None
    batch = one.withdrawal.batch
    by = people.get(batch.author) or names_of([batch.author]).get(batch.author, _("dòng lệnh"))
    return {
        "by": by,
        "when": shown.moment_words(batch.at),
        "reason": words.get(batch.reason, ""),
        "sequence": batch.sequence,
    }


def _replaced(one: Observation, line: list[Observation], people: dict[object, str]) -> dict[str, Any] | None:
    """What stands in this figure's place now, where that is a later one."""
    now = next((row for row in line if not _is_withdrawn(row)), None)
    if now is None or now.batch_id <= one.batch_id:
        return None
    return {
        "figure": shown.of_observation(now),
        "by": people.get(now.batch.author, _("dòng lệnh")),
        "when": shown.moment_words(now.batch.at),
        "sequence": now.batch_id,
    }


def _other(one: Observation, other: Observation) -> dict[str, Any]:
    difference = shown.difference_words(one.cell.indicator, one.amount, other.amount, one.cell.currency)
    if difference:
        said = _("lệch %(difference)s") % {"difference": difference}
    elif (one.amount, one.emptiness) == (other.amount, other.emptiness):
        said = _("khớp")
    else:
        said = _("bên có số, bên không") if one.emptiness == "" or other.emptiness == "" else _("khác lý do")
    return {
        "speaker": shown.speaker_words(other.stream.speaker),
        "kind": shown.stream_words(other.stream.kind),
        "figure": shown.of_observation(other),
        "said": said,
        "differs": bool(difference),
    }


def totals_of(mine: Reach, key: CellKey, figure: UUID | None = None) -> list[dict[str, Any]]:
    """The totals that a cell's figure goes into, answered now.

    figure: the one that is meant, where the cell may have others; one that another source goes before is in no total.
    """
    own, questions = question_of(key), wholes_of(key, groups_containing(key.place, key.last))[:TOTALS_SHOWN]
    answers = answer_all(mine, [own, *questions])
    if figure and answers[own].facts and answers[own].facts[0].id != figure:
        return []
    return [
        {
            "label": question_words(question),
            "url": shown.total_url(question),
            "figure": shown.of_answer(answer, link=False),
        }
        for question in questions
        if (answer := answers[question]).how not in ("missing", "said")
    ]


def question_words(question: Question) -> str:
    """ "Vốn FDI cấp mới và tăng thêm, Hải Phòng, năm 2021" """
    name = shown.indicator_name(question.indicator) + (f" {question.ownership}" if question.ownership else "")
    return f"{name}, {name_within(question.place, question.period.last)}, {printed(question.period, shown.lang())}"


def _citation(row: Citation) -> dict[str, Any]:
    document = row.document
    return {
        "title": document.title if document else "",
        "url": reverse("document", args=[document.pk]) if document else "",
        "locator": _("ký tự %(start)s–%(end)s") % {"start": row.start, "end": row.end},
    }


def regime_words(regime: str) -> str:
    found = regime_of(regime)
    return "" if regime == "calendar" else found.name_vi if shown.lang() == "vi" else found.name_en


def answer_stamp(asked: shown.Asked = shown.AS_USUAL) -> dict[str, Any]:
    """What every answer depends on, printed under it."""
    return {
        "sequence": head()[0] if asked.at is None else asked.at,
        "map": shown.map_words(asked.map_day),
        "catalogue": catalogue_digest(asked.at)[:12],
        "version": __version__,
    }
