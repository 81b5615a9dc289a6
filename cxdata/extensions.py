"""Packages that other people install beside this one: they add charts and questions by an entry point.

An entry point of the group `cxdata.charts` or `cxdata.questions` names a package:

    [project.entry-points."cxdata.charts"]
    phone = "phone_charts"
"""

from functools import cache
from importlib.metadata import entry_points
from types import ModuleType


@cache
def extension_packages(group: str) -> tuple[ModuleType, ...]:
    """Import the packages of an entry-point group, in the order of their names."""
    return tuple(found.load() for found in sorted(entry_points(group=group), key=lambda found: found.name))
