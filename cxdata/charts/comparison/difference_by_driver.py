"""Difference by driver: a waterfall from one company's effort points to the other's in the same job."""

from typing import TYPE_CHECKING, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing, known
from cxdata.charts.kit.pairs import effort_axis, pair_headline
from cxdata.charts.kit.theme import Theme
from cxdata.text.formatting import format_count, format_number, format_points, format_signed, join_list

if TYPE_CHECKING:
    from cxdata.questions.rows import HeadToHeadRow

Rows: TypeAlias = "list[HeadToHeadRow]"

CHART = Declaration(
    question="head_to_head",
    rows=("driver",),
    drill_down={"job": "job", "driver": "driver", "left_company": "companies", "right_company": "companies"},
    measure="effort_points",
    when_empty="These stories tell of nothing of the kind",
)

WIDEST = 3  # steps that the headline names


def headline(rows: Rows) -> str:
    """Name the largest steps, and their part of the difference."""
    row = rows[0]
    if not _both(row) or not row["total_difference"]:
        return pair_headline(rows)
    sign = 1 if row["total_difference"] > 0 else -1
    more, less = (row["left_company"], row["right_company"])[::sign]
    steps = [each for each in rows if each["difference"] * sign > 0]
    back = -sum(each["difference"] * sign for each in rows if each["difference"] * sign < 0)
    widest = steps[:WIDEST]
    made = sum(each["difference"] * sign for each in widest)
    named = join_list([known(each["driver_label"]).lower() for each in widest])
    named = named[:1].upper() + named[1:]
    companies = f"{more} asked for above {less}"
    whole = format_points(abs(row["total_difference"]))
    if back:
        went = f"{format_number(back)} went the other way: {whole} more in all at {more}"
        return f"{named} {'adds' if len(widest) == 1 else 'add'} {format_points(made)}, {went}"
    part = f"all {whole}" if len(widest) == len(steps) else f"{format_number(made)} of the {whole}"
    return f"{named} {'makes' if len(widest) == 1 else 'make'} {part} that {companies}"


def subtitle(rows: Rows) -> str:
    """Name the totals at both ends of the steps."""
    row = rows[0]
    if not _both(row):
        return "Effort points per story of the job"
    return (
        f"Steps from {row['left_company']}, {format_points(row['left_total'])}, to {row['right_company']}, "
        f"{format_points(row['right_total'])}, in “{row['job_label']}”"
    )


def describe(rows: Rows) -> str:
    """Say every figure, step by step."""
    if not _both(rows[0]):
        return f"{headline(rows)}."
    parts = [f"{row['driver_label']} {format_signed(-row['difference'])}" for row in rows if row["driver"]]
    steps = f": {', '.join(parts)}" if parts else ", with no step between"
    return f"A waterfall. {subtitle(rows)}{steps}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a bar for each driver, from the end of the bar before it."""
    drawn = [
        row
        | {
            "row": row["driver"] or "none",
            "head": row["driver_label"] or "No work that the job did not need",
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
            tooltip=layers.tooltip(work="head", difference="difference:q"),
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
