"""Effort over time: the effort points of a story, by month or quarter, with the limits of what chance does."""

from typing import TYPE_CHECKING, TypeAlias

from cxdata.charts.change.courses import draw_course, read_course, write_description, write_subtitle
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.theme import Theme
from cxdata.claims.change import Course, claim_change
from cxdata.claims.claim import Claim

if TYPE_CHECKING:
    from cxdata.questions.rows import EffortOverTimeRow

Rows: TypeAlias = "list[EffortOverTimeRow]"

CHART = Declaration(
    question="effort_over_time",
    rows=(),
    drill_down={"period": "periods"},
    scope={"period": "periods"},
    measure="effort_points",
    when_empty="No story here has a date that names a month or a quarter",
)


def headline(rows: Rows) -> Claim:
    """Say whether the newest period is unusual, or why nobody can say."""
    return claim_change(_course(rows))


def subtitle(rows: Rows) -> str:
    """Name the measure, and explain the line and the band."""
    return write_subtitle(rows, _course(rows), "Effort points a story")


def describe(rows: Rows) -> str:
    """Say every figure, period by period."""
    return write_description(rows, _course(rows))


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw the line of the periods with the band of chance; name the periods that stand out."""
    return draw_course(rows, _course(rows), theme)


def _course(rows: Rows) -> Course:
    return read_course(rows, "effort", "Effort")
