"""Two companies side by side, over the same job or over all jobs of both."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxdata.claims.claim import Claim
from cxdata.claims.further import say_further
from cxdata.claims.grammar import NAMED, more_points, name_all, points, shown
from cxdata.statistics.summaries import Summary
from cxdata.text.formatting import format_count, format_number


@dataclass(frozen=True)
class Side:
    """One company of a pair: its points per story of the job, None without a story that was read for effort.

    `variance` is that of the points of its stories, None of fewer than two.
    """

    company: str
    points: float | None
    stories: int
    variance: float | None = None


@dataclass(frozen=True)
class Step:
    """An effort type of a pair: its name in a sentence, and its points at the left company less those at the right."""

    name: str
    difference: float


def claim_pair(left: Side, right: Side, steps: Sequence[Step]) -> Claim:
    """Give the difference between two companies, and the effort types that add to it and take from it.

    It describes these stories: two means of a few stories rank no companies.
    """
    companies, stories = (left.company, right.company), left.stories + right.stories
    if left.points is None or right.points is None:
        lacking = name_all([side.company for side in (left, right) if side.points is None])
        return Claim("unknown", f"No story of this job at {lacking} was read for effort", companies, stories=stories)
    per_story = "" if left.stories == right.stories == 1 else " per story"
    if not shown(left.points) and not shown(right.points):
        return Claim(
            "none", f"No effort was found for this job at {left.company} or {right.company}", companies, (0.0,), stories
        )
    if shown(left.points) == shown(right.points):
        return Claim(
            "tied",
            f"{left.company} and {right.company} both took {points(left.points)}{per_story}",
            companies,
            (left.points,),
            stories,
        )
    sign = 1 if left.points > right.points else -1
    more, less = (left, right)[::sign]
    difference = abs(left.points - right.points)
    adding = sorted(
        (step for step in steps if shown(sign * step.difference) > 0), key=lambda step: -abs(step.difference)
    )
    taking = [step for step in steps if shown(sign * step.difference) < 0]
    largest = abs(adding[0].difference) if adding else 0.0
    return Claim(
        "described",
        f"{more.company} took {more_points(difference)}{per_story} than {less.company}{_say_steps(adding, taking)}",
        (more.company, less.company),
        (difference, _sum(adding), _sum(taking), largest, len(adding)),
        stories,
        further=say_further(more.company, _summary(more), less.company, _summary(less)),
    )


def _say_steps(adding: Sequence[Step], taking: Sequence[Step]) -> str:
    """Say what the difference is made of: the sums of both ways, else the largest effort type or its tie."""
    if taking:
        return f" ({format_number(_sum(adding))} more, {format_number(_sum(taking))} less)"
    top = [step for step in adding if shown(abs(step.difference)) == shown(abs(adding[0].difference))]
    if len(adding) == len(top) == 1:
        return f", all from {top[0].name}"
    if len(adding) == 2:
        return f", from {name_all([step.name for step in adding])}"
    if len(top) > 1:
        return f", from {format_number(len(adding))} effort types"
    return f", {format_number(abs(top[0].difference))} of them from {top[0].name}" if top else ""


def claim_jobs(
    left: str, right: str, difference: float, jobs: int, stories: int, p_value: float | None, each: Sequence[float] = ()
) -> Claim:
    """Give the mean over jobs of the difference in points per story, left less right, and how often chance makes it.

    `p_value` is None where there are too few stories to test. `each` has the difference of each job, which a few jobs
    are the mean of.
    """
    over = f"Over {format_count(jobs, 'job')}"
    if not shown(abs(difference)):
        sentence = f"{over}, {left} and {right} took the same effort on balance"
        return Claim("tied", sentence, (left, right), (difference, jobs), stories)
    more, less = (left, right) if difference > 0 else (right, left)
    sentence = f"{over}, {more} took {more_points(abs(difference))} per story than {less}"
    note = (
        "too few stories to rule out chance"
        if p_value is None
        else f"chance alone makes such a difference in {_say_chance(p_value)}"
    )
    if 1 < len(each) <= NAMED:
        sides = " and ".join(format_number(abs(one)) + ("" if one * difference >= 0 else " less") for one in each)
        note = f"the mean of {sides}, {note}"
    return Claim("described", sentence, (more, less), (abs(difference), jobs), stories, note=note)


def _say_chance(p_value: float) -> str:
    return (
        "fewer than 1 of 1,000 cases" if p_value < 0.001 else f"{format_number(round(p_value * 1000))} of 1,000 cases"
    )


def _summary(side: Side) -> Summary:
    mean = side.points or 0.0
    return Summary(side.stories, mean, side.variance or 0.0, mean, mean)


def _sum(steps: Sequence[Step]) -> float:
    return abs(sum(step.difference for step in steps))
