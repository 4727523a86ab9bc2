"""How far roles go, from the table of rights alone."""

from __future__ import annotations

import pytest

from sokhu.core.problems import Problem
from sokhu.core.reach import SYSTEM, Covered, Held, Reach, reach_over
from sokhu.core.rights import RIGHTS, account_of, matrix, roles_that, scopes_of

OURS, BEFORE, MATE, OTHER = "board/hai-phong-2025", "board/hai-phong", "board/ha-noi", "board/quang-ngai-2025"
COUNTRY = "country/viet-nam"


def of(role: str, authority: str = OURS, subject: str = "") -> Reach:
    return reach_over([Held(role, authority, frozenset({BEFORE}), frozenset({MATE}), subject)])


def refusal(reach: Reach, owner: str, action: str = "write", thing: str = "accepted_figure") -> str:
    with pytest.raises(Problem) as told:
        reach.must(action, thing, owner)  # type: ignore[arg-type]
    return told.value.code


def test_an_officer_writes_for_the_board_and_those_it_succeeded_and_for_nobody_else() -> None:
    an = of("officer")
    assert an.own == {OURS, BEFORE}
    assert an.block == {MATE}
    assert (an.home, an.roles, an.sees_all) == (OURS, {"officer"}, False)
    an.must_write_for(BEFORE)
    assert refusal(an, OTHER) == "access.not_your_authority"
    with pytest.raises(Problem):
        an.must_write_for(MATE)


def test_who_has_no_role_is_told_so() -> None:
    assert refusal(reach_over([]), OURS) == "access.no_authority"
    assert reach_over([]).may("read", "public_figure", OTHER)


def test_the_head_issues_for_the_own_board_and_is_refused_for_another() -> None:
    of("head").must("issue", "report_draft", OURS)
    assert refusal(of("head"), OTHER, "issue", "report_draft") == "access.not_your_authority"


def test_another_role_of_the_same_authority_is_told_whose_work_it_is() -> None:
    assert refusal(of("auditor"), OURS) == "access.reads_only"
    assert refusal(of("officer"), OURS, "issue", "report_draft") == "access.heads_issue"
    assert refusal(of("officer"), OURS, "declare", "register_record") == "access.heads_declare"
    assert refusal(of("head"), OURS, "administer", "user_account") == "access.administrators_only"


def test_the_ministry_reads_every_accepted_figure() -> None:
    assert of("ministry", COUNTRY).sees_all
    assert of("ministry", COUNTRY).may("read", "accepted_figure", OTHER)


def test_a_paper_is_read_by_whom_it_is_submitted_to() -> None:
    assert of("officer").may("read", "document", OTHER, to=[OURS])
    assert not of("officer").may("read", "document", OTHER, to=[MATE])


def test_a_developer_reads_the_records_of_its_zone_and_none_without_one() -> None:
    zone = "zone/kcn-cua-song"
    assert of("developer", subject=zone).may("read", "register_record", OURS, about=[zone])
    assert not of("developer", subject=zone).may("read", "register_record", OTHER, about=[zone])
    assert not of("developer").may("read", "register_record", OURS, about=[""])


def test_nobody_speaks_for_another_authority_in_its_own_voice() -> None:
    an = of("officer")
    an.must_speak("press", OTHER)
    an.must_speak("report", OURS)
    with pytest.raises(Problem) as told:
        an.must_speak("report", OTHER)
    assert told.value.code == "access.not_your_voice"


def test_the_command_line_may_do_everything() -> None:
    assert SYSTEM.may("administer", "user_account", OTHER)
    SYSTEM.must_write_for(OTHER)
    SYSTEM.must_speak("register", OTHER)


def test_what_two_roles_cover_is_covered_together() -> None:
    both = Covered(owners=frozenset({OURS})) | Covered(owners=frozenset({OTHER}), addressees=frozenset({MATE}))
    assert both.holds(OTHER)
    assert both.holds("board/x", to=[MATE])
    assert not both.holds("board/x")


def test_every_right_of_the_table_is_in_the_matrix() -> None:
    rows = matrix()
    assert set(rows) == {(one.thing, one.action) for one in RIGHTS}
    assert rows["accepted_figure", "write"]["officer"] == scopes_of("officer", "accepted_figure", "write")
    assert roles_that(["issue"]) == ("head", "block_head", "ministry")
    assert (account_of("administrator"), account_of("officer")) == ("administrator_account", "user_account")
