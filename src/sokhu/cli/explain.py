"""`sokhu explain`: the figures behind the difference of two totals, printed."""

from __future__ import annotations

import argparse
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import moment_of
from sokhu.areas.ledger import shown_compared
from sokhu.areas.ledger.explaining import SideAsked, explanations, voice_of
from sokhu.areas.ledger.pages.figures import question_words
from sokhu.cli import asking
from sokhu.cli.written import Row, exact, print_columns, print_json, unit_words
from sokhu.core.answer import Question
from sokhu.core.explain import Explanation, Leaf, Line, Side
from sokhu.core.problems import Problem
from sokhu.core.quantity import whole_steps
from sokhu.kit.wording import worded


def print_explanation(options: argparse.Namespace) -> int:
    """0 also where the totals are equal; a side that is refused is told on standard output."""
    with translation.override(options.lang), pinned_catalogue(moment_of()):
        left, right = (_side(options, side) for side in ("left", "right"))
        found = explanations(asking.reader(options.user), left, right)
        if options.format == "json":
            print_json({"explanations": [_row(one, options.all) for one in found]})
        else:
            for one in found:
                _print(one, options.all)
    return 0


def _side(options: argparse.Namespace, side: str) -> SideAsked:
    """What a side says itself, else what both say. Raises Problem("asking.nothing_asked", name)."""

    def said(name: str, default: str = "") -> str:
        own, shared = getattr(options, f"{side}_{name}"), getattr(options, name)
        return str(own if own is not None else shared if shared is not None else default)

    for name in ("indicator", "in", "period"):
        if not said(name):
            raise Problem("asking.nothing_asked", name=f"--{name}")
    (indicator, *_more), (period, *_rest) = asking.indicator_codes(said("indicator")), asking.periods(said("period"))
    places = asking.places(said("in"))
    rate_day = said("rate_day")
    return SideAsked(
        Question(
            indicator,
            places[0],
            period,
            ownership=asking.ownerships(said("ownership"))[0],
            zone_kind=asking.zone_kind(said("zone_kind")),
            kind=asking.cell_kind(said("kind", "result")),
        ),
        places,
        at=asking.moment(said("known_at")),
        map_day=asking.map_day(said("map", asking.AS_WAS)),
        voice=voice_of(said("stream"), said("document")),
        into=asking.currency(said("currency")),
        rate_day=asking.day(rate_day) if rate_day else None,
    )


def _print(found: Explanation, with_same: bool) -> None:
    for label, side in ((_("Trái"), found.left), (_("Phải"), found.right)):
        print(f"{label}: {_side_words(side)}")
    for problem in shown_compared.refusals(found):
        print(worded(problem, translation.get_language()))
    if silent := shown_compared.silent_words(found):
        print(silent)
    if found.difference is None:
        return
    print(f"{_('Chênh lệch')}: {shown_compared.moved_words(found.moved, found)}")
    for leg in found.legs:
        amounts = [shown_compared.leg_amount(amount, leg.leg, found) for amount in (leg.left, leg.right)]
        moved = shown_compared.moved_words(leg.contribution, found)
        print(f"  {shown_compared.leg_words(leg.leg)}: {amounts[0]} → {amounts[1]}, {moved}")
    lines = [*found.lines, *(found.same if with_same else ())]
    rows = [_columns(line, found) for line in lines]
    if found.remainder:
        rows.append(
            [shown_compared.moved_words(found.remainder, found), shown_compared.remainder_words(found), "", "", "", ""]
        )
    rows.append([shown_compared.moved_words(found.moved, found), _("cộng"), "", "", "", ""])
    heads = [_("Góp vào"), _("Vì"), _("Số liệu"), _("Trái"), _("Phải"), _("Mã số liệu")]
    print_columns(heads, rows, right=(0, 3, 4))
    if not with_same and found.same:
        print(_("Số như nhau ở hai bên: %(count)s (xem bằng --all)") % {"count": len(found.same)})
    print()


def _side_words(side: Side) -> str:
    """ "150 triệu USD · Vốn cấp mới, Hải Phòng, năm 2024"."""
    asked = " + ".join(question_words(answer.question) for answer in side.answers)
    amount = shown_compared.side_amount(side) or _("chưa có số")
    return f"{_('ít nhất')} {amount} · {asked}" if side.missing and side.amount is not None else f"{amount} · {asked}"


def _columns(line: Line, found: Explanation) -> list[str]:
    reason = " · ".join(filter(None, (shown_compared.kind_words(line.kind), shown_compared.leg_words(line.leg))))
    sides = [line.left, line.right]
    amounts = [
        f"{shown_compared.leaf_amount(leaf, line, found)} {rate}".strip()
        if (rate := _rate(leaf))
        else shown_compared.leaf_amount(leaf, line, found)
        for leaf in sides
    ]
    ids = dict.fromkeys(str(leaf.fact.id) for leaf in sides if leaf and leaf.fact)
    moved = shown_compared.moved_words(line.contribution, found)
    return [moved, reason, question_words(line.leaf.question), *amounts, " → ".join(ids)]


def _rate(leaf: Leaf | None) -> str:
    words = shown_compared.rate_words(leaf)
    return f"({words})" if words else ""


def _row(found: Explanation, with_same: bool) -> Row:
    answer = found.right.answers[0]
    currency = found.right.currency or found.left.currency
    row: Row = {
        "indicator": answer.question.indicator,
        "unit": unit_words(answer.question, currency),
        "left": _side_row(found.left),
        "right": _side_row(found.right),
        "difference": exact(found.difference),
        "moved": exact(found.difference),
        "lines": [_line_row(line) for line in found.lines],
        "same": [_line_row(line) for line in found.same] if with_same else len(found.same),
        "remainder": exact(found.remainder),
    }
    if found.legs:
        row["legs"] = [
            {
                "leg": leg.leg,
                "left": exact(leg.left),
                "right": exact(leg.right),
                "contribution": exact(leg.contribution),
            }
            for leg in found.legs
        ]
    return row


def _side_row(side: Side) -> Row:
    lang = translation.get_language()
    return {
        "value": exact(side.amount),
        "as_shown": shown_compared.side_amount(side),
        "places": [answer.question.place for answer in side.answers],
        "period": side.answers[0].question.period.name,
        "missing": list(side.missing),
        "refused": [{"code": one.code, "text": worded(one, lang)} for one in side.refusals],
    }


def _line_row(line: Line) -> Row:
    question = line.leaf.question
    return {
        "why": line.kind,
        "leg": line.leg,
        "contribution": exact(line.contribution),
        "indicator": question.indicator,
        "place": question.place,
        "period": question.period.name,
        "ownership": question.ownership,
        "left": _leaf_row(line.left),
        "right": _leaf_row(line.right),
    }


def _leaf_row(leaf: Leaf | None) -> dict[str, Any] | None:
    if leaf is None:
        return None
    fact = leaf.fact
    return {
        "value": exact(whole_steps(leaf.amount)),
        "through": list(leaf.via),
        "observation": str(fact.id) if fact else None,
        "stream": ":".join(fact.stream) if fact else None,
        "sequence": fact.sequence if fact else None,
        "rate": str(leaf.rate.per_unit_vnd) if leaf.rate else None,
        "rate_day": leaf.rate.day.isoformat() if leaf.rate else None,
    }
