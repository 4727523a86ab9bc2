"""Values of things as a page shows them: texts with their addresses, codes in words asked for once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse

from sokhu.kit.registers.declaration import Register, register_of
from sokhu.kit.registers.fields import AmountField
from sokhu.kit.registers.values import Field, choices_of, label_of, text_of

LONG = 24  # characters


@dataclass(frozen=True, slots=True)
class Cell:
    """label: of its field, with the unit; text: "" for none; url: of the thing itself, or of the one it points at."""

    label: str
    text: str
    url: str = ""
    is_number: bool = False

    @property
    def is_long(self) -> bool:
        """Whether it wants a column that keeps several words on a line."""
        return len(self.text) > LONG


class Cells:
    """Shows fields of things of one register."""

    def __init__(self, register: Register, names: Iterable[str]) -> None:
        self.register = register
        self.fields = [register.field(name) for name in names]
        self.labels = {one.name: label_of(one) for one in self.fields}
        self.words: dict[str, Mapping[str, str]] = {one.name: choices_of(one) for one in self.fields}

    def of(self, thing: Any) -> list[Cell]:
        return [self.cell(thing, one) for one in self.fields]

    def cell(self, thing: Any, field: Field) -> Cell:
        label = self.labels[field.name]
        if isinstance(field, models.ForeignKey):
            other = getattr(thing, field.name)
            return Cell(label, named(other), url_of(other)) if other is not None else Cell(label, "")
        text = text_of(field, getattr(thing, field.name), self.words[field.name])
        return Cell(label, text, is_number=is_number(field))


def is_number(field: Field) -> bool:
    return isinstance(field, AmountField | models.IntegerField) and not field.choices


def named(thing: Any) -> str:
    """A thing by its title; where that is a code, in words."""
    return register_of(type(thing)).named(thing)


def url_of(thing: Any) -> str:
    return reverse("thing", args=[register_of(type(thing)).code, thing.pk])
