"""Which of several companies leads, and how much of that may be claimed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from cxdata.statistics.student_t import critical_t, welch_freedom
from cxdata.statistics.summaries import Sample, Summary, summarise_all
from cxdata.text.formatting import round_half_up

Kind = Literal["unknown", "one story", "described only", "tied", "superlative"]
Direction = Literal["highest", "lowest"]
Reason = Literal[
    "nothing read",
    "one company",
    "none told",  # every mean is shown as 0
    "equal as shown",
    "leader is one story",
    "no test",  # `against` names the companies with under five stories or without scatter
    "not clear",  # `against` names the companies that the leader does not differ from
    "one story decides",  # `against` names the companies that one story left out brings level with the leader
    "clear",
]
Floats: TypeAlias = npt.NDArray[np.float64]

MIN_STORIES = 5  # of every compared company; leaving one out then leaves four
NO_SCATTER = 1e-12  # share of the sum of squares; rounding leaves less


@dataclass(frozen=True)
class Verdict:
    """What the samples allow to say of the company that leads.

    `leaders` are the companies to name, in the order given: none where nothing is told, several where tied. `compared`
    are those with at least one story read, `against` those that stand against a superlative, `outside` those left out
    of the scope for having too few stories.
    """

    kind: Kind
    leaders: tuple[str, ...]
    compared: tuple[str, ...]
    reason: Reason
    against: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Side:
    """One company, turned so that the leader has the highest mean; `listed` are its values, where they are given."""

    summary: Summary
    listed: Floats | None


def find_leader(samples: Mapping[str, Sample], direction: Direction = "highest", decimals: int = 1) -> Verdict:
    """Judge which company has the highest (or lowest) mean, and whether a superlative holds.

    `samples` has each company's values, None for a story not read for the measure, or their Summary. Means are compared
    as shown, rounded half up to `decimals`. A superlative holds if the leader differs from each other company (Welch
    1947 and Student, two-sided, 5%), and by Welch's test again without any one story of any company. A company with
    under five stories or without scatter cannot be tested, and is not skipped: no superlative holds beside it.

    A Summary has no list to leave stories out of. Its bound takes the worst value that lies between its extremes, so it
    is never laxer than the list. Raises ValueError for NaN and infinity.
    """
    sign = 1.0 if direction == "highest" else -1.0
    sides = _turned(samples, sign)
    compared = tuple(sides)
    if not sides:
        return Verdict("unknown", (), (), "nothing read")
    if len(sides) == 1:
        lone = next(iter(sides.values())).summary.count == 1
        return Verdict("one story" if lone else "described only", compared, compared, "one company")
    shown = {name: round_half_up(side.summary.mean, decimals) for name, side in sides.items()}
    if not any(shown.values()):
        return Verdict("described only", (), compared, "none told")
    leaders = tuple(name for name in sides if shown[name] == max(shown.values()))
    if len(leaders) > 1:
        return Verdict("tied", leaders, compared, "equal as shown")
    return _judge_lead(sides, leaders[0], decimals)


def find_leader_in_scope(
    samples: Mapping[str, Sample],
    direction: Direction = "highest",
    decimals: int = 1,
    min_stories: int = MIN_STORIES,
) -> Verdict:
    """Judge the companies with at least `min_stories` stories read, where two such remain; else all of them.

    The sentence then says "of the k companies with five stories or more"; `outside` names the others.
    """
    summaries = summarise_all(samples)
    counts = {name: summary.count for name, summary in summaries.items() if summary}
    outside = tuple(name for name, count in counts.items() if count < min_stories)
    if len(counts) - len(outside) < 2:
        return find_leader(samples, direction, decimals)
    within = {name: sample for name, sample in samples.items() if counts.get(name, 0) >= min_stories}
    return replace(find_leader(within, direction, decimals), outside=outside)


def differ(one: Summary, other: Summary) -> bool | None:
    """Return whether two means differ beyond chance (Welch and Student, two-sided, 5%).

    None where it cannot be tested: under five values of one, or no scatter.
    """
    if min(one.count, other.count) < MIN_STORIES or one.variance + other.variance <= NO_SCATTER:
        return None
    low, high = sorted((one, other), key=lambda summary: summary.mean)
    return _differs(high, low)


def _turned(samples: Mapping[str, Sample], sign: float) -> dict[str, _Side]:
    sides = {}
    for name, summary in summarise_all(samples).items():
        if summary is None:
            continue
        sample = samples[name]
        listed = None if isinstance(sample, Summary) else [value for value in sample if value is not None]
        ends = sorted((sign * summary.smallest, sign * summary.largest))
        sides[name] = _Side(
            Summary(summary.count, sign * summary.mean, summary.variance, *ends),
            None if listed is None else sign * np.asarray(listed, dtype=np.float64),
        )
    return sides


def _judge_lead(sides: Mapping[str, _Side], leader: str, decimals: int) -> Verdict:
    lead = sides[leader]
    if lead.summary.count == 1:
        return Verdict("one story", (leader,), tuple(sides), "leader is one story")
    described = Verdict("described only", (leader,), tuple(sides), "no test")
    untested = tuple(name for name, side in sides.items() if not _is_testable(side.summary))
    if untested:
        return replace(described, against=untested)
    others = {name: side for name, side in sides.items() if name != leader}
    level = tuple(name for name, other in others.items() if not _differs(lead.summary, other.summary))
    if level:
        return replace(described, reason="not clear", against=level)
    fragile = tuple(name for name, other in others.items() if not _bears_leaving_out(lead, other, decimals))
    if fragile:
        return replace(described, reason="one story decides", against=fragile)
    return replace(described, kind="superlative", reason="clear")


def _is_testable(summary: Summary) -> bool:
    return summary.count >= MIN_STORIES and summary.largest - summary.smallest > NO_SCATTER * (
        abs(summary.smallest) + abs(summary.largest)
    )


def _differs(lead: Summary, other: Summary) -> bool:
    error = lead.mean_variance + other.mean_variance
    t = (lead.mean - other.mean) / np.sqrt(error)
    clear = t > critical_t(welch_freedom(lead.mean_variance, lead.count, other.mean_variance, other.count))
    return bool(clear and _differs_pooled(lead, other))


def _differs_pooled(lead: Summary, other: Summary) -> bool:
    """Whether Student's test with one variance for both agrees.

    The variance of a few skewed values is small where their mean is, so that Welch's test calls a small company lower
    too often beside a large one (benchmarks/false_superlatives.py). Of equal counts both tests have the same t.
    """
    freedom = lead.count + other.count - 2
    pooled = (lead.variance * (lead.count - 1) + other.variance * (other.count - 1)) / freedom
    t = (lead.mean - other.mean) / np.sqrt(pooled * (1 / lead.count + 1 / other.count))
    return bool(t > critical_t(freedom))


def _bears_leaving_out(lead: _Side, other: _Side, decimals: int) -> bool:
    """Whether the leader stays ahead, as shown and by the test, without any one story of either side."""
    least = _without(lead.summary, lead.summary.largest)
    most = _without(other.summary, other.summary.smallest)
    ahead = round_half_up(least, decimals) > round_half_up(other.summary.mean, decimals) and round_half_up(
        lead.summary.mean, decimals
    ) > round_half_up(most, decimals)
    return (
        ahead
        and _stays_clear(lead, other.summary, lead.summary.mean - other.summary.mean, 1.0)
        and _stays_clear(other, lead.summary, lead.summary.mean - other.summary.mean, -1.0)
    )


def _without(summary: Summary, value: float) -> float:
    return summary.mean - (value - summary.mean) / (summary.count - 1)


def _stays_clear(side: _Side, rest: Summary, lead: float, role: float) -> bool:
    """Whether the test holds without any one story of `side`; `role` is 1 for the leader, -1 for the other.

    Without a value at the distance d from the mean of its n, the leader's lead is lead - role d / (n - 1), and the
    variance of the side's mean (SS - n d^2 / (n - 1)) / ((n - 1) (n - 2)), where SS is its sum of squares.
    """
    count = side.summary.count
    squares = side.summary.variance * (count - 1)
    away = _worst_distances(side, rest, lead, role) if side.listed is None else side.listed - side.summary.mean
    left = squares - count * away**2 / (count - 1)
    if np.any(left <= NO_SCATTER * squares):
        return False  # the rest is without scatter
    variances = left / ((count - 1) * (count - 2))
    t = (lead - role * away / (count - 1)) / np.sqrt(variances + rest.mean_variance)
    asked = critical_t(welch_freedom(variances, count - 1, rest.mean_variance, rest.count))
    # of a summary the least t and the most that is asked need not belong to one value
    return bool(np.all(t > (asked if side.listed is not None else asked.max())))


def _worst_distances(side: _Side, rest: Summary, lead: float, role: float) -> Floats:
    """The distances that hold the least t, and the least freedom, of all values between the extremes.

    t(d) = (lead - c d) / sqrt(a - b d^2) falls until d = c a / (b lead) and rises beyond it. The freedom, as a function
    of the variance of the mean, rises to one maximum and falls, so that it is least at the largest or the smallest.
    The largest variance has d = 0, the smallest the farther extreme.
    """
    count = side.summary.count
    low, high = side.summary.smallest - side.summary.mean, side.summary.largest - side.summary.mean
    a = side.summary.variance / (count - 2) + rest.mean_variance
    b = count / ((count - 1) ** 2 * (count - 2))
    turning = role / (count - 1) * a / (b * lead)
    return np.asarray([low, high, min(max(turning, low), high), min(max(0.0, low), high)], dtype=np.float64)
