"""The same firm spelled in several ways."""

from __future__ import annotations

import pytest

from sokhu.core.company_name import bare_name


@pytest.mark.parametrize(
    "spelled",
    [
        "Công ty TNHH Điện tử Hoa Sen",
        "CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN ĐIỆN TỬ HOA SEN",
        "Cty TNHH MTV Điện Tử Hoa-Sen",
        "Dien tu Hoa Sen Co., Ltd.",
    ],
)
def test_every_spelling_of_a_firm_comes_to_the_same(spelled: str) -> None:
    assert bare_name(spelled) == "dien tu hoa sen"


def test_firms_of_unlike_names_stay_apart() -> None:
    assert bare_name("Công ty Hoa Sen Việt Nam") == "hoa sen vietnam"
    assert bare_name("Công ty Hoa Sen") != bare_name("Công ty Hoa Sữa")


def test_a_name_of_nothing_but_its_form_keeps_its_words() -> None:
    assert bare_name("Công ty Cổ phần") == "cong ty co phan"
