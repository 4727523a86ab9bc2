"""The table of rights as it is printed."""

from pathlib import Path

import pytest

from sokhu.cli.main import main
from sokhu.cli.rights import rights_lines
from sokhu.core.rights import ACTIONS, RIGHTS, ROLES

ACCESS = Path(__file__).resolve().parents[2] / "docs/access.md"


def test_the_table_is_printed_with_every_role_and_right(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rights"]) == 0
    printed = capsys.readouterr().out
    assert all(role in printed for role in ROLES)
    rows = [line.split()[:2] for line in printed.splitlines()[3:]]
    assert sorted(map(tuple, rows)) == sorted({(one.thing, one.action) for one in RIGHTS})
    assert {action for _, action in rows} == set(ACTIONS)


def test_the_documentation_prints_the_table_as_it_is() -> None:
    assert "\n".join(rights_lines()) in ACCESS.read_text()
