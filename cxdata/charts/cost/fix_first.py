"""Fix first: the company, touchpoint and driver with the most effort points."""

from typing import TYPE_CHECKING, TypeAlias

from cxdata.charts.kit import bars
from cxdata.charts.kit.declaration import Declaration, Drawing, known
from cxdata.charts.kit.rows import first_rows
from cxdata.charts.kit.theme import Theme
from cxdata.claims.claim import Claim
from cxdata.claims.fixes import Problem, claim_problems
from cxdata.claims.grammar import capitalise
from cxdata.text.formatting import format_count, format_points, format_pounds, join_parts

if TYPE_CHECKING:
    from cxdata.questions.rows import FixFirstRow

Rows: TypeAlias = "list[FixFirstRow]"

CHART = Declaration(
    title="Largest single problems",
    question="fix_first",
    rows=("company", "touchpoint", "driver"),
    drill_down={"company": "company", "touchpoint": "touchpoint", "driver": "driver"},
    measure="effort_points",
    when_empty="No effort was found in these stories",
)


def headline(rows: Rows) -> Claim:
    """Give the problem with most effort per story, and all problems of a tie."""
    problems = [
        Problem(
            str(row["driver_label"]).lower(),
            row["company"],
            _at(row),
            row["points_per_story"],
            row["points"] != row["points_per_story"],
        )
        for row in rows
    ]
    return claim_problems(problems, sum(row["company_stories"] for row in first_rows(rows, "company")))


def subtitle(rows: Rows) -> str:
    """Name the measure."""
    return (
        f"Effort points{_per_story(rows)} by company, touchpoint and effort type, the {len(rows)} largest · GBP saved"
        " at the prices assumed"
    )


def describe(rows: Rows) -> str:
    """Say every figure, row by row."""
    parts = [
        f"{capitalise(_where(row))}: {format_points(row['points_per_story'])}{_per_story([row])} in"
        f" {format_count(row['story_count'], 'story')}" + (f", {_saved(row)}" if _saved(row) else "")
        for row in rows
    ]
    return f"Bars of effort points, largest first. {'. '.join(parts)}."


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


def _per_story(rows: Rows) -> str:
    """Return ' per story' if a company has several."""
    return " per story" if any(row["points"] != row["points_per_story"] for row in rows) else ""


def _where(row: "FixFirstRow") -> str:
    return f"{str(row['driver_label']).lower()} at {row['company']} ({_at(row)})"


def _at(row: "FixFirstRow") -> str:
    return str(row["touchpoint_label"]).lower()


def _saved(row: "FixFirstRow") -> str:
    if not row["saved_low"]:
        return ""
    each = f" per story of {row['company']}" if row["company_stories"] > 1 else ""
    return f"saves {format_pounds(row['saved_low'], known(row['saved_high']))}{each}"
