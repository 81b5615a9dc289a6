"""The first sentences of the Overview page."""

from typing import Any

import duckdb
import pytest

from cxdata.publish.summaries import overview_claim, overview_lead
from cxdata.questions.ask import ask_rows
from cxdata.statistics.summaries import summarise


def company(name: str, *points: float) -> Any:
    """Give a row of company_scores over stories with these points; none were read for effort where there are none."""
    summary = summarise(points)
    return {
        "company": name,
        "effort_count": len(points),
        "mean_points": summary.mean if summary else None,
        "points_variance": summary.variance if summary else None,
        "least_points": min(points, default=None),
        "most_points": max(points, default=None),
    }


@pytest.mark.parametrize(
    ("companies", "headline"),
    [
        ([], "Nobody has read these stories for effort"),
        ([company("A"), company("B")], "Nobody has read these stories for effort"),
        ([company("A", 0.0), company("B")], "No effort was found in this story"),
        ([company("A", 12.0)], "One customer’s dealings with A took 12 points of effort"),
        (
            [company("A", 10.5), company("B", 10.5)],
            "Dealings with A and B each took one customer 10.5 points of effort",
        ),
        (
            [company("A", 20, 21, 22, 23, 24), company("B", 1, 2, 3, 4, 5)],
            "A takes the most effort: 22 points per story",
        ),
    ],
)
def test_overview_claims_only_what_the_rows_support(companies: list[Any], headline: str) -> None:
    assert overview_claim(companies).headline == headline


def test_overview_compares_the_companies_with_most_stories() -> None:
    many = [company(f"Company {n}", *[2.0 + (n == 7)] * 9) for n in range(30)]
    claim = overview_claim([*many, company("Rare", 90.0)])
    assert claim.headline == (
        "Of the 30 companies with most stories: Mean effort runs from 2 points per story (Company 0) to 3 (Company 7)"
    )


def test_overview_claim_and_lead_of_the_shipped_stories(database: duckdb.DuckDBPyConnection) -> None:
    claim = overview_claim(ask_rows(database, "company_scores"))
    assert claim.headline == "One customer’s dealings with AO.com took the most effort of these 8: 29.5 points"
    lead = overview_lead(ask_rows(database, "library")[0])
    assert lead.startswith("8 customer stories of 8 companies, step by step, by Maz Iqbal.")
