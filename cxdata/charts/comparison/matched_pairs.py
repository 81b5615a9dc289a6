"""Matched pairs: the effort points of two companies in each job that both have stories of."""

from typing import TYPE_CHECKING, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.pairs import effort_axis
from cxdata.charts.kit.theme import Theme
from cxdata.claims.claim import Claim
from cxdata.claims.pairs import claim_jobs
from cxdata.text.formatting import format_count, format_number, join_parts

if TYPE_CHECKING:
    from cxdata.questions.rows import MatchedPairsRow

Rows: TypeAlias = "list[MatchedPairsRow]"

CHART = Declaration(
    title="Two companies, job by job",
    question="matched_pairs",
    rows=("job",),
    drill_down={"job": "job", "left_company": "companies", "right_company": "companies"},
    measure="effort_points",
    when_empty="These two companies have no job in common",
)


def headline(rows: Rows) -> Claim:
    """Give the mean difference over the jobs, and how often chance alone makes it."""
    row = rows[0]
    return claim_jobs(
        row["left_company"],
        row["right_company"],
        row["mean_difference"],
        row["pair_count"],
        row["paired_stories"],
        row["p_value"],
        [each["left_points"] - each["right_points"] for each in rows],
    )


def subtitle(_: Rows) -> str:
    """Name the measure."""
    return "Effort points per story, for each job that both companies have stories of"


def describe(rows: Rows) -> str:
    """Say every figure, job by job."""
    row = rows[0]
    parts = [
        f"{each['job_label']}: {format_number(each['left_points'])} and {format_number(each['right_points'])}"
        for each in rows
    ]
    test = (
        "No test: with so few stories even the widest difference could be chance"
        if row["p_value"] is None
        else f"Permutation test over {format_number(row['arrangements'])} arrangements: p = {row['p_value']:.3g}"
    )
    return (
        f"Two dots per job, {row['left_company']} and {row['right_company']}, in effort points, widest difference"
        f" first. {'. '.join(parts)}. {test}."
    )


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw two dots for each job, and join them."""
    order = [row["job"] for row in rows]
    sides = ["left", "right"]
    y = layers.row_axis("job", order)
    heads = [
        {
            "job": row["job"],
            "head": row["job_label"],
            "figure": join_parts(
                [
                    f"{format_number(row['left_points'])} and {format_number(row['right_points'])}",
                    format_count(row["story_count"], "story"),
                ]
            ),
        }
        for row in rows
    ]
    dots = [
        row | {"side": side, "name": row[f"{side}_company"], "points": row[f"{side}_points"]}  # type: ignore[literal-required]
        for row in rows
        for side in sides
    ]
    stems = (
        alt.Chart(layers.data(rows, "job", "left_points", "right_points"))
        .mark_rule(color=theme.context, strokeWidth=2)
        .encode(y=y, x=alt.X(field="left_points", type="quantitative"), x2=alt.X2(field="right_points"))
    )
    marks = (
        alt.Chart(layers.data(dots, *CHART.drill_down, "side", "name", "points"))
        .mark_point(size=150, filled=True, opacity=1, cursor="pointer")
        .encode(
            y=y,
            x=effort_axis("points"),
            shape=alt.Shape(
                field="side",
                type="nominal",
                scale=alt.Scale(domain=sides, range=["circle", "diamond"]),
                legend=alt.Legend(orient="top", title=None, labelExpr=_name_sides(rows[0])),
            ),
            color=alt.Color(
                field="side", type="nominal", scale=alt.Scale(domain=sides, range=[theme.ink, theme.context])
            ),
            tooltip=layers.tooltip(company="name", points="points:q"),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    return layers.new_layer(stems, marks, *layers.row_heads(heads, "job", order, theme), height=layers.ROW * len(order))


def _name_sides(row: "MatchedPairsRow") -> str:
    """Write the expression that names the sides in the legend: Vega fails at a legend of a company `constructor`."""
    left, right = layers.name_literal(row["left_company"]), layers.name_literal(row["right_company"])
    return f"slice(datum.value === 'left' ? {left} : {right}, 1)"
