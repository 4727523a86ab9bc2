"""Uploaded files as text with positions: Word, PDF, web pages, plain text, workbooks. Nothing here knows Django."""

from sokhu.documents.extract import extract, read_workbook
from sokhu.documents.extracted import Block, Extracted, Limits, Table

__all__ = ["Block", "Extracted", "Limits", "Table", "extract", "read_workbook"]
