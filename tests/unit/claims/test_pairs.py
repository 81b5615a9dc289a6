"""Claims about two companies: over one job, and over all jobs of both."""

import pytest

from cxdata.claims.pairs import Side, Step, claim_jobs, claim_pair


@pytest.mark.parametrize(
    ("left", "right", "steps", "headline"),
    [
        (4.0, 1.0, {"worry": 3.0}, "A took 3 more points than B, all from worry"),
        (4.0, 0.0, {"worry": 3.0, "disputing": 1.0}, "A took 4 more points than B, from worry and disputing"),
        (
            7.0,
            0.0,
            {"worry": 4.0, "disputing": 2.0, "errand": 1.0},
            "A took 7 more points than B, 4 of them from worry",
        ),
        (6.0, 0.0, {"worry": 2.0, "disputing": 2.0, "errand": 2.0}, "A took 6 more points than B, from 3 effort types"),
        (0.0, 1.0, {"worry": -2.0, "errand": 1.0}, "B took 1 more point than A (2 more, 1 less)"),
        (2.0, 2.04, {"worry": -0.04}, "A and B both took 2 points"),
        (0.0, 0.0, {}, "No effort was found for this job at A or B"),
    ],
)
def test_a_pair_says_where_the_difference_comes_from(
    left: float, right: float, steps: dict[str, float], headline: str
) -> None:
    claim = claim_pair(Side("A", left, 1), Side("B", right, 1), [Step(*step) for step in steps.items()])
    assert claim.headline == headline


@pytest.mark.parametrize(
    ("difference", "jobs", "p_value", "headline", "note"),
    [
        # a difference of means per story, and not of points per job
        (14.75, 2, None, "Over 2 jobs, A took 14.8 more points per story than B", "too few stories to rule out chance"),
        (
            -1.0,
            6,
            0.804,
            "Over 6 jobs, B took 1 more point per story than A",
            "chance alone makes such a difference in 804 of 1,000 cases",
        ),
        (
            9.0,
            6,
            0.0001,
            "Over 6 jobs, A took 9 more points per story than B",
            "chance alone makes such a difference in fewer than 1 of 1,000 cases",
        ),
        (0.04, 1, None, "Over 1 job, A and B took the same effort on balance", ""),
    ],
)
def test_jobs_of_both_are_compared_per_story(
    difference: float, jobs: int, p_value: float | None, headline: str, note: str
) -> None:
    claim = claim_jobs("A", "B", difference, jobs, 9, p_value)
    assert (claim.headline, claim.note, claim.ranks) == (headline, note, False)
