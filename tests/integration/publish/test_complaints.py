"""One-sided data: the sentences of charts about complaints, and the charts that leave complaints out."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from cxdata.charts import CHARTS
from cxdata.export.editorial_review import review_view
from cxdata.export.view import parse_view
from cxdata.publish.charts import publish_chart
from cxdata.publish.origin import describe_registers, format_attribution
from cxdata.publish.summaries import overview_claim, overview_lead
from cxdata.questions.ask import ask_rows
from cxdata.stories import Story
from tests.fixtures.stories import make_story, step, work

ABOUT_WORK = sorted(name for name, chart in CHARTS.items() if chart.CHART.about_work)
WITHOUT_COMPLAINTS = sorted(name for name, chart in CHARTS.items() if chart.CHART.leaves_out_complaints)
Make = Callable[..., duckdb.DuckDBPyConnection]
ALL_KINDS = {"story_kind": "all"}
REGISTER = {"id": "register", "title": "A register", "author": "A Bureau", "kind": "open data"}


def complaint(name: str, company: str, *effort: dict[str, Any]) -> Story:
    sent = step(None, work("avoidable_contact"), *effort, touchpoint="phone", demand="failure")
    return make_story(name, sent, company=company, outcome="unresolved", source=REGISTER)


@pytest.fixture
def complaints(database_of: Make) -> duckdb.DuckDBPyConnection:
    """A database of two complaints about Bank A, one with a dispute, and one about Bank B."""
    return database_of(
        complaint("one", "Bank A"), complaint("two", "Bank A", work("disputing")), complaint("three", "Bank B")
    )


@pytest.fixture
def mixed(database_of: Make) -> duckdb.DuckDBPyConnection:
    """A database of complaints about a bank and a story of a shop whose customer had to call again."""
    call = step(-4, work("repeat_contact"), demand="failure")
    return database_of(
        complaint("one", "Bank A"),
        complaint("two", "Bank A"),
        make_story("told", call, company="Shop"),
    )


@pytest.mark.parametrize("chart", ABOUT_WORK)
def test_effort_charts_say_that_they_rest_on_complaints(complaints: duckdb.DuckDBPyConnection, chart: str) -> None:
    shown = publish_chart(complaints, chart)
    assert shown.headline.startswith("Among complaints alone")
    assert "a complaint counts as one avoidable contact" in shown.subtitle
    chosen = "only complaints: nobody who was content filed one"
    assert f"complaints filed with A Bureau · {chosen} · coded by a mapping of the form" in shown.source_line


@pytest.mark.parametrize("chart", WITHOUT_COMPLAINTS)
def test_complaints_alone_give_no_costs_and_no_fixes(complaints: duckdb.DuckDBPyConnection, chart: str) -> None:
    shown = publish_chart(complaints, chart)
    assert (shown.rows, shown.spec) == ((), None)
    assert "complaint form does not say" in shown.headline


@pytest.mark.parametrize("chart", WITHOUT_COMPLAINTS)
def test_complaints_beside_other_stories_are_left_out_with_a_note(mixed: duckdb.DuckDBPyConnection, chart: str) -> None:
    shown = publish_chart(mixed, chart, ALL_KINDS)
    assert {row["company"] for row in shown.rows} == {"Shop"}
    assert "1 customer story · 2 complaints left out" in shown.subtitle


def test_headline_mentions_complaints_when_they_are_most_stories(mixed: duckdb.DuckDBPyConnection) -> None:
    assert publish_chart(mixed, "effort", ALL_KINDS).headline.startswith("Among complaints and stories: ")  # 2 of 3
    # a finding about feelings uses only stories with feelings
    assert "omplaint" not in publish_chart(mixed, "fame_and_shame", ALL_KINDS).headline


def test_complaints_without_feelings_put_no_company_in_a_hall(complaints: duckdb.DuckDBPyConnection) -> None:
    shown = publish_chart(complaints, "effort_and_experience")
    assert shown.spec is None
    assert shown.headline == "No story here says how the customer felt beside its effort"
    assert publish_chart(complaints, "fame_and_shame").headline == "These stories do not say how the customer felt"


def test_lead_does_not_call_complaints_hand_picked(
    complaints: duckdb.DuckDBPyConnection, mixed: duckdb.DuckDBPyConnection
) -> None:
    lead = overview_lead(ask_rows(complaints, "library")[0])
    assert "filed with A Bureau. All are complaints" in lead
    assert "We chose" not in lead
    lead = overview_lead(ask_rows(mixed, "library", ALL_KINDS)[0])
    assert "by A. Writer or filed with A Bureau. 2 of them are complaints" in lead
    assert "We chose the other story" in lead


def test_channel_of_a_complaint_is_not_a_touchpoint_of_the_company(
    complaints: duckdb.DuckDBPyConnection, mixed: duckdb.DuckDBPyConnection
) -> None:
    for database in (complaints, mixed):
        assert (
            "not the touchpoints of the companies" in publish_chart(database, "touchpoint_effort", ALL_KINDS).headline
        )


@pytest.mark.parametrize("chart", ["touchpoint_feeling", "touchpoint_effort"])
def test_touchpoint_of_a_complaint_is_said_to_be_how_it_was_sent(mixed: duckdb.DuckDBPyConnection, chart: str) -> None:
    sent = "touchpoint of a complaint: how it was sent"
    assert sent in publish_chart(mixed, chart, ALL_KINDS).subtitle
    assert sent not in publish_chart(mixed, chart, {"story_kind": "customer_story"}).subtitle


def test_touchpoints_without_a_feeling_are_no_grid(
    complaints: duckdb.DuckDBPyConnection, mixed: duckdb.DuckDBPyConnection
) -> None:
    assert publish_chart(complaints, "touchpoint_feeling").spec is None
    assert publish_chart(mixed, "touchpoint_feeling", ALL_KINDS).spec is not None


@pytest.mark.parametrize(
    ("register", "named"),
    [
        ("US Consumer Financial Protection Bureau", "the US Consumer Financial Protection Bureau"),
        ("A Bureau", "A Bureau"),
        ("The complaints desk", "The complaints desk"),
        ("Invented Shop, complaint desk", "Invented Shop, complaint desk"),
        ("Which?", "Which?"),
        ("", ""),
    ],
)
def test_a_public_body_has_an_article(register: str, named: str) -> None:
    assert describe_registers({"registers": register}) == (f"filed with {named}" if named else "")
    story = {"story_kind": "complaint", "author": register}
    assert format_attribution(story) == f"filed with {named}"
    assert format_attribution(story | {"story_kind": "survey"}) == f"by {register}"


def test_equal_effort_is_named_a_tie(database_of: Make) -> None:
    alike = database_of(*(complaint(f"{bank.lower()}-{n}", f"Bank {bank}") for bank in "ABC" for n in range(70)))
    # 0.8 hassle points and 6 usual minutes
    tie = "Bank A, Bank B and Bank C each took 2 points of effort per story"
    assert overview_claim(ask_rows(alike, "company_scores")).headline == tie
    assert publish_chart(alike, "effort").headline == f"Among complaints alone: {tie}"


def test_review_asks_to_mention_the_origin_of_complaints(complaints: duckdb.DuckDBPyConnection) -> None:
    remarks = review_view(publish_chart(complaints, "effort"), parse_view("effort", {}))
    notes = " ".join(remark.text for remark in remarks if remark.level == "note")
    assert "Nobody who was content filed one" in notes
    assert "We chose" not in notes


def test_complaints_say_their_points_and_which_of_them_are_meant(database_of: Make) -> None:
    asked = {"read_effort": "part", "read_drivers": ("avoidable_contact", "disputing")}
    banks = [complaint(bank.lower(), f"Bank {bank}", work("disputing")) for bank in "ABC"]
    database = database_of(*(story.model_copy(update=asked) for story in banks))
    (row,) = ask_rows(database, "job_stories", {"company": "Bank A", "job": "buy_a_laptop"})
    assert (row["job_points"], row["story_points"], row["known_types"]) == (None, None, 2)
    # a form says an avoidable contact and a dispute: 2 and 4 points in the codebook
    assert row["found_points"] == sum(step["effort_points"] for step in ask_rows(database, "journey", {"story": "a"}))
    listed = ask_rows(database, "stories_behind", {"company": "Bank A"})[0]
    assert (listed["known_types"], listed["found_points"]) == (2, row["found_points"])
    pair = {"left": "Bank A", "right": "Bank B", "job": "buy_a_laptop"}
    shown = publish_chart(database, "head_to_head", pair)
    assert shown.headline == "These 2 stories of Bank A and Bank B answer for some effort types only"
