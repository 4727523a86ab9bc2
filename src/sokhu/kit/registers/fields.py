"""Fields that the database has no kind of its own for: amounts with their unit, codes of a list, outlines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.functional import Promise

Words = str | Promise

if TYPE_CHECKING:
    _BigInteger = models.BigIntegerField[Any, Any]
    _Char = models.CharField[str, str]
    _Text = models.TextField[str, str]
else:
    _BigInteger, _Char, _Text = models.BigIntegerField, models.CharField, models.TextField

Codes = Callable[[], Mapping[str, str]]
Telling = Callable[[str], str]


class AmountField(_BigInteger):
    """An amount in 10^-6 of the canonical unit of `unit` (`core.quantity`): of "ha", "USD", "VND", "m2", "percent".

    said_as: the unit as people read it, where it is not `unit`'s own ("triệu", of money in a currency told beside).
    most: no amount is more than so many of the canonical unit; None for no limit.
    """

    def __init__(
        self,
        *args: Any,
        unit: str = "",
        said_as: Words = "",
        allows_negative: bool = False,
        most: int | None = None,
        **kwargs: Any,
    ) -> None:
        self.unit, self.said_as, self.allows_negative, self.most = unit, said_as, allows_negative, most
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"unit": self.unit}


class CodeField(_Char):
    """One code of a list that stands elsewhere, as the catalogue's kinds of zones do.

    codes: gives the codes to choose from, each with its words in the reader's language; asked for whenever they are
    shown, since the list is dated data.
    """

    def __init__(self, *args: Any, codes: Codes | None = None, **kwargs: Any) -> None:
        self.codes = codes
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs  # the list is no matter of the database

    def words(self) -> Mapping[str, str]:
        return self.codes() if self.codes else {}


class ShapeField(_Text):
    """An outline as GeoJSON in WGS 84.

    reader: makes what is kept out of what somebody typed, or raises Problem; telling: an outline in words.
    """

    def __init__(
        self, *args: Any, reader: Telling | None = None, telling: Telling | None = None, **kwargs: Any
    ) -> None:
        self.reader, self.telling = reader, telling
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs  # how it is read and told is no matter of the database

    def read(self, text: str) -> str:
        return self.reader(text) if self.reader else text

    def told(self, outline: str) -> str:
        return self.telling(outline) if self.telling else outline
