"""How far coders agree: Krippendorff's alpha, with the interval that its jackknife gives."""

from dataclasses import dataclass
from typing import Literal

import krippendorff
import numpy as np
import numpy.typing as npt

Level = Literal["nominal", "ordinal"]
Counts = npt.NDArray[np.int64]

LEAST_ACCEPTABLE = 0.667  # below it Krippendorff would draw no conclusion from a code (Content Analysis, 2004, p. 241)
MIN_FOUND = 20  # units in which a coder found the code; alpha of fewer counts as no agreement, even if it is 1
MIN_UNITS = 10  # units; leaving one out of fewer says nothing of the spread
NORMAL_95 = 1.959964


@dataclass(frozen=True)
class Agreement:
    """Alpha, 1 for perfect agreement and 0 for chance; None where the codings leave nothing to agree on."""

    alpha: float | None
    low: float | None
    high: float | None


def krippendorff_alpha(counts: Counts, level: Level) -> Agreement:
    """Alpha and its 95% interval.

    `counts` has a row a unit and a column a value, in order: how many coders gave the unit that value. Alpha is that of
    Krippendorff ("Computing Krippendorff's Alpha-Reliability", 2011); units with one value are left out, as it defines.
    The interval is the jackknife's, units left out one by one (Quenouille 1956, Tukey 1958), cut at 1; it takes the
    units for independent, which encounters of one story are only in part.
    """
    pairable = counts[counts.sum(axis=1) > 1]
    whole = _alpha(pairable, level)
    units = len(pairable)
    if whole is None or units < MIN_UNITS:
        return Agreement(whole, None, None)
    # units that were coded alike leave the same alpha behind: as many are computed as there are kinds
    _, first, alike = np.unique(pairable, axis=0, return_index=True, return_counts=True)
    left: list[float] = []
    for place, times in zip(first, alike, strict=True):
        without = _alpha(np.delete(pairable, place, axis=0), level)
        if without is None:
            return Agreement(whole, None, None)
        left += [without] * int(times)
    spread = np.asarray(left) - np.mean(left)
    error = float(np.sqrt((units - 1) / units * np.sum(spread**2)))
    if error < 1e-12:
        return Agreement(whole, None, None)  # nothing varies, which says nothing of how much it might
    return Agreement(whole, max(whole - NORMAL_95 * error, -1.0), min(whole + NORMAL_95 * error, 1.0))


def _alpha(counts: Counts, level: Level) -> float | None:
    # one value throughout: nothing could have disagreed, and alpha is not defined
    if len(counts) == 0 or np.count_nonzero(counts.sum(axis=0)) < 2:
        return None
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement=level))
