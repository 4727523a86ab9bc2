"""A whole report from answers: tables, charts, notes, coverage, and its canonical form."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from core.report.scene import MILLION, NAMES, PLACE, answer, speaker, vocabulary
from sokhu.core.answer import Answer
from sokhu.core.period import parse
from sokhu.core.problems import Problem
from sokhu.core.report.canonical import canonical, digest, verification_code
from sokhu.core.report.content import Block, Section, as_data, content_of, parsed_content
from sokhu.core.report.editing import changed
from sokhu.core.report.making import Scene, made, questions_needed
from sokhu.core.report.notes import Moment
from sokhu.core.report.words import words_of
from sokhu.core.table import Stamp

MEMBERS = (("board/a", "Ban A"), ("board/b", "Ban B"))
MOMENT = Moment(Stamp(31, "c" * 64, "0.1.0"), datetime(2026, 11, 27, 3, 0, tzinfo=UTC), "d" * 64, date(2021, 12, 31))


def report(
    *blocks: Block, answers: tuple[Answer, ...] = (), members: tuple[tuple[str, str], ...] = ()
) -> dict[str, Any]:
    names = dict.fromkeys(words_of("vi").names, "…") | NAMES
    sections = parsed_content((Section("Một mục", blocks),), vocabulary())
    scene = Scene(PLACE, "local", "board/hai-phong", parse("2021"), members, names, {"about": "x"})
    return made(sections, scene, MOMENT, speaker(*answers))


def of_member(member: str, written: str, amount: int) -> Answer:
    one = answer(written, amount)
    return replace(one, question=replace(one.question, place=member))


def test_a_table_has_plan_last_year_and_change_where_they_are_known() -> None:
    answers = (
        answer("capital_new:FDI", 327_450_000),
        answer("capital_new:FDI", 300_000_000, "2020"),
        answer("capital_new:FDI", 350_000_000, kind="plan"),
    )
    block = report(Block("table", "capital_new:FDI\nprojects_new"), answers=answers)["sections"][0]["blocks"][0]
    assert block["columns"] == ("name", "unit", "plan", "figure", "last_year", "change", "of_plan")
    row, empty = block["rows"]
    texts = [row[name] if isinstance(row[name], str) else row[name]["text"] for name in block["columns"]]
    assert texts == ["Vốn đăng ký cấp mới (FDI)", "triệu USD", "350", "327,45", "300", "+9,15", "93,56"]
    assert empty["figure"] == {"text": "…", "figures": [], "known": False}


def test_columns_in_which_nothing_is_known_are_left_out() -> None:
    block = report(Block("table", "capital_new:FDI"), answers=(answer("capital_new:FDI", 5 * MILLION),))
    assert block["sections"][0]["blocks"][0]["columns"] == ["name", "unit", "figure"]


def test_a_table_in_which_nothing_is_known_is_told_and_not_drawn() -> None:
    section = report(Block("table", "capital_new:FDI\nprojects_new"))["sections"][0]
    assert section["blocks"] == []
    assert "vốn đăng ký cấp mới (FDI)" in section["missing"]


def test_a_table_of_members_has_a_line_each_and_the_whole() -> None:
    answers = (answer("projects_valid", 30 * MILLION), of_member("board/a", "projects_valid", 20 * MILLION))
    made = report(Block("table", "projects_valid", by="members"), answers=answers, members=MEMBERS)
    block = made["sections"][0]["blocks"][0]
    assert [(row["name"], row["cells"][0]["text"]) for row in block["rows"]] == [("Ban A", "20")]
    assert block["absent"] == "Chưa có số liệu của 1 đơn vị: Ban B."
    assert block["whole"][0]["text"] == "30"
    assert [(one["place"], one["have"], one["want"]) for one in made["coverage"]] == [
        ("board/a", 1, 1),
        ("board/b", 0, 1),
    ]


def test_a_chart_draws_figures_of_one_unit_and_needs_two() -> None:
    answers = (
        answer("revenue:FDI", 85 * MILLION),
        answer("export_value:FDI", 61_400_000),
        answer("jobs_total", MILLION),
    )
    lines = "revenue:FDI\nexport_value:FDI\nimport_value:FDI\njobs_total"
    block = report(Block("chart", lines, "Kinh doanh"), answers=answers)["sections"][0]["blocks"][0]
    assert (block["unit"], block["values"]) == ("triệu USD", ["85", "61.4", None])
    assert block["figures"][2] == 0
    assert report(Block("chart", lines), answers=answers[:1])["sections"][0]["blocks"] == []


def test_a_chart_and_a_table_of_members_that_cannot_be_drawn_are_told() -> None:
    blocks = (
        Block("text", "Doanh thu."),
        Block("chart", "revenue:FDI", "Doanh thu"),
        Block("table", "projects_valid", "Dự án", "members"),
    )
    section = report(*blocks, answers=(answer("revenue:FDI", 5),), members=MEMBERS)["sections"][0]
    assert "Chưa đủ số liệu để vẽ biểu đồ “Doanh thu”." in section["missing"]
    assert "Chưa có số liệu của từng đơn vị để lập bảng “Dự án”." in section["missing"]


def test_a_chart_over_years_ends_with_the_reports_own() -> None:
    answers = (answer("projects_new", 10 * MILLION, "2019"), answer("projects_new", 20 * MILLION))
    block = report(Block("chart", "projects_new", by="years"), answers=answers)["sections"][0]["blocks"][0]
    assert block["labels"] == ["năm 2017", "năm 2018", "năm 2019", "năm 2020", "năm 2021"]
    assert block["values"] == [None, None, "10", None, "20"]


def test_every_figure_in_a_text_is_numbered_and_told_with_what_it_is() -> None:
    made = report(Block("text", "{capital_new:FDI} và {capital_new:FDI; số}"), answers=(answer("capital_new:FDI", 5),))
    runs = [run["figures"] for run in made["sections"][0]["blocks"][0]["runs"] if run["figures"]]
    assert runs == [[1], [1]]
    (figure,) = made["figures"]
    assert (figure["indicator"], figure["ownership"], figure["currency"], figure["amount"]) == (
        "capital_new",
        "FDI",
        "USD",
        5,
    )


def notes_of(*answers: Answer, text: str = "{capital_new:FDI}{jobs_total}") -> str:
    return "\n".join(report(Block("text", text), answers=answers)["notes"])


def test_notes_name_estimates_partial_totals_and_other_days() -> None:
    estimate = answer("capital_new:FDI", 5, maturity="estimate")
    assert "Số ước tính: vốn đăng ký cấp mới (FDI)." in notes_of(estimate)
    partial = answer("capital_new:FDI", 5, how="places", missing=("board/b",), have=1, want=2)
    assert "(1/2 đơn vị có số)" in notes_of(partial)
    assert "ngày 30/06/2021: tổng số lao động" in notes_of(answer("jobs_total", 5, last=date(2021, 6, 30)))
    gap = answer("capital_new:FDI", 5, caveats=(Problem("answer.parts_differ"),))
    assert "Các nguồn hoặc các phần ghi khác nhau" in notes_of(gap)


def test_notes_name_comparisons_that_could_not_be_made_of_figures_that_are_there() -> None:
    text = "{capital_new:FDI; so cùng kỳ}{capital_new:FDI; so kế hoạch}{projects_new; so cùng kỳ}"
    told = notes_of(answer("capital_new:FDI", 5), text=text)
    assert "Chưa có số liệu cùng kỳ để so sánh: vốn đăng ký cấp mới (FDI)." in told
    assert "Chưa có số kế hoạch để so sánh: vốn đăng ký cấp mới (FDI)." in told


def test_notes_always_say_the_moment_and_the_rounding() -> None:
    told = notes_of()
    assert "mục sổ 31 (27/11/2026 10:00)" in told
    assert "làm tròn đến hai chữ số thập phân" in told


def test_every_question_that_is_written_was_asked_for() -> None:
    blocks = (
        Block("text", "{capital_new:FDI; so cùng kỳ} {capital_new:DDI; so kế hoạch} {jobs_total; ngày}"),
        Block("table", "projects_valid", by="members"),
        Block("chart", "projects_new", by="years"),
    )
    sections = parsed_content((Section("", blocks),), vocabulary())
    scene = Scene(PLACE, "local", "a", parse("2021"), MEMBERS, NAMES, {})
    asked = questions_needed(sections, scene, speaker())
    assert len(asked) == len(set(asked))
    of = {(one.indicator, one.place, one.period.name, one.kind) for one in asked}
    assert {
        ("capital_new", PLACE, "2020", "result"),
        ("capital_new", PLACE, "2021", "plan"),
        ("growth_rate", PLACE, "2021", "result"),
        ("projects_valid", "board/b", "2021", "result"),
        ("projects_new", PLACE, "2017", "result"),
    } <= of


def test_the_canonical_form_is_the_same_for_the_same_report() -> None:
    one, two = (report(Block("text", "{capital_new:FDI}"), answers=(answer("capital_new:FDI", 5),)) for _ in range(2))
    assert canonical(one) == canonical(dict(reversed(two.items())))
    assert json.loads(canonical(one))["figures"][0]["amount"] == 5
    assert digest(canonical(one)) != digest(canonical(one | {"map": date(2020, 1, 1)}))


def test_the_canonical_form_has_composed_letters_and_no_floats() -> None:
    assert canonical({"a": "Tie\u0302\u0301ng"}) == '{"a":"Tiếng"}'.encode()
    with pytest.raises(TypeError):
        canonical({"a": [0.5]})


def test_a_verification_code_is_twenty_characters_in_fours() -> None:
    assert verification_code("3f0a91c2" * 8) == "3F0A-91C2-3F0A-91C2-3F0A"


def test_content_is_stored_and_read_back_as_it_was() -> None:
    content = (Section("A", (Block("text", "x"), Block("chart", "projects_new", "H", "years"))), Section("B"))
    assert content_of(json.loads(json.dumps(as_data(content)))) == content


TWO = (Section("A", (Block("text", "1"), Block("text", "2"))), Section("B"))


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("up:2", "B[] A[1 2]"),
        ("down:1", "B[] A[1 2]"),
        ("up:1", "A[1 2] B[]"),
        ("down:2", "A[1 2] B[]"),
        ("remove:1", "B[]"),
        ("add:0", "[] A[1 2] B[]"),
        ("add:2", "A[1 2] B[] []"),
        ("up:1:2", "A[2 1] B[]"),
        ("remove:1:1", "A[2] B[]"),
        ("add:2:0:text", "A[1 2] B[]"),
        ("add:1:1:table", "A[1  2] B[]"),
    ],
)
def test_a_step_moves_adds_or_takes_away_one_thing(step: str, expected: str) -> None:
    told = [f"{one.heading}[{' '.join(block.text for block in one.blocks)}]" for one in changed(TWO, step)]
    assert " ".join(told) == expected


@pytest.mark.parametrize("step", ["up:3", "up:0", "remove:1:3", "burn:1", "up", "up:x", "up:3:1", "add:-1"])
def test_a_step_that_does_not_fit_is_told(step: str) -> None:
    with pytest.raises(Problem) as told:
        changed(TWO, step)
    assert told.value.code == "report.no_such_step"
