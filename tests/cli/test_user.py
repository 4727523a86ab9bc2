"""Accounts and roles from the command line."""

import re

import pytest

from sokhu.areas.accounts.models import SecurityEvent, User
from sokhu.cli.main import main

pytestmark = pytest.mark.usefixtures("book")
BOARD = "board/hai-phong-2025"
OFFER = ("--role", "administrator", "--authority", BOARD, "--reason", "Quyết định 1")


def test_the_first_administrator_is_made_with_a_link_and_later_ended(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "add", "quan.tri", "--name", "Quản Trị", *OFFER]) == 0
    assert re.search(r"quan\.tri: http://\S+/dang-nhap/mat-khau/\S+/", capsys.readouterr().out)
    user = User.objects.get(username="quan.tri")
    assert user.grants.get().reason == "Quyết định 1"
    assert main(["user", "grant", "quan.tri", "--role", "officer", *OFFER[2:], "--ends", "31/12/2099"]) == 0
    assert main(["user", "list", "--authority", BOARD]) == 0
    assert "31/12/2099" in capsys.readouterr().out
    assert main(["user", "end", "quan.tri", *OFFER]) == 0
    assert {one.role for one in user.grants.filter(ended_at=None)} == {"officer"}
    assert SecurityEvent.objects.filter(user=user, by=None).count() == 5


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["grant", "khong.ai", *OFFER], "khong.ai"),
        (["add", "a b", "--name", "A", *OFFER], "a b"),
        (["add", "a.b", "--name", "A", "--role", "emperor", *OFFER[2:]], "emperor"),
        (["add", "a.b", "--name", "A", *OFFER[:2], "--authority", "board/khong-co", *OFFER[4:]], "board/khong-co"),
        (["end", "canbo", *OFFER], "canbo"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    User.objects.create(username="canbo")
    assert main(["user", *arguments]) == 1
    assert told in capsys.readouterr().err
    assert not SecurityEvent.objects.exists()
