"""A report made from its content and the answers to its questions: one plain table of values that everything is laid
out from, and that is frozen when the report is issued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sokhu.core.answer import Answer, Question
from sokhu.core.numbers import format_number
from sokhu.core.period import Period, printed
from sokhu.core.quantity import in_unit
from sokhu.core.report.canonical import FORMAT
from sokhu.core.report.content import Block, ParsedBlock, ParsedSection
from sokhu.core.report.grammar import FigureField, fields_of
from sokhu.core.report.notes import Moment, notes_of
from sokhu.core.report.saying import Speaker
from sokhu.core.report.writing import Run, Writer, Written
from sokhu.core.table import last_year_of

YEARS_DRAWN = 5  # periods of a chart over time, the report's own the last
Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scene:
    """Of whom and when a report is, in words. place_kind: "block", "country" or "local"; members: id and name of each.

    names: what the report's own placeholders say; head: lines of the official layout, by their key.
    """

    place: str
    place_kind: str
    authority: str
    period: Period
    members: tuple[tuple[str, str], ...]
    names: Mapping[str, str]
    head: Mapping[str, Any]


def questions_needed(sections: Sequence[ParsedSection], scene: Scene, speaker: Speaker) -> list[Question]:
    """Every question that has to be answered before a report can be made, each once."""
    found: list[Question] = []
    for one in (block for section in sections for block in section.blocks):
        for asked in _fields(one):
            found += speaker.needed(asked)
        for asked in one.fields:
            found += _of_rows(one, asked, scene, speaker)
    for asked in main_fields(sections):
        found += [question for member, _name in scene.members for question in _at(speaker, member).questions(asked)]
    return list(dict.fromkeys(found))


def _fields(one: ParsedBlock) -> list[FigureField]:
    if one.block.kind == "text":
        return list(fields_of(one.sentence))
    return [replace(asked, how=how) for asked in one.fields for how in ("figure", "change", "of_plan")]


def _of_rows(one: ParsedBlock, asked: FigureField, scene: Scene, speaker: Speaker) -> list[Question]:
    """The questions of the rows of a table or chart besides those of the report's own place and period."""
    if one.block.by == "members":
        return [question for member, _name in scene.members for question in _at(speaker, member).questions(asked)]
    if one.block.by == "years":
        return [question for period in _years(scene.period) for question in _in(speaker, period).questions(asked)]
    return []


def main_fields(sections: Sequence[ParsedSection]) -> list[FigureField]:
    """Every figure a report asks for, as itself, each once: what its coverage is counted over."""
    found = (
        replace(asked, how="figure", places=None, of=None)
        for section in sections
        for one in section.blocks
        for asked in (fields_of(one.sentence) if one.block.kind == "text" else one.fields)
    )
    return list(dict.fromkeys(found))


def _at(speaker: Speaker, place: str) -> Speaker:
    return replace(speaker, place=place)


def _in(speaker: Speaker, period: Period) -> Speaker:
    return replace(speaker, period=period)


def _years(period: Period) -> list[Period]:
    """The same period of the years before and its own, the oldest first."""
    found = [period]
    while len(found) < YEARS_DRAWN and (before := last_year_of(Question("", "", found[0]))):
        found.insert(0, before.period)
    return found


def made(sections: Sequence[ParsedSection], scene: Scene, moment: Moment, speaker: Speaker) -> Table:
    """The report: texts, tables, charts, figures with what they rest on, coverage, notes, everything plain."""
    return _Making(scene, speaker, Writer(speaker, scene.names, scene.place_kind)).report(sections, moment)


@dataclass(slots=True)
class _Making:
    scene: Scene
    speaker: Speaker
    writer: Writer
    numbers: dict[Question, int] = field(default_factory=dict)  # figures in the order in which they are first written
    unknown: dict[FigureField, None] = field(default_factory=dict)

    def report(self, sections: Sequence[ParsedSection], moment: Moment) -> Table:
        body = [self.section(one) for one in sections]
        return {
            "format": FORMAT,
            "lang": self.speaker.words.lang,
            "place": {"id": self.scene.place, "name": self.scene.names["place"]},
            "authority": {"id": self.scene.authority, "name": self.scene.names["authority"]},
            "period": _period(self.scene.period, self.scene.names["period"]),
            "moment": {"sequence": moment.stamp.sequence, "at": moment.at, "digest": moment.digest},
            "map": moment.map_day,
            "catalogue": moment.stamp.catalogue,
            "program": moment.stamp.version,
            "head": dict(self.scene.head),
            "sections": body,
            "figures": [self.figure(question) for question in self.numbers],
            "missing": [self.told_missing(one) for one in self.unknown],
            "notes": notes_of(self.speaker, self.numbers, self.unknown, moment),
            "coverage": [self.coverage(main_fields(sections), member, name) for member, name in self.scene.members],
        }

    def section(self, one: ParsedSection) -> Table:
        unknown: list[FigureField] = []
        blocks = [made for block in one.blocks if (made := self.block(block, unknown))]
        self.unknown |= dict.fromkeys(unknown)
        closing = self.writer.missing_words(unknown, is_empty=not blocks)
        undrawn = [self.undrawn(block.block) for block in one.blocks if blocks and self.is_undrawn(block)]
        return {"heading": one.heading, "blocks": blocks, "missing": " ".join(filter(None, (closing, *undrawn)))}

    def is_undrawn(self, one: ParsedBlock) -> bool:
        """A chart or a table of members that has nothing to show: its other figures may stand in the text."""
        return (one.block.kind == "chart" or one.block.by == "members") and self.block(one, []) is None

    def undrawn(self, block: Block) -> str:
        return self.speaker.words.say(f"no_{block.kind}", heading=block.heading)

    def block(self, one: ParsedBlock, unknown: list[FigureField]) -> Table | None:
        match one.block.kind:
            case "table":
                return self.table(one, unknown)
            case "chart":
                return self.chart(one, unknown)
        written = self.writer.written(one.sentence)
        unknown += written.unknown
        return {"kind": "text", "runs": self.runs(written)} if written.runs else None

    def runs(self, written: Written) -> list[Table]:
        return [self.run(run) for run in written.runs]

    def run(self, run: Run) -> Table:
        figures = [self.number(question) for question in run.rests] if run.is_known else []
        return {"text": run.text, "figures": figures, "known": run.is_known}

    def number(self, question: Question) -> int:
        return self.numbers.setdefault(question, len(self.numbers) + 1)

    def table(self, one: ParsedBlock, unknown: list[FigureField]) -> Table | None:
        if one.block.by == "members":
            return self.table_of_members(one, unknown)
        rows: list[Table] = [row for asked in one.fields for row in self.row(asked, unknown)]
        columns: Sequence[str] = _COLUMNS
        if not any(row["plan"]["known"] for row in rows):
            columns = [name for name in columns if name not in ("plan", "of_plan")]
        if not any(row["last_year"]["known"] or row["change"]["known"] for row in rows):
            columns = [name for name in columns if name not in ("last_year", "change")]
        if not any(row["figure"]["known"] for row in rows):
            return None
        return {"kind": "table", "by": "figures", "heading": one.block.heading, "columns": columns, "rows": rows}

    def row(self, asked: FigureField, unknown: list[FigureField]) -> Iterator[Table]:
        """A row for a figure, one a currency where it is known in two; a row without a figure says so."""
        for answer in self.speaker.answers_of(asked):
            own = replace(asked, currency=answer.question.currency)
            known = answer.amount is not None
            if not known:
                unknown.append(asked)
            unit = self.speaker.number_and_unit(answer)[1]
            yield {
                "name": self.speaker.name(asked),
                "unit": unit,
                "plan": self.cell(replace(own, how="plan"), unit),
                "figure": self.cell(own, unit),
                "last_year": self.cell(replace(own, how="last_year"), unit),
                "change": self.percent(own, "change"),
                "of_plan": self.percent(own, "of_plan"),
            }

    def cell(self, asked: FigureField, unit: str) -> Table:
        """A number in the row's unit; with its own unit where that is another one."""
        of, back = ("plan" if asked.how == "plan" else "result"), asked.how == "last_year"
        answer = next(iter(self.speaker.answers_of(asked, of=of, back=back)), None)
        if answer is None or answer.amount is None:
            return {"text": "…", "figures": [], "known": False}
        same = self.speaker.number_and_unit(answer)[1] == unit
        text = self.speaker.amount(answer, bare=same)
        return {"text": text, "figures": [self.number(answer.question)], "known": True}

    def percent(self, asked: FigureField, how: str) -> Table:
        value, rests = self.speaker.percent_of(replace(asked, how=how))
        if value is None:
            return {"text": "…", "figures": [], "known": False}
        text = format_number(value, places=2, lang=self.speaker.words.lang)
        signed = f"+{text}" if how == "change" and value > 0 else text
        return {"text": signed, "figures": [self.number(question) for question in rests], "known": True}

    def table_of_members(self, one: ParsedBlock, unknown: list[FigureField]) -> Table | None:
        units = [self.unit_of(asked) for asked in one.fields]
        rows: list[Table] = []
        for member, name in self.scene.members:
            cells = [self.member_cell(member, asked, unit) for asked, unit in zip(one.fields, units, strict=True)]
            rows.append({"name": name, "cells": cells})
        absent = [row["name"] for row in rows if not any(cell["known"] for cell in row["cells"])]
        if len(absent) == len(rows):
            return None
        rows = [row for row in rows if row["name"] not in absent]
        whole = [self.cell(asked, unit) for asked, unit in zip(one.fields, units, strict=True)]
        columns = [
            {"name": self.speaker.name(asked), "unit": unit} for asked, unit in zip(one.fields, units, strict=True)
        ]
        told = self.speaker.words.say("members_absent", count=len(absent), names=", ".join(absent)) if absent else ""
        return {
            "kind": "table",
            "by": "members",
            "heading": one.block.heading,
            "columns": columns,
            "rows": rows,
            "whole": whole,
            "absent": told,
        }

    def unit_of(self, asked: FigureField) -> str:
        """The unit of a column: that of the whole, else of the first member that has a figure."""
        places = [self.scene.place, *(member for member, _name in self.scene.members)]
        for place in places:
            speaker = _at(self.speaker, place)
            answer = speaker.answers_of(asked)[0]
            if answer.amount is not None:
                return speaker.number_and_unit(answer)[1]
        return ""

    def member_cell(self, member: str, asked: FigureField, unit: str) -> Table:
        return replace(self, speaker=_at(self.speaker, member)).cell(asked, unit)

    def chart(self, one: ParsedBlock, unknown: list[FigureField]) -> Table | None:
        """Bars or columns of one unit; None where fewer than two figures are known: nothing would be compared."""
        points = self.points(one)
        unknown += [asked for asked in one.fields if self.speaker.answers_of(asked)[0].amount is None]
        units = [unit for _label, answer, unit in points if answer.amount is not None]
        unit = units[0] if units else ""
        drawn = [(label, answer) for label, answer, own in points if answer.amount is None or own == unit]
        if sum(answer.amount is not None for _label, answer in drawn) < 2:
            return None
        unit = self.chart_unit(drawn)
        return {
            "kind": "chart",
            "by": one.block.by,
            "heading": one.block.heading,
            "unit": unit,
            "labels": [label for label, _answer in drawn],
            "values": [self.value(answer, unit) for _label, answer in drawn],
            "figures": [0 if answer.amount is None else self.number(answer.question) for _label, answer in drawn],
        }

    def points(self, one: ParsedBlock) -> list[tuple[str, Answer, str]]:
        """Label, answer and measure of every point."""
        if one.block.by == "figures":
            pairs = [(self.speaker.name(asked), self.speaker, asked) for asked in one.fields]
        elif one.block.by == "members":
            pairs = [(name, _at(self.speaker, member), one.fields[0]) for member, name in self.scene.members]
        else:
            lang = self.speaker.words.lang
            pairs = [
                (printed(year, lang), _in(self.speaker, year), one.fields[0]) for year in _years(self.scene.period)
            ]
        found = []
        for label, speaker, asked in pairs:
            answer = speaker.answers_of(asked)[0]
            found.append((label, answer, f"{answer.currency}{self.speaker.indicators[asked.indicator].unit}"))
        return found

    def chart_unit(self, drawn: Sequence[tuple[str, Answer]]) -> str:
        largest = max((one for _label, one in drawn if one.amount is not None), key=lambda one: abs(one.amount or 0))
        return self.speaker.number_and_unit(largest)[1]

    def value(self, answer: Answer, unit: str) -> str | None:
        """A value in the chart's unit, as an exact decimal text; None for a gap."""
        if answer.amount is None:
            return None
        return format(in_unit(answer.amount, unit).normalize(), "f")

    def figure(self, question: Question) -> Table:
        answer = self.speaker.answers.get(question, Answer(question, "missing"))
        return {
            "number": self.numbers[question],
            "indicator": question.indicator,
            "name": self.speaker.indicators[question.indicator].name(self.speaker.words.lang),
            "place": question.place,
            "period": _period(question.period, printed(question.period, self.speaker.words.lang)),
            "kind": question.kind,
            "ownership": question.ownership,
            "zone_kind": question.zone_kind,
            "other": question.other,
            "currency": question.currency,
            "text": self.speaker.amount(answer) if answer.amount is not None else "",
            "amount": answer.amount,
            "how": answer.how,
            "maturity": answer.maturity,
            "approx": answer.approx,
            "first": answer.first,
            "last": answer.last,
            "have": answer.have,
            "want": answer.want,
            "missing": sorted(answer.missing),
            "caveats": sorted({caveat.code for caveat in answer.caveats}),
        }

    def told_missing(self, asked: FigureField) -> Table:
        answer = self.speaker.answers_of(asked)[0]
        return {
            "indicator": asked.indicator,
            "name": self.speaker.name(replace(asked, how="figure")),
            "how": asked.how,
            "ownership": asked.ownership,
            "zone_kind": asked.zone_kind,
            "other": asked.other,
            "currency": answer.question.currency,
            "why": answer.emptiness if asked.how == "figure" else "",
        }

    def coverage(self, asked: Sequence[FigureField], member: str, name: str) -> Table:
        speaker = _at(self.speaker, member)
        known = [one for one in asked if speaker.answers_of(one)[0].amount is not None]
        return {"place": member, "name": name, "have": len(known), "want": len(asked)}


_COLUMNS = ("name", "unit", "plan", "figure", "last_year", "change", "of_plan")


def _period(period: Period, words: str) -> Table:
    return {
        "name": period.name,
        "words": words,
        "regime": period.regime,
        "first": period.first,
        "last": period.last,
    }
