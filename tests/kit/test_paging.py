"""Pages of a long list: the middle of many is left out, and said to be."""

from __future__ import annotations

from django.test import RequestFactory

from sokhu.kit.paging import paged


def test_a_list_of_many_pages_leaves_out_those_between() -> None:
    rows, pager = paged(RequestFactory().get("/"), range(1000), size=10)
    assert list(rows) == list(range(10))
    assert [link.label for link in pager.pages] == ["1", "2", "3", "4", "…", "99", "100"]
