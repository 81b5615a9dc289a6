"""Rollups by month, year and points: they equal a recount, and suffice for whole months."""

import math
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from cxdata.codebook.codes import Codebook
from cxdata.publish.charts import publish_chart
from cxdata.questions.ask import ask_rows
from cxdata.statistics.intervals import gamma_interval
from cxdata.store import create_schema
from cxdata.store.rollups import refresh_rollups
from cxdata.stories import Library
from tests.fixtures.large_databases import COUNTED, Stock, make_large
from tests.fixtures.stories import make_story

# rollups answer whole months and years, open or closed; stories answer days within a month
PERIODS = {
    "no period": (None, None),
    "whole months": (date(2025, 3, 1), date(2025, 5, 31)),
    "from a month on": (date(2025, 11, 1), None),
    "to a month": (None, date(2025, 2, 28)),
    "a whole year": (date(2025, 1, 1), date(2025, 12, 31)),
    "from a year on": (date(2025, 1, 1), None),
    "days": (date(2025, 3, 2), date(2025, 5, 30)),
}
DATES = """
update story
set
    happened_on = case when hash(story) % 5 = 0 then null when hash(story) % 5 = 1 then '2025' else happened_on end,
    happened_basis = case when hash(story) % 5 != 0 then 'told' end,
    happened_from = case hash(story) % 5 when 0 then null when 1 then date '2025-01-01' else happened_from end,
    happened_to = case hash(story) % 5 when 0 then null when 1 then date '2025-12-31' else happened_to end
"""


@pytest.fixture(scope="module")
def many(codebook: Codebook) -> Iterator[duckdb.DuckDBPyConnection]:
    """3,000 stories of 12 companies: a fifth without a date, a fifth with a year, the rest with a month."""
    with make_large(Stock(3_000, 12, encounters=3, events=4), codebook) as connection:
        connection.execute(DATES)
        connection.execute(COUNTED)
        refresh_rollups(connection)
        yield connection


def rows_of(connection: duckdb.DuckDBPyConnection, sql: str, **given: Any) -> list[tuple[Any, ...]]:
    return connection.execute(sql, given).fetchall()


def near(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Compare numbers approximately: sums depend on the order of addition."""
    return [tuple(pytest.approx(cell) if isinstance(cell, float | int) else cell for cell in row) for row in rows]


def about(row: dict[str, Any]) -> dict[str, Any]:
    return {name: pytest.approx(cell) if isinstance(cell, float) else cell for name, cell in row.items()}


def test_month_cells_hold_the_months_of_their_stories(codebook: Codebook) -> None:
    stories = [
        make_story(told or "undated", happened_on=told, happened_basis=told and "told")
        for told in (None, "2024", "2024-02", "2024-02-29")
    ]
    with duckdb.connect() as connection:
        create_schema(connection, Library(tuple(stories)), codebook)
        assert rows_of(connection, "select first_month, last_month, story_count from month_cell order by all") == [
            (date(2024, 1, 1), date(2024, 12, 1), 1),
            (date(2024, 2, 1), date(2024, 2, 1), 2),
            (None, None, 1),
        ]
        assert rows_of(
            connection, "select first_year, last_year, story_count from touchpoint_year_cell order by all"
        ) == [
            (date(2024, 1, 1), date(2024, 1, 1), 3),
            (None, None, 1),
        ]


RECOUNTS = {
    "month_cell": (
        "company, sum(story_count), sum(points), sum(point_squares), sum(experience_count), "
        "sum(experience_squares), min(least_points), max(most_points), min(worst_experience)",
        "company, count(*), sum(effort_points), sum(effort_points ** 2), count(experience), "
        "coalesce(sum(experience ** 2), 0), min(effort_points), max(effort_points), min(experience) from counted_story",
    ),
    "touchpoint_year_cell": (
        "company, touchpoint, sum(encounters), sum(feelings), sum(feeling_sum), sum(story_count), sum(points)",
        "company, touchpoint, count(*), count(feeling), coalesce(sum(feeling), 0), count(distinct story), "
        "sum(coalesce(points, 0)) from service_encounter left join (select story, step, sum(points) as points "
        "from counted_effort group by all) using (story, step)",
    ),
    "points_cell": (
        "company, at_most, sum(story_count)",
        "company, ceil(effort_points)::int, count(*) from counted_story",
    ),
}
BY_MONTHS = {
    "month_cell": (
        "first_month, last_month, ",
        "date_trunc('month', happened_from)::date, date_trunc('month', happened_to)::date, ",
    ),
    "touchpoint_year_cell": ("", ""),
    "points_cell": ("", ""),
}


@pytest.mark.parametrize("name", RECOUNTS)
def test_month_rollups_equal_a_recount_of_the_records(name: str, many: duckdb.DuckDBPyConnection) -> None:
    kept, counted = RECOUNTS[name]
    months, dates = BY_MONTHS[name]
    found = rows_of(many, f"select {months}{kept} from {name} group by all order by all")
    assert len(found) > 80
    expected = rows_of(many, f"select {dates}{counted} group by all order by all")
    assert found == near(expected)


ENCOUNTERED = """
select company, touchpoint, count(*), count(feeling), coalesce(sum(feeling), 0), count(distinct story), min(feeling)
from service_encounter inner join story using (story, company)
where ($since is null or happened_to >= $since) and ($until is null or happened_from <= $until)
group by all order by all
"""
WORKED = """
select story.company, touchpoint, sum(points)
from counted_effort inner join encounter using (story, step) inner join story using (story)
where ($since is null or happened_to >= $since) and ($until is null or happened_from <= $until)
group by all having sum(points) > 0 order by all
"""
TOLD = """
select company, count(*), avg(effort_points), stddev_pop(effort_points), avg(experience), var_samp(experience),
    max(experience)
from counted_story
where ($since is null or happened_to >= $since) and ($until is null or happened_from <= $until)
group by all order by all
"""
CHOSEN = {
    ENCOUNTERED: "select company, touchpoint, sum(encounters), sum(feelings), sum(feeling_sum), sum(story_count), "
    "min(lowest_feeling) from chosen_encounter(null, null, null, null, null, null, $since, $until) "
    "group by all order by all",
    WORKED: "select company, touchpoint, sum(points) "
    "from chosen_encounter_work(null, null, null, null, null, null, $since, $until) "
    "group by all having sum(points) > 0 order by all",
    TOLD: "select company, story_count, mean_points, scatter, mean_experience, experience_variance, "
    "best_experience "
    "from chosen_company(null, null, null, null, null, null, null, null, $since, $until) order by all",
}


@pytest.mark.parametrize("recount", CHOSEN, ids=["encounters", "work", "stories"])
@pytest.mark.parametrize("period", PERIODS)
def test_any_period_equals_a_recount_of_the_records(period: str, recount: str, many: duckdb.DuckDBPyConnection) -> None:
    since, until = PERIODS[period]
    expected = rows_of(many, recount, since=since, until=until)
    assert expected
    assert rows_of(many, CHOSEN[recount], since=since, until=until) == near(expected)


@pytest.mark.parametrize("narrowed", [{}, {"companies": ["The tale company 3"]}, {"halls": ["shame"]}])
def test_whole_months_and_years_need_only_rollups(narrowed: dict[str, Any], codebook: Codebook) -> None:
    """The answers stay the same after the stories' own tables are emptied."""
    with make_large(Stock(900, 6, encounters=3, events=4), codebook) as large:
        large.execute(
            "update story set happened_from = '2024-01-01', happened_to = '2024-01-31' where hash(story) % 2 = 0"
        )
        refresh_rollups(large)
        asked = {"since": date(2025, 3, 1), "until": date(2025, 6, 30)} | narrowed
        year = {"since": date(2025, 1, 1), "until": date(2025, 12, 31)} | narrowed
        told = {"company_scores": asked, "touchpoint_goodwill": year, "touchpoint_halls": year}
        # threads add fractions in any order
        before = {name: [about(row) for row in ask_rows(large, name, period)] for name, period in told.items()}
        assert all(before.values())
        for table in ("story_rollup", "encounter_load", "effort_load"):
            large.execute(f"delete from {table}")
        large.execute("update touchpoint_cell set encounters = 0")  # it serves questions about all years
        assert {name: ask_rows(large, name, period) for name, period in told.items()} == before
        assert ask_rows(large, "company_scores", asked | {"until": date(2025, 6, 29)}) == []


def test_interval_of_a_large_company_comes_from_rollups(many: duckdb.DuckDBPyConnection) -> None:
    rows = [row for row in ask_rows(many, "how_sure") if row["story_count"] > 200]
    assert rows
    for row in rows:
        told = "select effort_points from counted_story where company = $company"
        points = [value for (value,) in rows_of(many, told, company=row["company"])]
        mean = sum(points) / len(points)
        scatter = math.sqrt(sum((value - mean) ** 2 for value in points) / len(points))
        assert (row["low"], row["high"]) == pytest.approx(gamma_interval(mean, scatter, len(points), 0.95))


def test_stories_of_equal_effort_have_no_scatter(codebook: Codebook) -> None:
    with make_large(Stock(500, 1, encounters=1, events=0), codebook) as large:
        large.execute(
            "insert into effort_event select story, 1, 1, 'worry', 1, 7.1, 'Told.', 'line 1' from story"
        )  # 7.1 minutes: its square is not exact in binary
        refresh_rollups(large)
        ((scatter, least),) = rows_of(
            large,
            "select scatter, least_points "
            "from chosen_company(null, null, null, null, null, null, null, null, null, null)",
        )
    assert (scatter, least > 0) == (0, True)


@pytest.mark.parametrize("asked", [{}, {"weights": ["worry:3"]}, {"halls": ["shame"]}, {"since": date(2025, 3, 1)}])
def test_large_companies_have_the_middle_half_of_their_points(
    asked: dict[str, Any], many: duckdb.DuckDBPyConnection
) -> None:
    """A quarter of the stories have at most lower_points, rounded up, and three quarters at most upper_points."""
    points: dict[str, list[float]] = defaultdict(list)
    filters = ("story_kind", "companies", "sectors", "jobs", "touchpoints", "halls", "since", "until")
    everything = ("weighting", "weights", *filters)
    told = f"select company, effort_points from weighed_chosen({', '.join(f'${name}' for name in everything)})"
    for company, value in rows_of(many, told, **(dict.fromkeys(everything) | asked)):
        points[company].append(value)
    rows = [row for row in ask_rows(many, "effort", asked) if row["story"] is None]
    assert rows
    for row in rows:
        own = sorted(points[row["company"]])
        expected = [min(math.ceil(own[math.ceil(len(own) * share) - 1]), own[-1]) for share in (0.25, 0.75)]
        assert [row["lower_points"], row["upper_points"]] == expected


def test_companies_with_single_dots_have_no_middle_half(database: duckdb.DuckDBPyConnection) -> None:
    assert {(row["lower_points"], row["upper_points"]) for row in ask_rows(database, "effort")} == {(None, None)}
    assert "thick" not in publish_chart(database, "effort").subtitle


def test_effort_chart_draws_the_middle_half_of_large_companies(many: duckdb.DuckDBPyConnection) -> None:
    shown = publish_chart(many, "effort")
    assert shown.spec
    assert "line: least to most, thick: middle half" in shown.subtitle
    thick = [layer for layer in shown.spec["layer"] if layer.get("mark", {}).get("strokeWidth") == 5]
    assert len(thick) == 1
    assert thick[0]["encoding"]["x"]["field"] == "lower_points"
    assert len(thick[0]["data"]["values"]) == len({row["company"] for row in shown.rows if row["story"] is None})
