"""Indicators: what a figure measures, in which unit, and how it may be added. The catalogue files are read here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sokhu.core.catalogue_check import (
    CatalogueFile,
    Complaints,
    Contents,
    Key,
    check_keys,
    is_retired,
    packaged_files,
    parsed_files,
    with_retired,
)
from sokhu.core.closure import closure
from sokhu.core.dimension import load_dimensions

Nature = Literal["flow", "stock", "ratio"]
OverTime = Literal["sum", "last", "recompute", "none"]
OverPlaces = Literal["sum", "recompute", "none"]
Better = Literal["higher", "lower", "none"]
Lang = Literal["vi", "en"]

EVIDENCE = frozenset({"FOUND", "BK-high", "BK-medium", "BK-low"})
_CODE = re.compile(r"[a-z][a-z0-9_]{1,59}")
_FOLD = re.compile(r"[A-Z]{3}-[0-9]{2}(?:\.[1-9])?")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One entry of the catalogue. Ownership, country, sector, zone kind and currency are dimensions, never in the code.

    unit: key of the canonical unit; other_units: units in which texts write the same figure as well.
    numerator, denominator, factor: a ratio is factor x numerator / denominator, both of them indicator codes.
    plus, minus: an indicator that is others added and taken off (capital_new_and_added = new + added).
    part_of: the indicator this one can never exceed, in the same place, period and breakdown.
    raised_by, lowered_by: the flows that move a stock between two counts, which checks hold it against.
    cumulative: the stock that a flow runs into, which reports print beside it ("lũy kế"): valid projects for new ones.
    comparison: read out of texts but describing another figure (growth_rate, share); never added or recomputed.
    better: whether more of it is good, for scoring and colouring; "none" where it is neither.
    folds: codes of the former list this entry takes up; "LND-11.2" is the second figure of a row that held two.
    retired: the day from which it takes no new figures; those that stand keep it.
    """

    code: str
    group: str
    name_vi: str
    name_en: str
    definition_vi: str
    definition_en: str
    unit: str
    nature: Nature
    over_time: OverTime
    over_places: OverPlaces
    better: Better
    dimensions: tuple[str, ...]
    source: str
    evidence: str
    other_units: tuple[str, ...] = ()
    numerator: str = ""
    denominator: str = ""
    factor: int = 1
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    part_of: str = ""
    cumulative: str = ""
    raised_by: tuple[str, ...] = ()
    lowered_by: tuple[str, ...] = ()
    comparison: bool = False
    folds: tuple[str, ...] = ()
    retired: dt.date | None = None

    def name(self, lang: Lang) -> str:
        return self.name_vi if lang == "vi" else self.name_en

    def definition(self, lang: Lang) -> str:
        return self.definition_vi if lang == "vi" else self.definition_en

    @property
    def is_money(self) -> bool:
        """Whether its cells have a currency: money, and money per hectare, project, person."""
        return self.unit.startswith("money")

    @property
    def needs(self) -> tuple[str, ...]:
        """Codes of the indicators this one is calculated from; empty when it is only ever reported."""
        return tuple(code for code in (self.numerator, self.denominator, *self.plus, *self.minus) if code)


def needs_of(code: str, indicators: Mapping[str, Indicator]) -> frozenset[str]:
    """Codes of every indicator that one is calculated from, by way of others too."""

    def needs(one: str) -> tuple[str, ...]:
        return indicators[one].needs if one in indicators else ()

    return frozenset(closure(needs(code), needs))


_TEXT = Key(str, required=True)
_KEYS: Mapping[str, Key] = {
    "name_vi": _TEXT,
    "name_en": _TEXT,
    "definition_vi": _TEXT,
    "definition_en": _TEXT,
    "unit": _TEXT,
    "other_units": Key(list),
    "nature": Key(str, required=True, choices=frozenset({"flow", "stock", "ratio"})),
    "over_time": Key(str, required=True, choices=frozenset({"sum", "last", "recompute", "none"})),
    "over_places": Key(str, required=True, choices=frozenset({"sum", "recompute", "none"})),
    "numerator": Key(str),
    "denominator": Key(str),
    "factor": Key(int),
    "plus": Key(list),
    "minus": Key(list),
    "part_of": Key(str),
    "cumulative": Key(str),
    "raised_by": Key(list),
    "lowered_by": Key(list),
    "comparison": Key(bool),
    "better": Key(str, required=True, choices=frozenset({"higher", "lower", "none"})),
    "dimensions": Key(list, required=True),
    "folds": Key(list),
    "source": _TEXT,
    "evidence": Key(str, required=True, choices=EVIDENCE),
    "retired": Key(dt.date),
}


@dataclass(frozen=True, slots=True)
class _Entry:
    indicator: Indicator
    file: CatalogueFile

    def at(self, *key: str) -> str:
        return self.file.at(self.indicator.code, *key)


@cache
def load_indicators() -> dict[str, Indicator]:
    """The packaged catalogue by code, in the order of files and entries.

    Raises Problems, all of them at once, each with `where="indicators/land.toml:41"`.
    """
    return checked_indicators(packaged_files("indicators"), dimensions=load_dimensions().dimensions)


def checked_indicators(files: Contents, *, dimensions: Iterable[str]) -> dict[str, Indicator]:
    """The indicators of catalogue files given as path -> content; dimensions: the keys an indicator may name.

    Retired ones stand behind those in use, which may not name them. Raises Problems with codes catalogue.unknown_key,
    missing_key, wrong_kind, wrong_value, empty_text, bad_code, duplicate, unknown_code, retired_code,
    unknown_dimension, no_currency, bad_fold, duplicate_fold and those of `_check_rules`.
    """
    told = Complaints()
    entries: dict[str, _Entry] = {}
    retired: dict[str, _Entry] = {}
    for file in parsed_files(files, told):
        for code, table in file.tables.items():
            entry = _entry(code, table, file, told)
            if entry is None:
                continue
            if is_retired(table):
                retired[code] = entry
            elif code in entries:
                told.add("catalogue.duplicate", file.at(code), found=code, first=entries[code].at())
            else:
                entries[code] = entry
    _check_together(entries, retired, frozenset(dimensions), told)
    told.tell()
    return {code: entry.indicator for code, entry in with_retired(entries, retired).items()}


def _entry(code: str, table: object, file: CatalogueFile, told: Complaints) -> _Entry | None:
    if not isinstance(table, dict):
        told.add("catalogue.not_a_table", file.at(code), found=code)
        return None
    if not _CODE.fullmatch(code):
        told.add("catalogue.bad_code", file.at(code), found=code)
    if not check_keys(table, _KEYS, file, (code,), told):
        return None
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
    group = file.path.rpartition("/")[2].removesuffix(".toml")
    return _Entry(Indicator(code=code, group=group, **values), file)


def _check_together(
    entries: Mapping[str, _Entry], retired: Mapping[str, _Entry], dimensions: frozenset[str], told: Complaints
) -> None:
    folded: dict[str, str] = {}
    for entry in entries.values():
        _check_rules(entry, told)
        _check_references(entry, entries, retired, told)
        _check_dimensions(entry, dimensions, told)
        _check_folds(entry, folded, told)
    _check_circles(entries, told)


def _check_rules(entry: _Entry, told: Complaints) -> None:
    """The rules of adding must fit the nature: what is impossible in the catalogue need not be caught in each total.

    Codes: catalogue.stock_over_time, ratio_added, not_a_ratio, comparison_added, ratio_without_formula,
    formula_without_ratio, zero_factor.
    """
    one = entry.indicator
    if one.nature == "stock" and one.over_time == "sum":
        told.add("catalogue.stock_over_time", entry.at("over_time"), found=one.code)
    if one.nature == "flow" and one.over_time == "last":
        told.add("catalogue.flow_last", entry.at("over_time"), found=one.code)
    if one.comparison:
        if one.over_time != "none" or one.over_places != "none":
            told.add("catalogue.comparison_added", entry.at("over_time"), found=one.code)
    elif one.nature == "ratio":
        _check_ratio(entry, told)
    elif "recompute" in (one.over_time, one.over_places):
        told.add("catalogue.not_a_ratio", entry.at("over_time"), found=one.code)
    if one.nature != "ratio" and (one.numerator or one.denominator):
        told.add("catalogue.formula_without_ratio", entry.at("numerator"), found=one.code)
    if one.factor == 0:
        told.add("catalogue.zero_factor", entry.at("factor"), found=one.code)


def _check_ratio(entry: _Entry, told: Complaints) -> None:
    one = entry.indicator
    if not (one.numerator and one.denominator):
        told.add("catalogue.ratio_without_formula", entry.at(), found=one.code)
    for key, rule in (("over_time", one.over_time), ("over_places", one.over_places)):
        if rule not in ("recompute", "none"):
            told.add("catalogue.ratio_added", entry.at(key), found=one.code)


def _check_references(
    entry: _Entry, entries: Mapping[str, _Entry], retired: Mapping[str, _Entry], told: Complaints
) -> None:
    one = entry.indicator
    same_unit = {
        "plus": one.plus,
        "minus": one.minus,
        "part_of": (one.part_of,),
        "cumulative": (one.cumulative,),
        "raised_by": one.raised_by,
        "lowered_by": one.lowered_by,
    }
    for key, codes in {"numerator": (one.numerator,), "denominator": (one.denominator,), **same_unit}.items():
        for code in codes:
            if code and code not in entries:
                problem = "catalogue.retired_code" if code in retired else "catalogue.unknown_code"
                told.add(problem, entry.at(key), key=key, found=code)
    for key, codes in same_unit.items():
        for code in codes:
            if code in entries and not _comparable(one, entries[code].indicator):
                told.add("catalogue.other_unit", entry.at(key), key=key, found=code, unit=one.unit)


def _comparable(one: Indicator, other: Indicator) -> bool:
    return bool({one.unit, *one.other_units} & {other.unit, *other.other_units})


def _check_dimensions(entry: _Entry, dimensions: frozenset[str], told: Complaints) -> None:
    one = entry.indicator
    for name in one.dimensions:
        if name not in dimensions:
            told.add("catalogue.unknown_dimension", entry.at("dimensions"), found=name)
    # Dollars and đồng never add up by themselves, so money always says which it is.
    if one.is_money and "currency" not in one.dimensions:
        told.add("catalogue.no_currency", entry.at("dimensions"), found=one.code)


def _check_folds(entry: _Entry, folded: dict[str, str], told: Complaints) -> None:
    for code in entry.indicator.folds:
        if not _FOLD.fullmatch(code):
            told.add("catalogue.bad_fold", entry.at("folds"), found=code)
        if code in folded:
            told.add("catalogue.duplicate_fold", entry.at("folds"), found=code, first=folded[code])
        folded.setdefault(code, entry.at())


def _check_circles(entries: Mapping[str, _Entry], told: Complaints) -> None:
    """No indicator is, by way of others, calculated from itself or a part of itself: catalogue.circle."""

    def needs(code: str) -> tuple[str, ...]:
        return entries[code].indicator.needs if code in entries else ()

    def whole(code: str) -> tuple[str, ...]:
        return (entries[code].indicator.part_of,) if code in entries else ()

    for code, entry in entries.items():
        if code in closure(needs(code), needs) | closure(whole(code), whole):
            told.add("catalogue.circle", entry.at(), found=code)
