"""Uploaded files as text with positions: Word, PDF, web pages, plain text. Nothing here knows Django."""

from sokhu.documents.extract import extract
from sokhu.documents.extracted import Block, Extracted, Limits, Table

__all__ = ["Block", "Extracted", "Limits", "Table", "extract"]
