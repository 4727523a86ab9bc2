"""Words of the pages of reports."""

from __future__ import annotations

from django.utils.translation import gettext as _


def change_words(change: str) -> str:
    """What was done to a version of a draft."""
    return {"begin": _("lập dự thảo"), "edit": _("sửa lời văn"), "restore": _("lấy lại bản cũ")}.get(change, change)
