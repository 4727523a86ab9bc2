from typing import Any

import pytest

from book_fixtures import book, catalogue, scratch_book
from register_samples import a_thing, keeper
from sokhu.areas.territory.queries import Reach
from sokhu.kit.registers.declaration import Register, registers

__all__ = ["book", "catalogue", "scratch_book"]
Shelf = dict[str, tuple[Reach, Any]]


@pytest.fixture(scope="module")
def shelf(catalogue: None) -> Shelf:
    """By code of a register, who keeps it and a thing of it: what most tests need, and others point at."""
    kept = {register.code: (register, keeper(register)) for register in registers()}
    return {code: (an, a_thing(register, an).pk) for code, (register, an) in kept.items()}


@pytest.fixture
def an(shelf: Shelf, register: Register) -> Reach:
    """Who keeps the register that the test is about."""
    return shelf[register.code][0]


@pytest.fixture
def thing(shelf: Shelf, book: None, register: Register) -> Any:
    """A thing of the register that the test is about, as it is stored."""
    return register.model._default_manager.get(pk=shelf[register.code][1])
