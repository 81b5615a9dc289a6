"""Touchpoint effort: the effort points of each company at each touchpoint."""

from typing import TYPE_CHECKING, TypeAlias

from cxdata.charts.kit import discs
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.theme import Theme
from cxdata.text.formatting import format_work_time, join_list

if TYPE_CHECKING:
    from cxdata.questions.rows import TouchpointEffortRow

Rows: TypeAlias = "list[TouchpointEffortRow]"

CHART = Declaration(
    question="touchpoint_effort",
    rows=("touchpoint",),
    drill_down={"company": "company", "touchpoint": "touchpoint"},
    measure="effort_points",
    when_empty="These stories tell of nothing of the kind",
    when_complaints=(
        "The ways by which complaints were sent, and the work that they tell of: no touchpoints of the companies"
    ),
    about_work=True,
)


def headline(rows: Rows) -> str:
    """Name the cell with most effort, and all cells of a tie."""
    most = max(row["points_per_story"] for row in rows)
    if most == 0:
        return "At no touchpoint did these accounts tell of needless work"
    top = [row for row in rows if row["points_per_story"] == most]
    where = join_list([f"{row['touchpoint_label'].lower()} ({row['company']})" for row in top], 2)
    each = " each" if len(top) > 1 else ""
    return f"Most needless work comes at {where}: {format_work_time(most)} worth{each}"


def subtitle(_: Rows) -> str:
    """Name the measure and its unit."""
    return "Effort points a story, 1 point about five minutes of needless work; 0: none found; blank: not met"


def describe(rows: Rows) -> str:
    """Say every figure, company by company."""
    return discs.describe_grid(rows, "touchpoint", "touchpoints")


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a disc for each cell, and only a 0 where the touchpoint needed no effort."""
    return discs.draw_discs(rows, theme, "touchpoint")
