"""Scans that registered things name: documents of the book, where the reader may read them."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse

from sokhu.areas.ledger.queries import visible_documents
from sokhu.areas.territory.scope import reach
from sokhu.kit.registers.values import id_in


def papers_of(request: HttpRequest, texts: Iterable[str]) -> dict[str, str]:
    """Addresses of documents by their id as it was typed; one question to the database, none where nothing is named."""
    typed = {text: found for text in texts if (found := id_in(text))}
    if not typed:
        return {}
    readable = set(visible_documents(reach(request)).filter(pk__in=typed.values()).values_list("pk", flat=True))
    return {text: reverse("document", args=[found]) for text, found in typed.items() if found in readable}
