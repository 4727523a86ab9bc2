"""Answers put by hand under a speaker, so that what is written can be seen from what is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sokhu.core.answer import Answer, Question
from sokhu.core.dimension import load_dimensions
from sokhu.core.indicator import load_indicators
from sokhu.core.numbers import Lang
from sokhu.core.period import parse
from sokhu.core.report.content import shipped_parts
from sokhu.core.report.grammar import Vocabulary, figure_field, parsed
from sokhu.core.report.saying import Speaker
from sokhu.core.report.words import words_of
from sokhu.core.report.writing import Writer, Written

INDICATORS = load_indicators()
PLACE, YEAR = "province/hai-phong", "2021"
MILLION = 1_000_000
NAMES = {"period": "năm 2021", "last_year": "cùng kỳ năm 2020", "place": "thành phố Hải Phòng", "subject": "Ban"}


def vocabulary(lang: Lang = "vi") -> Vocabulary:
    dimensions = load_dimensions().dimensions
    parts = {value: name for name in ("ownership", "zone_kind") for value in dimensions[name].words}
    return Vocabulary(INDICATORS, parts | shipped_parts(), words_of(lang))


def answer(written: str, amount: int | None, year: str = YEAR, *, kind: str = "result", **fields: Any) -> Answer:
    """The answer to a placeholder ("capital_new:FDI"): amount in millionths of its unit, None for none."""
    one = figure_field(written, vocabulary())
    currency = one.currency or fields.pop("currency", "")
    if INDICATORS[one.indicator].is_money and not currency:
        currency = "VND" if one.ownership == "DDI" else "USD"
    question = Question(one.indicator, PLACE, parse(year), one.ownership, one.zone_kind, kind=kind, currency=currency)
    given = {"how": "said" if amount is not None else "missing", "last": date(int(year), 12, 31)} | fields
    return Answer(question, amount=amount, currency=currency, **given)


def speaker(*answers: Answer, lang: Lang = "vi", period: str = YEAR) -> Speaker:
    return Speaker(words_of(lang), INDICATORS, PLACE, parse(period), {one.question: one for one in answers})


def wrote(text: str, *answers: Answer, lang: Lang = "vi", kind: str = "local") -> Written:
    names = dict.fromkeys(words_of(lang).names, "…") | NAMES
    return Writer(speaker(*answers, lang=lang), names, kind).written(parsed(text, vocabulary(lang)))


def text_of(text: str, *answers: Answer, lang: Lang = "vi", kind: str = "local") -> str:
    return wrote(text, *answers, lang=lang, kind=kind).text


def at(one: Speaker, period: str) -> Speaker:
    return replace(one, period=parse(period))
