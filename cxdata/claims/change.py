"""Change over time: what the newest month or quarter says, and how often chance marks an older one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cxdata.claims.claim import Claim
from cxdata.claims.grammar import name_all, spell
from cxdata.statistics.comparison import MIN_STORIES
from cxdata.statistics.control_chart import (
    MIN_EXPECTED,
    MIN_MEDIAN,
    MIN_PERIODS,
    Measure,
    Reason,
    Side,
    Signal,
)
from cxdata.text.formatting import format_count, format_number, format_percent, format_points, format_signed

Length = Literal["month", "quarter"]
MOST_NEWEST = 3  # of 100 charts without a change in which chance marks the newest period: benchmarks/README.md
RANGE: dict[Measure, dict[Side, str]] = {
    "experience": {"above": "unusually good", "below": "unusually bad"},
    "effort": {"above": "unusually high", "below": "unusually low"},
    "share": {"above": "unusually common", "below": "unusually rare"},
}
AVERAGE: dict[Measure, dict[Side, str]] = {
    "experience": {"above": "better than average", "below": "worse than average"},
    "effort": {"above": "above average", "below": "below average"},
    "share": {"above": "more common than average", "below": "rarer than average"},
}


@dataclass(frozen=True)
class Period:
    """A month or quarter, its number of stories and its figure; `value` is None with under five stories.

    `lower` and `upper` are the limits of what chance does, None where there are none. `signal` says how the period
    stands out, and `side` on which side.
    """

    label: str
    stories: int
    value: float | None
    lower: float | None = None
    upper: float | None = None
    signal: Signal | None = None
    side: Side | None = None


@dataclass(frozen=True)
class Course:
    """The periods of a chart over time, the oldest first, one or more.

    `subject` is what is measured, such as 'Effort' or the name of an effort type. `reason` says why there are no
    limits, and `alarms` in how many of 100 such charts chance marks a period.
    """

    measure: Measure
    subject: str
    length: Length
    periods: Sequence[Period]
    reason: Reason | None
    alarms: int | None
    company: str | None = None

    @property
    def points(self) -> list[Period]:
        """The periods with a figure."""
        return [period for period in self.periods if period.value is not None]

    @property
    def name(self) -> str:
        """The subject with its company: 'Effort at AO.com'."""
        return f"{self.subject} at {self.company}" if self.company else self.subject


def claim_change(course: Course) -> Claim:
    """Say whether the newest period differs from what chance does, or why nobody can say.

    A period further back is named in the note, with the number of charts in which chance alone marks one.
    """
    points = course.points
    stories = sum(period.stories for period in points)
    subjects = (course.company,) if course.company else ()
    if not points:
        fullest = max(period.stories for period in course.periods)
        sentence = f"Too few stories have a date to show a change{f' at {course.company}' if course.company else ''}"
        note = f"a {course.length} needs {spell(MIN_STORIES)} stories, and the fullest has {format_number(fullest)}"
        return Claim("unknown", sentence, subjects, stories=sum(each.stories for each in course.periods), note=note)
    newest = points[-1]
    value = newest.value or 0.0
    figure, figures = format_figure(course.measure, value), (value,)
    if len(points) == 1:
        sentence = f"{course.name} in {newest.label}: {figure}, with no other {course.length} to compare"
        return Claim("described", sentence, subjects, figures, stories)
    if course.reason:
        sentence, note = _explain(course, newest, figure)
        return Claim("described", sentence, subjects, figures, stories, note=note)
    if newest.signal and newest.side:
        sentence = _describe_signal(course, newest, figure)
        chance = f"chance marks the newest {course.length} in up to {MOST_NEWEST} of 100 charts"
        note = f"{_usual(course, newest)}, and {chance}"
        return Claim("described", sentence, subjects, figures, stories, note=note)
    sentence = f"{course.name} in {newest.label} is within its usual range: {figure}"
    return Claim("described", sentence, subjects, figures, stories, note=f"{_usual(course, newest)}{_older(course)}")


def format_figure(measure: Measure, value: float) -> str:
    """Write a figure with its unit: '+2.5', '24 points a story', '56% of stories'."""
    if measure == "experience":
        return format_signed(value)
    return f"{format_points(value)} a story" if measure == "effort" else f"{format_percent(value)} of stories"


def format_plain(measure: Measure, value: float) -> str:
    """Write a figure without its unit, for ranges: '+2.5', '24', '56%'."""
    if measure == "experience":
        return format_signed(value)
    return format_number(value) if measure == "effort" else format_percent(value)


def count_run(points: Sequence[Period], place: int) -> int:
    """Count the neighbouring periods up to a place that are marked by the rule of seven on its side."""
    side, number = points[place].side, 0
    while place - number >= 0 and points[place - number].side == side:
        number += 1
    return number


def _explain(course: Course, newest: Period, figure: str) -> tuple[str, str]:
    """Say why there are no limits, as a sentence about the newest period, and what limits need."""
    many = f"{course.length}s"
    if course.reason == "same":
        return f"{course.name} is the same in every {course.length}: {figure}", ""
    what = many if course.reason == "few periods" else "stories"
    sentence = f"{course.name} in {newest.label}: {figure}, with too few {what} to tell a change from chance"
    five = f"{spell(MIN_EXPECTED)} stories"
    needs = {
        "few periods": f"{MIN_PERIODS} {many} with {five} each, and there are {spell(len(course.points))}",
        "few stories": f"{MIN_MEDIAN} stories in a typical {course.length}",
        "rare": f"{five} with it, and as many without it, in a typical {course.length}",
    }
    return sentence, f"limits need {needs[course.reason or 'rare']}"


def _describe_signal(course: Course, newest: Period, figure: str) -> str:
    side: Side = newest.side or "above"
    if newest.signal == "outside":
        return f"{course.name} in {newest.label} is {RANGE[course.measure][side]}: {figure}"
    if newest.signal == "two_of_three":
        word = RANGE[course.measure][side]
        return f"{course.name} was nearly {word} in two of the last three {course.length}s: {figure} in {newest.label}"
    run = count_run(course.points, len(course.points) - 1)
    return f"{course.name} has been {AVERAGE[course.measure][side]} for {spell(run)} {course.length}s: {figure}"


def _usual(course: Course, newest: Period) -> str:
    ends = [format_plain(course.measure, end or 0.0) for end in (newest.lower, newest.upper)]
    return f"usual range {ends[0]} to {ends[1]}" if ends[0] != ends[1] else f"usual {ends[0]}"


def _older(course: Course) -> str:
    """Name the marked periods further back, beside what chance alone does; '' without any."""
    rows = _marked_rows(course.points)
    if not rows or course.alarms is None:
        return ""
    named = [first.label if first is last else f"{first.label} to {last.label}" for first, last in reversed(rows)]
    return f", marked before: {name_all(named)}, as chance alone does in {course.alarms} of 100 such charts"


def _marked_rows(points: Sequence[Period]) -> list[tuple[Period, Period]]:
    """Give the first and the last of neighbouring periods that stand out on one side, the oldest first."""
    rows: list[tuple[Period, Period]] = []
    before: Period | None = None
    for point in points:
        if point.signal:
            follows = before is not None and before.side == point.side
            rows[-1:] = [(rows[-1][0], point)] if follows else [*rows[-1:], (point, point)]
        before = point
    return rows


def describe_period(course: Course, period: Period) -> str:
    """Write a period's figures for an alt text: 'March 2024 +2.5 (30 stories), unusually good'."""
    stories = format_count(period.stories, "story")
    if period.value is None:
        return f"{period.label} too few ({stories})"
    words = ""
    if period.signal and period.side:
        words = {
            "outside": f", {RANGE[course.measure][period.side]}",
            "two_of_three": ", near the limit",
            "seven_one_side": f", in a row {AVERAGE[course.measure][period.side]}",
        }[period.signal]
    return f"{period.label} {format_plain(course.measure, period.value)} ({stories}){words}"
