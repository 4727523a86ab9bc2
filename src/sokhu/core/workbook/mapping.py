"""A mapping: which sheet, which labels of rows and columns, and what they say of the figures where they cross.

It is data, shipped as TOML (`catalogue/forms`) or made on screen and kept as JSON; both have one shape, that of
docs/workbooks.md. A label is written "Dự án FDI / Doanh thu | Tổng doanh thu": " / " parts a group from what stands
under it, " | " parts spellings.
"""

from __future__ import annotations

from collections.abc import Mapping as Tables
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any, Literal, cast

from sokhu.core.problems import Problem
from sokhu.core.workbook.labels import key

Role = Literal["figure", "place", "period", "total", "name", "number", "unit", "ignore"]
ROLES = ("figure", "place", "period", "total", "name", "number", "unit", "ignore")
Path = tuple[tuple[str, ...], ...]  # parts, the outermost first, each with its spellings


@dataclass(frozen=True, slots=True)
class Says:
    """What a label, a sheet or a whole mapping says of its figures; "" says nothing.

    unit: with its scale, "triệu USD"; the unit that the sheet itself writes counts before it. kind: plan or result;
    maturity: estimate, preliminary, final.
    """

    indicator: str = ""
    unit: str = ""
    ownership: str = ""
    zone_kind: str = ""
    country: str = ""
    other: str = ""
    kind: str = ""
    maturity: str = ""
    place: str = ""
    period: str = ""

    def then(self, more: Says) -> Says:
        """Both together; what `more` says counts before this."""
        return Says(*[getattr(more, name) or getattr(self, name) for name in NAMES])

    def as_table(self) -> dict[str, str]:
        return {name: value for name in NAMES if (value := getattr(self, name))}


NAMES = tuple(one.name for one in fields(Says))


@dataclass(frozen=True)
class Label:
    """A row's or column's name. reason: why cells of an "ignore" are not taken.

    role: what stands there. A total is recomputed, so not taken; names, numbers, units of rows are words of the form.

    labels: as written; the first is the one that a form is printed with. register: what of a register fills an "ignore"
    when the form is written (`areas/reporting/from_registers.py`).
    """

    labels: tuple[str, ...]
    says: Says = Says()
    role: Role = "figure"
    reason: str = ""
    register: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """The names that a form is printed with, the outermost first."""
        return tuple(spellings[0] for spellings in _path(self.labels[0]))

    @cached_property
    def keys(self) -> tuple[Path, ...]:
        """Every path with its spellings as keys."""
        return tuple(tuple(tuple(map(key, part)) for part in _path(label)) for label in self.labels)

    @cached_property
    def leaves(self) -> frozenset[str]:
        return frozenset(one for path in self.keys for one in path[-1])

    @cached_property
    def groups(self) -> frozenset[str]:
        return frozenset(one for path in self.keys for part in path[:-1] for one in part)


def _path(label: str) -> Path:
    return tuple(tuple(one.strip() for one in part.split(" | ")) for part in label.split(" / "))


@dataclass(frozen=True)
class SheetMapping:
    """One sheet of a form. names: how it may be called; heads: words above the table that tell it from its like.

    rows: labels of rows where rows are named (form 2101); without them every row is a place or a period, which a column
    of that role names. lists: the kind of zones that stand in the rows, for printing.
    """

    name: str
    columns: tuple[Label, ...]
    rows: tuple[Label, ...] = ()
    names: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    says: Says = Says()
    title: str = ""
    lists: str = ""


@dataclass(frozen=True)
class Mapping:
    """A whole mapping. symbol, starts: of a form that is one by law, and since when; source, evidence: as everywhere.

    layout: "rebuilt" from descriptions, which its sheets say until a real file is in hand.
    """

    name: str
    title_vi: str
    sheets: tuple[SheetMapping, ...]
    title_en: str = ""
    says: Says = Says()
    symbol: str = ""
    starts: date | None = None
    layout: str = ""
    source: str = ""
    evidence: str = ""


def mapping_of(table: Tables[str, Any], *, where: str = "") -> Mapping:
    """A mapping from its TOML or JSON tables.

    Raises Problem("workbook.mapping_broken", where, found) for what does not have the shape.
    """
    try:
        return Mapping(
            name=table["name"],
            title_vi=table["title_vi"],
            title_en=table.get("title_en", ""),
            says=_says(table),
            layout=table.get("layout", ""),
            source=table.get("source", ""),
            evidence=table.get("evidence", ""),
            symbol=table.get("symbol", ""),
            starts=table.get("starts"),
            sheets=tuple(_sheet(one) for one in table["sheet"]),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise Problem("workbook.mapping_broken", where, found=str(error)) from error


def _sheet(table: Tables[str, Any]) -> SheetMapping:
    return SheetMapping(
        name=table["name"],
        names=tuple(table.get("names", ())),
        heads=tuple(table.get("heads", ())),
        title=table.get("title", ""),
        lists=table.get("lists", ""),
        says=_says(table),
        columns=tuple(map(_label, table["column"])),
        rows=tuple(map(_label, table.get("row", ()))),
    )


def _label(table: Tables[str, Any]) -> Label:
    role = table.get("role", "figure")
    if role not in ROLES:
        raise ValueError(role)
    labels = (table["label"], *table.get("also", ()))
    return Label(labels, _says(table), cast(Role, role), table.get("reason", ""), table.get("register", ""))


def _says(table: Tables[str, Any]) -> Says:
    return Says(**{name: str(table[name]) for name in NAMES if name in table})


def as_table(mapping: Mapping) -> dict[str, Any]:
    """Inverse of `mapping_of`, for a mapping that was made on screen."""
    whole = {name: getattr(mapping, name) for name in ("name", "title_vi", "title_en", "layout", "source", "evidence")}
    return {**whole, **mapping.says.as_table(), "sheet": [_sheet_table(one) for one in mapping.sheets]}


def _sheet_table(sheet: SheetMapping) -> dict[str, Any]:
    labels = {"column": [_label_table(one) for one in sheet.columns], "row": [_label_table(one) for one in sheet.rows]}
    told = {
        "name": sheet.name,
        "names": list(sheet.names),
        "heads": list(sheet.heads),
        "title": sheet.title,
        "lists": sheet.lists,
    }
    return {**told, **sheet.says.as_table(), **labels}


def _label_table(label: Label) -> dict[str, Any]:
    told = {"label": label.labels[0], "also": list(label.labels[1:]), "role": label.role}
    told |= {"reason": label.reason, "register": label.register}
    return {**told, **label.says.as_table()}
