"""Effort by driver: effort points of each company by driver, to do above, to feel below."""

from typing import TYPE_CHECKING, TypeAlias

from cxdata.charts.kit import discs
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.theme import Theme
from cxdata.claims.claim import Claim
from cxdata.claims.sources import Part, claim_part_of

if TYPE_CHECKING:
    from cxdata.questions.rows import EffortByDriverRow

Rows: TypeAlias = "list[EffortByDriverRow]"

CHART = Declaration(
    title="Effort types by company",
    question="effort_by_driver",
    rows=("driver",),
    drill_down={"company": "company", "driver": "driver"},
    measure="effort_points",
    when_empty="No effort was found in these stories",
    about_work=True,
)


def headline(rows: Rows) -> Claim:
    """Give the largest effort types of the company that comes first."""
    first = [row for row in rows if row["company_order"] == 1]
    parts = [Part(row["driver_label"].lower(), row["points_per_story"], row["points_per_story"]) for row in first]
    return claim_part_of(first[0]["company"], parts, first[0]["company_stories"])


def subtitle(_: Rows) -> str:
    """Name the measure and its unit."""
    return "Effort points per story by effort type · above: effort to do · below: effort to feel · blank: none found"


def describe(rows: Rows) -> str:
    """Say every figure, company by company."""
    return discs.describe_grid(rows, "driver", "effort types")


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a disc for each cell; effort to feel is lighter, and its label says so."""
    named = [row | {"driver_label": row["driver_label"] + (" (felt)" if row["kind"] == "feel" else "")} for row in rows]
    return discs.draw_discs(named, theme, "driver", counted="events")
