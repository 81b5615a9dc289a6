"""Change over time: what the newest month or quarter says, and how often chance marks an older one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cxdata.claims.claim import Claim
from cxdata.claims.grammar import agree, name_all, spell, these_stories
from cxdata.statistics.comparison import MIN_STORIES, differ
from cxdata.statistics.control_chart import (
    MIN_EXPECTED,
    MIN_MEDIAN,
    MIN_PERIODS,
    Measure,
    Reason,
    Side,
    Signal,
)
from cxdata.statistics.summaries import Summary
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
    "share": {"above": "above average", "below": "below average"},
}
CHANGES: dict[Measure, tuple[str, str]] = {
    "experience": ("worse", "better"),
    "effort": ("less", "more"),
    "share": ("rarer", "more common"),
}


@dataclass(frozen=True)
class Period:
    """A month or quarter, its number of stories and its figure; `value` is None with under five stories.

    `variance` is that of the figure between its stories.

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
    variance: float | None = None


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
        sentence = f"{course.name} in {newest.label}: {figure}, no other {course.length} to compare"
        return Claim("described", sentence, subjects, figures, stories)
    if course.reason:
        sentence, note = _explain(course, newest, figure)
        return Claim("described", sentence, subjects, figures, stories, note=note)
    if newest.signal and newest.side:
        sentence = _describe_signal(course, newest, figure)
        note = f"chance marks the newest {course.length} in up to {MOST_NEWEST} of 100 charts"
        return Claim("described", sentence, subjects, figures, stories, note=note)
    sentence = f"{course.name} in {newest.label} is within its usual range: {figure}"
    return Claim("described", sentence, subjects, figures, stories, note=_older(course))


def format_figure(measure: Measure, value: float) -> str:
    """Write a figure with its unit: '+2.5', '24 points', '56%'."""
    return format_points(value) if measure == "effort" else format_plain(measure, value)


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


def claim_difference(course: Course, newest: Period, other: Period) -> Claim:
    """Set the newest period beside one other with a figure, and say whether chance can explain the difference.

    Where there are limits, two periods within them do not differ: a test of two would find a difference in one of
    twenty. Without limits, that test is all there is.
    """
    values = (newest.value or 0.0, other.value or 0.0)
    new, old = (format_figure(course.measure, value) for value in values)
    subjects = (course.company,) if course.company else ()
    stories = newest.stories + other.stories
    if new == old:
        return Claim("tied", f"{course.name} is as it was in {other.label}: {new}", subjects, values[:1], stories)
    start = f"{course.name} is {new} in {newest.label} and was {old} in {other.label}"
    if course.reason is None and not any(period.signal for period in (newest, other)):
        return Claim("described", f"{start}, both within the usual range", subjects, values, stories)
    beyond = differ(*(_summary(period) for period in (newest, other)))
    if beyond is None:
        return Claim("described", start, subjects, values, stories)
    if not beyond or _is_rare(course, newest, other):
        return Claim("described", f"{start}, which chance can explain", subjects, values, stories)
    word = CHANGES[course.measure][values[0] > values[1]]
    return Claim("described", f"{start}, which is {word} by more than chance explains", subjects, values, stories)


def _summary(period: Period) -> Summary:
    value = period.value or 0.0
    return Summary(period.stories, value, period.variance or 0.0, value, value)


def _is_rare(course: Course, *periods: Period) -> bool:
    """Whether too few stories have an effort type, or are without it, for a test of two shares."""
    if course.measure != "share":
        return False
    having = sum((period.value or 0.0) * period.stories for period in periods)
    return min(having, sum(period.stories for period in periods) - having) < MIN_EXPECTED * len(periods)


def _explain(course: Course, newest: Period, figure: str) -> tuple[str, str]:
    """Say why there are no limits, as a sentence about the newest period, and what limits need."""
    many = f"{course.length}s"
    if course.reason == "same":
        return f"{course.name} is the same in every {course.length}: {figure}", ""
    what = many if course.reason == "few periods" else "stories"
    sentence = f"{course.name} in {newest.label}: {figure}, too few {what} to compare"
    five = f"{spell(MIN_EXPECTED)} stories"
    needs = {
        "few periods": f"{MIN_PERIODS} {many}, and there {agree(len(course.points), 'is', 'are')} {len(course.points)}",
        "few stories": f"{MIN_MEDIAN} stories a {course.length}",
        "rare": f"{five} with it a {course.length}, and as many without it",
    }
    return sentence, f"limits need {needs[course.reason or 'rare']}"


def _describe_signal(course: Course, newest: Period, figure: str) -> str:
    side: Side = newest.side or "above"
    if newest.signal == "outside":
        return f"{course.name} in {newest.label} is {RANGE[course.measure][side]}: {figure}"
    if newest.signal == "two_of_three":
        word = RANGE[course.measure][side]
        return f"{course.name} was nearly {word} in two of three {course.length}s: {figure}"
    run = count_run(course.points, len(course.points) - 1)
    return f"{course.name} has been {AVERAGE[course.measure][side]} for {spell(run)} {course.length}s: {figure}"


def _older(course: Course) -> str:
    """Name the marked periods further back, beside what chance alone does; '' without any."""
    rows = _marked_rows(course.points)
    if not rows or course.alarms is None:
        return ""
    named = [first.label if first is last else f"{first.label} to {last.label}" for first, last in reversed(rows)]
    return f"marked: {name_all(named)}, as chance does in {course.alarms} of 100 such charts"


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


def say_needed(dated: int, stories: int, fullest: int, length: Length) -> str:
    """Say what a change over time needs, in sentences: `dated` of so many `stories` name a month or a quarter."""
    have = f"{format_number(dated)} of {format_count(stories, 'story')} here name the {length} in which it happened"
    if not dated:
        have = f"None of {these_stories(stories)} names the {length} in which it happened"
    most = f" The {length} with most stories has {format_number(fullest)}." if dated else ""
    return (
        f"{have}.{most} A {length} needs {spell(MIN_STORIES)} stories for a figure. To tell a change from chance, it"
        f" takes {MIN_PERIODS} {length}s with about {MIN_MEDIAN} stories each. That is some"
        f" {format_number(MIN_PERIODS * MIN_MEDIAN)} dated stories."
    )
