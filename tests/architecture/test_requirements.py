"""The pins of requirements.txt and the ranges of pyproject.toml agree."""

import re
import tomllib
from importlib.metadata import version

from packaging.requirements import Requirement

from cxdata.resources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
RANGES = {each.name: each.specifier for each in map(Requirement, PROJECT["dependencies"])}


def read_pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w-]+)==(\S+)$", (ROOT / name).read_text("utf-8"), flags=re.MULTILINE))


def test_pins_and_ranges_cover_the_same_dependencies() -> None:
    pins = read_pins("requirements.txt")
    assert set(pins) == set(RANGES)
    assert {name: pin for name, pin in pins.items() if not RANGES[name].contains(pin, prereleases=True)} == {}


def test_every_range_has_an_upper_bound() -> None:
    assert [name for name, bounds in RANGES.items() if not any(each.operator == "<" for each in bounds)] == []


def test_installed_versions_match_the_pins() -> None:
    pins = read_pins("requirements.txt") | read_pins("requirements-dev.txt")
    assert {name: version(name) for name in pins} == pins
