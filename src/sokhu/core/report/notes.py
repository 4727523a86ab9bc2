"""The notes under a report: where its figures are from, how they are rounded, which are no plain final figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from sokhu.core.answer import Answer, Question
from sokhu.core.numbers import format_number
from sokhu.core.report.grammar import FigureField
from sokhu.core.report.saying import GROWTH, Speaker
from sokhu.core.table import Stamp

HANOI = timezone(timedelta(hours=7))  # Viet Nam has one time, and no summer time
DIFFERS = ("answer.parts_differ", "answer.periods_differ", "answer.places_differ", "answer.streams_differ")


@dataclass(frozen=True, slots=True)
class Moment:
    """What the figures rest on: the stamp of every answer, when its batch was sealed and with which digest."""

    stamp: Stamp
    at: datetime
    digest: str
    map_day: date


def notes_of(
    speaker: Speaker, questions: Iterable[Question], unknown: Iterable[FigureField], moment: Moment
) -> list[str]:
    """Sentences, those that always stand first; the others only where there is something to tell."""
    words = speaker.words
    at = f"{moment.at.astimezone(HANOI):%d/%m/%Y %H:%M}"
    sequence = format_number(moment.stamp.sequence, lang=words.lang)
    first = [words.note("moment", sequence=sequence, at=at, map=f"{moment.map_day:%d/%m/%Y}"), words.note("rounding")]
    return [*first, *_about_figures(speaker, list(questions)), *_about_comparisons(speaker, unknown)]


def _about_figures(speaker: Speaker, questions: list[Question]) -> list[str]:
    answers = [found for one in questions if (found := speaker.answers.get(one)) is not None]
    grown = [one for one in answers if one.question.indicator == GROWTH]
    answers = [one for one in answers if one.amount is not None and one.question.indicator != GROWTH]

    def listed(wanted: Callable[[Answer], bool], among: list[Answer] = answers) -> list[str]:
        return speaker.listed([_field(one.question) for one in among if wanted(one)])

    told = {
        "estimate": listed(lambda one: one.maturity == "estimate"),
        "preliminary": listed(lambda one: one.maturity == "preliminary"),
        "approx": listed(lambda one: one.approx),
        "partial": [_partial(speaker, one) for one in answers if one.missing and one.how != "said"],
        "counted": _counted(speaker, [one for one in answers if _is_counted_elsewhere(speaker, one)]),
        "by_source": listed(lambda _one: True, grown),
        "differs": listed(lambda one: any(caveat.code in DIFFERS for caveat in one.caveats)),
    }
    return [speaker.words.note(key, names="; ".join(dict.fromkeys(names))) for key, names in told.items() if names]


def _about_comparisons(speaker: Speaker, unknown: Iterable[FigureField]) -> list[str]:
    asked = list(unknown)
    told: dict[str, Callable[[FigureField], bool]] = {
        "no_change": lambda one: one.how in ("change", "last_year"),
        "no_plan": lambda one: one.how in ("of_plan", "plan"),
    }
    found = {
        key: speaker.listed([one for one in asked if wanted(one) and _is_known(speaker, one)])
        for key, wanted in told.items()
    }
    return [speaker.words.note(key, names="; ".join(names)) for key, names in found.items() if names]


def _is_known(speaker: Speaker, one: FigureField) -> bool:
    """Whether the figure itself is there: where it is not, nobody misses what it is compared with."""
    return speaker.said(replace(one, how="figure", of=None)).is_known


def _field(one: Question) -> FigureField:
    """What a question asks for, as a placeholder; of a change that was said, the figure that changed."""
    if one.indicator == GROWTH:
        return FigureField(one.other.removeprefix("of="), one.ownership, one.zone_kind)
    return FigureField(one.indicator, one.ownership, one.zone_kind, "", one.other)


def _partial(speaker: Speaker, answer: Answer) -> str:
    return speaker.words.note(
        "partial_one", name=speaker.name(_field(answer.question)), have=answer.have, want=answer.want
    )


def _is_counted_elsewhere(speaker: Speaker, answer: Answer) -> bool:
    """A count of the report's own period that was taken on another day than its last."""
    is_stock = speaker.indicators[answer.question.indicator].nature == "stock"
    return is_stock and answer.question.period == speaker.period and answer.last not in (None, speaker.period.last)


def _counted(speaker: Speaker, answers: list[Answer]) -> list[str]:
    """The figures of each day."""
    by_day: dict[date, list[FigureField]] = {}
    for one in answers:
        if one.last is not None:
            by_day.setdefault(one.last, []).append(_field(one.question))
    return [
        speaker.words.note("counted_one", names=", ".join(speaker.listed(fields)), day=f"{day:%d/%m/%Y}")
        for day, fields in sorted(by_day.items())
    ]
