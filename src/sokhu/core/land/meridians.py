"""The central meridians of the provinces' VN-2000 zones. `catalogue/land/meridians.toml`."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from sokhu.core.data import load_toml
from sokhu.core.territory import Territory


def meridians_of(province: str, territory: Territory) -> list[Decimal]:
    """Degrees east, the westernmost first: one, or those of the parts of a merged province; none where unknown."""
    listed = _listed()
    if province in listed:
        return [listed[province]]
    parts = [part for event in territory.events if province in event.to_ids for part in event.from_ids]
    return sorted({listed[part] for part in parts if part in listed})


@cache
def _listed() -> dict[str, Decimal]:
    return {province: Decimal(degrees) for province, degrees in load_toml("land/meridians.toml")["meridians"].items()}
