"""From what a text says to a cell and an amount, by the catalogue of the book."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from sokhu.areas.catalogue.queries import indicators, territory
from sokhu.areas.ledger.models import Cell, ProposedFigure
from sokhu.core.cell import CellKey, Said
from sokhu.core.indicator import Indicator
from sokhu.core.period import Period, as_of, parse
from sokhu.core.problems import Problem
from sokhu.core.quantity import read_quantity, reading_unit, scaled
