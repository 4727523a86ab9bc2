"""The overview: a place and a year at a glance, who is missing, what waits, what came in."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sokhu.areas.accounts.queries import names_of
from sokhu.areas.catalogue.queries import indicators
from sokhu.areas.ledger import queries, shown
from sokhu.areas.ledger.answers import facts_about, question_of, with_members
from sokhu.areas.ledger.at_least import AtLeast, Kind, at_least
from sokhu.areas.ledger.behind import sources_of
from sokhu.areas.ledger.derived import complete_among, newest_year, registers_now, years_told_of
from sokhu.areas.ledger.models import Observation
from sokhu.areas.ledger.pages.documents import counted
from sokhu.areas.ledger.small_cells import may_read
from sokhu.areas.ledger.tables import answer_all, currencies_asked
from sokhu.areas.sources.models import TYPED, Document
from sokhu.areas.territory.queries import (
    COUNTRY,
    FIRST_BLOCK,
    Reach,
    home_places,
    known_place,
    members_of,
    name_of,
    name_within,
    short_name_of,
)
from sokhu.areas.territory.scope import reach
from sokhu.core.answer import OWNERSHIPS, Answer, Facts, Question
from sokhu.core.cell import CellKey
from sokhu.core.fact import Fact
from sokhu.core.numbers import format_number
from sokhu.core.period import CALENDAR, Period, named, parse, printed, same_period_last_year
from sokhu.core.problems import Problem
from sokhu.kit.sealing.models import Batch

# Flow of the year, and the stock that stands beside it in the column "lũy kế".
ATTRACTION = (
    ("projects_new", "projects_valid"),
    ("capital_new", ""),
    ("capital_added", ""),
    ("projects_adjusted", ""),
    ("capital_new_and_added", "capital_registered_total"),
    ("", "capital_disbursed"),
    ("", "disbursement_rate"),
)
BUSINESS = ("revenue", "industrial_output", "export_value", "import_value", "budget_payment")
RECENT_SHOWN, WAITING_SHOWN = 6, 6


@dataclass(frozen=True, slots=True)
class Scope:
    place: str
    period: Period


def overview(request: HttpRequest) -> HttpResponse:
    mine = reach(request)
    scope = _scope(request, mine)
    whole_year = named(str(scope.period.last.year))
    years = _years_of_place(mine, scope.place, whole_year)
    facts = facts_about(mine, [scope.place], whole_year.first, whole_year.last)
    currencies = currencies_asked()
    asked = _Asked(answer_all(mine, _questions(scope, currencies)), currencies)
    sections = _sections(facts, asked, scope)
    context = {
        "title": f"{name_within(scope.place, scope.period.last)}, {printed(scope.period, shown.lang())}",
        "subtitle": _("Số đang đứng trong sổ, theo bản đồ của thời điểm số liệu; chấm tròn mở đường về nguồn."),
        "chips": _chips(facts, scope, years, whole_year),
        "scopes": _scopes(mine, scope),
        "sections": [section for section in sections if section["rows"]],
        "registers": None if sections[0]["rows"] else _in_registers(mine, scope),
        "sources": sources_of(mine, asked.shown),
        "may_enter": mine.may("write", "document", mine.home),
        "findings": [],
        "waiting": _waiting(mine),
        "coverage": _coverage(mine, facts, scope),
        "recent": _recent(mine),
    }
    return render(request, "overview.html", context)


def _years_of_place(mine: Reach, place: str, period: Period) -> list[int]:
    """The years in which the place, or one it is made of on the map of the shown year or of today, has figures."""
    days = {period, named(str(timezone.localdate().year))}
    return years_told_of(mine, set().union(*(with_members(place, Question("", place, day)) for day in days)))


def _scope(request: HttpRequest, mine: Reach) -> Scope:
    period = _typed_period(request.GET.get("nam", ""))
    places = [known_place(request.GET["noi"])] if request.GET.get("noi") else _first_places(mine)
    return Scope(places[0], period or named(str(newest_year(mine, places))))


def _typed_period(text: str) -> Period | None:
    """The year, or the part of a year, in the address; None for anything else, and the newest one with figures."""
    try:
        period = parse(text)
    except Problem:
        return None
    return period if period.first.year == period.last.year and 1900 < period.first.year < 2200 else None


def _chips(facts: Facts, scope: Scope, years: list[int], whole_year: Period) -> list[dict[str, Any]]:
    """Years with figures, then the parts of the shown year that somebody reported on."""
    names = {str(year) for year in years} | {whole_year.name}
    cells = [fact.cell for fact in facts.standing_at(scope.place, whole_year)]
    within = {named(cell.period) for cell in cells if cell.first != cell.last and cell.regime == CALENDAR}
    parts = sorted((within | {scope.period}) - {whole_year})
    wanted = [(name, name) for name in sorted(names, reverse=True)]
    wanted += [(part.name, printed(part, shown.lang())) for part in parts]
    return [
        {"label": "", "value": label, "url": _address(scope.place, name), "active": name == scope.period.name}
        for name, label in wanted
    ]


def _first_places(mine: Reach) -> list[str]:
    """Where a reader's overview starts: at home; who looks after the whole country starts with a block."""
    return [FIRST_BLOCK] if mine.home in ("", COUNTRY) else home_places(mine)


def _address(place: str, year: int | str) -> str:
    return f"{reverse('overview')}?{urlencode({'noi': place, 'nam': year})}"


def _scopes(mine: Reach, scope: Scope) -> list[dict[str, Any]]:
    wanted = dict.fromkeys([COUNTRY, FIRST_BLOCK, *_first_places(mine), scope.place])
    return [
        {"label": short_name_of(place), "url": _address(place, scope.period.name), "active": place == scope.place}
        for place in wanted
    ]


def _questions(scope: Scope, currencies: Sequence[str]) -> list[Question]:
    """Everything that the tables of the page may show."""
    found = []
    before = same_period_last_year(scope.period)
    for flow, stock in ATTRACTION:
        for ownership in (*OWNERSHIPS, ""):
            for currency in (*currencies, ""):
                own = Question(flow, scope.place, scope.period, ownership=ownership, currency=currency)
                standing = replace(own, indicator=stock)
                found += [own, replace(own, period=before), replace(own, kind="plan")] if flow else []
                found += [standing, replace(standing, period=before)] if stock else []
    found += [
        Question(code, scope.place, scope.period, ownership=ownership, currency=currency)
        for code in BUSINESS
        for ownership in (*OWNERSHIPS, "")
        for currency in currencies
    ]
    return [one for one in found if bool(one.currency) == indicators()[one.indicator].is_money]


def _sections(facts: Facts, asked: _Asked, scope: Scope) -> list[dict[str, Any]]:
    """The tables of the page."""
    sections = [_attraction(asked, scope), _business(asked, scope)]
    return [*sections, _rest(facts, asked, scope)]


class _Asked:
    """The answers of the page; those whose figures it shows are remembered."""

    def __init__(self, answers: Mapping[Question, Answer], currencies: Sequence[str]) -> None:
        self.answers = answers
        self.currencies = currencies
        self.shown: list[Answer] = []

    def answer(self, question: Question) -> Answer:
        """Money without a currency is answered in the one in which most is known of it.

        A zero is no answer where the same thing moved in another currency.
        """
        if question.currency or not indicators()[question.indicator].is_money:
            return self.answers[question]
        each = [self.answers[replace(question, currency=currency)] for currency in self._in_order(question)]
        most = (
            next((one for one in each if one.is_complete and one.amount), None)
            or next((one for one in each if one.amount), None)
            or next((one for one in each if one.is_complete), None)
        )
        return most or next((one for one in each if one.how != "missing"), each[0])

    def _in_order(self, question: Question) -> Sequence[str]:
        """The currencies, the one first in which money of this ownership is told: of DDI đồng, else dollars."""
        return sorted(self.currencies, key=lambda one: one != "VND") if question.ownership == "DDI" else self.currencies

    def moved_in(self, *questions: Question | None) -> list[str]:
        """The currencies in which any of these comes to something; [""] where none does, or it is no money."""
        asked = [one for one in questions if one and indicators()[one.indicator].is_money]
        moved = [
            currency
            for currency in self.currencies
            if any(self.answers[replace(one, currency=currency)].amount for one in asked)
        ]
        return moved or [""]

    def is_of_one_ownership(self, currency: str, *questions: Question | None) -> bool:
        """Whether all that there is of both in a currency is FDI, or all of it DDI: its line says it already."""
        asked = [replace(one, currency=currency) for one in questions if one and indicators()[one.indicator].is_money]
        return any(
            all(self.answers[one].amount == self.answers[replace(one, ownership=ownership)].amount for one in asked)
            for ownership in OWNERSHIPS
        )

    def in_currency(self, question: Question | None, currency: str, *, is_one_of_several: bool) -> Question | None:
        """The question in this currency; where it is the only one, in whichever was told of what was not told in it.

        None where it is nothing in this currency, and moved in another.
        """
        if question is None or not currency or not indicators()[question.indicator].is_money:
            return question
        here = replace(question, currency=currency)
        amount = self.answers[here].amount
        if is_one_of_several:
            return None if amount == 0 and self.answer(question).amount else here
        return question if amount is None else here

    def figure(self, question: Question, *, change_from: Question | None = None) -> shown.ShownFigure:
        answer = self.answer(question)
        self.shown.append(answer)
        figure = shown.of_answer(answer)
        if change_from is not None and answer.amount is not None:
            figure = replace(figure, change=shown.change_words(answer, self.answer(change_from)))
        return figure

    def is_known(self, question: Question) -> bool:
        return self.answer(question).how != "missing"


def _attraction(asked: _Asked, scope: Scope) -> dict[str, Any]:
    """A line for each ownership, and of money for each currency in which it moved: currencies are never added."""
    rows = []
    for flow, stock in ATTRACTION:
        for ownership in (*OWNERSHIPS, ""):
            own = Question(flow or stock, scope.place, scope.period, ownership=ownership)
            standing = replace(own, indicator=stock) if stock else None
            rows += _attracted(asked, own if flow else None, standing)
    return {"title": _("Thu hút đầu tư"), "note": _("kế hoạch, thực hiện, cùng kỳ, lũy kế"), "rows": rows}


def _attracted(asked: _Asked, own: Question | None, standing: Question | None) -> list[dict[str, Any]]:
    """The lines of a flow, a stock or both."""
    either = own or standing
    assert either is not None
    currencies = asked.moved_in(own, standing)
    known = any(asked.is_known(question) for question in (own, standing) if question)
    if not known or (not either.ownership and not _adds(asked, own, standing)):
        return []
    if len(currencies) == 1:
        return [_attracted_in(asked, own, standing, currencies[0], is_part=False)]
    return [
        _attracted_in(asked, own, standing, currency, is_part=True)
        for currency in currencies
        if either.ownership or not asked.is_of_one_ownership(currency, own, standing)
    ]


def _attracted_in(
    asked: _Asked, own: Question | None, standing: Question | None, currency: str, *, is_part: bool
) -> dict[str, Any]:
    """One line. is_part: it also moved in another currency, which has a line of its own."""
    either = own or standing
    assert either is not None
    before = same_period_last_year(either.period)
    own, planned, earlier, standing, stood = (
        asked.in_currency(question, currency, is_one_of_several=is_part)
        for question in (
            own,
            replace(own, kind="plan") if own else None,
            replace(own, period=before) if own else None,
            standing,
            replace(standing, period=before) if standing else None,
        )
    )
    told = asked.figure(own, change_from=earlier) if own else None
    counted = asked.figure(standing, change_from=stood) if standing else None
    in_row = [asked.figure(planned) if planned else None, told, asked.figure(earlier) if earlier else None, counted]
    figures, unit = shown.with_common_unit(in_row)
    notes = [_part_words(asked, own, standing, currency)] if is_part else []
    notes += [_stock_words(told is not None, asked.answer(standing))] if standing else []
    return {
        "label": shown.indicator_name(either.indicator) + (f", {either.ownership}" if either.ownership else ""),
        "url": reverse("indicator", args=[either.indicator]),
        "level": "" if either.ownership else "total",
        "unit": unit,
        "note": ", ".join(words for words in notes if words),
        **dict(zip(("plan", "result", "same", "cumulative"), figures, strict=True)),
    }


def _part_words(asked: _Asked, own: Question | None, standing: Question | None, currency: str) -> str:
    """That a line of both ownerships holds what was in one currency only, unless somebody said it for all of it."""
    if any(one.ownership for one in (own, standing) if one):
        return ""
    answers = [asked.answer(one) for one in (own, standing) if one]
    is_said = any(one.how == "said" and one.facts and not one.facts[0].is_derived for one in answers)
    return "" if is_said else _("phần ghi bằng %(currency)s") % {"currency": currency}


def _in_registers(mine: Reach, scope: Scope) -> dict[str, Any] | None:
    """What registers come to that are not declared complete, where nothing else is known of what was attracted."""
    if scope.place.startswith("zone/") and not may_read(mine, registers_now().keeper(scope.place)):
        return None  # one enterprise's, perhaps
    codes = dict.fromkeys(code for line in ATTRACTION for code in line if code)
    found = at_least(mine, [scope.place], scope.period, codes)
    lines = [_at_least_words(code, found) for code in codes]
    url = f"{reverse('broken_down')}?{urlencode({'noi': scope.place, 'ky': scope.period.name})}"
    return {"lines": [words for words in lines if words], "url": url} if any(lines) else None


def _at_least_words(code: str, found: Mapping[Kind, AtLeast]) -> str:
    """ "Số dự án còn hiệu lực: ít nhất 3 dự án": of all ownerships, each currency by itself."""
    amounts = [
        " ".join([*([_("ít nhất")] if one.missing else []), *shown.number_and_unit(code, one.amount, currency)])
        for (other, ownership, currency), one in sorted(found.items())
        if other == code and not ownership and one.amount
    ]
    return f"{shown.indicator_name(code)}: {', '.join(amounts)}" if amounts else ""


def _stock_words(is_beside: bool, standing: Answer) -> str:
    """What the column "lũy kế" counts in this row, and on which day where that is not the period's last."""
    name = shown.indicator_name(standing.question.indicator)
    said = _("lũy kế: %(name)s") % {"name": name} if is_beside and standing.how != "missing" else ""
    return ", ".join(words for words in (said, shown.counted_words(standing)) if words)


def _adds(asked: _Asked, *questions: Question | None) -> bool:
    """Whether the line of both ownerships together says something: money in two currencies does not."""
    return any(asked.answer(question).amount is not None for question in questions if question)


def _business(asked: _Asked, scope: Scope) -> dict[str, Any]:
    """A line for each ownership and currency: money in two currencies is never added, and both are said.

    What moved in another currency is no zero in this one: its cell stays empty.
    """
    lines = []
    for ownership in (*OWNERSHIPS, ""):
        whole = [Question(code, scope.place, scope.period, ownership=ownership) for code in BUSINESS]
        moved = [asked.moved_in(question) for question in whole]
        for currency in asked.currencies:
            questions = [
                replace(question, currency=currency) if {"", currency} & set(currencies) else None
                for question, currencies in zip(whole, moved, strict=True)
            ]
            if any(question and asked.answer(question).amount is not None for question in questions):
                lines.append((ownership, [asked.figure(question) if question else None for question in questions]))
    kept = [place for place in range(len(BUSINESS)) if any(_has(figures[place]) for _ownership, figures in lines)]
    rows = []
    for ownership, figures in lines:
        cells, unit = shown.with_common_unit([figures[place] for place in kept])
        rows.append({"label": ownership or _("Chung"), "level": "", "cells": cells, "unit": unit})
    columns = [{"label": shown.indicator_name(BUSINESS[place])} for place in kept]
    return {"title": _("Sản xuất, kinh doanh"), "note": "", "columns": columns, "rows": rows}


def _has(figure: shown.ShownFigure | None) -> bool:
    return figure is not None and not figure.empty


def _rest(facts: Facts, asked: _Asked, scope: Scope) -> dict[str, Any]:
    """Whatever else stands about the place in the year: land, zones, labour, procedures; nothing is left out."""
    order = {code: position for position, code in enumerate(indicators())}
    seen = {fact.id for answer in asked.shown for fact in answer.facts}
    standing = facts.standing_at(scope.place, scope.period)
    told = {replace(fact.cell, currency="") for fact in standing if fact.amount or fact.id in seen}
    amounts = {fact.cell: fact.amount for fact in standing if fact.id in seen}
    cells = {fact.cell for fact in standing if fact.id not in seen and not _is_told_elsewhere(fact, told, amounts)}
    rest = sorted(
        cells, key=lambda cell: (order.get(cell.indicator, 0), cell.zone_kind, cell.other, cell.ownership, cell.last)
    )
    said = [facts.said(question_of(cell)) for cell in rest]
    asked.shown += said
    return {
        "title": _("Khu, đất, lao động và số khác"),
        "note": "",
        "columns": [{"label": _("Thực hiện")}, {"label": _("Kế hoạch")}],
        "rows": [_rest_row(answer, cell) for answer, cell in zip(said, rest, strict=True)],
    }


def _is_told_elsewhere(fact: Fact, told: Container[CellKey], amounts: Mapping[CellKey, int | None]) -> bool:
    """Whether it is a register's nothing in one currency of what is told in another, or all of it FDI or DDI."""
    cell = fact.cell
    if not fact.is_derived or not cell.currency:
        return False
    of_one = [amounts.get(replace(cell, ownership=one)) for one in OWNERSHIPS if not cell.ownership]
    return (fact.amount == 0 and replace(cell, currency="") in told) or fact.amount in of_one


def _rest_row(answer: Answer, cell: CellKey) -> dict[str, Any]:
    details = [words for _label, words in shown.breakdown_words(cell)]
    (figure,), unit = shown.with_common_unit([shown.of_answer(answer)])
    return {
        "unit": unit,
        "label": shown.indicator_name(cell.indicator) + "".join(f", {detail}" for detail in details),
        "url": reverse("indicator", args=[cell.indicator]),
        "note": shown.window_words(cell) if cell.first == cell.last else shown.period_words(cell),
        "cells": [None, figure] if cell.kind == "plan" else [figure, None],
    }


def _coverage(mine: Reach, facts: Facts, scope: Scope) -> list[dict[str, Any]]:
    members = members_of(scope.place, scope.period)
    said = sum(fact.amount is not None for fact in facts.standing_at(scope.place, scope.period))
    own = {"label": _("Số do chính nơi này (hoặc nói về cả nơi này)"), "count": format_number(said), "of": ""}
    if not members:
        return [own]
    present = _with_figures(mine, members, scope.period)
    missing = [one for one in members if one not in present]
    return [
        own,
        {
            "label": _("Nơi thành viên có số trong năm"),
            "count": len(present),
            "of": len(members),
            "missing": [
                {"name": name_of(one, scope.period.last), "url": reverse("place", args=[one])} for one in missing
            ],
        },
    ]


def _with_figures(mine: Reach, members: Iterable[str], period: Period) -> list[str]:
    """The members that speak, or those they were made from: figures of a zone or two are no report of a province.

    A register that is complete in all of a member's zones speaks for it.
    """
    behind = {member: with_members(member, Question("", member, period)) for member in members}
    zones = {member: {one for one in made_of if one.startswith("zone/")} for member, made_of in behind.items()}
    places = {place for member, made_of in behind.items() for place in made_of - zones[member]}
    speaking = queries.speaking(mine, places, period.first, period.last)
    complete = complete_among(mine, zones, period.first, period.last)
    return [member for member, made_of in behind.items() if member in complete or not speaking.isdisjoint(made_of)]


def _waiting(mine: Reach) -> list[dict[str, Any]]:
    rows = counted(Document.objects.filter(owner__in=mine.own)).filter(open__gt=0).order_by("-added_at")[:WAITING_SHOWN]
    return [
        {
            "title": row.title,
            "url": reverse("document", args=[row.pk]),
            "count": row.count,
            "certain": row.certain,
            "review": row.open - row.certain,
            "date": shown.moment_words(row.added_at),
        }
        for row in rows
    ]


def _recent(mine: Reach) -> list[dict[str, Any]]:
    """The newest batches that the reader may see figures of."""
    seen = queries.visible_observations(mine)
    example = Subquery(seen.filter(batch=OuterRef("pk")).order_by("id").values("pk")[:1])
    with_any = Batch.objects.annotate(example=example).filter(example__isnull=False)
    batches = list(with_any.order_by("-sequence")[:RECENT_SHOWN])
    rows = seen.filter(batch__in=batches).values("batch").order_by()
    newest = {row["batch"]: row for row in rows.annotate(count=Count("pk"), first=Min("document__title"))}
    people = names_of(batch.author for batch in batches if batch.author)
    address = _addresses(seen.filter(pk__in=[batch.example for batch in batches]))
    return [
        {
            "title": newest[batch.pk]["first"] or _("Đính chính"),
            "url": address[batch.pk],
            "count": newest[batch.pk]["count"],
            "who": people.get(batch.author, _("đi kèm sổ")),
            "when": shown.moment_words(batch.at),
            "sequence": format_number(batch.pk),
            "verb": {"accept": _("nhận"), "correct": _("đính chính")}.get(batch.kind, batch.kind),
        }
        for batch in batches
    ]


def _addresses(figures: QuerySet[Observation]) -> dict[int, str]:
    """Where a batch's line leads, by one of its figures: to its document, or to the figure that a person typed."""
    rows = figures.values_list("pk", "batch_id", "document_id", "document__kind")
    return {
        batch: reverse("figure", args=[pk])
        if document is None or kind == TYPED
        else reverse("document", args=[document])
        for pk, batch, document, kind in rows
    }
