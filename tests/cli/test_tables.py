"""`sokhu rollup` and `explain`: the fields of a cell, each option, and every mistake told with a way out."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest

from factories import a_document, a_figure, a_person, a_proposal, accept_all, reach, said
from sokhu.areas.ledger.actions import correct
from sokhu.areas.territory.queries import SYSTEM
from sokhu.cli.main import main
from sokhu.kit.sealing.queries import head

pytestmark = pytest.mark.usefixtures("book")
HP, HD, NEW = "province/hai-phong", "province/hai-duong", "province/hai-phong-2025"
CELL = [
    "indicator", "place", "period", "window", "dimensions", "value", "unit", "as_shown", "maturity", "empty",
    "coverage", "missing", "caveats",
]  # fmt: skip


@pytest.fixture(autouse=True)
def figures(book: None) -> None:
    made = [
        a_figure("100"),
        a_figure("80", period="2023"),
        a_figure("40", place=HD),
        a_figure("50", place=HD, period="2023"),
        a_figure("120", kind="plan"),
    ]
    accept_all(SYSTEM, a_proposal(*made, document=a_document("", is_public=True)))


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert main(["--lang", "en", *arguments]) == 0
    return capsys.readouterr().out


def cells(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    asked = ("--indicator", "capital_new", "--format", "json", *arguments)
    return json.loads(printed(capsys, "rollup", *asked))["cells"]  # type: ignore[no-any-return]


def test_a_cell_tells_its_exact_value_in_the_canonical_unit_and_the_figure_as_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (cell,) = cells(capsys, "--by", HP, "--period", "2024")
    assert list(cell) == CELL
    told = (cell["value"], cell["unit"], cell["as_shown"], cell["window"], cell["dimensions"])
    assert told == ("100", "million USD", "100 million USD", "2024-01-01..2024-12-31", {"currency": "USD"})


def test_last_year_and_plan_stand_beside_it_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    (cell,) = cells(capsys, "--by", HP, "--period", "2024", "--with", "last-year,plan")
    told = {name: cell[name] for name in ("last_year", "change_percent", "plan", "plan_percent")}
    assert told == {"last_year": "80", "change_percent": "25.00", "plan": "120", "plan_percent": "83.33"}


def test_what_is_missing_has_no_value_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    (cell,) = cells(capsys, "--by", HP, "--period", "2022")
    assert (cell["value"], cell["empty"]) == (None, "not_reported")


def test_a_partial_total_tells_its_weight_and_apart_what_the_others_last_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said(SYSTEM, a_figure("10", place=HP, period="2025-Q1"), a_document(""))
    said(SYSTEM, a_figure("30", place=HP, period="2024-Q4"), a_document(""))
    said(SYSTEM, a_figure("10", place=HD, period="2024-Q4"), a_document(""))
    asked = ("--by", NEW, "--map", "31/12/2026", "--period", "2025-Q1")
    (cell,) = cells(capsys, *asked, "--estimate")
    assert (cell["value"], cell["missing"]) == ("10", [HD])
    assert cell["coverage"] == {"have": 1, "want": 2, "weight_percent": "75.0"}
    assert cell["estimate"] == {
        "value": "10",
        "last_known": [{"place": HD, "period": "2024-Q4", "value": "10"}],
        "unknown": [],
    }
    table = printed(capsys, "rollup", "--indicator", "capital_new", *asked, "--estimate")
    assert "at least 10 million USD" in table
    assert "1/2 · 75% of the last known" in table


def test_the_map_of_a_day_and_a_moment_of_the_ledger_may_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    moment = head()[0]
    said(SYSTEM, a_figure("7", place=HD, period="2024", ownership="FDI"), a_document(""))
    asked = ("--by", NEW, "--map", "2026-12-31", "--period", "2024", "--ownership", "FDI,")
    assert [cell["value"] for cell in cells(capsys, *asked)] == ["7", "140"]
    assert [cell["value"] for cell in cells(capsys, *asked, "--known-at", str(moment))] == [None, "140"]


def test_groups_of_provinces_are_a_grouping_and_a_province_counts_in_each_that_holds_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said(SYSTEM, a_figure("7", place="province/quang-ninh"), a_document(""))
    found = cells(capsys, "--by", "group", "--period", "2024")
    told = [(cell["place"], cell["value"], cell["coverage"]["have"], cell["coverage"]["want"]) for cell in found]
    assert told == [
        ("group/ven-bien", "107", 2, 28),
        ("group/bien-gioi", "7", 1, 25),
        ("group/dong-bang", "147", 3, 24),
    ]


def test_a_group_on_the_map_of_after_has_what_its_provinces_were_made_from(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--by", "group/ven-bien", "--period", "2024")
    assert [cell["value"] for cell in cells(capsys, *asked)] == ["100"]
    dollars = cells(capsys, *asked, "--map", "2026-12-31")[0]
    assert (dollars["value"], dollars["dimensions"], dollars["coverage"]["have"]) == ("140", {"currency": "USD"}, 2)


def test_what_the_rules_give_no_total_of_is_refused_and_not_unreported(capsys: pytest.CaptureFixture[str]) -> None:
    (cell,) = cells(capsys, "--by", HP, "--period", "2026")
    assert (cell["value"], cell["empty"]) == (None, "refused")
    assert [one["code"] for one in cell["caveats"]] == ["territory.not_restatable"]


def test_places_named_one_by_one_stand_in_every_period(capsys: pytest.CaptureFixture[str]) -> None:
    found = cells(capsys, "--by", f"{HP},{HD}", "--period", "2024,2025")
    told = [(one["place"], one["period"], one["value"]) for one in found]
    assert told == [(HP, "2024", "100"), (HP, "2025", None), (HD, "2024", "40"), (HD, "2025", None)]
    assert {one["empty"] for one in found if one["period"] == "2025"} == {"refused"}


def test_lines_for_a_spreadsheet_have_one_head_and_one_line_a_cell(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(
        capsys, "rollup", "--indicator", "capital_new", "--by", f"{HP},{HD}", "--period", "2023,2024", "--format", "csv"
    )
    lines = list(csv.DictReader(io.StringIO(out)))
    assert list(lines[0]) == CELL
    assert [(one["place"], one["period"], one["value"]) for one in lines] == [
        (HP, "2023", "80"), (HP, "2024", "100"), (HD, "2023", "50"), (HD, "2024", "40"),
    ]  # fmt: skip
    assert lines[0]["dimensions"] == "currency=USD"


def test_a_conversion_names_its_rate(capsys: pytest.CaptureFixture[str]) -> None:
    (cell,) = cells(capsys, "--by", HP, "--period", "2024", "--currency", "VND", "--rate-day", "31/12/2024")
    assert cell["unit"] == "million VND"
    assert [one["code"] for one in cell["caveats"]] == ["answer.converted"]


def test_converted_money_counts_the_members_of_its_totals_over_places_alone(capsys: pytest.CaptureFixture[str]) -> None:
    region = "region/dong-bang-song-hong"
    said(SYSTEM, a_figure("9", place=region, period="2022"), a_document(""))
    said(SYSTEM, a_figure("50000", "VND", period="2022"), a_document(""))
    asked = ("--by", region, "--currency", "USD", "--rate-day", "31/12/2024")
    (cell,) = cells(capsys, *asked, "--period", "2022")
    assert (cell["coverage"]["have"], cell["coverage"]["want"]) == (1, 11)
    out = printed(
        capsys, "rollup", "--indicator", "capital_new", *asked, "--period", "2022", "--contribution", "--format", "json"
    )
    (member,) = json.loads(out)["members"]
    assert member["coverage"] == {"have": 1, "want": 11}


def test_a_reader_sees_what_a_user_may_see(capsys: pytest.CaptureFixture[str]) -> None:
    a_person("chi")
    said(reach("an"), a_figure("9", place="province/quang-ninh"))
    asked = ("--by", "province/quang-ninh", "--period", "2024")
    assert [cell["value"] for cell in cells(capsys, *asked)] == ["9"]
    assert [cell["value"] for cell in cells(capsys, *asked, "--as", "chi")] == [None]


def test_who_moved_the_total_is_printed_with_shares_and_ranks(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("rollup", "--indicator", "capital_new", "--by", f"{HP},{HD}", "--period", "2024", "--contribution")
    found = json.loads(printed(capsys, *asked, "--format", "json"))
    assert found["totals"][0] | {"unit": ""} == {
        "indicator": "capital_new", "period": "2024", "ownership": "", "currency": "USD", "unit": "",
        "value": "140", "last_year": "130", "change": "10",
        "coverage": {"have": 2, "want": 2}, "missing": [],
        "last_year_coverage": {"have": 2, "want": 2}, "last_year_missing": [],
    }  # fmt: skip
    told = [(one["place"], one["change"], one["share_percent"], one["rank"]) for one in found["members"]]
    assert told == [(HP, "20", "200.0", 1), (HD, "-10", "-100.0", 2)]
    assert "-10 million USD" in printed(capsys, *asked)


def test_who_moved_a_total_that_lacks_members_moved_a_part_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    said(SYSTEM, a_figure("7", place="province/quang-ninh"), a_document(""))
    asked = ("rollup", "--indicator", "capital_new", "--by", "province", "--period", "2024", "--contribution")
    (total,) = json.loads(printed(capsys, *asked, "--format", "json"))["totals"]
    assert (total["coverage"], total["last_year_coverage"]) == ({"have": 3, "want": 63}, {"have": 2, "want": 63})
    assert (len(total["missing"]), len(total["last_year_missing"])) == (60, 61)
    assert "province/quang-ninh" in set(total["last_year_missing"]) - set(total["missing"])
    *_rows, total_line, counted = printed(capsys, *asked).splitlines()
    assert re.split(r"\s{2,}", total_line)[1:3] == ["at least 130 million USD", "at least 147 million USD"]
    assert counted.split()[-2:] == ["2/63", "3/63"]


def test_a_member_that_lacks_members_is_at_least_what_it_moved(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("rollup", "--indicator", "capital_new", "--by", "region/dong-bang-song-hong", "--period", "2024")
    lines = printed(capsys, *asked, "--contribution").splitlines()
    assert sum("at least 130 million USD" in line and "at least 140 million USD" in line for line in lines) == 2
    out = printed(capsys, *asked, "--contribution", "--format", "csv")
    (member,) = csv.DictReader(io.StringIO(out))
    assert (member["total_coverage"], member["total_missing"]) == ("have=1; want=1", member["missing"])
    assert member["coverage"] == member["last_year_coverage"] == "have=2; want=11"
    assert len(member["missing"].split()) == 9


def test_who_moved_a_total_is_not_asked_for_beside_a_plan(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("rollup", "--indicator", "capital_new", "--by", "province", "--period", "2024", "--with", "plan")
    assert main(["--lang", "en", *asked, "--contribution"]) == 1
    assert "--with plan" in capsys.readouterr().err


WRONG = [
    (("--indicator", "capital_nw"), "Near ones: capital_new"),
    (("--indicator", "vốn cấp mới"), "capital_new"),
    (("--by", "tinh"), "Choose one of country"),
    (("--by", "tinh"), "zone_kind"),
    (("--indicator", "qqqq"), "no indicator “qqqq”. Correct the code"),
    (("--by", "xyz/xyzxyz"), "no place “xyz/xyzxyz”. Correct the id"),
    (("--by", "province/hai-phog"), "province/hai-phong"),
    (("--in", "region/xx"), "has no place"),
    (("--period", "2024-Q5"), "Q1 to Q4"),
    (("--ownership", "FDI,XYZ"), "DDI, FDI"),
    (("--kind", "forecast"), "result, plan"),
    (("--zone-kind", "KCNX"), "KCN"),
    (("--map", "hôm nay"), "as-was"),
    (("--known-at", "999999"), "not above"),
    (("--with", "budget"), "last-year, plan"),
    (("--currency", "EUR"), "USD, VND"),
    (("--rate-day", "2024"), "not a day"),
    (("--as", "khong-ai"), "khong-ai"),
]


@pytest.mark.parametrize(("wrong", "sentence"), WRONG, ids=[" ".join(wrong) for wrong, _ in WRONG])
def test_a_mistake_is_told_with_a_way_out(
    wrong: tuple[str, str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    right = {"--indicator": "capital_new", "--by": "province", "--period": "2024"} | {wrong[0]: wrong[1]}
    assert main(["--lang", "en", "rollup", *(word for pair in right.items() for word in pair)]) == 1
    assert sentence in capsys.readouterr().err


# --- explain


def explained(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    asked = ("--indicator", "capital_new", "--in", HP, "--period", "2024", "--format", "json")
    (found,) = json.loads(printed(capsys, "explain", *asked, *arguments))["explanations"]
    return found  # type: ignore[no-any-return]


def test_a_side_says_what_is_its_own_and_shares_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    found = explained(capsys, "--left-period", "2023", "--right-in", NEW, "--right-map", "31/12/2026")
    assert (found["left"]["value"], found["right"]["value"], found["difference"]) == ("80", "140", "60")
    told = {(one["why"], one["place"], one["contribution"]) for one in found["lines"]}
    assert told == {("changed", HP, "20"), ("added", HD, "40")}
    assert found["remainder"] == "0"


def test_two_moments_are_held_against_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    moment = head()[0]
    old = said(SYSTEM, a_figure("5", indicator="capital_added"), a_document(""))
    new = correct(SYSTEM, old.pk, "6 triệu USD", "sửa")
    asked = ("--indicator", "capital_added", "--left-known-at", str(old.batch_id))
    (line,) = explained(capsys, *asked)["lines"]
    assert (line["why"], line["left"]["observation"], line["right"]["observation"]) == (
        "changed",
        str(old.pk),
        str(new.pk),
    )
    assert explained(capsys, "--indicator", "capital_added", "--left-known-at", str(moment))["left"]["value"] is None


def test_places_are_added_and_the_map_of_today_is_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    found = explained(capsys, "--left-in", f"{HP},{HD}", "--right-in", NEW, "--right-map", "31/12/2026", "--all")
    assert found["difference"] == "0"
    assert {one["why"] for one in found["lines"]} == {"restated"}
    sides = ("--left-in", f"{HP},{HD}", "--right-in", NEW)
    out = printed(capsys, "explain", "--indicator", "capital_new", "--period", "2024", *sides)
    assert "counted in another place" in out
    assert "140 million USD" in out


def test_a_side_without_a_figure_has_no_difference(capsys: pytest.CaptureFixture[str]) -> None:
    found = explained(capsys, "--left-period", "2022")
    assert (found["difference"], found["moved"], found["lines"]) == (None, None, [])
    asked = ("explain", "--indicator", "capital_new", "--in", HP, "--period", "2024", "--left-stream", "register")
    out = printed(capsys, *asked)
    assert "The left side has no figure yet" in out
    assert "Difference" not in out


def test_a_side_that_is_refused_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(
        capsys, "explain", "--indicator", "capital_new", "--in", HP, "--period", "2024", "--right-period", "2026"
    )
    assert "cannot be restated" in out


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (("--left-stream", "rumour"), "register"),
        (("--left-document", "báo-cáo"), "no id of a document"),
        (("--left-document", "00000000-0000-0000-0000-000000000000"), "document"),
        (("--right-indicator", "projects_new"), "cannot be held against"),
        (("--left-known-at", "hôm qua"), "no moment"),
        (("--in", ""), "--in"),
    ],
)
def test_a_wrong_side_is_told(wrong: tuple[str, str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    said(SYSTEM, a_figure("3", "projects", indicator="projects_new"), a_document(""))
    right = ("--indicator", "capital_new", "--in", HP, "--period", "2024", "--currency", "USD")
    assert main(["--lang", "en", "explain", *right, *wrong]) == 1
    assert sentence in capsys.readouterr().err
