"""What to fix: effort types in the order of what they hold without any one story, with the running share."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing, Row, known
from cxdata.charts.kit.theme import TEXT, Theme
from cxdata.claims.claim import Claim
from cxdata.claims.fixes import Item, Rest, claim_fixes
from cxdata.claims.grammar import points
from cxdata.text.formatting import format_count, format_number, format_percent, format_pounds, join_parts

if TYPE_CHECKING:
    from cxdata.questions.rows import WhatToFixRow

Rows: TypeAlias = "list[WhatToFixRow]"

CHART = Declaration(
    title="What to fix first",
    question="what_to_fix",
    rows=("driver", "touchpoint"),
    drill_down={"driver": "driver", "touchpoint": "touchpoint"},
    measure="effort_points",
    when_empty="No effort was found in these stories",
)

BARS = 0.62  # of the width: the longest bar, so that the running share has a panel of its own
RUNNING = (0.72, 0.97)  # of the width: where the running share is none and all
NAMES = "width * 0.7"  # px: a longer name is cut before it reaches that panel


def headline(rows: Rows) -> Claim:
    """Claim what takes most effort, whichever story is left out; within one effort type, name that first."""
    items = [
        Item(_head(row).lower(), row["total"], known(row["left_out_total"]), row["story_count"])
        for row in rows
        if row["driver"]
    ]
    others = [Rest(row["item_count"], row["total"], row["item_total"]) for row in rows if not row["driver"]]
    within = str(rows[0]["driver_label"]).lower() if rows[0]["touchpoint"] else ""
    return claim_fixes(items, rows[0]["read_count"], others[0] if others else None, within)


def subtitle(rows: Rows) -> str:
    """Name the measure, the order and the line."""
    items = "touchpoint" if rows[0]["touchpoint"] else "effort type"
    order = "ordered by the points without the story that holds most" if rows[0]["read_count"] > 1 else ""
    return join_parts([f"Effort points over all stories read, by {items}", order, "line: running share"])


def describe(rows: Rows) -> str:
    """Say every figure, item by item."""
    told = [f"{_head(row)}: {', '.join(_figures(row))}" for row in rows]
    return f"Bars of effort points, with the running share of all points. {'. '.join(told)}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a bar for each item, and the running share in a panel beside the bars."""
    longest = rows[0]["largest_total"] or 1.0
    none, whole = (longest / BARS * end for end in RUNNING)
    drawn = [
        row
        | {
            "item": layers.row_key(row, CHART.rows),
            "head": _head(row),
            "detail": join_parts([points(row["total"]), _stories(row)]),
            "saved": _saved(row) or "nothing here has a price",
            "running": none + (whole - none) * (row["cumulative_share"] or 0),
            "so_far": "" if row["cumulative_share"] is None else format_percent(row["cumulative_share"]),
            "rank": rank,
        }
        for rank, row in enumerate(rows)
    ]
    y = layers.row_axis("item", [str(row["item"]) for row in drawn])
    x = alt.X(type="quantitative", scale=alt.Scale(domain=[0, longest / BARS], nice=False), axis=None)
    rest = [row for row in drawn if row["driver"] is None]
    named = [row for row in drawn if row["driver"] is not None]
    marks = [_bars(each, x, y, colour) for each, colour in ((rest, theme.felt), (named, theme.context)) if each]
    marks[-1] = marks[-1].properties(name=layers.CLICKABLE_LAYER)
    return layers.new_layer(
        *marks, *_line(drawn, x, y, theme), *_names(drawn, y, theme), height=layers.DETAILED * len(drawn)
    )


def _bars(drawn: Sequence[Row], x: alt.X, y: alt.Y, colour: str) -> alt.Chart:
    opens = tuple(CHART.drill_down) if drawn[0]["driver"] else ()
    pointer: dict[str, Any] = {"cursor": "pointer"} if opens else {}
    plain = alt.Chart(layers.data(drawn, *opens, "item", "head", "detail", "saved", "total"))
    tips = layers.tooltip(effort="head", points="detail", saved="saved")
    bars: alt.Chart = plain.mark_bar(height=12, color=colour, **pointer).encode(
        y=y, x=layers.on_field(x, "total"), tooltip=tips
    )
    return bars


def _line(drawn: Sequence[Row], x: alt.X, y: alt.Y, theme: Theme) -> list[alt.Chart]:
    """Draw the running share from row to row, with its figure at each."""
    at = layers.on_field(x, "running")
    line = (
        alt.Chart(layers.data(drawn, "item", "running", "rank"))
        .mark_line(color=theme.ink, strokeWidth=1.5, point=alt.OverlayMarkDef(color=theme.ink, size=45))
        .encode(y=y, x=at, order=alt.Order(field="rank", type="quantitative"))
    )
    figures = (
        alt.Chart(layers.data(drawn, "item", "running", "so_far"))
        .mark_text(align="right", baseline="middle", dx=-9, fontSize=TEXT, color=theme.ink)
        .encode(y=y, x=at, text=alt.Text(field="so_far", type="nominal"))
    )
    return [line, figures]


def _names(drawn: Sequence[Row], y: alt.Y, theme: Theme) -> list[alt.Chart]:
    """Write what a bar is and holds above it, cut before the panel of the running share."""

    def line(column: str, rise: int, **kind: Any) -> alt.Chart:
        text: alt.Chart = alt.Chart(layers.data(drawn, "item", column)).mark_text(
            align="left", baseline="middle", dy=rise, fontSize=TEXT, limit=alt.ExprRef(NAMES), **kind
        )
        return text.encode(y=y, x=alt.XValue(0), text=alt.Text(field=column, type="nominal"))

    return [line("head", -30, color=theme.ink, fontWeight="bold"), line("detail", -14, color=theme.quiet)]


def _head(row: "WhatToFixRow") -> str:
    if not row["driver"]:
        return f"And {format_number(row['item_count'])} more"
    return str(row["touchpoint_label"] or row["driver_label"])


def _figures(row: "WhatToFixRow") -> list[str]:
    figures = (points(row["total"]), _stories(row), _so_far(row), _saved(row))
    return [figure for figure in figures if figure]


def _stories(row: "WhatToFixRow") -> str:
    read = row["read_count"]
    return "" if read == 1 else f"{format_number(row['story_count'])} of {format_count(read, 'story')}"


def _so_far(row: "WhatToFixRow") -> str:
    return "" if row["cumulative_share"] is None else f"{format_percent(row['cumulative_share'])} so far"


def _saved(row: "WhatToFixRow") -> str:
    if row["saved_low"] is None or row["saved_high"] is None:
        return ""
    over = "" if row["read_count"] == 1 else f" per story, over all {format_number(row['read_count'])}"
    return f"saves {format_pounds(row['saved_low'], row['saved_high'])}{over}"
