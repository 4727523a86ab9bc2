"""The packaged catalogue is one, complete, and each of its problems has its sentences."""

import ast
import re
import string
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sokhu
from sokhu.core.catalogue_check import (
    Complaints,
    Key,
    catalogue_file,
    check_keys,
    lines_of,
    packaged_files,
    parsed_files,
)
from sokhu.core.data import load_toml
from sokhu.core.dimension import checked_dimensions, load_dimensions
from sokhu.core.indicator import checked_indicators, load_indicators
from sokhu.core.problems import Problem, Problems

# The names by which figures are read out of narrative reports.
NAMES_OF_REPORTS = re.findall(
    r"\w+",
    """
projects_new projects_adjusted projects_attracted projects_reduced projects_revoked projects_started_operation
projects_mou capital_new capital_added capital_new_and_added capital_reduced capital_revoked capital_mobilised
capital_contributions capital_mou project_capital_added plan_value investor_meetings
projects_valid projects_operating projects_under_construction projects_delayed projects_not_started
projects_infrastructure capital_registered_total capital_disbursed disbursement_rate capital_infrastructure
source_countries investment_density
zones_planned zones_established zones_operating zones_under_construction zones_land_quota zones_full
zones_eco_proposed zones_count zone_area industrial_land_area land_leased factory_leased occupancy_rate
wastewater_plants
revenue industrial_output export_value import_value budget_payment enterprises_count enterprises_new
enterprises_new_capital jobs_total jobs_created jobs_local jobs_domestic jobs_female jobs_foreign avg_income
procedures_total procedures_online procedures_postal enterprises_inspected enterprises_fined fines
growth_rate yoy_ratio plan_completion plan_excess share ratio_times jobs_net_change
""",
)

COMPARISONS = {"growth_rate", "yoy_ratio", "plan_completion", "plan_excess", "share", "ratio_times", "jobs_net_change"}

# The former list of 149: how many codes each group had.
FORMER_GROUPS = {
    "INV": 28, "CAP": 11, "LND": 15, "INF": 6, "BUS": 14, "ENG": 4, "LAB": 13, "HSE": 4, "ENV": 10, "ECO": 8,
    "PRC": 11, "PRM": 5, "INS": 4, "PET": 3, "GPM": 5, "EMU": 4, "REP": 3, "TSK": 1,
}  # fmt: skip
FORMER_CODES = [f"{group}-{number:02}" for group, count in FORMER_GROUPS.items() for number in range(1, count + 1)]

CHECKED = ("catalogue", "rollup", "territory")


def test_the_former_list_had_149_codes():
    assert len(FORMER_CODES) == len(set(FORMER_CODES)) == 149


@pytest.mark.parametrize("name", NAMES_OF_REPORTS)
def test_every_name_that_reports_are_read_by_is_an_indicator(name: str):
    assert name in load_indicators()


def test_every_former_code_is_taken_up_exactly_once():
    folded = [fold for one in load_indicators().values() for fold in one.folds]
    whole = Counter(fold for fold in folded if "." not in fold)
    split = Counter(fold.partition(".")[0] for fold in folded if "." in fold)
    assert {code: whole[code] + (split[code] > 0) for code in FORMER_CODES} == dict.fromkeys(FORMER_CODES, 1)
    assert set(whole) | set(split) == set(FORMER_CODES)


def test_a_row_that_was_split_has_every_figure_once_from_the_first():
    parts: dict[str, list[int]] = {}
    for one in load_indicators().values():
        for fold in one.folds:
            code, _, number = fold.partition(".")
            if number:
                parts.setdefault(code, []).append(int(number))
    assert {code: sorted(numbers) for code, numbers in parts.items()} == {
        code: list(range(1, len(numbers) + 1)) for code, numbers in parts.items()
    }
    assert all(len(numbers) > 1 for numbers in parts.values())


def test_no_indicator_hides_ownership_currency_or_kind_of_zone_in_its_code():
    words = {word for code in load_indicators() for word in code.split("_")}
    assert not words & {"fdi", "ddi", "usd", "vnd", "kcn", "kkt", "kcx"}


def test_the_comparisons_are_those_that_describe_another_figure():
    assert {code for code, one in load_indicators().items() if one.comparison} == COMPARISONS


def test_an_indicator_that_no_former_code_or_report_names_is_part_of_a_formula_or_a_balance_or_says_its_source():
    indicators = load_indicators()
    needed = {code for one in indicators.values() for code in (*one.needs, *one.raised_by, *one.lowered_by)}
    alone = [code for code, one in indicators.items() if not one.folds and code not in {*NAMES_OF_REPORTS, *needed}]
    assert alone == ["occupancy_rate_cleared"]


@pytest.mark.parametrize("folder", ["indicators", "dimensions", "territory"])
def test_every_key_of_every_packaged_file_knows_its_line(folder: str):
    for path, content in packaged_files(folder).items():
        file = catalogue_file(path, content)
        text = content.decode().splitlines()
        for place, table in file.tables.items():
            for key in table if isinstance(table, dict) else ():
                line = text[file.lines[(place, key)] - 1]
                assert key in line, (path, place, key)


# --- sentences ---------------------------------------------------------------------------------------------------


def codes_raised() -> set[str]:
    core = Path(sokhu.__file__).parent / "core"
    names = ["catalogue_check", "dimension", "indicator", "rollup", "territory", "territory_file", "territory_check"]
    found: set[str] = set()
    for name in names:
        for node in ast.walk(ast.parse((core / f"{name}.py").read_text())):
            is_code = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if is_code and re.fullmatch(r"(catalogue|rollup|territory)\.[a-z_]+", node.value):
                found.add(node.value)
    return found


def sentences() -> dict[str, dict[str, str]]:
    return {code: words for name in CHECKED for code, words in load_toml(f"problems/{name}.toml").items()}


def test_every_problem_has_its_sentences_and_every_sentence_its_problem():
    assert codes_raised() == set(sentences())


@pytest.mark.parametrize(("code", "words"), sentences().items())
def test_both_languages_tell_the_same(code: str, words: dict[str, str]):
    assert set(words) == {"vi", "en"}
    named = {lang: {name for _, name, _, _ in string.Formatter().parse(text) if name} for lang, text in words.items()}
    assert {name.removesuffix("_vi") for name in named["vi"]} == {name.removesuffix("_en") for name in named["en"]}


# --- lines and keys ----------------------------------------------------------------------------------------------

SAMPLE = '''# a comment = 1
top = 1

[first]
a = "x # no comment = 2"
list = [
  "[not.a.table]",
  { b = 1 },
  ["x"]
]
c = 1 # [not.a.table]
text = """
[not.a.table]
d = 1
""" # the end
e = 2

["quoted name/with.dot"]
'single' = 1
dotted.key = 2

[[event]]
day = 1
[event.inner]
x = 1

[[event]]
day = 2
[event.inner]
x = 2
'''


def test_lines_are_those_of_the_text():
    assert lines_of(SAMPLE) == {
        ("top",): 2,
        ("first",): 4,
        ("first", "a"): 5,
        ("first", "list"): 6,
        ("first", "c"): 11,
        ("first", "text"): 12,
        ("first", "e"): 16,
        ("quoted name/with.dot",): 18,
        ("quoted name/with.dot", "single"): 19,
        ("quoted name/with.dot", "dotted", "key"): 20,
        ("event", "0"): 22,
        ("event", "0", "day"): 23,
        ("event", "0", "inner"): 24,
        ("event", "0", "inner", "x"): 25,
        ("event", "1"): 27,
        ("event", "1", "day"): 28,
        ("event", "1", "inner"): 29,
        ("event", "1", "inner", "x"): 30,
    }


def test_a_key_without_a_line_of_its_own_is_told_at_its_table():
    file = catalogue_file("x.toml", SAMPLE.encode())
    assert file.at("first", "list", "b") == "x.toml:6"
    assert file.at("event", "1", "missing") == "x.toml:27"
    assert file.at("nowhere") == "x.toml:1"


@pytest.mark.unmeasured
@given(st.text())
def test_no_text_breaks_the_search_for_lines(text: str):
    lines_of(text)


TABLE = b"""[t]
text = "x"
flag = true
number = 3
words = ["a", "b"]
day = 2025-07-01
inner = { x = 1 }
"""
KEYS = {
    "text": Key(str, required=True, choices=frozenset({"x", "y"})),
    "flag": Key(bool),
    "number": Key(int),
    "words": Key(list, choices=frozenset({"a", "b"})),
    "day": Key(date),
    "inner": Key(dict),
}


def checked(content: bytes) -> list[tuple[str, str]]:
    told = Complaints()
    file = catalogue_file("f.toml", content)
    fine = check_keys(file.tables["t"], KEYS, file, ("t",), told)
    assert fine == (not told.problems)
    return sorted((problem.code, problem.where) for problem in told.problems)


def test_a_table_with_every_key_of_its_kind_is_fine():
    assert checked(TABLE) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('text = "x"', 'txt = "x"\ntext = "x"', ("catalogue.unknown_key", "f.toml:2")),
        ('text = "x"', "", ("catalogue.missing_key", "f.toml:1")),
        ('text = "x"', "text = 1", ("catalogue.wrong_kind", "f.toml:2")),
        ('text = "x"', 'text = "z"', ("catalogue.wrong_value", "f.toml:2")),
        ("flag = true", "flag = 1", ("catalogue.wrong_kind", "f.toml:3")),
        ("number = 3", "number = true", ("catalogue.wrong_kind", "f.toml:4")),
        ('["a", "b"]', '["a", 1]', ("catalogue.wrong_kind", "f.toml:5")),
        ('["a", "b"]', '["a", "c"]', ("catalogue.wrong_value", "f.toml:5")),
        ("2025-07-01", "2025-07-01T00:00:00", ("catalogue.wrong_kind", "f.toml:6")),
        ("{ x = 1 }", "[1]", ("catalogue.wrong_kind", "f.toml:7")),
    ],
)
def test_a_wrong_key_is_told_with_its_line(old: str, new: str, problem: tuple[str, str]):
    assert checked(TABLE.replace(old.encode(), new.encode())) == [problem]


def test_an_empty_text_is_told():
    told = Complaints()
    file = catalogue_file("f.toml", b't = { text = " " }')
    check_keys(file.tables["t"], {"text": Key(str, required=True)}, file, ("t",), told)
    assert [problem.code for problem in told.problems] == ["catalogue.empty_text"]


def test_all_problems_are_told_at_once_in_the_order_of_their_lines():
    told = Complaints()
    for where in ("b.toml:3", "a.toml:12", "a.toml:2", "a.toml"):
        told.add("catalogue.empty_text", where)
    with pytest.raises(Problems) as caught:
        told.tell()
    assert [problem.where for problem in caught.value.problems] == ["a.toml", "a.toml:2", "a.toml:12", "b.toml:3"]


def test_a_file_that_is_no_toml_does_not_hide_the_others():
    told = Complaints()
    files = parsed_files({"bad.toml": b"a = ", "good.toml": b"a = 1"}, told)
    assert [file.path for file in files] == ["good.toml"]
    assert [(problem.code, problem.where) for problem in told.problems] == [("catalogue.syntax", "bad.toml:1")]


def test_tables_that_were_parsed_before_are_told_by_their_key():
    [file] = parsed_files({"kept.toml": {"t": {"a": 1}}}, Complaints())
    assert file.at("t", "a") == "kept.toml: t.a"


# --- dimensions --------------------------------------------------------------------------------------------------


def test_ownership_is_foreign_or_domestic():
    ownership = load_dimensions().dimensions["ownership"]
    assert list(ownership.words) == ["FDI", "DDI"]
    assert not ownership.is_open
    assert ownership.words["FDI"].name("vi") == "đầu tư nước ngoài"
    assert ownership.words["FDI"].name("en") == "foreign investment"


def test_a_coastal_economic_zone_is_an_economic_zone():
    kinds = load_dimensions().dimensions["zone_kind"]
    assert kinds.within("KKT") == {"KKT", "KKT-VB", "KKT-CK", "KKT-CB"}
    assert kinds.within("KCX") == {"KCX"}


def test_a_kind_of_zone_is_not_older_than_the_law_that_made_it():
    kinds = load_dimensions().dimensions["zone_kind"]
    before, after = ({word.key for word in kinds.on(day)} for day in (date(2022, 7, 14), date(2022, 7, 15)))
    assert "KKT-CB" not in before
    assert "KKT-CB" in after
    assert "KTMTD" not in after
    assert {"KCN", "KCX", "KKT"} <= before


def test_the_maturities_go_from_weak_to_strong():
    words = load_dimensions().lists["maturity"].words.values()
    assert [word.key for word in sorted(words, key=lambda word: word.weight)] == ["estimate", "preliminary", "final"]


def test_no_reason_for_a_missing_figure_is_called_zero():
    assert set(load_dimensions().lists["emptiness"].words) == {
        "not_due", "not_reported", "not_available", "not_applicable", "withheld",
    }  # fmt: skip


DIMENSIONS = """[list.stream]
vi = "dòng"
en = "stream"
open = false
[list.stream.values]
register = { vi = "sổ", en = "register" }
press = { vi = "báo", en = "press" }

[[precedence]]
starts = 2020-01-01
order = ["register", "press"]
source = "a"

[[precedence]]
starts = 2026-01-01
order = ["press", "register"]
source = "b"
"""


def test_the_order_of_streams_is_the_one_in_force_on_the_day():
    lists = checked_dimensions({"d.toml": DIMENSIONS.encode()})
    assert lists.precedence_on(date(2025, 12, 31)) == ("register", "press")
    assert lists.precedence_on(date(2026, 1, 1)) == ("press", "register")
    with pytest.raises(Problem, match="no_precedence"):
        lists.precedence_on(date(2019, 12, 31))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("[list.stream]", "[lists.stream]", ("catalogue.unknown_table", "d.toml:1")),
        ('order = ["press", "register"]', 'order = ["press"]', ("catalogue.unknown_stream", "d.toml:14")),
        ('order = ["press", "register"]', "", ("catalogue.missing_key", "d.toml:14")),
        ("[[precedence]]\nstarts = 2020-01-01", "[precedence]\nstarts = 2020-01-01", ("catalogue.syntax", "d.toml:14")),
        ('press = { vi = "báo", en = "press" }', 'press = "báo"', ("catalogue.not_a_table", "d.toml:7")),
        ('en = "press" }', 'en = "press", parent = "radio" }', ("catalogue.unknown_parent", "d.toml:7")),
        ('en = "press" }', 'en = "press", parent = "press" }', ("catalogue.unknown_parent", "d.toml:7")),
        (
            'en = "press" }',
            'en = "press", starts = 2025-01-01, ends = 2024-12-31 }',
            ("catalogue.wrong_interval", "d.toml:7"),
        ),
        ("open = false", "", ("catalogue.missing_key", "d.toml:1")),
        ('en = "press" }', 'en = "press", colour = "red" }', ("catalogue.unknown_key", "d.toml:7")),
    ],
)
def test_a_wrong_list_is_refused_with_its_line(old: str, new: str, problem: tuple[str, str]):
    content = DIMENSIONS.replace(old, new, 1)
    assert content != DIMENSIONS
    with pytest.raises(Problems) as caught:
        checked_dimensions({"d.toml": content.encode()})
    assert problem in [(one.code, one.where) for one in caught.value.problems]


def test_a_precedence_that_is_no_list_of_tables_is_refused():
    with pytest.raises(Problems, match=r"catalogue.not_a_table"):
        checked_dimensions({"d.toml": b"precedence = 1"})


def test_a_list_written_in_two_files_is_refused():
    with pytest.raises(Problems, match=r"catalogue.duplicate at e.toml:1"):
        checked_dimensions({"d.toml": DIMENSIONS.encode(), "e.toml": DIMENSIONS.partition("[[")[0].encode()})


def test_lists_that_come_without_lines_keep_every_precedence():
    tables = {"d.toml": tomllib.loads(DIMENSIONS)}
    assert checked_dimensions(tables) == checked_dimensions({"d.toml": DIMENSIONS.encode()})


# --- what is retired ------------------------------------------------------------------------------------------------

RETIRED = "retired = 2026-11-26"


def test_a_retired_value_is_known_and_no_choice():
    content = DIMENSIONS.replace('en = "press" }', f'en = "press", {RETIRED} }}').replace('"press"]', "]")
    content = content.replace('["press", "register"]', '["register"]')
    stream = checked_dimensions({"d.toml": content.encode()}).lists["stream"]
    assert stream.words["press"].retired == date(2026, 11, 26)
    assert "press" not in {word.key for word in stream.on(date(2020, 1, 1))}


def test_a_value_in_use_is_within_no_retired_one():
    with pytest.raises(Problems, match=r"catalogue\.unknown_parent"):
        checked_dimensions(
            {
                "d.toml": DIMENSIONS.replace(
                    'en = "press" }', f'en = "press", parent = "old" }}\nold = {{ vi = "x", en = "x", {RETIRED} }}'
                ).encode()
            }
        )


def test_a_retired_list_gives_way_to_one_of_its_name_and_may_be_named_by_no_indicator():
    retired = f'[dimension.kind]\nvi = "cũ"\nen = "old"\nopen = true\n{RETIRED}\n'
    in_use = '[dimension.kind]\nvi = "mới"\nen = "new"\nopen = true\n'
    both = checked_dimensions({"a.toml": retired.encode(), "b.toml": in_use.encode()})
    assert (both.dimensions["kind"].vi, both.in_use) == ("mới", {"kind"})
    assert checked_dimensions({"a.toml": retired.encode()}).in_use == set()


def test_an_indicator_in_use_names_no_retired_one_and_a_retired_one_whatever_it_did():
    files = packaged_files("indicators")
    path = next(path for path, content in files.items() if b"[capital_added]" in content)
    keys = load_dimensions().in_use

    def retired(*codes: str) -> dict[str, bytes]:
        text = files[path].decode()
        for code in codes:
            text = text.replace(f"[{code}]", f"[{code}]\n{RETIRED}").replace(f'["{code}", ', "[")  # out of a balance
        return {**files, path: text.encode()}

    with pytest.raises(Problems, match=r"retired_code at indicators/\w+.toml:\d+ \(key='plus', found='capital_added'"):
        checked_indicators(retired("capital_added"), dimensions=keys)
    found = checked_indicators(retired("capital_added", "capital_new_and_added"), dimensions=keys)
    assert list(found)[-2:] == ["capital_added", "capital_new_and_added"]
    assert found["capital_new_and_added"].plus == ("capital_new", "capital_added")
