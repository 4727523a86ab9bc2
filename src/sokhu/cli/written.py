"""Answers as lines for machines and for people: exact values in the canonical unit, and the figure as pages show it."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sokhu.areas.catalogue.queries import indicators
from sokhu.areas.ledger import shown
from sokhu.core.answer import Answer, Question
from sokhu.core.coverage import Weighed
from sokhu.core.measure import unit_of_cell
from sokhu.core.numbers import EXACT
from sokhu.core.quantity import canonical_unit, unscaled
from sokhu.core.table import Stamp, TableCell
from sokhu.kit.book import is_illustrative, mark
from sokhu.kit.wording import worded

Row = dict[str, Any]


def row_of(cell: TableCell, weight: Weighed | None = None, *, estimate: bool = False) -> Row:
    """A cell of a table. value: decimal text in the canonical unit; None, not 0, where there is no figure."""
    answer, question = cell.answer, cell.question
    row: Row = {
        "indicator": question.indicator,
        "place": question.place,
        "period": question.period.name,
        "window": f"{answer.first or question.period.first}..{answer.last or question.period.last}",
        "dimensions": _dimensions(answer),
        "value": exact(answer.amount),
        "unit": unit_words(question, answer.currency) if answer.amount is not None else "",
        "as_shown": as_shown(answer),
        "maturity": answer.maturity if answer.amount is not None else "",
        "empty": _empty(answer),
        "coverage": _coverage(answer, weight),
        "missing": list(answer.missing),
        "caveats": [{"code": one.code, "text": worded(one, shown.lang())} for one in answer.caveats],
    }
    if cell.last_year is not None:
        row |= {"last_year": exact(cell.last_year.amount), "change_percent": _text(cell.change_percent)}
    if cell.plan is not None:
        row |= {"plan": exact(cell.plan.amount), "plan_percent": _text(cell.plan_percent)}
    if estimate:
        row["estimate"] = _estimate(weight)
    return row


def _empty(answer: Answer) -> str:
    """Why there is no amount, "refused" where the rules gave none; "" where there is one."""
    return "" if answer.amount is not None else str(shown.of_answer(answer, link=False).empty)


def _dimensions(answer: Answer) -> dict[str, str]:
    """What it is broken down by, the whole left out; plan where it is one."""
    one = answer.question
    said = {
        "ownership": one.ownership,
        "zone_kind": one.zone_kind,
        "country": one.country,
        "sector": one.sector,
        "other": one.other,
        "currency": answer.currency or one.currency,
        "kind": "" if one.kind == "result" else one.kind,
    }
    return {name: value for name, value in said.items() if value}


def _coverage(answer: Answer, weight: Weighed | None) -> Row | None:
    """How many members are in it, of how many, and their share of the last known figures in percent."""
    counted = counted_row(answer.have, answer.want)
    return counted and counted | {"weight_percent": _text(weight.percent) if weight else None}


def counted_row(have: int, want: int) -> Row | None:
    """How many members are in a figure, of how many; None for one that is no total."""
    return {"have": have, "want": want} if want else None


def _estimate(weight: Weighed | None) -> Row | None:
    """What the missing members last said, apart from the total."""
    if weight is None:
        return None
    last_known = [
        {"place": one.question.place, "period": one.question.period.name, "value": exact(one.amount)}
        for one in weight.last_known
    ]
    return {"value": exact(weight.estimate), "last_known": last_known, "unknown": list(weight.unknown)}


def exact(amount: int | None) -> str | None:
    """ "61206.6": every digit, no closing zeros."""
    return None if amount is None else _text(unscaled(amount).normalize(EXACT))


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def unit_words(question: Question, currency: str = "") -> str:
    """ "million USD": the unit that values count in."""
    return canonical_unit(unit_of_cell(indicators()[question.indicator], currency or question.currency)).words("en")


def as_shown(answer: Answer) -> str:
    """The figure with its unit as a page shows it, "ít nhất 61.206,6 triệu USD"; "" for none."""
    if answer.amount is None:
        return ""
    figure = shown.of_answer(answer, link=False)
    return " ".join(part for part in (figure.lead, ("~" if figure.approx else "") + figure.text, figure.unit) if part)


def told(answer: Answer | None) -> str:
    """The figure as shown, or why there is none."""
    if answer is None or answer.amount is not None:
        return as_shown(answer) if answer else ""
    figure = shown.of_answer(answer, link=False)
    return figure.reason or shown.emptiness_words(figure.empty)


def stamp_of(stamp: Stamp) -> Row:
    marked = {"mark": mark()} if is_illustrative() else {}
    return marked | {"sequence": stamp.sequence, "catalogue": stamp.catalogue, "version": stamp.version}


def print_json(document: Row) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=1))


def print_csv(rows: Sequence[Row]) -> None:
    """One line a row; what is a list or a table is written into its column as text."""
    rows = [row | {"mark": mark()} for row in rows] if is_illustrative() else rows
    heads = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([_flat(row.get(name)) for name in heads] for row in rows)


def _flat(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}={_flat(one)}" for name, one in value.items() if one not in (None, [], ""))
    if isinstance(value, list):
        return " ".join(one["text"] if isinstance(one, dict) and "text" in one else _flat(one) for one in value)
    return "" if value is None else str(value)


def print_columns(heads: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> None:
    """A table for people; right: the columns that are aligned to the right."""
    lines = [list(heads), *map(list, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    to_the_right = set(right)
    if is_illustrative():
        print(mark())
    for line in lines:
        cells = [
            text.rjust(width) if column in to_the_right else text.ljust(width)
            for column, (text, width) in enumerate(zip(line, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
