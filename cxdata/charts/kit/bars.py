"""Bars of effort points in rows, each named above its bar: what effort_sources and fix_first are drawn with."""

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Drawing, Rows
from cxdata.charts.kit.theme import Theme
from cxdata.text.formatting import format_count, format_points


def draw_bars(rows: Rows, theme: Theme, name: str, opens: tuple[str, ...]) -> Drawing:
    """A bar a row, in the rows' order; `name` is the column that tells rows apart and names them.

    Needs points, kind, events and story_count; `head`, if there, is written for the name, and `detail` below it.
    """
    labelled = [
        {
            **row,
            "figure": f"{format_points(row['points'])} · {format_count(row['story_count'], 'story')}"
            + (", felt" if row["kind"] == "feel" else ""),
        }
        for row in rows
    ]
    order = [row[name] for row in rows]
    columns = dict.fromkeys((*opens, name, "kind", "points", "events", "story_count"))
    bars = (
        alt.Chart(layers.data(labelled, *columns))
        .mark_bar(height=12, cursor="pointer")
        .encode(
            y=layers.row_axis(name, order),
            x=alt.X(field="points", type="quantitative", title="effort points", axis=alt.Axis(grid=True, tickCount=5)),
            color=layers.kind_colour("kind", theme),
            tooltip=layers.tooltip(work=name, points="points:q", events="events:q", stories="story_count:q"),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    high = layers.DETAILED if "detail" in rows[0] else layers.ROW
    return layers.new_layer(bars, *layers.row_heads(labelled, name, order, theme), height=high * len(order))
