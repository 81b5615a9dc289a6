"""How many more stories: against the reference, and against data whose truth is known."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdata.statistics.power import StoriesNeeded, estimate_stories, solve_stories
from cxdata.statistics.summaries import Summary, summarise
from tests.fixtures.statistics import read_rows

POINTS = st.lists(st.integers(0, 80).map(lambda half: half / 2), min_size=10, max_size=40)


@pytest.mark.parametrize("row", read_rows("power.csv"), ids=lambda row: f"{row['distribution']} {row['n_each']}")
def test_the_formula_is_that_of_the_reference(row: dict[str, str]) -> None:
    stories = solve_stories(
        float(row["variance_a"]), float(row["variance_b"]), float(row["mean_a"]) - float(row["mean_b"])
    )
    # the reference rounds the product of the normal quantiles at the eighth digit, we at the fourth: 7.849
    assert stories == pytest.approx(float(row["n_exact"]), rel=2e-5)
    assert math.ceil(stories) == int(row["n_each"])


@pytest.mark.parametrize("known", [10, 20, 50])
def test_the_range_holds_the_true_number_in_about_four_of_five_cases(known: int) -> None:
    drawing = np.random.default_rng(known)
    truth = math.ceil(solve_stories(9.0**2, 4.5**2, 10 - 5)) + 2  # lognormal with means 10 and 5
    spread = math.sqrt(math.log(1 + 0.9**2))
    held = 0
    for _ in range(400):
        one, other = (drawing.lognormal(math.log(mean) - spread**2 / 2, spread, known).tolist() for mean in (10.0, 5.0))
        needed = estimate_stories(one, other)
        assert needed
        held += needed.low <= truth and (needed.high is None or truth <= needed.high)
    assert 0.75 <= held / 400 <= 0.9


@given(POINTS, POINTS)
def test_the_range_begins_at_five_and_is_in_order(one: list[float], other: list[float]) -> None:
    needed = estimate_stories(one, other)
    if needed is None:
        assert summarise(one) is not None
        assert np.mean(one) == pytest.approx(np.mean(other)) or np.ptp(one) == np.ptp(other) == 0
        return
    assert needed.low >= 5
    assert needed.high is None or needed.high >= needed.low
    assert needed == estimate_stories(other, one)
    assert needed == estimate_stories(summarise(one) or [], summarise(other) or [])


def test_below_ten_stories_or_with_equal_means_nothing_is_said() -> None:
    nine, ten = [1.0, 9, 3] * 3, [4.0, 6] * 5
    assert estimate_stories(nine, [2.0, 4] * 5) is None
    assert estimate_stories(ten, [4.5, 5.5] * 5) is None  # both have the mean 5
    assert estimate_stories([3.0] * 12, [4.0] * 12) is None
    assert estimate_stories([None] * 30, ten) is None
    assert estimate_stories(ten, [3.0, 5.5] * 5) is not None


def test_unread_stories_do_not_count_towards_the_ten() -> None:
    assert estimate_stories([*[1.0, 9, 3] * 3, None, None], [2.0, 4] * 5) is None


def test_where_the_means_may_be_equal_there_is_no_most() -> None:
    # the difference is .5 with a standard error of .89: its 80% interval holds 0
    needed = estimate_stories(Summary(10, 5.5, 4.0, 2.0, 9.0), Summary(10, 5.0, 4.0, 2.0, 9.0))
    # t at 18 degrees is 1.3304: 7.849 x 8 / (.5 + 1.3304 x .8944)^2 = 21.98
    assert needed == StoriesNeeded(low=22 + 2, high=None)
