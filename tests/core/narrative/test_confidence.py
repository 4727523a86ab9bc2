"""Confidence falls with every sign of doubt, and what is said plainly is certain."""

from __future__ import annotations

from sokhu.core.narrative import CERTAIN, read
from sokhu.core.narrative.confidence import chance

COSTS = {"start": 4.0, "unknown": 0.8, "carried": 0.5}
PLAIN = (
    "9 tháng đầu năm 2022, các KCN trên địa bàn tỉnh Hà Nam thu hút 27 dự án FDI cấp mới với tổng vốn đăng ký "
    "318,4 triệu USD. Lũy kế đến hết tháng 9/2022, Hà Nam có 34 dự án FDI còn hiệu lực với tổng vốn đăng ký 4,9 tỷ USD."
)


def test_no_sign_of_doubt_adds_to_the_chance_and_an_unknown_one_costs_too() -> None:
    assert chance(COSTS, []) > chance(COSTS, ["carried"]) > chance(COSTS, ["carried", "never met"]) > 0


def test_what_is_said_plainly_is_certain() -> None:
    certain = [figure.quote for figure in read(PLAIN) if figure.confidence >= CERTAIN]
    assert certain == ["27 dự án", "318,4 triệu USD", "34 dự án", "4,9 tỷ USD"]


def test_words_of_a_plan_are_never_certain() -> None:
    figures = read(
        "Kế hoạch năm 2023 của các KCN Hà Nam: thu hút 2.000 triệu USD vốn FDI. Mục tiêu năm 2023 là thu hút 3 tỷ USD."
    )
    assert figures
    assert all(figure.confidence < CERTAIN for figure in figures)


def test_a_figure_without_place_time_and_topic_is_not_certain() -> None:
    (figure,) = read("Đã có thêm 45 dự án.")
    assert figure.confidence < CERTAIN
    assert "place: none" in figure.doubts
    assert "period: none" in figure.doubts


def test_a_missing_dateline_is_no_doubt_where_the_window_says_its_year() -> None:
    said, unsaid = (read(f"{window}, Bắc Ninh cấp mới 5 dự án FDI.")[0] for window in ("Năm 2023", "Quý I"))
    assert "period: the text has no day" not in said.doubts
    assert "period: the text has no day" in unsaid.doubts


def test_the_sentence_behind_a_plan_is_in_doubt_too() -> None:
    text = (
        "Năm 2023, KCN tỉnh Bắc Ninh xuất khẩu 900 triệu USD.\n\n"
        "Năm 2024, tỉnh đặt mục tiêu thu hút 2.900 tỷ đồng. Kim ngạch xuất khẩu tăng 15,4%."
    )
    last = read(text)[-1]
    assert "sentence: words of a plan" in last.doubts
    assert last.confidence < CERTAIN
