"""Bars of effort points in rows, each named above its bar: what effort_sources and fix_first are drawn with."""

import altair as alt

from cxdata.charts.kit import layers as parts
from cxdata.charts.kit.declaration import Drawing, Rows
from cxdata.charts.kit.theme import Look
from cxdata.text.formatting import count, points


def draw(rows: Rows, look: Look, name: str, opens: tuple[str, ...]) -> Drawing:
    """A bar a row, in the rows' order; `name` is the column that tells rows apart and names them.

    Needs points, kind, events and story_count; `head`, if there, is written for the name, and `detail` below it.
    """
    labelled = [
        row
        | {
            "figure": f"{points(row['points'])} · {count(row['story_count'], 'story')}"
            + (", felt" if row["kind"] == "feel" else "")
        }
        for row in rows
    ]
    order = [row[name] for row in rows]
    columns = dict.fromkeys((*opens, name, "kind", "points", "events", "story_count"))
    bars = (
        alt.Chart(parts.data(labelled, *columns))
        .mark_bar(height=12, cursor="pointer")
        .encode(
            y=parts.row_axis(name, order),
            x=alt.X(field="points", type="quantitative", title="effort points", axis=alt.Axis(grid=True, tickCount=5)),
            color=parts.kind_colour("kind", look),
            tooltip=parts.tooltip(work=name, points="points:q", events="events:q", stories="story_count:q"),
        )
        .properties(name=parts.OPENED_FROM)
    )
    high = parts.DETAILED if "detail" in rows[0] else parts.ROW
    return parts.layered(bars, *parts.row_heads(labelled, name, order, look), height=high * len(order))
