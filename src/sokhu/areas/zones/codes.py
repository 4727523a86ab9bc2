"""The lists that registers of zones choose from: dated data of the catalogue, in the reader's language."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.pinned import pinned_catalogue
from sokhu.areas.catalogue.queries import dimensions, moment_of, territory
from sokhu.areas.territory.queries import dated_name, name_of
from sokhu.core.land.uses import uses
from sokhu.core.place import Place
from sokhu.kit.wording import lang


def zone_kinds() -> dict[str, str]:
    return _words("zone_kind")


def zone_stages() -> dict[str, str]:
    """The life of a zone: planned, established, land being cleared, under construction, operating, being converted."""
    return _words("zone_status")


def land_functions() -> dict[str, str]:
    return _words("land_function")


def land_uses() -> dict[str, str]:
    return {code: one.vi if lang() == "vi" else one.en for code, one in uses().items()}


def provinces() -> dict[str, str]:
    """Today's provinces, then those that are no more, in which many zones were decided on, with what they are now."""
    today = timezone.localdate()
    with pinned_catalogue(moment_of()):  # each name is asked of the catalogue
        places = sorted(territory().in_use("province"), key=lambda place: place.span.ends is not None)
        return {place.id: _province(place, today) for place in places}


def _province(place: Place, today: date) -> str:
    if place.span.holds(today):
        return name_of(place.id)
    now = ", ".join(name_of(one) for one in territory().successors(place.id, today))
    return _("%(name)s cũ (nay %(now)s)") % {"name": name_of(place.id, place.span.ends), "now": now}


def boards() -> dict[str, str]:
    with pinned_catalogue(moment_of()):
        return {place.id: dated_name(place.id) for place in territory().in_use("board")}


def evidence() -> dict[str, str]:
    return {
        "FOUND": _("có nguồn"),
        "BK-high": _("chưa đối chiếu (tin cậy cao)"),
        "BK-medium": _("chưa đối chiếu"),
        "BK-low": _("chưa đối chiếu (tin cậy thấp)"),
    }


def _words(dimension: str) -> dict[str, str]:
    found = dimensions().dimensions[dimension]
    return {word.key: word.name(lang()) for word in found.words.values() if word.retired is None}
