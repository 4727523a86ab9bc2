"""100 workbooks of each form as boards mail them: every figure in its place, every other cell accounted for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from sokhu.core.indicator import load_indicators
from sokhu.core.territory_file import load_territory
from sokhu.core.workbook.forms import forms
from sokhu.core.workbook.mapping import Says
from sokhu.core.workbook.marks import Reading
from sokhu.core.workbook.places import place_finder
from sokhu.core.workbook.reading import About, read_by
from sokhu.documents import workbook
from sokhu.documents.extracted import Limits
from workbook_files import Draft, xls, xlsx
from workbook_variants import FORMS, PERIOD, PLACE, Meant, Variant, variant

VARIANTS = 100


@cache
def about() -> About:
    finder = place_finder(load_territory(), date(2024, 12, 31), PLACE)
    return About(load_indicators(), finder, Says(place=PLACE, period=PERIOD))


def read(form: str, made: Variant, write: Callable[[list[Draft]], bytes]) -> Reading:
    data = write(made.drafts)
    found = workbook.read(workbook.kind_of(data, Limits()), data, Limits())
    return read_by(found, forms()[form], about())


def taken(reading: Reading) -> set[Meant]:
    return {
        Meant(
            one.sheet,
            one.row,
            one.column,
            one.says.indicator,
            one.says.place,
            one.says.ownership,
            one.says.zone_kind,
            one.says.other,
            one.unit.unit.code,
            one.value,
            one.emptiness,
        )
        for one in reading.figures()
    }


def states(reading: Reading) -> dict[tuple[str, tuple[int, int]], str]:
    return {
        (one.sheet.name, (row, column)): mark.state
        for one in reading.sheets
        for row, marks in enumerate(one.marks)
        for column, mark in enumerate(marks)
        if mark is not None
    }


@pytest.mark.parametrize("form", FORMS)
def test_every_cell_of_a_hundred_variants_is_placed_right(form: str) -> None:
    """Every second one is an .xls."""
    wrong = []
    for seed in range(VARIANTS):
        made = variant(form, seed)
        reading = read(form, made, xls if seed % 2 else xlsx)
        if taken(reading) != made.figures or states(reading) != made.states:
            wrong.append(seed)
    assert not wrong
