"""The shapes that chart modules share."""

from dataclasses import dataclass
from typing import Any, cast

import altair as alt

Rows = list[dict[str, Any]]
"""The rows of a question: one dict a row, as its header lists the columns."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """The layers of one view, without config, title or width, and the pixels that it is high."""

    layers: tuple[alt.Chart, ...]
    height: float

    def chart(self) -> alt.LayerChart:
        """The drawing as Altair's own chart, which checks it against the schema of Vega-Lite."""
        return cast(alt.LayerChart, alt.layer(*self.layers, height=self.height))

    def spec(self) -> dict[str, Any]:
        """The same as Vega-Lite. Layer by layer: to put them together Altair copies each, part by part, four times."""
        # neither schema, theme nor config in a layer
        layers = [layer.to_dict(validate=False, context={"top_level": False}) for layer in self.layers]
        return {"$schema": alt.SCHEMA_URL, "layer": layers, "height": self.height}
