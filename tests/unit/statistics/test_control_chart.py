"""Control charts: against 22 golden series, by their properties, and by how often chance makes a period stand out."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cxdata.statistics.comparison import MIN_STORIES
from cxdata.statistics.control_chart import (
    MIN_PERIODS,
    SIGNALS,
    ControlChart,
    Measure,
    chart_periods,
    count_false_alarms,
    find_signals,
)
from tests.fixtures.statistics import figure, names, read_rows

EXPECTED = {row["series"]: row for row in read_rows("spc_expected.csv")}
SERIES = st.lists(
    st.tuples(st.integers(0, 40).map(lambda half: half / 2), st.integers(5, 90)), min_size=12, max_size=40
)


def chart_golden(series: str) -> ControlChart:
    kept = [
        row
        for row in read_rows("spc_input.csv")
        if row["series"] == series and (row["kind"] == "xmr" or int(row["n"]) >= MIN_STORIES)
    ]
    counts = [1 if row["kind"] == "xmr" else int(row["n"]) for row in kept]
    events = [
        float(row["value"]) if row["value"] else float(row["events"]) / count
        for row, count in zip(kept, counts, strict=True)
    ]
    return chart_periods(events, counts)


@pytest.mark.parametrize("series", EXPECTED)
def test_golden_series_have_their_limits_and_signals(series: str) -> None:
    chart, expected = chart_golden(series), EXPECTED[series]
    assert chart.centre == pytest.approx(float(expected["centre"]), abs=1e-6)
    assert bool(chart.periods) is (expected["limits_shown"] == "true")
    if expected["sigma_z"]:
        assert chart.spread == pytest.approx(float(expected["sigma_z"]) * float(expected["sd"]), abs=1e-6)
    points = [row for row in read_rows("spc_points.csv") if row["series"] == series]
    for limited, row in zip(chart.periods, points, strict=bool(chart.periods)):
        assert (limited.lower, limited.upper) == pytest.approx((figure(row["lower"]), figure(row["upper"])), abs=1e-6)
        assert set(limited.signals) == {rule for rule in SIGNALS if row[rule] == "1"}
    for rule in SIGNALS:
        marked = [str(place) for place, each in enumerate(chart.periods, 1) if rule in each.signals]
        assert tuple(marked) == names(expected[rule])


@given(SERIES, st.integers(-9, 9), st.integers(1, 8))
def test_limits_and_signals_move_with_the_unit_of_the_values(
    series: Sequence[tuple[float, int]], shift: int, scale: int
) -> None:
    values, counts = ([each[place] for each in series] for place in (0, 1))
    assume(len(set(values)) > 1)
    one = chart_periods(values, counts)
    other = chart_periods([shift + scale * value for value in values], counts)
    assert other.centre == pytest.approx(shift + scale * one.centre)
    assert [each.signals for each in other.periods] == [each.signals for each in one.periods]
    assert [each.upper - other.centre for each in other.periods] == pytest.approx(
        [scale * (each.upper - one.centre) for each in one.periods]
    )


@given(SERIES)
def test_a_signal_lies_on_its_side_and_outside_means_beyond_a_limit(series: Sequence[tuple[float, int]]) -> None:
    values, counts = ([each[place] for each in series] for place in (0, 1))
    chart = chart_periods(values, counts)
    for value, each in zip(values, chart.periods, strict=bool(chart.periods)):
        is_beyond = not each.lower - 1e-7 <= value <= each.upper + 1e-7
        assert is_beyond is ("outside" in each.signals) or abs(each.upper - chart.centre) < 1e-6
        assert (each.side is None) is (not each.signals)
        if each.signals:
            assert (each.side == "above") is (value > chart.centre)


@given(st.lists(st.integers(0, 99), min_size=12, max_size=30), st.integers(2, 50))
def test_equal_numbers_of_stories_give_the_plain_xmr_chart(values: Sequence[int], count: int) -> None:
    plain, corrected = chart_periods(values, [1] * len(values)), chart_periods(values, [count] * len(values))
    assert [each.upper for each in plain.periods] == pytest.approx([each.upper for each in corrected.periods])


@pytest.mark.parametrize(
    ("values", "counts", "measure", "reason"),
    [
        ([3, 4] * 6, [20] * 12, "effort", None),
        ([3, 4] * 5 + [3], [20] * 11, "effort", "few periods"),
        ([3, 4] * 6, [19] * 12, "effort", "few stories"),
        ([3, 4] * 6, [19] * 12, "experience", "few stories"),
        ([0.1, 0.2] * 6, [34] * 12, "share", None),  # 34 x 0.15 = 5.1
        ([0.1, 0.2] * 6, [33] * 12, "share", "rare"),  # 33 x 0.15 = 4.95
        ([0.9, 0.8] * 6, [33] * 12, "share", "rare"),  # as few without it
        ([3, 3] * 6, [20] * 12, "effort", "same"),
    ],
)
def test_limits_need_periods_and_stories_enough(
    values: list[float], counts: list[int], measure: Measure, reason: str | None
) -> None:
    chart = chart_periods(values, counts, measure)
    assert chart.reason == reason
    assert bool(chart.periods) is (reason is None)


def test_no_period_has_no_chart() -> None:
    with pytest.raises(ValueError, match="one period or more"):
        chart_periods([], [])


@pytest.mark.parametrize("row", [row for row in read_rows("false_alarms.csv") if row["distribution"] == "normal"])
def test_chance_marks_periods_as_often_as_the_reference_simulation(row: dict[str, str]) -> None:
    # 4,000 charts leave 1.6 points open, and the reference 0.7
    periods = int(row["periods"])
    values = np.random.default_rng(5).normal(0, 1, (4000, periods))
    marked = np.logical_or.reduce(list(find_signals(values, np.ones_like(values)).values()))
    assert marked.any(axis=1).mean() == pytest.approx(float(row["without_trend"]), abs=0.025)
    assert marked[:, -1].mean() == pytest.approx(float(row["latest_point_signals"]), abs=0.006)
    assert count_false_alarms("experience", periods) == pytest.approx(100 * float(row["without_trend"]), abs=2.5)


def test_false_alarms_grow_with_the_periods_and_stay_within_those_simulated() -> None:
    for measure in ("effort", "experience", "share"):
        counted = [count_false_alarms(measure, periods) for periods in range(MIN_PERIODS, 200)]
        assert counted == sorted(counted)
        assert 4 <= counted[0] <= counted[-1] <= 95
