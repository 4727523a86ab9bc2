"""What holds for every register, whatever it registers: nothing here names one."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models

from factories import reach
from register_samples import a_thing, keeper, values_for
from sokhu.areas.territory.queries import Reach
from sokhu.core.problems import Problem
from sokhu.core.workbook.grid import Sheet
from sokhu.kit.registers.actions import bring_back, change, remove
from sokhu.kit.registers.as_sealed import Unlike, unlike_their_versions
from sokhu.kit.registers.declaration import NOT_ASKED, Register, registers
from sokhu.kit.registers.exporting import heads, rows_of
from sokhu.kit.registers.history import history, values_at
from sokhu.kit.registers.importing import NEW, SAME, look, take
from sokhu.kit.registers.queries import thing_of, visible
from sokhu.kit.registers.schema import as_json, schema_of
from sokhu.kit.registers.search import searched
from sokhu.kit.registers.values import read, text_of, typed_of
from sokhu.kit.sealing.queries import head, verify

ALL = registers()
pytestmark = [pytest.mark.usefixtures("shelf", "book"), pytest.mark.django_db]
every_register = pytest.mark.parametrize("register", ALL, ids=lambda one: one.code)


@every_register
def test_its_declaration_names_fields_that_there_are(register: Register) -> None:
    names = {one.name for one in register.fields}
    in_sections = [name for _title, fields in register.sections for name in fields]
    named = {register.title, *register.columns, *register.search, *register.filters, *register.key, *in_sections}
    assert named | register.derived | register.personal | set(register.help) <= names
    assert not names & NOT_ASKED
    assert not register.sections or set(in_sections) >= {one.name for one in register.asked}


@every_register
def test_a_new_thing_is_sealed_with_its_author_and_reason(register: Register, an: Reach) -> None:
    thing = a_thing(register, an, reason="Quyết định 1498/QĐ-TTg")
    (first,) = history(register, thing.pk)
    assert (first.author, first.reason, first.is_first) == (an.author, "Quyết định 1498/QĐ-TTg", True)
    assert thing.version == first.sequence == head()[0]
    assert thing.owner == an.home
    assert verify().broken is None


@every_register
def test_a_change_tells_before_and_after_and_the_past_stays_known(register: Register, an: Reach) -> None:
    thing = a_thing(register, an)
    change(register, an, thing.pk, {"note": "đo lại"}, reason="đính chính")
    newest, first = history(register, thing.pk)
    assert [(one.field, one.before, one.after) for one in newest.differences] == [("note", "", "đo lại")]
    then, now = (values_at(register, thing.pk, one.sequence) for one in (first, newest))
    assert then is not None
    assert now == then | {"note": "đo lại"}


@every_register
def test_a_thing_that_is_not_as_it_was_sealed_is_named(register: Register, an: Reach, thing: Any) -> None:
    change(register, an, thing.pk, {"note": "hai diễn giải"}, reason="ghi thêm")
    assert list(unlike_their_versions()) == []
    rows = register.model._default_manager.filter(pk=thing.pk)
    rows.update(note="sửa lén", owner="board/nowhere")
    fields = ("owner", "note")
    assert list(unlike_their_versions()) == [Unlike("register.not_as_sealed", register.code, thing.pk, fields)]


@every_register
def test_saying_the_same_again_writes_nothing(register: Register, an: Reach, thing: Any) -> None:
    before = head()
    change(register, an, thing.pk, register.values(thing), reason="không đổi gì")
    assert head() == before


@every_register
def test_two_things_of_one_book_never_have_the_same_key(register: Register, an: Reach, thing: Any) -> None:
    with pytest.raises(Problem) as told:
        a_thing(register, an, **{name: getattr(thing, name) for name in register.key})
    assert told.value.code == "register.possible_duplicate"


@every_register
def test_nothing_changes_without_a_reason(register: Register, an: Reach, thing: Any) -> None:
    with pytest.raises(Problem) as told:
        remove(register, an, thing.pk, reason="  ")
    assert told.value.code == "register.reason_missing"


@every_register
def test_another_authority_can_not_change_it(register: Register, thing: Any) -> None:
    with pytest.raises(Problem) as told:
        remove(register, reach("chi"), thing.pk, reason="không phải của tôi")
    assert told.value.code in ("register.no_such_thing", "access.not_your_authority")


@every_register
def test_it_is_seen_by_its_authority_and_the_ministry_and_by_all_where_it_is_open(
    register: Register, thing: Any
) -> None:
    cast = ("an", "binh", "giang", "chi", "nga")
    seen = {name for name in cast if visible(register, reach(name)).filter(pk=thing.pk).exists()}
    assert seen == (set(cast) if register.is_open else {"an", "binh", "giang"})


@every_register
def test_a_removed_thing_is_in_no_list_and_can_be_brought_back(register: Register, an: Reach, thing: Any) -> None:
    remove(register, an, thing.pk, reason="ghi nhầm")
    with pytest.raises(Problem):
        thing_of(register, an, thing.pk)
    assert history(register, thing.pk)[0].is_gone
    bring_back(register, an, thing.pk, reason="ghi đúng")
    assert thing_of(register, an, thing.pk).version == head()[0]


@every_register
def test_a_removed_thing_does_not_come_back_beside_one_that_took_its_key(
    register: Register, an: Reach, thing: Any
) -> None:
    remove(register, an, thing.pk, reason="ghi nhầm")
    a_thing(register, an, **{name: getattr(thing, name) for name in register.key})
    with pytest.raises(Problem) as told:
        bring_back(register, an, thing.pk, reason="ghi đúng")
    assert told.value.code == "register.possible_duplicate"


@every_register
def test_who_looked_at_an_older_version_is_told(register: Register, an: Reach, thing: Any) -> None:
    change(register, an, thing.pk, {"note": "một"}, reason="một")
    with pytest.raises(Problem) as told:
        change(register, an, thing.pk, {"note": "hai"}, reason="hai", seen=thing.version)
    assert told.value.code == "register.changed_meanwhile"


@every_register
def test_what_is_typed_is_what_is_shown(register: Register, thing: Any) -> None:
    for field in register.asked:
        if not isinstance(field, models.ForeignKey):
            value = getattr(thing, field.name)
            assert read(field, typed_of(field, value)) == value or value in (None, "", False)
            assert isinstance(text_of(field, value), str)


@every_register
def test_it_is_found_by_its_words_without_tone_marks_and_with_a_slip(register: Register, an: Reach) -> None:
    if not register.search:
        pytest.fail("a register nobody can search")
    name = register.search[0]
    thing = a_thing(register, an, **{name: "Đường Quất Lâm"[: register.field(name).max_length]})
    rows = visible(register, an)
    for text in ("Quất Lâm", "quat lam", "QUAT", "quatt lam"):
        assert list(searched(register, rows, text).rows) == [thing], text
    assert not searched(register, rows, "zzzzzzzz").rows.exists()


def a_sheet(register: Register, things: Any) -> Sheet:
    rows = [[_cell(value) for value in row] for row in rows_of(register, things, keeper(register))]
    return Sheet("Trang 1", [heads(register), *rows])


def _cell(value: Any) -> Any:
    return "" if value is None else value if isinstance(value, str) else float(value)


@every_register
def test_what_is_exported_comes_in_again_and_changes_nothing(register: Register, an: Reach, thing: Any) -> None:
    before = head()
    looked = look(register, an, a_sheet(register, visible(register, an).filter(pk=thing.pk)))
    assert (looked.faults, looked.unknown) == ([], ())
    assert [row.state for row in looked.rows] == [SAME]
    assert take(register, an, looked.rows, reason="nhập lại")[NEW] == 0
    assert head() == before


@every_register
def test_a_workbook_makes_the_thing_it_was_exported_from(register: Register, an: Reach, thing: Any) -> None:
    sheet = a_sheet(register, visible(register, an).filter(pk=thing.pk))
    remove(register, an, thing.pk, reason="để nhập lại")
    looked = look(register, an, sheet)
    assert [problem.code for problem in looked.faults] == []
    assert take(register, an, looked.rows, reason="nhập")[NEW] == 1
    made = visible(register, an).get(pk=looked.rows[0].thing.pk)
    assert {name: value for name, value in register.values(made).items() if name not in register.derived} == {
        name: value for name, value in register.values(thing).items() if name not in register.derived
    }


@every_register
def test_a_wrong_cell_is_told_with_its_place_and_its_row_is_left_out(register: Register, an: Reach, thing: Any) -> None:
    sheet = a_sheet(register, visible(register, an).filter(pk=thing.pk))
    column = next(at for at, one in enumerate(register.asked) if not one.blank)
    sheet.rows[1][column] = ""
    looked = look(register, an, sheet)
    assert looked.rows == []
    assert looked.faults[0].where.startswith(f"{chr(65 + column)}2 (")
    assert looked.faults[0].code == "register.required"


@every_register
def test_its_schema_holds_its_things(register: Register, thing: Any) -> None:
    schema, found = schema_of(register), as_json(register, thing)
    assert set(found) == set(schema["properties"])
    assert all(found[name] not in (None, "") for name in schema["required"])


def test_the_samples_fill_what_must_be_filled() -> None:
    for register in ALL:
        values = values_for(register, keeper(register))
        chosen = str(values[register.by_kind.field]) if register.by_kind else ""
        needed = [one.name for one in register.asked if not one.blank and register.has(one.name, chosen)]
        assert [name for name in needed if values.get(name) is None] == [], register.code
