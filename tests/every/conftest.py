import pytest

from book_fixtures import book, catalogue, scratch_book
from register_samples import a_thing, keeper
from sokhu.kit.registers.declaration import registers

__all__ = ["book", "catalogue", "scratch_book"]


@pytest.fixture(scope="module")
def shelf(catalogue: None) -> None:
    """A thing of every register in the book of who keeps it: what others point at need not be made for each test."""
    for register in registers():
        a_thing(register, keeper(register))
