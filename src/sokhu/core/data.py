"""The catalogue's data files: TOML shipped inside the package, below `sokhu/catalogue`."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import Any

from sokhu.core.problems import Problem


def load_toml(relative_path: str) -> dict[str, Any]:
    """The tables of one packaged file, e.g. `load_toml("regimes.toml")` or `load_toml("problems/period.toml")`.

    Raises Problem("catalogue.missing") when there is no such file and Problem("catalogue.syntax", where="file:line")
    when it is not TOML.
    """
    file = resources.files("sokhu").joinpath("catalogue", *relative_path.split("/"))
    if not file.is_file():
        raise Problem("catalogue.missing", where=relative_path, found=relative_path)
    return parsed_toml(file.read_bytes(), where=relative_path)


def parsed_toml(content: bytes, *, where: str) -> dict[str, Any]:
    """The tables of a TOML text in UTF-8; `where` is the name the reader knows the text by.

    Raises Problem("catalogue.syntax", where="where:line", found=what the parser said).
    """
    try:
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Problem("catalogue.syntax", where=f"{where}:{line}", found="not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        # The parser tells the line only in its sentence; "at end of document" means the last one.
        said = re.search(r"at line (\d+)", str(error))
        line = int(said[1]) if said else content.count(b"\n") + 1
        raise Problem("catalogue.syntax", where=f"{where}:{line}", found=str(error)) from error
