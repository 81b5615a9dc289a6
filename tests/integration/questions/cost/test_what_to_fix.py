"""What to fix: against the golden stories, against the rule in plain Python on random libraries, and its last row."""

import random
from collections.abc import Callable, Sequence
from typing import Any

import duckdb
import pytest

from cxdata.publish.charts import publish_chart, stories_scope
from cxdata.publish.summaries import summarise_fixes
from cxdata.questions.ask import ask_rows
from cxdata.questions.rows import WhatToFixRow
from cxdata.stories import Story
from tests.fixtures.oracles.pareto import RankedItem, rank_items, total_items
from tests.fixtures.statistics import figure, read_rows
from tests.fixtures.stories import make_story, step, work

Make = Callable[..., duckdb.DuckDBPyConnection]
ALL = 1000  # more items than there are
DRIVERS = ("repeat_contact", "wait_on_hold", "disputing", "worry", "errand", "uncertainty", "unclear_message")
PLACES = ("phone", "website", "email", "delivery", "returns_page")
STORIES = read_rows("pareto_stories.csv")
EXPECTED = read_rows("pareto_expected.csv")
PLANTED = {"before": [], "after": read_rows("pareto_planted.csv"), "after_b": read_rows("pareto_planted_b.csv")}
UNREAD = {f"read_{measure}": "none" for measure in ("feeling", "effort", "promises", "signs")}


def golden_database(database_of: Make, events: Sequence[dict[str, str]], by: str) -> duckdb.DuckDBPyConnection:
    """The golden stories with their points; by touchpoint, all events are of one effort type."""
    places = dict(zip(sorted({event["touchpoint"] for event in events}), PLACES, strict=False))
    stories = []
    for told in STORIES:
        own = [event for event in events if event["story"] == told["story"]]
        steps = [
            step(
                None,
                work("disputing" if by == "touchpoint" else event["driver"]),
                touchpoint=places[event["touchpoint"]],
            )
            for event in own
        ]
        read = {} if told["read_for_effort"] == "whole" else UNREAD
        stories.append(make_story(told["story"], *steps, company=told["company"], **read))
    database = database_of(*stories)
    # the golden points are given, and do not follow from today's codebook
    for told in STORIES:
        own = [event for event in events if event["story"] == told["story"]]
        for place, event in enumerate(own, 1):
            database.execute(
                "update effort_load set hassles = $points / codebook_drivers.hassle_points, told_minutes = 0,"
                " assumed_minutes = 0 from codebook_drivers, story_rollup where effort_load.step = $step"
                " and effort_load.driver = codebook_drivers.code and story_rollup.number = effort_load.number"
                " and story_rollup.story = $story",
                {"points": float(event["points"]), "step": place, "story": told["story"]},
            )
    return database


@pytest.mark.parametrize("when", PLANTED)
@pytest.mark.parametrize("by", ["driver", "touchpoint"])
def test_golden_stories_have_their_order(when: str, by: str, database_of: Make) -> None:
    events = read_rows("pareto_events.csv") + PLANTED[when]
    database = golden_database(database_of, events, by)
    places = dict(zip(sorted({event["touchpoint"] for event in events}), PLACES, strict=False))
    for company in sorted({row["company"] for row in EXPECTED if (row["when"], row["by"]) == (when, by)}):
        asked: dict[str, Any] = {"most": ALL, "driver": "disputing"} if by == "touchpoint" else {"most": ALL}
        rows = ask_rows(database, "what_to_fix", asked | ({} if company == "all" else {"companies": [company]}))
        found = {row[by]: row for row in rows}
        expected = [row for row in EXPECTED if (row["when"], row["by"], row["company"]) == (when, by, company)]
        assert len(found) == len(expected) > 0
        for told in expected:
            row = found[places[told["item"]] if by == "touchpoint" else told["item"]]
            assert (row["place"], row["story_count"], row["read_count"]) == (
                int(told["order_by_lowest"]),
                int(told["stories_with"]),
                int(told["stories_read"]),
            )
            figures = (row["total"], row["left_out_total"], row["share"], row["prevalence"], row["severity"])
            columns = ("total", "lowest_total", "share", "prevalence", "severity")
            assert figures == pytest.approx([figure(told[column]) for column in columns], abs=1e-6)
        if by == "driver":  # equals stand in the order of their names, which touchpoints have changed here
            assert [row["cumulative_share"] for row in rows] == pytest.approx(
                [figure(told["cumulative_share"]) for told in expected], abs=1e-6
            )


def random_library(draw: random.Random) -> list[Story]:
    """Stories of three companies, some of them not read for effort."""
    stories = []
    for number in range(draw.choice([1, 2, 3, 8, 25])):
        effort = [
            step(
                None,
                *(
                    work(draw.choice(DRIVERS), times=draw.randint(1, 3), minutes=draw.choice([None, 5.0, 60.0]))
                    for _ in range(draw.randint(0, 3))
                ),
                touchpoint=draw.choice(PLACES),
            )
            for _ in range(draw.randint(1, 3))
        ]
        read = UNREAD if draw.random() < 0.2 and not any(each["effort"] for each in effort) else {}
        stories.append(make_story(f"tale-{number}", *effort, company=draw.choice("ABC"), **read))
    return stories


def rank_in_python(
    database: duckdb.DuckDBPyConnection, company: str | None, driver: str | None
) -> tuple[list[RankedItem], int]:
    """The items by tests.fixtures.oracles.pareto, and the number of stories read."""
    of_company = {"companies": [company]} if company else {}
    scores = ask_rows(database, "story_scores", of_company)
    read = {row["story"] for row in scores if row["effort_points"] is not None}
    events = database.execute("select story, driver, touchpoint, points from effort").fetchall()
    parts = [
        (place if driver else kind, story, points)
        for story, kind, place, points in events
        if story in read and driver in (None, kind)
    ]
    return rank_items(total_items(parts), len(read)), len(read)


@pytest.mark.parametrize("seed", range(12))
def test_random_libraries_match_the_rule_in_python(seed: int, database_of: Make) -> None:
    stories = random_library(random.Random(seed))
    database = database_of(*stories)
    for company in (None, *sorted({story.company.name for story in stories})):
        for driver in (None, *DRIVERS[:3]):
            ranked, read = rank_in_python(database, company, driver)
            asked = {"most": ALL, "companies": [company] if company else None, "driver": driver}
            rows = ask_rows(database, "what_to_fix", asked)
            assert [row["touchpoint" if driver else "driver"] for row in rows] == [each.item for each in ranked]
            for row, each in zip(rows, ranked, strict=True):
                assert (row["place"], row["story_count"], row["read_count"]) == (each.place, each.stories_with, read)
                assert (row["item_count"], row["item_total"]) == (1, row["total"])
                assert (row["total"], row["left_out_total"]) == pytest.approx((each.total, each.left_out_total))
                assert (row["share"], row["cumulative_share"]) == pytest.approx((each.share, each.cumulative_share))
                assert (row["prevalence"], row["severity"]) == pytest.approx((each.prevalence, each.severity))


def test_last_row_holds_the_items_beyond_the_most(database: duckdb.DuckDBPyConnection) -> None:
    everything = ask_rows(database, "what_to_fix", {"most": ALL})
    rows = ask_rows(database, "what_to_fix", {"most": 3})
    assert rows[:3] == [row | {"largest_total": rows[0]["largest_total"]} for row in everything[:3]]
    (rest,) = rows[3:]
    others = everything[3:]
    assert (rest["driver"], rest["place"], rest["item_count"]) == (None, None, len(others))
    assert rest["total"] == pytest.approx(sum(row["total"] for row in others))
    assert rest["item_total"] == max(row["total"] for row in others)
    assert rest["cumulative_share"] == pytest.approx(1)
    assert max(row["story_count"] for row in others) <= rest["story_count"] <= rest["read_count"]
    assert {row["largest_total"] for row in rows} == {max(row["total"] for row in rows)}


def test_one_item_beyond_the_most_is_shown_itself(database: duckdb.DuckDBPyConnection) -> None:
    everything = ask_rows(database, "what_to_fix", {"most": ALL})
    assert ask_rows(database, "what_to_fix", {"most": len(everything) - 1}) == everything


def test_stories_that_nobody_read_count_nowhere(database_of: Make) -> None:
    read = make_story("read", step(None, work("disputing")))
    database = database_of(read, *(make_story(f"unread-{number}", **UNREAD) for number in range(3)))
    assert [row["read_count"] for row in ask_rows(database, "what_to_fix")] == [1]
    shown = publish_chart(database, "what_to_fix")
    assert "effort known for 1 of 4 stories" in shown.subtitle
    assert shown.headline.startswith("In this story, disputing took ")


def test_mark_opens_as_many_stories_as_it_counts(database: duckdb.DuckDBPyConnection) -> None:
    for choices in ({}, {"driver": "wait_on_hold"}, {"companies": ["AO.com"]}):
        shown = publish_chart(database, "what_to_fix", choices)
        for row in shown.rows:
            if row["driver"]:
                behind = ask_rows(database, "stories_behind", stories_scope(shown, row))
                assert len(behind) == row["story_count"]


def test_chart_draws_at_most_ten_bars_and_the_rest(database: duckdb.DuckDBPyConnection) -> None:
    shown = publish_chart(database, "what_to_fix")
    assert len(shown.rows) == 11
    assert f"And {shown.rows[-1]['item_count']} more: " in shown.alt_text


def test_touchpoints_of_an_effort_type_are_named_with_it(database: duckdb.DuckDBPyConnection) -> None:
    shown = publish_chart(database, "what_to_fix", {"driver": "repeat_contact"})
    assert shown.headline == "Phone call took 8 points of repeat contact, in 2 of these 8 stories"


def test_paragraph_has_the_claim_and_the_first_items(database: duckdb.DuckDBPyConnection) -> None:
    rows: list[WhatToFixRow] = ask_rows(database, "what_to_fix")
    library = ask_rows(database, "library", {"known": "effort"})[0]
    said = summarise_fixes(rows, library)
    assert said.startswith(publish_chart(database, "what_to_fix").headline + ". In order: ")
    for row in rows[:3]:
        assert f"{str(row['driver_label']).lower()} ({row['total']:g} points in 2 of 8 stories" in said
    assert "Together: 28% of all effort points" in said  # 8, 6 and 4 of 65 points
    assert "8 customer stories of 8 companies" in said
    assert "No effort was found in these 8 stories" in summarise_fixes([], library)


def test_paragraph_orders_nothing_that_one_story_holds_alone(database: duckdb.DuckDBPyConnection) -> None:
    companies = {"companies": ["AO.com", "Argos"]}
    library = ask_rows(database, "library", companies | {"known": "effort"})[0]
    said = summarise_fixes(ask_rows(database, "what_to_fix", companies), library)
    assert said.startswith("No problem took effort in more than one of these 2 stories. This")
    alone = {"companies": ["AO.com"]}
    said = summarise_fixes(ask_rows(database, "what_to_fix", alone), library)
    assert "In order: waiting on hold (6 points), disputing (4 points), repeat contact (4 points). " in said
