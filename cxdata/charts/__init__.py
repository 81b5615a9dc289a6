"""The charts: one module each, rows in, Altair chart out.

No query, no Streamlit; arithmetic and order are the question's.
"""

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from typing import Protocol, cast

import altair as alt

from cxdata.charts.kit.declaration import Drawing, Rows
from cxdata.charts.kit.theme import Theme
from cxdata.errors import ChartError
from cxdata.text.suggestions import format_choices

# each layer carries its own rows: Streamlit would turn named datasets into tables anew at every rerun, 5 ms each
alt.data_transformers.consolidate_datasets = False


class ChartDeclaration(Protocol):
    """What a chart module offers. The functions are never given an empty list of rows."""

    QUESTION: str
    """The question whose rows it draws."""
    OPENS: tuple[str, ...]
    """The fields that a mark stands for: with them, stories_behind finds its stories. Each is a column of the rows."""

    ROWS: tuple[str, ...]
    """The columns that tell its rows of marks apart, for pictures that set them in columns; () if it has none."""

    # Three more that a module may have: SILENT, the headline where there is no row; OF_COMPLAINTS, the headline where
    # most stories are complaints; is_blank(rows), whether its rows hold no mark to draw.

    def headline(self, rows: Rows) -> str:
        """The finding, in one sentence that claims no more than the rows bear."""

    def subtitle(self, rows: Rows) -> str:
        """The measure and its unit; n and the period are added where the chart is published."""

    def describe(self, rows: Rows) -> str:
        """What a reader who cannot see the chart should know: every figure of it, in sentences."""

    def draw(self, rows: Rows, look: Theme) -> Drawing:
        """The chart as layers of one view, so that it fits any width.

        The marks of the layer called parts.OPENED_FROM open stories; the click is added where it is published.
        """


def _discover() -> dict[str, ChartDeclaration]:
    modules = (import_module(found.name) for found in pkgutil.walk_packages(__path__, f"{__name__}."))
    return {
        module.__name__.rpartition(".")[2]: cast(ChartDeclaration, module)
        for module in modules
        if hasattr(module, "QUESTION")
    }


CHARTS: Mapping[str, ChartDeclaration] = _discover()
"""Every module of this package that draws a question, by its name."""


def find_chart(name: str) -> ChartDeclaration:
    """The chart of this name; ChartError names the choices."""
    if name not in CHARTS:
        raise ChartError(f"chart {format_choices(name, CHARTS, 'cxdata/charts')}")
    return CHARTS[name]
