"""A workbook cell by cell, for people and machines, without any book: by the shipped catalogue and forms."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sokhu.core.indicator import load_indicators
from sokhu.core.period_words import parse
from sokhu.core.problems import Problem
from sokhu.core.territory import Territory
from sokhu.core.territory_file import load_territory
from sokhu.core.workbook.forms import forms
from sokhu.core.workbook.grid import Value, Workbook, text_of
from sokhu.core.workbook.mapping import Mapping, Says
from sokhu.core.workbook.marks import Mark, Reading, State, Taken
from sokhu.core.workbook.places import place_finder, reported_place, told_above
from sokhu.core.workbook.reading import About, read_by
from sokhu.core.workbook.sheets import recognised
from sokhu.documents import read_workbook
from sokhu.kit.wording import worded

STATES: dict[State, str] = {"taken": "nhận | taken", "ignored": "bỏ qua | ignored", "unknown": "chưa hiểu | unknown"}


def read_without_a_book(options: argparse.Namespace) -> int:
    workbook = read_workbook(bytes_of(options.file), options.file.name)
    mapping = mapping_for(workbook, forms(), options.mapping)
    territory = load_territory()
    says = _said_of_all(workbook, mapping, territory, options)
    about = About(load_indicators(), place_finder(territory, _last_day(says), says.place), says)
    return told(read_by(workbook, mapping, about), says, options)


def bytes_of(file: Path) -> bytes:
    """Raises Problem("read.no_file")."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise Problem("read.no_file", where=str(file), found=error.strerror or str(error)) from error


def mapping_for(workbook: Workbook, known: dict[str, Mapping], name: str) -> Mapping:
    """The mapping of that name, or the one that fits best.

    Raises Problem("workbook.no_mapping") and Problem("workbook.not_recognised").
    """
    if name and name not in known:
        raise Problem("workbook.no_mapping", found=name, known=", ".join(known))
    if name:
        return known[name]
    found = recognised(workbook, known.values())
    if not found:
        raise Problem("workbook.not_recognised")
    return found[0]


def _said_of_all(workbook: Workbook, mapping: Mapping, territory: Territory, options: argparse.Namespace) -> Says:
    """Place and period: as typed, else as the lines above the tables tell."""
    found = told_above(workbook, mapping, territory)
    found = found.then(Says(place=options.place, period=parse(options.period).name if options.period else ""))
    if found.place:
        territory.place(found.place)
    return found.then(Says(place=reported_place(territory, found.place, _last_day(found))))


def _last_day(says: Says) -> date:
    return parse(says.period).last if says.period else date.max


def told(reading: Reading, says: Says, options: argparse.Namespace) -> int:
    """Prints every cell; 0 when each was taken or ignored, 1 when some were not understood."""
    if options.json:
        print(json.dumps(as_json(reading, says, options.lang), ensure_ascii=False))
    else:
        for line in _lines(reading, options):
            print(line)
        counts = reading.counts()
        summary = ", ".join(f"{counts[state]} {words}" for state, words in STATES.items())
        print(f"{reading.mapping.name}: {summary}")
    return 1 if reading.counts()["unknown"] else 0


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
    cell: dict[str, Any] = {"cell": where, "value": value, "state": mark.state}
    told = {"code": mark.problem.code, "message": worded(mark.problem, lang)} if mark.problem else {}
    if mark.state != "taken":
        return cell | ({"reason": mark.reason} if mark.reason else {}) | told
    one = figures[where]
    amount = None if one.value is None else format(one.value, "f")
    said = one.says.as_table() | {"unit": one.unit.unit.code, "value": amount, "emptiness": one.emptiness}
    return cell | {"figure": said}


def _lines(reading: Reading, options: argparse.Namespace) -> Iterator[str]:
    figures = {one.where: one for one in reading.figures()}
    for where, value, mark in reading.cells():
        if options.unread and mark.state != "unknown":
            continue
        about = mark.reason
        if mark.problem:
            about = worded(mark.problem, options.lang)
        elif where in figures:
            about = " · ".join(text for name, text in figures[where].says.as_table().items() if name != "unit")
        yield f"{where:<20} {mark.state:<8} {text_of(value)[:28]:<28} {about}"
