"""Rows of bars of effort points, each with its name above the bar, for effort_sources and fix_first."""

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Drawing, Rows
from cxdata.charts.kit.theme import Theme
from cxdata.text.formatting import format_count, format_points


def draw_bars(rows: Rows, theme: Theme, name: str, opens: tuple[str, ...]) -> Drawing:
    """Draw a bar for each row, in the order of the rows; the column `name` identifies a row.

    Needs points, kind, events and story_count. A row may have `head`, its name in words, and `detail`, a line below.
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
            tooltip=layers.tooltip(effort=name, points="points:q", events="events:q", stories="story_count:q"),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    high = layers.DETAILED if "detail" in rows[0] else layers.ROW
    return layers.new_layer(bars, *layers.row_heads(labelled, name, order, theme), height=high * len(order))
