"""Codes from a telephone: right, late, used, wrong, too often; and recovery codes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from django.test import override_settings

from factories import TODAY, a_person, reach
from sokhu.areas.accounts import people, second_factor
from sokhu.areas.accounts.models import EventKind, RecoveryCode, SecondFactor, SecurityEvent, User
from sokhu.core.problems import Problem

pytestmark = pytest.mark.usefixtures("book")
NOW = datetime(2026, 11, 23, 8, 0, 5, tzinfo=UTC)
STEP = timedelta(seconds=30)


def code(secret: str, at: datetime) -> str:
    return pyotp.TOTP(secret).at(at)


@pytest.fixture
def binh(book: None) -> User:
    return a_person("binh")


@pytest.fixture
def secret(binh: User) -> str:
    return second_factor.begin(binh)


@pytest.fixture
def recovery(binh: User, secret: str) -> list[str]:
    """The second factor holds, set up a minute ago."""
    return second_factor.confirm(binh, code(secret, NOW - 2 * STEP), NOW - 2 * STEP)


def told(user: User, typed: str, at: datetime = NOW) -> str:
    with pytest.raises(Problem) as refused:
        second_factor.check(user, typed, at)
    return refused.value.code


def test_a_secret_does_not_hold_before_its_first_code(binh: User, secret: str) -> None:
    assert not second_factor.is_set(binh)
    assert told(binh, code(secret, NOW)) == "second.not_set"
    assert second_factor.begin(binh) == secret
    with pytest.raises(Problem, match=r"second\.wrong"):
        second_factor.confirm(binh, "000000" if code(secret, NOW) != "000000" else "111111", NOW)
    second_factor.confirm(binh, code(secret, NOW), NOW)
    assert second_factor.is_set(binh)
    with pytest.raises(Problem, match=r"second\.is_set"):
        second_factor.begin(binh)


@pytest.mark.parametrize("steps", [-1, 0, 1])
@pytest.mark.usefixtures("recovery")
def test_a_clock_may_be_one_step_off(binh: User, secret: str, steps: int) -> None:
    second_factor.check(binh, code(secret, NOW + steps * STEP), NOW)


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
@pytest.mark.usefixtures("recovery")
def test_a_clock_may_not_be_two_steps_off(binh: User, secret: str, steps: int) -> None:
    assert told(binh, code(secret, NOW + steps * STEP)) in ("second.wrong", "second.used")


@pytest.mark.usefixtures("recovery")
def test_a_code_is_used_once_and_none_before_it_counts_any_more(binh: User, secret: str) -> None:
    second_factor.check(binh, code(secret, NOW), NOW)
    assert told(binh, code(secret, NOW)) == "second.used"
    assert told(binh, code(secret, NOW - STEP)) == "second.used"
    second_factor.check(binh, code(secret, NOW + STEP), NOW + STEP)


@pytest.mark.usefixtures("recovery")
def test_five_wrong_codes_lock_for_a_quarter_of_an_hour_and_a_right_one_waits(binh: User, secret: str) -> None:
    for _again in range(5):
        assert told(binh, "abc") == "second.wrong"
    assert told(binh, code(secret, NOW)) == "second.locked"
    later = NOW + timedelta(minutes=15, seconds=1)
    second_factor.check(binh, code(secret, later), later)
    kinds = list(SecurityEvent.objects.filter(user=binh, kind__startswith="code_").values_list("kind", flat=True))
    assert kinds == [EventKind.CODE_LOCKED] + [EventKind.CODE_FAILED] * 4 + [EventKind.CODE_SET]


@pytest.mark.usefixtures("recovery")
def test_a_right_code_forgives_the_wrong_ones_before(binh: User, secret: str) -> None:
    for _again in range(4):
        told(binh, "abc")
    second_factor.check(binh, code(secret, NOW), NOW)
    for _again in range(4):
        assert told(binh, "abc") == "second.wrong"


def test_each_of_ten_recovery_codes_counts_once_however_it_is_typed(binh: User, recovery: list[str]) -> None:
    assert len(set(recovery)) == 10
    second_factor.check(binh, recovery[0].lower().replace("-", " "), NOW)
    assert second_factor.codes_left(binh) == 9
    assert told(binh, recovery[0]) == "second.wrong"
    second_factor.check(binh, recovery[1], NOW)


def test_a_recovery_code_of_somebody_else_does_not_count(binh: User, recovery: list[str]) -> None:
    lan = a_person("lan")
    second_factor.confirm(lan, code(second_factor.begin(lan), NOW), NOW)
    assert told(lan, recovery[0], NOW + STEP) == "second.wrong"


def test_neither_secret_nor_recovery_codes_stand_in_the_book_as_they_are(
    binh: User, secret: str, recovery: list[str]
) -> None:
    assert secret not in SecondFactor.objects.get(user=binh).secret
    stored = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert not stored & {one for typed in recovery for one in (typed, typed.replace("-", ""))}
    with override_settings(SECRET_KEY="another"):
        assert told(binh, code(secret, NOW)) == "second.unreadable"


def test_new_recovery_codes_end_the_old_ones(binh: User, recovery: list[str]) -> None:
    fresh = second_factor.renew_codes(binh)
    assert told(binh, recovery[0]) == "second.wrong"
    second_factor.check(binh, fresh[0], NOW)


@pytest.mark.usefixtures("recovery")
def test_an_administrator_resets_it_with_a_reason_that_is_kept(binh: User) -> None:
    oanh, mine = a_person("oanh"), reach("oanh")
    with pytest.raises(Problem, match=r"people\.reason"):
        people.reset_second_factor(mine, binh, " ", by=oanh, today=TODAY)
    people.reset_second_factor(mine, binh, "mất điện thoại", by=oanh, today=TODAY)
    assert not second_factor.is_set(binh)
    assert second_factor.codes_left(binh) == 0
    event = SecurityEvent.objects.filter(user=binh)[0]
    assert (event.kind, event.by, event.words) == (EventKind.CODE_RESET, oanh, "mất điện thoại")


@pytest.mark.parametrize(
    ("roles", "needed"),
    [
        (["officer"], False),
        (["auditor", "developer"], False),
        (["officer", "division_head"], True),
        (["head"], True),
        (["block_head"], True),
        (["ministry"], True),
        (["administrator"], True),
    ],
)
def test_who_approves_or_administers_needs_it(roles: list[str], needed: bool) -> None:
    assert second_factor.is_needed(User(username="a"), roles) == needed
    assert not second_factor.is_needed(User(username="a", is_demo=True), roles)
