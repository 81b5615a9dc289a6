"""Statistics of thirty rows of sums, in Python and numpy for every peer: intervals, shrinkage, ranks, draws.

The definitions are those of how_sure.sql and rank_stability.sql in sql/questions/certainty. A peer computes the sums;
these take no time.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from cxdata.statistics.intervals import Interval, gamma_interval

FEWEST = 5  # stories; fewer have no interval
MOST_RESAMPLED = 200  # stories; ours resamples up to so many: most_resampled() of sql/views
Row = dict[str, Any]


def is_resampled(story_count: int) -> bool:
    """Return whether ours computes the interval of such a company from resamples, which no peer does."""
    return FEWEST <= story_count <= MOST_RESAMPLED


def compute_sureness(measured: Sequence[Row]) -> list[Row]:
    """Compute the rows of how_sure from rows of company, sector, story_count, mean_points, mean_square and extremes."""
    bounded = [row for row in measured if row["story_count"] >= FEWEST and row["most_points"] > row["least_points"]]
    tested = sum(row["story_count"] >= FEWEST for row in measured)
    joint: dict[str, tuple[float, float]] = {}
    found = {row["company"]: dict(row) for row in measured}
    sectors = defaultdict(list)
    for row in bounded:
        answer = found[row["company"]]
        scatter = max(row["mean_square"] - row["mean_points"] ** 2, 0) ** 0.5
        own, ranked = (_interval(row, scatter, share) for share in (0.95, 0.95 ** (1 / tested)))  # Sidak
        if own is None or ranked is None:
            continue
        answer["low"], answer["high"] = own
        joint[row["company"]] = ranked
        answer["variance"] = scatter**2 / (row["story_count"] - 1)
        sectors[row["sector"]].append(answer)
    for companies in sectors.values():
        _shrink(companies)
    for company, (low, high) in joint.items():
        others = [other for other in joint if other != company]
        if not others:
            continue
        above = sum(joint[other][0] > high for other in others)
        alike = [other for other in others if joint[other][0] <= high and joint[other][1] >= low]
        alike.sort(key=lambda other: (-found[other]["mean_points"], other))
        found[company] |= {
            "rank_low": 1 + above,
            "rank_high": 1 + above + len(alike),
            "ranked_companies": len(joint),
            "alike": alike or None,
        }
    return list(found.values())


def _interval(row: Row, scatter: float, share: float) -> Interval | None:
    return gamma_interval(row["mean_points"], scatter, row["story_count"], share)


def _shrink(companies: Sequence[Row]) -> None:
    """Shrink the means of a sector's companies towards its own: DerSimonian and Laird, Morris."""
    means = np.array([row["mean_points"] for row in companies])
    variances = np.array([row["variance"] for row in companies])
    number, weights = len(companies), 1 / variances
    centre = np.average(means, weights=weights)
    spare = weights.sum() - (weights**2).sum() / weights.sum()
    between = max((weights @ (means - centre) ** 2 - (number - 1)) / spare, 0) if number > 1 else 0
    sector_points = np.average(means, weights=1 / (variances + between))
    for row in companies:
        row["sector_companies"] = number
        if number >= 4:
            by = (number - 3) / (number - 1) * row["variance"] / (row["variance"] + between)
            row["sector_points"] = sector_points
            row["shrunk_points"] = row["mean_points"] + (sector_points - row["mean_points"]) * by


def compute_ranks(
    companies: Sequence[str], story_counts: Sequence[int], loads: np.ndarray, draws: np.ndarray
) -> list[Row]:
    """Compute the rows of rank_stability; `loads` has points a story, with a row a company and a column a driver."""
    points = loads.sum(axis=1)
    ranks = _ranks(points[:, None])[:, 0]
    stray = 2 * loads @ draws.T - points[:, None]
    rows = []
    for spread in (25, 50):
        drawn = np.sort(_ranks(points[:, None] + spread / 100 * stray), axis=1)
        ends = np.quantile(drawn, [0.025, 0.975], axis=1, method="inverted_cdf")
        rows += [
            {
                "company": company,
                "spread": spread,
                "company_points": points[place],
                "hardest_share": (drawn[place] == 1).mean() if points[place] > 0 else 0,
                "median_rank": np.median(drawn[place]),
                "rank_low": ends[0][place],
                "rank_high": ends[1][place],
                "same_share": (drawn[place] == ranks[place]).mean(),
                "company_rank": ranks[place],
                "story_count": story_counts[place],
            }
            for place, company in enumerate(companies)
        ]
    return rows


def _ranks(points: np.ndarray) -> np.ndarray:
    """Rank every company in every draw, 1 the hardest; differences below rounding are ties."""
    rounded = points.round(9)
    harder: np.ndarray = (rounded[None, :, :] > rounded[:, None, :]).sum(axis=1)
    return 1 + harder
