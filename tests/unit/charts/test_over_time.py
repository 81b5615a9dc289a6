"""Charts over time: from stories whose figures are known, to limits, signals, claims, marks and what a click opens."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest

from cxdata.publish.change import compare_newest
from cxdata.publish.charts import PublishedChart, publish_chart, stories_scope
from cxdata.questions.ask import ask_rows
from cxdata.statistics.control_chart import chart_periods
from cxdata.stories import Story
from tests.fixtures.stories import make_story, step, work
from tests.unit.charts.test_headlines import hold_length

Make = Callable[..., duckdb.DuckDBPyConnection]
CHARTS = ("experience_over_time", "effort_over_time", "type_over_time")
QUARTERS, EACH = 14, 22
SHIFTED = 7  # of the last quarters, which are worse


def stories() -> Iterator[Story]:
    """Yield 14 quarters of 22 stories of two companies, the last seven of them worse; and some without a quarter."""
    drawing = random.Random(4)
    for quarter in range(QUARTERS):
        worse = quarter >= QUARTERS - SHIFTED
        for number in range(EACH):
            effort = [work("disputing", times=2 if worse else 1)] if number % 2 or worse else []
            yield make_story(
                f"tale-{quarter}-{number}",
                step(drawing.randint(-4, 2) if worse else drawing.randint(-2, 4), *effort),
                company=("Acme", "Bolt")[number % 2],
                happened_on=f"{2022 + quarter // 4}-{3 * (quarter % 4) + 1 + number % 3:02}",
                happened_basis="told",
            )
    for number in range(6):
        yield make_story(f"year-{number}", step(1), happened_on="2023", happened_basis="told")
    yield make_story("undated", step(1))
    yield make_story("thin", step(1), happened_on="2026-05-02", happened_basis="told")


@pytest.fixture(scope="module")
def dated(database_of: Make) -> duckdb.DuckDBPyConnection:
    return database_of(*stories())


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("choices", [{}, {"companies": ["Acme"]}, {"since": "2022-01-02"}], ids=str)
def test_periods_have_the_figures_and_limits_of_their_stories(
    chart: str, choices: dict[str, Any], dated: duckdb.DuckDBPyConnection
) -> None:
    found = ask_rows(dated, chart, choices)  # type: ignore[call-overload]
    assert [row["period"] for row in found] == sorted(row["period"] for row in found)
    values, counts = [], []
    for row in found:
        told = ask_rows(dated, "stories_behind", {"periods": [row["period"]], **choices})
        figures = {
            "experience_over_time": [each["experience"] for each in told],
            "effort_over_time": [each["effort_points"] for each in told],
            "type_over_time": [float(each["effort_points"] > 0) for each in told],
        }[chart]
        assert row["story_count"] == len(figures)
        assert (row["value"] is None) is (len(figures) < 5)
        if row["value"] is not None:
            values.append(sum(figures) / len(figures))
            counts.append(len(figures))
            assert row["value"] == pytest.approx(values[-1])
    expected = chart_periods(values, counts, {"exp": "experience", "eff": "effort", "typ": "share"}[chart[:3]])  # type: ignore[arg-type]
    shown = [row for row in found if row["value"] is not None]
    assert {row["limit_reason"] for row in shown} == {expected.reason}
    for row, limited in zip(shown, expected.periods, strict=bool(expected.periods)):
        assert row["signal"] == next(iter(limited.signals), None)
        if row["upper_limit"] not in (1, 5):
            assert row["upper_limit"] == pytest.approx(limited.upper)
    # the six of a year, and the one without a date, unless the period leaves it out
    assert found[0]["undated_count"] == (6 if "since" in choices else 7)


@pytest.mark.parametrize("choices", [{}, {"companies": ["Acme"]}, {"period_length": "month"}], ids=str)
@pytest.mark.parametrize("chart", CHARTS)
def test_headlines_and_captions_over_time_are_short(
    chart: str, choices: dict[str, Any], dated: duckdb.DuckDBPyConnection
) -> None:
    hold_length(publish_chart(dated, chart, choices), {"Acme", "Bolt"})


def test_headlines_speak_of_the_newest_period(dated: duckdb.DuckDBPyConnection) -> None:
    experience, effort, share = (publish_chart(dated, chart, {}) for chart in CHARTS)
    assert experience.headline.startswith("Experience has been worse than average for seven quarters: −")
    assert effort.headline == "Effort in Q2 2025 is unusually high: 4 points"
    assert share.headline == "Disputing in Q2 2025 is unusually common: 100%"
    for shown in (experience, effort, share):
        assert "chance marks the newest quarter in up to 3 of 100 charts" in shown.subtitle
        assert "7 stories undated · " in shown.subtitle


def test_headlines_name_the_only_company(dated: duckdb.DuckDBPyConnection) -> None:
    shown = publish_chart(dated, "experience_over_time", {"companies": ["Acme"]})
    assert "Experience at Acme in Q2 2025: −" in shown.headline
    assert shown.headline.endswith(", too few stories to compare")


@pytest.mark.slow
def test_a_click_opens_the_stories_of_the_period_and_counts_them(dated: duckdb.DuckDBPyConnection) -> None:
    for chart in CHARTS:
        shown = publish_chart(dated, chart, {})
        for row in shown.rows:
            scope = stories_scope(shown, row)
            assert scope["periods"] == (row["period"],)
            assert ask_rows(dated, "stories_behind", scope)[0]["match_count"] == row["story_count"]


def test_the_number_of_stories_under_a_chart_is_that_of_its_periods(dated: duckdb.DuckDBPyConnection) -> None:
    shown = publish_chart(dated, "effort_over_time", {})
    assert shown.story_count == QUARTERS * EACH + 1 == sum(row["story_count"] for row in shown.rows)
    assert "2022–2026" in shown.subtitle


def test_signals_are_named_in_the_chart_and_in_its_text(dated: duckdb.DuckDBPyConnection) -> None:
    shown = publish_chart(dated, "experience_over_time", {})
    assert "7 in a row below average" in str(shown.spec)
    assert "Q2 2025 −" in shown.alt_text
    assert "in a row worse than average" in shown.alt_text
    assert "Q2 2026 too few (1 story)" in shown.alt_text


def test_few_periods_have_intervals_and_no_limits(dated: duckdb.DuckDBPyConnection) -> None:
    shown = publish_chart(dated, "effort_over_time", {"since": "2024-01-01"})
    points = [row for row in shown.rows if row["value"] is not None]
    assert len(points) == 6
    assert shown.headline.endswith(", too few quarters to compare")
    assert all(row["limit_reason"] == "few periods" and row["upper_limit"] is None for row in points)
    # every story of these quarters took the same effort, so that none has an interval
    assert all(row["low"] is None for row in points)
    felt = publish_chart(dated, "experience_over_time", {"since": "2024-01-01"}).rows
    assert all(row["low"] < row["value"] < row["high"] for row in felt if row["value"] is not None)


def test_the_newest_period_stands_beside_the_one_before_and_that_of_last_year(
    dated: duckdb.DuckDBPyConnection,
) -> None:
    rows = publish_chart(dated, "experience_over_time", {}).rows
    before, year_ago = compare_newest(rows, "experience", "Experience")
    assert " in Q2 2025 and was −" in before.headline
    assert before.headline.partition(" and was ")[2].startswith("−")
    assert " in Q1 2025, which chance can explain" in before.headline
    assert " in Q2 2024, which chance can explain" in year_ago.headline
    # from the middle of the change on, and without limits, a test of the two speaks
    rows = publish_chart(dated, "experience_over_time", {"since": "2023-04-01", "until": "2023-12-31"}).rows
    (claim,) = compare_newest(rows, "experience", "Experience")
    assert claim.headline.endswith("which is worse by more than chance explains")


@pytest.mark.parametrize("stock", [0, 1, 3])
def test_charts_say_what_is_missing(stock: int, database_of: Make) -> None:
    told = [make_story(f"tale-{n}", step(2), happened_on=f"2024-0{n + 1}", happened_basis="told") for n in range(stock)]
    database = database_of(*told, make_story("undated", step(1)))
    shown: PublishedChart = publish_chart(database, "experience_over_time", {})
    if stock:
        assert shown.headline == "Too few stories have a date to show a change"
        assert f"a quarter needs five stories, and the fullest has {stock}" in shown.subtitle
        assert shown.claim.kind == "unknown"
    else:
        assert shown.headline == "No story here has a date that names a month or a quarter"
        assert shown.spec is None
