"""Effort type over time: the share of stories that have it, by month or quarter, with the limits of chance."""

from typing import TYPE_CHECKING, TypeAlias

from cxdata.charts.change.courses import draw_course, read_course, write_description, write_subtitle
from cxdata.charts.kit.declaration import Declaration, Drawing
from cxdata.charts.kit.theme import Theme
from cxdata.claims.change import Course, claim_change
from cxdata.claims.claim import Claim
from cxdata.claims.grammar import uncapitalise

if TYPE_CHECKING:
    from cxdata.questions.rows import TypeOverTimeRow

Rows: TypeAlias = "list[TypeOverTimeRow]"

CHART = Declaration(
    question="type_over_time",
    rows=(),
    drill_down={"period": "periods", "driver": "read_driver"},
    scope={"period": "periods", "driver": "read_driver"},
    measure="type_share",
    when_empty="No story here has a date that names a month or a quarter",
)


def headline(rows: Rows) -> Claim:
    """Say whether the newest period is unusual, or why nobody can say."""
    return claim_change(_course(rows))


def subtitle(rows: Rows) -> str:
    """Name the measure, and explain the line and the band."""
    return write_subtitle(rows, _course(rows), f"Share of stories with {uncapitalise(rows[0]['driver_label'])}")


def describe(rows: Rows) -> str:
    """Say every figure, period by period."""
    return write_description(rows, _course(rows))


def draw(rows: Rows, theme: Theme) -> Drawing:
    """Draw the line of the periods with the band of chance; name the periods that stand out."""
    return draw_course(rows, _course(rows), theme)


def _course(rows: Rows) -> Course:
    return read_course(rows, "share", rows[0]["driver_label"])
