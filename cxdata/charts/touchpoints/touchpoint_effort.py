"""Touchpoint effort: the effort points of each company at each touchpoint."""

from typing import TYPE_CHECKING, TypeAlias

from cxdata.charts.kit import discs
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.rows import group_rows
from cxdata.charts.kit.theme import Theme
from cxdata.claims.claim import Claim
from cxdata.claims.grammar import agree, capitalise, name_all, points, shown, these_stories

if TYPE_CHECKING:
    from cxdata.questions.rows import TouchpointEffortRow

Rows: TypeAlias = "list[TouchpointEffortRow]"

CHART = Declaration(
    question="touchpoint_effort",
    rows=("touchpoint",),
    drill_down={"company": "company", "touchpoint": "touchpoint"},
    measure="effort_points",
    when_empty="No effort is known at any touchpoint",
    when_complaints=("Complaints show how they were sent, not the touchpoints of the companies"),
    about_work=True,
)


def headline(rows: Rows) -> Claim:
    """Give the cell with most effort, and all cells of a tie; it describes these stories."""
    stories = sum(max(row["story_count"] for row in group) for group in group_rows(rows, "company").values())
    most = max(shown(row["points_per_story"]) for row in rows)
    if not most:
        return Claim("none", f"No effort found at any touchpoint of {these_stories(stories)}", stories=stories)
    top = [row for row in rows if shown(row["points_per_story"]) == most]
    where = name_all([f"{row['touchpoint_label'].lower()} ({row['company']})" for row in top], 2)
    sentence = f"{capitalise(where)} {agree(len(top), '', 'each ')}took {points(most)} a story"
    return Claim("described", sentence, tuple(row["company"] for row in top), (most,), stories)


def subtitle(_: Rows) -> str:
    """Name the measure and its unit."""
    return "Effort points a story at each touchpoint; 0: none found; blank: no story has it"


def describe(rows: Rows) -> str:
    """Say every figure, company by company."""
    return discs.describe_grid(rows, "touchpoint", "touchpoints")


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a disc for each cell, and only a 0 where the touchpoint needed no effort."""
    return discs.draw_discs(rows, theme, "touchpoint")
