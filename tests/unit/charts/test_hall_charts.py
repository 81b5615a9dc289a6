"""Charts of the halls: companies with too few stories are drawn and called not rated."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest

from cxdata.publish.charts import PublishedChart, publish_chart
from tests.fixtures.stories import make_story, step, work

Make = Callable[..., duckdb.DuckDBPyConnection]
FEELINGS = {"Best": [4, 5, 5, 4, 5], "Worst": [-4, -5, -3, -4, -4], "Middle": [1, 0, 1, -1, 2], "Few": [3]}
PAIR = {"job": "buy_a_laptop", "left": "Best", "right": "Few"}


@pytest.fixture(scope="module")
def rated(database_of: Make) -> Iterator[duckdb.DuckDBPyConnection]:
    """Companies of each hall with five stories, and one company with a single story."""
    stories = [
        make_story(f"{company.lower()}-{number}", step(feeling, work("disputing")), company=company)
        for company, feelings in FEELINGS.items()
        for number, feeling in enumerate(feelings)
    ]
    with database_of(*stories) as connection:
        yield connection


def coloured(published: PublishedChart, field: str) -> dict[str, set[Any]]:
    """Give the halls in the data of a chart by company."""
    halls: dict[str, set[Any]] = {}
    for values in re.findall(r'"values": (\[.*?\])', json.dumps(published.spec)):
        for row in json.loads(values):
            if isinstance(row, dict) and field in row and "company" in row:
                halls.setdefault(row["company"], set()).add(row[field])
    return halls


def test_a_mark_of_a_company_without_a_rating_has_a_colour(rated: duckdb.DuckDBPyConnection) -> None:
    stems = coloured(publish_chart(rated, "fame_and_shame"), "company_hall")
    assert stems == {"Best": {"fame"}, "Worst": {"shame"}, "Middle": {"mixed"}, "Few": {"mixed"}}
    bars = coloured(publish_chart(rated, "head_to_head", PAIR), "hall")
    assert bars == {"Best": {"fame"}, "Few": {"mixed"}}


def test_the_alt_text_says_which_companies_are_not_rated(rated: duckdb.DuckDBPyConnection) -> None:
    published = publish_chart(rated, "fame_and_shame")
    assert published.headline == "Best is in the hall of fame, Worst in the hall of shame"
    assert "1 company not rated: under 5 stories" in published.subtitle
    for words in (
        "Best: +4.6 over 5 stories (hall of fame)",
        "Middle: +0.6 over 5 stories (in neither hall)",
        "Few: +3 over 1 story (not rated)",
    ):
        assert words in published.alt_text


def test_a_choice_of_one_hall_rates_no_company(rated: duckdb.DuckDBPyConnection) -> None:
    published = publish_chart(rated, "fame_and_shame", {"halls": ["fame"]})
    assert "companies not rated: these stories were chosen by their hall" in published.subtitle
    assert "hall of fame" not in published.headline


def test_no_chart_of_the_halls_says_gratitude_or_contempt_of_all(rated: duckdb.DuckDBPyConnection) -> None:
    for chart, choices in (
        ("fame_and_shame", {}),
        ("touchpoint_halls", {}),
        ("signs", {}),
        ("journey", {"story": "best-0"}),
    ):
        published = publish_chart(rated, chart, choices)
        drawn = json.dumps(published.spec) + published.headline + published.subtitle + published.alt_text
        assert not re.search(r"gratitude|contempt|famed|shamed", drawn)
