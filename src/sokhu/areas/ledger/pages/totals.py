"""A total, opened: how it came about, what it was made from, who is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import indicators
from sokhu.areas.ledger import shown, shown_compared
from sokhu.areas.ledger.comparing import contribution_since_last_year, weights
from sokhu.areas.ledger.explorer.view import day_in, moment_in, one_of
from sokhu.areas.ledger.models import Emptiness
from sokhu.areas.ledger.pages.derived import derived_page
from sokhu.areas.ledger.pages.figures import answer_stamp, figure_page, question_words
from sokhu.areas.ledger.tables import answers_in_parts, ask
from sokhu.areas.territory.queries import (
    Reach,
    known_place,
    makeup_of,
    members_of,
    name_of,
    name_within,
    places_answered_for,
)
from sokhu.areas.territory.scope import reach
from sokhu.core.answer import Answer, Question
from sokhu.core.derived import ZERO_CURRENCIES
from sokhu.core.period import parse, printed, printed_window
from sokhu.core.problems import Problem
from sokhu.core.table import CONVERTED_INTO, TableQuestion, last_year_of, share_percent
from sokhu.kit.htmx import is_part
from sokhu.kit.wording import worded

MOVED_SHOWN = 10  # members that moved a total, before the others are folded away


def total(request: HttpRequest) -> HttpResponse:
    mine, question, asked = reach(request), question_from(request.GET), asked_from(request.GET)
    found, others = _answered(mine, question, asked)
    found = _in_all_currencies(found, others)
    also = {"also": [_also(one, asked) for one in others if one.amount and one.currency != found.currency]}
    if found.facts and (page := _said_page(request, found, asked, also)):
        return page
    template = "ledger/_total.html" if is_part(request) else "ledger/total.html"
    response = render(request, template, total_context(mine, found, asked) | also)
    response["Vary"] = "HX-Request"
    return response


def _answered(mine: Reach, question: Question, asked: shown.Asked) -> tuple[Answer, list[Answer]]:
    """The answer, and beside money in its own currency what there is of it in dollars and đồng."""
    if not asked.into:
        is_money = indicators()[question.indicator].is_money
        others = [replace(question, currency=currency) for currency in ZERO_CURRENCIES] if is_money else []
        found = answers_in_parts(mine, [question, *others], at=asked.at, map_day=asked.map_day)
        return found[question], [found[one] for one in others]
    table = ask(
        mine,
        TableQuestion(
            (question.indicator,),
            (question.place,),
            (question.period,),
            (question.ownership,),
            kind=question.kind,
            zone_kind=question.zone_kind,
            country=question.country,
            sector=question.sector,
            other=question.other,
            map_day=asked.map_day,
            at=asked.at,
            currency=asked.into,
            rate_mode="fixed_date" if asked.rate_day else "period_end",
            rate_day=asked.rate_day,
        ),
    )
    return table.cells[0].answer, []


def _in_all_currencies(found: Answer, others: Iterable[Answer]) -> Answer:
    """Where currencies cannot be added: with the parts in every one of them, of places that were left out as well."""
    if not any(caveat.code == "rollup.mixed_currency" for caveat in found.caveats) or found.amount is not None:
        return found
    parts = (*found.parts, *(part for other in others if other.amount is not None for part in _told_in(other)))
    return replace(found, parts=tuple({_own_cell(part): part for part in parts}.values()))


def _told_in(other: Answer) -> tuple[Answer, ...]:
    return other.parts if other.how in ("places", "time", "breakdown") else (other,)


def _own_cell(part: Answer) -> Question:
    """What a part is of, however it was asked for."""
    return replace(part.question, currency=part.currency)


def _also(other: Answer, asked: shown.Asked) -> dict[str, Any]:
    figure = replace(shown.of_answer(other, asked=asked), coverage="")
    return {"figure": figure, "url": shown.total_url(other.question, asked)}


def _said_page(request: HttpRequest, found: Answer, asked: shown.Asked, also: dict[str, Any]) -> HttpResponse | None:
    """The path of the figure that answers, with what there is to say of it as an answer; a converted one has parts."""
    first = found.facts[0]
    if found.currency != first.cell.currency:
        return None
    caveats = [worded(caveat, shown.lang()) for caveat in found.caveats]
    extra = {"caveats": caveats, "answer": answer_stamp(asked), **also}
    return derived_page(request, first, asked.at, extra) if first.is_derived else figure_page(request, first.id, extra)


def asked_from(query: QueryDict) -> shown.Asked:
    """How the figure was asked for (`shown.Asked`). Raises the Problem of a day, moment or currency that is none."""
    return shown.Asked(
        day_in(query, "ban-do"),
        moment_in(query),
        one_of(query, "quy-doi", ("", *CONVERTED_INTO)),
        day_in(query, "ty-gia"),
    )


def question_from(asked: QueryDict) -> Question:
    """The question in an address (`shown.total_url`). Raises the Problem of whatever it does not know."""
    indicator = asked.get("chi-tieu", "")
    if indicator not in indicators():
        raise Problem("catalogue.no_such_indicator", found=indicator)
    return Question(
        indicator=indicator,
        place=known_place(asked.get("noi", "")),
        period=parse(asked.get("ky", "")),
        ownership=asked.get("hinh-thuc", ""),
        zone_kind=asked.get("loai-khu", ""),
        country=asked.get("nuoc", ""),
        sector=asked.get("nganh", ""),
        other=asked.get("phan-to", ""),
        kind=asked.get("loai", "result"),
        currency=asked.get("tien", ""),
    )


def total_context(mine: Reach, found: Answer, asked: shown.Asked = shown.AS_USUAL) -> dict[str, Any]:
    question = found.question
    indicator = indicators()[question.indicator]
    value = replace(shown.of_answer(found, show_unit=False, link=False), coverage="")
    breakdown = [question.ownership, question.zone_kind, question.other]
    return {
        "title": question_words(question),
        "crumbs": [{"label": _("Số liệu"), "url": reverse("observations")}, {"label": _("Tổng")}],
        "value": value,
        "unit": value.unit,
        "indicator": {
            "name": shown.indicator_name(indicator.code),
            "url": reverse("indicator", args=[indicator.code]),
            "nature": shown.rule_words(indicator),
        },
        "place": {
            "name": name_within(question.place, question.period.last),
            "url": reverse("place", args=[question.place]),
        },
        "period": {
            "name": printed(question.period, shown.lang()),
            "window": printed_window(question.period),
        },
        "breakdown": [{"value": value} for value in breakdown if value],
        "rule": shown.how_words(found),
        "formula": shown.formula_words(indicator) if found.how in ("formula", "ratio") else "",
        **_parts(found, value, asked),
        "rounding": "",
        "coverage": coverage_of(mine, found, asked),
        "moved": moved_of(mine, found, asked),
        "explain_url": explain_url(question, asked),
        "enter_url": enter_url(mine, question.place, question) if not found.parts and not found.facts else "",
        "caveats": [worded(caveat, shown.lang()) for caveat in found.caveats],
        "streams": [],
        "answer": answer_stamp(asked),
    }


def _parts(found: Answer, value: shown.ShownFigure, asked: shown.Asked) -> dict[str, Any]:
    """The parts, without their unit where all of them share the total's, which then stands in the head."""
    asked = replace(asked, into="", rate_day=None)  # parts are told in their own currency
    rows = [_part(part, found, asked) for part in parts_of(found)]
    figures, unit = shown.with_common_unit([*(row["figure"] for row in rows), value])
    if unit:
        rows = [row | {"figure": figure} for row, figure in zip(rows, figures[:-1], strict=True)]
    return {"parts": rows, "parts_unit": unit}


def parts_of(found: Answer) -> tuple[Answer, ...]:
    return found.parts or ((found,) if found.facts else ())


def _part(part: Answer, whole: Answer, asked: shown.Asked) -> dict[str, Any]:
    figure = shown.of_answer(part, asked=asked)
    speaker = shown.speaker_words(part.facts[0].stream[1]) if part.facts else shown.how_words(part)
    is_added = whole.how in ("places", "time", "breakdown")
    return {
        "label": _part_label(part, whole),
        "url": figure.url,
        "figure": figure,
        "share": shown.percent_words(share_percent(part, whole)) if is_added else "",
        "speaker": speaker,
        "note": "",
    }


def _part_label(part: Answer, whole: Answer) -> str:
    asked = part.question
    if whole.how == "places":
        return name_of(asked.place, asked.period.last)
    if whole.how == "time":
        return printed(asked.period, shown.lang())
    if whole.how == "breakdown":
        return asked.ownership
    if whole.how in ("currencies", "said"):
        return _("phần ghi bằng %(currency)s") % {"currency": part.currency}
    if whole.how == "missing":
        return _refused_label(part, whole)
    return shown.indicator_name(asked.indicator) + (f" {asked.ownership}" if asked.ownership else "")


def _refused_label(part: Answer, whole: Answer) -> str:
    """By all that sets a part apart from the total that it could not be added to, its currency included."""
    own, asked = part.question, whole.question
    names = (
        shown.indicator_name(own.indicator) if own.indicator != asked.indicator else "",
        name_of(own.place, own.period.last) if own.place != asked.place else "",
        printed(own.period, shown.lang()) if own.period != asked.period else "",
        own.ownership if own.ownership != asked.ownership else "",
        _("phần ghi bằng %(currency)s") % {"currency": part.currency} if part.currency else "",
    )
    return ", ".join(filter(None, names)) or shown.indicator_name(own.indicator)


def coverage_of(mine: Reach, found: Answer, asked: shown.Asked) -> dict[str, Any] | None:
    """Who is in a total over places and who is missing; nothing for other answers."""
    question, reasons = found.question, dict(found.reasons)
    members = makeup_of(question.place, question.period, question.zone_kind, asked.map_day).members
    if not members or not (found.want or found.how == "missing"):
        return None
    weight = weights(mine, [found], at=asked.at, map_day=asked.map_day).get(question)
    last_known = {one.question.place: one for one in weight.last_known} if weight else {}
    members = tuple(place for place in members if reasons.get(place) != Emptiness.NOT_APPLICABLE)
    silent = found.how == "missing" and not found.parts
    missing = [place for place in members if silent or place in found.missing]
    of = found.want or len(members)
    return {
        "label": _("Cộng từ từng nơi"),
        "url": "",
        "count": found.have,
        "of": of,
        "share": shown_compared.weight_words(weight),
        "last_known": shown_compared.estimate_words(weight),
        "at_least": found.have < of and found.amount is not None,
        "refused": "",
        "missing": [
            {
                "name": name_of(place, question.period.last),
                "url": reverse("place", args=[place]),
                "reason": shown.emptiness_words(reasons.get(place, "")),
                "last_known": shown_compared.last_known_words(last_known.get(place)),
                "enter_url": enter_url(mine, place, question),
            }
            for place in missing
        ],
    }


def enter_url(mine: Reach, place: str, whole: Question) -> str:
    """The form filled in for a place's part of a total; "" for who neither answers for the place nor for the total.

    A board that is alone in its province answers by the province, and so does its figure.
    """
    if whole.other or whole.country or whole.sector:
        return ""  # the form has no field for these
    if not (place in places_answered_for(mine.own) or whole.place in mine.own):
        return ""
    members = members_of(place, whole.period) if place.startswith("board/") else ()
    alone = len(members) == 1 and members[0].startswith("province/")
    return shown.enter_url(replace(whole, place=members[0] if alone else place))


def moved_of(mine: Reach, found: Answer, asked: shown.Asked) -> dict[str, Any] | None:
    """Who moved a total over places since the same period last year, the most first."""
    moved = contribution_since_last_year(mine, found, at=asked.at, map_day=asked.map_day)
    if moved is None:
        return None
    number = partial(shown_compared.change_in_unit, found.question.indicator, currency=found.currency)
    members = [
        {
            "name": name_within(one.place, found.question.period.last),
            "change": number(one.change),
            "note": _("chỉ có số một năm") if one.is_one_sided else "",
            "share": shown.percent_words(one.share),
            "rank": one.rank or "",
            "climbed": shown_compared.climbed_words(one.climbed),
            "climbed_aloud": shown_compared.climbed_aloud(one.climbed),
        }
        for one in moved.members
        if one.change
    ]
    at_a_glance = {"first": members[:MOVED_SHOWN], "others": members[MOVED_SHOWN:]}
    return at_a_glance | {"rest": number(moved.rest) if moved.rest else "", "change": number(moved.change)}


def explain_url(question: Question, asked: shown.Asked) -> str:
    """Why it is not what it was a year before; where there is no year before, the page offers other comparisons."""
    before = last_year_of(question) or question
    sides = {"trai": before, "phai": question}
    queries = {name: shown.total_url(one, asked).partition("?")[2] for name, one in sides.items()}
    return f"{reverse('explain')}?{urlencode(queries)}"
