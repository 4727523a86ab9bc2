"""The pages of findings: the list, one finding, the answer; and how often they ask the database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from sokhu.areas.findings.models import Finding
from web.steps import BLOCK_HEAD, MINISTRY, OFFICER, said
from web.test_query_counts import questions

pytestmark = pytest.mark.usefixtures("book")


@pytest.fixture
def head(logged_in: Callable[[str], Client]) -> Client:
    """The head of the block whose year's report does not close."""
    client = logged_in(BLOCK_HEAD)
    client.get(reverse("findings"))
    return client


def continuity() -> Finding:
    return Finding.objects.get(code="continuity", terms__closing__0="amount", cell__ownership="FDI")


def test_the_report_of_2020_leaves_464_6_million_usd_and_3397_5_billion_dong_unexplained(head: Client) -> None:
    page = said(head.get(reverse("findings")))
    assert "464,6 triệu USD (462,0–467,2)" in page
    assert "3.397,5 tỷ đồng (3.376,8–3.418,1)" in page
    assert continuity().severity == "warning"


def test_a_finding_shows_its_figures_and_takes_an_answer(head: Client) -> None:
    address = reverse("finding", args=[continuity().pk])
    page = said(head.get(address))
    assert "61.206,6" in page
    assert "5.056,1" in page
    answered = head.post(address, {"words": "Vốn của các dự án bị thu hồi chưa nêu trong báo cáo."})
    assert answered.status_code == 302
    assert "Vốn của các dự án bị thu hồi" in said(head.get(address))
    assert "464,6" not in said(head.get(reverse("findings")))
    assert "464,6" in said(head.get(reverse("findings") + "?loai=giai-thich"))


def test_an_answer_without_words_is_refused_with_the_reason(head: Client) -> None:
    answer = head.post(reverse("finding", args=[continuity().pk]), {"words": " "})
    assert answer.status_code == 422
    assert "Ghi lý do" in said(answer)


def test_the_ministry_sees_whose_finding_it_is_and_an_officer_elsewhere_sees_nothing(
    head: Client, logged_in: Callable[[str], Client]
) -> None:
    assert "464,6" in said(logged_in(MINISTRY).get(reverse("findings")))
    assert "464,6" not in said(logged_in(OFFICER).get(reverse("findings")))
    assert logged_in(OFFICER).get(reverse("finding", args=[continuity().pk])).status_code == 404


def test_the_list_asks_a_fixed_number_of_questions(head: Client) -> None:
    assert questions(head, reverse("findings")) <= 13


def test_the_page_of_a_finding_asks_a_fixed_number_of_questions(head: Client) -> None:
    assert questions(head, reverse("finding", args=[continuity().pk])) <= 14


def test_the_english_page_is_english(head: Client) -> None:
    head.post(reverse("set_language"), {"language": "en"})
    page = said(head.get(reverse("findings")))
    assert "464.6 million USD (462.0–467.2)" in page
    assert "Chờ trả lời" not in page
