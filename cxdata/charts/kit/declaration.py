"""The interface of a chart module: its declaration, its functions and its drawing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar, cast

import altair as alt

from cxdata.charts.kit.theme import Theme
from cxdata.claims.claim import Claim

Row = Mapping[str, Any]
"""One row, by column: what charts share takes any; a chart takes the row type of its question."""
Rows = Sequence[Row]
T = TypeVar("T")


def known(value: T | None) -> T:
    """Narrow a value that the choice of rows has shown not to be None."""
    assert value is not None
    return value


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """The facts about a chart that publishing, pages and files need beside its words and marks."""

    title: str = ""
    """What readers call it; '' to make a title of its file name."""
    question: str
    """The question whose rows it draws."""
    rows: tuple[str, ...]
    """The columns that tell its rows of marks apart, for pictures that set them in columns; () if it has none."""
    drill_down: Mapping[str, str]
    """What a click on a mark opens: a column of the rows to the parameter of `stories_behind` that it fills.

    Several columns may fill one parameter that takes a list, such as the two companies of a comparison.
    """
    measure: str
    """What the marks measure: a key of `kit.measures.MEASURES`."""
    when_empty: str
    """The headline where stories match and the question has no row."""
    when_complaints: str = ""
    """The headline where most stories are complaints; '' to keep the chart's own."""
    about_work: bool = False
    """Whether it compares how much work companies make: over complaints the headline must name whose work it is."""
    leaves_out_complaints: bool = False
    """Whether its question leaves complaints out; the subtitle counts them."""
    draws_its_companies: bool = False
    """Whether its question chooses among the companies, so that n and period are of those in its rows."""
    scope: Mapping[str, str] = field(default_factory=dict)
    """What limits the stories that it rests on: a column of the rows to the parameter of `library` that it fills."""
    is_blank: Callable[[Any], bool] = lambda _: False
    """Whether rows that say something hold no mark to draw."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """The layers of one view, without config, title or width, and the pixels that it is high."""

    layers: tuple[alt.Chart, ...]
    height: float

    def chart(self) -> alt.LayerChart:
        """Build Altair's own chart, which checks itself against the schema of Vega-Lite."""
        return cast(alt.LayerChart, alt.layer(*self.layers, height=self.height))

    def spec(self) -> dict[str, Any]:
        """Build the same as Vega-Lite, layer by layer: Altair would copy each layer four times to join them."""
        # neither schema, theme nor config in a layer
        layers = [layer.to_dict(validate=False, context={"top_level": False}) for layer in self.layers]
        return {"$schema": alt.SCHEMA_URL, "layer": layers, "height": self.height}


class Chart(Protocol):
    """A chart module. Its functions never get an empty list of rows."""

    CHART: Declaration

    def headline(self, rows: Any) -> Claim:
        """State the finding in one sentence that claims no more than the rows bear."""

    def subtitle(self, rows: Any) -> str:
        """Name the measure and its unit; publishing adds n and the period."""

    def describe(self, rows: Any) -> str:
        """Say every figure in sentences, for a reader who cannot see the chart."""

    def draw(self, rows: Any, theme: Theme) -> Drawing:
        """Draw the chart as layers of one view, so that it fits any width.

        The marks of the layer `kit.layers.CLICKABLE_LAYER` open stories; publishing adds the click.
        """
