"""Tables as lines of cells: units, owners and windows from headers and row labels."""

from __future__ import annotations

from decimal import Decimal

from sokhu.core.narrative import read


def test_a_row_of_plan_result_and_percents_is_read_by_its_columns() -> None:
    text = (
        "Kết quả năm 2023 các KCN tỉnh Hà Nam\n"
        "Chỉ tiêu | ĐVT | KH 2023 | TH 2023 | TH/KH (%) | So với năm 2022 (%)\n"
        "Kim ngạch xuất khẩu | triệu USD | 900 | 721,2 | 80,1 | 91,5\n"
        "Doanh thu | tỷ đồng | 1.500 | 1.555,4 | 103,7 | 138,2\n"
    )
    found = read(text)
    assert [(f.indicator, f.status) for f in found[:4]] == [
        ("export_value", "target"),
        ("export_value", "fact"),
        ("plan_completion", "fact"),
        ("yoy_ratio", "fact"),
    ]
    assert found[1].comparison is not None
    assert found[4].value == Decimal(1_500_000_000_000)


def test_a_unit_in_the_header_holds_for_its_column_and_a_zone_in_the_label_for_its_row() -> None:
    found = read(
        "Các KCN Hải Dương đến 31/12/2023\n"
        "KCN | Lao động (người) | Tỷ lệ lấp đầy (%)\n"
        "KCN Tân Trường | 12.300 | 98\n"
        "KCN Đại An | 4.500 | 71,5"
    )
    assert [(f.value, f.indicator, f.scope, f.period) for f in found] == [
        (12300, "jobs_total", "KCN Tân Trường", "2023-12-31"),
        (98, "occupancy_rate", "KCN Tân Trường", "2023-12-31"),
        (4500, "jobs_total", "KCN Đại An", "2023-12-31"),
        (Decimal("71.5"), "occupancy_rate", "KCN Đại An", "2023-12-31"),
    ]
