"""`sokhu workbook`: what is taken from a workbook, cell by cell."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sokhu.core.period_words import parse
from sokhu.core.problems import Problem
from sokhu.core.territory import Territory
from sokhu.core.workbook.grid import Value, Workbook, text_of
from sokhu.core.workbook.mapping import Mapping, Says
from sokhu.core.workbook.marks import Mark, Reading, State, Taken

STATES: dict[State, str] = {"taken": "nhận | taken", "ignored": "bỏ qua | ignored", "unknown": "chưa hiểu | unknown"}


def add_commands(commands: argparse._SubParsersAction[Any]) -> None:
    about = "đọc bảng tính .xlsx .xls theo cách đọc, từng ô | read a workbook by a mapping, cell by cell"
    command = commands.add_parser("workbook", help=about, description=about)
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument(
        "--mapping", default="", metavar="NAME", help="2101, 2103, 2104, 2105 (tự nhận ra | recognised)"
    )
    command.add_argument(
        "--place", default="", help="nơi của số liệu nếu bảng không ghi | place, if the sheet says none"
    )
    command.add_argument("--period", default="", help="kỳ nếu bảng không ghi | period, if the sheet says none")
    command.add_argument("--unread", action="store_true", help="chỉ ô chưa hiểu | only cells not understood")
    command.add_argument("--json", action="store_true", help="một đối tượng JSON | one JSON object")
    command.set_defaults(run=read_workbook_file)


@dataclass(frozen=True, slots=True)
class Known:
    """What a workbook is read with."""

    territory: Territory
    mappings: dict[str, Mapping]


def read_workbook_file(options: argparse.Namespace) -> int:
    """0 when every cell was taken or ignored, 1 when some were not understood."""
    from sokhu.core.indicator import load_indicators
    from sokhu.core.territory_file import load_territory
    from sokhu.core.workbook.forms import forms
    from sokhu.core.workbook.places import place_finder
    from sokhu.core.workbook.reading import About, read_by

    workbook = workbook_of(options.file)
    known = Known(load_territory(), forms())
    mapping = mapping_for(workbook, known, options.mapping)
    says = said_of_all(workbook, mapping, known, options)
    find = place_finder(known.territory, _last_day(says), says.place)
    reading = read_by(workbook, mapping, About(load_indicators(), find, says))
    if options.json:
        print(json.dumps(as_json(reading, says, options.lang), ensure_ascii=False))
    else:
        print_cells(reading, options)
    return 1 if reading.counts()["unknown"] else 0


def workbook_of(file: Path) -> Workbook:
    from sokhu.documents import read_workbook

    try:
        data = file.read_bytes()
    except OSError as error:
        raise Problem("read.no_file", where=str(file), found=error.strerror or str(error)) from error
    return read_workbook(data, file.name)


def mapping_for(workbook: Workbook, known: Known, name: str) -> Mapping:
    """The mapping of that name, or the one that fits best."""
    from sokhu.core.workbook.sheets import recognised

    if name and name not in known.mappings:
        raise Problem("workbook.no_mapping", found=name, known=", ".join(known.mappings))
    if name:
        return known.mappings[name]
    found = recognised(workbook, known.mappings.values())
    if not found:
        raise Problem("workbook.not_recognised")
    return found[0]


def said_of_all(workbook: Workbook, mapping: Mapping, known: Known, options: argparse.Namespace) -> Says:
    """Place and period: as typed, else as the lines above the tables tell."""
    from sokhu.core.workbook.places import reported_place, told_above

    told = told_above(workbook, mapping, known.territory)
    told = told.then(Says(place=options.place, period=parse(options.period).name if options.period else ""))
    if told.place:
        known.territory.place(told.place)
    return told.then(Says(place=reported_place(known.territory, told.place, _last_day(told))))


def _last_day(says: Says) -> date:
    return parse(says.period).last if says.period else date.max


def as_json(reading: Reading, says: Says, lang: str) -> dict[str, Any]:
    figures = {one.where: one for one in reading.figures()}
    return {
        "mapping": reading.mapping.name,
        "place": says.place,
        "period": says.period,
        "counts": reading.counts(),
        "cells": [_cell(*cell, figures, lang) for cell in reading.cells()],
    }


def _cell(where: str, value: Value, mark: Mark, figures: dict[str, Taken], lang: str) -> dict[str, Any]:
    told: dict[str, Any] = {"cell": where, "value": value, "state": mark.state}
    if mark.problem:
        from sokhu.kit.wording import worded

        return told | {"code": mark.problem.code, "message": worded(mark.problem, lang)}
    if mark.state == "ignored":
        return told | {"reason": mark.reason}
    one = figures[where]
    amount = None if one.value is None else format(one.value, "f")
    return told | {
        "figure": one.says.as_table() | {"unit": one.unit.unit.code, "value": amount, "emptiness": one.emptiness}
    }


def print_cells(reading: Reading, options: argparse.Namespace) -> None:
    for line in _lines(reading, options):
        print(line)
    counts = reading.counts()
    told = ", ".join(f"{counts[state]} {words}" for state, words in STATES.items())
    print(f"{reading.mapping.name}: {told}")


def _lines(reading: Reading, options: argparse.Namespace) -> Iterator[str]:
    from sokhu.kit.wording import worded

    figures = {one.where: one for one in reading.figures()}
    for where, value, mark in reading.cells():
        if options.unread and mark.state != "unknown":
            continue
        about = mark.reason
        if mark.problem:
            about = worded(mark.problem, options.lang)
        elif where in figures:
            says = figures[where].says.as_table()
            about = " · ".join(text for name, text in says.items() if name != "unit")
        yield f"{where:<20} {mark.state:<8} {text_of(value)[:28]:<28} {about}"
