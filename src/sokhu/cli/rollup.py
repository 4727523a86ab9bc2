"""`sokhu rollup`: what a table over places answers, printed."""

from __future__ import annotations

import argparse
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import indicators, moment_of
from sokhu.areas.ledger import shown, shown_compared
from sokhu.areas.ledger.rollups import Rollup, RollupAsked, contributions, rollup
from sokhu.areas.territory.queries import name_within
from sokhu.cli import asking
from sokhu.cli.written import (
    Row,
    counted_row,
    exact,
    print_columns,
    print_csv,
    print_json,
    row_of,
    stamp_of,
    told,
    unit_words,
)
from sokhu.core.answer import Question
from sokhu.core.contribution import NOTHING, Contribution, Lacking, Moved
from sokhu.core.numbers import format_number
from sokhu.core.period import printed
from sokhu.core.problems import Problem
from sokhu.core.table import TableCell, TableQuestion

BESIDE = ("last-year", "plan")


def print_rollup(options: argparse.Namespace) -> int:
    at = asking.moment(options.known_at)
    with translation.override(options.lang), pinned_catalogue(moment_of(at)):
        found = rollup(asking.reader(options.user), _asked(options, at))
        if options.contribution:
            _print_contributions(found, options.format)
        else:
            _print_cells(found, options)
    return 0


def _asked(options: argparse.Namespace, at: int | None) -> RollupAsked:
    beside = [asking.choice("--with", one, BESIDE) for one in asking.listed(options.beside)]
    if beside and options.contribution:
        raise Problem("asking.with_contribution", found=options.beside)
    table = TableQuestion(
        indicators=asking.indicator_codes(options.indicator),
        places=(),
        periods=asking.periods(options.period),
        ownerships=asking.ownerships(options.ownership),
        kind=asking.cell_kind(options.kind),
        zone_kind=asking.zone_kind(options.zone_kind),
        with_last_year="last-year" in beside or options.contribution,
        with_plan="plan" in beside,
        map_day=asking.map_day(options.map),
        at=at,
        currency=asking.currency(options.currency),
        rate_mode="fixed_date" if options.rate_day else "period_end",
        rate_day=asking.day(options.rate_day) if options.rate_day else None,
    )
    return RollupAsked(table, options.by, options.within)


def _print_cells(found: Rollup, options: argparse.Namespace) -> None:
    rows = [row_of(cell, found.weights.get(cell.question), estimate=options.estimate) for cell in found.cells]
    if options.format == "json":
        print_json({"stamp": stamp_of(found.stamp), "map": options.map, "cells": rows})
    elif options.format == "csv":
        print_csv(rows)
    else:
        _print_table(found, options.estimate)


def _print_table(found: Rollup, with_estimate: bool) -> None:
    """A line for each cell, its number as pages show it."""
    has_last_year, has_plan = (any(getattr(cell, name) for cell in found.cells) for name in ("last_year", "plan"))
    heads = [_("Chỉ tiêu"), _("Nơi"), _("Kỳ"), _("Phần"), _("Số"), _("Đã có")]
    heads += [_("Cùng kỳ"), _("Tăng, giảm %")] if has_last_year else []
    heads += [_("Kế hoạch"), _("% kế hoạch")] if has_plan else []
    heads += [_("Số gần nhất của nơi còn thiếu")] if with_estimate else []
    rows = []
    for cell in found.cells:
        line = _line(cell, found)
        line += [told(cell.last_year), _number(cell.change_percent)] if has_last_year else []
        line += [told(cell.plan), _number(cell.plan_percent)] if has_plan else []
        line += [shown_compared.estimate_words(found.weights.get(cell.question))] if with_estimate else []
        rows.append(line)
    print_columns(heads, rows, right=range(4, len(heads)))


def _line(cell: TableCell, found: Rollup) -> list[str]:
    question = cell.question
    part = " ".join(filter(None, (question.ownership, question.zone_kind)))
    return [
        indicators()[question.indicator].name(shown.lang()),
        name_within(question.place, question.period.last),
        printed(question.period, shown.lang()),
        part,
        told(cell.answer),
        shown_compared.coverage_words(cell.answer, found.weights.get(question)),
    ]


def _number(value: Decimal | None) -> str:
    return "" if value is None else format_number(value, lang=shown.lang())


def _print_contributions(found: Rollup, form: str) -> None:
    """Who moved each total since the same period last year, the most first."""
    if form == "table":
        for question, one in contributions(found).items():
            _print_contribution(question, one)
        return
    moved = [(question, one, member) for question, one in contributions(found).items() for member in one.members]
    if form == "csv":
        print_csv([_moved_row(question, member) | _lacking_of_total(one) for question, one, member in moved])
    else:
        totals = [_total_row(question, one) for question, one in contributions(found).items()]
        members = [_moved_row(question, member) for question, _one, member in moved]
        print_json({"stamp": stamp_of(found.stamp), "totals": totals, "members": members})


def _print_contribution(question: Question, one: Contribution) -> None:
    name = indicators()[question.indicator].name(shown.lang())
    part = " ".join(filter(None, (question.ownership, question.zone_kind)))
    print(f"{name} {part} · {printed(question.period, shown.lang())}".replace("  ", " "))

    def number(amount: int | None, lacking: Lacking = NOTHING) -> str:
        return shown_compared.at_least_words(question.indicator, amount, lacking, currency=question.currency)

    heads = [_("Nơi"), _("Cùng kỳ"), _("Kỳ này"), _("Thay đổi"), _("% thay đổi chung"), _("Hạng trước"), _("Hạng")]
    rows = [
        [
            name_within(member.place, question.period.last),
            number(member.before, member.lacking_before),
            number(member.now, member.lacking),
            number(member.change),
            _number(member.share),
            str(member.rank_before or ""),
            f"{member.rank or ''} {shown_compared.climbed_words(member.climbed)}".strip(),
        ]
        for member in one.members
    ]
    totals = number(one.before, one.lacking_before), number(one.now, one.lacking)
    rows.append([_("Cộng"), *totals, number(one.change), "", "", ""])
    counted = [shown.part_words(lacking.have, lacking.want) for lacking in (one.lacking_before, one.lacking)]
    rows += [[_("Đã có"), *counted, "", "", "", ""]] if any(counted) else []
    print_columns(heads, rows, right=range(1, len(heads)))


def _moved_row(question: Question, member: Moved) -> Row:
    return {
        **_of_total(question),
        "place": member.place,
        "value": exact(member.now),
        "last_year": exact(member.before),
        "change": exact(member.change),
        "share_percent": None if member.share is None else str(member.share),
        "rank": member.rank,
        "rank_last_year": member.rank_before,
        **_lacking(member),
    }


def _total_row(question: Question, one: Contribution) -> Row:
    return {
        **_of_total(question),
        "value": exact(one.now),
        "last_year": exact(one.before),
        "change": exact(one.change),
        **_lacking(one),
    }


def _lacking(one: Contribution | Moved) -> Row:
    """What the figures of now and before lack, as a cell says it."""
    return {
        "coverage": counted_row(one.lacking.have, one.lacking.want),
        "missing": list(one.lacking.missing),
        "last_year_coverage": counted_row(one.lacking_before.have, one.lacking_before.want),
        "last_year_missing": list(one.lacking_before.missing),
    }


def _lacking_of_total(one: Contribution) -> Row:
    """The same of the total, for lines that tell of members only."""
    return {f"total_{name}": said for name, said in _lacking(one).items()}


def _of_total(question: Question) -> Row:
    return {
        "indicator": question.indicator,
        "period": question.period.name,
        "ownership": question.ownership,
        "currency": question.currency,
        "unit": unit_words(question),
    }
