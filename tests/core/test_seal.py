"""The canonical form: bytes that are equal on every database, digests that any byte changes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from unicodedata import normalize
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhu.core.seal import GENESIS, Header, batch_digest, canonical, new_salt, plain, salted_digest

AT = datetime(2026, 11, 22, 9, 40, 0, 7, tzinfo=UTC)
SOMEBODY = UUID("00000000-0000-0000-0000-00000000000A")
HEADER = Header(1, "accept", AT, SOMEBODY, "", GENESIS)
ROW = ("ledger_cell", {"id": "a", "amount": 8_500_000_000_000_000})


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (None, None),
        (True, True),
        (False, False),
        (8_500_000_000_000_001, 8_500_000_000_000_001),
        (normalize("NFD", "Hải Phòng"), normalize("NFC", "Hải Phòng")),
        (date(2020, 12, 20), "2020-12-20"),
        (AT, "2026-11-22T09:40:00.000007Z"),
        (AT.astimezone(timezone(timedelta(hours=7))), "2026-11-22T09:40:00.000007Z"),
        (SOMEBODY, "00000000-0000-0000-0000-00000000000a"),
    ],
)
def test_every_kind_of_value_has_one_plain_form(value: object, form: object) -> None:
    assert plain(value) == form
    assert type(plain(value)) is type(form)


@pytest.mark.parametrize("value", [1.5, b"x", [1], {"a": 1}, datetime(2026, 1, 1)])  # noqa: DTZ001 - that is the point
def test_what_has_no_exact_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        plain(value)


def test_a_row_is_sorted_json_without_spaces_in_utf_8() -> None:
    assert canonical({"b": "Hải", "a": None, "c": True}) == '{"a":null,"b":"Hải","c":true}'.encode()


def test_the_digest_is_that_of_the_documented_lines() -> None:
    header = (
        '{"at":"2026-11-22T09:40:00.000007Z","author":"00000000-0000-0000-0000-00000000000a","kind":"accept",'
        f'"previous":"{GENESIS}","reason":"","rows":1,"sequence":1}}'
    )
    row = '{"amount":8500000000000000,"id":"a","table":"ledger_cell"}'
    assert batch_digest(HEADER, [ROW]) == hashlib.sha256(f"{header}\n{row}".encode()).hexdigest()


@given(st.permutations([("t", {"id": str(number)}) for number in range(5)]))
def test_the_order_of_rows_does_not_matter(rows: list[tuple[str, dict[str, object]]]) -> None:
    assert batch_digest(HEADER, rows) == batch_digest(HEADER, sorted(rows, key=str))


@pytest.mark.parametrize(
    "change",
    [
        {"sequence": 2},
        {"kind": "correct"},
        {"at": AT + timedelta(microseconds=1)},
        {"author": None},
        {"reason": "0" * 64},
        {"previous": "1" * 64},
    ],
)
def test_every_word_of_the_header_is_in_the_digest(change: dict[str, object]) -> None:
    assert batch_digest(replace(HEADER, **change), [ROW]) != batch_digest(HEADER, [ROW])  # type: ignore[arg-type]


@given(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**63), 2**63 - 1))
def test_another_amount_has_another_digest(one: int, other: int) -> None:
    digests = {batch_digest(HEADER, [("t", {"amount": amount})]) for amount in (one, other)}
    assert len(digests) == len({one, other})


def test_a_row_more_a_row_less_and_a_row_of_another_table_are_seen() -> None:
    known = {batch_digest(HEADER, rows) for rows in ([], [ROW], [ROW, ROW], [("other", ROW[1])])}
    assert len(known) == 4


def test_words_are_sealed_by_salt_and_text_and_not_found_without_the_salt() -> None:
    salt = "00" * 16
    assert salted_digest(salt, "lý do") == hashlib.sha256(f"{salt}\nlý do".encode()).hexdigest()
    assert salted_digest(salt, normalize("NFD", "lý do")) == salted_digest(salt, normalize("NFC", "lý do"))
    assert salted_digest(new_salt(), "lý do") != salted_digest(new_salt(), "lý do")


def test_a_salt_is_sixteen_random_bytes() -> None:
    salts = {new_salt() for _ in range(100)}
    assert len(salts) == 100
    assert {len(bytes.fromhex(salt)) for salt in salts} == {16}
