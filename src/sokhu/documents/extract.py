"""From an uploaded file to its text: plain text is read here, everything else in a process with limits."""

from __future__ import annotations

from sokhu.core.problems import Problem
from sokhu.core.workbook.grid import Workbook
from sokhu.documents import guard, plain, workbook
from sokhu.documents.apart import read_apart
from sokhu.documents.extracted import Extracted, Limits, from_json


def extract(data: bytes, filename: str, limits: Limits | None = None) -> Extracted:
    """The text of a file with its paragraphs and tables. The kind is decided by content first, by name second.

    Safe to call from a thread of a web server. Raises Problem("document.…"); docs/documents.md lists the codes.
    """
    limits = limits or Limits()
    try:
        sort = guard.sort_of(data, filename, limits)
        if sort == "text":
            return plain.read(data, filename, limits)
        return from_json(read_apart(sort, data, filename, limits), filename)
    except Problem as problem:
        raise Problem(problem.code, problem.where or filename, **problem.params) from problem


def read_workbook(data: bytes, filename: str, limits: Limits | None = None) -> Workbook:
    """The sheets of an .xlsx or .xls file. Raises Problem("document.…") and Problem("workbook.…")."""
    limits = limits or Limits()
    try:
        kind = workbook.kind_of(data, limits)
        return workbook.from_json(read_apart(kind, data, filename, limits))
    except Problem as problem:
        raise Problem(problem.code, problem.where or filename, **problem.params) from problem
