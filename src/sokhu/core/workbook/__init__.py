"""Workbooks without files: what a mapping says, which sheet, row and column it means, what becomes of each cell."""
