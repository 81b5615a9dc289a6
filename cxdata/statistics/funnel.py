"""Funnel limits: how far the mean of a company with so many values may lie from the mean of its field."""

from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from cxdata.statistics.comparison import MIN_STORIES

MIN_COMPANIES = 4  # of MIN_STORIES values each; fewer say too little of how companies differ
WINSORISED = 0.1  # share of the companies at either end that count as the company there
KEPT = 0.6787  # share of their variance that z-scores of the normal curve keep, so winsorised
LIMITS = (95.0, 99.8)  # percent of the companies within
MOST_FALSE = 0.05  # share of the sectors in which chance names a company
ROUNDS = 8  # of centre and variance, until they settle
HALVINGS = 40

Floats: TypeAlias = npt.NDArray[np.float64]
Side: TypeAlias = Literal["above", "below"]


@dataclass(frozen=True)
class Field:
    """What the companies of a field have in common.

    `centre` is the mean of all values, `within_variance` the variance of the values of one company, and
    `between_variance` how far companies differ beyond that, both in squared units of the values.
    """

    centre: float
    within_variance: float
    between_variance: float

    def reach(self, count: float, percent: float) -> float:
        """Return how far from the centre the means of so many values lie, of this percentage of companies."""
        normal = NormalDist().inv_cdf((1 + percent / 100) / 2)
        return float(normal * np.sqrt(self.within_variance / count + self.between_variance))


def describe_field(counts: npt.ArrayLike, means: npt.ArrayLike, variances: npt.ArrayLike) -> Field | None:
    """Return the field of companies with these counts, means and sample variances of their values.

    Companies of fewer than five values are left out. The variance within companies is pooled, and companies differ
    beyond it by an additive random effect (Spiegelhalter 2005, Statistics in Medicine 24:1185-1202). Its variance and
    the centre are those at which the z-scores, winsorised by a tenth at either end, scatter as those of the normal
    curve do: the moment estimate of DerSimonian and Laird (1986), iterated (Paule and Mandel 1982; DerSimonian and
    Kacker 2007). One step alone lets the few companies of most values pass as unusual (benchmarks/funnel_alarms.py).

    None of fewer than four companies, or where no company's values differ.
    """
    count, mean, variance = (np.asarray(each, dtype=np.float64) for each in (counts, means, variances))
    is_large = count >= MIN_STORIES
    count, mean, variance = count[is_large], mean[is_large], variance[is_large]
    if len(count) < MIN_COMPANIES:
        return None
    within = float(np.sum(variance * (count - 1)) / np.sum(count - 1))
    if within <= 0:
        return None
    centre, between = float(np.median(mean)), 0.0
    for _ in range(ROUNDS):
        between = _find_between(mean - centre, within / count)
        errors = np.sqrt(within / count + between)
        centre += float(np.sum(_winsorise((mean - centre) / errors) / errors) / np.sum(1 / errors**2))
    return Field(centre, within, between)


def _winsorise(z: Floats) -> Floats:
    # as numpy.clip of numpy.quantile, which takes ten times as long
    ordered = np.sort(z)
    place, part = divmod(WINSORISED * (len(z) - 1), 1)
    at = int(place)
    low = ordered[at] + part * (ordered[at + 1] - ordered[at])
    high = ordered[-1 - at] - part * (ordered[-1 - at] - ordered[-2 - at])
    return np.asarray(np.minimum(np.maximum(z, low), high))


def _find_between(away: Floats, mean_variances: Floats) -> float:
    """Return the variance between companies at which their winsorised z-scores scatter as they should; 0 or more."""
    due = KEPT * (len(away) - 1)

    def scatter(between: float) -> float:
        return float(np.sum(_winsorise(away / np.sqrt(mean_variances + between)) ** 2))

    if scatter(0.0) <= due:
        return 0.0
    low, high = 0.0, float(np.max(away**2)) / KEPT
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if scatter(middle) > due else (low, middle)
    return high


def find_side(field: Field, companies: int, count: int, mean: float, smallest: float, largest: float) -> Side | None:
    """Return on which side a company stands out, from the count, the mean and the extremes of its values.

    It stands out if its mean lies beyond the limits of 99.8%, and still does without any one of its values. Of more
    than 25 companies it lies further out, so that chance names one in at most 5 of 100 sectors (Sidak 1967). None else,
    and of fewer than five values.
    """
    if count < MIN_STORIES:
        return None
    reach = field.reach(count - 1, max(LIMITS[1], 100 * (1 - MOST_FALSE) ** (1 / companies)))
    if mean - (largest - mean) / (count - 1) > field.centre + reach:
        return "above"
    if mean + (mean - smallest) / (count - 1) < field.centre - reach:
        return "below"
    return None
