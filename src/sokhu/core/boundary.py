"""A boundary held against the decision that drew it: are the hectares of the drawing those of the text?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sokhu.core.numbers import rounded
from sokhu.core.problems import Problem

TOLERANCE = Decimal("0.005")  # of the decided area; drawings of 1/2000 lie closer than that
LEAST_HA = Decimal("0.05")  # below it a difference is rounding of the decision's figure, whatever its share


@dataclass(frozen=True, slots=True)
class AreaCheck:
    """Hectares drawn and hectares decided. tolerance: the share of the decided area that may differ."""

    shape_ha: Decimal
    decided_ha: Decimal
    tolerance: Decimal = TOLERANCE

    @property
    def difference_ha(self) -> Decimal:
        """Positive where the drawing is larger."""
        return self.shape_ha - self.decided_ha

    @property
    def share(self) -> Decimal:
        """The difference as a share of the decided area; 1 where nothing was decided."""
        return abs(self.difference_ha) / self.decided_ha if self.decided_ha else Decimal(1)

    @property
    def agrees(self) -> bool:
        return abs(self.difference_ha) <= max(LEAST_HA, self.decided_ha * self.tolerance)


def area_check(
    shape_ha: Decimal, decided_ha: Decimal, tolerance: Decimal = TOLERANCE, *, where: str = ""
) -> Problem | None:
    """The finding that the drawing is not as large as decided, or None where it is.

    where: the boundary's name. The finding is "boundary.area_differs" with found, decided, difference (hectares) and
    percent of the decided area.
    """
    check = AreaCheck(shape_ha, decided_ha, tolerance)
    if check.agrees:
        return None
    values = {"found": shape_ha, "decided": decided_ha, "difference": check.difference_ha, "percent": check.share * 100}
    return Problem("boundary.area_differs", where=where, **{name: rounded(value, 2) for name, value in values.items()})
