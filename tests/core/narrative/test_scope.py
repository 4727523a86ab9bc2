"""Whose figure it is. The sentences are ours; places are real, figures are not."""

from __future__ import annotations

import pytest

from sokhu.core.narrative import read


def scopes(text: str) -> list[str | None]:
    return [figure.scope for figure in read(text)]


def test_a_zone_named_only_as_whose_head_speaks_has_the_figures() -> None:
    text = "Lãnh đạo KCN Long Đức cho biết đã có 20 dự án còn hiệu lực. Trong đó, 12 dự án FDI."
    assert scopes(text) == ["KCN Long Đức", "KCN Long Đức"]


def test_a_text_about_one_zone_has_the_zone_as_scope_throughout() -> None:
    text = (
        "KKT Vân Phong thêm nhiều dự án\nKKT Vân Phong có 88 dự án còn hiệu lực.\n"
        "14 dự án đang xây dựng, vốn 90 triệu USD.\nUBND tỉnh Khánh Hòa đã chấp thuận 5 dự án."
    )
    assert set(scopes(text)) == {"KKT Vân Phong"}


def test_a_board_named_after_a_zone_answers_for_its_province() -> None:
    assert scopes("Ban Quản lý KKT Dung Quất cấp mới 7 dự án.") == ["Quảng Ngãi"]


def test_this_zone_is_the_one_its_board_is_named_after() -> None:
    assert scopes("Theo Ban Quản lý KKT Dung Quất, tại khu kinh tế này có 70 dự án.") == ["KKT Dung Quất"]


def test_what_is_among_a_zones_figures_stays_with_the_zone() -> None:
    text = "Các KCN Hải Dương đông.\nKCN Tân Trường thu hút 25 dự án.\nTrong đó, 24 dự án FDI, vốn 49 triệu USD."
    assert scopes(text) == ["KCN Tân Trường"] * 3


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("KCN Sóng Thần (thị xã Dĩ An, tỉnh Bình Dương) có 45 dự án.", "KCN Sóng Thần"),
        ("KKT Vân Phong (nằm ở phía bắc của tỉnh Khánh Hòa có diện tích 150.000 ha) đông khách.", "KKT Vân Phong"),
        ("Lao động tại KCN Long Đức và KKT Định An (Trà Vinh) là 1.350 người.", "Trà Vinh"),
        ("Phú Thọ, sau khi sáp nhập Vĩnh Phúc và Hòa Bình, cấp mới 83 dự án.", "Phú Thọ"),
        ("Các KCN tỉnh Đồng Nai có dự án làm linh kiện tại Việt Nam với vốn 49 triệu USD.", "Đồng Nai"),
        ("Vùng Bắc Trung Bộ và Duyên hải miền Trung có 111 khu công nghiệp.", "Bắc Trung Bộ và Duyên hải miền Trung"),
        ("KKT Vân Phong - Khánh Hòa có 101 dự án.", "KKT Vân Phong"),
        ("Công ty ABC rót 40 triệu USD, tại KCN Phố Nối.", "KCN Phố Nối"),
    ],
)
def test_what_only_says_where_something_lies_does_not_govern(text: str, scope: str) -> None:
    assert scopes(text)[-1] == scope


def test_places_in_turn_have_their_figures_in_their_order() -> None:
    assert scopes("KCN Lộc Sơn và KCN Phú Hội lấp đầy lần lượt 71% và 84%.") == ["KCN Lộc Sơn", "KCN Phú Hội"]


def test_of_many_places_named_alike_none_is_the_texts_own() -> None:
    text = "Có 300 khu công nghiệp. Đồng Nai có 30 dự án, Long An 25 dự án, Hà Nam 12 dự án, Nghệ An 11 dự án."
    assert scopes(text) == [None, "Đồng Nai", "Long An", "Hà Nam", "Nghệ An"]


def test_what_all_investors_registered_in_the_country_is_not_the_provinces() -> None:
    text = (
        "Bắc Ninh dẫn đầu về FDI\n\nNăm 2023, tỉnh Bắc Ninh cấp mới 90 dự án FDI. Bắc Ninh còn 1.900 dự án FDI.\n\n"
        "Năm 2023, tổng vốn của nhà đầu tư nước ngoài đăng ký vào Việt Nam đạt 36 tỷ USD."
    )
    assert [figure.scope for figure in read(text)] == ["Bắc Ninh", "Bắc Ninh", "Việt Nam"]


def test_an_economic_zone_that_opens_a_text_without_a_province_is_what_it_is_about() -> None:
    text = "KKT Vân Phong có diện tích 150.000 ha.\n\nĐến nay đã thu hút 120 dự án, vốn đăng ký 4,1 tỷ USD."
    assert {figure.scope for figure in read(text)} == {"KKT Vân Phong"}


def test_a_border_zone_named_like_its_province_is_the_zone() -> None:
    assert [figure.scope for figure in read("Đến cuối năm 2016, tại KKTCK Lào Cai có 27 dự án.")] == [
        "KKT cửa khẩu Lào Cai"
    ]


def test_a_text_that_opens_with_the_country_is_not_about_a_province_named_far_behind() -> None:
    text = (
        "Việt Nam hiện có 210 khu công nghiệp\n\nTheo Bộ Kế hoạch và Đầu tư, tính đến tháng 7/2016, cả nước đã có"
        " 210 khu công nghiệp được thành lập với tổng diện tích đất tự nhiên 61 nghìn ha, trong số này phần lớn ở"
        " vùng đồng bằng và ven biển. Tỷ lệ lấp đầy các khu công nghiệp đạt 52%.\n\nTrong năm 2015, đã thành lập"
        " khu kinh tế Đông Nam, tỉnh Nghệ An và mở rộng khu kinh tế Nghi Sơn, tỉnh Thanh Hóa. Nghệ An và Thanh Hóa"
        " đều đã có quy hoạch."
    )
    assert set(scopes(text)) == {"Việt Nam"}
