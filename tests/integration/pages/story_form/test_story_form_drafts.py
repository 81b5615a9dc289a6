"""Drafts of the story form: restored after a reload, deleted after saving, reported when damaged."""

from pathlib import Path
from typing import Any

import pytest

from cxdata.editing.drafts import list_drafts, save_draft
from cxdata.store.duckdb_file import DuckDBFile
from tests.fixtures.story_form import fill, no_drafts, open_form, press, shipped, todo, widget, write_invented_story

__all__ = ["no_drafts", "shipped"]  # fixtures


def test_draft_is_restored_after_a_reload(shipped: Path) -> None:
    written = write_invented_story(open_form())
    other = open_form("Editor B")
    assert not [box for box in other.selectbox if "draft" in box.label]
    again = open_form()
    assert "Title of the story is missing" in todo(again)
    assert "An invented kettle comes cold" in widget(again, "You have 1 draft").options[0]
    press(again, "Continue")
    assert todo(again) == []
    press(again, "Save to the database")
    press(written, "Save to the database")
    assert again.session_state["told"] == written.session_state["told"]
    assert len(list_drafts(DuckDBFile(shipped)).kept) == 1


def test_saving_the_story_deletes_its_draft(shipped: Path) -> None:
    app = write_invented_story(open_form())
    press(app, "It is saved")
    app.run()
    assert list_drafts(DuckDBFile(shipped)).kept == ()
    assert "Title of the story is missing" in todo(app)


def test_draft_can_be_dropped_and_the_form_cleared(shipped: Path) -> None:
    app = fill(open_form(), Title_of_the_story="An invented tale")
    press(app, "Begin anew")
    assert widget(app, "Title of the story").value == ""
    press(app, "Drop it")
    assert list_drafts(DuckDBFile(shipped)).kept == ()


def test_empty_form_keeps_no_draft(shipped: Path) -> None:
    open_form().run()
    assert list_drafts(DuckDBFile(shipped)).kept == ()


ODD: list[dict[str, Any]] = [
    {"encounters": ["not a table"]},
    {"encounters": [{"touchpoint": "phone"}]},  # no key
    {"encounters": [{"key": "a", "effort": {"driver": "worry"}}]},
    {"encounters": [{"key": "a", "emotions": "worry"}]},
    {"encounters": [{"key": "a", "feeling": "bad"}]},
    {"promises": None},
    {"signs": [{"sign": ["a list"]}]},
    {"company": "Acme"},
    {"company_choice": ["a list"]},
    {"title": 7},
]


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_damaged_drafts_are_reported_and_do_not_block_the_form(shipped: Path, odd: dict[str, Any]) -> None:
    save_draft(DuckDBFile(shipped), "0" * 16, "Editor A", {"edits": None, "story": odd})
    (shipped.with_name("shipped.duckdb.drafts") / "broken0000.json").write_text("{")
    app = open_form()
    assert any("broken0000" in warning.value for warning in app.warning)
    press(app, "Continue")
    assert any("is damaged and cannot be opened" in warning.value for warning in app.warning)
    fill(app, Title_of_the_story="An invented tale")
    assert len(list_drafts(DuckDBFile(shipped)).kept) == 2


def test_draft_with_invalid_codes_and_numbers_opens(shipped: Path) -> None:
    event = {"key": "b", "driver": "no_such", "times": 10**9, "minutes": float("nan")}
    encounter = {"key": "a", "touchpoint": "no_such", "feeling": 99, "emotions": ["no_such"], "effort": [event]}
    odd = {"encounters": [encounter], "title": "x" * 500, "ces": 99, "signs": [{"sign": "no_such", "shown": True}]}
    save_draft(DuckDBFile(shipped), "0" * 16, "Editor A", {"edits": None, "story": odd})
    app = press(open_form(), "Continue")
    press(app, "Edit step 1")
    assert "step 1: Touchpoint is missing" in todo(app)
