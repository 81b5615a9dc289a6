"""How many more stories: against the reference, and against data whose truth is known."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdata.statistics.power import MoreStories, estimate_more, solve_more
from cxdata.statistics.summaries import Summary, summarise
from tests.fixtures.statistics import read_rows

POINTS = st.lists(st.integers(0, 80).map(lambda half: half / 2), min_size=10, max_size=40)


def known(mean: float, variance: float, count: int = 2) -> Summary:
    return Summary(count, mean, variance, mean, mean)


@pytest.mark.parametrize("row", read_rows("power.csv"), ids=lambda row: f"{row['distribution']} {row['n_each']}")
def test_of_equal_counts_the_formula_is_that_of_the_reference(row: dict[str, str]) -> None:
    left, right = (known(float(row[f"mean_{side}"]), float(row[f"variance_{side}"])) for side in "ab")
    # of two stories each, of which the formula counts none, it needs all
    stories = solve_more(left, right, left.mean - right.mean)
    # the reference rounds the product of the normal quantiles at the eighth digit, we at the fourth: 7.849
    assert stories == pytest.approx(float(row["n_exact"]), rel=2e-5)
    assert math.ceil(stories) == int(row["n_each"])


def test_of_unequal_counts_the_further_stories_make_the_variance_small_enough() -> None:
    one, other = known(10, 81, 12), known(8, 36, 300)
    more = solve_more(one, other, 2)
    assert 81 / (10 + more) + 36 / (298 + more) == pytest.approx(4 / 7.849)
    assert solve_more(one, other, 50) < 0
    assert solve_more(one, other, 0) == math.inf


@pytest.mark.parametrize("first", [10, 20, 50])
def test_the_range_holds_the_true_number_in_about_four_of_five_cases(first: int) -> None:
    drawing = np.random.default_rng(first)
    more = max(math.ceil(solve_more(known(10, 9.0**2, first), known(5, 4.5**2, first), 5)), 1)
    spread = math.sqrt(math.log(1 + 0.9**2))  # lognormal with means 10 and 5
    held = 0
    for _ in range(400):
        one, other = (drawing.lognormal(math.log(mean) - spread**2 / 2, spread, first).tolist() for mean in (10.0, 5.0))
        needed = estimate_more(one, other)
        # without a number the stories there are should do, as they may
        held += needed is None if more == 1 else bool(needed and needed.low <= more <= (needed.high or math.inf))
    assert held / 400 >= 0.7 if more > 1 else True


@given(POINTS, POINTS)
def test_the_range_begins_at_one_and_is_in_order(one: list[float], other: list[float]) -> None:
    needed = estimate_more(one, other)
    if needed is None:
        return
    assert needed.low >= 1
    assert needed.high is None or needed.high >= needed.low
    assert needed == estimate_more(other, one)
    assert needed == estimate_more(summarise(one) or [], summarise(other) or [])


def test_below_ten_stories_or_with_equal_means_nothing_is_said() -> None:
    nine, ten = [1.0, 9, 3] * 3, [4.0, 6] * 5
    assert estimate_more(nine, [2.0, 4] * 5) is None
    assert estimate_more(ten, [4.5, 5.5] * 5) is None  # both have the mean 5
    assert estimate_more([3.0] * 12, [4.0] * 12) is None
    assert estimate_more([None] * 30, ten) is None
    assert estimate_more(ten, [3.0, 5.5] * 5) is not None


def test_unread_stories_do_not_count_towards_the_ten() -> None:
    assert estimate_more([*[1.0, 9, 3] * 3, None, None], [2.0, 4] * 5) is None


def test_where_the_means_may_be_equal_there_is_no_most() -> None:
    # the difference is .5 with a standard error of .89: its 80% interval holds 0
    needed = estimate_more(Summary(10, 5.5, 4.0, 2.0, 9.0), Summary(10, 5.0, 4.0, 2.0, 9.0))
    # t at 18 degrees is 1.3304: 7.849 x 8 / (.5 + 1.3304 x .8944)^2 = 21.98
    assert needed == MoreStories(low=22 + 2 - 10, high=None)


def test_where_the_stories_there_are_should_do_nothing_is_said() -> None:
    assert estimate_more([1.0, 2, 3] * 10, [11.0, 12, 13] * 10) is None
