"""Values of fields as people read and type them, as a workbook holds them, and as a version keeps them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from sokhu.core.folding import folded
from sokhu.core.numbers import format_number, read_number
from sokhu.core.problems import Problem
from sokhu.core.quantity import scaled, unscaled
from sokhu.core.units import unit_of
from sokhu.kit.registers.fields import AmountField, CodeField, ShapeField
from sokhu.kit.wording import lang

Field: TypeAlias = "models.Field[Any, Any]"
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
MOST_NAMED = 20  # of the choices, where none was meant
MOST_IN_A_CELL = 32_767  # letters, by the spreadsheets themselves
YES, NO = frozenset({"1", "x", "co", "true", "on", "yes", "dung"}), frozenset({"0", "khong", "false", "no", "sai"})


def label_of(field: Field) -> str:
    """The field's name with its unit: "Diện tích (ha)"."""
    name = str(field.verbose_name)
    name = name[:1].upper() + name[1:]
    return f"{name} ({unit_words(field)})" if isinstance(field, AmountField) and field.unit else name


def unit_words(field: AmountField) -> str:
    """The unit an amount is typed and shown in: its canonical one, "triệu USD", "ha"."""
    from sokhu.core.quantity import canonical_unit

    return str(field.said_as) or canonical_unit(field.unit).words(lang())


def choices_of(field: Field) -> dict[str, str]:
    """Code -> words of a field that takes one of a list; {} for any other."""
    if isinstance(field, CodeField):
        return dict(field.words())
    return {str(code): str(words) for code, words in field.choices or ()}


def text_of(field: Field, value: Any, words: Mapping[str, str] | None = None) -> str:
    """A value as a reader reads it; "" for none. A thing that is pointed at is the caller's to name.

    words: of the field's codes (`choices_of`), where many values are shown.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(field, AmountField):
        return format_number(unscaled(value), lang=lang())
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(field, ShapeField):
        return field.told(value)
    if isinstance(value, int) and not field.choices:
        return str(value) if _is_a_year(field) else format_number(value, lang=lang())
    return (choices_of(field) if words is None else words).get(str(value), str(value))


def typed_of(field: Field, value: Any) -> str:
    """A value as it stands in a form's field."""
    if value is None:
        return ""
    if isinstance(field, AmountField):
        return format_number(unscaled(value))
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return ("1" if value else "") if isinstance(value, bool) else str(value)


def exported(field: Field, value: Any) -> str | int | Decimal | None:
    """A value for a cell of a workbook: numbers stay numbers."""
    if isinstance(field, AmountField) and value is not None:
        return unscaled(value)
    if isinstance(field, ShapeField):
        return value if value and len(value) <= MOST_IN_A_CELL else ""
    if isinstance(value, int) and not isinstance(value, bool) and not field.choices and not _is_a_year(field):
        return value
    return text_of(field, value)


def read(field: Field, text: str, choices: Mapping[str, str] | None = None) -> Any:
    """What somebody typed, or a cell holds, as the field's value; None or "" for nothing.

    choices: of the field, where they are at hand for many values.
    Raises Problem, where = the field's name: "register.required", "register.too_long" (found, limit),
    "register.not_a_day" (found), "register.not_a_choice" (found, choices), "register.not_a_number" (found),
    "register.not_yes_or_no" (found), "register.too_low" and "register.not_whole" (found), what `scaled` raises, what
    `must_be_within` raises.
    """
    text = " ".join(text.replace("\x00", "").split()) if not isinstance(field, models.TextField) else text.strip()
    if not text:
        return _nothing(field)
    try:
        return _read(field, text, choices_of(field) if choices is None else choices)
    except Problem as problem:
        raise Problem(problem.code, label_of(field), **problem.params) from None


def _nothing(field: Field) -> Any:
    if not field.blank and not isinstance(field, models.BooleanField):
        raise Problem("register.required", label_of(field))
    if isinstance(field, models.BooleanField):
        return False
    return None if field.null else ""


def _read(field: Field, text: str, choices: Mapping[str, str]) -> Any:
    if isinstance(field, AmountField):
        return _amount(field, text)
    if isinstance(field, ShapeField):
        return field.read(text)
    if isinstance(field, models.DateField):
        return day(text)
    if isinstance(field, models.BooleanField):
        return _truth(text)
    if isinstance(field, models.IntegerField):
        return _whole(text)
    if choices:
        return _choice(choices, text)
    limit = getattr(field, "max_length", None)
    if limit and len(text) > limit:
        raise Problem("register.too_long", found=len(text), limit=limit)
    return text


def _amount(field: AmountField, text: str) -> int:
    unit = unit_of(field.unit)
    try:
        number = read_number(text)
    except Problem:
        raise Problem("register.not_a_number", found=text) from None
    amount = scaled(number.scaleb(unit.canonical), field.unit)
    if amount < 0 and not getattr(field, "allows_negative", False):
        raise Problem("register.too_low", found=text)
    must_be_within(field, amount)
    return amount


def must_be_within(field: Field, amount: int | None) -> None:
    """Raises Problem("register.too_high", found, limit) for more than a field can have."""
    most = getattr(field, "most", None)
    if most is not None and amount is not None and unscaled(amount) > most:
        raise Problem("register.too_high", label_of(field), found=unscaled(amount).normalize(), limit=Decimal(most))


def day(text: str) -> date:
    """ "31/12/2024", "31.12.2024", "2024-12-31". Raises Problem("register.not_a_day", found)."""
    found, iso = _DAY.fullmatch(text), _ISO.fullmatch(text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        pass
    raise Problem("register.not_a_day", found=text)


def _truth(text: str) -> bool:
    if folded(text) in YES:
        return True
    if folded(text) in NO:
        return False
    raise Problem("register.not_yes_or_no", found=text)


def _whole(text: str) -> int:
    try:
        number = read_number(text) if not text.isdecimal() else Decimal(text)
    except (Problem, InvalidOperation):
        raise Problem("register.not_a_number", found=text) from None
    if number != int(number):
        raise Problem("register.not_whole", found=text)
    if not 0 <= number < 2**31:
        raise Problem("register.too_low", found=text)
    return int(number)


def _choice(choices: Mapping[str, str], text: str) -> str:
    """By code, by its words with or without tone marks, or by words that stand in one of the choices alone."""
    if text in choices:
        return text
    wanted = folded(text)
    words = {code: folded(said) for code, said in choices.items()}
    for code, said in words.items():
        if wanted in (folded(code), said):
            return code
    begun = [code for code, said in words.items() if said.startswith(wanted)]
    near = begun or [code for code, said in words.items() if f" {wanted}" in said]
    if len(near) == 1:
        return near[0]
    named = [choices[code] for code in near or choices]
    raise Problem("register.not_a_choice", found=text, choices=named[:MOST_NAMED])


def _is_a_year(field: Field) -> bool:
    return field.name == "year" or field.name.endswith("_year")


def kept(value: Any) -> str | int | bool | None:
    """A value as a version keeps it."""
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def id_in(text: str) -> UUID | None:
    """The id that somebody's text is; None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def restored(field: Field, value: Any) -> Any:
    """Inverse of `kept`."""
    if isinstance(value, str) and isinstance(field, models.DateField):
        return date.fromisoformat(value)
    if isinstance(value, str) and isinstance(field, models.ForeignKey | models.UUIDField):
        return UUID(value)
    return value
