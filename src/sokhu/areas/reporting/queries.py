"""Which workbooks and mappings a reader has."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from sokhu.areas.catalogue.queries import indicators, territory
from sokhu.areas.ledger.queries import reads_whole, visible_documents
from sokhu.areas.reporting.models import BoardWorkbook, SavedMapping
from sokhu.areas.territory.queries import Reach, dated_name, home_places
from sokhu.core.period import parse, printed
from sokhu.core.problems import Problem
from sokhu.core.workbook.forms import forms
from sokhu.core.workbook.grid import Workbook
from sokhu.core.workbook.mapping import Mapping, Says, mapping_of
from sokhu.core.workbook.marks import Reading
from sokhu.core.workbook.places import place_finder, reported_place, told_above
from sokhu.core.workbook.reading import About, read_by
from sokhu.core.workbook.sheets import recognised
from sokhu.documents.workbook import from_json
from sokhu.kit.scope import allowed
from sokhu.kit.wording import lang


def visible_workbooks(reach: Reach) -> QuerySet[BoardWorkbook]:
    """Workbooks whose document the reader may open; the grid is not loaded with a list."""
    found = BoardWorkbook.objects.filter(document__in=visible_documents(reach))
    return found.select_related("document").order_by("-document__added_at", "document_id")


def workbook_for(reach: Reach, document_id: UUID) -> BoardWorkbook:
    """A workbook that the reader may read whole. Raises Problem("sources.no_such_document")."""
    found = visible_workbooks(reach).filter(pk=document_id).first()
    if found is None or not reads_whole(reach, found.document):
        raise Problem("sources.no_such_document")
    return found


def saved_mappings(reach: Reach) -> QuerySet[SavedMapping]:
    """Mappings of the reader's authority and of those before it."""
    return SavedMapping.objects.filter(allowed(reach, "read", "mapping"))


def mappings_for(reach: Reach) -> dict[str, Mapping]:
    """The shipped forms, then what the reader's authority saved, by name; a form's name is not given away."""
    saved = {one.name: mapping_of(one.content, where=one.name) for one in saved_mappings(reach)}
    return {**saved, **forms()}


def mapping_named(reach: Reach, name: str) -> Mapping:
    """Raises Problem("workbook.no_mapping", found, known)."""
    known = mappings_for(reach)
    if name not in known:
        raise Problem("workbook.no_mapping", found=name, known=", ".join(known))
    return known[name]


def fitting_mappings(reach: Reach, workbook: Workbook) -> list[Mapping]:
    """Mappings that the workbook looks like, the likeliest first."""
    return recognised(workbook, mappings_for(reach).values())


def said_of_all(reach: Reach, workbook: Workbook, mapping: Mapping, place: str = "", period: str = "") -> Says:
    """Place and period of a workbook's figures: as chosen, else as its own lines tell, else the reader's own place.

    Raises what `period.parse` raises for a period that is typed, and Problem("workbook.place_not_then", found, period).
    """
    told = told_above(workbook, mapping, territory())
    told = told.then(mapping.says).then(Says(place=place, period=parse(period).name if period else ""))
    day = parse(told.period).last if told.period else timezone.localdate()
    place = reported_place(territory(), told.place, day) if told.place else own_place(reach, day)
    if place and told.period and not territory().exists_on(place, day):
        raise Problem("workbook.place_not_then", found=dated_name(place), period=printed(parse(told.period), lang()))
    return Says(place=place, period=told.period, maturity=told.maturity)


def own_place(reach: Reach, day: date) -> str:
    """What the reader's authority reports on, on a day: its province, or the one of then; "" where that is not one."""
    alive = [one for one in home_places(reach) if territory().exists_on(one, day)] if reach.home else []
    return alive[0] if len(alive) == 1 else ""


def reading_of(workbook: Workbook, mapping: Mapping, says: Says) -> Reading:
    """The workbook read by a mapping, by the catalogue of the book."""
    day = parse(says.period).last if says.period else timezone.localdate()
    find = place_finder(territory(), day, says.place)
    return read_by(workbook, mapping, About(indicators(), find, says))


def sheets_of(stored: BoardWorkbook) -> Workbook:
    return from_json(stored.grid)
