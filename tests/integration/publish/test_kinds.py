"""The kind of story in published charts: one unless a reader asks for all, named in words, files and addresses."""

from collections.abc import Callable
from functools import partial

import duckdb
import pytest

from cxdata.charts import CHARTS
from cxdata.export.editorial_review import review_view
from cxdata.export.file_names import file_name
from cxdata.export.formats import publish_view, render_file
from cxdata.export.origin.metadata import read_metadata
from cxdata.export.origin.view_id import decode_view_id, encode_view_id, is_id_of
from cxdata.export.view import parse_view
from cxdata.export.web.embed_page import render_embed
from cxdata.export.web.snippets import build_snippets
from cxdata.publish.charts import publish_chart
from cxdata.publish.kinds import with_kind
from cxdata.publish.origin import describe_origin, describe_selection
from cxdata.publish.summaries import overview_lead
from cxdata.questions.ask import ask_rows, find_question
from tests.fixtures.stories import make_story, step, work

OF_KIND = [name for name, chart in CHARTS.items() if "story_kind" in find_question(chart.CHART.question).parameters]
KINDS = {"customer_story": "blog post", "complaint": "complaints", "survey": "survey"}


@pytest.fixture(scope="module")
def mixed(database_of: Callable[..., duckdb.DuckDBPyConnection]) -> duckdb.DuckDBPyConnection:
    """Six stories of each of three kinds, about the same two shops."""
    return database_of(
        *(
            make_story(
                f"{kind.replace('_', '-')}-{n}",
                step(n - 3, work("worry", times=n + 1)),
                company=f"Shop {'AB'[n % 2]}",
                source={"id": f"of-{source[:4]}", "title": "A piece", "author": f"The {source} desk", "kind": source},
            )
            for kind, source in KINDS.items()
            for n in range(6)
        )
    )


@pytest.mark.parametrize("chart", OF_KIND)
def test_no_chart_mixes_kinds_unless_it_is_asked_to(mixed: duckdb.DuckDBPyConnection, chart: str) -> None:
    needed = {"job": "buy_a_laptop", "left": "Shop A", "right": "Shop B"}
    asked = {name: needed[name] for name in find_question(CHARTS[chart].CHART.question).needs}
    assert set(publish_chart(mixed, chart, asked).kinds) <= {"customer_story"}
    assert set(publish_chart(mixed, chart, asked | {"story_kind": "survey"}).kinds) <= {"survey"}


def test_subtitle_and_alt_text_name_the_kind(mixed: duckdb.DuckDBPyConnection) -> None:
    shown = publish_chart(mixed, "effort")
    assert "6 customer stories" in shown.subtitle
    assert "Based on 6 customer stories." in shown.alt_text
    shown = publish_chart(mixed, "effort", {"story_kind": "survey"})
    assert "6 survey answers" in shown.subtitle
    assert "survey answers collected by The survey desk · only survey answers" in shown.source_line


def test_chart_of_all_kinds_says_that_they_are_mixed(mixed: duckdb.DuckDBPyConnection) -> None:
    shown = publish_chart(mixed, "effort", {"story_kind": "all"})
    counted = "6 customer stories, 6 complaints and 6 survey answers"
    assert f"kinds mixed: {counted}" in shown.subtitle
    assert f"Kinds of story are mixed: {counted}." in shown.alt_text
    warned = [remark.text for remark in review_view(shown, parse_view("effort", {})) if remark.level == "warn"]
    assert any("Kinds of story are mixed" in text for text in warned)


def test_files_and_addresses_name_the_kind_that_nobody_asked_for(mixed: duckdb.DuckDBPyConnection) -> None:
    view = parse_view("effort", {})
    shown = publish_view(mixed, view)
    about = read_metadata(render_file(mixed, view, "svg"))
    assert about["choices"] == "story_kind=customer_story"
    assert decode_view_id(about["id"]) == ("effort", {"story_kind": ["customer_story"]})
    snippets = build_snippets(shown, view, "https://charts.example")
    assert "embed/effort?story_kind=customer_story" in snippets["iframe"]
    embed = render_embed(shown, view)
    assert "../studio?chart=effort&amp;story_kind=customer_story" in embed
    assert "../chart/effort.svg?story_kind=customer_story" in embed


def test_files_of_two_kinds_have_two_names(mixed: duckdb.DuckDBPyConnection) -> None:
    names = {}
    for kind in ("customer_story", "complaint", "all"):
        view = parse_view("effort", {"story_kind": kind})
        names[kind] = file_name(publish_view(mixed, view), view, "csv").split("_")[-1]
    assert names == {
        "customer_story": "6-customer-stories.csv",
        "complaint": "6-complaints.csv",
        "all": "18-stories.csv",
    }


def test_ids_of_older_pictures_stay_valid() -> None:
    older = "am2b-sus4-gi4c-5rpy-a"
    assert decode_view_id(older) == ("effort", {"companies": ["Argos"]})
    assert is_id_of(older, parse_view("effort", {"companies": "Argos"}))
    assert not is_id_of(older, parse_view("effort", {"companies": "AO.com"}))
    assert not is_id_of("", parse_view("effort", {}))
    named = encode_view_id("effort", {"companies": ("Argos",), "story_kind": "complaint"})
    assert len(named) < len(older) + 8, "the id of a picture stays short"


def test_a_story_that_is_named_is_of_its_own_kind(mixed: duckdb.DuckDBPyConnection) -> None:
    asked = find_question("stories_behind")
    assert with_kind(asked, {"story": "survey-1"}, partial(ask_rows, mixed)) == {"story": "survey-1"}
    assert publish_chart(mixed, "journey", {"story": "survey-1"}).kinds == {"survey": 1}


@pytest.mark.parametrize(
    ("kind", "lead", "selection"),
    [
        (
            "customer_story",
            "6 customer stories of 2 companies, step by step, by The blog post desk",
            "by hand",
        ),
        ("complaint", "6 complaints of 2 companies, step by step, filed with The complaints desk", "complaints"),
        ("survey", "6 survey answers of 2 companies, step by step, collected by The survey desk", "survey answers"),
    ],
)
def test_origin_names_the_kind_and_how_many(
    mixed: duckdb.DuckDBPyConnection, kind: str, lead: str, selection: str
) -> None:
    library = ask_rows(mixed, "library", {"story_kind": kind})[0]
    assert overview_lead(library).startswith(lead)
    assert selection in describe_selection(library)
    assert describe_origin(library).count(".") >= 2


def test_origin_of_survey_answers_beside_stories(mixed: duckdb.DuckDBPyConnection) -> None:
    words = describe_origin(ask_rows(mixed, "library")[0])
    assert "6 of them are survey answers. Somebody chose whom to ask and what" in words
    assert "6 of them are complaints." in words
    assert words.endswith("We chose the other stories. They show what can happen, not how often.")
