"""Two companies side by side, over the same job."""

from collections.abc import Sequence
from dataclasses import dataclass

from cxdata.claims.claim import Claim
from cxdata.claims.further import say_further
from cxdata.claims.grammar import more_points, name_all, points, shown
from cxdata.statistics.summaries import Summary
from cxdata.text.formatting import format_number


@dataclass(frozen=True)
class Side:
    """One company of a pair: its points a story of the job, None without a story that was read for effort.

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
    a_story = "" if left.stories == right.stories == 1 else " a story"
    if not shown(left.points) and not shown(right.points):
        return Claim(
            "none", f"No effort found for this job at {left.company} or {right.company}", companies, (0.0,), stories
        )
    if shown(left.points) == shown(right.points):
        return Claim(
            "tied",
            f"{left.company} and {right.company} both took {points(left.points)}{a_story}",
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
    # one step without a counterpart is the whole difference
    parts = [f"{points(_sum(adding))} from {name_all([step.name for step in adding])}"]
    if taking:
        parts.append(f"less {format_number(_sum(taking))} from {name_all([step.name for step in taking])}")
    detail = (
        f": {', '.join(parts)}" if taking else f", from {name_all([step.name for step in adding])}" if adding else ""
    )
    return Claim(
        "described",
        f"{more.company} took {more_points(difference)}{a_story} than {less.company}{detail}",
        (more.company, less.company),
        (difference,),
        stories,
        further=say_further(more.company, _summary(more), less.company, _summary(less)),
    )


def _summary(side: Side) -> Summary:
    mean = side.points or 0.0
    return Summary(side.stories, mean, side.variance or 0.0, mean, mean)


def _sum(steps: Sequence[Step]) -> float:
    return abs(sum(step.difference for step in steps))
