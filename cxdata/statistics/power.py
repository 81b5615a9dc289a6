"""How many more stories each of two companies needs before their means can be told apart."""

import math
from dataclasses import dataclass

from cxdata.statistics.student_t import critical_t, welch_freedom
from cxdata.statistics.summaries import Sample, Summary, summarise

FACTOR = 7.849  # (1.9600 + 0.8416) squared: a two-sided test at 5% that finds the difference in 80 of 100 cases
ADDED = 2  # stories; below 15 the formula gives too few
MIN_KNOWN = 10  # stories each; from fewer the number is a guess
EQUAL = 1e-9


@dataclass(frozen=True)
class MoreStories:
    """The further stories that each company needs, as a range: most often the number lies in it.

    `high` is None where the means may be equal for all that is known: then there is no most.
    """

    low: int
    high: int | None


def solve_more(one: Summary, other: Summary, difference: float) -> float:
    """Return the further stories a company for a difference that is known, before rounding; infinite for 0.

    Both companies get as many. It is the m for which the variance of the difference of the means, with counts that are
    larger by m less two, is difference squared / 7.849. Below 0 where fewer stories would do.
    """
    if abs(difference) < EQUAL:
        return math.inf
    least = difference**2 / FACTOR
    left, right = one.count - ADDED, other.count - ADDED
    # least (left + m) (right + m) = variance (right + m) + other variance (left + m), solved for the larger m
    linear = least * (left + right) - one.variance - other.variance
    constant = least * left * right - one.variance * right - other.variance * left
    return (math.sqrt(linear**2 - 4 * least * constant) - linear) / (2 * least)


def estimate_more(one: Sample, other: Sample) -> MoreStories | None:
    """Return how many more stories each of two companies needs for their means to differ by Welch's test, as a range.

    The range follows from the 80% interval of the difference of the means. None with under ten stories read of either,
    for means that are equal, for values without scatter, and where the stories there are should do. Raises ValueError
    for NaN and infinity.
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
    low = max(math.ceil(solve_more(left, right, difference + reach)), 1)
    if difference - reach < EQUAL:
        return MoreStories(low, None)
    high = math.ceil(solve_more(left, right, difference - reach))
    return MoreStories(low, high) if high > 0 else None
