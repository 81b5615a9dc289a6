"""Convergence: published survey scores of the companies beside the effort in these stories."""

from typing import TYPE_CHECKING, TypeAlias

import altair as alt

from cxdata.charts.kit import layers, ranges
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.rows import first_rows
from cxdata.charts.kit.theme import Theme
from cxdata.claims.certainty import SurveyScore, claim_surveys
from cxdata.claims.claim import Claim
from cxdata.text.formatting import format_count, format_number, format_points

if TYPE_CHECKING:
    from cxdata.questions.rows import ConvergenceRow

Rows: TypeAlias = "list[ConvergenceRow]"

CHART = Declaration(
    title="Published survey scores",
    question="convergence",
    rows=("company", "measure", "period"),
    drill_down={"company": "company"},
    measure="satisfaction",
    when_empty="No company here has a score of a published survey",
)


def headline(rows: Rows) -> Claim:
    """Give the range of the scores; of scores and effort no relation is claimed."""
    stories = sum(row["story_count"] for row in first_rows(rows, "company"))
    return claim_surveys([SurveyScore(row["company"], row["share_of_scale"]) for row in rows], stories)


def subtitle(_: Rows) -> str:
    """Name the scores."""
    return "Published satisfaction scores, 0 to 100, higher is better · beside them the effort in these stories"


def describe(rows: Rows) -> str:
    """Say every figure, score by score."""
    parts = [
        f"{row['company']} {format_number(row['value'])} ({row['measure']}, {row['period']}), here {_ours(row)}"
        for row in rows
    ]
    return f"Dots of published scores from 0 to 100. {'. '.join(parts)}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a dot for each published score, with our effort points in words: the two share no scale."""
    drawn = [
        row
        | {
            "row": layers.row_key(row, CHART.rows),
            "head": row["company"],
            "detail": f"{row['measure']}, {row['period']}",
            "figure": f"{format_number(row['value'])} · here {_ours(row)}",
            "share": row["share_of_scale"] * 100,
        }
        for row in rows
    ]
    x = alt.X(
        type="quantitative",
        title="published score",
        scale=alt.Scale(domain=[0, 100], nice=False),
        axis=alt.Axis(grid=True, values=[0, 25, 50, 75, 100]),
    )
    return ranges.draw_ranges(
        drawn,
        theme,
        "row",
        x,
        [],
        "share",
        tuple(CHART.drill_down),
        layers.tooltip(company="company", measure="measure", publisher="publisher", value="value:q", note="note"),
    )


def _ours(row: "ConvergenceRow") -> str:
    if row["mean_points"] is None:
        return f"total effort unknown in {format_count(row['story_count'], 'story')}"
    return f"{format_points(row['mean_points'])} in {format_count(row['effort_count'], 'story')}"
