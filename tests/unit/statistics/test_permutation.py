"""The permutation test within jobs: against all arrangements counted out, and against chance."""

import itertools
import statistics
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdata.statistics import permutation
from cxdata.statistics.permutation import permute_labels

SIDE = st.lists(st.integers(0, 12), min_size=1, max_size=3)


def p_value_of(jobs: Sequence[tuple[Sequence[float], Sequence[float]]]) -> float | None:
    """The p-value of stories of one job each: the left company's and the right's."""
    rows = [
        (job, points * (1 / len(left) + 1 / len(right)) / len(jobs), 1, is_left)
        for job, (left, right) in enumerate(jobs)
        for side, is_left in ((left, 1), (right, 0))
        for points in side
    ]
    test = permute_labels(*zip(*rows, strict=True))
    return test and test.p_value


def counted_out(jobs: Sequence[tuple[Sequence[float], Sequence[float]]]) -> list[float]:
    """The mean difference over jobs in every arrangement, the one found first."""
    by_job = []
    for left, right in jobs:
        both = [*left, *right]
        by_job.append(
            [
                statistics.fmean(both[place] for place in chosen)
                - statistics.fmean(both[place] for place in range(len(both)) if place not in chosen)
                for chosen in itertools.combinations(range(len(both)), len(left))
            ]
        )
    return [statistics.fmean(each) for each in itertools.product(*by_job)]


@given(st.lists(st.tuples(SIDE, SIDE), min_size=1, max_size=2))
def test_p_value_is_the_share_of_all_arrangements_as_far_from_none(jobs: list[tuple[list[int], list[int]]]) -> None:
    away = [abs(difference) for difference in counted_out(jobs)]
    p_value = p_value_of(jobs)
    if statistics.fmean(each > max(away) - 1e-7 for each in away) > 0.05:
        assert p_value is None
    else:
        assert p_value == pytest.approx(statistics.fmean(each > away[0] - 1e-7 for each in away))


@pytest.mark.parametrize(("jobs", "p_value"), [(5, None), (6, 2 / 64), (25, 1 / 10_000)])
def test_clean_sweep_of_single_stories_needs_six_jobs(jobs: int, p_value: float | None) -> None:
    assert p_value_of([([8], [3])] * jobs) == (None if p_value is None else pytest.approx(p_value, abs=1e-12))


def test_alike_stories_count_as_so_many_single_ones() -> None:
    single = permute_labels(["a"] * 12, [5.0] * 4 + [1.0] * 8, [1] * 12, [1] * 4 + [0] * 8)
    assert single == permute_labels(["a", "a"], [5.0, 1.0], [4, 8], [4, 0])
    assert single
    assert (single.arrangements, single.p_value) == (495, pytest.approx(1 / 495))


def test_arrangements_drawn_by_lot_come_near_to_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = np.random.default_rng(3)
    jobs = [(drawing.gamma(1, 6, 2).round(1).tolist(), drawing.gamma(1, 5, 9).round(1).tolist()) for _ in range(2)]
    exact = p_value_of(jobs)  # 55 x 55 arrangements
    assert exact
    monkeypatch.setattr(permutation, "MOST_ENUMERATED", 1000)
    assert p_value_of(jobs) == pytest.approx(exact, abs=0.015)  # three standard errors of 9,999 draws


@pytest.mark.slow
@pytest.mark.parametrize("sizes", [(1, 20), (2, 8)])
def test_chance_alone_is_rejected_in_at_most_five_of_a_hundred(sizes: tuple[int, int]) -> None:
    drawing = np.random.default_rng(4)
    p_values = [
        p_value_of([tuple(drawing.lognormal(0, 1, size).round(1) for size in sizes) for _ in range(6)])  # type: ignore[misc]
        for _ in range(200)
    ]
    rejected = sum(p is not None and p <= 0.05 for p in p_values)
    assert 0.005 <= rejected / 200 <= 0.1  # three standard errors about 5%
