"""The lists that registers of projects choose from: dated data of the catalogue, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import dimensions
from sokhu.core.certificates.procedures import procedures as shipped_procedures
from sokhu.kit.wording import lang


def ownerships() -> Mapping[str, str]:
    return {"FDI": _("FDI (nước ngoài)"), "DDI": _("DDI (trong nước)")}


def grounds() -> Mapping[str, str]:
    """Why a project counts as foreign or domestic (`core.certificates.ownership`)."""
    return {
        "any_foreign": _("có nhà đầu tư nước ngoài"),
        "share": _("tỷ lệ vốn nước ngoài đạt mức"),
        "no_foreign": _("không có nhà đầu tư nước ngoài"),
        "share_below": _("tỷ lệ vốn nước ngoài dưới mức"),
        "decided": _("theo giấy chứng nhận"),
    }


def countries() -> Mapping[str, str]:
    return _words("country")


def sectors() -> Mapping[str, str]:
    """Sections by letter, then divisions with their two digits before the name."""
    return {key: f"{key} {name}" for key, name in _words("sector").items()}


def procedures() -> Mapping[str, str]:
    return {code: one.vi if lang() == "vi" else one.en for code, one in shipped_procedures().items()}


def _words(dimension: str) -> dict[str, str]:
    found = dimensions().dimensions[dimension]
    return {word.key: word.name(lang()) for word in found.words.values() if word.retired is None}
