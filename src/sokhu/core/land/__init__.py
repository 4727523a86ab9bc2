"""Zones' land: uses and functions, the balance that must close, leases on plots, and what they do to indicators."""

from sokhu.core.land.balance import Balance, LandPlan, balance, plan_on, use_total
from sokhu.core.land.leases import Lease, LeasedPart, Plot, leased_on, must_fit, what_is_wrong
from sokhu.core.land.life import Step, life_movements, states
from sokhu.core.land.meridians import meridians_of
from sokhu.core.land.moves import lease_movements, level_movements, plan_movements
from sokhu.core.land.occupancy import Occupancy, occupancy
from sokhu.core.land.uses import LandFunction, LandUse, functions, uses

__all__ = [
    "Balance",
    "LandFunction",
    "LandPlan",
    "LandUse",
    "Lease",
    "LeasedPart",
    "Occupancy",
    "Plot",
    "Step",
    "balance",
    "functions",
    "lease_movements",
    "leased_on",
    "level_movements",
    "life_movements",
    "meridians_of",
    "must_fit",
    "occupancy",
    "plan_movements",
    "plan_on",
    "states",
    "use_total",
    "uses",
    "what_is_wrong",
]
