"""Intervals and shrinkage: against published examples, and against data with a known mean."""

import itertools
import json
import math
import statistics
from collections.abc import Callable
from typing import Any

import duckdb
import numpy as np
import pytest

from cxdata.codebook.codes import Codebook, Driver
from cxdata.questions.ask import ask
from cxdata.statistics.intervals import MIN_SAMPLE, bootstrap_t, gamma_interval, mean_interval, mean_margin
from tests.fixtures.stories import make_story, step, work

Make = Callable[..., duckdb.DuckDBPyConnection]

# Efron and Tibshirani, An Introduction to the Bootstrap (1993), table 2.1: survival of the control mice, in days
MICE = [52, 104, 146, 10, 51, 30, 40, 27, 46]
# Efron and Morris, "Stein's Paradox in Statistics" (1977): batting averages after 45 at bats, times 1000
BATTING = [400, 378, 356, 333, 311, 311, 289, 267, 244, 244, 222, 222, 222, 222, 222, 200, 178, 156]
STEIN = [294, 289, 285, 280, 275, 275, 270, 266, 261, 261, 256, 256, 256, 256, 256, 251, 247, 242]


def test_interval_matches_efron_and_tibshiranis_mice() -> None:
    # the book has 35.82 to 116.74 at 90%, from 1,000 resamples; the far end of a skewed few varies most with the draw
    interval = bootstrap_t(MICE, below=0.05, above=0.05)
    assert interval
    assert interval[0] == pytest.approx(35.82, abs=1)
    assert interval[1] == pytest.approx(116.74, abs=4)


@pytest.mark.slow
@pytest.mark.parametrize("count", [20, 40])
def test_intervals_cover_the_true_mean_95_percent_of_the_time(count: int, codebook: Codebook) -> None:
    """Draw stories from the codebook: about four events each, of drivers and their points."""
    drawing = np.random.default_rng(11)
    drivers = [driver for driver in codebook["drivers"].values() if isinstance(driver, Driver)]
    points = np.asarray([each.hassle_points + each.usual_minutes * each.minute_share / 5 for each in drivers])
    truth = 4 * points.mean()
    draws = 1200
    covered = 0
    for _ in range(draws):
        events = drawing.poisson(4, count)
        told = [drawing.choice(points, number).sum() for number in events]
        interval = mean_interval(told)
        covered += interval is not None and interval[0] <= truth <= interval[1]
    assert 0.93 <= covered / draws <= 0.97


def test_intervals_cover_the_true_mean_of_skewed_data() -> None:
    drawing = np.random.default_rng(12)
    draws = 1200
    covered = sum(
        interval[0] <= 6 <= interval[1]
        for interval in (mean_interval(drawing.gamma(2, 3, 20)) for _ in range(draws))
        if interval
    )
    assert 0.93 <= covered / draws <= 0.97


def test_few_or_identical_values_have_no_interval() -> None:
    assert mean_interval([1.0, 2.0, 3.0, 4.0]) is None
    assert mean_interval([3.0] * 50) is None
    assert mean_interval([1.0, 2.0, 3.0, 4.0, 5.0]) is not None


def test_interval_never_falls_below_zero() -> None:
    interval = mean_interval([0, 0.5, 1, 0, 0.2, 20, 3, 1])
    assert interval
    assert interval[0] == 0


def test_mostly_identical_values_have_no_interval() -> None:
    # a third of the resamples of the first are all zeros and show no spread of the mean
    assert mean_interval([0, 0, 0, 0, 10]) is None
    assert mean_interval([2.1] * 5 + [8]) is None
    # a difference of rounding is no difference
    assert mean_interval([0.3, 0.1 + 0.2] * 10) is None


def test_ranking_many_companies_needs_wider_intervals(database_of: Make) -> None:
    """Two companies that differ alone may not differ among twelve: 0.95 to the power of 1/12 is 0.996 each."""
    spread = (0, 1, 2, 3, 4, 5)
    stories = [
        held(f"tale-{company}-{place}", f"Company {company:02}", 10 + 4.4 * company + value)
        for company in range(12)
        for place, value in enumerate(spread)
    ]
    few = [story for story in stories if story.company.name in ("Company 00", "Company 01")]
    alone = {row["company"]: row for row in ask(database_of(*few), "how_sure").to_pylist()}
    among = {row["company"]: row for row in ask(database_of(*stories), "how_sure").to_pylist()}
    assert alone["Company 00"]["low"] == among["Company 00"]["low"]  # the interval shown is its own
    assert len(among["Company 00"]["alike"] or []) >= len(alone["Company 00"]["alike"] or [])


def coverage(draw: Callable[[], Any], truth: float, draws: int) -> tuple[float, float]:
    """The share of draws with an interval, and of these the share that it holds the truth in."""
    found = [interval for interval in (mean_interval(draw()) for _ in range(draws)) if interval]
    return len(found) / draws, sum(low <= truth <= high for low, high in found) / len(found)


@pytest.mark.parametrize("count", [20, 50])
def test_interval_covers_the_mean_of_lognormal_data(count: int) -> None:
    drawing = np.random.default_rng(14)
    given, held = coverage(lambda: drawing.lognormal(0, 1, count), math.exp(0.5), 800)
    assert given == 1
    assert 0.93 <= held <= 0.97


@pytest.mark.slow
@pytest.mark.parametrize("count", [5, 10])
def test_interval_covers_the_mean_of_few_values_of_any_shape(count: int) -> None:
    drawing = np.random.default_rng(17)
    shapes: dict[float, Callable[[], Any]] = {
        20: lambda: drawing.normal(20, 4, count),
        6: lambda: drawing.gamma(2, 3, count),
        5: lambda: drawing.exponential(5, count),
        math.exp(0.32): lambda: drawing.lognormal(0, 0.8, count),
    }
    for truth, draw in shapes.items():
        given, held = coverage(draw, truth, 1500)
        assert given == 1
        assert 0.93 <= held <= 0.97, truth


@pytest.mark.parametrize(("count", "nothing"), [(201, 0.7), (400, 0.95), (1000, 0.95)])
def test_interval_covers_the_mean_of_many_stories_mostly_without_effort(count: int, nothing: float) -> None:
    drawing = np.random.default_rng(15)
    truth = (1 - nothing) * math.exp(0.32)
    given, held = coverage(
        lambda: np.where(drawing.random(count) < nothing, 0, drawing.lognormal(0, 0.8, count)), truth, 3000
    )
    assert given > 0.95
    assert 0.93 <= held <= 0.97


def test_interval_passes_from_resamples_to_the_curve_without_a_jump() -> None:
    values = np.random.default_rng(16).lognormal(0, 1, 206)
    widths = []
    for count in (*range(98, 104), *range(198, 204)):
        low, high = mean_interval(values[:count]) or (0, 0)
        # against the standard error: one more story alters that too
        widths.append((high - low) / (values[:count].std() / math.sqrt(count)))
    steps = [abs(after / before - 1) for before, after in itertools.pairwise(widths)]
    assert max(steps[:5]) < 0.06  # 2,000 resamples leave the upper end uncertain by about 4%
    assert max(steps[6:]) < 0.01


def test_interval_of_many_stories_is_that_of_the_gamma_curve() -> None:
    values = np.random.default_rng(13).gamma(2, 3, 201)
    assert mean_interval(values) == gamma_interval(values.mean(), values.std(), 201)
    # as 100 equal events of 100; the gamma curves of shape 100 and 101 have 2.125% beyond 80.77 and 122.41
    assert gamma_interval(1.0, 10.0, 10_000) == pytest.approx((0.8077, 1.2241), abs=5e-4)


def test_many_stories_with_effort_in_too_few_have_no_interval() -> None:
    four, six = ([1.0] * some + [0.0] * (1000 - some) for some in (4, 6))
    assert mean_interval(four) is None
    assert mean_interval(six) is not None
    assert mean_interval([0.0] * 1000) is None


def held(name: str, company: str, points: float) -> Any:
    """Make a story of exactly these points from waits on hold: 0.5 a wait and 1 for five minutes, at most 32 a wait."""
    waits = 1 if points <= 32 else 10
    event = work("wait_on_hold", times=waits, minutes=(points - 0.5 * waits) * 5)
    return make_story(name, step(-1, event), company=company)


def test_shrinkage_matches_efron_and_morris_batters(database_of: Make) -> None:
    """Give each batter five stories whose mean has the variance of his average: 0.265 x 0.735 / 45.

    Points are the averages x 100 plus 30: shrinkage does not depend on the origin.
    """
    average = statistics.fmean(BATTING)
    variance = average / 1000 * (1 - average / 1000) / 45 * 100**2  # 43.3
    # -2, -1, 0, 1, 2 times c have the sample variance 2.5 c^2, and their mean a variance of 0.5 c^2
    scatter = math.sqrt(2 * variance)
    stories = [
        held(f"tale-{player}-{place}", f"Batter {player:02}", batting / 10 + 30 + (place - 2) * scatter)
        for player, batting in enumerate(BATTING)
        for place in range(5)
    ]
    rows = ask(database_of(*stories), "how_sure").to_pylist()
    assert len(rows) == 18
    for row in rows:
        player = int(row["company"].split()[1])
        assert row["mean_points"] == pytest.approx(BATTING[player] / 10 + 30)
        assert (row["shrunk_points"] - 30) * 10 == pytest.approx(STEIN[player], abs=1)


def test_indistinguishable_companies_share_a_range_of_ranks(database_of: Make) -> None:
    spread = (8, 9, 10, 11, 12, 10)
    stories = [
        held(f"{company.lower()}-{place}", company, centre + value)
        for company, centre in (("Hard", 60), ("Alike", 11), ("Twin", 10))
        for place, value in enumerate(spread)
    ]
    stories.append(held("few-1", "Few", 200))
    rows = {row["company"]: row for row in ask(database_of(*stories), "how_sure").to_pylist()}
    assert [rows[name]["alike"] for name in ("Hard", "Alike", "Twin")] == [None, ["Twin"], ["Alike"]]
    # Hard ranks above both; the two others may be second or third
    assert (rows["Hard"]["rank_low"], rows["Hard"]["rank_high"]) == (1, 1)
    assert (rows["Twin"]["rank_low"], rows["Twin"]["rank_high"]) == (2, 3)
    # a single story gives no rank and no interval, however many points it has
    assert [rows["Few"][name] for name in ("low", "high", "rank_low", "rank_high", "alike")] == [None] * 5
    for row in rows.values():
        interval = mean_interval(row["points"])
        assert (row["low"], row["high"]) == (interval or (None, None))


def test_company_with_too_few_stories_has_no_interval(database_of: Make) -> None:
    stories = [held(f"tale-{place}", "Acme", 3 + place) for place in range(MIN_SAMPLE - 1)]
    (row,) = ask(database_of(*stories), "how_sure").to_pylist()
    assert (row["story_count"], row["low"], row["high"]) == (4, None, None)
    assert json.loads(json.dumps(row["points"])) == [3, 4, 5, 6]


def test_margin_of_a_mean_is_that_of_the_textbook() -> None:
    """Five values with a variance of 2.5: 2.776445 times the square root of 0.5."""
    assert mean_margin(2.5, 5) == pytest.approx(1.963243, abs=1e-6)


@pytest.mark.parametrize("count", [1, 2, 4])
def test_few_values_have_no_margin(count: int) -> None:
    assert mean_margin(2.5, count) is None
