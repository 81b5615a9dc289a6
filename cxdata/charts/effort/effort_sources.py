"""Effort sources: effort points by driver, most first."""

from typing import TYPE_CHECKING, TypeAlias

from cxdata.charts.kit import bars
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.theme import Theme
from cxdata.claims.claim import Claim
from cxdata.claims.sources import Part, claim_largest_part
from cxdata.text.formatting import format_count, format_points

if TYPE_CHECKING:
    from cxdata.questions.rows import EffortSourcesRow

Rows: TypeAlias = "list[EffortSourcesRow]"

CHART = Declaration(
    title="Where effort comes from",
    question="effort_sources",
    rows=("driver",),
    drill_down={"driver": "driver"},
    measure="effort_points",
    when_empty="No effort was found in these stories",
    about_work=True,
)


def headline(rows: Rows) -> Claim:
    """Claim which effort type is largest in these stories, where no single story decides it."""
    parts = [Part(row["driver_label"].lower(), row["points"], row["largest_part"]) for row in rows]
    first = rows[0]
    whole = first["points"] / first["share"] if first["share"] else 0.0
    return claim_largest_part(parts, whole, first["read_count"])


def subtitle(rows: Rows) -> str:
    """Name the measure, and count the effort types shown."""
    return f"Effort points by effort type, the {format_count(len(rows), 'largest', 'largest')}"


def describe(rows: Rows) -> str:
    """Say every figure, driver by driver."""
    parts = [
        f"{row['driver_label']}: {format_points(row['points'])} in {format_count(row['story_count'], 'story')} of "
        f"{format_count(row['companies'], 'company')}"
        for row in rows
    ]
    return f"Bars of effort points by effort type, largest first. {'. '.join(parts)}."


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw a bar for each driver."""
    return bars.draw_bars(rows, theme, "driver_label", tuple(CHART.drill_down))
