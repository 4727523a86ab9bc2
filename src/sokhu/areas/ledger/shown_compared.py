"""Comparisons as pages and the command line print them: lines of an explanation, weights of totals, ranks."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import indicators
from sokhu.areas.ledger import shown
from sokhu.core.answer import Answer
from sokhu.core.contribution import Lacking
from sokhu.core.coverage import Weighed
from sokhu.core.explain import Explanation, Leaf, Line, Side
from sokhu.core.numbers import format_number
from sokhu.core.period import printed
from sokhu.core.problems import Problem
from sokhu.core.quantity import whole_steps


def kind_words(kind: str) -> str:
    return {
        "added": _("thêm vào"),
        "gone": _("không còn"),
        "changed": _("thay đổi"),
        "converted": _("tỷ giá khác"),
        "restated": _("tính vào nơi khác"),
        "same": _("như nhau"),
    }[kind]


def leg_words(leg: str) -> str:
    return {"numerator": _("tử số"), "denominator": _("mẫu số")}.get(leg, "")


def leaf_amount(leaf: Leaf | None, line: Line, found: Explanation) -> str:
    """What a figure adds to its total, with its unit: in the total's currency, of a ratio in its own."""
    if leaf is None:
        return ""
    own = leaf.fact.cell.currency if leaf.fact else leaf.question.currency
    currency = own if line.leg else (found.right.currency or found.left.currency)
    number = shown.number_and_unit(leaf.question.indicator, whole_steps(leaf.amount), currency)
    return " ".join(number)


def rate_words(leaf: Leaf | None) -> str:
    """ "25.450 đồng, 31/12/2024": at what a figure was converted."""
    if leaf is None or leaf.rate is None:
        return ""
    per_unit = format_number(leaf.rate.per_unit_vnd, lang=shown.lang())
    return _("%(rate)s đồng, %(day)s") % {"rate": per_unit, "day": shown.day_words(leaf.rate.day)}


def moved_words(amount: int, found: Explanation) -> str:
    """ "+1.200 triệu USD": what a line moves the total by."""
    answer = found.right.answers[0]
    places = shown.RATIO_SHOWN_PLACES if found.legs else None
    currency = found.right.currency or found.left.currency
    return change_in_unit(answer.question.indicator, amount, currency=currency, places=places)


def remainder_words(found: Explanation) -> str:
    """What the lines leave of a difference: rounding, a step or so for each of them; else what one may not see."""
    most = 2 * (len(found.lines) + len(found.same) + 1)
    return _("làm tròn") if abs(found.remainder) <= most else _("số người xem không được đọc")


def side_amount(side: Side) -> str:
    """A side's total with its unit; "" where it has none."""
    answer = side.answers[0]
    if side.amount is None:
        return ""
    places = shown.RATIO_SHOWN_PLACES if answer.how == "ratio" else None
    return " ".join(shown.number_and_unit(answer.question.indicator, side.amount, side.currency, places=places))


def leg_amount(amount: int, leg: str, found: Explanation) -> str:
    """The numerator or denominator of a ratio on one side."""
    ratio = indicators()[found.right.answers[0].question.indicator]
    code = ratio.numerator if leg == "numerator" else ratio.denominator
    of_leg = [part for part in found.right.answers[0].parts if part.question.indicator == code]
    return " ".join(shown.number_and_unit(code, amount, of_leg[0].currency))


def refusals(found: Explanation) -> Iterable[Problem]:
    """Why one of the totals cannot be had, so that nothing is held against nothing."""
    sides = (found.left, found.right)
    told = [problem for side in sides if side.amount is None for problem in side.refusals]
    return {str(problem): problem for problem in told}.values()


def silent_words(found: Explanation) -> str:
    """Which of the totals nothing is known of, so that there is no difference; "" for none or a refused one."""
    if found.difference is not None or found.is_refused:
        return ""
    if found.left.amount is None and found.right.amount is None:
        return _("Hai bên đều chưa có số, nên không có chênh lệch.")
    if found.left.amount is None:
        return _("Bên trái chưa có số, nên không có chênh lệch.")
    return _("Bên phải chưa có số, nên không có chênh lệch.")


def coverage_words(answer: Answer, weight: Weighed | None) -> str:
    """ "28/34 · 92 % theo số gần nhất"; "" for what is not a total over places."""
    if not answer.want:
        return ""
    counted = f"{answer.have}/{answer.want}"
    share = weight_words(weight)
    return f"{counted} · {share}" if share else counted


def at_least_words(indicator: str, amount: int | None, lacking: Lacking, *, currency: str) -> str:
    """ "ít nhất 46,62 triệu USD" where somebody's figure is not in it; "" for no amount."""
    if amount is None:
        return ""
    number = " ".join(shown.number_and_unit(indicator, amount, currency))
    return f"{_('ít nhất')} {number}" if lacking.missing else number


def short_coverage_words(answer: Answer, weight: Weighed | None) -> str:
    """ "28/34 · 92 %" for a total in which somebody is missing."""
    share = shown.percent_words(weight.percent) if weight else ""
    return " · ".join(filter(None, (shown.coverage_words(answer), share)))


def weight_words(weight: Weighed | None) -> str:
    """How much of the last known figures those who are in a total make up."""
    if weight is None or weight.percent is None:
        return ""
    return _("%(percent)s %% theo số gần nhất") % {"percent": format_number(weight.percent, lang=shown.lang())}


def climbed_words(climbed: int | None) -> str:
    """ "▲2" for two ranks up, "▼1" for one down."""
    return "" if not climbed else f"{'▲' if climbed > 0 else '▼'}{abs(climbed)}"


def climbed_aloud(climbed: int | None) -> str:
    """The same for who hears the page."""
    if not climbed:
        return ""
    words = _("lên %(ranks)s hạng") if climbed > 0 else _("xuống %(ranks)s hạng")
    return words % {"ranks": abs(climbed)}


def change_in_unit(indicator: str, amount: int, *, currency: str, places: int | None = None) -> str:
    """ "+1.200 triệu USD" """
    number, unit = shown.number_and_unit(indicator, amount, currency, places=places)
    return f"{'+' if amount > 0 else ''}{number} {unit}".strip()


def last_known_words(answer: Answer | None) -> str:
    """ "gần nhất: 120 triệu USD, năm 2023": what a missing member last said; "" for none."""
    if answer is None or answer.amount is None:
        return ""
    number = " ".join(shown.number_and_unit(answer.question.indicator, answer.amount, answer.currency))
    period = printed(answer.question.period, shown.lang())
    return _("gần nhất: %(number)s, %(period)s") % {"number": number, "period": period}


def estimate_words(weight: Weighed | None) -> str:
    """What all missing members last said together, apart from the total; "" where nothing is known."""
    if weight is None or weight.estimate is None:
        return ""
    one = weight.last_known[0]
    return " ".join(shown.number_and_unit(one.question.indicator, weight.estimate, one.currency))
