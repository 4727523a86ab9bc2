"""What may be typed in a report's sentences, and how what may not is told."""

from __future__ import annotations

from typing import Any

import pytest

from core.report.scene import vocabulary
from sokhu.core.numbers import Lang
from sokhu.core.problems import Problem, Problems
from sokhu.core.report.content import Block, Section, parsed_content, shipped
from sokhu.core.report.grammar import Clause, FigureField, NameField, fields_of, figure_field, parsed
from sokhu.core.report.words import words_of


def test_a_sentence_is_text_placeholders_and_clauses() -> None:
    assert parsed("Trong {kỳ}: {capital_new:FDI; so cùng kỳ}[ và {projects_new}|.]", vocabulary()) == (
        "Trong ",
        NameField("period"),
        ": ",
        FigureField("capital_new", "FDI", how="change"),
        Clause("known", None, (" và ", FigureField("projects_new")), (".",)),
    )


def test_a_clause_may_name_its_condition() -> None:
    (clause,) = parsed("[nếu tăng capital_new:FDI: vốn tăng|vốn không tăng]", vocabulary())
    assert clause == Clause("up", FigureField("capital_new", "FDI"), ("vốn tăng",), ("vốn không tăng",))
    (block,) = parsed("[if block: the Block]", vocabulary("en"))
    assert isinstance(block, Clause)
    assert (block.condition, block.of) == ("block", None)


def test_a_backslash_makes_marks_plain_text() -> None:
    assert parsed(r"\{không phải số\} \[nguyên văn\] a\|b \\", vocabulary()) == ("{không phải số} [nguyên văn] a|b \\",)


def test_parts_may_stand_in_any_order_and_words_are_typed_in_any_case() -> None:
    known = vocabulary()
    assert figure_field("capital_new:USD:FDI; Làm  tròn 1", known) == figure_field(
        "capital_new:FDI:USD; làm tròn 1", known
    )
    assert figure_field("zone_area:KCN, KCX:khu đang hoạt động", known) == FigureField(
        "zone_area", zone_kind="KCN, KCX", other="khu đang hoạt động"
    )


def test_a_share_keeps_the_figure_it_is_of_with_its_parts() -> None:
    one = figure_field("capital_disbursed:FDI; tỷ trọng trong capital_registered_total:FDI", vocabulary())
    assert one.of == FigureField("capital_registered_total", "FDI")


def test_every_figure_that_a_sentence_may_need_is_named() -> None:
    sentence = parsed(
        "[nếu tăng capital_new: {jobs_total}|[{projects_new}]]{period}".replace("{period}", "{kỳ}"), vocabulary()
    )
    assert [one.indicator for one in fields_of(sentence)] == ["capital_new", "jobs_total", "projects_new"]


WRONG: dict[str, tuple[str, dict[str, Any]]] = {
    "{capital_nwe}": ("report.unknown_name", {"at": 1, "found": "capital_nwe"}),
    "ab {capital_new:FFI}": ("report.unknown_part", {"at": 4, "found": "FFI"}),
    "{capital_new:FDI:DDI}": ("report.part_twice", {"found": "DDI", "first": "FDI"}),
    "{zone_area:FDI}": ("report.no_dimension", {"found": "FDI"}),
    "{projects_new:USD}": ("report.no_dimension", {"found": "USD"}),
    "{capital_new; tăng trưởng}": ("report.unknown_word", {"found": "tăng trưởng"}),
    "{capital_new; làm tròn hai}": ("report.bad_round", {"limit": 6}),
    "{capital_new; làm tròn 7}": ("report.bad_round", {}),
    "{capital_new; tỷ trọng trong}": ("report.no_whole", {}),
    "{growth_rate}": ("report.no_figure", {"found": "growth_rate"}),
    "{capital_new": ("report.unclosed", {"at": 1, "found": "{"}),
    "ab [cd": ("report.unclosed", {"at": 4, "found": "["}),
    "ab ] cd": ("report.stray", {"at": 4, "found": "]"}),
    "ab | cd": ("report.stray", {"at": 4, "found": "|"}),
    "[[[[[x]]]]]": ("report.too_deep", {"limit": 4}),
    "[nếu tăng capital_new vốn]": ("report.condition_open", {}),
    "[nếu mưa capital_new: vốn]": ("report.unknown_condition", {"found": "mưa capital_new"}),
    "{projects_new}" * 61: ("report.too_many", {"found": 61}),
    "a" * 4001: ("report.too_long", {"found": 4001}),
}


@pytest.mark.parametrize("text", WRONG, ids=lambda text: text[:30])
def test_a_wrong_sentence_is_told_with_what_was_found_and_where(text: str) -> None:
    code, params = WRONG[text]
    with pytest.raises(Problem) as told:
        parsed(text, vocabulary())
    assert told.value.code == code
    assert told.value.params.items() >= params.items()


def test_a_wrong_name_is_told_with_what_is_near_and_what_is_allowed() -> None:
    with pytest.raises(Problem) as told:
        parsed("{capital_nwe}", vocabulary())
    assert "capital_new" in told.value.params["near"]
    assert "kỳ" in told.value.params["known"]
    with pytest.raises(Problem) as told:
        parsed("{capital_new:FFI}", vocabulary())
    assert {"FDI", "DDI", "USD", "VND"} <= set(str(told.value.params["known"]).split(", "))


@pytest.mark.parametrize(
    "text",
    ["{{ 7*7 }}", "{% load x %}", "${jndi:x}", "{capital_new.__class__}", "{0.__init__}", "{capital_new!r}", "{}"],
)
def test_what_a_template_engine_would_run_is_only_a_wrong_name(text: str) -> None:
    with pytest.raises(Problem) as told:
        parsed(text, vocabulary())
    assert told.value.code in ("report.unknown_name", "report.stray", "report.unknown_part")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_shipped_summary_is_right_in_both_languages(lang: Lang) -> None:
    sections = parsed_content(shipped(lang), vocabulary(lang))
    assert sum(len(section.blocks) for section in sections) > 10


def test_both_languages_ask_for_the_same_figures() -> None:
    asked = []
    for lang in ("vi", "en"):
        sections = parsed_content(shipped(lang), vocabulary(lang))
        asked.append({
            (one.indicator, one.ownership, one.zone_kind)
            for section in sections for block in section.blocks for one in (*fields_of(block.sentence), *block.fields)
        })  # fmt: skip
    assert asked[0] == asked[1]


def test_both_languages_have_words_for_the_same_things() -> None:
    vi, en = words_of("vi"), words_of("en")
    for name in ("names", "written", "conditions", "said", "head", "columns", "notes"):
        assert getattr(vi, name).keys() == getattr(en, name).keys()


def test_every_wrong_place_of_a_report_is_told_at_once() -> None:
    content = (
        Section("Một", (Block("text", "{sai}"), Block("table", "capital_new\nsai"))),
        Section("Hai", (Block("chart", " \n"), Block("text", "đúng"))),
    )
    with pytest.raises(Problems) as told:
        parsed_content(content, vocabulary())
    assert [(one.where, one.code) for one in told.value.problems] == [
        ("1.1", "report.unknown_name"),
        ("1.2", "report.unknown_name"),
        ("2.1", "report.no_lines"),
    ]


def test_a_table_of_too_many_lines_and_a_report_of_too_many_blocks_are_refused() -> None:
    with pytest.raises(Problems) as told:
        parsed_content((Section("", (Block("table", "capital_new\n" * 41),)),), vocabulary())
    assert told.value.problems[0].code == "report.too_many_lines"
    with pytest.raises(Problems) as told:
        parsed_content((Section("", (Block("text", "a"),) * 201),), vocabulary())
    assert told.value.problems[0].code == "report.too_many_blocks"
