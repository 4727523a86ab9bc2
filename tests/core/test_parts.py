"""Long rows of things, a part at a time."""

from itertools import count

from sokhu.core.parts import in_parts


def test_things_come_in_their_order_and_the_last_part_is_what_is_left() -> None:
    assert list(in_parts("abcde", 2)) == [["a", "b"], ["c", "d"], ["e"]]
    assert list(in_parts("abcd", 2)) == [["a", "b"], ["c", "d"]]
    assert list(in_parts((), 2)) == []


def test_no_more_is_taken_than_the_part_that_is_asked_for() -> None:
    source = count()
    assert next(in_parts(source, 3)) == [0, 1, 2]
    assert next(source) == 3
