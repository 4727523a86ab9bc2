"""One address gives the whole page or, to htmx, its part; caches are told which."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sokhu.areas.ledger.models import Observation
from sokhu.areas.sources.models import Document
from web.steps import PART, accepted, any_figure, decided, figures_of, pasted, said, total_url

pytestmark = pytest.mark.usefixtures("book")

TEXT = "Năm 2019, thành phố Hải Phòng thu hút 77 dự án FDI cấp mới với tổng vốn đăng ký 812,3 triệu USD."


@pytest.fixture
def document(officer: Client) -> Document:
    return pasted(officer, TEXT)


def is_page(response: HttpResponse) -> bool:
    return said(response).lstrip().lower().startswith("<!doctype html>")


def varies(response: HttpResponse) -> bool:
    return "hx-request" in response.headers.get("Vary", "").lower()


@pytest.mark.parametrize(
    "address",
    [
        lambda _document: reverse("figure", args=[any_figure()]),
        lambda _document: total_url("projects_valid", "block/dong-bang-song-hong", 2020),
        lambda document: reverse("document_edit", args=[document.pk, figures_of(document)[0].pk]),
    ],
)
def test_a_part_is_the_page_without_its_frame(
    officer: Client, document: Document, address: Callable[[Document], str]
) -> None:
    page, part = officer.get(address(document)), officer.get(address(document), headers=PART)
    assert is_page(page)
    assert not is_page(part)
    assert "<header" not in said(part)
    assert varies(page)
    assert varies(part)


def test_a_decision_sends_htmx_the_changed_lines_and_others_back_to_the_figure(
    officer: Client, document: Document
) -> None:
    first, second = figures_of(document)
    part = decided(officer, document, accept=first.pk)
    assert varies(part)
    assert f'id="f-{first.pk}"' in said(part)
    assert f'id="f-{second.pk}"' not in said(part)
    for piece in ("counts", "said", "seen"):
        assert f'id="{piece}"' in said(part)
    whole = officer.post(reverse("document_decide", args=[document.pk]), {"accept": str(second.pk)})
    assert whole["Location"] == f"{reverse('document', args=[document.pk])}#f-{second.pk}"


def test_a_panel_that_cannot_be_opened_tells_the_problem_to_htmx_too(officer: Client) -> None:
    response = officer.get(reverse("figure", args=["00000000-0000-4000-8000-000000000000"]), headers=PART)
    assert response.status_code == 404
    assert "data-problem" in said(response)


def test_giving_an_edit_up_shows_the_line_again(officer: Client, document: Document) -> None:
    figure = figures_of(document)[0]
    address = reverse("document_edit", args=[document.pk, figure.pk])
    assert 'class="edit"' in said(officer.get(address, headers=PART))
    line = said(officer.get(address + "?thoi=1", headers=PART))
    assert 'class="edit"' not in line
    assert f'id="f-{figure.pk}"' in line


def test_pages_forbid_what_is_not_their_own(officer: Client) -> None:
    policy = officer.get(reverse("overview"))["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_figure_is_called_official_only_where_an_authority_speaks_for_itself(officer: Client) -> None:
    own = decided_figure(officer, kind="report")
    quoted = decided_figure(officer, kind="press", speaker_name="Báo Thử", published="06/01/2024")
    assert own.maturity == quoted.maturity == "final"
    marks = [
        '<span class="tag accent">chính thức</span>' in said(officer.get(figure_url(one))) for one in (own, quoted)
    ]
    assert marks == [True, False]


def test_a_correction_of_a_quoted_figure_keeps_how_final_it_was_sealed(officer: Client) -> None:
    quoted = decided_figure(officer, kind="press", speaker_name="Báo Thử")
    assert '<option value="final" selected>' in said(officer.get(figure_url(quoted)))


def decided_figure(officer: Client, **typed: str) -> Observation:
    return accepted(officer, pasted(officer, TEXT.replace("2019", "2018"), **typed))


def figure_url(one: Observation) -> str:
    return reverse("figure", args=[one.pk])


def test_a_total_and_its_indicators_page_say_the_same_formula(officer: Client) -> None:
    formula = "Vốn đăng ký cấp mới + Vốn đăng ký tăng thêm"
    assert formula in said(officer.get(reverse("indicator", args=["capital_new_and_added"])))
    assert formula in said(officer.get(total_url("capital_new_and_added", "province/hai-phong", 2021, "FDI")))
