"""Matched pairs: the effort points of two companies in each job that both have stories of."""

from typing import TYPE_CHECKING, TypeAlias

import altair as alt

from cxdata.charts.kit import layers
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.pairs import effort_axis
from cxdata.charts.kit.theme import Theme
from cxdata.claims.claim import Claim
from cxdata.claims.grammar import more_points, shown
from cxdata.text.formatting import format_count, format_number, join_parts

if TYPE_CHECKING:
    from cxdata.questions.rows import MatchedPairsRow

Rows: TypeAlias = "list[MatchedPairsRow]"

CHART = Declaration(
    question="matched_pairs",
    rows=("job",),
    drill_down={"job": "job", "left_company": "companies", "right_company": "companies"},
    measure="effort_points",
    when_empty="These two companies have no job in common",
)

ALIKE = 1e-9


def headline(rows: Rows) -> Claim:
    """State the direction, and how likely chance alone is to produce it."""
    row = rows[0]
    left, right, mean = row["left_company"], row["right_company"], row["mean_difference"]
    jobs, stories = format_count(row["pair_count"], "job"), sum(each["story_count"] for each in rows)
    if not shown(abs(mean)):
        sentence = f"Over {jobs}, {left} and {right} took the same effort on balance"
        return Claim("tied", sentence, (left, right), (mean,), stories)
    more, less = (left, right) if mean > 0 else (right, left)
    sentence = f"Over {jobs}, {more} took {more_points(abs(mean))} a job than {less}"
    if row["p_value"] is not None:
        sentence += f"; chance alone does that {_chance(row['p_value'])}"
    return Claim("described", sentence, (more, less), (abs(mean),), stories)


def subtitle(rows: Rows) -> str:
    """Name the measure, and the test or the reason for none."""
    row = rows[0]
    test = (
        "no test: with so few stories even a clean sweep could be chance"
        if row["p_value"] is None
        else f"permutation test over {row['arrangements']:,} arrangements, p = {row['p_value']:.3g}"
    )
    return f"Effort points per story of each job that both companies have stories of; {test}"


def describe(rows: Rows) -> str:
    """Say every figure, job by job."""
    row = rows[0]
    parts = [
        f"{each['job_label']} {format_number(each['left_points'])} and {format_number(each['right_points'])}"
        for each in rows
    ]
    return (
        f"Two dots a job, {row['left_company']} and {row['right_company']}, in effort points, widest difference first. "
        f"{'; '.join(parts)}. {subtitle(rows).partition('; ')[2].capitalize()}."
    )


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw two dots for each job, and join them."""
    order = [row["job"] for row in rows]
    sides = [rows[0]["left_company"], rows[0]["right_company"]]
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
        row | {"side": company, "points": points}
        for row in rows
        for company, points in ((row["left_company"], row["left_points"]), (row["right_company"], row["right_points"]))
    ]
    stems = (
        alt.Chart(layers.data(rows, "job", "left_points", "right_points"))
        .mark_rule(color=theme.context, strokeWidth=2)
        .encode(y=y, x=alt.X(field="left_points", type="quantitative"), x2=alt.X2(field="right_points"))
    )
    marks = (
        alt.Chart(layers.data(dots, *CHART.drill_down, "side", "points"))
        .mark_point(size=150, filled=True, opacity=1, cursor="pointer")
        .encode(
            y=y,
            x=effort_axis("points"),
            shape=alt.Shape(
                field="side",
                type="nominal",
                scale=alt.Scale(domain=sides, range=["circle", "diamond"]),
                legend=alt.Legend(orient="top", title=None),
            ),
            color=alt.Color(
                field="side", type="nominal", scale=alt.Scale(domain=sides, range=[theme.ink, theme.context])
            ),
            tooltip=layers.tooltip(company="side", points="points:q"),
        )
        .properties(name=layers.CLICKABLE_LAYER)
    )
    return layers.new_layer(stems, marks, *layers.row_heads(heads, "job", order, theme), height=layers.ROW * len(order))


def _chance(p_value: float) -> str:
    return "in fewer than 1 of 1,000 cases" if p_value < 0.001 else f"in {round(p_value * 1000)} of 1,000 cases"
