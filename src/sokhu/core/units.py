"""Units and scales: "nghìn tỷ đồng" and "triệu USD" are a scale and a unit. The data are `catalogue/units.toml`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from sokhu.core.data import load_toml
from sokhu.core.problems import Problem


@dataclass(frozen=True, slots=True)
class Scale:
    """A word for a power of ten: triệu, million, 6."""

    vi: str
    en: str
    power: int
    spellings: tuple[str, ...] = ()


ONES = Scale(vi="", en="", power=0)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure without a scale: USD, ha, projects.

    measure, power: one unit is 10**power of the measure's base, and units of one measure convert into each other.
    canonical: amounts are kept in 10**-6 of 10**canonical units (money in millions).
    shown: the scales, large to small, in which figures of this unit are usually written.
    counted: of things that are counted one by one.
    """

    code: str
    vi: str
    en: str
    one_en: str
    measure: str
    power: int = 0
    canonical: int = 0
    spellings: tuple[str, ...] = ()
    shown: tuple[Scale, ...] = (ONES,)
    counted: bool = False


@dataclass(frozen=True, slots=True)
class ScaledUnit:
    """A unit with the scale before it, as reports write it: triệu USD, nghìn ha."""

    unit: Unit
    scale: Scale = ONES

    def words(self, lang: str, *, one: bool = False) -> str:
        """ "tỷ đồng" or "billion VND"; `one` asks for the English singular."""
        if lang == "vi":
            return f"{self.scale.vi} {self.unit.vi}".strip()
        return f"{self.scale.en} {self.unit.one_en if one and self.scale is ONES else self.unit.en}".strip()


@dataclass(frozen=True, slots=True)
class Units:
    """All units by code, and every spelling of units and scales by its folded form."""

    by_code: Mapping[str, Unit]
    by_spelling: Mapping[str, Unit] = field(repr=False)
    scales: Mapping[str, Scale] = field(repr=False)


@cache
def units() -> Units:
    """The shipped units."""
    return units_of(load_toml("units.toml"))


def units_of(tables: Mapping[str, Any]) -> Units:
    """Units and scales from their tables.

    Raises Problem("quantity.unit_table", where=code) for a table that is none and for a spelling used twice.
    """
    scales = {name: _scale(name, table) for name, table in tables["scales"].items()}
    by_code = {code: _unit(code, table, scales) for code, table in tables["units"].items()}
    by_spelling: dict[str, Unit] = {}
    for unit in by_code.values():
        for spelling in {folded(word) for word in (unit.code, unit.vi, unit.en, unit.one_en, *unit.spellings)}:
            if spelling in by_spelling:
                raise Problem(
                    "quantity.unit_table", where=unit.code, found=f"{spelling} = {by_spelling[spelling].code}"
                )
            by_spelling[spelling] = unit
    words = {folded(word): scale for scale in scales.values() for word in (scale.vi, scale.en, *scale.spellings)}
    return Units(MappingProxyType(by_code), MappingProxyType(by_spelling), MappingProxyType(words))


def _scale(name: str, table: Mapping[str, Any]) -> Scale:
    return Scale(vi=name, en=table["en"], power=table["power"], spellings=tuple(table["spellings"]))


def _unit(code: str, table: Mapping[str, Any], scales: Mapping[str, Scale]) -> Unit:
    fields = {"one_en": table.get("en"), "measure": code, **table, "spellings": tuple(table.get("spellings", ()))}
    try:
        fields["shown"] = _shown(table.get("shown", [""]), scales)
        return Unit(code=code, **fields)
    except (KeyError, TypeError) as error:
        raise Problem("quantity.unit_table", where=code, found=str(error)) from error


def _shown(names: Iterable[str], scales: Mapping[str, Scale]) -> tuple[Scale, ...]:
    return tuple(scales[name] if name else ONES for name in names)


def folded(text: str) -> str:
    """Lower case, composed letters, single spaces, none around a stroke: how spellings are compared."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().replace("/", " / ").split()).replace(" / ", "/")


def unit_of(code: str) -> Unit:
    """The unit with this code or spelling ("projects", "project", "dự án"), without a scale.

    Raises Problem("quantity.unit_unknown", found).
    """
    unit = units().by_code.get(code) or units().by_spelling.get(folded(code))
    if unit is None:
        raise Problem("quantity.unit_unknown", found=code)
    return unit


def read_unit(text: str) -> ScaledUnit:
    """The unit and scale that words tell: "tỷ đồng", "nghìn héc ta", "million USD", or a unit's code.

    Raises Problem("quantity.unit_unknown", found).
    """
    words = folded(text)
    unit = units().by_spelling.get(words)
    if unit is not None:
        return ScaledUnit(unit)
    # The longest scale first: "nghìn tỷ đồng" is not a thousand of some "tỷ đồng".
    for spelling in sorted(units().scales, key=len, reverse=True):
        unit = units().by_spelling.get(words.removeprefix(f"{spelling} "))
        if unit is not None:
            return ScaledUnit(unit, units().scales[spelling])
    raise Problem("quantity.unit_unknown", found=text)
