"""Effort by driver: effort points of each company by driver, to do above, to feel below."""

from typing import TYPE_CHECKING, TypeAlias

from cxdata.charts.kit import discs
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.theme import Theme
from cxdata.text.formatting import join_list

if TYPE_CHECKING:
    from cxdata.questions.rows import EffortByDriverRow

Rows: TypeAlias = "list[EffortByDriverRow]"

CHART = Declaration(
    question="effort_by_driver",
    rows=("driver",),
    drill_down={"company": "company", "driver": "driver"},
    measure="effort_points",
    when_empty="These stories tell of nothing of the kind",
    about_work=True,
)


def headline(rows: Rows) -> str:
    """Name the largest driver of the company with most effort."""
    first = [row for row in rows if row["company_order"] == 1]
    top = [row["driver_label"].lower() for row in first if row["points"] == first[0]["points"]]
    if first[0]["company_points"] == 0:
        return "No story here tells of work that the job did not need"
    alike = "alike" if len(top) > 1 else f"{first[0]['share']:.0%} of it"
    return f"At {first[0]['company']} most work is {join_list(top, 3)}, {alike}"


def subtitle(_: Rows) -> str:
    """Name the measure and its unit."""
    return "Effort points a story by driver, to do above, to feel below (felt); blank: none found"


def describe(rows: Rows) -> str:
    """Say every figure, company by company."""
    return discs.describe_grid(rows, "driver", "drivers")


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a disc for each cell; effort to feel is lighter, and its label says so."""
    named = [row | {"driver_label": row["driver_label"] + (" (felt)" if row["kind"] == "feel" else "")} for row in rows]
    return discs.draw_discs(named, theme, "driver", counted="events")
