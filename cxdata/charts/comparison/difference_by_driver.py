"""Difference by driver: a waterfall from one company's effort points to the other's in the same job."""

from typing import TYPE_CHECKING, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing, known
from cxdata.charts.kit.pairs import effort_axis, pair_claim
from cxdata.charts.kit.theme import Theme
from cxdata.claims.claim import Claim
from cxdata.text.formatting import format_count, format_number, format_points, format_signed

if TYPE_CHECKING:
    from cxdata.questions.rows import HeadToHeadRow

Rows: TypeAlias = "list[HeadToHeadRow]"

CHART = Declaration(
    title="Difference by effort type",
    question="head_to_head",
    rows=("driver",),
    drill_down={"job": "job", "driver": "driver", "left_company": "companies", "right_company": "companies"},
    measure="effort_points",
    when_empty="Neither company has a story of this job",
)


def headline(rows: Rows) -> Claim:
    """State the difference between the companies, and the effort types that make it."""
    return pair_claim(rows)


def subtitle(rows: Rows) -> str:
    """Name the totals at both ends."""
    row = rows[0]
    if not _both(row):
        return "Effort points per story of the job"
    left, right = (format_points(known(total)) for total in (row["left_total"], row["right_total"]))
    if left == right:
        return f"{left} at {row['left_company']} and at {row['right_company']}, for “{row['job_label']}”"
    return f"From {left} at {row['left_company']} to {right} at {row['right_company']}, for “{row['job_label']}”"


def describe(rows: Rows) -> str:
    """Say every figure, step by step."""
    if not _both(rows[0]):
        return f"{headline(rows).sentence}."
    parts = [f"{row['driver_label']} {format_signed(-row['difference'])}" for row in rows if row["driver"]]
    steps = f": {', '.join(parts)}" if parts else ", with no step between"
    return f"A waterfall chart. {subtitle(rows)}{steps}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a bar for each driver, from the end of the bar before it."""
    drawn = [
        row
        | {
            "row": row["driver"] or "none",
            "head": row["driver_label"] or "No effort was found",
            "figure": _figure(row),
            "less": (row["difference"] or 0) >= 0,
        }
        for row in rows
    ]
    order = [str(row["row"]) for row in drawn]
    y = layers.row_axis("row", order)
    bars = (
        alt.Chart(layers.data(drawn, "row", *CHART.drill_down, "head", "step_from", "step_to", "difference", "less"))
        .mark_bar(height=12, cursor="pointer")
        .encode(
            y=y,
            x=effort_axis("step_from"),
            x2=alt.X2(field="step_to"),
            # less effort is a lighter bar, and its figure has a minus
            color=alt.Color(
                field="less",
                type="nominal",
                scale=alt.Scale(domain=[True, False], range=[theme.felt, theme.context]),
                legend=None,
            ),
            tooltip=layers.tooltip(effort="head", difference="difference:q"),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    return layers.new_layer(bars, *layers.row_heads(drawn, "row", order, theme), height=layers.ROW * len(order))


def _both(row: "HeadToHeadRow") -> bool:
    return bool(row["left_stories"] and row["right_stories"])


def _figure(row: "HeadToHeadRow") -> str:
    stories = format_count(row["story_count"], "story")
    if row["difference"] is None:
        return f"nothing to compare · {stories}"
    return (
        f"{format_signed(-row['difference'])} · {format_number(row['left_points'])} and"
        f" {format_number(row['right_points'])}"
    )
