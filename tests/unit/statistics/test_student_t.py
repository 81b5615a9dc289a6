"""Critical values of Student's t: against printed tables and against the density."""

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdata.statistics.student_t import Level, critical_t
from tests.fixtures.statistics import two_sided_p


@pytest.mark.parametrize(
    ("freedom", "level", "published"),
    [
        (3, 5, 3.182446),
        (4, 5, 2.776445),
        (10, 5, 2.228139),
        (30, 5, 2.042272),
        (3, 20, 1.637744),
        (18, 20, 1.330391),
    ],
)
def test_critical_values_are_those_of_the_tables(freedom: float, level: Level, published: float) -> None:
    assert float(critical_t(freedom, level)) == pytest.approx(published, abs=1e-6)


@given(st.floats(3, 1e6), st.sampled_from([5, 20]))
def test_the_share_beyond_a_critical_value_is_the_level(freedom: float, level: Level) -> None:
    # lgamma of many degrees loses digits: 1e-11 up to 1,000 of them, then in proportion
    beyond = two_sided_p(float(critical_t(freedom, level)), freedom)
    assert beyond == pytest.approx(level / 100, abs=1e-11 * max(1, freedom / 1000))


@pytest.mark.parametrize(("level", "quantile"), [(5, 0.975), (20, 0.9)])
def test_with_degrees_without_end_it_is_the_normal_curve(level: Level, quantile: float) -> None:
    assert float(critical_t(math.inf, level)) == pytest.approx(statistics.NormalDist().inv_cdf(quantile), abs=1e-9)


def test_critical_values_below_three_degrees_are_refused() -> None:
    with pytest.raises(ValueError, match="known from 3"):
        critical_t([5, 2])
