"""Many stories and companies: charts stay bounded and say so, and rollups equal a recount."""

import json
from typing import Any

import duckdb
import pytest
import vl_convert

from cxdata.charts import CHARTS
from cxdata.codebook.codes import Codebook
from cxdata.errors import QuestionError
from cxdata.publish.charts import publish_chart
from cxdata.publish.summaries import overview_claim, overview_lead
from cxdata.questions.ask import ask_rows, find_question, list_questions
from cxdata.store.rollups import refresh_rollups
from cxdata.stories import Library
from tests.fixtures.large_databases import COUNTED, Stock, complaints, make_large, rollups

MOST_ROWS, MOST_MARKS = 30, 2_000


def choices_of(stock: Stock, name: str) -> dict[str, Any]:
    company = f"The {stock.prefix} company"
    values = {
        "story": f"{stock.prefix}-77",
        "company": f"{company} 1",
        "left": f"{company} 1",
        "right": f"{company} 2",
        "job": stock.jobs[0],
        "search": "customer 77",
    }
    return {key: values[key] for key in find_question(name).needs}


@pytest.mark.parametrize("name", list_questions())
def test_every_question_is_answered_for_many_stories(name: str, many: duckdb.DuckDBPyConnection, stock: Stock) -> None:
    ask_rows(many, name, choices_of(stock, name))


@pytest.mark.parametrize("name", CHARTS)
def test_chart_of_many_stories_is_bounded_and_says_so(name: str, many: duckdb.DuckDBPyConnection, stock: Stock) -> None:
    shown = publish_chart(many, name, choices_of(stock, CHARTS[name].CHART.question))
    if shown.spec is None:
        return
    companies = {row["company"] for row in shown.rows if row.get("company")}
    assert len(companies) <= MOST_ROWS or name in ("effort_and_experience", "fix_first", "sector_funnel")
    assert len(shown.rows) <= (100 if name == "fix_first" else MOST_MARKS)
    assert max(len(layer.get("data", {}).get("values", [])) for layer in shown.spec["layer"]) <= MOST_MARKS
    assert len(json.dumps(shown.spec)) < 2_000_000
    assert len(shown.alt_text) < 3_200
    row = shown.rows[0]
    if row.get("company_count", 0) > row.get("compared_count", 0):
        assert shown.headline.startswith(f"Of the {row['compared_count']} companies shown: ")
        assert f"the {row['compared_count']} companies with most stories, of {row['company_count']}" in shown.subtitle
    else:
        assert "with most stories" not in shown.headline + shown.subtitle


def signals(scope: dict[str, Any]) -> list[tuple[int, str]]:
    """Every signal of a Vega drawing with its group; Vega draws nothing if a group has one twice."""
    own = [(id(scope), signal["name"]) for signal in scope.get("signals", [])]
    return own + [found for mark in scope.get("marks", []) for found in signals(mark)]


@pytest.mark.parametrize("name", CHARTS)
def test_page_can_draw_a_chart_of_many_stories(name: str, many: duckdb.DuckDBPyConnection, stock: Stock) -> None:
    shown = publish_chart(many, name, choices_of(stock, CHARTS[name].CHART.question))
    if shown.spec is None:
        return
    (clicked,) = shown.spec["params"]
    assert len(clicked["views"]) == 1
    found = signals(vl_convert.vegalite_to_vega(shown.spec))
    assert sorted(set(found)) == sorted(found)


@pytest.mark.parametrize("name", ["effort", "how_sure", "rank_stability", "failure_demand", "touchpoint_feeling"])
def test_chart_shows_the_companies_with_most_stories(name: str, many: duckdb.DuckDBPyConnection, stock: Stock) -> None:
    counted = "story_count" if name in ("failure_demand", "touchpoint_feeling") else "effort_count"
    sizes = {row["company"]: row[counted] for row in ask_rows(many, "company_scores")}
    shown = {row["company"] for row in ask_rows(many, name)}
    assert min(sizes[company] for company in shown) >= max(sizes[company] for company in set(sizes) - shown)


def test_complaints_alone_put_no_company_in_a_hall(codebook: Codebook) -> None:
    alone = make_large(complaints(300, 40), codebook)
    scores = ask_rows(alone, "company_scores")
    assert {row["hall"] for row in scores} == {None}
    assert overview_claim(scores).kind == "unknown"
    assert publish_chart(alone, "fame_and_shame").claim.kind == "unknown"


def test_complaints_do_not_change_the_halls_of_other_stories(
    codebook: Codebook, library: Library, database: duckdb.DuckDBPyConnection
) -> None:
    both = make_large(complaints(300, 40), codebook, library=library)
    halls = {row["company"]: row["hall"] for row in ask_rows(database, "company_scores")}
    for row in ask_rows(both, "company_scores"):
        assert row["hall"] == halls.get(row["company"])


def test_a_few_of_many_authors_are_named(codebook: Codebook) -> None:
    large = make_large(Stock(3_000, 20, encounters=1, events=1, authors=200), codebook)
    library = ask_rows(large, "library")[0]
    assert library["author_count"] == 200
    assert library["authors"].endswith(" and 197 more")
    assert len(overview_lead(library)) < 300


def test_unknown_story_error_lists_a_few_choices(many: duckdb.DuckDBPyConnection, stock: Stock) -> None:
    with pytest.raises(QuestionError, match=rf"Did you mean {stock.prefix}-\d+\?.* more$") as refused:
        ask_rows(many, "story", {"story": f"{stock.prefix}-77x"})
    assert len(str(refused.value)) < 1_000


def test_rollups_of_changed_stories_equal_a_full_refresh(codebook: Codebook, library: Library) -> None:
    connection = make_large(Stock(200, 10, encounters=3, events=4), codebook, library=library)
    tables = ("story", "encounter", "effort_event")
    for round_ in range(3):
        stories = [
            story
            for (story,) in connection.execute(
                "select story from story where hash(story || $round) % 7 = 0 order by story", {"round": round_}
            ).fetchall()
        ]
        kept = {}
        for table in tables:
            kept[table] = connection.sql(
                f"select * from {table} where story in (select unnest($s))", params={"s": stories}
            ).to_arrow_table()
            connection.execute(f"delete from {table} where story in (select unnest($s))", {"s": stories})
        refresh_rollups(connection, f"select unnest({stories!r}) as story")
        by_changed = rollups(connection)
        assert by_changed["story_rollup"]
        assert not {row[0] for row in by_changed["story_rollup"]} & set(stories)
        refresh_rollups(connection)
        assert by_changed == rollups(connection)
        if round_ % 2:
            continue  # these stories stay deleted
        for table in tables:
            back = kept[table]
            connection.register("back", back)
            connection.execute(f"insert into {table} select * from back")
            connection.unregister("back")
        connection.execute(
            "update story set company = (select min(company) from company) where story in (select unnest($s))",
            {"s": stories[:2]},
        )
        refresh_rollups(connection, f"select unnest({stories!r}) as story")
        by_changed = rollups(connection)
        refresh_rollups(connection)
        assert by_changed == rollups(connection)


def test_rollups_equal_a_recount(many: duckdb.DuckDBPyConnection) -> None:
    many.execute(COUNTED)
    for name, recount in RECOUNTS.items():
        counted = many.execute(recount).fetchall()
        kept = many.execute(f"select {KEPT[name]} order by all").fetchall()
        assert kept == [pytest.approx(row) for row in counted], name


KEPT = {
    "work_cell": "company, driver, sum(times), sum(story_count) from work_cell where touchpoint is null group by all",
    "work at touchpoints": """
        company, touchpoint, driver,
        sum(hassle_points * hassles + minute_share / 5 * (told_minutes + assumed_minutes)), sum(story_count)
        from work_cell inner join codebook_drivers on driver = code where touchpoint is not null group by all
    """,
    "touchpoint_cell": "company, touchpoint, sum(encounters), sum(feeling_sum), sum(story_count), sum(effort_count) "
    "from touchpoint_cell group by all",
    "contact_cell": "company, demand, sum(contacts), sum(story_count) from contact_cell "
    "where touchpoint is null group by all",
    "job_cell": "company, job, sum(story_count), sum(effort_count), sum(points) from job_cell group by all",
    "story_rollup": "story, encounter_count, event_count, effort_points from story_rollup",
}
RECOUNTS = {
    "work_cell": """
        select company, driver, sum(times), count(distinct effort_event.story)
        from effort_event inner join story on effort_event.story = story.story
        where read_effort = 'whole' group by all order by all
    """,
    "work at touchpoints": """
        select company, touchpoint, driver, sum(points), count(distinct counted_effort.story)
        from counted_effort
        inner join encounter on counted_effort.story = encounter.story and counted_effort.step = encounter.step
        inner join story on counted_effort.story = story.story
        where read_effort = 'whole' group by all order by all
    """,
    "touchpoint_cell": """
        select
            service_encounter.company, touchpoint, count(*), coalesce(sum(feeling), 0), count(distinct story),
            count(distinct story) filter (where read_effort = 'whole')
        from service_encounter inner join story using (story) group by all order by all
    """,
    "contact_cell": """
        select company, demand, sum(contacts), count(distinct story) from customer_contact group by all order by all
    """,
    "job_cell": """
        select served.company, served.job, any_value(stories), any_value(whole), coalesce(sum(points), 0)
        from (
            select service_encounter.company, service_encounter.job, count(distinct story) as stories,
                count(distinct story) filter (where read_effort = 'whole') as whole
            from service_encounter inner join story using (story) group by all
        ) as served
        left join (
            select service_encounter.company, service_encounter.job, points
            from counted_effort
            inner join service_encounter using (story, step)
            inner join story using (story)
            where read_effort = 'whole'
        ) as worked on served.company = worked.company and served.job = worked.job
        group by all order by all
    """,
    "story_rollup": """
        select
            told.story, steps, case when read_effort = 'whole' then coalesce(events, 0) end,
            effort_points
        from (select story, count(*) as steps from service_encounter group by story) as told
        inner join counted_story on told.story = counted_story.story
        left join (select story, count(*) as events from effort_event group by story) as met on told.story = met.story
        order by all
    """,
}
