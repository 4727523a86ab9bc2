from datetime import date

from sokhu.kit.timeline import Mark, Stretch, timeline

TODAY = date(2026, 7, 2)


def drawn(*marks: Mark, stretches: tuple[Stretch, ...] = ()) -> dict:
    return timeline(marks, stretches, TODAY, title="Vòng đời")


def test_days_lie_between_the_first_and_the_last_year():
    found = drawn(Mark(date(2024, 1, 1), "cấp mới"))
    assert found["marks"][0]["x"] == "0.00%"
    assert found["ticks"][0] == {"x": "0.00%", "text": "2024"}
    assert found["ticks"][-1]["text"] == "2027"


def test_marks_close_together_stand_on_rows_of_their_own_and_keep_their_order():
    days = [date(2024, 3, 1), date(2024, 3, 5), date(2024, 3, 9), date(2026, 1, 1)]
    found = drawn(*(Mark(day, f"{day}") for day in reversed(days)))
    assert [mark["row"] for mark in found["marks"]] == [0, 1, 2, 0]
    assert [mark["number"] for mark in found["marks"]] == [1, 2, 3, 4]


def test_a_stretch_without_an_end_goes_to_the_end_of_the_line():
    found = drawn(stretches=(Stretch(date(2025, 1, 1), None, "", "valid"), Stretch(date(2024, 1, 1), TODAY, "")))
    past, ahead, ended = found["stretches"]
    assert [one["kind"] for one in (past, ahead, ended)] == ["valid", "valid ahead", ""]
    starts, wide = (float(ahead[name].rstrip("%")) for name in ("x", "wide"))
    assert round(starts + wide, 1) == 100.0


def test_what_lies_far_ahead_is_told_beside_the_line_and_presses_nothing_together():
    found = drawn(Mark(date(2005, 5, 1), "cấp mới"), Mark(date(2055, 4, 30), "hết thời hạn", is_ahead=True))
    assert found["beyond"] == ["hết thời hạn 30/04/2055"]
    assert [mark["label"] for mark in found["marks"]] == ["cấp mới"]
    assert found["ticks"][-1]["text"] <= "2030"


def test_a_long_life_has_no_more_ticks_than_fit():
    found = drawn(Mark(date(1962, 5, 1), "cấp mới"))
    assert len(found["ticks"]) <= 9


def test_every_mark_is_told_in_words():
    found = drawn(Mark(date(2025, 2, 1), "điều chỉnh"), Mark(date(2024, 1, 9), "cấp mới"))
    assert found["said"] == "09/01/2024 cấp mới; 01/02/2025 điều chỉnh"
