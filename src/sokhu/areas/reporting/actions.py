"""What people do with workbooks: bring one in, propose what a mapping takes from it, keep a mapping."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from sokhu.areas.accounts.models import User
from sokhu.areas.ledger.actions import keep_proposal
from sokhu.areas.ledger.models import Maturity, Proposal
from sokhu.areas.reporting import queries
from sokhu.areas.reporting.models import BoardWorkbook, SavedMapping
from sokhu.areas.sources.actions import Described, add_document
from sokhu.areas.sources.models import Document
from sokhu.areas.territory.queries import Reach
from sokhu.core.problems import Problem
from sokhu.core.workbook.forms import forms
from sokhu.core.workbook.mapping import Mapping, Says, as_table, mapping_of
from sokhu.core.workbook.marks import Taken
from sokhu.documents import read_workbook
from sokhu.documents.extracted import Extracted
from sokhu.documents.sheets import as_extracted
from sokhu.documents.workbook import as_json

NAME_LENGTH = 80
NATIONAL_SYSTEM = "Hệ thống thông tin quốc gia về đầu tư"  # the speaker of what is exported from it


def bring_in(
    reach: Reach, data: bytes, filename: str, described: Described, *, by: User | None, owner: str
) -> BoardWorkbook:
    """Reads and keeps a workbook. The same bytes by the same speaker again give the workbook there is.

    Raises what `read_workbook` and `add_document` raise, and Problem("workbook.too_large_to_keep").
    """
    workbook = read_workbook(data, filename)

    def read(_data: bytes, name: str) -> Extracted:
        return as_extracted(workbook, described.title or name)

    with transaction.atomic():
        document = add_document(reach, data, filename, described, by=by, owner=owner, read=read)
        kept, _is_new = BoardWorkbook.objects.get_or_create(document=document, defaults={"grid": as_json(workbook)})
    return kept


def propose(reach: Reach, stored: BoardWorkbook, mapping: Mapping, says: Says, *, by: User | None) -> Proposal:
    """Keeps what the mapping takes for review, each figure with its sheet and cell.

    Raises Problem("workbook.proposed_already") and Problem("workbook.nothing_taken").
    """
    document = stored.document
    reach.must_write_for(document.owner)
    if Proposal.objects.filter(document=document).exists():
        raise Problem("workbook.proposed_already")
    figures = [*queries.reading_of(queries.sheets_of(stored), mapping, says).figures()]
    if not figures:
        raise Problem("workbook.nothing_taken")
    with transaction.atomic():
        stored.mapping, stored.place, stored.period = as_table(mapping), says.place, says.period
        stored.save(update_fields=["mapping", "place", "period"])
        return keep_proposal(document, [_fields(one, document) for one in figures], by=by)


def _fields(one: Taken, document: Document) -> dict[str, Any]:
    """A proposed figure; its words are those of its cell in the document's text."""
    start, end = _span(one, document)
    says = one.says
    return {
        "start": start,
        "end": end,
        "quote": document.text[start:end],
        "as_written": one.as_written,
        "value": "" if one.value is None else format(one.value, "f"),
        "emptiness": one.emptiness,
        "unit": one.unit.unit.code,
        "indicator": says.indicator,
        "place": says.place,
        "period": says.period,
        "kind": says.kind or "result",
        "ownership": says.ownership,
        "country": says.country,
        "zone_kind": says.zone_kind,
        "other": says.other,
        "maturity": says.maturity or Maturity.FINAL,
        "confidence": 1.0,
        "locator": one.where[:200],
    }


def _span(one: Taken, document: Document) -> tuple[int, int]:
    """Where the cell stands in the document's text."""
    table = next(block[4] for block in document.blocks if block[0] == "sheet" and block[4][3] == one.sheet)
    start, end = table[4][one.row][one.column]
    return start, end


def save_mapping(reach: Reach, mapping: Mapping, *, by: User | None) -> SavedMapping:
    """Keeps a mapping under its name for the reader's authority; the same name again replaces it.

    Raises Problem("workbook.name_missing"), Problem("workbook.name_of_form", found) and what `mapping_of` raises.
    """
    name = " ".join(mapping.name.split())[:NAME_LENGTH]
    reach.must_write_for(reach.home)
    if not name:
        raise Problem("workbook.name_missing")
    if name in forms():
        raise Problem("workbook.name_of_form", found=name)
    content = as_table(mapping) | {"name": name}
    mapping_of(content, where=name)
    saved, _is_new = SavedMapping.objects.update_or_create(
        owner=reach.home, name=name, defaults={"content": content, "made_by": by, "made_at": datetime.now(UTC)}
    )
    return saved


def delete_mapping(reach: Reach, name: str) -> None:
    """Takes a mapping away; what was proposed by it keeps the copy that it was proposed by."""
    reach.must_write_for(reach.home)
    queries.saved_mappings(reach).filter(owner=reach.home, name=name).delete()
