"""The rows of every chart: from shipped stories, one story, one with unknown values, and forty companies."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from cxdata.charts import CHARTS
from cxdata.questions.ask import ask, find_question
from tests.fixtures.question_parameters import needed
from tests.fixtures.stories import make_many, make_story, step, work

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def drawn_from(database: duckdb.DuckDBPyConnection) -> dict[str, Rows]:
    """The rows of each chart, from the shipped stories."""
    return {
        name: ask(database, chart.CHART.question, needed(chart.CHART.question)).to_pylist()
        for name, chart in CHARTS.items()
    }


@pytest.fixture(scope="module", params=["one", "silent", "many"])
def answers(request: pytest.FixtureRequest, database_of: Callable[..., duckdb.DuckDBPyConnection]) -> dict[str, Rows]:
    """The rows of each chart, from one story, from one without feeling and effort, and from forty companies."""
    promise = {"claim": "Here tomorrow", "kept": "broken", "evidence": "Told.", "locator": "end"}
    sign = {"sign": "easy_to_reach", "shown": False}
    stories = {
        "one": [make_story("tale", step(-3, work("disputing")), promises=[promise], signs=[sign])],
        "silent": [make_story("tale", step(None), promises=[promise | {"kept": "unclear"}])],
        "many": make_many(40),
    }[request.param]
    database = database_of(*stories)
    companies = [row["company"] for row in ask(database, "company_scores").to_pylist()]
    own = {"story": stories[-1].story, "job": "buy_a_laptop", "left": companies[0], "right": companies[-1]}
    return {
        name: ask(
            database, chart.CHART.question, {key: own[key] for key in find_question(chart.CHART.question).needs}
        ).to_pylist()
        for name, chart in CHARTS.items()
    }
