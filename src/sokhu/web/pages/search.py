"""One search box: places, registered things, indicators, documents, figures; with or without tone marks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from sokhu.areas.catalogue.queries import indicators, territory
from sokhu.areas.ledger import queries, shown
from sokhu.areas.ledger.answers import key_of, question_of
from sokhu.areas.ledger.pages.figures import question_words
from sokhu.areas.ledger.pages.observations import matching
from sokhu.areas.territory.queries import Reach, dated_name, place_ids_like
from sokhu.areas.territory.scope import reach
from sokhu.core.folding import folded
from sokhu.core.numbers import format_number
from sokhu.kit.registers.declaration import Register, registers
from sokhu.kit.registers.queries import visible
from sokhu.kit.registers.search import searched, with_words
from sokhu.web.pages.indicators import unit_words
from sokhu.web.pages.places import kind_words
from sokhu.web.pages.registers.cells import named, url_of

HITS = 8
DOCUMENTS_LOOKED_AT = 2000


def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "").strip()
    groups = [group for group in _groups(request, text) if group["hits"]] if text else []
    context = {"title": _("Tìm “%(text)s”") % {"text": text} if text else _("Tìm"), "q": text, "groups": groups}
    return render(request, "search.html", context)


def _groups(request: HttpRequest, text: str) -> list[dict[str, Any]]:
    mine = reach(request)
    places = [
        {
            "title": dated_name(place),
            "url": reverse("place", args=[place]),
            "note": kind_words(territory().places[place]),
        }
        for place in place_ids_like(text)
    ]
    words = folded(text)
    named = [
        {"title": shown.indicator_name(one.code), "url": reverse("indicator", args=[one.code]), "note": unit_words(one)}
        for one in indicators().values()
        if words in folded(f"{one.name_vi} {one.name_en} {one.code}")
    ]
    rows = queries.visible_papers(mine).order_by("-added_at").values_list("pk", "title", "publisher")
    documents = [
        {"title": title, "url": reverse("document", args=[pk]), "note": publisher}
        for pk, title, publisher in rows[:DOCUMENTS_LOOKED_AT]
        if words in folded(f"{title} {publisher}")
    ]
    standing = queries.current(queries.visible_observations(mine)).filter(matching(text) | queries.written_as(text))
    found = standing.select_related("cell", "stream").order_by("-cell__last", "id")
    figures = [
        {
            "title": question_words(question_of(key_of(one.cell))),
            "url": reverse("figure", args=[one.pk]),
            "note": shown.speaker_words(one.stream.speaker),
            "figure": shown.of_observation(one),
            "is_path": True,
        }
        for one in found[:HITS]
    ]
    return [
        _group(_("Nơi"), places),
        _group(_("Chỉ tiêu"), named, f"{reverse('indicators')}?q={text}"),
        *(_things(one, mine, text) for one in with_words(_looked_through(text), text)),
        _group(_("Tài liệu"), documents),
        _group(_("Số liệu"), figures, f"{reverse('observations')}?q={text}", standing.count()),
    ]


def _looked_through(text: str) -> list[Register]:
    """The registers of what stands for itself; a number may be that of a decision or a contract as well."""
    has_number = any(letter.isdigit() for letter in text)
    return [one for one in registers() if one.is_looked_through or (has_number and one.search)]


def _things(register: Register, mine: Reach, text: str) -> dict[str, Any]:
    found = searched(register, visible(register, mine), text).rows.order_by(*register.order, "pk")
    hits = [{"title": named(one), "url": url_of(one), "note": str(register.one)} for one in found[: HITS + 1]]
    more = f"{reverse('register', args=[register.code])}?{urlencode({'q': text})}"
    return _group(str(register.name), hits, more, found.count() if len(hits) > HITS else len(hits))


def _group(label: str, hits: list[dict[str, Any]], more_url: str = "", total: int | None = None) -> dict[str, Any]:
    """At most HITS of them, and how many there are."""
    count = len(hits) if total is None else total
    words = _("%(shown)s trong %(total)s") % {"shown": format_number(min(HITS, count)), "total": format_number(count)}
    return {"label": label, "total": words, "more_url": more_url if count > HITS else "", "hits": hits[:HITS]}
