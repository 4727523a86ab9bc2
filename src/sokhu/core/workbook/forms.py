"""The mappings that are shipped: the ministry's forms, as dated data in `catalogue/forms`."""

from __future__ import annotations

from functools import cache
from importlib import resources

from sokhu.core.data import load_toml
from sokhu.core.workbook.mapping import Mapping, mapping_of


@cache
def forms() -> dict[str, Mapping]:
    """Every shipped form by its name, "2101". Raises what `mapping_of` raises."""
    folder = resources.files("sokhu").joinpath("catalogue", "forms")
    files = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    made = (mapping_of(load_toml(f"forms/{file}"), where=file) for file in files)
    return {one.name: one for one in made}
