import pytest

from sokhu.core.indicator import Indicator, checked_indicators, load_indicators
from sokhu.core.problems import Problems

NEW = """[capital_new]
name_vi = "Vốn đăng ký cấp mới"
name_en = "Registered capital of new projects"
definition_vi = "Vốn của dự án cấp mới."
definition_en = "Capital of new projects."
unit = "money"
nature = "flow"
over_time = "sum"
over_places = "sum"
better = "higher"
dimensions = ["currency"]
folds = ["INV-02"]
source = "biểu 2101"
evidence = "FOUND"
"""


def entry(code: str, **changes: str) -> str:
    """The entry above under another code, with keys set, or left out where the value is empty."""
    lines = NEW.replace("capital_new", code).splitlines()
    kept = [line for line in lines if line.partition(" =")[0] not in changes and not line.startswith("folds")]
    return "\n".join(kept + [f"{key} = {value}" for key, value in changes.items() if value]) + "\n"


RATE = entry("rate", nature='"ratio"', over_time='"recompute"', over_places='"recompute"', unit='"percent"')
PARTS = 'numerator = "capital_new"\ndenominator = "capital_new"\nfactor = 100\n'


def problems(*texts: str) -> list[tuple[str, str]]:
    files = {f"indicators/file{number}.toml": text.encode() for number, text in enumerate(texts)}
    with pytest.raises(Problems) as caught:
        checked_indicators(files, dimensions={"currency", "ownership"})
    return [(problem.code, problem.where) for problem in caught.value.problems]


def codes(*texts: str) -> list[str]:
    return [code for code, _ in problems(*texts)]


def load(*texts: str) -> dict[str, Indicator]:
    files = {f"indicators/file{number}.toml": text.encode() for number, text in enumerate(texts)}
    return checked_indicators(files, dimensions={"currency", "ownership"})


def test_an_entry_becomes_an_indicator_of_the_group_of_its_file():
    one = load(NEW)["capital_new"]
    assert (one.group, one.unit, one.nature, one.dimensions) == ("file0", "money", "flow", ("currency",))
    assert (one.name("vi"), one.name("en")) == ("Vốn đăng ký cấp mới", "Registered capital of new projects")
    assert (one.definition("vi"), one.definition("en")) == ("Vốn của dự án cấp mới.", "Capital of new projects.")
    assert one.needs == ()


def test_a_ratio_needs_its_numerator_and_denominator():
    assert load(NEW, RATE + PARTS)["rate"].needs == ("capital_new", "capital_new")


def test_the_packaged_catalogue_loads_and_keeps_the_order_of_its_files():
    indicators = load_indicators()
    assert next(iter(indicators)) == "emulation_self_score"
    assert indicators["occupancy_rate"].needs == ("land_leased", "industrial_land_area")
    assert indicators["capital_new_and_added"].plus == ("capital_new", "capital_added")
    assert indicators["trade_balance"].needs == ("export_value", "import_value")
    assert indicators["capital_registered_total"].nature == "stock"


def test_a_wrong_file_is_refused_with_file_line_and_reason():
    assert problems(NEW.replace('"flow"', '"flwo"')) == [("catalogue.wrong_value", "indicators/file0.toml:7")]


def test_every_problem_of_every_file_is_told_at_once():
    found = problems(NEW.replace("unit", "units"), NEW.replace("capital_new", "other").replace("INV-02", "INV-2"))
    assert found == [
        ("catalogue.missing_key", "indicators/file0.toml:1"),
        ("catalogue.unknown_key", "indicators/file0.toml:6"),
        ("catalogue.bad_fold", "indicators/file1.toml:12"),
    ]


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("catalogue.not_a_table", ["capital_new = 1"]),
        ("catalogue.bad_code", [NEW.replace("[capital_new]", "[CapitalNew]")]),
        ("catalogue.duplicate", [NEW, NEW.replace("INV-02", "INV-13")]),
        ("catalogue.duplicate_fold", [NEW, NEW.replace("capital_new", "other")]),
        ("catalogue.unknown_dimension", [NEW.replace('["currency"]', '["currency", "colour"]')]),
        ("catalogue.no_currency", [NEW.replace('["currency"]', '["ownership"]')]),
        ("catalogue.stock_over_time", [NEW.replace('"flow"', '"stock"')]),
        ("catalogue.flow_last", [NEW.replace('over_time = "sum"', 'over_time = "last"')]),
        ("catalogue.not_a_ratio", [NEW.replace('over_time = "sum"', 'over_time = "recompute"')]),
        ("catalogue.not_a_ratio", [NEW.replace('over_places = "sum"', 'over_places = "recompute"')]),
        ("catalogue.comparison_added", [entry("growth", comparison="true")]),
        ("catalogue.ratio_without_formula", [RATE]),
        ("catalogue.ratio_without_formula", [RATE + 'numerator = "rate"\n']),
        ("catalogue.ratio_added", [NEW, RATE.replace('over_time = "recompute"', 'over_time = "sum"') + PARTS]),
        ("catalogue.ratio_added", [NEW, RATE.replace('over_places = "recompute"', 'over_places = "sum"') + PARTS]),
        ("catalogue.formula_without_ratio", [NEW, entry("other", numerator='"capital_new"')]),
        ("catalogue.zero_factor", [NEW, RATE + PARTS.replace("100", "0")]),
        ("catalogue.unknown_code", [RATE + PARTS]),
        ("catalogue.unknown_code", [entry("other", plus='["nothing"]')]),
        ("catalogue.unknown_code", [entry("other", minus='["nothing"]')]),
        ("catalogue.unknown_code", [entry("other", part_of='"nothing"')]),
        ("catalogue.other_unit", [NEW, entry("people", unit='"person"', part_of='"capital_new"')]),
        ("catalogue.other_unit", [NEW, entry("people", unit='"person"', plus='["capital_new"]')]),
        ("catalogue.circle", [entry("one", plus='["two"]'), entry("two", minus='["one"]')]),
        ("catalogue.circle", [entry("one", part_of='"two"'), entry("two", part_of='"one"')]),
    ],
)
def test_a_catalogue_that_makes_no_sense_is_refused(code: str, texts: list[str]):
    assert code in codes(*texts)


def test_a_duplicate_names_the_place_of_the_first():
    with pytest.raises(Problems) as caught:
        load(NEW, NEW.replace("INV-02", "INV-13"))
    assert caught.value.problems[0].params["first"] == "indicators/file0.toml:1"


def test_figures_of_one_unit_may_be_part_of_each_other_also_by_a_unit_that_texts_use():
    texts = [
        entry("all", unit='"adjustment"', other_units='["project"]'),
        entry("some", unit='"project"', part_of='"all"'),
    ]
    assert load(*texts)["some"].part_of == "all"


def test_a_comparison_needs_no_formula():
    none = {"over_time": '"none"', "over_places": '"none"'}
    assert load(entry("growth", nature='"ratio"', unit='"percent"', comparison="true", **none))["growth"].comparison


def test_a_part_never_has_another_rule_over_time_than_its_whole():
    indicators = load_indicators()
    for one in indicators.values():
        if one.part_of:
            assert indicators[one.part_of].nature == one.nature, one.code
