"""Coded errors. Core raises them without words; the faces word them in the reader's language."""

from __future__ import annotations


class Problem(Exception):
    """What is wrong, where, and with what: `Problem("period.unknown", where="line 3", found="2025-Q5")`.

    code: `area.what`, never reused; its sentences (vi, en) stand in `catalogue/problems/*.toml`.
    where: the field, line, cell or passage, in the words of the input; empty when the whole input is meant.
    params: named values of the sentence.
    """

    def __init__(self, code: str, where: str = "", **params: object) -> None:
        self.code = code
        self.where = where
        self.params = params
        super().__init__(code, where, params)

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code} at {self.where or 'the input'}" + (f" ({shown})" if shown else "")


class Problems(Exception):
    """Several problems of one form or file, told at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems))
