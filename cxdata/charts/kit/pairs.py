"""The headline and the axis that charts of two companies share."""

from typing import TYPE_CHECKING

import altair as alt

from cxdata.charts.kit.declaration import known
from cxdata.text.formatting import format_points, join_list

if TYPE_CHECKING:
    from cxdata.questions.rows import HeadToHeadRow


def pair_headline(rows: "list[HeadToHeadRow]") -> str:
    """State the difference, and the drivers that make it."""
    row = rows[0]
    if not (row["left_stories"] and row["right_stories"]):
        silent = row["left_company"] if not row["left_stories"] else row["right_company"]
        return f"No story tells of this job at {silent}, so there is nothing to compare"
    story = "" if row["left_stories"] == row["right_stories"] == 1 else " a story"
    difference = row["total_difference"]
    if row["left_total"] == row["right_total"] == 0:
        return f"Neither {row['left_company']} nor {row['right_company']} made work that the job did not need"
    if difference == 0:
        same = f"{format_points(row['left_total'])}{story} each"
        return f"{row['left_company']} and {row['right_company']} made the same work: {same}"
    sign = 1 if difference > 0 else -1
    more, less = (row["left_company"], row["right_company"])[::sign]
    lead = join_list(_leading(rows, sign), 3)
    return f"{more} made {format_points(abs(difference))} more work{story} than {less}, above all {lead}"


def effort_axis(field: str) -> alt.X:
    """Build the axis of effort points a story, from zero."""
    return alt.X(
        field=field,
        type="quantitative",
        title="effort points a story",
        scale=alt.Scale(zero=True, nice=False),
        axis=alt.Axis(grid=True, tickCount=6),
    )


def _leading(rows: "list[HeadToHeadRow]", sign: int) -> list[str]:
    """Name the drivers that weigh most in the difference; all of a tie."""
    widest = max(sign * row["difference"] for row in rows)
    return [known(row["driver_label"]).lower() for row in rows if sign * row["difference"] == widest]
