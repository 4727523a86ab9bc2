"""The thing that a typed text means where a field points at another thing: by its title, a code of its, or its id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from sokhu.core.folding import folded
from sokhu.core.problems import Problem
from sokhu.kit.registers.declaration import Reader, Register, register_of
from sokhu.kit.registers.queries import visible
from sokhu.kit.registers.search import searched
from sokhu.kit.registers.values import label_of

NEAREST = 5  # named where nothing is called so


class Pointed:
    """Looks up the things that a field may point at, many texts at once."""

    def __init__(self, field: models.Field[Any, Any], who: Reader) -> None:
        assert isinstance(field.related_model, type)
        self.field = field
        self.register: Register = register_of(field.related_model)
        self.rows = visible(self.register, who)
        self._by_text: dict[str, list[Any]] = {}

    def load(self, texts: Iterable[str]) -> None:
        wanted = {text for text in texts if text and text not in self._by_text}
        if not wanted:
            return
        for text in wanted:
            self._by_text[text] = []
        names = (self.register.title, *self.register.codes)
        called = reduce(or_, (Q(**{f"{name}__in": wanted}) for name in names))
        for thing in self.rows.filter(called):
            for text in {str(getattr(thing, name)) for name in names} & wanted:
                self._by_text[text].append(thing)

    def found(self, text: str, values: Mapping[str, Any]) -> Any:
        """The thing, None for none. values: of the row so far: a plot named "A1" is that of the zone named before it.

        Raises Problem, where = the field's name: "register.required", "register.nothing_called" (found, nearest),
        "register.several_called" (found).
        """
        text = " ".join(text.split())
        if not text:
            if self.field.blank:
                return None
            raise Problem("register.required", label_of(self.field))
        things = self._called(text)
        if len(things) > 1 and self.register.parent:
            things = [one for one in things if self._belongs(one, values)] or things
        if len(things) == 1:
            return things[0]
        if things:
            raise Problem("register.several_called", label_of(self.field), found=text)
        near = searched(self.register, self.rows, text).rows[:NEAREST]
        names = [self.register.title_of(one) for one in near]
        raise Problem("register.nothing_called", label_of(self.field), found=text, nearest=names or ["–"])

    def told_apart(self, thing: Any) -> str:
        """What to type for a thing so that it is found: its title; where others have that, a code of its, or its id."""
        beside = self._shared_with(thing)
        title, *others = [str(getattr(thing, name)) for name in (self.register.title, *self.register.codes, "pk")]
        return next((text for text in (title, *others) if text and self._means(text, thing, beside)), title)

    def _shared_with(self, thing: Any) -> dict[str, Any]:
        """What both belong to: a plot is named in the zone that its lease is in."""
        parent = self.register.parent
        names = {one.name for one in self.field.model._meta.fields}
        return {parent: getattr(thing, self.register.field(parent).attname)} if parent in names else {}

    def _means(self, text: str, thing: Any, beside: Mapping[str, Any]) -> bool:
        try:
            return bool(self.found(text, beside) == thing)
        except Problem:
            return False

    def _called(self, text: str) -> list[Any]:
        self.load([text])
        if self._by_text[text]:
            return self._by_text[text]
        try:
            return list(self.rows.filter(pk=UUID(text)))
        except ValueError:
            wanted = folded(text)
            near = searched(self.register, self.rows, text).rows[:200]
            self._by_text[text] = [one for one in near if folded(self.register.title_of(one)) == wanted]
            return self._by_text[text]

    def _belongs(self, thing: Any, values: Mapping[str, Any]) -> bool:
        """Whether what it belongs to is what the row belongs to as well."""
        parent = getattr(thing, self.register.field(self.register.parent).attname)
        named = values.get(self.register.parent)
        return bool(parent == (named.pk if isinstance(named, models.Model) else named))
