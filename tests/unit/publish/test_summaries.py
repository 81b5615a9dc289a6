"""The first sentences of the Overview page."""

from typing import Any

import duckdb
import pytest

from cxdata.publish.summaries import overview_headline, overview_lead
from cxdata.questions.ask import ask


def company(name: str, hall: str | None, mean_points: float = 0, story_count: int = 1) -> dict[str, Any]:
    return {"company": name, "hall": hall, "mean_points": mean_points, "story_count": story_count}


@pytest.mark.parametrize(
    ("companies", "headline"),
    [
        ([], "No company here is remembered strongly either way"),
        ([company("A", "mixed"), company("B", None)], "No company here is remembered strongly either way"),
        ([company("A", "fame")], "A earns gratitude"),
        ([company("A", "shame")], "A earns contempt"),
        (
            [company("A", "fame"), company("B", "fame"), company("C", "shame", 12)],
            # 12 points of 5 minutes
            "A and B earn gratitude, C earns contempt. The account of C tells of about 1 h of needless work",
        ),
        (
            [*[company(name, "fame") for name in "ABC"], company("D", "mixed", 3, story_count=2)],
            "3 companies earn gratitude. An average account of D tells of about 15 min of needless work",
        ),
    ],
)
def test_overview_headline_claims_only_what_the_rows_support(companies: list[dict[str, Any]], headline: str) -> None:
    assert overview_headline(companies) == headline


def test_overview_headline_and_lead_of_the_shipped_stories(database: duckdb.DuckDBPyConnection) -> None:
    headline = overview_headline(ask(database, "company_scores").to_pylist())
    assert "The account of AO.com tells of" in headline
    lead = overview_lead(ask(database, "library").to_pylist()[0])
    assert lead.startswith("8 customer stories of 8 companies, moment by moment, told by Maz Iqbal.")
