"""Which book this is, as far as everything that leaves it has to say so."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

ILLUSTRATIVE = "illustrative"


def is_illustrative() -> bool:
    return bool(settings.BOOK == ILLUSTRATIVE)


def mark(lang: str | None = None) -> str:
    """What stands on every page, file and line of figures of the illustrative book; "" in any other.

    lang: of the reader where none is given.
    """
    with translation.override(lang or translation.get_language()):
        return _("Số liệu minh họa") if is_illustrative() else ""
