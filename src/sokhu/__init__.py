"""Sổ Khu: the zone ledger."""

__version__ = "0.1.0"
