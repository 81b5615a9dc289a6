"""The charts: one module each, rows in, Altair chart out. No query, no Streamlit; arithmetic and order are the question's."""

from collections.abc import Mapping
from typing import Protocol, cast

import altair as alt

from cxdata.charts import effort, fame_and_shame
from cxdata.charts.theme import Look
from cxdata.charts.types import Rows
from cxdata.errors import ChartError, name_choices


class Chart(Protocol):
    """What a chart module offers. The functions are never given an empty list of rows."""

    QUESTION: str
    """The question whose rows it draws."""
    OPENS: tuple[str, ...]
    """The fields that a mark stands for: with them, stories_behind finds its stories. Each is a column of the rows."""

    def headline(self, rows: Rows) -> str:
        """The finding, in one sentence that claims no more than the rows bear."""

    def subtitle(self, rows: Rows) -> str:
        """The measure and its unit; n and the period are added where the chart is published."""

    def describe(self, rows: Rows) -> str:
        """What a reader who cannot see the chart should know: every figure of it, in sentences."""

    def draw(self, rows: Rows, look: Look) -> alt.Chart | alt.LayerChart:
        """The chart, without config, title or size: one view that fits any width."""


CHARTS: Mapping[str, Chart] = {
    module.__name__.rpartition(".")[2]: cast(Chart, module)
    for module in (
        effort,
        fame_and_shame,
    )
}


def chart_named(name: str) -> Chart:
    """The chart of this name; ChartError names the choices."""
    if name not in CHARTS:
        raise ChartError(f"chart {name_choices(name, CHARTS, 'cxdata/charts')}")
    return CHARTS[name]
