"""What is installed from a wheel is all of the product."""

from __future__ import annotations

from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parent.parent


def test_a_wheel_holds_every_file_of_the_package_those_that_set_up_makes_included() -> None:
    held = {Path(one.path) for one in WheelBuilder(str(ROOT)).recurse_included_files()}
    package = ROOT / "src/sokhu"
    there = {path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert there - held == set()
    assert {package / "areas/territory/map.json", package / "locale/en/LC_MESSAGES/django.mo"} <= held
    assert any(path.is_relative_to(package / "web/static/vendor") for path in held)
