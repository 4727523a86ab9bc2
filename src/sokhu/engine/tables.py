"""The tables of a copy, in SQL types that DuckDB and PostgreSQL share. Amounts are 10^-6 of the canonical unit.

DECIMAL(18,0) is stored in 64 bits by the columnar engines, and its sums are widened to 38 digits: exact everywhere.
"""

from __future__ import annotations

from typing import Final

AMOUNT: Final = "DECIMAL(18,0)"

# Loaded from files, in the order of their columns.
FRAME: Final[dict[str, dict[str, str]]] = {
    "fact": {
        "measure": "INTEGER",
        "place": "INTEGER",
        "ownership": "SMALLINT",
        "period": "INTEGER",
        "unlike": "SMALLINT",
        "first_day": "INTEGER",
        "last_day": "INTEGER",
        "amount": AMOUNT,
        "emptiness": "SMALLINT",
        "maturity": "SMALLINT",
        "approx": "SMALLINT",
        "turn": "SMALLINT",  # of its kind of stream in the precedence
        "shelf": "INTEGER",
        "batch": "INTEGER",
        "derived": "SMALLINT",  # from a register: a count of it answers for its own day only
    },
    # flows: 1 where shorter periods add up; adds: 1 where places add up, 2 where a ratio is computed again; counts: 1
    # for a stock, 2 for a ratio, which is a count where it was taken on one day; cut: the kind of zones, 0 for all;
    # round_number: measures that are calculated from one another are added up in one round
    "measure": {
        "id": "INTEGER",
        "indicator": "INTEGER",
        "flows": "SMALLINT",
        "adds": "SMALLINT",
        "counts": "SMALLINT",
        "cut": "SMALLINT",
        "round_number": "INTEGER",
    },
    "place": {"id": "INTEGER", "tier": "SMALLINT", "kind": "SMALLINT"},
    "period": {"id": "INTEGER", "era": "SMALLINT"},
    "piece": {"whole": "INTEGER", "part": "INTEGER", "parts": "SMALLINT", "step": "SMALLINT"},
    "day_period": {"day_number": "INTEGER", "period": "INTEGER", "late": "SMALLINT"},
    "makeup": {"holder": "INTEGER", "era": "SMALLINT", "cut": "SMALLINT", "member": "INTEGER"},
    "makeup_want": {"holder": "INTEGER", "era": "SMALLINT", "cut": "SMALLINT", "want": "INTEGER"},
    "zone_cut": {"zone": "INTEGER", "era": "SMALLINT", "cut": "SMALLINT"},
    "kin": {"narrow": "INTEGER", "wide": "INTEGER"},
    "formula": {"whole": "INTEGER", "part": "INTEGER", "sign": "SMALLINT", "parts": "SMALLINT", "depth": "SMALLINT"},
    "ratio": {"whole": "INTEGER", "above": "INTEGER", "under": "INTEGER", "turn": "SMALLINT"},
    "straddle": {
        "place": "INTEGER",
        "whole": "INTEGER",
        "part": "INTEGER",
        "parts": "SMALLINT",
        "step": "SMALLINT",
        "tier": "SMALLINT",
    },
}

# A total of a measure, place, ownership and period. below: the denominator of a ratio, whose amount is the numerator.
# have, want: members in it and expected; whole: 1 where nothing is missing; gap: 1 where parts come to something else.
TOTAL: Final[dict[str, str]] = {
    "measure": "INTEGER",
    "place": "INTEGER",
    "ownership": "SMALLINT",
    "period": "INTEGER",
    "tier": "SMALLINT",
    "era": "SMALLINT",
    "amount": AMOUNT,
    "below": AMOUNT,
    "emptiness": "SMALLINT",
    "maturity": "SMALLINT",
    "approx": "SMALLINT",
    "unlike": "SMALLINT",
    "late": "SMALLINT",
    "spread": "SMALLINT",
    "differs": "SMALLINT",
    "gap": "SMALLINT",
    "first_day": "INTEGER",
    "last_day": "INTEGER",
    "have": "INTEGER",
    "want": "INTEGER",
    "whole": "SMALLINT",
    "made": "SMALLINT",
}
SAID, OVER_TIME, BY_OWNERSHIP, OVER_PLACES, BY_FORMULA, BY_RATIO = range(6)  # made


def ddl(table: str, columns: dict[str, str]) -> str:
    return f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})"
