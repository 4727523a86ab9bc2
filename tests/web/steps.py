"""What people do on the pages, in one line each."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sokhu.areas.ledger.models import Observation, ProposedFigure
from sokhu.areas.sources.models import Document

# An, Bình and Chi of the house's cast, and the two that read a block and the country.
OFFICER, HEAD, STRANGER = "canbo.haiphong", "truongban.haiphong", "canbo.quangngai"
BLOCK_HEAD, MINISTRY = "khoitruong", "bo"
EVERYBODY = (OFFICER, HEAD, STRANGER, BLOCK_HEAD, MINISTRY)
PART = {"HX-Request": "true"}


def pasted(client: Client, text: str, **typed: str) -> Document:
    """A report of the reader's own board, brought in by pasting."""
    form = {"kind": "report", "published": "05/01/2024", "about": "province/hai-phong", **typed}
    response = client.post(reverse("document_new"), {"text": text, **form})
    assert response.status_code == 302, said(response)
    return Document.objects.order_by("-added_at", "id")[0]


def figures_of(document: Document) -> list[ProposedFigure]:
    return list(ProposedFigure.objects.filter(proposal__document=document).order_by("order"))


def decided(client: Client, document: Document, **posted: object) -> HttpResponse:
    return client.post(reverse("document_decide", args=[document.pk]), posted, headers=PART)


def accepted(client: Client, document: Document) -> Observation:
    """The document's first figure, accepted."""
    figure = figures_of(document)[0]
    decided(client, document, accept=figure.pk)
    figure.refresh_from_db()
    return Observation.objects.get(pk=figure.observation_id)


def said(response: HttpResponse) -> str:
    return response.content.decode()


def total_url(indicator: str, place: str, year: int, ownership: str = "") -> str:
    return f"{reverse('total')}?chi-tieu={indicator}&noi={place}&ky={year}&hinh-thuc={ownership}"


def any_figure(**wanted: object) -> UUID:
    pk: UUID = Observation.objects.filter(**wanted).order_by("batch_id", "id").values_list("pk", flat=True)[0]
    return pk
