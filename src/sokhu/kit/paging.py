"""Pages of a long list, which always says how many of how many it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from sokhu.core.numbers import format_number


@dataclass(frozen=True, slots=True)
class PageLink:
    label: str
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """first, last, total: texts, counted from 1; previous, next: addresses, "" at the ends.

    is_more: whether there are more rows than the total, which no page shows.
    """

    first: str
    last: str
    total: str
    is_more: bool
    pages: tuple[PageLink, ...]
    previous: str
    next: str


class ByKey:
    """Ordered rows, of which a page reads its own only: those before it are passed over in an index, by their keys.

    order: of the rows of a page, where the keys are ordered by something that only they have. most: so many are paged
    through, and it is only found out whether there are more: to count all of a long list takes longer than a page.
    """

    ordered = True

    def __init__(self, rows: QuerySet[Any], *pointing: str, order: Sequence[str] = (), most: int | None = None) -> None:
        self.rows, self.whole = rows, rows.model._default_manager.select_related(*pointing)
        self.order, self.most, self.is_more = order or rows.query.order_by, most, False

    def count(self) -> int:
        if self.most is None:
            return self.rows.count()
        found = self.rows.order_by()[: self.most + 1].count()
        self.is_more = found > self.most
        return min(found, self.most)

    def __getitem__(self, part: slice) -> QuerySet[Any]:
        found: QuerySet[Any] = self.whole.filter(pk__in=self.rows.values("pk")[part])
        return found.order_by(*self.order)


def paged(
    request: HttpRequest, rows: QuerySet[Any] | Sequence[Any] | ByKey, size: int = 50
) -> tuple[Sequence[Any], Pager]:
    """The asked page of the rows (`?trang=2`; a page that does not exist gives the nearest) and its pager."""
    counted: Any = rows
    paginator: Paginator[Any] = Paginator(counted, size)
    page = paginator.get_page(request.GET.get("trang"))
    links = tuple(_link(request, number, page.number) for number in paginator.get_elided_page_range(page.number))
    return list(page), Pager(
        first=format_number(page.start_index()),
        last=format_number(page.end_index()),
        total=format_number(paginator.count),
        is_more=isinstance(rows, ByKey) and rows.is_more,
        pages=links if paginator.num_pages > 1 else (),
        previous=_address(request, page.previous_page_number()) if page.has_previous() else "",
        next=_address(request, page.next_page_number()) if page.has_next() else "",
    )


def _link(request: HttpRequest, number: int | str, current: int) -> PageLink:
    if not isinstance(number, int):  # the ellipsis, a text that is translated when it is shown
        return PageLink("…")
    return PageLink(format_number(number), "" if number == current else _address(request, number), number == current)


def _address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["trang"] = str(number)
    return f"?{query.urlencode()}"
