"""Each kind of wrong headline is found by the checks that the headlines of all libraries pass."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import duckdb
import pytest

from cxdata.export.editorial_review import review_view
from cxdata.export.view import parse_view
from cxdata.publish.charts import PublishedChart, publish_chart
from cxdata.questions.ask import ask_rows
from tests.fixtures.oracles.headline_checks import check_alt_text, check_claim, check_halls, check_number
from tests.fixtures.oracles.headlines import wrong_figures, wrong_names
from tests.fixtures.stories import make_story, step, work

Values = dict[str, list[float | None]]


@pytest.fixture(scope="module")
def library(database_of: Callable[..., duckdb.DuckDBPyConnection]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Five stories each of a company with much effort and one with little, and one story of a third."""
    kept = {"claim": "Here tomorrow", "evidence": "So it was.", "locator": "end"}
    stories = [
        make_story(
            f"{company.lower()}-{n}",
            step(feeling, work("disputing", times=times + n % 2), demand="failure"),
            step(feeling, demand="value"),
            company=company,
            promises=[kept | {"kept": "broken" if company == "High" else "kept late"}],
        )
        for company, feeling, times, number in (("High", -4, 5, 5), ("Low", 3, 1, 5), ("Lone", 1, 2, 1))
        for n in range(number)
    ]
    with database_of(*stories) as connection:
        yield connection


@pytest.fixture(scope="module")
def values(library: duckdb.DuckDBPyConnection) -> tuple[Values, Values]:
    effort: Values = {}
    felt: Values = {}
    for row in ask_rows(library, "story_scores"):
        effort.setdefault(row["company"], []).append(row["effort_points"])
        felt.setdefault(row["company"], []).append(row["experience"])
    return effort, felt


def check(shown: PublishedChart, values: tuple[Values, Values]) -> None:
    effort, felt = values
    check_claim(shown, effort, set(effort))
    check_number(shown, effort, felt)
    check_halls(shown, felt)


CHOICES: dict[str, dict[str, Any]] = {"head_to_head": {"left": "High", "right": "Low", "job": "buy_a_laptop"}}
TRUE = {
    "effort": "High takes the most effort of the 2 companies compared: 10.8 points per story",
    "failure_demand": "11 of 22 contacts were avoidable",
    "promise_gap": "5 of 11 promises were broken, by High",
    "fame_and_shame": "Low is in the hall of fame, High in the hall of shame",
    "head_to_head": "High took 8 more points per story than Low, all from disputing",
}


@pytest.mark.parametrize("chart", TRUE)
def test_the_proposed_headline_passes(
    chart: str, library: duckdb.DuckDBPyConnection, values: tuple[Values, Values]
) -> None:
    shown = publish_chart(library, chart, CHOICES.get(chart))
    assert shown.headline == TRUE[chart]
    check(shown, values)


@pytest.mark.parametrize(
    ("chart", "wrong"),
    [
        pytest.param("effort", {"sentence": "High takes the most effort: 10.9 points per story"}, id="figure"),
        pytest.param("failure_demand", {"sentence": "10 of 22 contacts were avoidable"}, id="count"),
        pytest.param("effort", {"subjects": ("Low",)}, id="leader"),
        pytest.param("effort", {"subjects": ("Lone",)}, id="leader of one story"),
        pytest.param("effort", {"kind": "described"}, id="rank without a test"),
        pytest.param("effort", {"stories": 12}, id="number of stories"),
        pytest.param(
            "promise_gap", {"sentence": "5 of 11 promises were broken, by Low", "subjects": ("Low",)}, id="name"
        ),
        pytest.param("promise_gap", {"subjects": ()}, id="name left out"),
        pytest.param("fame_and_shame", {"subjects": ("Low", "Lone")}, id="hall"),
        pytest.param(
            "fame_and_shame", {"sentence": "Experience runs from −4 (Low) to +3 (High)"}, id="value of another"
        ),
        pytest.param("head_to_head", {"sentence": "Low took 8 more points per story than High"}, id="direction"),
        pytest.param("failure_demand", {"sentence": "None of the 1 contact was avoidable"}, id="grammar"),
    ],
)
def test_a_wrong_headline_is_found(
    chart: str, wrong: dict[str, Any], library: duckdb.DuckDBPyConnection, values: tuple[Values, Values]
) -> None:
    shown = publish_chart(library, chart, CHOICES.get(chart))
    with pytest.raises(AssertionError):
        check(replace(shown, claim=replace(shown.claim, **wrong)), values)


def test_a_wrong_number_of_stories_under_a_chart_is_found(
    library: duckdb.DuckDBPyConnection, values: tuple[Values, Values]
) -> None:
    with pytest.raises(AssertionError):
        check(replace(publish_chart(library, "effort"), story_count=12), values)


@pytest.mark.parametrize("wrong", ["10.9 points", "1 points", "1 stories"])
def test_a_wrong_alt_text_is_found(wrong: str, library: duckdb.DuckDBPyConnection) -> None:
    shown = publish_chart(library, "effort")
    assert "10.8 points over 5 stories" in shown.alt_text
    check_alt_text(shown)
    with pytest.raises(AssertionError):
        check_alt_text(replace(shown, alt_text=shown.alt_text.replace("10.8 points", wrong)))


@pytest.mark.parametrize(
    ("chart", "wrong", "level", "said"),
    [
        ("effort", {"kind": "counted", "sentence": "Lone took the most effort"}, "stop", "cannot rank a company"),
        ("effort", {"kind": "superlative", "subjects": ("Lone",)}, "stop", "cannot rank a company"),
        ("effort", {"kind": "described"}, "warn", "do not show which company comes first"),
        ("effort", {"sentence": "High takes 73 points per story"}, "warn", "73 in the headline is not among"),
        ("fame_and_shame", {"sentence": "Low is never bad"}, "warn", "'never'"),
        ("fame_and_shame", {"sentence": "High is a scam"}, "stop", "accuses"),
        ("effort", {"stories": 12}, "stop", "more stories than the chart draws"),
    ],
)
def test_the_review_before_publication_finds_a_wrong_proposal(
    chart: str, wrong: dict[str, Any], level: str, said: str, library: duckdb.DuckDBPyConnection
) -> None:
    shown, view = publish_chart(library, chart), parse_view(chart, {})
    assert said not in " ".join(remark.text for remark in review_view(shown, view))
    remarks = review_view(replace(shown, claim=replace(shown.claim, **wrong)), view)
    assert said in " ".join(remark.text for remark in remarks if remark.level == level)


def test_a_wrong_company_or_figure_of_a_funnel_is_found() -> None:
    rows = [
        {"company": company, "experience": experience, "sector_experience": 1.0, "side": side}
        for company, experience, side in (("A", -3.0, "below"), ("B", 1.2, None))
    ]
    said = "A is rated unusually low in Retail: −3, mean +1"
    assert wrong_figures("sector_funnel", rows, said, ["A"]) == wrong_names("sector_funnel", rows, said, ("A",)) == []
    assert wrong_figures("sector_funnel", rows, said.replace("−3", "−4"), ["A"]) == ["4"]
    assert wrong_names("sector_funnel", rows, said, ("B",)) == ["A", "B"]
    none = "No company is rated unusually low or high in Retail"
    assert wrong_names("sector_funnel", rows[1:], none, ()) == []
    assert wrong_names("sector_funnel", rows, none, ()) == ["A"]
