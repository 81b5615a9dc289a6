"""Headlines and captions of every chart: who writes them, how long they are, and which stories they rest on."""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cxdata import charts
from cxdata.charts import CHARTS
from cxdata.codebook.codes import Codebook
from cxdata.export.picture.text_metrics import wrap_text
from cxdata.publish.charts import PublishedChart, publish_chart
from cxdata.questions.ask import ask_rows, find_question
from cxdata.store.rollups import refresh_rollups
from tests.fixtures.large_databases import Stock, make_large
from tests.fixtures.question_parameters import needed
from tests.fixtures.stories import make_story, step, work

NAMES = sorted(CHARTS)
MOST_WORDS = 14
WIDTH, SIZE = 736, 16  # px of a caption beside a chart on a wide screen, and of its letters
MOST_LINES = 2


@pytest.fixture(scope="module")
def synthetic(codebook: Codebook) -> duckdb.DuckDBPyConnection:
    """Two thousand stories of twenty companies, which one person made up."""
    return make_large(Stock(2_000, 20, encounters=4, events=2, authors=1), codebook)


@pytest.fixture(scope="module")
def of_synthetic(synthetic: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    first = ask_rows(synthetic, "story_scores")[0]
    left, right = list(dict.fromkeys(row["company"] for row in ask_rows(synthetic, "company_scores")))[:2]
    return {"story": first["story"], "job": first["job"], "left": left, "right": right}


def hold_length(shown: PublishedChart, companies: set[str]) -> None:
    """Hold a headline to fourteen words, its limit aside, and a caption to two lines. A name counts as one word."""
    sentence, caption = shown.claim.sentence, shown.subtitle
    for company in sorted(companies, key=len, reverse=True):
        sentence, caption = (text.replace(company, "Company") for text in (sentence, caption))
    assert len(sentence.split()) <= MOST_WORDS, sentence
    assert len(wrap_text(caption, "Sans-Regular", SIZE, WIDTH)) <= MOST_LINES, caption


@pytest.mark.parametrize("name", NAMES)
def test_headlines_and_captions_of_the_shipped_stories_are_short(
    name: str, database: duckdb.DuckDBPyConnection
) -> None:
    hold_length(publish_chart(database, name, needed(CHARTS[name].CHART.question)), set())


@pytest.mark.parametrize("name", NAMES)
def test_headlines_and_captions_of_many_stories_are_short(
    name: str, synthetic: duckdb.DuckDBPyConnection, of_synthetic: dict[str, Any]
) -> None:
    asked = {key: of_synthetic[key] for key in find_question(CHARTS[name].CHART.question).needs}
    companies = {row["company"] for row in ask_rows(synthetic, "company_scores")}
    hold_length(publish_chart(synthetic, name, asked), companies)


def test_no_chart_builds_a_claim_itself() -> None:
    """Decision 28: a chart gives figures, and cxdata/claims the sentence."""
    folder = Path(charts.__path__[0])
    builders = [
        path.name
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Claim"
    ]
    assert builders == []


def second(story: str) -> list[str]:
    return [
        f"insert into second_coding by name select '{story}' as story, 'Coder B' as coder, ['feeling'] as read_for,"
        " date '2026-11-22' as coded_on, 'second' as batch",
        f"insert into second_encounter by name select '{story}' as story, 'Coder B' as coder, 1 as step, -2 as feeling",
    ]


@pytest.fixture(scope="module")
def varied(database_of: Callable[..., duckdb.DuckDBPyConnection]) -> duckdb.DuckDBPyConnection:
    """One company each with contacts, promises, both halls, the same job, and nothing but a neutral feeling."""
    return database_of(
        make_story(
            "worst",
            step(-4, work("disputing"), demand="failure"),
            company="Worst",
            happened_on="2011",
            happened_basis="told",
        ),
        make_story("best", step(4, demand="value"), company="Best", happened_on="2012", happened_basis="told"),
        make_story(
            "plain", step(0, touchpoint="packaging"), company="Plain", happened_on="2013", happened_basis="told"
        ),
        make_story(
            "other",
            step(0, touchpoint="packaging", job="return_a_laptop"),
            company="Best",
            happened_on="2014",
            happened_basis="told",
        ),
    )


@pytest.mark.parametrize(
    ("chart", "choices", "stories", "period"),
    [
        # the neutral company has no contact
        ("failure_demand", {}, "3 customer stories", "2011–2014"),
        ("fix_first", {}, "1 customer story", "2011"),
        ("touchpoint_halls", {}, "2 customer stories", "2011–2012"),
        ("signs", {}, "2 customer stories", "2011–2012"),
        ("matched_pairs", {"left": "Best", "right": "Worst"}, "2 customer stories", "2011–2012"),
        ("effort", {}, "4 customer stories", "2011–2014"),
    ],
)
def test_number_and_period_are_those_of_the_stories_drawn(
    chart: str, choices: dict[str, Any], stories: str, period: str, varied: duckdb.DuckDBPyConnection
) -> None:
    shown = publish_chart(varied, chart, choices)
    assert shown.subtitle.endswith(f"{stories} · {period}"), shown.subtitle
    assert shown.claim.stories <= shown.story_count


def test_agreement_rests_on_the_stories_that_were_coded_twice(
    database_of: Callable[..., duckdb.DuckDBPyConnection],
) -> None:
    with database_of(*(make_story(f"tale-{n}", step(-2, work("worry"))) for n in range(3))) as database:
        for statement in second("tale-1"):
            database.execute(statement)
        refresh_rollups(database)
        shown = publish_chart(database, "agreement")
        assert (shown.story_count, shown.claim.stories) == (1, 1)
        asked = {"known": "agreement"}
        assert [row["story"] for row in ask_rows(database, "stories_behind", asked)] == ["tale-1"]
