"""The lists that registers of zones choose from: dated data of the catalogue, in the reader's language."""

from __future__ import annotations

from sokhu.areas.catalogue.queries import dimensions, territory
from sokhu.areas.territory.queries import dated_name, name_of
from sokhu.kit.wording import lang


def zone_kinds() -> dict[str, str]:
    return _words("zone_kind")


def zone_stages() -> dict[str, str]:
    """The life of a zone: planned, established, land being cleared, under construction, operating, being converted."""
    return _words("zone_status")


def land_functions() -> dict[str, str]:
    return _words("land_function")


def provinces() -> dict[str, str]:
    """Provinces of both maps: a zone of before a merger was decided on in a province that is no more."""
    return {place.id: dated_name(place.id) for place in territory().in_use("province")}


def boards() -> dict[str, str]:
    return {place.id: name_of(place.id) for place in territory().in_use("board")}


def evidence() -> dict[str, str]:
    from django.utils.translation import gettext as _

    return {
        "FOUND": _("có nguồn"),
        "BK-high": _("chưa đối chiếu (tin cậy cao)"),
        "BK-medium": _("chưa đối chiếu"),
        "BK-low": _("chưa đối chiếu (tin cậy thấp)"),
    }


def _words(dimension: str) -> dict[str, str]:
    found = dimensions().dimensions[dimension]
    return {word.key: word.name(lang()) for word in found.words.values() if word.retired is None}
