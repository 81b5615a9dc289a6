"""How many stories each of two companies needs before their means can be told apart."""

import math
from dataclasses import dataclass

from cxdata.statistics.student_t import critical_t, welch_freedom
from cxdata.statistics.summaries import Sample, Summary, summarise

FACTOR = 7.849  # (1.9600 + 0.8416) squared: a two-sided test at 5% that finds the difference in 80 of 100 cases
ADDED = 2  # stories; below 15 the formula gives too few
LEAST = 5  # stories; fewer cannot be tested
MIN_KNOWN = 10  # stories each; from fewer the number is a guess
EQUAL = 1e-9


@dataclass(frozen=True)
class StoriesNeeded:
    """The stories that each company needs: the range that holds the number in about 80 of 100 cases.

    `high` is None where the means may be equal for all that is known: then there is no most.
    """

    low: int
    high: int | None


def solve_stories(variance: float, other_variance: float, difference: float) -> float:
    """Return the stories a company for a difference that is known, before rounding and adding; infinite for 0."""
    if abs(difference) < EQUAL:
        return math.inf
    return FACTOR * (variance + other_variance) / difference**2


def estimate_stories(one: Sample, other: Sample) -> StoriesNeeded | None:
    """Return how many stories each of two companies needs for their means to differ by Welch's test, as a range.

    The range follows from the 80% interval of the difference of the means. None with under ten stories read of either,
    for means that are equal and for values without scatter. Raises ValueError for NaN and infinity.
    """
    left, right = (each if isinstance(each, Summary) else summarise(each) for each in (one, other))
    if left is None or right is None or min(left.count, right.count) < MIN_KNOWN:
        return None
    difference = abs(left.mean - right.mean)
    error = left.mean_variance + right.mean_variance
    if difference < EQUAL or error < EQUAL:
        return None
    freedom = welch_freedom(left.mean_variance, left.count, right.mean_variance, right.count)
    reach = float(critical_t(freedom, 20)) * math.sqrt(error)
    low, high = (
        solve_stories(left.variance, right.variance, each) for each in (difference + reach, difference - reach)
    )
    return StoriesNeeded(_whole(low), _whole(high) if difference - reach > EQUAL else None)


def _whole(stories: float) -> int:
    return max(math.ceil(stories) + ADDED, LEAST)
