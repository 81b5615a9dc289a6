"""The charts, one module each: it takes the rows of a question and returns an Altair chart.

A chart neither queries nor imports Streamlit. The question does the arithmetic and sets the order.
"""

import pkgutil
from collections.abc import Iterable
from importlib import import_module
from types import ModuleType
from typing import cast

import altair as alt

from cxdata.charts.kit.declaration import Chart, Declaration
from cxdata.errors import ChartError
from cxdata.extensions import extension_packages
from cxdata.text.suggestions import format_choices

__all__ = ["CHARTS", "Chart", "Declaration", "discover", "find_chart"]

FUNCTIONS = tuple(name for name, part in vars(Chart).items() if callable(part) and not name.startswith("_"))
"""The functions that a chart module must have: those of `Chart`."""

# each layer has its own rows: Streamlit turns named datasets into tables at every rerun, 5 ms each
alt.data_transformers.consolidate_datasets = False


def discover(paths: Iterable[str], prefix: str) -> dict[str, Chart]:
    """Find the chart modules in these folders and the packages below them, by name.

    `paths` is the `__path__` of a package and `prefix` its name with a dot. Raises ChartError if a chart lacks a part
    of `Chart`, and if two charts have the same name, since the name is an address.
    """
    charts: dict[str, Chart] = {}
    for found in pkgutil.walk_packages(paths, prefix):
        module = import_module(found.name)
        if hasattr(module, "CHART") or hasattr(module, "draw"):
            _add(charts, found.name.rpartition(".")[2], _check(module))
    return charts


def _check(module: ModuleType) -> Chart:
    """Return the module as a chart: a type checker sees no module of an installed package."""
    if not isinstance(getattr(module, "CHART", None), Declaration):
        raise ChartError(f"{module.__file__}: has no CHART that is a Declaration")
    missing = [name for name in FUNCTIONS if not callable(getattr(module, name, None))]
    if missing:
        raise ChartError(
            f"{module.__file__}: has no function {', '.join(missing)}. A chart has: {', '.join(FUNCTIONS)}"
        )
    return cast(Chart, module)


def _add(charts: dict[str, Chart], name: str, chart: Chart) -> None:
    if name in charts:
        raise ChartError(f"chart {name!r} is defined twice: {charts[name]} and {chart}")
    charts[name] = chart


def _discover_all() -> dict[str, Chart]:
    charts = discover(__path__, f"{__name__}.")
    for package in extension_packages("cxdata.charts"):
        for name, chart in discover(package.__path__, f"{package.__name__}.").items():
            _add(charts, name, chart)
    return charts


CHARTS: dict[str, Chart] = _discover_all()
"""Every chart by its name: the modules of this package, and of packages installed as `cxdata.charts`."""


def find_chart(name: str) -> Chart:
    """Find the chart of this name; ChartError names the choices."""
    if name not in CHARTS:
        raise ChartError(f"chart {format_choices(name, CHARTS, 'the dashboard')}")
    return CHARTS[name]
