"""Pages over stories that nobody read whole: coverage lines, and the table of types that a form asks for."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cxdata.editing.review import sign_off
from cxdata.questions.ask import ask_rows
from cxdata.store import build_database
from cxdata.store.duckdb_file import DuckDBFile
from tests.fixtures.databases import open_database
from tests.fixtures.imports import brought, table
from tests.fixtures.legacy_databases import COMPLAINT
from tests.fixtures.pages import open_filters, open_page, page_text

# of ten complaints: two Yes, three No, four N/A, one blank
DISPUTED = ["Yes"] * 2 + ["No"] * 3 + ["N/A"] * 4 + [""]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The pages read the shipped stories and ten complaints."""
    folder = tmp_path_factory.mktemp("coverage") / "data"
    folder.mkdir()
    file = folder / "stories.duckdb"
    build_database(file)
    told = [
        COMPLAINT | {"Complaint ID": 511 + n, "Consumer disputed?": answer, "Timely response?": "Yes"}
        for n, answer in enumerate(DISPUTED)
    ]
    report = brought(file, table(folder / "complaints.csv", told))
    assert report.effort_counts == (0, 10, 0)
    sign_off(DuckDBFile(file), str(report.batch), "published", "Reader B")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CXDATA_DATABASE", str(file))
        yield file


def of_company(page: str, company: str) -> str:
    """The text of a page with the filter set to this company."""
    app = open_page(page, story_kind="all")
    open_filters(app).multiselect(key="company").set_value([company]).run()
    assert not app.exception
    return page_text(app)


def test_no_is_known_and_not_applicable_and_blank_are_unknown(library: Path) -> None:
    with open_database(library) as connection:
        rows = {row["driver"]: row for row in ask_rows(connection, "type_prevalence", {"companies": ["Invented Bank"]})}
        behind = ask_rows(connection, "stories_behind", {"companies": ["Invented Bank"], "driver": "disputing"})
    disputing = rows["disputing"]
    # 2 Yes of 2 Yes and 3 No; 4 N/A and 1 blank
    assert (disputing["story_count"], disputing["read_count"], disputing["share"]) == (2, 5, 0.4)
    assert (disputing["unread_count"], disputing["chosen_count"]) == (5, 10)
    assert (disputing["whole_read_count"], disputing["whole_share"]) == (0, None)
    assert len(behind) == disputing["story_count"]
    # "Timely response?" Yes is an answer: nobody waited
    assert (rows["wait_for_reply"]["story_count"], rows["wait_for_reply"]["read_count"]) == (0, 10)
    assert rows["wait_for_reply"]["share"] == 0
    assert set(rows) == {"avoidable_contact", "disputing", "wait_for_reply"}


def test_stories_read_whole_count_for_every_type(library: Path) -> None:
    with open_database(library) as connection:
        rows = {row["driver"]: row for row in ask_rows(connection, "type_prevalence")}
        (known,) = ask_rows(connection, "library")
        for driver, row in rows.items():
            behind = ask_rows(connection, "stories_behind", {"driver": driver})
            assert row["story_count"] == len(behind) == row["form_story_count"] + row["whole_story_count"]
    assert {row["whole_read_count"] for row in rows.values()} == {known["effort_read"]}
    assert len(rows) == 24
    disputing = rows["disputing"]
    assert (disputing["read_count"], disputing["unread_count"]) == (known["effort_read"] + 5, 5)
    assert list(rows)[:3] == ["avoidable_contact", "disputing", "wait_for_reply"]


def test_complaints_alone_still_show_how_many_disputed(library: Path) -> None:
    text = of_company("effort", "Invented Bank")
    assert "Disputing: 40% of the 5 forms that answer" in text
    assert "<td>40%: 2 of 5</td><td>5 of 10 stories</td>" in text
    assert (
        '<a href="stories?company=Invented+Bank&amp;story_kind=all&amp;driver=disputing" target="_self">2 stories</a>'
        in text
    )
    assert "Company by company" not in text
    assert "Effort is known for 0 of 10 stories." in text


def test_chart_without_stories_says_why_and_nothing_more(library: Path) -> None:
    text = of_company("fame_and_shame", "Invented Bank")
    assert "Nobody has read these 10 stories for feelings" in text
    assert ">0 stories" not in text
    assert "undated" not in text


def test_table_keeps_stories_read_whole_apart(library: Path) -> None:
    text = page_text(open_page("effort", story_kind="all"))
    assert "<td>40%: 2 of 5</td>" in text
    assert '<th scope="col">found in stories read whole</th>' in text


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("overview", "Effort is known for 8 of 18 stories. 8 of 18 stories were read for feelings."),
        ("effort", "Effort is known for 8 of 18 stories."),
        ("fame_and_shame", "8 of 18 stories were read for feelings, promises and signs of care."),
        ("method", "8 of 18 stories were read for feelings, promises and signs of care."),
    ],
)
def test_page_says_for_how_many_stories_its_figures_are_known(library: Path, page: str, words: str) -> None:
    text = page_text(open_page(page, story_kind="all"))
    assert words in text
    assert page == "method" or '<a href="method#reading" target="_self">What stories are read for</a>' in text
    assert page != "method" or 'id="reading"' in text


@pytest.mark.parametrize("page", ["overview", "effort", "fame_and_shame"])
def test_page_is_silent_on_coverage_when_every_story_was_read(library: Path, page: str) -> None:
    text = of_company(page, "AO.com")
    assert "What stories are read for" not in text
    assert "What forms say of effort" not in text


def test_story_page_says_what_a_complaint_was_read_for(library: Path) -> None:
    mapped = page_text(open_page("stories", story="cfpb-511"))
    assert "Mapped from a form, which asks for: avoidable contact, disputing and waiting for days." in mapped
    assert "Feelings, promises and signs of care: not read." in mapped
    assert "Read whole by " in page_text(open_page("stories", story="ao-laptop"))


def test_figures_say_that_an_interval_is_not_computed(library: Path) -> None:
    text = page_text(open_page("effort", part="how_sure"))
    assert '<span class="cx-silent">not computed</span>' in text
    assert '<span class="cx-silent">not told</span>' not in text


def test_story_page_says_of_nothing_unread_that_there_is_none(library: Path) -> None:
    text = page_text(open_page("stories", story="cfpb-511"))
    for words in (
        "Nobody has read this story of Invented Bank for feelings",
        "nobody read this story for feelings.",
        "Feeling not read.",
        "Nobody read this story for promises.",
        "Nobody read this story for signs of care.",
    ):
        assert words in text
    assert "does not say how the customer felt" not in text


@pytest.mark.parametrize("page", ["overview", "effort", "fame_and_shame", "touchpoints"])
def test_page_says_once_that_nobody_has_read_these_stories(library: Path, page: str) -> None:
    text = page_text(open_page(page, story_kind="complaint"))
    headlines = re.findall(r'<h2 class="cx-headline">(.*?)</h2>', text)
    assert len(set(headlines)) == len(headlines)
    assert "No company and no story here" not in text
