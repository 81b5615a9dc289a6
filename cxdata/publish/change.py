"""The newest period beside the one before, and beside the same one last year, in sentences."""

from collections.abc import Sequence
from datetime import date

from cxdata.charts.change.courses import read_course
from cxdata.charts.change.names import Row
from cxdata.claims.change import claim_difference
from cxdata.claims.claim import Claim
from cxdata.statistics.control_chart import Measure

YEARS = 2  # of periods with a figure, from which a year has one to compare with
MONTHS = {"month": 1, "quarter": 3}


def compare_newest(rows: Sequence[Row], measure: Measure, subject: str) -> list[Claim]:
    """Claim from rows of a question over time how the newest period with a figure differs from two others.

    The first is the period before it, the second the same period a year earlier, from two years of periods on. A period
    with too few stories, or none, is left out.
    """
    course = read_course(rows, measure, subject)
    places = {row["starts_on"]: place for place, row in enumerate(rows) if row["value"] is not None}
    if not places:
        return []
    newest = max(places)
    length = MONTHS[course.length]
    back = [length, 12] if len(places) >= YEARS * 12 // length else [length]
    others = [places.get(_months_before(newest, months)) for months in back]
    own = course.periods[places[newest]]
    return [claim_difference(course, own, course.periods[place]) for place in others if place is not None]


def _months_before(day: date, months: int) -> date:
    place = 12 * day.year + day.month - 1 - months
    return date(place // 12, place % 12 + 1, 1)
