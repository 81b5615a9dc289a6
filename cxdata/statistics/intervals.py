"""How far a mean could lie from what a few stories show: the studentised bootstrap, and the gamma curve for many."""

from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from cxdata.statistics.student_t import critical_t

MIN_SAMPLE = 5  # values; of fewer nothing is said but what they are
RESAMPLES = 2000
# Up to the first the values are resampled; beyond the second the gamma curve holds as well, and needs no list of them.
# Between the two the ends pass from one to the other in step with the number, so that no story makes them jump.
SMALL, LARGEST_RESAMPLED = 100, 200
MOST_EQUAL = 1e-9  # points; what differs by less does not differ
MIN_EFFECTIVE = 5  # equal stories that would scatter as much; fewer with effort say too little of the mean
# Of skewed values an interval misses more often than it says: the bootstrap-t those means that lie above it, for a few
# stories seldom hold the highest effort. Each end is asked for its own share of the misses (calibration of a confidence
# point: Loh 1987; Efron and Tibshirani 1993, ch. 18.3), so that both methods miss 3 to 7 times in 100 where they say 5:
# benchmarks/interval_coverage.py
MISSES_BELOW, MISSES_ABOVE, CURVE_MISSES = 1.0, 0.45, 0.85
SEED = 20170605  # the same stories have the same interval every time

Interval = tuple[float, float]


def mean_interval(values: npt.ArrayLike, share: float = 0.95) -> Interval | None:
    """Return the interval that holds the mean of these values in this share of cases; none of them can be below 0.

    The bootstrap-t up to 100 values, `gamma_interval` over 200, and a weighted mean of their ends between. None for
    fewer than five values, for values too much alike to tell a scatter from, and where too few are above 0.
    """
    sample = np.asarray(values, dtype=np.float64)
    count = len(sample)
    weight = min(max((count - SMALL) / (LARGEST_RESAMPLED - SMALL), 0.0), 1.0)
    tail = (1 - share) / 2
    resampled = bootstrap_t(sample, MISSES_BELOW * tail, MISSES_ABOVE * tail) if weight < 1 else None
    if weight == 0:
        return resampled
    mean, scatter = float(sample.mean()), float(sample.std())
    by_curve = gamma_interval(mean, scatter, count, share, weight * MIN_EFFECTIVE)
    if weight == 1:
        return by_curve
    if resampled is None or by_curve is None:
        return None
    low, high = ((1 - weight) * one + weight * other for one, other in zip(resampled, by_curve, strict=True))
    return low, high


def bootstrap_t(values: npt.ArrayLike, below: float = 0.025, above: float = 0.025) -> Interval | None:
    """Return the bootstrap-t interval of Efron and Tibshirani (An Introduction to the Bootstrap, 1993, ch. 12.5).

    `below` and `above` are the shares of cases in which the mean may lie below the interval, and above it. Effort is
    skewed: the percentiles of the plain bootstrap cover the truth too seldom. None where too many draws are of one
    value throughout, for these say nothing of how far the mean could lie.
    """
    sample = np.asarray(values, dtype=np.float64)
    count = len(sample)
    if count < MIN_SAMPLE or np.ptp(sample) < MOST_EQUAL:
        return None
    mean, error = float(sample.mean()), float(sample.std()) / np.sqrt(count)
    drawn = sample[np.random.default_rng(SEED).integers(0, count, (RESAMPLES, count))]
    errors = drawn.std(axis=1) / np.sqrt(count)
    away = drawn.mean(axis=1) - mean
    # a draw of one value throughout lies infinitely far away, measured by its own scatter
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(np.abs(away) > MOST_EQUAL, away / errors, 0.0)
    low, high = np.quantile(t, [above, 1 - below], method="inverted_cdf")
    if not (np.isfinite(low) and np.isfinite(high)):
        return None
    return max(mean - float(high) * error, 0.0), mean - float(low) * error


def gamma_interval(
    mean: float, scatter: float, count: int, share: float = 0.95, min_effective: float = MIN_EFFECTIVE
) -> Interval | None:
    """Return the interval of the mean of many values from their mean, standard deviation (over n) and number.

    The gamma limits of Fay and Feuer (1997) for weighted sums of counts, one story of mean weight added to the upper
    one. Where many stories have no effort, the mean is that of k = (mean / its standard error)^2 equal stories, and as
    skewed; the normal curve misses it then. None below `min_effective` of them, or without scatter.
    """
    if count < MIN_SAMPLE or scatter < MOST_EQUAL or mean < MOST_EQUAL:
        return None
    effective = mean**2 * count / scatter**2
    if effective < min_effective:
        return None
    reach = NormalDist().inv_cdf(1 - CURVE_MISSES * (1 - share) / 2)
    scale = mean / effective
    return scale * _gamma_quantile(effective, -reach), scale * _gamma_quantile(effective + 1, reach)


def _gamma_quantile(shape: float, normal: float) -> float:
    """The gamma curve's quantile where the normal curve's is given, by Wilson and Hilferty (1931)."""
    return float(shape * max(1 - 1 / (9 * shape) + normal / (3 * shape**0.5), 0.0) ** 3)


def mean_margin(variance: float, count: int) -> float | None:
    """Return the 95% margin of a mean, in the units of the values; None under five values.

    `variance` is that of a sample (SQL: var_samp). It suits values between two ends, such as feelings. Effort is
    skewed: its interval is `mean_interval`.
    """
    return float(critical_t(count - 1)) * (variance / count) ** 0.5 if count >= MIN_SAMPLE else None


def t_interval(mean: float, variance: float, count: int) -> Interval | None:
    """Return Student's 95% interval of the mean of values that are not skewed, from the variance of the sample.

    None for fewer than five values, and without scatter.
    """
    margin = None if variance < MOST_EQUAL else mean_margin(variance, count)
    return None if margin is None else (mean - margin, mean + margin)


def share_interval(share: float, count: int) -> Interval | None:
    """Return the 95% interval of a share of so many stories (Wilson 1927); None for fewer than five."""
    if count < MIN_SAMPLE:
        return None
    z = NormalDist().inv_cdf(0.975)
    middle = (share + z**2 / (2 * count)) / (1 + z**2 / count)
    reach = z * (share * (1 - share) / count + z**2 / (4 * count**2)) ** 0.5 / (1 + z**2 / count)
    return max(middle - reach, 0.0), min(middle + reach, 1.0)
