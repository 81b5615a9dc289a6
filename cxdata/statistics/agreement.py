"""How far coders agree: Krippendorff's alpha, with the interval that a bootstrap gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Level = Literal["nominal", "ordinal", "ratio"]
Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

LEAST_ACCEPTABLE = 0.667  # below it Krippendorff would draw no conclusion from a code (Content Analysis, 2004, p. 241)
MIN_FOUND = 20  # units in which a coder found the code; alpha of fewer counts as no agreement, even if it is 1
MIN_UNITS = 10  # units; resampling fewer says nothing of the spread
RESAMPLES = 2_000
AT_ONCE = 100  # resamples in memory
TAIL = 0.025  # of a 95% interval


@dataclass(frozen=True)
class Agreement:
    """Alpha, 1 for perfect agreement and 0 for chance; None where the codings leave nothing to agree on."""

    alpha: float | None
    low: float | None
    high: float | None


def krippendorff_alpha(counts: Counts, level: Level, values: Sequence[float] = ()) -> Agreement:
    """Alpha and its 95% interval.

    `counts` has a row a unit and a column a value, in order: how many coders gave the unit that value. `values` has the
    value of each column, for the level 'ratio' alone; none is below 0. Alpha is that of Krippendorff ("Computing
    Krippendorff's Alpha-Reliability", 2011); units with one value are left out, as it defines.

    The interval holds the middle 95% of 2,000 resamples of the units (Efron and Tibshirani 1993, chapter 13). A
    resample in which all values are the same counts as alpha 0. Where nobody disagrees, resampling cannot vary: the
    lower bound then assumes the most disagreement that so many units leave open (Clopper and Pearson 1934). Units
    count as independent, which encounters of one story are only in part.
    """
    pairable = counts[counts.sum(axis=1) > 1]
    if len(pairable) == 0:
        return Agreement(None, None, None)
    # alike units are drawn together: a resample is how often each kind comes up
    kinds, times = np.unique(pairable, axis=0, return_counts=True)
    distances = None if level == "ordinal" else _distances(kinds.shape[1], level, values)
    alpha = float(_alphas(times[np.newaxis].astype(np.float64), kinds, distances)[0])
    units = len(pairable)
    if np.isnan(alpha):
        return Agreement(None, None, None)
    if units < MIN_UNITS:
        return Agreement(alpha, None, None)
    if np.all(np.count_nonzero(kinds, axis=1) == 1):
        return Agreement(alpha, _perfect_bound(times @ kinds, units), 1.0)
    random = np.random.default_rng(1)  # the same codings have the same interval
    resampled = np.concatenate(
        [
            _alphas(random.multinomial(units, times / units, AT_ONCE).astype(np.float64), kinds, distances)
            for _ in range(RESAMPLES // AT_ONCE)
        ]
    )
    low, high = np.quantile(np.nan_to_num(resampled, nan=0.0), (TAIL, 1 - TAIL))
    return Agreement(alpha, max(float(low), -1.0), min(float(high), 1.0))


def _alphas(weights: Floats, kinds: Counts, distances: Floats | None) -> Floats:
    """Compute alpha of each row of `weights`: how often each kind of unit comes up. NaN where all values are the same.

    `distances` has the squared difference of each two values; None means ordinal, where it follows from the ranks.
    """
    sizes = kinds.sum(axis=1)
    totals = weights @ kinds
    count = totals.sum(axis=1)
    if distances is None:
        # the ordinal difference is that of the middle ranks
        ranks = np.cumsum(totals, axis=1) - totals / 2
        within = 2 * (sizes * (ranks**2 @ kinds.T) - (ranks @ kinds.T) ** 2) / (sizes - 1)
        observed = (weights * within).sum(axis=1)
        expected = 2 * (count * (totals * ranks**2).sum(axis=1) - (totals * ranks).sum(axis=1) ** 2)
    else:
        observed = weights @ (((kinds @ distances) * kinds).sum(axis=1) / (sizes - 1))
        expected = ((totals @ distances) * totals).sum(axis=1)
    varies = np.count_nonzero(totals, axis=1) > 1
    found = np.full(len(weights), np.nan)
    found[varies] = 1 - (count[varies] - 1) * observed[varies] / expected[varies]
    return found


def _distances(size: int, level: Level, values: Sequence[float]) -> Floats:
    if level == "nominal":
        return 1 - np.eye(size)
    each = np.asarray(values, dtype=np.float64)
    sums = each[:, np.newaxis] + each
    difference = each[:, np.newaxis] - each
    return np.divide(difference, sums, out=np.zeros_like(sums), where=sums > 0) ** 2


def _perfect_bound(totals: Counts, units: int) -> float:
    """Return the lower bound of alpha where no unit has two values.

    At most this share of units disagrees, at 97.5%; a pair that disagrees differs as much as two unlike values of
    chance do on average.
    """
    share = 1 - TAIL ** (1 / units)
    count = totals.sum()
    unlike = 1 - (totals * (totals - 1)).sum() / (count * (count - 1))
    return float(max(1 - share / unlike, -1.0))
