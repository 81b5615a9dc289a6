"""Rows of ranges, each with a dot, for rank_stability, how_sure, agreement and cost_of_failure."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Drawing, Rows
from cxdata.charts.kit.theme import Theme


@dataclass(frozen=True)
class Range:
    """A bar from the field `low` to the field `high`; a row without both has none. List wider ranges first."""

    low: str
    high: str
    colour: str
    thickness: int


def draw_ranges(
    rows: Rows,
    theme: Theme,
    name: str,
    x: alt.X,
    ranges: Sequence[Range],
    dot: str | None,
    opens: Sequence[str],
    tooltip: Sequence[alt.Tooltip],
    beneath: Sequence[alt.Chart] = (),
    above: Sequence[alt.Chart] = (),
) -> Drawing:
    """Draw the ranges and the dot of each row, whose column `name` identifies it. Each row needs `figure`.

    All marks share the axis `x`, which has no field. `beneath` and `above` are layers before and after the bars.
    A click on a dot or a bar opens stories.
    """
    order = list(dict.fromkeys(row[name] for row in rows))
    y = layers.row_axis(name, order)
    marks: list[alt.Chart] = []
    for each in ranges:
        measured = [row for row in rows if row[each.low] is not None and row[each.high] is not None]
        if measured:
            columns = dict.fromkeys((name, *opens, each.low, each.high, *_fields(tooltip)))
            marks.append(
                alt.Chart(layers.data(measured, *columns))
                .mark_bar(height=each.thickness, color=each.colour, cornerRadius=each.thickness / 2, cursor="pointer")
                .encode(y=y, x=layers.on_field(x, each.low), x2=alt.X2(field=each.high), tooltip=list(tooltip))
            )
    measured = [row for row in rows if dot and row[dot] is not None]
    if dot and measured:
        columns = dict.fromkeys((name, *opens, dot, *_fields(tooltip)))
        marks.append(
            alt.Chart(layers.data(measured, *columns))
            .mark_circle(
                size=150, color=theme.ink, opacity=1, stroke=theme.background, strokeWidth=1.5, cursor="pointer"
            )
            .encode(y=y, x=layers.on_field(x, dot), tooltip=list(tooltip))
        )
    if marks:
        marks[-1] = marks[-1].properties(name=layers.CLICKABLE_LAYER)
    high = layers.DETAILED if "detail" in rows[0] else layers.ROW
    heads = layers.row_heads(rows, name, order, theme)
    return layers.new_layer(*beneath, *marks, *above, *heads, height=high * len(order))


def _fields(tooltip: Sequence[alt.Tooltip]) -> list[str]:
    return [str(each["field"]) for each in tooltip]
