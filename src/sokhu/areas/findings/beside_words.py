"""Registers beside reports in words: the gap, and why there is one as far as the registers tell."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sokhu.areas.findings.beside import Beside
from sokhu.areas.findings.causes import Causes
from sokhu.areas.ledger import shown
from sokhu.areas.territory.queries import name_of
from sokhu.core.numbers import format_number

ZONES_NAMED = 5


def gap_in_words(one: Beside) -> str:
    """How much more the registers come to, "" where it is nothing or cannot be told."""
    return _signed(one.question.indicator, one.gap, one.question.currency) if one.gap else ""


def causes_in_words(one: Beside) -> Iterable[str]:
    """Why registers and reports differ, as far as it can be told."""
    causes, asked = one.causes, one.question
    told = (
        (causes.late, _("%(count)s biến động của kỳ ghi vào sổ sau báo cáo: %(amount)s")),
        (causes.moved, _("%(count)s biến động đổi ngày từ kỳ này sang kỳ khác: %(amount)s")),
        (causes.gone, _("%(count)s biến động bị bỏ hoặc sửa sau báo cáo: %(amount)s")),
    )
    for (count, amount), words in told:
        if count:
            yield words % {"count": format_number(count), "amount": _signed(asked.indicator, amount, asked.currency)}
    if one.gap and causes.amount and causes.amount != one.gap:
        rest = _signed(asked.indicator, one.gap - causes.amount, asked.currency)
        yield _("còn %(amount)s chưa rõ vì sao") % {"amount": rest}
    if causes.missing:
        yield _missing_words(causes)


def _missing_words(causes: Causes) -> str:
    names = [name_of(zone) for zone in causes.missing[:ZONES_NAMED]]
    more = len(causes.missing) - len(names)
    listed = ", ".join(names) + (_(" và %(count)s khu khác") % {"count": format_number(more)} if more else "")
    return _("sổ bộ chưa đủ: %(zones)s") % {"zones": listed}


def _signed(indicator: str, amount: int, currency: str) -> str:
    text = " ".join(shown.number_and_unit(indicator, abs(amount), currency))
    return f"{'−' if amount < 0 else '+'}{text}"
