from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhu.core.data import load_toml
from sokhu.core.problems import Problem
from sokhu.core.units import read_unit, unit_of, units, units_of

# What the reader of narrative reports may say.
READER_UNITS = [
    "USD", "VND", "ha", "projects", "adjustments", "zones", "enterprises", "workers", "percent", "procedures", "km",
    "households", "times", "VND/person/month", "countries", "m2", "USD/ha", "deals", "meetings", "areas", "provinces",
    "rank",
]  # fmt: skip

# What the indicators of the field are told in.
FIELD_UNITS = [
    "%", "triệu USD", "dự án", "ha", "tỷ đồng", "lượt", "người", "khu", "triệu đồng", "hồ sơ", "tỷ đồng/ha", "tấn",
    "vụ", "doanh nghiệp", "m3/ngày đêm", "cuộc", "hộ", "điểm", "giấy", "triệu USD/dự án", "tỷ đồng/dự án", "quốc gia",
    "triệu USD/ha", "USD/m2/chu kỳ", "đồng/m2/năm", "m2", "kWh", "lít", "m3", "triệu đồng/người", "căn", "chỗ", "cơ sở",
    "mg/L", "°C", "Pt-Co", "lần", "kg", "liên kết", "tCO2", "thủ tục", "ngày", "biên bản", "kiến nghị", "thứ hạng",
    "đề nghị", "báo cáo", "nhiệm vụ", "cuộc họp", "thương vụ", "triệu đồng/người/tháng",
]  # fmt: skip


@pytest.mark.parametrize("code", READER_UNITS)
def test_every_unit_of_the_reader_has_its_entry(code: str):
    assert unit_of(code).code == read_unit(code).unit.code == code


@pytest.mark.parametrize("words", FIELD_UNITS)
def test_every_unit_of_the_field_is_understood(words: str):
    assert read_unit(words).words("vi")


def test_every_unit_of_the_indicators_is_understood():
    folder = resources.files("sokhu").joinpath("catalogue", "indicators")
    for file in folder.iterdir():
        for code, table in load_toml(f"indicators/{file.name}").items():
            for unit in (table["unit"], *table.get("other_units", [])):
                # Money has its currency from the cell: money_per_ha is USD/ha or VND/ha.
                assert unit.startswith("money") or unit_of(unit), f"{code}: {unit}"


@pytest.mark.parametrize(
    ("words", "code", "power"),
    [
        ("triệu USD", "USD", 6),
        ("tỷ USD", "USD", 9),
        ("triệu đô la Mỹ", "USD", 6),
        ("million USD", "USD", 6),
        ("tỷ đồng", "VND", 9),
        ("tỉ VNĐ", "VND", 9),
        ("nghìn tỷ đồng", "VND", 12),
        ("ngàn tỉ đồng", "VND", 12),
        ("triệu tỷ đồng", "VND", 15),
        ("nghìn héc ta", "ha", 3),
        ("HA", "ha", 0),
        ("nghìn người", "workers", 3),
        ("m²", "m2", 0),
        ("phần trăm", "percent", 0),
        ("triệu USD / ha", "USD/ha", 6),
        ("triệu  đồng/người/tháng", "VND/person/month", 6),
    ],
)
def test_a_scale_and_a_unit_are_told_apart(words: str, code: str, power: int):
    written = read_unit(words)
    assert (written.unit.code, written.scale.power) == (code, power)


@pytest.mark.parametrize("words", ["", "tỷ", "kha", "thúng", "triệu thúng", "USDUSD"])
def test_an_unknown_unit_is_told_as_it_was_found(words: str):
    with pytest.raises(Problem) as caught:
        read_unit(words)
    assert (caught.value.code, caught.value.params) == ("quantity.unit_unknown", {"found": words})


def test_a_unit_is_found_by_its_code_and_by_its_name_but_not_with_a_scale():
    assert unit_of("projects") is unit_of("project") is unit_of("dự án")
    with pytest.raises(Problem, match=r"quantity\.unit_unknown"):
        unit_of("triệu USD")


@given(st.sampled_from(sorted(units().by_code)), st.sampled_from(["", "nghìn", "triệu", "tỷ", "nghìn tỷ"]))
def test_the_words_of_a_scaled_unit_are_read_back_in_both_languages(code: str, scale: str):
    written = read_unit(f"{scale} {code}")
    assert read_unit(written.words("vi")) == read_unit(written.words("en")) == written


def test_one_project_is_singular_in_english_and_a_million_is_not():
    assert read_unit("dự án").words("en", one=True) == "project"
    assert read_unit("dự án").words("en") == "projects"
    assert read_unit("nghìn dự án").words("en", one=True) == "thousand projects"
    assert read_unit("dự án").words("vi", one=True) == "dự án"


@pytest.mark.parametrize(
    ("tables", "where"),
    [
        pytest.param({"a": {"vi": "x", "en": "x"}, "b": {"vi": "X", "en": "y"}}, "b", id="a spelling used twice"),
        pytest.param({"a": {"vi": "x"}}, "a", id="no English name"),
        pytest.param({"a": {"vi": "x", "en": "x", "colour": "blue"}}, "a", id="an unknown field"),
        pytest.param({"a": {"vi": "x", "en": "x", "shown": ["tá"]}}, "a", id="an unknown scale"),
    ],
)
def test_a_wrong_table_is_told_by_its_code(tables: dict[str, object], where: str):
    with pytest.raises(Problem) as caught:
        units_of({"scales": {}, "units": tables})
    assert (caught.value.code, caught.value.where) == ("quantity.unit_table", where)
