"""Touchpoint effort: the effort points of each company at each touchpoint."""

from typing import TYPE_CHECKING, TypeAlias

from cxdata.charts.kit import discs
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.rows import first_rows
from cxdata.charts.kit.theme import Theme
from cxdata.claims.claim import Claim
from cxdata.claims.touchpoints import Cell, claim_effort_cells

if TYPE_CHECKING:
    from cxdata.questions.rows import TouchpointEffortRow

Rows: TypeAlias = "list[TouchpointEffortRow]"

CHART = Declaration(
    title="Effort by touchpoint",
    question="touchpoint_effort",
    rows=("touchpoint",),
    drill_down={"company": "company", "touchpoint": "touchpoint"},
    measure="effort_points",
    when_empty="The effort at these touchpoints is unknown",
    when_complaints=("Complaints show how they were sent, not the touchpoints of the companies"),
    about_work=True,
)


def headline(rows: Rows) -> Claim:
    """Give the cell with most effort, and all cells of a tie."""
    cells = [Cell(row["company"], row["touchpoint_label"], row["points_per_story"], row["story_count"]) for row in rows]
    return claim_effort_cells(cells, sum(row["company_stories"] for row in first_rows(rows, "company")))


def subtitle(_: Rows) -> str:
    """Name the measure and its unit."""
    return "Effort points per story at each touchpoint · 0: none found · blank: no story has it"


def describe(rows: Rows) -> str:
    """Say every figure, company by company."""
    return discs.describe_grid(rows, "touchpoint", "touchpoints")


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a disc for each cell, and only a 0 where the touchpoint needed no effort."""
    return discs.draw_discs(rows, theme, "touchpoint")
