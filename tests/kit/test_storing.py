"""Many rows stored at once are what rows stored one by one would be."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from sokhu.areas.accounts.models import SavedView
from sokhu.areas.ledger.models import Movement
from sokhu.kit.registers.models import Word
from sokhu.kit.storing import store, store_values

pytestmark = pytest.mark.django_db
SOME_TIME = datetime(2026, 11, 1, tzinfo=UTC)


def a_movement(number: int, until: int | None) -> Movement:
    id_, day = UUID(int=number), date(2024, 2, 29)
    known = {"register": "r", "thing": id_, "source": id_, "indicator": "đ", "place": "p", "owner": "o", "since": 1}
    return Movement(**known, day=day, amount=-(2**60), until=until, currency="USD")


def test_rows_read_back_as_they_were_given_and_the_database_gives_them_their_keys() -> None:
    given = [a_movement(1, None), a_movement(2, 7)]
    store(given)
    names = [one.attname for one in Movement._meta.concrete_fields if not one.primary_key]
    wanted = [tuple(getattr(one, name) for name in names) for one in given]
    assert list(Movement.objects.order_by("thing").values_list(*names)) == wanted
    assert len(set(Movement.objects.values_list("pk", flat=True))) == 2


def test_known_rows_are_taken_over_and_others_left(django_user_model: type) -> None:
    user = django_user_model.objects.create(username="an")
    views = [SavedView(id=UUID(int=at), of="r", user=user, name=f"tên {at}", saved_at=SOME_TIME) for at in (1, 2)]
    store(views)
    views[0].name = "tên khác"
    store(views[:1], known=True)
    assert list(SavedView.objects.order_by("pk").values_list("name", "user")) == [
        ("tên khác", user.pk),
        ("tên 2", user.pk),
    ]


def test_values_that_are_there_already_are_left_out_where_only_new_ones_are_wanted() -> None:
    store_values(Word, {"register": ["r", "r"], "word": ["hai", "ba"]}, if_new=True)
    store_values(Word, {"register": ["r", "r"], "word": ["ba", "bon"]}, if_new=True)
    assert sorted(Word.objects.values_list("word", flat=True)) == ["ba", "bon", "hai"]
