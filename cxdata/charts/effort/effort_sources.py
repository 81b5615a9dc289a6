"""Effort sources: effort points by driver, most first."""

from typing import TYPE_CHECKING, TypeAlias

from cxdata.charts.kit import bars
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.theme import Theme
from cxdata.text.formatting import format_count, format_points, join_list

if TYPE_CHECKING:
    from cxdata.questions.rows import EffortSourcesRow

Rows: TypeAlias = "list[EffortSourcesRow]"

CHART = Declaration(
    question="effort_sources",
    rows=("driver",),
    drill_down={"driver": "driver"},
    measure="effort_points",
    when_empty="No account here tells of work that the job did not need",
    about_work=True,
)


def headline(rows: Rows) -> str:
    """Name the largest driver, and all drivers of a tie."""
    top = [row["driver_label"].lower() for row in rows if row["points"] == rows[0]["points"]]
    if len(top) > 1:
        return f"{join_list(top, 3).capitalize()} are the largest sources of needless work, alike"
    return f"{top[0].capitalize()} is the largest source of needless work: {rows[0]['share']:.0%} of it"


def subtitle(rows: Rows) -> str:
    """Name the measure, and count the drivers shown."""
    return f"Effort points by driver, the {format_count(len(rows), 'largest', 'largest')}"


def describe(rows: Rows) -> str:
    """Say every figure, driver by driver."""
    parts = [
        f"{row['driver_label']} {format_points(row['points'])} in {format_count(row['story_count'], 'story')} of "
        f"{format_count(row['companies'], 'company')}"
        for row in rows
    ]
    return f"Bars of effort points by driver, largest first. {'; '.join(parts)}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a bar for each driver."""
    return bars.draw_bars(rows, theme, "driver_label", tuple(CHART.drill_down))
