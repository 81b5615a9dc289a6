"""What a story was read for, in the story form: choices, faults, the question about other effort types, and drafts."""

from pathlib import Path

import pytest

from cxdata.codebook.codes import load_codebook
from cxdata.editing.drafts import list_drafts, save_draft
from cxdata.editing.stories import create_story
from cxdata.store.duckdb_file import DuckDBFile
from cxdata.stories import Story
from tests.fixtures.pages import page_text
from tests.fixtures.stories import make_story, step, work
from tests.fixtures.story_form import (
    fill,
    no_drafts,
    open_form,
    press,
    shipped,
    todo,
    widget,
    write_invented_story,
)

__all__ = ["no_drafts", "shipped"]  # fixtures

MAPPED = "invented-complaint"
UNREAD = {"read_feeling": "none", "read_promises": "none", "read_signs": "none"}


@pytest.fixture(scope="module")
def complaint(shipped: Path) -> str:
    """A story of a form that asks for disputing, with the answer Yes."""
    story = make_story(
        MAPPED, step(None, work("disputing")), read_effort="part", read_drivers=["disputing"], signs=[], **UNREAD
    )
    create_story(DuckDBFile(shipped), story, "Mapper A")
    return MAPPED


def test_new_story_is_read_whole(shipped: Path) -> None:
    app = write_invented_story(open_form())
    assert [widget(app, label).value for label in ("Feelings", "Effort", "Promises", "Signs of care")] == ["whole"] * 4
    assert widget(app, "Effort").options == ["Whole story", "Only some effort types", "Not read"]
    press(app, "Save to the database")
    told: Story = app.session_state["told"]
    assert (told.read_feeling, told.read_effort, told.read_promises, told.read_signs) == ("whole",) * 4
    assert told.read_drivers == ()


def test_mapped_story_shows_what_it_was_read_for_and_may_be_read_whole(complaint: str) -> None:
    app = open_form("Editor B", edits=complaint)
    assert [widget(app, label).value for label in ("Feelings", "Effort", "Promises", "Signs of care")] == [
        "none",
        "part",
        "none",
        "none",
    ]
    assert widget(app, "Effort types read for").value == ["disputing"]
    assert "Effort: read for some types only" in page_text(app)
    fill(app, Effort="whole", Feelings="whole")
    assert todo(app) == []
    hassle = load_codebook()["drivers"]["disputing"]
    points = hassle.hassle_points + hassle.usual_minutes / 5  # type: ignore[attr-defined]
    assert f"Effort: {points:g} points" in page_text(app)
    press(app, "Save to the database")
    told: Story = app.session_state["told"]
    assert (told.read_effort, told.read_drivers, told.read_feeling, told.read_signs) == ("whole", (), "whole", "none")


def test_effort_of_a_type_that_was_not_asked_is_a_fault_until_the_writer_adds_it(complaint: str) -> None:
    app = press(open_form("Editor B", edits=complaint), "Edit step 1")
    press(app, "Add effort to step 1")
    fill(app, **{"Effort_2:_Effort_type": "worry", "Effort_2:_Evidence": "Invented: a sleepless night."})
    fault = "step 1: effort 2: Effort type “Worry” is not among effort types read for: Disputing"
    assert todo(app) == [fault]
    assert any("Step 1: effort 2 is “Worry”" in warning.value.replace("\\", "") for warning in app.warning)
    assert widget(app, "Save to the database").disabled
    press(app, "Add “Worry” to the types read for")
    assert todo(app) == []
    assert widget(app, "Effort types read for").value == ["disputing", "worry"]
    press(app, "Save to the database")
    assert app.session_state["told"].read_drivers == ("disputing", "worry")


FAULTS = [
    ("Feelings", "none", "Feelings “Not read”: step 1 has a feeling. The choices are: Whole story"),
    (
        "Effort",
        "none",
        "Effort “Not read”: step 3 has effort. The choices are: Whole story, Only some effort types",
    ),
    ("Effort", "part", "Effort types read for: none is chosen. Choose at least one, or another answer for Effort"),
    ("Promises", "none", "Promises “Not read”: promise 1 is given. The choices are: Whole story"),
    (
        "Signs of care",
        "none",
        "Signs of care “Not read”: sign “Easy to reach” is shown or not shown. The choices are: Whole story",
    ),
]


@pytest.mark.parametrize(("label", "value", "fault"), FAULTS)
def test_findings_contradict_an_unread_story(shipped: Path, label: str, value: str, fault: str) -> None:
    app = open_form(edits="ao-laptop")
    fill(app, **{label.replace(" ", "_"): value})
    assert todo(app) == [fault]
    assert widget(app, "Save to the database").disabled
    assert '<h2 class="cx-headline">Effort: ' in page_text(app)  # the preview stays
    fill(app, **{label.replace(" ", "_"): "whole"})
    assert todo(app) == []


def test_contradiction_is_listed_beside_other_faults(shipped: Path) -> None:
    app = open_form(edits="ao-laptop")
    fill(app, Feelings="none", Title_of_the_story="")
    assert todo(app) == ["Title of the story is missing", FAULTS[0][2]]


def test_draft_keeps_what_the_story_was_read_for(complaint: str, shipped: Path) -> None:
    app = open_form("Editor B", edits=complaint)
    fill(app, Effort_types_read_for=["disputing", "worry"], Promises="whole")
    again = open_form("Editor B", edits=complaint)
    assert widget(again, "Promises").value == "none"
    press(again, "Continue")
    assert (widget(again, "Effort").value, widget(again, "Promises").value) == ("part", "whole")
    assert widget(again, "Effort types read for").value == ["disputing", "worry"]


def test_draft_of_an_older_form_takes_the_reading_of_its_story(complaint: str, shipped: Path) -> None:
    engine = DuckDBFile(shipped)
    fill(open_form("Editor B", edits=complaint), Title_of_the_story="An invented title")
    (kept,) = list_drafts(engine).kept
    older = {name: value for name, value in kept.content["story"].items() if not name.startswith("read_")}
    save_draft(engine, kept.draft, "Editor B", {"edits": complaint, "story": older})
    app = press(open_form("Editor B", edits=complaint), "Continue")
    assert widget(app, "Title of the story").value == "An invented title"
    assert (widget(app, "Effort").value, widget(app, "Feelings").value) == ("part", "none")


def test_draft_with_an_unknown_reading_is_damaged(shipped: Path) -> None:
    save_draft(DuckDBFile(shipped), "0" * 16, "Editor A", {"edits": None, "story": {"read_effort": "partly"}})
    app = press(open_form(), "Continue")
    assert any("is damaged and cannot be opened" in warning.value for warning in app.warning)
