"""Checks: what the arithmetic says of figures that people wrote. One rule, one entry in `catalogue/checks.toml`.

The same rules run on the ledger, on figures that were read and wait, and on a text that somebody is writing.
"""
