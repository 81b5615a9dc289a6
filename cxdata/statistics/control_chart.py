"""Control charts: how far the figure of a period may lie from the mean by chance, and which periods lie further.

The limits are those of an XmR chart (Wheeler 2003, Making Sense of Data), with the correction of Laney (2002, Quality
Engineering 14:531-537) for periods of unequal numbers of stories. A period stands out by the rules of the NHS's
"Making Data Count". Its rule of seven points that rise or fall is left out: it sees under 2.5% of drifts.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

Measure: TypeAlias = Literal["effort", "experience", "share"]
Side: TypeAlias = Literal["above", "below"]
Signal: TypeAlias = Literal["outside", "two_of_three", "seven_one_side"]
Reason: TypeAlias = Literal["few periods", "few stories", "rare", "same"]
Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]

MIN_PERIODS = 12  # fewer tell too little of how periods scatter
MIN_MEDIAN = 20  # stories a period, for limits of a mean: fewer skewed values give false alarms
MIN_EXPECTED = 5  # stories a period with the effort type, and without it, for limits of a share
REACH = 3.0  # standard deviations to a limit
NEAR = 2.0  # standard deviations from which a period is near a limit
RANGE_FACTOR = 1.128  # mean difference of two neighbours, in standard deviations of the normal curve
RUN = 7  # periods on one side
NOTHING = 1e-9  # share of the size of the values; rounding leaves less
SIGNALS: tuple[Signal, ...] = ("outside", "two_of_three", "seven_one_side")

# Of 100 charts where nothing changes: in how many some period stands out, by the number of periods. Each measure has
# the fewest stories that give limits; more stories give fewer false alarms. benchmarks/control_chart_alarms.py
PERIODS = (12, 18, 24, 36, 48, 60, 90, 120)
FALSE_ALARMS: dict[Measure, tuple[int, ...]] = {
    "effort": (8, 16, 25, 41, 53, 63, 80, 89),
    "experience": (4, 10, 15, 26, 35, 43, 60, 71),
    "share": (6, 12, 19, 32, 43, 52, 70, 81),
}


@dataclass(frozen=True)
class Limited:
    """The limits of one period, in the unit of its value, and how it stands out; `side` is None where it does not."""

    lower: float
    upper: float
    signals: tuple[Signal, ...]
    side: Side | None


@dataclass(frozen=True)
class ControlChart:
    """The mean of all stories, and the limits of each period in the order given.

    `spread` is the standard deviation of a period with one story. `periods` is empty where no limits hold, and
    `reason` then says why.
    """

    centre: float
    spread: float
    periods: tuple[Limited, ...]
    reason: Reason | None


def chart_periods(values: npt.ArrayLike, counts: npt.ArrayLike, measure: Measure | None = None) -> ControlChart:
    """Return the control chart of neighbouring periods with these values, means of so many stories each.

    With a count of 1 each it is an XmR chart. `measure` asks for stories enough for limits; None takes any number.
    Leave periods of fewer than five stories out beforehand. Raises ValueError for no period.
    """
    value, count = np.asarray(values, dtype=np.float64), np.asarray(counts, dtype=np.float64)
    if not len(value):
        raise ValueError("a control chart has one period or more")
    centre = float(find_centre(value, count))
    spread = float(find_spread(value, count)) if len(value) > 1 else 0.0
    reason = _find_reason(value, count, centre, measure)
    if reason:
        return ControlChart(centre, spread, (), reason)
    reach = REACH * spread / np.sqrt(count)
    marked = find_signals(value, count)
    periods = tuple(
        Limited(
            lower=centre - float(reach[place]),
            upper=centre + float(reach[place]),
            signals=(signals := tuple(name for name in SIGNALS if marked[name][place])),
            side=("above" if value[place] > centre else "below") if signals else None,
        )
        for place in range(len(value))
    )
    return ControlChart(centre, spread, periods, None)


def find_centre(value: Floats, count: Floats) -> Floats:
    """Return the mean of all stories, of one series or of many (series, periods)."""
    return np.asarray((count * value).sum(axis=-1) / count.sum(axis=-1), dtype=np.float64)


def find_spread(value: Floats, count: Floats) -> Floats:
    """Return the standard deviation of a period with one story, from the differences of neighbours.

    Laney's z is (value - centre) / (sd / sqrt(count)) and his sigma the mean difference of neighbours' z, divided by
    1.128. The standard deviation within a period cancels in the limits, so it is not asked for.
    """
    scaled = (value - find_centre(value, count)[..., None]) * np.sqrt(count)
    return np.asarray(np.abs(np.diff(scaled, axis=-1)).mean(axis=-1) / RANGE_FACTOR, dtype=np.float64)


def find_signals(value: Floats, count: Floats) -> dict[Signal, Flags]:
    """Return which periods stand out by each rule, of one series or of many (series, periods).

    outside: beyond a limit. two_of_three: three neighbours on one side, two or more of them near the limit, which are
    marked. seven_one_side: seven neighbours or more on one side; a period on the centre ends the row.
    """
    centre, spread = find_centre(value, count)[..., None], find_spread(value, count)[..., None]
    away = value - centre
    away = np.where(np.abs(away) <= NOTHING * (1 + np.abs(centre)), 0.0, away) * np.sqrt(count)
    # a period on the limit, but for rounding, is within it
    outside = np.abs(away) > REACH * spread * (1 + NOTHING)
    near = (np.abs(away) > NEAR * spread * (1 + NOTHING)) & ~outside
    two_of_three, run = np.zeros_like(outside), np.zeros_like(outside)
    for side in (away > 0, away < 0):
        three = _windows(side, 3).all(axis=-1) & (_windows(near, 3).sum(axis=-1) >= 2)
        two_of_three |= _spread_back(three, 3, value.shape) & near & side
        seven = np.asarray(_windows(side, RUN).all(axis=-1))
        run |= _spread_back(seven, RUN, value.shape)
    return {"outside": outside, "two_of_three": two_of_three, "seven_one_side": run}


def count_false_alarms(measure: Measure, periods: int) -> int:
    """Return in how many of 100 charts without any change some period stands out, of so many periods."""
    return round(float(np.interp(periods, PERIODS, FALSE_ALARMS[measure])))


def _find_reason(value: Floats, count: Floats, centre: float, measure: Measure | None) -> Reason | None:
    if len(value) < MIN_PERIODS:
        return "few periods"
    if np.ptp(value) <= NOTHING * (1 + abs(centre)):
        return "same"
    middle = float(np.median(count))
    if measure in ("effort", "experience") and middle < MIN_MEDIAN:
        return "few stories"
    if measure == "share" and middle * min(centre, 1 - centre) < MIN_EXPECTED:
        return "rare"
    return None


def _windows(flags: Flags, length: int) -> Flags:
    if flags.shape[-1] < length:
        return np.zeros((*flags.shape[:-1], 0, length), dtype=np.bool_)
    return np.lib.stride_tricks.sliding_window_view(flags, length, axis=-1)


def _spread_back(ends: Flags, length: int, shape: tuple[int, ...]) -> Flags:
    """Mark every period of the windows that fulfil a rule; `ends` has one flag a window."""
    marked = np.zeros(shape, dtype=np.bool_)
    for offset in range(length):
        marked[..., offset : offset + ends.shape[-1]] |= ends
    return marked
