"""Fix first: the company, touchpoint and driver with the most effort points."""

from typing import TYPE_CHECKING, TypeAlias

from cxdata.charts.kit import bars
from cxdata.charts.kit.declaration import Declaration, Drawing, known
from cxdata.charts.kit.theme import Theme
from cxdata.text.formatting import format_count, format_points, format_pounds, format_work_time, join_list, join_parts

if TYPE_CHECKING:
    from cxdata.questions.rows import FixFirstRow

Rows: TypeAlias = "list[FixFirstRow]"

CHART = Declaration(
    question="fix_first",
    rows=("company", "touchpoint", "driver"),
    drill_down={"company": "company", "touchpoint": "touchpoint", "driver": "driver"},
    measure="effort_points",
    when_empty="No account here tells of work that the job did not need",
    leaves_out_complaints=True,
)


def headline(rows: Rows) -> str:
    """Name the row with most effort, and all rows of a tie."""
    ties = [row for row in rows if row["points_per_story"] == rows[0]["points_per_story"]]
    worth = format_work_time(rows[0]["points_per_story"])
    of_work = f"of work{_a_story(ties)}"
    if len(ties) == 1:
        return f"Fix first: {_where(rows[0])}, {worth} {of_work}"
    kinds = list(dict.fromkeys(row["driver_label"].lower() for row in ties))
    return f"Fix first, alike: {join_list(kinds, 3)}, {worth} {of_work} each"


def subtitle(rows: Rows) -> str:
    """Name the measure."""
    return (
        f"Effort points{_a_story(rows)} by company, touchpoint and driver, the {len(rows)} largest; GBP saved a story "
        "at assumed costs"
    )


def describe(rows: Rows) -> str:
    """Say every figure, row by row."""
    parts = [
        f"{_where(row)}: {format_points(row['points_per_story'])}{_a_story([row])} in"
        f" {format_count(row['story_count'], 'story')}" + (f", {_saved(row)}" if _saved(row) else "")
        for row in rows
    ]
    return f"Bars of effort points, largest first. {'; '.join(parts)}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a bar for each driver at a touchpoint of a company."""
    named = [
        row
        | {
            # a total would grow with the number of stories of a company
            "points": row["points_per_story"],
            "work": f"{row['company']}: {row['driver_label'].lower()}, {_at(row)}",
            "head": row["driver_label"],
            "detail": join_parts([f"{row['company']}, {_at(row)}", _saved(row)]),
        }
        for row in rows
    ]
    return bars.draw_bars(named, theme, "work", tuple(CHART.drill_down))


def _a_story(rows: Rows) -> str:
    """Return ' a story' if a company has several."""
    return " a story" if any(row["points"] != row["points_per_story"] for row in rows) else ""


def _where(row: "FixFirstRow") -> str:
    return f"{str(row['driver_label']).lower()} at {row['company']} ({_at(row)})"


def _at(row: "FixFirstRow") -> str:
    return str(row["touchpoint_label"]).lower()


def _saved(row: "FixFirstRow") -> str:
    return f"saves {format_pounds(row['saved_low'], known(row['saved_high']))}" if row["saved_low"] else ""
